import fc from "fast-check";
import { judged } from "../../src/domain/counting/obligation.js";
import { difference, isZero, sum, type Tally } from "../../src/domain/counting/tally.js";

const tally = fc.dictionary(fc.constantFrom("members", "workers", "schools", "agreementsSigned"), fc.integer({ min: 1, max: 1_000_000 }), {
  noNullPrototype: true,
});

test("a posting added to the tally before gives the tally after", () => {
  fc.assert(fc.property(tally, tally, (before, after) => expect(sum(before, difference(after, before))).toEqual(after)));
});

test("the difference of a tally to itself is nothing", () => {
  fc.assert(fc.property(tally, (same) => expect(difference(same, same)).toEqual({})));
});

test("a tally of zeros is zero, and so is an empty one", () => {
  const tallies: Tally[] = [{}, { members: 0 }, { members: 0, workers: 1 }];
  expect(tallies.map(isZero)).toEqual([true, true, false]);
});

test.each([
  [true, true, false, "YES"],
  [true, false, true, "YES"],
  [false, false, true, "NOT_ELIGIBLE"],
  [false, true, true, "NO"],
  [false, true, false, "NO_REPORT"],
])("done %p, owed %p and denied %p is %s", (done, owed, denied, status) => expect(judged({ done, owed, denied })).toBe(status));
