import { figures, perHundred } from "../../src/domain/figures/indicator.js";
import { indicatorByKey } from "../../src/domain/figures/catalogue.js";
import { audit } from "../../src/ledger/audit.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { administrator, Desk, draft, report, schoolYear } from "../desk.js";

let database: TestDatabase;
let desk: Desk;

/** Two districts of a province, the first with a union of two schools, the second with one of its own; the school year ends on 31 May 2025. */
beforeEach(async () => {
  database ??= await openTestDatabase();
  await database.empty();
  desk = new Desk(database, administrator, "2025-06-20");
  const done = [
    ...(await desk.register(
      draft.province("P"),
      draft.district("D1", "P"),
      draft.district("D2", "P"),
      draft.union("U1", "D1"),
      draft.union("U2", "D2"),
      draft.school("S1", "U1"),
      draft.school("S2", "U1", { ownership: "PRIVATE" }),
      draft.school("S3", "U2"),
    )),
    await desk.openYear(schoolYear(2023)),
    await desk.openYear(schoolYear(2024)),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
});
afterEach(async () => expect((await audit(database)).differences).toEqual([]));
afterAll(() => database.close());

const DAYS_BEFORE = "2025-05-20";

/** What S1 did in the year: 10 admitted, gifts, a session and a conference. */
async function busyYear(code = "S1") {
  const activity = {
    ...{ policyApplied: true, communicationSessions: 4, communicationTurns: 60 },
    welfare: [{ paidBy: "UNION", gifts: 50, recipients: 50, amount: 3_000_000_000 }],
  };
  const sent = await desk.submit(
    report.membership(code, 20, { admitted: 10, structuralLoss: 30, membersClosing: 0, workersClosing: 0 }),
    { ...report.conference(code), kind: "activityReport", content: activity },
    report.conference(code),
  );
  expect(sent.flatMap(({ problems }) => problems)).toEqual([]);
}

const FLOWS = {
  membersAtStart: 20,
  membersAdmitted: 10,
  membersStructuralLoss: 30,
  welfareGifts: 50,
  welfareAmountByUnion: 3_000_000_000,
  communicationSessions: 4,
  conferenceConvened: 30,
  conferencePresent: 28,
  recordsReported: 3,
};
const STOCKS = ["schools", "members", "workers", "membershipReportYes", "activityReportYes", "staffConferenceYes", "welfareGiftsPaired"];

async function flowsOf(code: string, where: object = {}) {
  const tally = await desk.tally(code, "2024-2025", where);
  return Object.fromEntries(Object.keys(FLOWS).map((measure) => [measure, tally[measure] ?? 0]));
}
const nothing = Object.fromEntries(Object.keys(FLOWS).map((measure) => [measure, 0]));

test("what a school did until it merged eleven days before the reference date stays in the year, where it last stood", async () => {
  await busyYear();
  await desk.close("S1", DAYS_BEFORE, null, { reason: "MERGED", successors: ["S2"] });
  for (const code of ["S1", "U1", "D1", "P"]) expect([code, await flowsOf(code)]).toEqual([code, FLOWS]);
  for (const code of ["S2", "U2", "D2"]) expect([code, await flowsOf(code)]).toEqual([code, nothing]);
  const tally = await desk.tally("P");
  expect(STOCKS.map((measure) => tally[measure] ?? 0)).toEqual([2, 0, 0, 0, 0, 0, 0]);
  expect(await flowsOf("P", { ownership: "PUBLIC" })).toEqual(FLOWS);
  expect(await flowsOf("P", { ownership: "PRIVATE" })).toEqual(nothing);
});

test("recorded after it closed it counts the same", async () => {
  await desk.close("S1", DAYS_BEFORE, null, { reason: "MERGED", successors: ["S2"] });
  await busyYear();
  for (const code of ["S1", "U1", "D1", "P"]) expect([code, await flowsOf(code)]).toEqual([code, FLOWS]);
  expect(await flowsOf("D1", { schoolLevel: "PRIMARY", ownership: "PUBLIC" })).toEqual(FLOWS);
});

test("a school that closed before the first day that counts adds nothing", async () => {
  await busyYear();
  await desk.close("S1", "2024-06-01");
  expect(await flowsOf("P")).toEqual(nothing);
  await desk.reopen("S1", "2024-06-01");
  await desk.close("S1", "2024-06-02");
  expect(await flowsOf("P")).toEqual(FLOWS);
});

test("the parent where it last stood counts it as that stands on the reference date", async () => {
  await busyYear();
  await desk.close("S1", "2025-03-01");
  await desk.move("U1", "D2", "2025-04-01");
  for (const code of ["U1", "D2", "P"]) expect([code, await flowsOf(code)]).toEqual([code, FLOWS]);
  expect(await flowsOf("D1")).toEqual(nothing);
});

describe("where the parent ended, too", () => {
  beforeEach(async () => {
    await busyYear();
    await desk.close("S1", DAYS_BEFORE);
    await desk.move("S2", "U2", DAYS_BEFORE);
  });

  test("its one successor counts it, wherever that stands", async () => {
    await desk.close("U1", DAYS_BEFORE, null, { reason: "MERGED", successors: ["U2"] });
    for (const code of ["S1", "U2", "D2", "P"]) expect([code, await flowsOf(code)]).toEqual([code, FLOWS]);
    for (const code of ["U1", "D1"]) expect([code, await flowsOf(code)]).toEqual([code, nothing]);
    await desk.move("U2", "D1", "2025-05-25");
    expect([await flowsOf("D1"), await flowsOf("D2")]).toEqual([FLOWS, nothing]);
  });

  test("of several their nearest common ancestor, of none the nearest above it that stands", async () => {
    await desk.register(draft.union("U3", "D1"));
    await desk.close("U1", DAYS_BEFORE, null, { reason: "SPLIT", successors: ["U2", "U3"] });
    for (const code of ["U1", "U2", "U3", "D1", "D2"]) expect([code, await flowsOf(code)]).toEqual([code, nothing]);
    expect(await flowsOf("P")).toEqual(FLOWS);
    await desk.close("U1", DAYS_BEFORE, null, { reason: "OTHER", successors: [] });
    for (const code of ["D1", "P"]) expect([code, await flowsOf(code)]).toEqual([code, FLOWS]);
  });

  test("a successor registered afterwards takes it over, and none that followed after the reference date", async () => {
    await desk.close("U1", DAYS_BEFORE);
    expect(await flowsOf("D1")).toEqual(FLOWS);
    const later = draft.union("U4", "D2", { openedOn: "2025-06-01", predecessors: ["U1"] });
    await desk.register(later);
    expect(await flowsOf("D1")).toEqual(FLOWS);
    await desk.register({ ...later, code: "U5", openedOn: DAYS_BEFORE });
    for (const code of ["U5", "D2"]) expect([code, await flowsOf(code)]).toEqual([code, FLOWS]);
    expect(await flowsOf("D1")).toEqual(nothing);
  });

  test("none takes it out of a year that is closed", async () => {
    await desk.close("U1", DAYS_BEFORE);
    await desk.register(draft.province("Q"), draft.district("QD", "Q"), draft.union("QU", "QD"));
    expect((await desk.closePeriod("P")).problems).toEqual([]);
    const [answer] = await desk.register(draft.union("U5", "QD", { openedOn: DAYS_BEFORE, predecessors: ["U1"] }));
    expect(answer!.problems.map(({ code, field }) => `${code} ${field}`)).toEqual(["PERIOD_LOCKED predecessors"]);
    const { problems } = await desk.close("U1", DAYS_BEFORE, null, { reason: "MERGED", successors: ["QU"] });
    expect(problems.map(({ code }) => code)).toEqual(["PERIOD_LOCKED"]);
    expect(await flowsOf("D1")).toEqual(FLOWS);
  });

  test("a further successor may be registered where it counts in the same place as before, also in a year that is closed", async () => {
    await desk.register(draft.union("U3", "D1"), draft.province("Q"), draft.district("QD", "Q"));
    await desk.close("U1", DAYS_BEFORE, null, { reason: "SPLIT", successors: ["U2", "U3"] });
    expect((await desk.closePeriod("P")).problems).toEqual([]);
    const further = (code: string, parent: string) =>
      desk.register(draft.union(code, parent, { openedOn: DAYS_BEFORE, predecessors: ["U1"] }));
    expect((await further("U6", "D2"))[0]).toMatchObject({ outcome: "STORED", problems: [] });
    expect(await flowsOf("P")).toEqual(FLOWS);
    const [elsewhere] = await further("U7", "QD");
    expect(elsewhere!.problems.map(({ code, field }) => `${code} ${field}`)).toEqual(["PERIOD_LOCKED predecessors"]);
    expect((await audit(database)).differences).toEqual([]);
  });
});

test("in a rate or ratio it counts only with what it is set against", async () => {
  await desk.submit(report.membership("S3", 100, { structuralGain: 30, membersClosing: 130, workersClosing: 140 }));
  await busyYear();
  await desk.close("S1", DAYS_BEFORE, null, { reason: "MERGED", successors: ["S3"] });
  const tally = await desk.tally("P");
  const of = (key: string) => figures(indicatorByKey(key)!, tally);
  expect(of("conferenceAttendance")).toEqual({ numerator: 28, denominator: 30, value: 28 / 30 });
  // The members that came to the one are those that the other had: 20 and 10 admitted.
  expect(of("membershipGrowth")).toEqual({ numerator: 10, denominator: 120, value: 10 / 120 });
  expect(of("membershipGrowthOrganic")).toEqual({ numerator: 0, denominator: 100, value: 0 });
  expect(perHundred(indicatorByKey("welfareGifts")!, tally)).toMatchObject({
    numerator: 0,
    base: 0,
    leftOut: { numerator: 50, base: 130 },
  });
});

test("a union that closed counts the meetings of its own days, and only where it reported its year", async () => {
  const body = { body: "EXECUTIVE_COMMITTEE", term: "2023-2028", formedOn: "2023-10-15", size: 3, monthsBetweenMeetings: 1 };
  const own = (kind: string, content: object, label: string | null) => ({
    ...report.conference("U2"),
    kind,
    content: content as never,
    schoolYear: label,
  });
  await desk.move("S3", "U1", "2025-02-01");
  await desk.submit(own("unionBody", body, null));
  await desk.close("U2", "2025-02-15");
  expect((await desk.tally("D2")).executiveMeetingsOwed).toBeUndefined();
  await desk.submit(own("unionYear", { executiveMeetings: 4 }, "2024-2025"));
  // September to January: the last days of five months on which it was open.
  expect(await desk.tally("D2")).toMatchObject({ executiveMeetingsOwed: 5, executiveMeetingsHeld: 4 });
});
