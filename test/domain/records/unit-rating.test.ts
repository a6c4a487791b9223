import { keysOf } from "../../../src/domain/counting/measure.js";
import { type Dossier } from "../../../src/domain/counting/dossier.js";
import { type RuleContext } from "../../../src/domain/records/kind.js";
import { RATED, ratedGoodOrBetter, unitRating } from "../../../src/domain/records/kinds/unit-rating.js";
import { type Status } from "../../../src/domain/counting/obligation.js";
import { cases, dossier, record, send, statusOf, tallyOf, unit, yearBefore } from "../harness.js";

const union = unit({ kind: "GRASSROOTS", id: "union-1" });
const opened = (from: string): Partial<RuleContext> => ({ unit: unit({ kind: "GRASSROOTS" }, [{ from, until: "9999-12-31" }]) });
const rating = { year: 2024, level: "GOOD", selfRated: "EXCELLENT", score: 88.5, approvedOn: "2025-01-15" };

describe("rules", () => {
  cases<[object, string[], Partial<RuleContext>?]>(
    [
      ["a good rating has no problem", {}, []],
      ["the year is given", { year: null }, ["REQUIRED year"]],
      ["a union may have rated itself only", { level: null, approvedOn: null }, []],
      ["something is rated", { level: null, selfRated: null, approvedOn: null }, ["REQUIRED level"]],
      ["what was approved is said", { level: null }, ["REQUIRED level"]],
      ["a score is not negative", { score: -1 }, ["OUT_OF_RANGE score"]],
      ["a score is of 100", { score: 100.5 }, ["OUT_OF_RANGE score"]],
      ["a year to come is not rated", { year: 2026, approvedOn: null }, ["OUT_OF_RANGE year"]],
      ["nor one that runs", { year: 2025, approvedOn: null }, ["OUT_OF_RANGE year"]],
      ["a year is rated on its last day", { approvedOn: "2024-12-31" }, [], { today: "2024-12-31" }],
      ["and not before", { approvedOn: "2024-12-30" }, ["OUT_OF_RANGE approvedOn"]],
      ["a year long gone is not rated", { year: 1999 }, ["OUT_OF_RANGE year"]],
      ["it is approved after the year began", { approvedOn: "2023-12-31" }, ["OUT_OF_RANGE approvedOn"]],
      ["it is not approved tomorrow", { approvedOn: "2025-06-11" }, ["OUT_OF_RANGE approvedOn"]],
      ["a union is rated after 12 months in operation", {}, [], opened("2024-01-01")],
      ["not before", {}, ["RULE level"], opened("2024-01-02")],
      ["a young union is recorded as not rated", { level: "NOT_RATED" }, [], opened("2024-01-02")],
      ["after a merger 6 months are enough", { reorganisedOn: "2024-07-01" }, [], opened("2024-07-01")],
      ["but not fewer", { reorganisedOn: "2024-07-02" }, ["RULE level"]],
      ["a merger after the year is of another year", { reorganisedOn: "2025-01-01" }, ["OUT_OF_RANGE reorganisedOn"]],
      ["a union that was not open is not rated", {}, ["UNIT_CLOSED year"], opened("2025-01-01")],
    ],
    (changes, problems, around) =>
      expect(send(unitRating, { ...rating, ...changes }, { unit: union, ...around }).refused).toEqual(problems),
  );

  test("the year is its identity", () => expect(unitRating.keyOf(send(unitRating, rating, { unit: union }).content)).toBe("2024"));
});

describe("the status", () => {
  const of = (changes: object = {}) => record(unitRating, { ...rating, ...changes }, { around: { unit: union } });
  const grassroots = (facts: Partial<Dossier> = {}, ...records: Parameters<typeof dossier>[1][]) =>
    dossier({ kind: "GRASSROOTS", ...facts }, ...records);
  cases<[Dossier, Status]>(
    [
      ["of a good union", grassroots({}, of()), "YES"],
      ["of an excellent one", grassroots({}, of({ level: "EXCELLENT" })), "YES"],
      ["of one that fulfilled its tasks", grassroots({}, of({ level: "COMPLETED" })), "NO"],
      ["of one that did not", grassroots({}, of({ level: "NOT_COMPLETED" })), "NO"],
      ["of one not rated", grassroots({}, of({ level: "NOT_RATED" })), "NOT_ELIGIBLE"],
      ["of one that has rated itself only", grassroots({}, of({ level: null, approvedOn: null })), "NO_REPORT"],
      ["of nothing", grassroots(), "NO_REPORT"],
      ["of nothing in a union of 12 months", grassroots({ openSince: "2024-01-01" }), "NO_REPORT"],
      ["of nothing in a younger union", grassroots({ openSince: "2024-01-02" }), "NOT_ELIGIBLE"],
      ["of such a union that is rated after a merger", grassroots({ openSince: "2024-01-01" }, of()), "YES"],
      ["of another year", grassroots({ schoolYear: yearBefore }, of()), "NO_REPORT"],
      ["of a federation", dossier({ kind: "DISTRICT" }, of()), "NOT_ELIGIBLE"],
    ],
    (subject, status) => expect(statusOf(ratedGoodOrBetter, subject)).toBe(status),
  );

  test.each(Object.entries(RATED).map(([level, { key }]) => [level, key]))("%s counts as %s", (level, measure) => {
    const tally = tallyOf(grassroots({}, of({ level })));
    expect(keysOf(Object.values(RATED)).filter((key) => tally[key])).toEqual([measure]);
  });
});
