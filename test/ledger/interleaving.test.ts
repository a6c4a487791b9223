import { openAccess } from "../../src/access/access.js";
import { closePeriod } from "../../src/intake/reports/period-closing.js";
import { audit } from "../../src/ledger/audit.js";
import { changeBy, type Result } from "../../src/work/change.js";
import { type RecordDraft } from "../../src/intake/records/reading.js";
import { registerUnits } from "../../src/intake/units/register.js";
import { actOnReports } from "../../src/intake/reports/reports.js";
import { submit } from "../../src/intake/records/submit.js";
import { mergeDuplicateUnit } from "../../src/intake/units/unit-merging.js";
import { voidUnit } from "../../src/intake/units/unit-voiding.js";
import type { Stores } from "../../src/storage/stores/stores.js";
import { isOnServer, openTestDatabase, type TestDatabase } from "../database.js";
import { administrator, asked, Desk, draft, fingerprintOf, noon, refusals, report, schoolYear, TODAY } from "../desk.js";

let database: TestDatabase;
let desk: Desk;
const statements: { sql: string; values: readonly unknown[] }[] = [];

beforeAll(async () => {
  database = await openTestDatabase((sql, values = []) => statements.push({ sql, values }));
  desk = new Desk(database);
  const owned = { ownership: "PRIVATE" as const };
  await desk.register(
    draft.province("P"),
    draft.district("D", "P"),
    draft.union("U", "D"),
    draft.school("S1", "U", owned),
    draft.school("S2", "U", owned),
  );
  await desk.openYear(schoolYear(2024));
});
afterAll(() => database.close());

/** A unit of work that has sent its records and commits when it is told to. */
const unfinished = (...drafts: RecordDraft[]) => held((stores) => submit(stores, changeBy(administrator, noon(TODAY)), drafts));

/** A unit of work that has done its work and commits when it is told to. */
function held<T>(work: (stores: Stores) => Promise<T>) {
  let finish = () => {};
  const told = new Promise<void>((resolve) => (finish = resolve));
  let sent = () => {};
  const hasSent = new Promise<void>((resolve) => (sent = resolve));
  const finished = database.write(async (stores) => {
    const results = await work(stores);
    sent();
    await told;
    return results;
  });
  return { hasSent, finish, finished };
}

/** Until so many transactions of this database wait for a lock. The server looks only if nobody has asked for 0.1 s. */
async function waiting(count: number): Promise<void> {
  for (;;) {
    await database.raw("DO SLEEP(0.12)");
    const [row] = await database.raw(
      `SELECT COUNT(*) AS waiting FROM information_schema.innodb_trx t JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
       WHERE p.db = DATABASE() AND t.trx_state = 'LOCK WAIT'`,
    );
    if (Number(row?.waiting) >= count) return;
  }
}

test("of two corrections of one agreement at once one is stored and the other is told the version", async () => {
  await desk.send(report.agreement("U", { reference: "02/2024", schools: ["S1"] }));
  const correct = (schools: string[]) => desk.send(report.agreement("U", { reference: "02/2024", schools }, { expectedVersion: 1 }));
  const results = await Promise.all([correct(["S2"]), correct(["S1", "S2"])]);
  expect(results.map(({ outcome }) => outcome).sort()).toEqual(["REJECTED", "STORED"]);
  expect(results.flatMap(({ problems }) => problems.map(({ code }) => code))).toEqual(["VERSION_CONFLICT"]);
  expect((await audit(database)).differences).toEqual([]);
});

test("a correction that lets go of a school locks it together with the others, so that writers agree on an order", async () => {
  await desk.send(report.agreement("U", { reference: "03", schools: ["S1", "S2"] }));
  statements.length = 0;
  await desk.send(report.agreement("U", { reference: "03", schools: ["S1"] }, { expectedVersion: 1 }));
  const locks = statements.filter(({ sql }) => sql.startsWith("SELECT id FROM unit WHERE id IN"));
  expect(locks.map(({ values }) => values)).toEqual([[await desk.id("U"), await desk.id("S1"), await desk.id("S2")].sort()]);
});

/** SQLite has one writer at a time: there is nothing to interleave. */
const onServer = (title: string, run: () => Promise<void>) => void (isOnServer && test(title, run));

onServer("a correction that lets go of a school waits for whoever writes about that school", async () => {
  await desk.send(report.agreement("U", { reference: "A", schools: ["S1", "S2"] }));
  const membership = unfinished(report.membership("S2"));
  await membership.hasSent;
  const correction = desk.send(report.agreement("U", { reference: "A", schools: ["S1"] }, { expectedVersion: 1 }));
  await waiting(1);
  membership.finish();
  expect((await membership.finished)[0]!.outcome).toBe("STORED");
  expect((await correction).outcome).toBe("STORED");
  expect((await audit(database)).differences).toEqual([]);
});

onServer("a withdrawal also waits for whoever writes about a school that a correction has just added", async () => {
  const first = await desk.send(report.agreement("U", { schools: ["S1"] }));
  const correction = unfinished(report.agreement("U", { schools: ["S1", "S2"] }, { expectedVersion: 1 }));
  await correction.hasSent;
  const withdrawal = desk.withdraw("collectiveAgreement", first.record!.recordId);
  await waiting(1);
  const membership = unfinished(report.membership("S2", 40, {}, { expectedVersion: 1 }));
  await waiting(2);
  correction.finish();
  await membership.hasSent;
  await Promise.race([waiting(1), withdrawal]);
  membership.finish();
  expect((await correction.finished)[0]!.outcome).toBe("STORED");
  expect((await membership.finished)[0]!.outcome).toBe("STORED");
  expect((await withdrawal).outcome).toBe("STORED");
  expect((await audit(database)).differences).toEqual([]);
});

onServer("an acceptance waits for a record that is on its way, and is refused, as it was not read", async () => {
  await desk.actOn("SUBMIT", "S1");
  const sent = report.membership("S1", 50);
  const record = unfinished(sent);
  await record.hasSent;
  const acceptance = desk.actOn("ACCEPT", "S1");
  await waiting(1);
  record.finish();
  expect((await record.finished)[0]!.outcome).toBe("STORED");
  // It has the record, which the superior had not read.
  expect(refusals(await acceptance)).toEqual(["VERSION_CONFLICT fingerprint"]);
  const accepted = await desk.actOn("ACCEPT", "S1");
  expect(accepted.outcome).toBe("STORED");
  expect(accepted.missing.map(({ key }) => key)).not.toContain("membershipReport");
});

onServer(
  "a record that comes while its report is being accepted, or its period closed, waits and is refused, or known too late",
  async () => {
    await desk.actOn("SUBMIT", "S2");
    const change = changeBy(administrator, noon(TODAY));
    const acceptance = held(async (stores) => {
      const fingerprint = await fingerprintOf(stores, asked("S2"), false);
      return actOnReports(stores, change, "ACCEPT", [asked("S2", { fingerprint })]);
    });
    await acceptance.hasSent;
    const late = desk.send(report.conference("S2"));
    await waiting(1);
    acceptance.finish();
    expect((await acceptance.finished)[0]!.outcome).toBe("STORED");
    expect((await late).problems.map(({ code }) => code)).toEqual(["PERIOD_LOCKED"]);

    const closing = held(async (stores) => {
      const fingerprint = await fingerprintOf(stores, asked("P"), true);
      return closePeriod(stores, change, asked("P", { fingerprint }));
    });
    await closing.hasSent;
    const later = desk.send(report.conference("S1", { heldOn: "2024-12-01" }));
    const reportOfUnion = desk.send(
      report.agreement("U", { reference: "05", signedOn: "2024-10-01", filedOn: null, expiresOn: "2026-09-30", schools: ["S1"] }),
    );
    await waiting(2);
    closing.finish();
    expect((await closing.finished).outcome).toBe("STORED");
    expect((await later).problems.map(({ code }) => code)).toEqual(["PERIOD_LOCKED"]);
    const { outcome, record } = await reportOfUnion;
    expect(outcome).toBe("STORED");
    // An agreement covers S1 already: one more changes what the union reported only.
    const marked = await database.read(async (stores) => stores.knownLate.ofUnits([await desk.id("U"), await desk.id("S1")]));
    expect(marked).toEqual([{ factId: record!.recordId, unitId: await desk.id("U"), schoolYear: "2024-2025" }]);
    expect((await audit(database)).differences).toEqual([]);
  },
);

/** Rows that speak of a unit which is not there. */
async function dangling(): Promise<Record<string, unknown>[]> {
  const places = [
    "placement WHERE parent_id",
    "token WHERE unit_id",
    "dossier WHERE unit_id",
    "record WHERE state = 'STANDING' AND unit_id",
  ];
  const of = (place: string) =>
    database.raw(`SELECT * FROM ${place} IS NOT NULL AND ${place.split(" ").at(-1)} NOT IN (SELECT id FROM unit)`);
  return (await Promise.all(places.map(of))).flat();
}

test("of a unit made void and a record, or a child, that comes at the same time one is refused, and nothing is left in the air", async () => {
  const ends = new Set<string>();
  await desk.register(draft.province("V"), draft.district("VD", "V"));
  for (let round = 0; round < 6; round++) {
    const [union, school] = [`VU${round}`, `VS${round}`];
    await desk.register(draft.union(union, "VD"), draft.school(school, "VD"));
    const record = (): Promise<Result> => desk.send(report.conference(school));
    const child = async (): Promise<Result> => (await desk.register(draft.school(`C${round}`, union)))[0]!;
    const both = async (gone: () => Promise<Result>, comes: () => Promise<Result>) => {
      if (round % 2 === 0) return Promise.all([gone(), comes()]);
      const [came, went] = await Promise.all([comes(), gone()]);
      return [went, came] as const;
    };
    const pairs = await Promise.all([both(() => desk.void(school), record), both(() => desk.void(union), child)]);
    for (const [index, [gone, came]] of pairs.entries()) {
      const code = ["UNIT_NOT_FOUND unit", "UNIT_NOT_FOUND parent"][index]!;
      const isVoid = gone.outcome === "STORED";
      expect([came.outcome, refusals(isVoid ? came : gone)]).toEqual(isVoid ? ["REJECTED", [code]] : ["STORED", ["IN_USE unit"]]);
      ends.add(`${code} ${isVoid}`);
    }
  }
  expect(ends.size).toBeGreaterThan(1);
  expect(await dangling()).toEqual([]);
  expect((await audit(database)).differences).toEqual([]);
});

onServer(
  "a unit is made void only when a record or a child that is on its way has come, and these wait for what is being made void",
  async () => {
    await desk.register(draft.union("WU", "VD"), draft.school("WS", "VD"));
    const change = changeBy(administrator, noon(TODAY));
    const asked = (unit: string) => ({ unit, expectedVersion: null, changeReason: null });
    const record = unfinished(report.conference("WS"));
    await record.hasSent;
    const late = desk.void("WS");
    await waiting(1);
    record.finish();
    expect((await record.finished)[0]!.outcome).toBe("STORED");
    expect(refusals(await late)).toEqual(["IN_USE unit"]);

    const child = held((stores) => registerUnits(stores, change, [draft.school("WC", "WU")]));
    await child.hasSent;
    const lateToo = desk.void("WU");
    await waiting(1);
    child.finish();
    expect((await child.finished)[0]!.outcome).toBe("STORED");
    expect(refusals(await lateToo)).toEqual(["IN_USE unit"]);

    await desk.void("WC");
    const voiding = held((stores) => voidUnit(stores, change, asked("WU")));
    await voiding.hasSent;
    const tooLate = [
      desk.send(report.agreement("WU", { reference: "9", schools: ["S1"] })),
      desk.register(draft.school("WD", "WU")),
    ] as const;
    const access = openAccess({ secret: "a secret that is long enough", formerSecret: null, oidc: null }, database, () => noon(TODAY));
    const noToken = expect(access.issue({ name: "App", role: "RECORDER", unitId: await desk.id("WU"), days: null })).rejects.toThrow(
      /no such unit/,
    );
    await waiting(3);
    voiding.finish();
    expect((await voiding.finished).outcome).toBe("STORED");
    expect(refusals(await tooLate[0])).toEqual(["UNIT_NOT_FOUND unit"]);
    expect(refusals((await tooLate[1])[0]!)).toEqual(["UNIT_NOT_FOUND parent"]);
    await noToken;
    access.close();
    expect(await dangling()).toEqual([]);
    expect((await audit(database)).differences).toEqual([]);
  },
);

/** The unit of a record, and of which units' dossiers it is. */
async function whose(recordId: string) {
  return database.read(async ({ records }) => ({
    unitId: (await records.byIds([recordId])).get(recordId)!.unitId,
    subjects: (await records.subjectsOf([recordId])).get(recordId),
  }));
}

onServer("a record that is on its way to a duplicate while it is joined to the right unit ends there, whoever comes first", async () => {
  const owned = { ownership: "PRIVATE" as const };
  await desk.register(draft.province("M"), ...["TWICE", "AGAIN", "S3"].map((code) => draft.school(code, "M", owned)));
  const membership = unfinished(report.membership("TWICE", 33));
  await membership.hasSent;
  const merging = desk.merge("TWICE", "S3");
  await waiting(1);
  membership.finish();
  const [first] = await membership.finished;
  expect([first!.outcome, (await merging).outcome]).toEqual(["STORED", "STORED"]);
  const [right, again] = [await desk.id("S3"), await desk.id("AGAIN")];
  expect(await whose(first!.record!.recordId)).toEqual({ unitId: right, subjects: [right] });

  const change = changeBy(administrator, noon(TODAY));
  const asked = { unit: "AGAIN", into: "S3", expectedVersion: null, changeReason: null };
  const joining = held((stores) => mergeDuplicateUnit(stores, change, asked));
  await joining.hasSent;
  const [byCode, byId] = [desk.send(report.conference("AGAIN")), desk.send(report.agreement(again, { reference: "TWICE" }))];
  await waiting(2);
  joining.finish();
  expect((await joining.finished).outcome).toBe("STORED");
  for (const { outcome, record } of [await byCode, await byId])
    expect([outcome, await whose(record!.recordId)]).toEqual(["STORED", { unitId: right, subjects: [right] }]);
  expect(await database.raw("SELECT record_id FROM record_subject WHERE unit_id = ?", [again])).toEqual([]);
  expect((await audit(database)).differences).toEqual([]);
});
