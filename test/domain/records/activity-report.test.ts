import { type Dossier } from "../../../src/domain/counting/dossier.js";
import { account } from "../../../src/domain/counting/measures.js";
import { activityReport, activityReported, dialogueHeld, policyApplied } from "../../../src/domain/records/kinds/activity-report.js";
import { type RuleContext } from "../../../src/domain/records/kind.js";
import { type Status } from "../../../src/domain/counting/obligation.js";
import { cases, dossier, privateSchool, record, send, statusOf, tallyOf, unit, year } from "../harness.js";

const report = { policyApplied: true };
const others = { peopleCounted: "OTHERS_ONLY" };
const union: Partial<RuleContext> = { unit: unit({ kind: "GRASSROOTS", id: "union-1" }) };

describe("rules", () => {
  const award = { level: "DISTRICT", type: "COMMENDATION", recipient: "INDIVIDUAL", count: 2 };
  cases<[Record<string, unknown>, string[], Partial<RuleContext>?]>(
    [
      ["a short report has no problem", report, []],
      ["a school says whether policy was applied", {}, ["REQUIRED policyApplied"]],
      ["a document may leave it out", {}, [], { provenance: "DOCUMENT" }],
      ["a union does not say it", { ...report, ...others }, ["WRONG_LEVEL policyApplied"], union],
      ["a union reports what it did", { communicationSessions: 3, ...others }, [], union],
      ["dialogue is held at a school", { dialoguesOn: ["2024-11-05"], ...others }, ["WRONG_LEVEL dialoguesOn"], union],
      ["what was not applied is said", { policyApplied: false }, ["REQUIRED policyShortfall"]],
      ["and is good", { policyApplied: false, policyShortfall: "Phụ cấp thâm niên" }, []],
      ["all and yet something not is none", { ...report, policyShortfall: "Phụ cấp" }, ["RULE policyShortfall"]],
      ["a dialogue lies in the twelve months up to the reference date", { ...report, dialoguesOn: ["2024-06-01", "2025-05-31"] }, []],
      ["not before", { ...report, dialoguesOn: ["2024-05-31"] }, ["OUT_OF_RANGE dialoguesOn.0"]],
      ["not after", { ...report, dialoguesOn: ["2025-06-01"] }, ["OUT_OF_RANGE dialoguesOn.0"]],
      ["nor in the future", { ...report, dialoguesOn: ["2025-01-02"] }, ["OUT_OF_RANGE dialoguesOn.0"], { today: "2025-01-01" }],
      ["help is paid by somebody", { ...report, welfare: [{ gifts: 3 }] }, ["REQUIRED welfare.0.paidBy"]],
      ["help is something", { ...report, welfare: [{ paidBy: "UNION" }] }, ["REQUIRED welfare.0"]],
      ["a visit has only people", { ...report, welfare: [{ paidBy: "UNION", recipients: 1 }] }, []],
      ["help lies in the year", { ...report, welfare: [{ paidBy: "UNION", gifts: 1, on: "2024-05-31" }] }, ["OUT_OF_RANGE welfare.0.on"]],
      ["money is whole", { ...report, welfare: [{ paidBy: "UNION", amount: 0.5 }] }, ["INVALID welfare.0.amount"]],
      [
        "a level of initiatives stands once",
        {
          ...report,
          initiativesRegistered: 9,
          initiativesRecognised: [
            { level: "SCHOOL", count: 2 },
            { level: "SCHOOL", count: 3 },
          ],
        },
        ["REPEATED initiativesRecognised.1"],
      ],
      ["an award stands once", { ...report, awards: [award, { ...award, type: "FLAG" }, award] }, ["REPEATED awards.2"]],
      ["nobody attends who was not invited", { ...report, trainingInvited: 2, trainingAttended: 3 }, ["RULE trainingAttended"]],
      ["attendances are at sessions", { ...report, communicationTurns: 30, communicationSessions: 0 }, ["RULE communicationTurns"]],
      ["how many sessions there were may be unknown", { ...report, communicationTurns: 30 }, []],
    ],
    (sent, problems, around) => expect(send(activityReport, sent, around).refused).toEqual(problems),
  );

  test("counts that are not given are unknown, and an occasion is another one", () => {
    const { content } = send(activityReport, { ...report, welfare: [{ paidBy: "DONOR", gifts: 3 }] });
    expect(content).toMatchObject({ initiativesRegistered: null, trainingInvited: null, communicationTurns: null });
    expect(content.welfare).toEqual([{ paidBy: "DONOR", gifts: 3, recipients: null, amount: null, occasion: "OTHER", on: null }]);
  });

  test("what is unknown adds nothing, is in no ratio and is counted as left open; known parts of a sum are added", () => {
    const welfare = [
      { paidBy: "UNION" as const, gifts: 3, recipients: null, amount: 0, occasion: "OTHER" as const, on: null },
      { paidBy: "DONOR" as const, gifts: null, recipients: null, amount: 900, occasion: "OTHER" as const, on: null },
    ];
    const tally = tallyOf(dossier({}, record(activityReport, { ...report, welfare, communicationSessions: 2, trainingInvited: 4 })));
    expect(tally).toMatchObject({
      ...{ welfareGifts: 3, welfareGiftsUnsaid: 1, welfareRecipientsUnsaid: 1, welfareAmountByDonor: 900, communicationSessions: 2 },
      ...{ initiativesRegisteredUnsaid: 1, communicationTurnsUnsaid: 1, trainingAttendanceUnsaid: 1 },
    });
    const silent = [tally.welfareAmountUnsaid, tally.communicationSessionsUnsaid, tally.trainingInvited, tally.welfareRecipients];
    expect(silent).toEqual([undefined, undefined, undefined, undefined]);
  });

  test("more initiatives recognised than registered are flagged", () => {
    const recognising = (count: number) => ({ ...report, initiativesRegistered: 4, initiativesRecognised: [{ level: "SCHOOL", count }] });
    expect(send(activityReport, recognising(4)).findings).toEqual([]);
    expect(send(activityReport, recognising(5))).toMatchObject({ problems: [], findings: ["MORE_INITIATIVES_RECOGNISED_THAN_REGISTERED"] });
  });
});

describe("the statuses", () => {
  const of = (sent: object = report) => record(activityReport, { ...sent });
  const ofPrivate = (sent: object) => record(activityReport, { ...report, ...sent }, { around: { unit: privateSchool() } });
  const shortfall = { policyApplied: false, policyShortfall: "Phụ cấp" };
  const nonPublic = { ownership: "PRIVATE" } as const;
  cases<[Dossier, [report: Status, policy: Status, dialogue: Status]]>(
    [
      ["of a school that applied all", dossier({}, of()), ["YES", "YES", "NOT_ELIGIBLE"]],
      ["of one that did not", dossier({}, of(shortfall)), ["YES", "NO", "NOT_ELIGIBLE"]],
      ["of one that has not said", dossier({}, of({ communicationSessions: 1 })), ["YES", "NO_REPORT", "NOT_ELIGIBLE"]],
      ["of nothing", dossier(), ["NO_REPORT", "NO_REPORT", "NOT_ELIGIBLE"]],
      ["of a private school with a dialogue", dossier(nonPublic, ofPrivate({ dialoguesOn: ["2024-11-05"] })), ["YES", "YES", "YES"]],
      ["of a private school without one", dossier(nonPublic, ofPrivate({})), ["YES", "YES", "NO"]],
      ["of a private school that is silent", dossier(nonPublic), ["NO_REPORT", "NO_REPORT", "NO_REPORT"]],
      ["of a union with nothing of its own", dossier({ kind: "GRASSROOTS" }), ["NOT_ELIGIBLE", "NOT_ELIGIBLE", "NOT_ELIGIBLE"]],
      ["of a union that reports", dossier({ kind: "GRASSROOTS" }, of({})), ["YES", "NOT_ELIGIBLE", "NOT_ELIGIBLE"]],
    ],
    (subject, statuses) => expect([activityReported, policyApplied, dialogueHeld].map((duty) => statusOf(duty, subject))).toEqual(statuses),
  );

  test("are due at the end of the school year, or when a directive says", () => {
    const deadlines = new Map([[activityReported, "2025-05-15"]]);
    expect(account(dossier()).due.activityReport).toBe(year.endsOn);
    expect(account(dossier({ deadlines })).due).toMatchObject({ activityReport: "2025-05-15", policyCompliance: "2025-05-15" });
  });

  test("the rest becomes sums, each where it belongs", () => {
    const full = {
      ...report,
      welfare: [
        { paidBy: "UNION", occasion: "LUNAR_NEW_YEAR", gifts: 20, recipients: 20, amount: 6_000_000 },
        { paidBy: "UNION", occasion: "HARDSHIP", recipients: 3, amount: 1_500_000 },
        { paidBy: "DONOR", gifts: 5, amount: 3_000_000_000 },
      ],
      initiativesRegistered: 9,
      initiativesRecognised: [
        { level: "SCHOOL", count: 6 },
        { level: "PROVINCE", count: 1 },
      ],
      awards: [
        { level: "DISTRICT", type: "COMMENDATION", recipient: "INDIVIDUAL", count: 4 },
        { level: "DISTRICT", type: "FLAG", recipient: "COLLECTIVE", count: 1 },
        { level: "NATION", type: "MERIT", recipient: "INDIVIDUAL", count: 1 },
      ],
      ...{ trainingInvited: 3, trainingAttended: 2, communicationSessions: 4, communicationTurns: 120 },
    };
    expect(tallyOf(dossier({}, of(full)))).toMatchObject({
      ...{ welfareGifts: 25, welfareRecipients: 23, welfareAmountByUnion: 7_500_000, welfareAmountByDonor: 3_000_000_000 },
      ...{ initiativesRegistered: 9, initiativesRecognisedAtSchool: 6, initiativesRecognisedAtProvince: 1 },
      ...{ awardsIndividualAtDistrict: 4, awardsCollectiveAtDistrict: 1, awardsIndividualAtNation: 1 },
      ...{ awardsOfCommendation: 4, awardsOfFlag: 1, awardsOfMerit: 1 },
      ...{ trainingInvited: 3, trainingAttended: 2, communicationSessions: 4, communicationTurns: 120 },
    });
  });
});
