import { activityReport, activityReported, dialogueHeld, policyApplied } from "../../../src/domain/records/kinds/activity-report.js";
import { type RuleContext } from "../../../src/domain/records/kind.js";
import { kindOf, recordKinds } from "../../../src/domain/records/catalogue.js";
import { membershipBalanced, membershipReport, membershipReported } from "../../../src/domain/records/kinds/membership-report.js";
import { figures } from "../../../src/domain/figures/indicator.js";
import { voices } from "../../../src/domain/counting/voices.js";
import { members } from "../../../src/domain/figures/list/members.js";
import { unionisationRate } from "../../../src/domain/figures/list/unionisation-rate.js";
import { womenMembers } from "../../../src/domain/figures/list/women-members.js";
import { sum, type Tally } from "../../../src/domain/counting/tally.js";
import { cases, dossier, record, send, statusOf, tallyOf, unit } from "../harness.js";

const people = { workersOpening: 90, membersOpening: 80, workersClosing: 95, membersClosing: 85 };
const still = Object.fromEntries(
  ["admitted", "rejoined", "transferredIn", "transferredOut", "left", "retired", "structuralGain", "structuralLoss"].map((name) => [
    name,
    0,
  ]),
);
const ALL = { peopleCounted: "ALL_ITS_SCHOOLS", schools: ["school-1", "school-2"] };
const union: Partial<RuleContext> = { unit: unit({ kind: "GRASSROOTS", id: "union-1" }) };
const federation: Partial<RuleContext> = { unit: unit({ kind: "DISTRICT", id: "district-1" }) };

test("the kinds of records that count people are those that schools and unions both send", () => {
  expect(recordKinds.filter(({ countsPeople }) => countsPeople).map(({ key }) => key)).toEqual(["membershipReport", "activityReport"]);
});

describe("whom a report counts", () => {
  cases<["membershipReport" | "activityReport", Record<string, unknown>, string[], Partial<RuleContext>?]>(
    [
      ["a union says it of members", "membershipReport", {}, ["REQUIRED peopleCounted"], union],
      ["a union says it of activities", "activityReport", {}, ["REQUIRED peopleCounted"], union],
      [
        "also where the report stands in a document",
        "membershipReport",
        {},
        ["REQUIRED peopleCounted"],
        { ...union, provenance: "DOCUMENT" },
      ],
      ["only others", "membershipReport", { peopleCounted: "OTHERS_ONLY" }, [], union],
      ["all its schools", "membershipReport", ALL, [], union],
      ["no other word", "membershipReport", { peopleCounted: "SOME" }, ["INVALID peopleCounted", "REQUIRED peopleCounted"], union],
      ["a school does not say it", "membershipReport", { peopleCounted: "OTHERS_ONLY" }, ["WRONG_LEVEL peopleCounted"]],
      ["a school counts no other", "membershipReport", ALL, ["WRONG_LEVEL peopleCounted"]],
      ["a federation need not say it", "activityReport", {}, [], federation],
      ["but may", "activityReport", { peopleCounted: "OTHERS_ONLY" }, [], federation],
      ["and counts no schools", "activityReport", { ...ALL, policyApplied: true }, ["WRONG_LEVEL peopleCounted"], federation],
      [
        "who counts only others names no schools",
        "membershipReport",
        { peopleCounted: "OTHERS_ONLY", schools: ["school-1"] },
        ["RULE schools"],
        union,
      ],
      ["who counts all schools says of them what they owe", "activityReport", ALL, ["REQUIRED policyApplied"], union],
      ["policy and dialogues", "activityReport", { ...ALL, policyApplied: true, dialoguesOn: ["2024-11-05"] }, [], union],
    ],
    (kind, sent, problems, around) => {
      const content =
        kind === "membershipReport" ? { ...people, ...still, ...sent } : { ...(around ? {} : { policyApplied: true }), ...sent };
      expect(send(kindOf(kind), content, around).refused).toEqual(problems);
    },
  );
});

const membershipOf = (sent: object = {}, lead = true) =>
  record(membershipReport, { ...people, ...still, ...ALL, ...sent }, { lead, around: union });
const activityOf = (sent: object = {}, lead = true) =>
  record(activityReport, { ...ALL, policyApplied: true, welfare: [{ paidBy: "UNION", gifts: 30 }], ...sent }, { lead, around: union });
const unionOf = (...records: ReturnType<typeof record>[]) => dossier({ kind: "GRASSROOTS", unitId: "union-1" }, ...records);

describe("in a union's report", () => {
  test("a school has reported, and has no people of its own", () => {
    const school = dossier({}, membershipOf({}, false));
    const tally = tallyOf(school);
    expect([statusOf(membershipReported, school), statusOf(membershipBalanced, school)]).toEqual(["YES", "NOT_ELIGIBLE"]);
    expect([tally.members, tally.workers, tally.membersAtStart, tally.membershipReportInUnionReport]).toEqual([
      ...[undefined, undefined, undefined, 1],
    ]);
    expect(figures(members, tally).value).toBeNull();
    expect(figures(unionisationRate, tally).value).toBeNull();
    expect(voices(members, tally)).toEqual({ said: 0, unsaid: 1, noReport: 0 });
  });

  test("union and schools together have said all, and nobody counts twice", () => {
    const parts = [unionOf(membershipOf()), dossier({}, membershipOf({}, false)), dossier({ unitId: "school-2" }, membershipOf({}, false))];
    const tally = parts.map(tallyOf).reduce<Tally>((total, part) => sum(total, part), {});
    expect([tally.members, tally.membershipReportYes, tally.membershipReportSpokenFor]).toEqual([85, 3, 2]);
    expect([voices(members, tally), figures(members, tally).value]).toEqual([{ said: 3, unsaid: 0, noReport: 0 }, 85]);
    expect(figures(unionisationRate, tally)).toEqual({ numerator: 85, denominator: 95, value: 85 / 95 });
  });

  test("what it leaves open it leaves open for each of its schools, wherever one looks", () => {
    const [ofUnion, one, two] = [unionOf(membershipOf()), dossier({}, membershipOf({}, false)), dossier({}, membershipOf({}, false))].map(
      tallyOf,
    );
    const all = [one!, two!].reduce((total, part) => sum(total, part), ofUnion!);
    expect([ofUnion!, one!, sum(one!, two!), all].map((tally) => voices(womenMembers, tally))).toEqual([
      { said: 0, unsaid: 1, noReport: 0 },
      { said: 0, unsaid: 1, noReport: 0 },
      { said: 0, unsaid: 2, noReport: 0 },
      { said: 0, unsaid: 3, noReport: 0 },
    ]);
  });

  test("a school's policy and dialogues are those that the union says of all, and what was done counts at the union", () => {
    const school = dossier({ ownership: "PRIVATE", schoolLevel: "PRESCHOOL" }, activityOf({ dialoguesOn: ["2024-11-05"] }, false));
    expect([activityReported, policyApplied, dialogueHeld].map((duty) => statusOf(duty, school))).toEqual(["YES", "YES", "YES"]);
    expect(tallyOf(school).welfareGifts).toBeUndefined();
    const ofUnion = unionOf(activityOf());
    expect([activityReported, policyApplied, dialogueHeld].map((duty) => statusOf(duty, ofUnion))).toEqual([
      "YES",
      "NOT_ELIGIBLE",
      "NOT_ELIGIBLE",
    ]);
    expect(tallyOf(ofUnion)).toMatchObject({ welfareGifts: 30, activityReportSpokenFor: 2 });
  });

  cases<[object, object, Tally]>(
    [
      ["gifts to all are set against all", {}, {}, { welfareGiftsPaired: 30, welfareGiftsPairedBase: 85 }],
      ["gifts to all are not set against others only", { peopleCounted: "OTHERS_ONLY", schools: [] }, {}, { welfareGiftsApart: 30 }],
      ["nor the other way round", {}, { peopleCounted: "OTHERS_ONLY", schools: [], policyApplied: null }, { welfareGiftsApart: 30 }],
      ["nor those of other schools", { schools: ["school-1"] }, {}, { welfareGiftsApart: 30 }],
    ],
    (membership, activity, expected) => {
      const tally = tallyOf(unionOf(membershipOf(membership), activityOf(activity)));
      const ratio = Object.fromEntries(
        ["welfareGiftsPaired", "welfareGiftsPairedBase", "welfareGiftsApart"].flatMap((key) => (tally[key] ? [[key, tally[key]]] : [])),
      );
      expect(ratio).toEqual(expected);
    },
  );

  test("an occupational union that counts its schools is in the unionisation rate with them", () => {
    const of = (sent: object) => tallyOf(dossier({ kind: "OCCUPATIONAL", unitId: "union-1" }, membershipOf(sent)));
    expect(of({})).toMatchObject({ organisableWorkers: 95, organisedMembers: 85 });
    expect(of({ peopleCounted: "OTHERS_ONLY", schools: [] }).organisableWorkers).toBeUndefined();
  });

  test("one of 0.4.0, which does not say it, counts only others", () => {
    const tally = tallyOf(unionOf(membershipOf({ peopleCounted: null, schools: [] })));
    expect([tally.members, tally.membershipReportYes, tally.membershipReportSpokenFor]).toEqual([85, 1, undefined]);
  });
});
