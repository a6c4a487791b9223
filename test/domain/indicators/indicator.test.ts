import fc from "fast-check";
import { indicatorByKey, indicators } from "../../../src/domain/figures/catalogue.js";
import {
  bounds,
  completionOf,
  distribution,
  evaluate,
  figures,
  type Indicator,
  perHundred,
} from "../../../src/domain/figures/indicator.js";
import { statusCounts } from "../../../src/domain/counting/voices.js";
import { measureKeys } from "../../../src/domain/counting/measures.js";
import { staffConferenceHeld } from "../../../src/domain/records/kinds/conference.js";
import { sum, type Tally } from "../../../src/domain/counting/tally.js";
import { cases } from "../harness.js";
import { wordsOf } from "../../../src/domain/ground/words.js";

const of = (key: string): Indicator => indicatorByKey(key)!;
const conferences = (yes: number, no: number, noReport: number, notEligible = 0): Tally => ({
  staffConferenceYes: yes,
  staffConferenceNo: no,
  staffConferenceNoReport: noReport,
  staffConferenceNotEligible: notEligible,
});

cases<[string, Tally, ReturnType<typeof figures>]>(
  [
    ["a rate of nothing has no value", "staffConferenceCompletion", {}, { numerator: 0, denominator: 0, value: null }],
    [
      "a rate with denominator 0 has no value, whatever its numerator",
      "unionisationRate",
      { organisedMembers: 5 },
      { numerator: 5, denominator: 0, value: null },
    ],
    [
      "a count that nobody has reported is unknown",
      "members",
      { membershipReportNoReport: 3 },
      { numerator: 0, denominator: null, value: null },
    ],
    ["a count that was reported as nothing is 0", "members", { membershipReportYes: 1 }, { numerator: 0, denominator: null, value: 0 }],
    ["a count of the register is 0 where there is nothing", "schoolCount", {}, { numerator: 0, denominator: null, value: 0 }],
    ["32 of 32 are 1", "staffConferenceCompletion", conferences(32, 0, 0), { numerator: 32, denominator: 32, value: 1 }],
    [
      "a missing report stays in the denominator",
      "staffConferenceCompletion",
      conferences(3, 1, 4, 9),
      { numerator: 3, denominator: 8, value: 0.375 },
    ],
    ["nothing is rounded", "staffConferenceCompletion", conferences(1, 2, 0), { numerator: 1, denominator: 3, value: 1 / 3 }],
    [
      "nothing is capped at 1",
      "unionisationRate",
      { organisedMembers: 12, organisableWorkers: 10 },
      { numerator: 12, denominator: 10, value: 1.2 },
    ],
    [
      "growth may be negative",
      "membershipGrowth",
      { members: 90, membersAtStart: 120 },
      { numerator: -30, denominator: 120, value: -0.25 },
    ],
    ["growth from nothing has no value", "membershipGrowth", { members: 90 }, { numerator: 90, denominator: 0, value: null }],
    [
      "organic growth leaves structural loss out",
      "membershipGrowthOrganic",
      { organicGain: 30, organicLoss: 10, membersAtStartContinuing: 200, membersStructuralLoss: 150 },
      { numerator: 20, denominator: 200, value: 0.1 },
    ],
    [
      "admitted are the new and the rejoined",
      "membersAdmitted",
      { membersAdmitted: 4, membersRejoined: 2, membersTransferredIn: 9 },
      { numerator: 6, denominator: null, value: 6 },
    ],
    [
      "left are those who left and who retired",
      "membersLeft",
      { membersLeft: 4, membersRetired: 2, membersTransferredOut: 9 },
      { numerator: 6, denominator: null, value: 6 },
    ],
    [
      "net change leaves structural change out",
      "memberNetChange",
      {
        membersAdmitted: 10,
        membersRejoined: 1,
        membersTransferredIn: 3,
        membersTransferredOut: 4,
        membersLeft: 5,
        membersRetired: 7,
        membersStructuralGain: 99,
        membersStructuralLoss: 50,
      },
      { numerator: -2, denominator: null, value: -2 },
    ],
    [
      "attendance is present of convened",
      "conferenceAttendance",
      { conferencePresent: 32, conferenceConvened: 33 },
      { numerator: 32, denominator: 33, value: 32 / 33 },
    ],
    [
      "sums beyond 2^31 stay exact",
      "members",
      { members: 11_000_000_000 },
      { numerator: 11_000_000_000, denominator: null, value: 11_000_000_000 },
    ],
  ],
  (key, tally, expected) => expect(figures(of(key), tally)).toEqual(expected),
);

test("bounds say what a rate would be if all who are silent said no, or yes", () => {
  expect(bounds(of("staffConferenceCompletion"), conferences(3, 1, 4, 9))).toEqual({ lower: 0.375, upper: 0.875 });
});

test("bounds meet where everybody reported", () => {
  expect(bounds(of("staffConferenceCompletion"), conferences(3, 1, 0))).toEqual({ lower: 0.75, upper: 0.75 });
});

test("there are no bounds where nobody is expected, and none for sums of people", () => {
  expect(bounds(of("staffConferenceCompletion"), conferences(0, 0, 0, 5))).toBeNull();
  expect(bounds(of("members"), { members: 5 })).toBeNull();
  expect(bounds(of("conferenceAttendance"), { conferencePresent: 5, conferenceConvened: 6 })).toBeNull();
});

test("status counts are read from the tally, 0 where nothing stands", () => {
  expect(statusCounts(staffConferenceHeld, conferences(3, 1, 4, 9))).toEqual({ yes: 3, no: 1, noReport: 4, notEligible: 9 });
  expect(statusCounts(staffConferenceHeld, {})).toEqual({ yes: 0, no: 0, noReport: 0, notEligible: 0 });
});

test("a completion counts YES, of YES, NO and NO_REPORT", () => {
  const { yes, expected } = completionOf(staffConferenceHeld);
  expect([evaluate(yes, conferences(3, 1, 4, 9)), evaluate(expected, conferences(3, 1, 4, 9))]).toEqual([3, 8]);
});

test("a mean is its numerator for each unit of its denominator, and its distribution counts each", () => {
  const committees = { inspectionCommitteeMembersInTerm: 11, inspectionCommitteesOfThree: 2, inspectionCommitteesOfFive: 1 };
  expect(figures(of("inspectionCommitteeSize"), committees)).toEqual({ numerator: 11, denominator: 3, value: 11 / 3 });
  const counts = distribution(of("inspectionCommitteeSize"), committees).map(({ bucket, count }) => `${bucket.words.en}: ${count}`);
  expect(counts).toEqual([
    ...["3 members: 2", "4 members: 0", "5 members: 1", "6 members: 0", "7 members: 0", "8 members: 0", "9 members: 0"],
    "more than 9 members: 0",
  ]);
  expect(distribution(of("members"), { members: 5 })).toEqual([]);
});

test("the months between meetings count two for each committee that meets every two months", () => {
  const cadence = { executivesMeetingMonthly: 3, executivesMeetingEveryTwoMonths: 1 };
  expect(figures(of("meetingCadence"), cadence)).toEqual({ numerator: 5, denominator: 4, value: 1.25 });
  const quarterly = { ...cadence, executivesMeetingLessOften: 1, monthsOfExecutivesMeetingLessOften: 3 };
  expect(figures(of("meetingCadence"), quarterly)).toEqual({ numerator: 8, denominator: 5, value: 1.6 });
});

test("a count is told for every hundred members over the units that reported both, with what is left out and what federations did apart", () => {
  const tally = { welfareGifts: 110, welfareGiftsPaired: 50, welfareGiftsPairedBase: 40, welfareGiftsApart: 30, members: 60 };
  expect(perHundred(of("welfareGifts"), tally)).toEqual({
    ...{ value: 125, numerator: 50, base: 40 },
    leftOut: { numerator: 30, base: 20 },
    apart: { value: 50, numerator: 30, base: 60 },
  });
  expect(perHundred(of("welfareGifts"), { welfareGifts: 758 })).toEqual({
    ...{ value: null, numerator: 0, base: 0 },
    leftOut: { numerator: 758, base: 0 },
    apart: null,
  });
  expect(perHundred(of("members"), { members: 5 })).toBeNull();
});

test("sums of money beyond 2^31 stay exact, and the buckets say who paid", () => {
  const money = { welfareAmountByUnion: 9_000_000_000_000, welfareAmountByFederation: 1 };
  expect(figures(of("welfareAmount"), money).value).toBe(9_000_000_000_001);
  expect(distribution(of("welfareAmount"), money).map(({ count }) => count)).toEqual([9_000_000_000_000, 1, 0, 0]);
});

test("the words of a choice come apart, and stay whole where there is one language", () => {
  expect(wordsOf("Emulation flag (cờ thi đua).")).toEqual({ en: "Emulation flag", vi: "cờ thi đua" });
  expect(wordsOf("Done.")).toEqual({ en: "Done.", vi: "Done." });
});

const tally = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...measureKeys), fc.nat(1_000_000)), { selector: ([key]) => key })
  .map((entries) => Object.fromEntries(entries) as Tally);

test("numerator and denominator of a parent are the sums of its children's, for every indicator", () => {
  fc.assert(
    fc.property(fc.constantFrom(...indicators), tally, tally, (indicator, one, other) => {
      const [a, b, both] = [figures(indicator, one), figures(indicator, other), figures(indicator, sum(one, other))];
      expect(both.numerator).toBe(a.numerator + b.numerator);
      expect(both.denominator).toBe(a.denominator === null ? null : a.denominator + (b.denominator ?? 0));
    }),
  );
});

test("buckets of a count or a mean add up to what it counts", () => {
  const whole = (indicator: Indicator, any: Tally) =>
    indicator.unit === "MEAN" ? figures(indicator, any).denominator : figures(indicator, any).numerator;
  const told = indicators.filter(({ buckets, unit }) => buckets && unit !== "RATE");
  expect(told.length).toBeGreaterThan(6);
  fc.assert(
    fc.property(fc.constantFrom(...told), tally, (indicator, any) => {
      expect(distribution(indicator, any).reduce((total, { count }) => total + count, 0)).toBe(whole(indicator, any));
    }),
  );
});

test("where bounds are told, the value is the lower one and the upper one is at most 1", () => {
  fc.assert(
    fc.property(fc.constantFrom(...indicators), tally, (indicator, any) => {
      const told = bounds(indicator, any);
      if (!told) return;
      expect(told.lower).toBe(figures(indicator, any).value);
      expect(told.upper >= told.lower && told.upper <= 1).toBe(true);
    }),
  );
});
