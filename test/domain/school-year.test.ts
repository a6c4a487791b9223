import {
  besideEachOther,
  countsEventOf,
  schoolYearProblems,
  type SchoolYear,
  usualReferenceDate,
} from "../../src/domain/tree/school-year.js";
import { cases, year, yearAfter, yearBefore } from "./harness.js";

const refused = (changes: Partial<SchoolYear>, others: readonly SchoolYear[] = []) =>
  schoolYearProblems({ ...year, ...changes }, others).map(({ code, field }) => `${code} ${field}`);

test("a usual school year beside its neighbours has no problem", () => {
  expect(refused({}, [yearBefore, yearAfter])).toEqual([]);
});

test("a school year may be opened again over itself", () => {
  expect(refused({}, [year])).toEqual([]);
});

test("the hub keeps a hundred school years at most", () => {
  const others = Array.from({ length: 100 }, (_, index) => ({ ...yearBefore, label: `${1900 + index}-${1901 + index}` }));
  expect([refused({}, others), refused({}, others.slice(1))]).toEqual([["RULE label"], []]);
});

test("reference dates follow each other as the years do, so that each has days that count in it", () => {
  const longBefore = { ...yearBefore, startsOn: "2023-08-05", referenceDate: "2024-08-31" };
  const early = { startsOn: "2024-08-06", referenceDate: "2024-08-31" };
  expect(refused(early, [longBefore])).toEqual(["RULE referenceDate"]);
  expect(refused({ ...early, referenceDate: "2024-09-01" }, [longBefore])).toEqual([]);
  expect(schoolYearProblems(longBefore, [{ ...year, ...early }]).map(({ code, field }) => `${code} ${field}`)).toEqual([
    "RULE referenceDate",
  ]);
});

test("the usual reference date is 31 May of the second year", () => {
  expect(usualReferenceDate("2024-2025")).toBe("2025-05-31");
});

test.each(["2024-2026", "2025-2024", "2024", "2024-25", "2024/2025", "", "2024-2025 ", "năm 2024-2025"])(
  "%j is no label of a school year",
  (label) => {
    expect(refused({ label })).toEqual(["INVALID label"]);
  },
);

cases<[Partial<SchoolYear>, string[]]>(
  [
    [
      "every wrong day is told at once",
      { startsOn: "2024-02-30", endsOn: "", referenceDate: "31/5/2025" },
      ["INVALID startsOn", "INVALID endsOn", "INVALID referenceDate"],
    ],
    ["a school year starts in its first year", { startsOn: "2025-01-05" }, ["OUT_OF_RANGE startsOn"]],
    ["a school year ends in its second year", { endsOn: "2024-12-31", referenceDate: "2025-01-31" }, ["OUT_OF_RANGE endsOn"]],
    ["the reference date is not the first day", { referenceDate: "2024-09-05" }, ["OUT_OF_RANGE referenceDate"]],
    ["the reference date may be the second day", { referenceDate: "2024-09-06" }, []],
    ["the reference date may lie 92 days after the end", { referenceDate: "2025-08-31" }, []],
    ["the reference date may not lie 93 days after the end", { referenceDate: "2025-09-01" }, ["OUT_OF_RANGE referenceDate"]],
  ],
  (changes, problems) => expect(refused(changes)).toEqual(problems),
);

test("school years may adjoin but not overlap", () => {
  expect(refused({}, [{ ...yearAfter, startsOn: "2025-06-01" }])).toEqual([]);
  expect(refused({}, [{ ...yearAfter, startsOn: "2025-05-31" }])).toEqual(["RULE startsOn"]);
  expect(refused({ startsOn: "2024-05-31" }, [yearBefore])).toEqual(["RULE startsOn"]);
});

test("what happens from the day after the last reference date on counts", () => {
  const days = [null, "2024-05-31", "2024-06-01", "2025-05-31", "2025-06-01"];
  expect(days.map((on) => countsEventOf(year, on))).toEqual([false, false, true, true, false]);
});

test.each([
  ["2024-04-30", "2025-06-30", "2024-05-15", 1],
  ["2024-06-30", "2025-04-30", "2024-05-15", 0],
  ["2024-05-31", "2025-05-31", "2024-05-31", 0],
  ["2024-02-29", "2025-02-28", "2024-03-01", 1],
])("with reference dates %s and %s each day counts in one year: %s", (first, second, on, index) => {
  const years = besideEachOther([
    { ...yearBefore, referenceDate: first },
    { ...year, referenceDate: second },
  ]);
  expect(years.map((one) => countsEventOf(one, on))).toEqual([0, 1].map((at) => at === index));
});

test("the first year, and one after a year that is not open, count twelve months", () => {
  const years = besideEachOther([{ ...yearBefore, label: "2022-2023", referenceDate: "2023-04-30" }, year, yearAfter]);
  expect(years.map(({ countsFrom }) => countsFrom)).toEqual(["2022-05-01", "2024-06-01", "2025-06-01"]);
});
