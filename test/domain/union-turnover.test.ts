import { NEVER } from "../../src/domain/ground/day.js";
import { type Succession } from "../../src/domain/tree/lineage.js";
import { unionTurnover } from "../../src/domain/counting/union-turnover.js";
import { type UnitKind } from "../../src/domain/tree/unit.js";
import { unit, year, yearAfter } from "./harness.js";
import { type EndReason } from "../../src/domain/tree/end-reason.js";

const union = (placements: { from: string; until: string; endReason?: EndReason | null }[], kind: UnitKind = "GRASSROOTS") =>
  unit({ kind }, placements);
const follows = (on: string, kind: Succession["kind"] = "MERGED"): Succession => ({ predecessorId: "a", successorId: "union", on, kind });

test.each([
  ["2024-05-31", {}],
  ["2024-06-01", { unionsFounded: 1 }],
  ["2025-05-31", { unionsFounded: 1 }],
  ["2025-06-01", {}],
])("a union that opened on %s is founded in the year: %j", (from, tally) => {
  expect(unionTurnover(union([{ from, until: NEVER }]), year, [])).toEqual(tally);
  expect(unionTurnover(unit({}, [{ from, until: NEVER }]), year, [])).toEqual({});
});

test.each<[EndReason | null, string]>([
  ["MERGED", "unionsEndedMerged"],
  ["DISSOLVED_BUDGET_100", "unionsEndedDissolvedBudget"],
  [null, "unionsEndedOther"],
])("a union that ended, by reason %s, adds to %s of the year of its last day and to no other", (endReason, measure) => {
  const ended = union([{ from: "2010-09-05", until: "2025-05-31", endReason }]);
  expect(unionTurnover(ended, year, [])).toEqual({ [measure]: 1 });
  expect(unionTurnover(ended, yearAfter, [])).toEqual({});
});

test("one that opened and ended within the year did both, and one that was closed for a while, too", () => {
  expect(unionTurnover(union([{ from: "2025-03-01", until: "2025-05-20", endReason: "OTHER" }]), year, [])).toEqual({
    unionsFounded: 1,
    unionsEndedOther: 1,
  });
  const gap = union([
    { from: "2010-09-05", until: "2024-09-01", endReason: "OTHER" },
    { from: "2025-01-01", until: NEVER },
  ]);
  expect(unionTurnover(gap, year, [])).toEqual({ unionsFounded: 1, unionsEndedOther: 1 });
});

test("a move is neither: adjoining placements are one life", () => {
  const moved = union([
    { from: "2010-09-05", until: "2025-01-01" },
    { from: "2025-01-01", until: NEVER },
  ]);
  expect(unionTurnover(moved, year, [])).toEqual({});
});

test("what a merger or split made is not founded; what took the place of one that ended otherwise is", () => {
  const made = union([{ from: "2025-01-01", until: NEVER }]);
  for (const kind of ["MERGED", "SPLIT"] as const) expect(unionTurnover(made, year, [follows("2025-01-01", kind)])).toEqual({});
  expect(unionTurnover(made, year, [follows("2025-01-01", "REPLACED")])).toEqual({ unionsFounded: 1 });
  // A merger after the reference date does not change the year.
  expect(unionTurnover(made, year, [follows("2025-06-01")])).toEqual({ unionsFounded: 1 });
});

test("occupational unions are counted apart", () => {
  const nursery = union([{ from: "2024-09-05", until: "2025-05-01", endReason: "SCHOOL_CLOSED" }], "OCCUPATIONAL");
  expect(unionTurnover(nursery, year, [])).toEqual({ occupationalUnionsFounded: 1, occupationalUnionsEndedSchoolClosed: 1 });
});
