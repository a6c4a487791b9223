import { type Dossier } from "../../../src/domain/counting/dossier.js";
import { type RuleContext } from "../../../src/domain/records/kind.js";
import { agreementInForce, agreementSignedInTerm, collectiveAgreement } from "../../../src/domain/records/kinds/collective-agreement.js";
import { type AgreementStage, stageOn } from "../../../src/domain/records/kinds/collective-agreement-stages.js";
import { membershipReport } from "../../../src/domain/records/kinds/membership-report.js";
import { type Status } from "../../../src/domain/counting/obligation.js";
import { cases, dossier, privateSchool, record, send, statusOf, tallyOf, unit, yearBefore } from "../harness.js";

type Changes = Record<string, unknown>;

const signed = { reference: "01/2024/TƯLĐTT", ballotFor: 16, ballotTotal: 30, signedOn: "2024-10-01", expiresOn: "2026-10-01" };
const nursery = privateSchool();
const around: Partial<RuleContext> = { unit: nursery, named: new Map([["school-1", nursery]]) };
const union = unit({ id: "union-1", kind: "GRASSROOTS", name: "CĐCS Hoa Sen" });

const sendAgreement = (changes: Changes, more: Partial<RuleContext> = {}) =>
  send(collectiveAgreement, { ...signed, ...changes }, { ...around, ...more });

describe("an agreement as sent", () => {
  test("is completed: an enterprise's, new, of the school itself, in force from its signing", () => {
    expect(sendAgreement({})).toMatchObject({
      content: { type: "ENTERPRISE", origin: "NEW", schools: ["school-1"], effectiveOn: "2024-10-01" },
      problems: [],
    });
  });

  test("has its reference as identity and its schools as subjects", () => {
    const { content } = sendAgreement({ schools: ["school-1"] });
    expect([collectiveAgreement.keyOf(content), collectiveAgreement.covered(content)]).toEqual(["01/2024/TƯLĐTT", ["school-1"]]);
  });
});

const prolongation = { agreedOn: "2026-09-15", until: "2027-10-01", ballotFor: 16, ballotTotal: 30 };
const prolonged = (changes: Changes) => ({ prolongations: [{ ...prolongation, ...changes }] });

/** The days of the school in the agreement. */
const dated = (joinedOn: string | null, leftOn: string | null = null) => ({ participations: [{ school: "school-1", joinedOn, leftOn }] });

describe("rules", () => {
  const bargained = { reference: "02", signedOn: null, expiresOn: null, ballotFor: null, ballotTotal: null };
  const later = { today: "2027-01-01" };
  cases<[Changes, string[], Partial<RuleContext>?]>(
    [
      ["an agreement has a reference", { reference: " " }, ["REQUIRED reference"]],
      ["an agreement may still be bargained", bargained, []],
      [
        "an unsigned one is neither filed nor in force nor amended",
        { ...bargained, filedOn: "2024-10-02", effectiveOn: "2024-10-02", amendedOn: ["2024-10-02"] },
        ["RULE effectiveOn", "RULE filedOn", "RULE amendedOn"],
      ],
      ["an unsigned one has no grade", { ...bargained, grade: "A" }, ["RULE grade"]],
      ["it is not signed tomorrow", { signedOn: "2025-06-11", expiresOn: "2027-06-11" }, ["OUT_OF_RANGE signedOn"]],
      ["it is signed today", { signedOn: "2025-06-10", expiresOn: "2027-06-10" }, []],
      ["it is not filed tomorrow", { filedOn: "2025-06-11" }, ["OUT_OF_RANGE filedOn"]],
      ["it is not amended tomorrow", { amendedOn: ["2025-06-11"] }, ["OUT_OF_RANGE amendedOn.0"]],
      ["a signed one had a ballot", { ballotFor: null, ballotTotal: null }, ["REQUIRED ballotFor", "REQUIRED ballotTotal"]],
      ["exactly half of all workers are too few", { ballotFor: 15 }, ["RULE ballotFor"]],
      ["one more than half is enough", { ballotFor: 16 }, []],
      ["of 31 workers 16 are enough", { ballotFor: 16, ballotTotal: 31 }, []],
      ["of 31 workers 15 are too few", { ballotFor: 15, ballotTotal: 31 }, ["RULE ballotFor"]],
      ["nobody of nobody is too few", { ballotFor: 0, ballotTotal: 0 }, ["RULE ballotFor"]],
      ["only those asked can vote", { ballotFor: 31 }, ["RULE ballotFor"]],
      [
        "it is not signed after its end",
        { effectiveOn: "2022-01-01", expiresOn: "2024-01-01", signedOn: "2024-02-01", filedOn: null },
        ["OUT_OF_RANGE signedOn"],
      ],
      ["a signed one has an end", { expiresOn: null }, ["REQUIRED expiresOn"]],
      ["it runs for a year less a day, whose last day counts", { expiresOn: "2025-09-30" }, []],
      ["it runs for a year", { expiresOn: "2025-10-01" }, []],
      ["it does not run for less", { expiresOn: "2025-09-29" }, ["RULE expiresOn"]],
      ["it runs for three years", { expiresOn: "2027-10-01" }, []],
      ["it does not run for three years and a day", { expiresOn: "2027-10-02" }, ["RULE expiresOn"]],
      ["its term is counted from when it takes effect", { effectiveOn: "2025-01-01", expiresOn: "2025-12-30" }, ["RULE expiresOn"]],
      ["its term may end three years after it takes effect", { effectiveOn: "2025-01-01", expiresOn: "2028-01-01" }, []],
      ["it is not filed before it is signed", { filedOn: "2024-09-30" }, ["OUT_OF_RANGE filedOn"]],
      ["it is not amended before it is signed", { amendedOn: ["2024-12-01", "2024-09-30"] }, ["OUT_OF_RANGE amendedOn.1"]],
      ["it is not void before it is signed", { voidSince: "2024-09-30" }, ["OUT_OF_RANGE voidSince"]],
      ["renewal is bargained from 90 days before the end", { renewalTalksSince: "2026-07-03" }, [], later],
      ["renewal is not bargained 91 days before the end", { renewalTalksSince: "2026-07-02" }, ["RULE renewalTalksSince"], later],
      ["renewal is not bargained tomorrow", { renewalTalksSince: "2026-07-03" }, ["OUT_OF_RANGE renewalTalksSince"]],
      ["it is not void from tomorrow on", { voidSince: "2025-06-11" }, ["OUT_OF_RANGE voidSince"]],
      ["renewal is bargained by the last day", { renewalTalksSince: "2026-10-01" }, [], later],
      ["renewal is not bargained after the end", { renewalTalksSince: "2026-10-02" }, ["RULE renewalTalksSince"], later],
      ["it runs on after its end as the parties agreed", { renewalTalksSince: "2026-09-01", runsOnUntil: "2027-03-31" }, [], later],
      ["or not at all", { renewalTalksSince: "2026-09-01", runsOnUntil: "2026-10-01" }, [], later],
      [
        "not up to a day before its end",
        { renewalTalksSince: "2026-09-01", runsOnUntil: "2026-09-30" },
        ["OUT_OF_RANGE runsOnUntil"],
        later,
      ],
      ["and only while its renewal is bargained", { runsOnUntil: "2026-12-01" }, ["REQUIRED renewalTalksSince"]],
      ["a part of it is void since it was signed or later", { partlyVoidSince: "2024-09-30" }, ["OUT_OF_RANGE partlyVoidSince"]],
      ["and before all of it is", { partlyVoidSince: "2025-01-02", voidSince: "2025-01-02" }, ["OUT_OF_RANGE partlyVoidSince"]],
      ["a part, then all of it, may be void", { partlyVoidSince: "2025-01-01", voidSince: "2025-01-02" }, []],
      ["an unsigned one is not prolonged", { ...bargained, prolongations: [prolongation] }, ["RULE prolongations"], later],
      ["it is prolonged from 90 days before its end", prolonged({ agreedOn: "2026-07-03" }), [], later],
      ["not earlier", prolonged({ agreedOn: "2026-07-02" }), ["RULE prolongations.0.agreedOn"], later],
      ["and up to 90 days after it", prolonged({ agreedOn: "2026-12-30" }), [], later],
      ["not later", prolonged({ agreedOn: "2026-12-31" }), ["RULE prolongations.0.agreedOn"], later],
      [
        "unless it runs on for longer",
        { ...prolonged({ agreedOn: "2026-12-31" }), renewalTalksSince: "2026-09-01", runsOnUntil: "2026-12-31" },
        [],
        later,
      ],
      [
        "not before it is signed",
        { ...prolonged({ agreedOn: "2026-09-29" }), signedOn: "2026-09-30", effectiveOn: "2024-10-01" },
        ["RULE prolongations.0.agreedOn"],
        later,
      ],
      [
        "nor before an earlier prolongation",
        {
          prolongations: [
            { ...prolongation, agreedOn: "2026-11-02", until: "2026-12-31" },
            { ...prolongation, agreedOn: "2026-11-01" },
          ],
        },
        ["RULE prolongations.1.agreedOn"],
        later,
      ],
      ["not tomorrow", prolonged({}), ["OUT_OF_RANGE prolongations.0.agreedOn"]],
      ["to a day after its end", prolonged({ until: "2026-10-01" }), ["OUT_OF_RANGE prolongations.0.until"], later],
      [
        "and after the day on which that was agreed",
        prolonged({ agreedOn: "2026-12-01", until: "2026-12-01" }),
        ["OUT_OF_RANGE prolongations.0.until"],
        later,
      ],
      ["and at most three years later", prolonged({ until: "2029-10-02" }), ["OUT_OF_RANGE prolongations.0.until"], later],
      [
        "after a new ballot",
        prolonged({ ballotFor: null, ballotTotal: null }),
        ["REQUIRED prolongations.0.ballotFor", "REQUIRED prolongations.0.ballotTotal"],
        later,
      ],
      ["in which more than half voted for it", prolonged({ ballotFor: 15 }), ["RULE prolongations.0.ballotFor"], later],
      [
        "a second time from 90 days before its new end",
        { prolongations: [prolongation, { ...prolongation, agreedOn: "2027-07-03", until: "2028-10-01" }] },
        [],
        { today: "2028-01-01" },
      ],
      [
        "its renewal is bargained before its new end, too",
        { ...prolonged({}), renewalTalksSince: "2027-08-01" },
        [],
        { today: "2028-01-01" },
      ],
      ["a school joins it on its first day", dated("2024-10-01"), []],
      ["not earlier", dated("2024-09-30"), ["OUT_OF_RANGE participations.0.joinedOn"]],
      ["nor before it takes effect", { ...dated("2024-12-31"), effectiveOn: "2025-01-01" }, ["OUT_OF_RANGE participations.0.joinedOn"]],
      ["it may be agreed that a school joins or leaves later", dated("2026-09-30", "2026-10-01"), []],
      ["it joins by its last day", dated("2026-10-01"), []],
      ["not later", dated("2026-10-02"), ["OUT_OF_RANGE participations.0.joinedOn"]],
      ["unless it was prolonged", { ...prolonged({}), ...dated("2026-10-02") }, [], later],
      ["nor once all of it is void", { ...dated("2025-03-01"), voidSince: "2025-03-01" }, ["OUT_OF_RANGE participations.0.joinedOn"]],
      ["a school leaves it on its second day", dated(null, "2024-10-02"), []],
      ["not on its first", dated(null, "2024-10-01"), ["OUT_OF_RANGE participations.0.leftOn"]],
      ["nor on the day on which it joined", dated("2025-01-01", "2025-01-01"), ["OUT_OF_RANGE participations.0.leftOn"]],
      ["nor after it has ended", dated(null, "2026-10-02"), ["OUT_OF_RANGE participations.0.leftOn"]],
      ["but while it runs on", { ...dated(null, "2026-12-30"), renewalTalksSince: "2026-09-01" }, [], later],
      ["one or both of the days are given", dated(null), ["REQUIRED participations.0.joinedOn"]],
      ["of a school, too", { participations: [{ joinedOn: "2025-01-01" }] }, ["REQUIRED participations.0.school"]],
      [
        "which is one of its schools",
        { participations: [{ school: "school-2", joinedOn: "2025-01-01" }] },
        ["RULE participations.0.school"],
      ],
      [
        "and named once",
        { participations: [...dated("2025-01-01", "2025-02-01").participations, ...dated("2025-03-01").participations] },
        ["RULE participations.1.school"],
      ],
      ["an unsigned one is not joined", { ...bargained, ...dated("2025-01-01") }, ["RULE participations"], later],
      ["a union says which schools it covers", {}, ["REQUIRED schools"], { unit: union }],
      ["a union may report its schools' agreement", { schools: ["school-1"] }, [], { unit: union }],
      [
        "a school reports an agreement that covers itself",
        { schools: ["school-2"] },
        ["RULE schools"],
        { named: new Map([["school-2", privateSchool("school-2")]]) },
      ],
      ["a public school signs no agreement", {}, ["WRONG_LEVEL schools.0"], { unit: unit(), named: new Map([["school-1", unit()]]) }],
      ["a union is no school", { schools: ["school-1", "union-1"] }, ["WRONG_LEVEL schools.1"], { named: new Map([["union-1", union]]) }],
      [
        "a school closed when it is signed is not covered",
        {},
        ["UNIT_CLOSED schools.0"],
        { named: new Map([["school-1", unit({ ownership: "PRIVATE" }, [{ from: "2010-09-05", until: "2024-10-01" }])]]) },
      ],
      [
        "a school that opened since may join",
        dated("2025-02-01"),
        [],
        { named: new Map([["school-1", unit({ ownership: "PRIVATE" }, [{ from: "2025-02-01", until: "2025-02-02" }])]]) },
      ],
      [
        "one that closed before may not",
        dated("2025-02-02"),
        ["UNIT_CLOSED schools.0"],
        { named: new Map([["school-1", unit({ ownership: "PRIVATE" }, [{ from: "2010-09-05", until: "2025-02-02" }])]]) },
      ],
      [
        "one that opens when it leaves was not covered",
        dated(null, "2025-02-02"),
        ["UNIT_CLOSED schools.0"],
        { named: new Map([["school-1", unit({ ownership: "PRIVATE" }, [{ from: "2025-02-02", until: "9999-12-31" }])]]) },
      ],
      [
        "a school that opens before its end is covered",
        {},
        [],
        { named: new Map([["school-1", unit({ ownership: "PRIVATE" }, [{ from: "2026-10-01", until: "9999-12-31" }])]]) },
      ],
      [
        "a school that opens after its end is not",
        {},
        ["UNIT_CLOSED schools.0"],
        { named: new Map([["school-1", unit({ ownership: "PRIVATE" }, [{ from: "2026-10-02", until: "9999-12-31" }])]]) },
      ],
    ],
    (changes, problems, more) => expect(sendAgreement(changes, more).refused).toEqual(problems),
  );

  cases<[Changes, string[]]>(
    [
      ["filed on the tenth day is in time", { filedOn: "2024-10-11" }, []],
      ["filed on the eleventh day is flagged", { filedOn: "2024-10-12" }, ["AGREEMENT_FILED_LATE"]],
      ["not filed after ten days is flagged", {}, ["AGREEMENT_NOT_FILED"]],
      ["not filed within the ten days is not flagged yet", { signedOn: "2025-05-31", expiresOn: "2027-05-31" }, []],
    ],
    (changes, findings) => expect(sendAgreement(changes)).toMatchObject({ problems: [], findings }),
  );
});

describe("the stage of an agreement", () => {
  const talks = { renewalTalksSince: "2026-09-01" };
  cases<[Changes, string, AgreementStage]>(
    [
      ["before it is signed", {}, "2024-09-30", "BARGAINING"],
      ["without a signature", { signedOn: null }, "2030-01-01", "BARGAINING"],
      ["on the day of signing", {}, "2024-10-01", "IN_FORCE"],
      ["signed, and to take effect later", { effectiveOn: "2025-01-01" }, "2024-12-31", "SIGNED"],
      ["on the day it takes effect", { effectiveOn: "2025-01-01" }, "2025-01-01", "IN_FORCE"],
      ["on its last day", {}, "2026-10-01", "IN_FORCE"],
      ["on the day after", {}, "2026-10-02", "EXPIRED"],
      ["on the day after, while renewal is bargained", talks, "2026-10-02", "GRACE"],
      ["90 days after its end, while renewal is bargained", talks, "2026-12-30", "GRACE"],
      ["91 days after its end", talks, "2026-12-31", "EXPIRED"],
      ["the day before it no longer runs on as was agreed", { ...talks, runsOnUntil: "2027-03-31" }, "2027-03-31", "GRACE"],
      ["the day after", { ...talks, runsOnUntil: "2027-03-31" }, "2027-04-01", "EXPIRED"],
      ["on the day after, where it was agreed that it does not run on", { ...talks, runsOnUntil: "2026-10-01" }, "2026-10-02", "EXPIRED"],
      ["after its end, prolonged before", prolonged({}), "2026-10-02", "IN_FORCE"],
      ["on its new last day", prolonged({}), "2027-10-01", "IN_FORCE"],
      ["on the day after, its renewal not bargained", { ...prolonged({}), ...talks }, "2027-10-02", "EXPIRED"],
      [
        "between its end and a later prolongation, bargained",
        { ...prolonged({ agreedOn: "2026-11-01" }), ...talks },
        "2026-10-31",
        "GRACE",
      ],
      ["from that prolongation on", { ...prolonged({ agreedOn: "2026-11-01" }), ...talks }, "2026-11-01", "IN_FORCE"],
      ["when a court has declared a part of it void", { partlyVoidSince: "2025-03-01" }, "2025-03-01", "IN_FORCE"],
      ["the day before a court declares it void", { voidSince: "2025-03-01" }, "2025-02-28", "IN_FORCE"],
      ["the day a court declares it void", { voidSince: "2025-03-01" }, "2025-03-01", "VOID"],
    ],
    (changes, on, stage) => expect(stageOn(sendAgreement(changes).content, on)).toBe(stage),
  );
});

const agreement = (changes: Changes = {}, lead = true) => record(collectiveAgreement, { ...signed, ...changes }, { lead, around });
const nonPublic = (facts: Partial<Dossier>, ...records: Dossier["records"][number][]) =>
  dossier({ ownership: "PRIVATE", ...facts }, ...records);
const people = (workers: number) =>
  record(membershipReport, {
    ...{ workersOpening: 0, womenWorkersOpening: 0, membersOpening: 0, womenMembersOpening: 0 },
    ...{ workersClosing: workers, womenWorkersClosing: 0, membersClosing: 0, womenMembersClosing: 0 },
  });

describe("a school's agreement", () => {
  const ended = { signedOn: "2023-03-02", renewalTalksSince: "2025-02-01", expiresOn: "2025-03-02" };
  cases<[Dossier, Status]>(
    [
      ["in force on the reference date counts", nonPublic({}, agreement()), "YES"],
      ["that a union reported for it counts", nonPublic({}, agreement({}, false)), "YES"],
      ["of which none was reported is no report", nonPublic({}), "NO_REPORT"],
      ["still bargained is not there", nonPublic({}, agreement({ signedOn: null, expiresOn: null })), "NO"],
      [
        "expired on the day before the reference date does not count",
        nonPublic({}, agreement({ signedOn: "2023-05-30", expiresOn: "2025-05-30" })),
        "NO",
      ],
      ["that ends on the reference date counts", nonPublic({}, agreement({ signedOn: "2023-05-31", expiresOn: "2025-05-31" })), "YES"],
      ["90 days in grace on the reference date counts", nonPublic({}, agreement(ended)), "YES"],
      ["91 days after its end does not", nonPublic({}, agreement({ ...ended, expiresOn: "2025-03-01" })), "NO"],
      ["declared void does not count", nonPublic({}, agreement({ voidSince: "2025-05-31" })), "NO"],
      [
        "expired beside one in force counts",
        nonPublic({}, agreement({ reference: "0", signedOn: "2020-01-01", expiresOn: "2022-01-01" }), agreement()),
        "YES",
      ],
      [
        "signed after the reference date says nothing about the year",
        nonPublic({}, agreement({ signedOn: "2025-06-01", expiresOn: "2027-06-01" })),
        "NO_REPORT",
      ],
      ["that it joined on the reference date counts", nonPublic({}, agreement(dated("2025-05-31"))), "YES"],
      ["that it joined the day after says nothing about the year", nonPublic({}, agreement(dated("2025-06-01"))), "NO_REPORT"],
      ["that it left the day after the reference date counts", nonPublic({}, agreement(dated(null, "2025-06-01"))), "YES"],
      ["that it left on the reference date does not", nonPublic({}, agreement(dated(null, "2025-05-31"))), "NO"],
      [
        "that another school left counts",
        nonPublic({}, agreement({ participations: [{ school: "school-9", joinedOn: null, leftOn: "2025-01-01" }] })),
        "YES",
      ],
      ["that it left does not count while it runs on", nonPublic({}, agreement({ ...ended, ...dated(null, "2025-05-31") })), "NO"],
      ["of another school says nothing about this one", nonPublic({ unitId: "school-9" }, agreement()), "NO_REPORT"],
      ["is not owed without a union", nonPublic({ parentLevel: "DISTRICT" }, agreement()), "NOT_ELIGIBLE"],
      ["is not owed by a public school", dossier({}, agreement()), "NOT_ELIGIBLE"],
      ["is not owed by a union", dossier({ kind: "GRASSROOTS" }, agreement()), "NOT_ELIGIBLE"],
    ],
    (subject, status) => expect(statusOf(agreementInForce, subject)).toBe(status),
  );

  test("counts in every school year in which it is in force", () => {
    const long = { signedOn: "2024-05-31", expiresOn: "2027-05-31" };
    expect(statusOf(agreementInForce, nonPublic({ schoolYear: yearBefore }, agreement(long)))).toBe("YES");
    expect(statusOf(agreementInForce, nonPublic({}, agreement(long)))).toBe("YES");
  });

  test("covers the workers of the membership report, once, however many agreements there are", () => {
    expect(tallyOf(nonPublic({}, people(30), agreement(), agreement({ reference: "2" })))).toMatchObject({
      agreementWorkersCovered: 30,
      agreementWorkersEligible: 30,
    });
    expect(tallyOf(nonPublic({}, people(30)))).toMatchObject({ agreementWorkersEligible: 30 });
    expect(tallyOf(nonPublic({}, people(30)))).not.toHaveProperty("agreementWorkersCovered");
    expect(tallyOf(dossier({}, people(30), agreement()))).not.toHaveProperty("agreementWorkersEligible");
  });
});

describe("agreements of the year", () => {
  const counts = (subject: Dossier) => {
    const {
      agreementsSigned = 0,
      agreementsNew = 0,
      agreementsRenewed = 0,
      agreementsAmended = 0,
      agreementsFiledOnTime = 0,
    } = tallyOf(subject);
    return [agreementsSigned, agreementsNew, agreementsRenewed, agreementsAmended, agreementsFiledOnTime];
  };

  test("prolongations of the year count each, and are no renewals", () => {
    const twice = ["2024-09-15", "2025-05-31", "2025-06-01"].map((agreedOn) => ({ ...prolongation, agreedOn }));
    const old = agreement({ signedOn: "2022-10-01", expiresOn: "2024-10-01", prolongations: twice });
    expect(counts(nonPublic({}, old))).toEqual([0, 0, 0, 0, 0]);
    expect(tallyOf(nonPublic({}, old))).toMatchObject({ agreementsProlonged: 2 });
    expect(statusOf(agreementInForce, nonPublic({}, old))).toBe("YES");
  });

  cases<[Dossier, number[]]>(
    [
      ["a new one is signed and new", nonPublic({}, agreement()), [1, 1, 0, 0, 0]],
      ["a renewed one is signed and renewed", nonPublic({}, agreement({ origin: "RENEWED" })), [1, 0, 1, 0, 0]],
      ["one filed on the tenth day is filed on time", nonPublic({}, agreement({ filedOn: "2024-10-11" })), [1, 1, 0, 0, 1]],
      ["one filed on the eleventh day is not", nonPublic({}, agreement({ filedOn: "2024-10-12" })), [1, 1, 0, 0, 0]],
      [
        "the year begins the day after the last reference date",
        nonPublic({}, agreement({ signedOn: "2024-06-01", expiresOn: "2026-06-01" })),
        [1, 1, 0, 0, 0],
      ],
      [
        "the last reference date is not in it",
        nonPublic({}, agreement({ signedOn: "2024-05-31", expiresOn: "2026-05-31", filedOn: "2024-06-05" })),
        [0, 0, 0, 0, 0],
      ],
      ["this year's reference date is", nonPublic({}, agreement({ signedOn: "2025-05-31", expiresOn: "2026-05-31" })), [1, 1, 0, 0, 0]],
      [
        "amendments of the year count each",
        nonPublic({}, agreement({ signedOn: "2023-10-01", amendedOn: ["2024-05-01", "2024-07-01", "2025-01-01"] })),
        [0, 0, 0, 2, 0],
      ],
      ["a school that another reports for counts none", nonPublic({}, agreement({}, false)), [0, 0, 0, 0, 0]],
      ["a union that reports one counts it", dossier({ kind: "GRASSROOTS", unitId: "union-1" }, agreement()), [1, 1, 0, 0, 0]],
      ["one still bargained is not signed", nonPublic({}, agreement({ signedOn: null, expiresOn: null })), [0, 0, 0, 0, 0]],
    ],
    (subject, expected) => expect(counts(subject)).toEqual(expected),
  );
});

describe("an agreement signed in the term", () => {
  const named = (term: string) => ({ demands: new Map([[agreementSignedInTerm, { term, regulations: [] }]]) });
  const old = (signedOn: string) => agreement({ signedOn, expiresOn: "2022-05-31" });
  cases<[Dossier, Status]>(
    [
      ["counts five years back, whether or not it still runs", nonPublic({}, old("2020-06-01")), "YES"],
      ["does not count a day longer", nonPublic({}, old("2020-05-31")), "NO"],
      ["counts from the year of the term that a directive names", nonPublic(named("2019-2024"), old("2020-05-31")), "YES"],
      ["does not count before that year", nonPublic(named("2023-2028"), old("2020-06-01")), "NO"],
      ["and left in it counts", nonPublic({}, agreement(dated(null, "2024-12-01"))), "YES"],
      [
        "before it, and joined in it, counts",
        nonPublic(named("2025-2030"), agreement({ signedOn: "2023-10-01", ...dated("2025-01-01") })),
        "YES",
      ],
      [
        "before it, and joined before it, does not",
        nonPublic(named("2025-2030"), agreement({ signedOn: "2023-10-01", ...dated("2024-12-31") })),
        "NO",
      ],
      ["and joined after the reference date says nothing", nonPublic({}, agreement(dated("2025-06-01"))), "NO_REPORT"],
      ["still bargained is none", nonPublic({}, agreement({ signedOn: null, expiresOn: null })), "NO"],
      ["is not known where none is reported", nonPublic({}), "NO_REPORT"],
      ["after the reference date says nothing", nonPublic({}, agreement({ signedOn: "2025-06-01", expiresOn: "2027-06-01" })), "NO_REPORT"],
      ["is not owed without a union", nonPublic({ parentLevel: "DISTRICT" }, old("2020-06-01")), "NOT_ELIGIBLE"],
      ["is not owed by a public school", dossier({}, old("2020-06-01")), "NOT_ELIGIBLE"],
    ],
    (subject, status) => expect(statusOf(agreementSignedInTerm, subject)).toBe(status),
  );
});

describe("agreements in force", () => {
  const parts = (subject: Dossier) => {
    const {
      agreementsGradedA = 0,
      agreementsGradedB = 0,
      agreementsGradedC = 0,
      agreementsUngraded = 0,
      agreementsExpiring = 0,
    } = tallyOf(subject);
    return [agreementsGradedA, agreementsGradedB, agreementsGradedC, agreementsUngraded, agreementsExpiring];
  };
  cases<[Dossier, number[]]>(
    [
      ["count by grade", nonPublic({}, agreement({ grade: "A" }), agreement({ reference: "2", grade: "C" })), [1, 0, 1, 0, 0]],
      ["count as ungraded without a grade", nonPublic({}, agreement()), [0, 0, 0, 1, 0]],
      ["count where they were reported", nonPublic({}, agreement({ grade: "A" }, false)), [0, 0, 0, 0, 0]],
      ["that end 90 days later are about to expire", nonPublic({}, agreement({ expiresOn: "2025-08-29" })), [0, 0, 0, 1, 1]],
      ["that end 91 days later are not", nonPublic({}, agreement({ expiresOn: "2025-08-30" })), [0, 0, 0, 1, 0]],
      ["that end on the reference date have no days left", nonPublic({}, agreement({ expiresOn: "2025-05-31" })), [0, 0, 0, 1, 0]],
      ["that have expired count no more", nonPublic({}, agreement({ expiresOn: "2025-05-30" })), [0, 0, 0, 0, 0]],
    ],
    (subject, expected) => expect(parts(subject)).toEqual(expected),
  );
});
