import { indicatorByKey, indicators } from "../../src/domain/figures/catalogue.js";
import { isInDenominator, leftOutReasons, leftOutWords, levelsBehind } from "../../src/domain/analysis/left-out.js";
import { LEVELS } from "../../src/domain/tree/unit.js";
import { year } from "./harness.js";

const indicator = (key: string) => indicatorByKey(key)!;
const told = (key: string) => leftOutWords(indicator(key), "NO_REPORT", year).en;

test("an indicator that nobody owes can tell only who was not open, or not known in time", () => {
  for (const one of indicators)
    expect(leftOutReasons(one)).toEqual(one.obligation ? expect.arrayContaining(["NO_REPORT"]) : ["CLOSED", "KNOWN_LATE"]);
});

test("a unit without a report is in the denominator of a completion rate, in the numerator of those that count it, else nowhere", () => {
  expect(told("staffConferenceCompletion")).toContain("counted in the denominator, not in the numerator");
  expect(told("unreportedUnits")).toContain("counted in the numerator");
  expect(told("membershipGrowth")).toContain("adds nothing to the figure");
  expect(
    ["staffConferenceCompletion", "unreportedUnits", "membershipGrowth"].map((key) => isInDenominator(indicator(key), "NO_REPORT")),
  ).toEqual([...[true, false, false]]);
  expect(isInDenominator(indicator("staffConferenceCompletion"), "NOT_ELIGIBLE")).toBe(false);
});

test("closed units are left out of what happened in the year only where nothing of them counts", () => {
  const closed = (key: string) => leftOutWords(indicator(key), "CLOSED", year).en;
  expect(closed("members")).toBe("Not open on 2025-05-31, the reference date: closed before it or opened after it.");
  expect(closed("welfareGifts")).toContain("and nothing of it counts here");
  expect(closed("membershipGrowth")).toContain("and nothing of it counts here");
});

test("those who could have spoken are of the levels that send the records", () => {
  expect(levelsBehind(indicator("staffConferenceCompletion"))).toEqual(["SCHOOL"]);
  expect(levelsBehind(indicator("members"))).toEqual(["GRASSROOTS", "SCHOOL"]);
  expect(levelsBehind(indicator("schoolCount"))).toEqual(LEVELS);
});

test("who is in the report of a successor is told only where a report can say so", () => {
  const tells = indicators.filter((one) => leftOutReasons(one).includes("IN_SUCCESSOR_REPORT")).map(({ key }) => key);
  expect(tells).toEqual(expect.arrayContaining(["membersAdmitted", "membershipGrowth", "welfareGifts", "initiativesRecognised"]));
  expect(tells).not.toContain("members");
  expect(tells).not.toContain("staffConferenceCompletion");
  expect(tells).not.toContain("conferenceAttendance");
  expect(leftOutWords(indicator("welfareGifts"), "IN_SUCCESSOR_REPORT", year).vi).toContain("báo cáo của đơn vị kế tiếp");
});
