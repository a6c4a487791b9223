import { audit } from "../../src/ledger/audit.js";
import { standards } from "../../src/rollup/standards.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, draft, refusals, report, schoolYear } from "../desk.js";

let database: TestDatabase;
let desk: Desk;
let province: Desk;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const CLOSED = { schoolYear: "2023-2024" };
const WHY = { reason: "A correction has come." };

/** 2023-2024 is closed in the province P, and not in Q. */
beforeEach(async () => {
  await database.empty();
  desk = new Desk(database);
  await desk.register(
    ...[draft.province("P"), draft.district("D", "P"), draft.district("E", "P"), draft.union("U", "D"), draft.union("U2", "D")],
    ...[draft.province("Q"), draft.district("QD", "Q"), draft.school("X", "QD")],
    ...[draft.school("S", "U"), draft.school("T", "E")],
  );
  await desk.openYear(schoolYear(2023));
  await desk.openYear(schoolYear(2024));
  province = await desk.of("STEWARD", "P");
  expect((await province.closePeriod("P", CLOSED)).outcome).toBe("STORED");
});

/** A change is refused with PERIOD_LOCKED alone, for administrators, too, and nothing has moved. */
async function expectLocked(field: string | null, change: (by: Desk) => Promise<unknown>): Promise<void> {
  const before = await database.dump();
  for (const by of [province, desk]) {
    const answer = [await change(by)].flat()[0] as Parameters<typeof refusals>[0];
    expect([...new Set(refusals(answer))]).toEqual([field === null ? "PERIOD_LOCKED" : `PERIOD_LOCKED ${field}`]);
  }
  expect(await database.dump()).toEqual(before);
}

describe("closed means closed, also for the tree", () => {
  test("a unit is not moved, given another profile or closed on a day that changes the closed year", async () => {
    await expectLocked("on", (by) => by.move("S", "U2", "2024-05-31"));
    await expectLocked("from", (by) => by.update("S", { ownership: "PRIVATE", from: "2024-01-01" }));
    await expectLocked("from", (by) => by.update("S", { schoolLevel: "PRESCHOOL" }));
    await expectLocked("on", (by) => by.close("S", "2024-03-01"));
    expect((await province.update("S", { name: "Trường Tiểu học Sông Hiến" })).outcome).toBe("STORED");
    expect((await province.update("S", { ownership: "PRIVATE", from: "2024-06-01" })).outcome).toBe("STORED");
    expect((await province.move("S", "U2", "2024-06-01")).outcome).toBe("STORED");
    expect((await province.close("S", "2024-09-01")).outcome).toBe("STORED");
    expect((await audit(database)).differences).toEqual([]);
  });

  test("nor are the units below one that would move with it, or come under the closing by it", async () => {
    await expectLocked("on", (by) => by.move("U", "E", "2023-09-01"));
    const { outcome, problems } = await desk.move("X", "D", "2023-09-01");
    expect([outcome, problems.map(({ code }) => code)]).toEqual(["REJECTED", ["PERIOD_LOCKED"]]);
    expect((await desk.move("X", "D", "2024-07-01")).outcome).toBe("STORED");
  });

  test("a unit that was closed is not opened again into the closed year, nor its closing taken back", async () => {
    await province.reopenPeriod("P", { ...CLOSED, ...WHY });
    expect((await province.close("S", "2024-03-01")).outcome).toBe("STORED");
    await province.closePeriod("P", CLOSED);
    await expectLocked("on", (by) => by.reopen("S", "2024-03-01"));
    expect((await province.reopen("S", "2024-06-01")).outcome).toBe("STORED");
  });

  test("the refusal names the unit, the year and who closed it", async () => {
    const { problems } = await province.move("U", "E", "2023-09-01");
    expect(problems.map(({ message }) => message.en)).toEqual([
      expect.stringMatching(
        /^This would change what is locked of (S in 2023-2024, U in 2023-2024|U in 2023-2024, S in 2023-2024)\. Đơn vị P closed the whole year 2023-2024 on 2025-06-20; ask somebody of Đơn vị P to reopen the report of this unit\.$/,
      ),
    ]);
  });

  test("until the period, or the report of that unit, is opened again", async () => {
    expect((await province.actOn("REOPEN", "S", { ...CLOSED, ...WHY })).outcome).toBe("STORED");
    expect((await province.update("S", { ownership: "PRIVATE", from: "2024-01-01" })).outcome).toBe("STORED");
    await expectLocked("from", (by) => by.update("T", { ownership: "PRIVATE", from: "2024-01-01" }));
    await province.reopenPeriod("P", { ...CLOSED, ...WHY });
    expect((await province.update("T", { ownership: "PRIVATE", from: "2024-01-01" })).outcome).toBe("STORED");
  });
});

test("the closing of a first half locks its records, not the tree", async () => {
  const half = { period: "FIRST_HALF", schoolYear: "2024-2025" } as const;
  expect((await province.closePeriod("P", half)).outcome).toBe("STORED");
  expect((await province.move("S", "U2", "2024-10-01")).outcome).toBe("STORED");
  expect(refusals(await province.send(report.conference("S")))).toEqual(["PERIOD_LOCKED"]);
});

test("an accepted report locks the unit's place in the tree, its profile and its life, too", async () => {
  await desk.actOn("SUBMIT", "S");
  expect((await province.actOn("ACCEPT", "S")).outcome).toBe("STORED");
  await expectLocked("on", (by) => by.move("S", "U2", "2024-10-01"));
  await expectLocked("on", (by) => by.move("U", "E", "2024-10-01"));
  await expectLocked("from", (by) => by.update("S", { ownership: "PRIVATE", from: "2024-10-01" }));
  expect((await province.update("T", { ownership: "PRIVATE", from: "2024-10-01" })).outcome).toBe("STORED");
  expect((await province.actOn("REOPEN", "S", WHY)).outcome).toBe("STORED");
  expect((await province.move("U", "E", "2024-10-01")).outcome).toBe("STORED");
});

/** A deadline for a school year. */
const setting = (label: string, day = "09-20") => ({
  ...{ indicator: "staffConferenceCompletion", schoolYear: label, deadline: `${label.slice(0, 4)}-${day}` },
});

/** The target of members that holds for a unit in the closed year. */
async function targetOf(code: string): Promise<number | undefined> {
  const unitId = await desk.id(code);
  const [found] = await database.read((stores) => standards(stores, [{ unitId, schoolYear: schoolYear(2023) }]));
  return found!.targets.get("members")?.target;
}

describe("a directive", () => {
  test("does not count in a closed year, and says for whom; once that is open again it is sent again", async () => {
    const sent = report.directive("D", [setting("2023-2024"), setting("2024-2025")], { issuedOn: "2023-09-01" });
    const { outcome, hints } = await province.send(sent);
    expect([outcome, hints?.map(({ en }) => en)]).toEqual([
      "STORED",
      [expect.stringMatching(/^Known after closing: it does not count for D with all below in 2023-2024, /)],
    ]);
    const deadlines = async () =>
      Promise.all(
        ["2023-2024", "2024-2025"].map(async (label) => (await standardOf("S", label)).get("staffConferenceCompletion")?.deadline),
      );
    expect(await deadlines()).toEqual([undefined, "2024-09-20"]);
    expect((await province.send(sent)).outcome).toBe("UNCHANGED");
    expect((await province.actOn("REOPEN", "S", { ...CLOSED, ...WHY })).outcome).toBe("STORED");
    expect(await province.send(sent)).toMatchObject({ outcome: "STORED", record: { version: 2 } });
    expect(await deadlines()).toEqual(["2023-09-20", "2024-09-20"]);
    expect((await audit(database)).differences).toEqual([]);
    expect((await province.send(sent)).outcome).toBe("UNCHANGED");
  });

  test("that sets the target of a count speaks to its own unit alone: nobody below is judged by it, or kept from it", async () => {
    const target = { indicator: "members", schoolYear: "2023-2024", target: 8 };
    const sent = report.directive("P", [target], { issuedOn: "2023-09-01" });
    const { outcome, hints } = await province.send(sent);
    expect([outcome, hints?.map(({ en }) => en)]).toEqual([
      "STORED",
      [expect.stringMatching(/^Known after closing: it does not count for P in 2023-2024, /)],
    ]);
    expect((await province.actOn("REOPEN", "S", { ...CLOSED, ...WHY })).outcome).toBe("STORED");
    expect((await province.send(sent)).outcome).toBe("UNCHANGED");
    expect((await province.reopenPeriod("P", { ...CLOSED, ...WHY })).outcome).toBe("STORED");
    expect(await province.send(sent)).toMatchObject({ outcome: "STORED", record: { version: 2 } });
    expect(await Promise.all(["P", "D", "U", "S"].map(targetOf))).toEqual([8, undefined, undefined, undefined]);
    await desk.closePeriod("D", CLOSED);
    const other = (changed: number) => ({ ...report.directive("P", [{ ...target, target: changed }], { issuedOn: "2023-09-01" }) });
    expect(await province.send({ ...other(9), expectedVersion: 2 })).toMatchObject({ outcome: "STORED", hints: [] });
    await province.closePeriod("P", CLOSED);
    await expectLocked(null, (by) => by.send({ ...other(10), expectedVersion: 3 }));
    expect((await audit(database)).differences).toEqual([]);
  });

  test("is marked once for a branch, and touches only what is in force by it", async () => {
    await province.reopenPeriod("P", { ...CLOSED, ...WHY });
    await province.send(report.directive("D", [setting("2023-2024")], { issuedOn: "2023-09-01" }));
    const far = report.directive("P", [setting("2023-2024", "09-25")], { issuedOn: "2023-09-01" });
    await province.send(far);
    await province.closePeriod("P", CLOSED);
    await expectLocked(null, (by) =>
      by.send({ ...report.directive("P", [setting("2023-2024", "09-26")], { issuedOn: "2023-09-01" }), expectedVersion: 1 }),
    );
    await province.send(report.directive("P", [setting("2023-2024", "09-28")], { number: "3", issuedOn: "2023-09-03" }));
    const marks = await database.raw("SELECT u.code, k.with_below FROM known_late k JOIN unit u ON u.id = k.unit_id");
    expect(marks.map(({ code, with_below: below }) => `${String(code)} ${Number(below)}`).sort()).toEqual(["E 1", "P 0"]);
    expect((await standardOf("S", "2023-2024")).get("staffConferenceCompletion")?.deadline).toBe("2023-09-20");
    expect((await standardOf("T", "2023-2024")).get("staffConferenceCompletion")?.deadline).toBe("2023-09-25");
    expect((await province.actOn("REOPEN", "S", { ...CLOSED, ...WHY })).outcome).toBe("STORED");
    expect((await audit(database)).differences).toEqual([]);
  });

  test("that judges accepted reports anew says how many", async () => {
    for (const unit of ["S", "T"]) {
      await desk.actOn("SUBMIT", unit);
      await province.actOn("ACCEPT", unit);
    }
    const nearer = report.directive("E", [setting("2024-2025", "09-25")]);
    expect((await province.send(nearer)).hints?.map(({ en }) => en)).toEqual([
      expect.stringMatching(/^1 accepted report is judged anew by it/),
    ]);
    const [both, same] = [setting("2024-2025"), { ...setting("2024-2025"), target: 1 }];
    expect((await province.send(report.directive("P", [both]))).hints?.map(({ vi }) => vi)).toEqual([expect.stringMatching(/^1 báo cáo/)]);
    const raised = { ...report.directive("P", [same]), expectedVersion: 1 };
    expect((await province.send(raised)).hints?.map(({ vi }) => vi)).toEqual([expect.stringMatching(/^2 báo cáo/)]);
  });

  test("is judged on what the rows before it left, also by nearer federations and where it did not count before", async () => {
    for (const unit of ["S", "T"]) {
      await desk.actOn("SUBMIT", unit);
      await province.actOn("ACCEPT", unit);
    }
    const of = (unit: string, number: string, changes: object, issuedOn = "2024-09-01") =>
      report.directive(unit, [{ ...setting("2024-2025"), ...changes }], { number, issuedOn });
    const rows = [
      of("E", "1", { deadline: "2024-09-25" }),
      of("P", "1", {}),
      of("P", "2", { target: 1 }, "2024-09-02"),
      of("P", "3", { deadline: null, target: 1 }, "2024-09-03"),
      of("P", "4", { deadline: "2024-09-21" }, "2024-08-31"),
      of("P", "5", { deadline: "2024-09-21" }, "2024-09-04"),
    ];
    const counts = (await province.submit(...rows)).map(({ hints }) => Number(hints?.[0]?.en.slice(0, 1) ?? 0));
    expect(counts).toEqual([1, 1, 2, 0, 0, 1]);
  });

  test("that counts in a closed year keeps what it set for it", async () => {
    await province.reopenPeriod("P", { ...CLOSED, ...WHY });
    const first = report.directive("P", [setting("2023-2024"), setting("2024-2025")], { issuedOn: "2023-09-01" });
    const { record } = await province.send(first);
    await province.closePeriod("P", CLOSED);
    const corrected = (...settings: object[]) => ({ ...report.directive("P", settings, { issuedOn: "2023-09-01" }), expectedVersion: 1 });
    await expectLocked(null, (by) => by.send(corrected(setting("2023-2024", "09-30"), setting("2024-2025"))));
    await expectLocked(null, (by) => by.send(corrected(setting("2024-2025"))));
    await expectLocked(null, (by) => by.withdraw("directive", record!.recordId));
    expect((await province.send(corrected(setting("2023-2024"), setting("2024-2025", "09-30")))).outcome).toBe("STORED");
  });
});

/** What became known after the closing counts from the first year that is open, and in the closed one when that is open again. */
describe("known too late", () => {
  const agreement = (of: string, changes: object = {}, more: object = {}) =>
    report.agreement(of, { signedOn: "2023-10-01", filedOn: "2023-10-05", expiresOn: "2026-09-30", ...changes }, more);
  const agreements = async (code: string) =>
    Promise.all(["2023-2024", "2024-2025"].map(async (label) => (await desk.tally(code, label)).agreementYes ?? 0));

  beforeEach(async () => {
    await province.reopenPeriod("P", { ...CLOSED, ...WHY });
    await desk.register(draft.school("V", "U", { ownership: "PRIVATE" }), draft.school("W", "U", { ownership: "PRIVATE" }));
    await province.closePeriod("P", CLOSED);
  });

  test("an agreement of three years is stored with its true day", async () => {
    const { outcome, record, hints } = await province.send(agreement("V"));
    expect([outcome, hints?.map(({ vi }) => vi)]).toEqual([
      "STORED",
      [expect.stringMatching(/^Được biết sau khi khóa sổ: không tính cho V năm học 2023-2024 vì/)],
    ]);
    expect(await agreements("V")).toEqual([0, 1]);
    expect((await audit(database)).differences).toEqual([]);
    expect((await province.send(agreement("V"))).outcome).toBe("UNCHANGED");
    const corrected = await province.send(agreement("V", { remark: "Bản gốc lưu tại trường." }, { expectedVersion: 1 }));
    expect([corrected.outcome, await agreements("V")]).toEqual(["STORED", [0, 1]]);
    expect((await province.withdraw("collectiveAgreement", record!.recordId)).outcome).toBe("STORED");
    expect(await agreements("V")).toEqual([0, 0]);
  });

  test("sent again after the year was opened again it counts there, and from then on it is locked there", async () => {
    const { record } = await province.send(agreement("V"));
    expect((await province.actOn("REOPEN", "V", { ...CLOSED, ...WHY })).outcome).toBe("STORED");
    expect(await province.send(agreement("V"))).toMatchObject({ outcome: "STORED", hints: [] });
    expect(await agreements("V")).toEqual([1, 1]);
    expect((await audit(database)).differences).toEqual([]);
    await province.reopenPeriod("P", { ...CLOSED, ...WHY });
    await province.closePeriod("P", CLOSED);
    await expectLocked(null, (by) => by.withdraw("collectiveAgreement", record!.recordId));
  });

  test("its mark goes with it when it is withdrawn: recorded again it is judged by what is closed then", async () => {
    const sent = {
      directive: report.directive("D", [setting("2023-2024")], { issuedOn: "2023-09-01" }),
      collectiveAgreement: agreement("V"),
    };
    const record = async () => {
      const stored: [string, string][] = [];
      for (const [kind, one] of Object.entries(sent)) stored.push([kind, (await province.send(one)).record!.recordId]);
      return stored;
    };
    const marks = () => database.raw("SELECT fact_id FROM known_late");
    for (let times = 0; times < 2; times++) {
      const stored = await record();
      expect([(await marks()).length, await agreements("V")]).toEqual([2, [0, 1]]);
      for (const [kind, id] of stored) expect((await province.withdraw(kind, id)).outcome).toBe("STORED");
      expect(await marks()).toEqual([]);
    }
    expect((await province.reopenPeriod("P", { ...CLOSED, ...WHY })).outcome).toBe("STORED");
    await record();
    expect([await marks(), await agreements("V")]).toEqual([[], [1, 1]]);
    expect((await audit(database)).differences).toEqual([]);
  });

  test("a correction that names one more school does not count for it in the closed year; what counted there stays", async () => {
    await province.reopenPeriod("P", { ...CLOSED, ...WHY });
    await province.send(agreement("U", { schools: ["V"] }));
    await province.closePeriod("P", CLOSED);
    const { outcome, hints } = await province.send(agreement("U", { schools: ["V", "W"] }, { expectedVersion: 1 }));
    expect([outcome, hints?.map(({ vi }) => vi)]).toEqual(["STORED", [expect.stringContaining("không tính cho W năm học 2023-2024 vì")]]);
    expect([await agreements("V"), await agreements("W")]).toEqual([
      [1, 1],
      [0, 1],
    ]);
    await expectLocked(null, (by) => by.send(agreement("U", { schools: ["W"] }, { expectedVersion: 2 })));
    expect((await audit(database)).differences).toEqual([]);
  });

  test("what happens to an agreement in later years is told although the year of its signing is closed: that year's figures hold", async () => {
    await province.reopenPeriod("P", { ...CLOSED, ...WHY });
    const ended = { expiresOn: "2024-12-31" };
    const { record } = await province.send(agreement("V", ended));
    await province.closePeriod("P", CLOSED);
    expect(await agreements("V")).toEqual([1, 0]);
    const prolongations = [{ agreedOn: "2024-12-15", until: "2025-12-31", ballotFor: 20, ballotTotal: 25 }];
    const correct = (changes: object, expectedVersion: number) =>
      province.send(agreement("V", { ...ended, ...changes }, { expectedVersion }));
    expect((await correct({ prolongations }, 1)).problems).toEqual([]);
    expect(await agreements("V")).toEqual([1, 1]);
    expect((await correct({ prolongations, voidSince: "2025-03-01" }, 2)).problems).toEqual([]);
    expect(await agreements("V")).toEqual([1, 0]);
    for (const changes of [{ voidSince: "2024-03-01" }, { signedOn: "2024-07-01", filedOn: "2024-07-02", expiresOn: "2026-06-30" }])
      await expectLocked(null, (by) => by.send(agreement("V", { ...ended, ...changes }, { expectedVersion: 3 })));
    await expectLocked(null, (by) => by.withdraw("collectiveAgreement", record!.recordId));
    expect((await audit(database)).differences).toEqual([]);
  });

  test("schools that join or leave on days after the closed year touch nothing of it, others do", async () => {
    const before = { signedOn: "2023-05-15", filedOn: "2023-05-20", expiresOn: "2026-05-14" };
    const covering = (joinedOn: string, leftOn: string | null, more: object = {}) =>
      agreement("U", { ...before, schools: ["V", "W"], participations: [{ school: "W", joinedOn, leftOn }] }, more);
    const { outcome, hints } = await province.send(covering("2024-10-01", null));
    expect([outcome, hints?.map(({ vi }) => vi)]).toEqual([
      "STORED",
      [expect.stringContaining("không tính cho U năm học 2023-2024, V năm học 2023-2024 vì")],
    ]);
    expect([await agreements("V"), await agreements("W")]).toEqual(Array(2).fill([0, 1]));
    const left = await province.send(covering("2024-10-01", "2025-05-31", { expectedVersion: 1 }));
    expect([left.outcome, await agreements("V"), await agreements("W")]).toEqual(["STORED", [0, 1], [0, 0]]);
    await province.withdraw("collectiveAgreement", left.record!.recordId);
    await province.reopenPeriod("P", { ...CLOSED, ...WHY });
    await province.send(covering("2024-10-01", null));
    await province.closePeriod("P", CLOSED);
    const known = { schools: ["V", "W"], ...before };
    const gone = { participations: [{ school: "V", joinedOn: null, leftOn: "2024-05-31" }] };
    const locked = await province.send(agreement("U", { ...known, ...gone }, { expectedVersion: 4 }));
    expect(locked.problems).toEqual([expect.objectContaining({ code: "PERIOD_LOCKED" })]);
    expect(await province.send(covering("2024-06-01", null, { expectedVersion: 4 }))).toMatchObject({ outcome: "STORED", hints: [] });
    const late = await province.send(covering("2024-05-31", null, { expectedVersion: 5 }));
    expect(late.hints?.map(({ vi }) => vi)).toEqual([expect.stringContaining("không tính cho W năm học 2023-2024 vì")]);
    expect([await agreements("V"), await agreements("W")]).toEqual([
      [1, 1],
      [0, 1],
    ]);
    expect((await audit(database)).differences).toEqual([]);
  });

  test("rows of a batch are judged on what the rows before left: two late ones do not count together", async () => {
    const rows = await province.submit(agreement("V"), agreement("V", { reference: "02", expiresOn: "2025-09-30" }), agreement("W"));
    expect(rows.map(({ outcome, hints }) => [outcome, hints?.length])).toEqual(Array(3).fill(["STORED", 1]));
    expect([await agreements("V"), await agreements("W")]).toEqual(Array(2).fill([0, 1]));
    expect((await audit(database)).differences).toEqual([]);
  });

  test("a unit is registered with its true day, with all below it, and does not count in the closed year", async () => {
    const counted = async (code: string) =>
      Promise.all(["2023-2024", "2024-2025"].map(async (label) => (await desk.tally(code, label)).schools ?? 0));
    const before = await counted("P");
    const drafts = [draft.union("NU", "D"), draft.school("N1", "NU"), draft.school("N2", "D", { openedOn: "2024-09-01" })];
    const answers = await province.register(...drafts);
    expect(answers.map(({ outcome, hints }) => [outcome, hints?.map(({ en }) => /does not count for (.*), as/.exec(en)?.[1])])).toEqual([
      ["STORED", ["NU in 2023-2024"]],
      ["STORED", ["N1 in 2023-2024"]],
      ["STORED", []],
    ]);
    expect([before, await counted("P")]).toEqual([
      [before[0], before[1]],
      [before[0], before[1]! + 2],
    ]);
    expect((await audit(database)).differences).toEqual([]);
    expect((await province.register(...drafts)).map(({ outcome }) => outcome)).toEqual(Array(3).fill("UNCHANGED"));
    expect((await province.actOn("REOPEN", "N1", { ...CLOSED, ...WHY })).outcome).toBe("STORED");
    expect((await province.register(...drafts)).map(({ outcome }) => outcome)).toEqual(["UNCHANGED", "STORED", "UNCHANGED"]);
    expect(await counted("P")).toEqual([before[0]! + 1, before[1]! + 2]);
    expect((await audit(database)).differences).toEqual([]);
  });
});

/** What holds for a unit in a school year, by indicator. */
function standardOf(code: string, label: string) {
  return database.read(async (stores) => {
    const unitId = (await stores.unitReader.idsByCode([code])).get(code)!;
    const found = (await stores.schoolYears.all()).find((year) => year.label === label)!;
    return (await standards(stores, [{ unitId, schoolYear: found }]))[0]!.deadlines;
  });
}
