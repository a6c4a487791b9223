import { changeOf, type GrowthFigures, rateOver } from "../../src/domain/analysis/growth-figures.js";
import { indicatorByKey } from "../../src/domain/figures/catalogue.js";
import { coverageOf, statusesOf } from "../../src/domain/figures/coverage.js";
import { type Tally } from "../../src/domain/counting/tally.js";

const conferences = indicatorByKey("staffConferenceCompletion")!;
const initiatives = indicatorByKey("initiativesRegistered")!;
const held: Tally = { staffConferenceYes: 6, staffConferenceNo: 1, staffConferenceNoReport: 3, staffConferenceNotEligible: 2 };

describe("of ten units that owe a conference, three of which have said nothing", () => {
  test("the two that have time left are no missing report", () => {
    const notDue = { staffConference: 2 };
    expect(statusesOf(conferences, held, notDue)).toEqual({ yes: 6, no: 1, noReport: 1, notDue: 2, notEligible: 2 });
    expect(coverageOf(conferences, held, notDue)).toEqual({ expected: 10, reported: 7, missing: 1, unsaid: 0, notDue: 2, rate: 0.7 });
  });
  test("all three are missing when the day has passed", () => {
    expect(coverageOf(conferences, held, {})).toEqual({ expected: 10, reported: 7, missing: 3, unsaid: 0, notDue: 0, rate: 0.7 });
  });
});

test("who reported and left a count open is missing, and told as such", () => {
  const tally = { activityReportYes: 4, activityReportNoReport: 1, initiativesRegisteredUnsaid: 1, initiativesRegistered: 9 };
  expect(coverageOf(initiatives, tally, {})).toEqual({ expected: 5, reported: 3, missing: 2, unsaid: 1, notDue: 0, rate: 0.6 });
});

test("where nobody owes it there is no rate, and an indicator without reports has no coverage", () => {
  expect(coverageOf(conferences, { staffConferenceNotEligible: 3 }, {})).toMatchObject({ expected: 0, reported: 0, rate: null });
  const schools = indicatorByKey("schoolCount")!;
  expect([coverageOf(schools, { schools: 3 }, {}), statusesOf(schools, { schools: 3 }, {})]).toEqual([null, null]);
});

test("a growth is of the members before, and none where there were none or nobody reported", () => {
  expect(rateOver({ gained: -3, before: 60, units: 2 })).toEqual({ value: -0.05, numerator: -3, denominator: 60, units: 2 });
  expect(rateOver({ gained: 5, before: 0, units: 1 }).value).toBeNull();
  const change = (membersBefore: number | null, membersNow: number | null) => changeOf({ membersBefore, membersNow } as GrowthFigures);
  expect([change(60, 57), change(null, 57), change(60, null)]).toEqual([-3, null, null]);
});
