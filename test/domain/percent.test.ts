import { percentInWords } from "../../src/domain/ground/percent.js";

test.each([
  [0.99996, 0, "99.996%", "99,996%"],
  [0.0004, 1, "0.04%", "0,04%"],
  [-0.0004, 0, "-0.04%", "-0,04%"],
  [1e-9, null, "0.0000001%", "0,0000001%"],
  [0.999999999, null, "99.9999999%", "99,9999999%"],
  [2 / 3, null, "66.6667%", "66,6667%"],
  [0.7, 2, "70.00%", "70,00%"],
  [0.2, null, "20%", "20%"],
  [1, 0, "100%", "100%"],
  [0, 1, "0.0%", "0,0%"],
])("%d in %p decimals reads as itself, and as none or all only where it is", (rate, decimals, en, vi) =>
  expect(percentInWords(rate, decimals)).toEqual({ en, vi }),
);
