import { audit } from "../../src/ledger/audit.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { administrator, Desk, draft, refusals, report, schoolYear } from "../desk.js";

let database: TestDatabase;
let desk: Desk;

const DAY = "2025-03-01";
const INCLUDES = "includesPredecessors";

/** Two provinces. In P the school OLD, which will merge into NEW, and OTHER; in Q the schools FAR and FAR2. */
beforeEach(async () => {
  database ??= await openTestDatabase();
  await database.empty();
  desk = new Desk(database);
  const done = [
    ...(await desk.register(
      ...["P", "Q"].flatMap((code) => [draft.province(code), draft.district(`${code}D`, code), draft.union(`${code}U`, `${code}D`)]),
      ...["OLD", "NEW", "OTHER"].map((code) => draft.school(code, "PU")),
      ...["FAR", "FAR2"].map((code) => draft.school(code, "QU")),
    )),
    await desk.openYear(schoolYear(2023)),
    await desk.openYear(schoolYear(2024)),
  ];
  expect(done.flatMap(refusals)).toEqual([]);
});
afterEach(async () => expect((await audit(database)).differences).toEqual([]));
afterAll(() => database.close());

const merge = (code: string, ...successors: string[]) =>
  desk.close(code, DAY, null, { reason: successors.length > 1 ? "SPLIT" : "MERGED", successors });
const membership = (code: string, included: boolean | null, more: Parameters<typeof report.membership>[3] = {}) =>
  report.membership(code, 20, { admitted: 3, membersClosing: 23, [INCLUDES]: included }, more);
const activity = (code: string, included: boolean | null, more: object = {}) => ({
  ...report.conference(code),
  kind: "activityReport",
  content: {
    ...{ policyApplied: code.startsWith("P") ? null : true, initiativesRegistered: 4, [INCLUDES]: included },
    ...(code.startsWith("PU") ? { peopleCounted: "OTHERS_ONLY" } : {}),
  },
  ...more,
});

describe("whether the figures include the predecessors'", () => {
  test.each([
    ["membership report", membership],
    ["activity report", activity],
  ])("is said in a %s where one ended in the school year, and nowhere else", async (_, sent) => {
    expect(refusals(await merge("OLD", "NEW"))).toEqual([]);
    expect(refusals(await desk.send(sent("NEW", null)))).toEqual([`REQUIRED ${INCLUDES}`]);
    for (const said of [true, false]) expect(refusals(await desk.send(sent("OTHER", said)))).toEqual([`RULE ${INCLUDES}`]);
    for (const said of [true, false])
      expect(refusals(await desk.send(sent("NEW", said, { schoolYear: "2023-2024" })))).toEqual([`RULE ${INCLUDES}`]);
    expect(refusals(await desk.send(sent("NEW", null, { schoolYear: "2023-2024" })))).toEqual([]);
    expect(refusals(await desk.send(sent("OTHER", null)))).toEqual([]);
    expect((await desk.send(sent("NEW", false))).outcome).toBe("STORED");
    expect((await desk.send(sent("NEW", true, { expectedVersion: 1 }))).outcome).toBe("STORED");
  });

  test("is asked of unions and federations, too", async () => {
    await desk.register(draft.union("PU2", "PD"), draft.district("PD2", "P"));
    for (const code of ["NEW", "OTHER"]) await desk.move(code, "PU2", DAY);
    await desk.move("OLD", "PU2", DAY);
    expect(refusals(await merge("PU", "PU2"))).toEqual([]);
    await desk.move("PU2", "PD2", DAY);
    expect(refusals(await merge("PD", "PD2"))).toEqual([]);
    for (const code of ["PU2", "PD2"]) {
      expect(refusals(await desk.send(activity(code, null)))).toEqual([`REQUIRED ${INCLUDES}`]);
      expect(refusals(await desk.send(activity(code, true)))).toEqual([]);
    }
  });

  test("names the predecessors as far as the caller sees them", async () => {
    await merge("OLD", "NEW");
    await merge("FAR", "NEW");
    const said = async (by: Desk) => (await by.send(membership("NEW", null))).problems[0]?.message.en;
    expect(await said(await desk.of("RECORDER", "P"))).toContain("OLD, 1 unit outside your branch");
    expect(await said(desk)).toContain("FAR, OLD");
  });

  test("may be left out of what a document says", async () => {
    await merge("OLD", "NEW");
    expect((await new Desk(database, administrator, desk.today, "DOCUMENT").send(membership("NEW", null))).outcome).toBe("STORED");
  });

  test("is not known of reports from before the end: sent back they are unchanged, a correction says it", async () => {
    await desk.submit(membership("NEW", null), activity("NEW", null));
    await merge("OLD", "NEW");
    for (const sent of [membership, activity]) {
      expect((await desk.send(sent("NEW", null))).outcome).toBe("UNCHANGED");
      expect((await desk.send(sent("NEW", null, { expectedVersion: 1 }))).outcome).toBe("UNCHANGED");
    }
    const corrected = { ...membership("NEW", null, { expectedVersion: 1 }) };
    expect(refusals(await desk.send({ ...corrected, content: { ...corrected.content, retired: 1 } }))).toEqual([`REQUIRED ${INCLUDES}`]);
    expect((await desk.send(membership("NEW", true, { expectedVersion: 1 }))).record).toMatchObject({ version: 2 });
  });
});

describe("of the successors of a split", () => {
  beforeEach(async () => expect(refusals(await merge("OLD", "NEW", "FAR"))).toEqual([]));
  const taken = [`RULE ${INCLUDES}`];

  test("one at most includes it, and the other may when it no longer does", async () => {
    expect((await desk.send(membership("NEW", true))).outcome).toBe("STORED");
    expect(refusals(await desk.send(membership("FAR", true)))).toEqual(taken);
    // Of another kind, or saying that it does not, it is free.
    expect(refusals(await desk.send(activity("FAR", true)))).toEqual([]);
    expect(refusals(await desk.send(membership("FAR", false)))).toEqual([]);
    expect(refusals(await desk.send(membership("NEW", false, { expectedVersion: 1 })))).toEqual([]);
    expect(refusals(await desk.send(membership("FAR", true, { expectedVersion: 1 })))).toEqual([]);
  });

  test("the first of a batch does", async () => {
    const answers = await desk.submit(membership("FAR", true), membership("NEW", true), activity("NEW", true));
    expect(answers.map(refusals)).toEqual([[], taken, []]);
    const { recordId } = answers[0]!.record!;
    const withdrawal = { kind: "membershipReport", record: recordId, reason: "sent by mistake", expectedVersion: null };
    expect((await desk.submit(withdrawal, membership("NEW", true))).map(refusals)).toEqual([[], []]);
  });

  test("the refusal names the other one as far as the caller sees it", async () => {
    await desk.send(membership("FAR", true));
    const said = async (by: Desk) => (await by.send(membership("NEW", true))).problems[0]?.message.en;
    expect(await said(desk)).toContain("FAR says already");
    expect(await said(await desk.of("RECORDER", "P"))).toMatch(/^1 unit outside your branch says already/);
  });
});

describe("a locked year of the predecessor", () => {
  const included = (said: boolean, expectedVersion: number | null = null) => desk.send(membership("NEW", said, { expectedVersion }));

  test("that others keep is theirs", async () => {
    await desk.send(membership("FAR", null));
    await merge("FAR", "NEW");
    const steward = await desk.of("STEWARD", "P");
    expect(refusals(await steward.send(membership("NEW", true)))).toEqual(["FORBIDDEN"]);
    expect(refusals(await steward.send(membership("NEW", false)))).toEqual([]);
    expect(refusals(await included(true, 1))).toEqual([]);
    expect(refusals(await steward.send(membership("NEW", false, { expectedVersion: 2 })))).toEqual(["FORBIDDEN"]);
    // Of a kind that it did not report there is nothing to take away.
    expect(refusals(await steward.send(activity("NEW", true)))).toEqual([]);
  });

  test("that is closed stays as it is, until it is opened again", async () => {
    await desk.send(membership("FAR", null));
    await merge("FAR", "NEW");
    expect(refusals(await desk.closePeriod("Q"))).toEqual([]);
    expect(refusals(await included(true))).toEqual(["PERIOD_LOCKED"]);
    expect(refusals(await included(false))).toEqual([]);
    expect(refusals(await desk.reopenPeriod("Q", { reason: "a late report" }))).toEqual([]);
    expect(refusals(await included(true, 1))).toEqual([]);
    expect(refusals(await desk.closePeriod("Q"))).toEqual([]);
    expect(refusals(await included(false, 2))).toEqual(["PERIOD_LOCKED"]);
    const { record } = await included(true, 2);
    expect(refusals(await desk.withdraw("membershipReport", record!.recordId))).toEqual(["PERIOD_LOCKED"]);
    // What changes no figure of the predecessor is free.
    const more = { ...membership("NEW", true, { expectedVersion: 2 }) };
    expect(refusals(await desk.send({ ...more, content: { ...more.content, retired: 1 } }))).toEqual([]);
  });

  test("that is accepted stays, too", async () => {
    await desk.send(membership("FAR", null));
    expect(refusals(await desk.actOn("SUBMIT", "FAR"))).toEqual([]);
    expect(refusals(await desk.actOn("ACCEPT", "FAR"))).toEqual([]);
    await desk.register(draft.school("HEIR", "PU", { openedOn: "2025-06-01", predecessors: ["FAR"] }));
    expect(refusals(await merge("FAR", "NEW"))).toEqual(["PERIOD_LOCKED on"]);
    expect(refusals(await included(true))).toEqual([`RULE ${INCLUDES}`]);
  });

  test("is not moved by a closing day, either", async () => {
    await desk.send(membership("FAR", null));
    await merge("FAR", "NEW");
    expect(refusals(await included(true))).toEqual([]);
    expect(refusals(await desk.closePeriod("Q"))).toEqual([]);
    expect(refusals(await desk.close("FAR", DAY, null, { reason: "MERGED", successors: ["OTHER"] }))).toEqual(["PERIOD_LOCKED on"]);
  });
});

describe("what is found in the successor's report", () => {
  const found = async (code: string) => {
    const unitId = await desk.id(code);
    const findings = await database.read((stores) => stores.findings.ofUnits([unitId]));
    return findings
      .map(({ check, field, values }) => [check, field, values.own, values.theirs])
      .filter(([check]) => /PREDECESSOR/.test(`${check}`));
  };
  const gifts = (code: string, said: boolean | null, count: number, expectedVersion: number | null = null) => {
    const sent = activity(code, said, { expectedVersion });
    return desk.send({
      ...sent,
      content: { ...sent.content, welfare: [{ paidBy: "UNION", gifts: count, recipients: count, amount: 1_000 }] },
    });
  };

  test("rests on the predecessor's, whoever reports first or corrects, and on its end", async () => {
    await merge("OLD", "NEW");
    await gifts("NEW", false, 50);
    expect(await found("NEW")).toEqual([]);
    await gifts("OLD", null, 50);
    const twice = [["PREDECESSOR_COUNTED_TWICE", "welfare", 50, 50]];
    expect(await found("NEW")).toEqual(twice);
    await gifts("OLD", null, 60, 1);
    expect(await found("NEW")).toEqual([]);
    await gifts("NEW", true, 50, 1);
    expect(await found("NEW")).toEqual([["SMALLER_THAN_PREDECESSORS", "welfare", 50, 60]]);
    const { record } = await gifts("OLD", null, 50, 2);
    await gifts("NEW", false, 50, 2);
    expect(await found("NEW")).toEqual(twice);
    expect(refusals(await desk.close("OLD", DAY, null, { reason: "MERGED", successors: ["OTHER"] }))).toEqual([]);
    expect(await found("NEW")).toEqual([]);
    expect(refusals(await merge("OLD", "NEW"))).toEqual([]);
    expect(await found("NEW")).toEqual(twice);
    expect(refusals(await desk.reopen("OLD", DAY))).toEqual([]);
    expect(await found("NEW")).toEqual([]);
    await merge("OLD", "NEW");
    expect(refusals(await desk.withdraw("activityReport", record!.recordId))).toEqual([]);
    expect(await found("NEW")).toEqual([]);
  });

  test("a closing corrected to a split may make two that include the same unit", async () => {
    await merge("FAR", "NEW");
    await merge("OLD", "OTHER");
    for (const code of ["NEW", "OTHER"]) expect(refusals(await desk.send(activity(code, true)))).toEqual([]);
    expect(refusals(await merge("OLD", "OTHER", "NEW"))).toEqual([]);
    for (const code of ["NEW", "OTHER"]) expect(await found(code)).toEqual([["PREDECESSOR_COUNTED_TWICE", INCLUDES, 1, 1]]);
    expect(refusals(await desk.send(activity("NEW", false, { expectedVersion: 1 })))).toEqual([]);
    expect(await found("OTHER")).toEqual([]);
  });
});

describe("a report that includes a unit which its own does not follow any more", () => {
  const twice = async () => {
    const unitId = await desk.id("NEW");
    const found = await database.read((stores) => stores.findings.ofUnits([unitId]));
    return found.filter(({ check }) => check === "PREDECESSOR_COUNTED_TWICE").map(({ values }) => values.because);
  };
  beforeEach(async () => {
    await desk.send(membership("OLD", null));
    await merge("OLD", "NEW");
    await desk.send(membership("NEW", true));
    expect(await twice()).toEqual([]);
  });

  test.each([
    ["as the closing was corrected to another", () => merge("OLD", "OTHER")],
    ["as the closing was taken back", () => desk.reopen("OLD", DAY)],
  ])("is found, %s; it is corrected to say nothing", async (_, change) => {
    expect(refusals(await change())).toEqual([]);
    expect(await twice()).toEqual(["NOBODY"]);
    expect(refusals(await desk.send(membership("NEW", null, { expectedVersion: 1 })))).toEqual([]);
    expect(await twice()).toEqual([]);
  });
});

test("a report does not include a unit that its union's report counts with all its schools", async () => {
  const all = report.membership("PU", 90, { peopleCounted: "ALL_ITS_SCHOOLS" });
  expect(refusals(await desk.send(all))).toEqual([]);
  await merge("OLD", "FAR");
  const { problems } = await desk.send(membership("FAR", true));
  expect(problems).toEqual([
    expect.objectContaining({
      code: "RULE",
      field: INCLUDES,
      message: expect.objectContaining({ en: expect.stringContaining("the report of PU,") }),
    }),
  ]);
  const [unseen] = (await (await desk.of("RECORDER", "FAR")).send(membership("FAR", true))).problems;
  expect(unseen?.message.en).toContain("the report of 1 unit outside your branch,");
  expect(refusals(await desk.send(membership("FAR", false)))).toEqual([]);
  expect(refusals(await desk.send({ ...all, expectedVersion: 1 }))).toEqual([]);
  expect(refusals(await desk.send(membership("FAR", true, { expectedVersion: 1 })))).toEqual([]);
});
