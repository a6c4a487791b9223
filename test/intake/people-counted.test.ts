import { audit } from "../../src/ledger/audit.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, draft, refusals, report, schoolYear } from "../desk.js";

let database: TestDatabase;
let desk: Desk;
beforeEach(async () => {
  database = await openTestDatabase();
  desk = new Desk(database);
  const done = [
    ...(await desk.register(
      ...[draft.province("P"), draft.district("D", "P"), draft.district("E", "P")],
      ...[draft.union("U", "D"), draft.school("S1", "U"), draft.school("S2", "U"), draft.union("V", "E"), draft.school("T", "V")],
    )),
    await desk.openYear(schoolYear(2024)),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
});
afterEach(async () => {
  expect((await audit(database)).differences).toEqual([]);
  await database.close();
});

const all = (of: string, members: number, changes: object = {}, more: object = {}) =>
  report.membership(of, members, { peopleCounted: "ALL_ITS_SCHOOLS", ...changes }, more);
const others = (of: string, members: number, more: object = {}) => report.membership(of, members, { peopleCounted: "OTHERS_ONLY" }, more);
const activity = (of: string, content: object) => ({ ...report.conference(of), kind: "activityReport", content: content as never });

test("a union that reports the sum of its two schools does not double them, and says so", async () => {
  expect((await desk.submit(report.membership("S1", 30), report.membership("S2", 20))).map(({ outcome }) => outcome)).toEqual([
    "STORED",
    "STORED",
  ]);
  expect(refusals(await desk.send(report.membership("U", 50)))).toEqual(["REQUIRED peopleCounted"]);
  const { outcome, problems, record } = await desk.send(all("U", 50));
  expect([outcome, record, problems.map(({ code, field }) => `${code} ${field}`)]).toEqual(["REJECTED", null, ["RULE peopleCounted"]]);
  expect(problems[0]!.message.en).toMatch(/MembershipReport of S1, S2 for 2024-2025\. Withdraw or correct those reports first/);
  expect((await desk.tally("D")).members).toBe(50);
});

test("with all its schools a union has reported for them, and a report of a school's own is refused and names the union's", async () => {
  const sent = await desk.send(all("U", 50));
  expect([sent.outcome, sent.record?.content.schools]).toEqual(["STORED", [await desk.id("S1"), await desk.id("S2")].sort()]);
  for (const code of ["U", "D", "P"])
    expect([code, await desk.tally(code)]).toEqual([code, expect.objectContaining({ members: 50, membershipReportYes: 3 })]);
  expect(await desk.tally("S1")).toMatchObject({ membershipReportYes: 1, membershipReportInUnionReport: 1 });
  expect(await desk.tally("D", "2024-2025", { ownership: "PUBLIC" })).toMatchObject({
    membershipReportYes: 2,
    membershipReportInUnionReport: 2,
  });
  const refused = await (await desk.of("RECORDER", "S1")).send(report.membership("S1", 30));
  expect(refusals(refused)).toEqual(["RULE unit"]);
  expect(refused.problems[0]!.message.en).toBe(
    "The people of S1 are counted in the MembershipReport of U for 2024-2025, which counts all its schools. Withdraw or correct that report first, so that it counts OTHERS_ONLY; then the school reports itself.",
  );
  // Another kind, and another year, are none of its business.
  await desk.openYear(schoolYear(2023));
  const free = [activity("S1", { policyApplied: true }), report.membership("S1", 30, {}, { schoolYear: "2023-2024" })];
  expect((await desk.submit(...free)).map(({ outcome }) => outcome)).toEqual(["STORED", "STORED"]);
});

test("withdrawn, or corrected, it leaves its schools free to report themselves", async () => {
  const { record } = await desk.send(all("U", 50));
  await desk.withdraw("membershipReport", record!.recordId);
  expect(await desk.tally("S1")).toMatchObject({ membershipReportNoReport: 1 });
  expect((await desk.send(report.membership("S1", 30))).outcome).toBe("STORED");
  expect((await desk.send(others("U", 4))).outcome).toBe("STORED");
  expect(await desk.tally("U")).toMatchObject({ members: 34, membershipReportYes: 2, membershipReportNoReport: 1 });
  await desk.withdraw("membershipReport", (await desk.send(report.membership("S1", 30))).record!.recordId);
  expect((await desk.send(all("U", 50, {}, { expectedVersion: 3 }))).outcome).toBe("STORED");
  expect(await desk.tally("U")).toMatchObject({ members: 50, membershipReportYes: 3 });
});

test("rows of a batch are judged on what those before them leave", async () => {
  const own = await desk.submit(report.membership("S1", 30), all("U", 50));
  expect(own.map(refusals)).toEqual([[], ["RULE peopleCounted"]]);
  const taken = (id: string) => ({ kind: "membershipReport", record: id, reason: "in the union's", expectedVersion: null });
  const through = await desk.submit(taken(own[0]!.record!.recordId), all("U", 50), report.membership("S2", 20));
  expect(through.map(refusals)).toEqual([[], [], ["RULE unit"]]);
  const back = await desk.submit(taken(through[1]!.record!.recordId), report.membership("S2", 20));
  expect(back.map(refusals)).toEqual([[], []]);
  expect(await desk.tally("D")).toMatchObject({ members: 20, membershipReportYes: 1, membershipReportNoReport: 1 });
});

test("a list of schools that is sent must be that of the union on the reference date", async () => {
  expect(refusals(await desk.send(all("U", 50, { schools: ["S1"] })))).toEqual(["RULE schools"]);
  expect(refusals(await desk.send(all("U", 50, { schools: ["S1", "S2", "T"] })))).toEqual(["RULE schools"]);
  expect(refusals(await desk.send(all("U", 50, { schools: ["S1", "NOWHERE"] })))).toEqual(["UNIT_NOT_FOUND schools.1"]);
  expect((await desk.send(all("U", 50, { schools: ["S2", "S1"] }))).outcome).toBe("STORED");
  await desk.register(draft.union("EMPTY", "D"));
  expect(refusals(await desk.send(all("EMPTY", 5)))).toEqual(["RULE peopleCounted"]);
});

test("a school that goes elsewhere stays in the report until that is corrected, one that comes owes its own", async () => {
  await desk.send(all("U", 50));
  await desk.move("S2", "V", "2024-10-01");
  await desk.move("T", "U", "2024-10-01");
  expect(await desk.tally("V")).toMatchObject({ membershipReportYes: 1, membershipReportInUnionReport: 1 });
  const refused = await (await desk.of("STEWARD", "E")).send(report.membership("S2", 20));
  expect(refusals(refused)).toEqual(["RULE unit"]);
  expect(refused.problems[0]!.message.en).toContain("of another union for 2024-2025");
  expect((await desk.send(report.membership("T", 9))).outcome).toBe("STORED");
  // A union of which a school stands in another's report cannot count it, nor can one whose school reports itself.
  expect(refusals(await desk.send(all("V", 20)))).toEqual(["RULE peopleCounted"]);
  expect(refusals(await desk.send(all("U", 51, {}, { expectedVersion: 1 })))).toEqual(["RULE peopleCounted"]);
  // As it stands it is unchanged, whatever has moved since.
  const content = { schools: ["S1", "S2"] };
  expect((await desk.send(all("U", 50, content, { expectedVersion: 1 }))).outcome).toBe("UNCHANGED");
  expect(refusals(await desk.send(all("U", 51, content, { expectedVersion: 1 })))).toEqual(["RULE schools"]);
  expect((await (await desk.of("STEWARD", "D")).send(all("U", 50, { schools: ["S1"] }))).outcome).toBe("UNCHANGED");
  await desk.withdraw("membershipReport", (await desk.send(report.membership("T", 9))).record!.recordId);
  expect((await desk.send(all("U", 40, {}, { expectedVersion: 1 }))).record?.content.schools).toEqual(
    [await desk.id("S1"), await desk.id("T")].sort(),
  );
  expect((await desk.send(report.membership("S2", 20))).outcome).toBe("STORED");
  expect(await desk.tally("P")).toMatchObject({ members: 60, membershipReportYes: 4 });
});

test("a duplicate is not joined to a school whose people would then stand in two reports", async () => {
  await desk.register(draft.school("S2-AGAIN", "V"));
  await desk.submit(all("U", 50), report.membership("S2-AGAIN", 20));
  const refused = await desk.merge("S2-AGAIN", "S2");
  expect(refusals(refused)).toEqual(["RULE unit"]);
  expect(refused.problems[0]!.message.en).toContain("counted in the MembershipReport of U for 2024-2025");
  await desk.withdraw("membershipReport", (await desk.send(report.membership("S2-AGAIN", 20))).record!.recordId);
  expect((await desk.merge("S2-AGAIN", "S2")).outcome).toBe("STORED");

  await desk.register(draft.school("T-AGAIN", "U"));
  await desk.send(report.membership("T", 9));
  expect((await desk.send(all("U", 60, {}, { expectedVersion: 1 }))).outcome).toBe("STORED");
  expect(refusals(await desk.merge("T-AGAIN", "T"))).toEqual(["RULE unit"]);
  await desk.withdraw("membershipReport", (await desk.send(report.membership("T", 9))).record!.recordId);
  expect((await desk.merge("T-AGAIN", "T")).outcome).toBe("STORED");
  const held = await database.read(async (stores) => stores.records.heldBy([await desk.id("T")], ["membershipReport"]));
  expect(held.map(({ record }) => record.unitId)).toEqual([await desk.id("U")]);
  expect(await desk.tally("T")).toMatchObject({ membershipReportYes: 1, membershipReportInUnionReport: 1 });
});

test("an accepted report of one of the schools locks the union's report that counts it", async () => {
  const { record } = await desk.send(all("U", 50));
  await desk.actOn("SUBMIT", "S1");
  expect((await desk.actOn("ACCEPT", "S1")).outcome).toBe("STORED");
  expect(refusals(await desk.send(all("U", 51, {}, { expectedVersion: 1 })))).toEqual(["PERIOD_LOCKED"]);
  expect(refusals(await desk.withdraw("membershipReport", record!.recordId))).toEqual(["PERIOD_LOCKED"]);
  await desk.actOn("REOPEN", "S1", { reason: "wrong number" });
  expect((await desk.send(all("U", 51, {}, { expectedVersion: 1 }))).outcome).toBe("STORED");
});

test("a report of 0.4.0, which does not say whom it counts, is unchanged when it is sent back, and says it when it is corrected", async () => {
  const { record } = await desk.send(others("U", 4));
  const content = Object.fromEntries(Object.entries(record!.content).filter(([name]) => !["peopleCounted", "schools"].includes(name)));
  for (const [table, id] of [
    ["record", "id"],
    ["record_version", "record_id"],
  ])
    await database.raw(`UPDATE ${table} SET content = ? WHERE ${id} = ?`, [JSON.stringify(content), record!.recordId]);
  expect((await desk.send(report.membership("U", 4))).outcome).toBe("UNCHANGED");
  expect((await desk.send(report.membership("U", 4, {}, { expectedVersion: 1 }))).outcome).toBe("UNCHANGED");
  expect(refusals(await desk.send(report.membership("U", 5, {}, { expectedVersion: 1 })))).toEqual(["REQUIRED peopleCounted"]);
  expect((await desk.send(others("U", 5, { expectedVersion: 1 }))).outcome).toBe("STORED");
  expect((await desk.send(report.membership("S1", 30))).outcome).toBe("STORED");
});

const findingsOf = async (code: string, key = "SCHOOLS_COUNTED_TWICE") => {
  const id = await desk.id(code);
  const found = await database.read((stores) => stores.findings.ofUnits([id]));
  return found.filter(({ check }) => check === key).map(({ field, values, open }) => [field, values.union, values.schools, open]);
};

test("a union that says OTHERS_ONLY and reports the sum of its schools is a finding, whoever reports last, and while it is so", async () => {
  await desk.submit(others("U", 50), report.membership("S1", 30));
  expect(await findingsOf("U")).toEqual([["membersClosing", 50, 30, true]]);
  await desk.send(report.membership("S2", 20));
  expect(await findingsOf("U")).toEqual([["membersClosing", 50, 50, true]]);
  await desk.send(report.membership("S2", 21, {}, { expectedVersion: 1 }));
  expect(await findingsOf("U")).toEqual([]);
  // A school that goes takes its people along.
  await desk.move("S2", "V", "2024-10-01");
  expect(await findingsOf("U")).toEqual([["membersClosing", 50, 30, true]]);
  expect(await findingsOf("V")).toEqual([]);
  const acknowledgement = { check: "SCHOOLS_COUNTED_TWICE", field: "membersClosing", because: "Công đoàn có đoàn viên riêng." };
  const { record } = await desk.send(others("U", 50));
  const said = { ...report.conference("U"), kind: "findingAcknowledgement", content: { ...acknowledgement, recordId: record!.recordId } };
  expect((await desk.send(said)).problems).toEqual([]);
  expect(await findingsOf("U")).toEqual([["membersClosing", 50, 30, false]]);
  await desk.send(report.membership("S1", 31, {}, { expectedVersion: 1 }));
  expect(await findingsOf("U")).toEqual([["membersClosing", 50, 31, true]]);
  await desk.withdraw("membershipReport", record!.recordId);
  expect(await findingsOf("U")).toEqual([]);
});

test("a union and its schools that report at the same time: the finding stands, whoever was the last", async () => {
  await Promise.all([desk.send(others("U", 50)), desk.send(report.membership("S1", 30)), desk.send(report.membership("S2", 20))]);
  expect(await findingsOf("U")).toEqual([["membersClosing", 50, 50, true]]);
});

test("a report at the same time as the union's for all its schools: one of them stands", async () => {
  const results = await Promise.all([desk.send(report.membership("S1", 30)), desk.send(all("U", 50))]);
  expect(results.map(({ outcome }) => outcome).sort()).toEqual(["REJECTED", "STORED"]);
  expect(results.flatMap(({ problems }) => problems.map(({ code }) => code))).toEqual(["RULE"]);
  expect((await desk.tally("P")).members).toBe(results[0]!.outcome === "STORED" ? 30 : 50);
});

test("a school that closed in the year and reported itself, beside the union's report for all its schools: a finding until one of them goes", async () => {
  const closed = () => findingsOf("U", "CLOSED_SCHOOL_COUNTED_TWICE");
  await desk.close("S2", "2025-03-01");
  const { record } = await desk.send(all("U", 50));
  expect(record!.content.schools).toEqual([await desk.id("S1")]);
  expect(await closed()).toEqual([]);
  expect((await desk.send(report.membership("S2", 20, { admitted: 3, membersClosing: 23 }))).outcome).toBe("STORED");
  expect(await closed()).toEqual([["schools", 50, 23, true]]);
  expect((await desk.send(activity("S2", { policyApplied: true, initiativesRegistered: 4 }))).outcome).toBe("STORED");
  expect(await closed()).toHaveLength(1);
  const counted = { peopleCounted: "ALL_ITS_SCHOOLS", policyApplied: true, initiativesRegistered: 9 };
  expect((await desk.send(activity("U", counted))).outcome).toBe("STORED");
  expect(await closed()).toEqual([
    ["schools", 50, 23, true],
    ["schools", 9, 4, true],
  ]);
  await desk.withdraw(
    "membershipReport",
    (await desk.send(report.membership("S2", 20, { admitted: 3, membersClosing: 23 }))).record!.recordId,
  );
  expect(await closed()).toEqual([["schools", 9, 4, true]]);
  await desk.reopen("S2", "2025-03-01");
  expect(await closed()).toEqual([]);
});

test("a union that follows one whose report counts all its schools includes it, or is refused; the schools stand in one of them", async () => {
  expect((await desk.send(all("U", 50))).outcome).toBe("STORED");
  await desk.register(draft.union("W", "D"));
  for (const code of ["S1", "S2"]) await desk.move(code, "W", "2025-03-01");
  expect(refusals(await desk.close("U", "2025-03-01", null, { reason: "MERGED", successors: ["W"] }))).toEqual([]);
  const apart = await desk.send(all("W", 52, { includesPredecessors: false }));
  expect(refusals(apart)).toEqual(["RULE peopleCounted"]);
  expect(apart.problems[0]!.message.en).toContain("of U, which counts some of the schools");
  expect((await desk.send(all("W", 52, { includesPredecessors: true }))).outcome).toBe("STORED");
  expect(await desk.tally("D")).toMatchObject({ members: 52, membershipReportYes: 3 });
  expect(await desk.tally("D", "2024-2025", { ownership: "PUBLIC" })).toMatchObject({ membershipReportInUnionReport: 2 });
  expect(refusals(await desk.send(all("W", 52, { includesPredecessors: false }, { expectedVersion: 1 })))).toEqual(["RULE peopleCounted"]);
  // Whichever of them goes, the other still counts the school.
  await desk.withdraw("membershipReport", (await desk.send(all("W", 52, { includesPredecessors: true }))).record!.recordId);
  expect(refusals(await desk.send(report.membership("S1", 30)))).toEqual(["RULE unit"]);
});
