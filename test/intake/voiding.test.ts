import { openAccess } from "../../src/access/access.js";
import { audit } from "../../src/ledger/audit.js";
import type { UnitDraft } from "../../src/intake/units/register.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, draft, noon, refusals, report, schoolYear, TODAY } from "../desk.js";

let database: TestDatabase;
let desk: Desk;

beforeEach(async () => {
  database = await openTestDatabase();
  desk = new Desk(database);
  const done = [
    ...(await desk.register(
      draft.province("P"),
      draft.district("D", "P"),
      draft.union("U", "D"),
      draft.school("A", "U"),
      draft.school("R", "U", { ownership: "PRIVATE" }),
      draft.province("Q"),
      draft.district("E", "Q"),
    )),
    await desk.openYear(schoolYear(2023)),
    await desk.openYear(schoolYear(2024)),
    ...(await desk.submit(report.conference("A"), report.membership("A"))),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
});
afterEach(() => database.close());

/** All that there is but the versions of units. */
const rest = () => database.dump("unit_version");
const versionsOf = (unitId: string) =>
  database.raw("SELECT version, action, reason, recorded_by FROM unit_version WHERE unit_id = ? ORDER BY version", [unitId]);

async function expectRefused(at: Desk, code: string, ...expected: string[]): Promise<string> {
  const before = await database.dump();
  const answer = await at.void(code);
  expect([answer.outcome, refusals(answer)]).toEqual(["REJECTED", expected]);
  expect(await database.dump()).toEqual(before);
  return answer.problems[0]!.message.en;
}

describe("a unit on which nothing depends", () => {
  const UNITS: [string, UnitDraft][] = [
    ["a school", draft.school("X", "U")],
    ["a union", draft.union("X", "D", { openedOn: "2025-01-10" })],
    ["a district", draft.district("X", "P", { openedOn: "2024-01-10" })],
    ["a school that was opened too late to count", draft.school("X", "U", { openedOn: "2025-06-10" })],
    ["a root", draft.province("X")],
  ];
  test.each(UNITS)("leaves nothing but its versions: %s", async (_, unit) => {
    const before = await rest();
    await desk.register(unit);
    const id = await desk.id("X");
    const answer = await desk.void("X", 1, " ghi nhầm ");
    expect(answer).toMatchObject({ outcome: "STORED", problems: [], unitId: id, gone: { id, code: "X", version: 2 } });
    expect(await rest()).toEqual(before);
    expect(await versionsOf(id)).toMatchObject([
      { version: 1, action: "REGISTERED", reason: null },
      { version: 2, action: "VOIDED", reason: "ghi nhầm", recorded_by: "ADMINISTRATOR of the test" },
    ]);
    expect((await audit(database)).differences).toEqual([]);
  });

  test("counts no more as founded and ended, where it was closed the next day to be rid of it", async () => {
    const before = [await rest(), await desk.tally("P"), await desk.tally("D")];
    await desk.register(draft.union("X", "D", { openedOn: "2025-01-10" }));
    await desk.close("X", "2025-01-11");
    expect(await desk.tally("P")).not.toEqual(before[1]);
    expect((await desk.void("X")).outcome).toBe("STORED");
    expect([await rest(), await desk.tally("P"), await desk.tally("D")]).toEqual(before);
  });

  test("may be tried, and its code is free for another one afterwards", async () => {
    await desk.register(draft.school("X", "U"));
    const [before, id] = [await database.dump(), await desk.id("X")];
    expect((await desk.trying().void("X")).outcome).toBe("STORED");
    expect(await database.dump()).toEqual(before);
    await desk.void("X");
    expect(refusals(await desk.void("X"))).toEqual(["UNIT_NOT_FOUND unit"]);
    expect(refusals(await desk.send(report.conference("X")))).toEqual(["UNIT_NOT_FOUND unit"]);
    const [again] = await desk.register(draft.school("X", "U", { ownership: "PRIVATE" }));
    expect(again!.outcome).toBe("STORED");
    expect(await desk.id("X")).not.toBe(id);
    expect(await versionsOf(await desk.id("X"))).toMatchObject([{ version: 1, action: "REGISTERED" }]);
  });

  test("keeps what it was before as a version, where a hub up to 0.4.0 made it so", async () => {
    await desk.register(draft.school("X", "U"));
    const id = await desk.id("X");
    await database.raw("DELETE FROM unit_version WHERE unit_id = ?", [id]);
    expect(await desk.void("X")).toMatchObject({ outcome: "STORED", gone: { name: "Đơn vị X", parentId: await desk.id("U") } });
    expect(await versionsOf(id)).toMatchObject([
      { version: 1, action: "FOUND", recorded_by: null },
      { version: 2, action: "VOIDED" },
    ]);
  });

  test("takes its part in the findings of others away: a second commune union of one name", async () => {
    const commune = { kind: "COMMUNE_UNION", openedOn: "2025-07-01", name: "Xã Hoà An" } as const;
    await desk.register(draft.district("C1", "P", commune));
    const before = await rest();
    await desk.register(draft.district("C2", "P", commune));
    expect((await rest())["finding"]).not.toEqual(before["finding"]);
    expect((await desk.void("C2")).outcome).toBe("STORED");
    expect(await rest()).toEqual(before);
  });

  test("leaves no mark where it was known too late to count", async () => {
    await desk.closePeriod("P", { schoolYear: "2023-2024" });
    const before = await rest();
    await desk.register(draft.school("X", "U"));
    expect(await database.raw("SELECT school_year FROM known_late")).toEqual([{ school_year: "2023-2024" }]);
    expect((await desk.void("X")).outcome).toBe("STORED");
    expect(await rest()).toEqual(before);
  });

  test("may have had records that were withdrawn, its own and of others: they stay as they are", async () => {
    await desk.register(draft.union("V", "D"), draft.school("X", "V", { ownership: "PRIVATE" }));
    const sent = [
      await desk.send(report.conference("X")),
      await desk.send(report.agreement("U", { schools: ["R", "X"] })),
      await desk.send(report.agreement("V", { schools: ["R"] })),
    ];
    expect(refusals(await desk.void("X"))).toEqual(["IN_USE unit"]);
    for (const { record } of sent) expect((await desk.withdraw(record!.kind, record!.recordId)).outcome).toBe("STORED");
    await desk.move("X", "U", "2010-01-01");
    const records = await database.raw("SELECT * FROM record_version ORDER BY record_id, version");
    expect([(await desk.void("X")).outcome, (await desk.void("V")).outcome]).toEqual(["STORED", "STORED"]);
    expect(await database.raw("SELECT * FROM record_version ORDER BY record_id, version")).toEqual(records);
    expect((await audit(database)).differences).toEqual([]);
    const [own, ofOther] = sent.map(({ record }) => record!);
    expect(refusals(await desk.withdraw(own!.kind, own!.recordId))).toEqual(["RECORD_NOT_FOUND record"]);
    expect((await desk.withdraw(ofOther!.kind, ofOther!.recordId)).outcome).toBe("UNCHANGED");
    expect(refusals(await desk.send(report.agreement("U", { schools: ["R", "X"] })))).toEqual(["UNIT_NOT_FOUND schools.1"]);
    expect(await desk.send(report.agreement("U", { schools: ["R"] }))).toMatchObject({ outcome: "STORED", record: { version: 3 } });
    expect((await audit(database)).differences).toEqual([]);
  });
});

describe("a unit is in use", () => {
  test("while anything depends on it, and each sort is named", async () => {
    const changes = [
      ...(await desk.register(draft.union("X", "D"), draft.school("X1", "X", { ownership: "PRIVATE" }))),
      ...(await desk.register(draft.union("NEW", "D", { openedOn: "2025-01-10", predecessors: ["X"] }))),
      await desk.move("X1", "U", "2025-02-01"),
      await desk.send(report.agreement("X", { schools: ["X1"] })),
      await desk.send(report.agreement("U", { schools: ["R", "X1"] })),
      await desk.publish("P", "2023-2024"),
    ];
    expect(changes.flatMap(({ problems }) => problems)).toEqual([]);
    const access = openAccess({ secret: "a secret that is long enough", formerSecret: null, oidc: null }, database, () => noon(TODAY));
    const token = await access.issue({ name: "App", role: "RECORDER", unitId: await desk.id("X"), days: null });
    const all = [
      "1 record in force (CollectiveAgreement)",
      "1 unit that stands or stood below it (X1)",
      "1 successor (NEW)",
      "1 published vintage (P-2023-2024-1)",
      "1 token for its branch",
    ];
    const told = (await expectRefused(desk, "X", "IN_USE unit")).match(/: (.+?)\. /)![1]!.split("; ");
    expect(told).toEqual(all);
    expect(await expectRefused(desk, "NEW", "IN_USE unit")).toContain(": 1 predecessor (X). ");
    const named = (await expectRefused(desk, "X1", "IN_USE unit")).match(/: (.+?)\. /)![1]!.split("; ");
    expect(named).toEqual([
      "2 records in force of other units that name it (CollectiveAgreement of U, CollectiveAgreement of X)",
      "1 published vintage (P-2023-2024-1)",
    ]);
    await access.revoke(token.id);
    await access.issue({ name: "App", role: "RECORDER", unitId: await desk.id("X"), days: 1 });
    expect(await expectRefused(desk, "X", "IN_USE unit")).toContain(all.at(-1));
    expect(await expectRefused(desk.on("2025-06-22"), "X", "IN_USE unit")).not.toContain("token");
    access.close();
  });

  test("by units of other branches, of which only the number is told", async () => {
    await desk.register(draft.union("X", "D"), draft.school("X1", "X", { ownership: "PRIVATE" }), draft.school("X2", "X"));
    await desk.move("X1", "E", "2025-02-01");
    await desk.send(report.agreement("Q", { type: "MULTI_ENTERPRISE", schools: ["X1"] }));
    await desk.move("X1", "U", "2025-03-01");
    await desk.move("X2", "E", "2025-02-01");
    const steward = await desk.of("STEWARD", "P");
    expect(await expectRefused(steward, "X1", "IN_USE unit")).toContain(": 1 record in force of another unit that names it. ");
    expect(await expectRefused(steward, "X", "IN_USE unit")).toContain(": 2 units that stand or stood below it (X1). ");
  });

  test("no token is issued for a unit that is void", async () => {
    await desk.register(draft.school("X", "U"));
    const unitId = await desk.id("X");
    await desk.void("X");
    const access = openAccess({ secret: "a secret that is long enough", formerSecret: null, oidc: null }, database, () => noon(TODAY));
    await expect(access.issue({ name: "App", role: "RECORDER", unitId, days: null })).rejects.toThrow(/no such unit/);
    access.close();
  });
});

describe("as any other change of a unit it is refused", () => {
  test("with another version than the one expected, a reason too long, and to the top of the branch", async () => {
    await desk.register(draft.school("X", "U"));
    expect(refusals(await desk.void("X", 7))).toEqual(["VERSION_CONFLICT expectedVersion"]);
    expect(refusals(await desk.void("X", 1, "x".repeat(501)))).toEqual(["OUT_OF_RANGE changeReason"]);
    await expectRefused(await desk.of("STEWARD", "X"), "X", "FORBIDDEN unit");
    await expectRefused(await desk.of("RECORDER", "P"), "X", "FORBIDDEN");
    await expectRefused(await desk.of("STEWARD", "Q"), "X", "UNIT_NOT_FOUND unit");
  });

  test("where it counts in a year that is closed; the sentence names it and whom to ask", async () => {
    await desk.register(draft.school("X", "U"));
    await desk.closePeriod("P", { schoolYear: "2023-2024" });
    const message = await expectRefused(await desk.of("STEWARD", "D"), "X", "PERIOD_LOCKED unit");
    expect(message).toContain("X in 2023-2024");
    await desk.reopenPeriod("P", { schoolYear: "2023-2024", reason: "a mistake" });
    expect((await (await desk.of("STEWARD", "D")).void("X")).outcome).toBe("STORED");
  });

  test("where it stood in another branch, which keeps that time; and nothing else is told", async () => {
    await desk.register(draft.school("X", "U"));
    await desk.move("X", "E", "2024-07-01");
    const q = await desk.of("STEWARD", "Q");
    await expectRefused(q, "X", "FORBIDDEN unit");
    await desk.send(report.conference("X"));
    await expectRefused(q, "X", "FORBIDDEN unit");
  });

  test("but not where the branch of then has gone over to the caller's, nor for the unit's own sake", async () => {
    await desk.register(draft.province("OLD"), draft.district("X", "OLD"));
    await desk.move("X", "Q", "2024-07-01");
    await desk.close("OLD", "2024-08-01", null, { reason: "MERGED", successors: ["Q"] });
    expect((await (await desk.of("STEWARD", "Q")).void("X")).outcome).toBe("STORED");
    expect((await audit(database)).differences).toEqual([]);
  });
});
