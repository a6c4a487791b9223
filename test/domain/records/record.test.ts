import { LARGEST_CONTENT, sizeProblems } from "../../../src/domain/records/record.js";

/** A content whose JSON is so many bytes in UTF-8, most of them in `long`. */
const sized = (bytes: number, letter = "x") => {
  const frame = JSON.stringify({ long: "", short: 1 }).length;
  const letters = Math.floor((bytes - frame) / Buffer.byteLength(letter));
  return { long: letter.repeat(letters) + "x".repeat(bytes - frame - letters * Buffer.byteLength(letter)), short: 1 } as never;
};

test.each(["x", "ế", "𠀀"])("a record of %s may be as large as any database keeps, counted in bytes, and no larger", (letter) => {
  expect(sizeProblems(sized(LARGEST_CONTENT, letter))).toEqual([]);
  expect(sizeProblems(sized(LARGEST_CONTENT + 1, letter))).toEqual([
    {
      code: "OUT_OF_RANGE",
      field: "long",
      message: expect.stringMatching(/^The record takes 65001 bytes, \d+ of them for long; expected at most 65000 in all\./),
    },
  ]);
});
