import { indicatorByKey } from "../../src/domain/figures/catalogue.js";
import { allDeadlines, otherDeadlines, unlikeInWords } from "../../src/domain/figures/judged-until.js";
import { schoolYear } from "../desk.js";

const year = schoolYear(2024);
const staff = indicatorByKey("staffConferenceCompletion")!;
const half = indicatorByKey("halfYearReportSubmission")!;
const judged = (days: Record<string, number>, indicator = staff) => ({ [indicator.obligation!.key]: days });

test("others are those of another day than the one that is shown; without one, than the usual day", () => {
  const days = { "2024-10-15": 2, "2024-11-30": 3, "2024-12-31": 2 };
  const others = otherDeadlines(staff, judged(days), "2024-11-30", year);
  expect(others).toEqual([
    { deadline: "2024-10-15", units: 2 },
    { deadline: "2024-12-31", units: 2 },
  ]);
  expect(otherDeadlines(half, judged({ "2024-12-15": 4, "2024-12-20": 1 }, half), null, year)).toEqual([
    { deadline: "2024-12-20", units: 1 },
  ]);
});

test("what no day judges, and what was not kept, has none to tell", () => {
  expect(otherDeadlines(indicatorByKey("members")!, judged({}), null, year)).toBeNull();
  expect(otherDeadlines(staff, {}, "2024-11-30", year)).toBeNull();
});

test("days of many figures are added up, those of most units first; words name ten of them", () => {
  const one = { "2024-10-15": 2, "2024-11-30": 1 };
  expect(allDeadlines(staff, [judged(one), judged({ "2024-11-30": 5 })])).toEqual([
    { deadline: "2024-11-30", units: 6 },
    { deadline: "2024-10-15", units: 2 },
  ]);
  expect(unlikeInWords(allDeadlines(staff, [judged({ "2024-11-30": 5 })]))).toBeNull();
  const many = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`2024-10-${10 + index}`, 1]));
  expect(unlikeInWords(allDeadlines(staff, [judged(many)]))).toEqual({
    en: expect.stringContaining("1 until 2024-10-19, others until 2 other days."),
    vi: expect.stringContaining("1 đơn vị đến ngày 19/10/2024, các đơn vị khác theo 2 hạn nữa."),
  });
});
