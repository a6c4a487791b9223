import { addDays } from "../../src/domain/ground/day.js";
import { periodOf, periodsOf, reportedIn } from "../../src/domain/reporting/reporting-period.js";
import { besideEachOther, lastDeadline } from "../../src/domain/tree/school-year.js";
import { schoolYear } from "../desk.js";
import { cases, year, yearAfter, yearBefore } from "./harness.js";

test("both periods begin after the reference date of the year before and end on the printed cut-offs", () => {
  expect(periodsOf(year)).toEqual([
    { period: "FIRST_HALF", from: "2024-06-01", cutOff: "2024-11-30", dueOn: "2024-12-15" },
    { period: "WHOLE_YEAR", from: "2024-06-01", cutOff: "2025-05-31", dueOn: "2025-05-31" },
  ]);
});

test("a year whose reference date lies before the end of November has its half cut off there", () => {
  const [half, whole] = periodsOf(schoolYear(2024, "2024-10-31"));
  expect([half.cutOff, whole.cutOff]).toEqual(["2024-10-31", "2024-10-31"]);
});

test.each([
  ["as usual", [yearBefore, year, yearAfter]],
  ["further apart", besideEachOther([yearBefore, { ...year, referenceDate: "2025-06-30" }, yearAfter])],
  ["nearer to each other", besideEachOther([yearBefore, { ...year, referenceDate: "2025-04-30" }, yearAfter])],
])("every day belongs to exactly one of years that follow each other, their reference dates %s", (_, years) => {
  for (let on = "2023-06-01"; on <= "2026-05-31"; on = addDays(on, 1)) {
    const holding = years.filter((each) => periodOf(each, "WHOLE_YEAR").from <= on && on <= each.referenceDate);
    expect(holding.map(({ label }) => label)).toEqual([reportedIn(null, on, years)?.schoolYear]);
  }
});

describe("a record stands", () => {
  const both = ["FIRST_HALF", "WHOLE_YEAR"];
  const years = [yearBefore, year];
  cases<[string | null, string | null, unknown]>(
    [
      ["in both reports up to 30 November", "2024-2025", "2024-11-30", { schoolYear: "2024-2025", periods: both }],
      ["in the year's alone from 1 December", "2024-2025", "2024-12-01", { schoolYear: "2024-2025", periods: ["WHOLE_YEAR"] }],
      ["in the year's alone without a day", "2024-2025", null, { schoolYear: "2024-2025", periods: ["WHOLE_YEAR"] }],
      ["in its own school year, whatever its day", "2024-2025", "2023-10-01", { schoolYear: "2024-2025", periods: both }],
      ["in the year of its day where it has none of its own", null, "2023-10-01", { schoolYear: "2023-2024", periods: both }],
      ["in none before the first opened year", null, "2022-10-01", null],
      ["in none with neither", null, null, null],
      ["in none of a year that was never opened", "2030-2031", "2030-10-01", null],
    ],
    (label, on, expected) => expect(reportedIn(label, on, years)).toEqual(expected),
  );
});

test("a report may be due up to three months after the end of its year", () => {
  expect(lastDeadline(year)).toBe("2025-08-31");
});
