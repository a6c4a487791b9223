import { v7 as newId } from "uuid";
import { audit, rebuild } from "../../src/ledger/audit.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, draft, refusals, report, schoolYear } from "../desk.js";

const year = schoolYear(2024);
const staff = "staffConferenceCompletion";
const setting = (deadline: string | null, target: number | null = null, indicator = staff) => ({
  indicator,
  schoolYear: year.label,
  deadline,
  target,
});

let database: TestDatabase;
let desk: Desk;
let count = 0;
const heard: string[] = [];

/** A province of two districts with a school each, which held its conference on 25 September. */
async function branch() {
  const n = ++count;
  const [P, A, B, SA, SB] = ["P", "A", "B", "SA", "SB"].map((letter) => `${letter}${n}`) as [string, string, string, string, string];
  await desk.register(draft.province(P), draft.district(A, P), draft.district(B, P), draft.school(SA, A), draft.school(SB, B));
  await desk.submit(report.conference(SA), report.conference(SB));
  const late = async (code: string) => (await desk.tally(code)).conferenceOnTimeNo ?? 0;
  return { P, A, B, SA, SB, late };
}

const direct = (of: string, deadline: string | null, changes: object = {}, expectedVersion: number | null = null) =>
  desk.send(report.directive(of, [setting(deadline)], changes, { expectedVersion }));

beforeAll(async () => {
  database = await openTestDatabase((sql) => heard.push(sql));
  desk = new Desk(database);
  for (const first of [2023, 2024]) await desk.openYear(schoolYear(first));
});
afterAll(() => database.close());

describe("the deadline of a directive", () => {
  test("judges anew what lies below the federation, up to its top, and nothing elsewhere", async () => {
    const { P, A, B, late } = await branch();
    expect([await late(P), await late(A), await late(B)]).toEqual([0, 0, 0]);
    await direct(A, "2024-09-20");
    expect([await late(P), await late(A), await late(B)]).toEqual([1, 1, 0]);
    await direct(P, "2024-09-20");
    expect([await late(P), await late(A), await late(B)]).toEqual([2, 1, 1]);
  });

  test("holds until a nearer unit sets its own", async () => {
    const { P, A, B, late } = await branch();
    await direct(A, "2024-10-13");
    await direct(P, "2024-09-20");
    expect([await late(P), await late(A), await late(B)]).toEqual([1, 0, 1]);
  });

  test("that is changed judges anew", async () => {
    const { P, late } = await branch();
    await direct(P, "2024-09-20");
    expect(await late(P)).toBe(2);
    expect((await direct(P, "2024-09-25", {}, 1)).outcome).toBe("STORED");
    expect(await late(P)).toBe(0);
  });

  test("is the last day in time: held on it is on time, a day later is late", async () => {
    const { A, SA, late } = await branch();
    await direct(A, "2024-09-25");
    expect(await late(SA)).toBe(0);
    await direct(A, "2024-09-24", {}, 1);
    expect(await late(SA)).toBe(1);
  });

  test("that is withdrawn, or taken out of its directive, leaves the next one above, and at last the law's", async () => {
    const { P, A, SA, late } = await branch();
    const { record } = await direct(A, "2024-09-20");
    await direct(P, "2024-10-13");
    expect(await late(SA)).toBe(1);
    await desk.withdraw("directive", record!.recordId);
    expect(await late(SA)).toBe(0);
    await direct(P, "2024-09-24", {}, 1);
    expect(await late(SA)).toBe(1);
    await desk.send(report.directive(P, [], {}, { expectedVersion: 2 }));
    expect(await late(SA)).toBe(0);
  });

  test("of two of one federation is the later issued one's", async () => {
    const { A, SA, late } = await branch();
    await direct(A, "2024-10-13", { number: "2", issuedOn: "2024-09-10" });
    await direct(A, "2024-09-20", { number: "1", issuedOn: "2024-09-09" });
    expect(await late(SA)).toBe(0);
    await direct(A, "2024-09-20", { number: "3", issuedOn: "2024-09-11" });
    expect(await late(SA)).toBe(1);
  });

  test("follows a school into another branch", async () => {
    const { A, B, SA, late } = await branch();
    await direct(A, "2024-09-20");
    expect(await late(SA)).toBe(1);
    await desk.move(SA, B, "2025-01-01");
    expect(await late(SA)).toBe(0);
    expect(await late(B)).toBe(0);
  });

  test("of one school year leaves the others", async () => {
    const { P, SA } = await branch();
    await desk.send(report.conference(SA, { heldOn: "2023-10-25" }, { schoolYear: "2023-2024" }));
    await direct(P, "2024-09-20");
    expect(await desk.tally(SA, "2023-2024")).toMatchObject({ conferenceOnTimeYes: 1 });
  });
});

describe("a later deadline of one school", () => {
  const due = async (code: string) => {
    const id = await desk.id(code);
    return (await database.read(({ ledger }) => ledger.dossiers([id], [year.label])))[0]!.due.conferenceOnTime;
  };

  test("is judged by what directives of the rows before it set, correct and take back", async () => {
    const { P, A, SA, SB } = await branch();
    const extension = (until: string) => report.extension(SA, { until });
    const directed = (deadline: string, expectedVersion: number | null = null) =>
      report.directive(A, [setting(deadline, null, "democracyRegulation")], {}, { expectedVersion });
    const regulation = (until: string) => report.extension(SA, { until, indicator: "democracyRegulation" });
    expect((await desk.submit(regulation("2024-11-01"), directed("2024-10-01"))).map(refusals)).toEqual([["RULE indicator"], []]);
    const [again, more] = await desk.submit(directed("2024-10-20", 1), regulation("2024-10-15"));
    expect([again, more].map((row) => refusals(row!))).toEqual([[], ["OUT_OF_RANGE until"]]);
    const taken = { kind: "directive", record: again!.record!.recordId, reason: "sai", expectedVersion: null };
    expect((await desk.submit(taken, regulation("2024-11-01"))).map(refusals)).toEqual([[], ["RULE indicator"]]);
    await direct(P, "2024-09-20");
    const rows = await desk.submit(
      report.directive(A, [setting("2024-09-22")]),
      extension("2024-09-25"),
      report.extension(SB, { until: "2024-09-21" }),
    );
    expect(rows.map(refusals)).toEqual([[], [], []]);
    expect([await due(SA), await due(SB)]).toEqual(["2024-09-25", "2024-09-21"]);
  });

  test("is judged by a directive of a row before it that counts again, where it had become known too late", async () => {
    const [VN, P, S] = ["VN-LATE", "P-LATE", "S-LATE"];
    await desk.register(draft.confederation(VN), draft.province(P, VN), draft.school(S, P));
    const directed = (deadline: string, expectedVersion: number | null = null) =>
      report.directive(VN, [setting(deadline, null, "democracyRegulation")], {}, { expectedVersion });
    const extension = report.extension(S, { until: "2024-11-01", indicator: "democracyRegulation" });
    const done = [await desk.closePeriod(P), await desk.send(directed("2024-10-01")), await desk.reopenPeriod(P, { reason: "sai" })];
    expect(done.flatMap(refusals)).toEqual([]);
    expect(refusals(await desk.send(extension))).toEqual(["RULE indicator"]);
    expect((await desk.submit(directed("2024-10-20", 1), extension)).map(refusals)).toEqual([[], []]);
  });

  test("is judged without a statement more for each of many beside a directive", async () => {
    const { A, SA } = await branch();
    const schools = Array.from({ length: 9 }, (_, index) => `${SA}-${index}`);
    expect((await desk.register(...schools.map((code) => draft.school(code, A)))).flatMap(refusals)).toEqual([]);
    const reads = async (number: string, codes: readonly string[]) => {
      const from = heard.length;
      const extensions = codes.map((code) => report.extension(code, { until: "2024-12-01" }));
      const rows = await desk.submit(report.directive(A, [setting("2024-11-01")], { number }), ...extensions);
      expect(rows.flatMap(refusals)).toEqual([]);
      return heard.slice(from).filter((sql) => /^\s*(SELECT|WITH)/.test(sql)).length;
    };
    expect(await reads("1", schools.slice(0, 7))).toBe(await reads("2", schools.slice(7)));
  });

  test("judges it alone anew, is corrected and taken back, and the ledger is what a rebuild comes to", async () => {
    const { P, A, B, SA, SB, late } = await branch();
    await direct(P, "2024-09-20");
    const given = await desk.send(report.extension(SA, { until: "2024-09-25" }));
    expect([given.outcome, await late(SA), await late(A), await late(SB), await late(B), await late(P)]).toEqual(["STORED", 0, 0, 1, 1, 1]);
    expect([await due(SA), await due(SB)]).toEqual(["2024-09-25", "2024-09-20"]);
    expect((await desk.send(report.extension(SA, { until: "2024-09-25" }))).outcome).toBe("UNCHANGED");
    await desk.send(report.extension(SA, { until: "2024-09-24" }, { expectedVersion: 1 }));
    expect(await late(P)).toBe(2);
    await desk.send(report.extension(SA, { until: "2024-09-30" }, { expectedVersion: 2 }));
    expect(await late(P)).toBe(1);
    await direct(P, "2024-10-10", {}, 1);
    expect([await due(SA), await due(SB)]).toEqual(["2024-10-10", "2024-10-10"]);
    await direct(P, "2024-09-20", {}, 2);
    expect((await audit(database)).differences).toEqual([]);
    await desk.withdraw("deadlineExtension", given.record!.recordId);
    expect([await late(P), await due(SA)]).toEqual([2, "2024-09-20"]);
    expect((await audit(database)).differences).toEqual([]);
  });

  test("of a union says nothing to its schools", async () => {
    const { P, A } = await branch();
    await desk.register(draft.union(`U${count}`, A), draft.school(`US${count}`, `U${count}`));
    const indicator = "reportSubmission";
    await desk.send(report.directive(P, [{ indicator, schoolYear: year.label, deadline: "2025-06-10" }]));
    await desk.send(report.extension(`U${count}`, { indicator, until: "2025-06-30" }));
    const ids = await Promise.all([`U${count}`, `US${count}`].map((code) => desk.id(code)));
    const days = await database.read(
      async ({ ledger }) => new Map((await ledger.dossiers(ids, [year.label])).map((row) => [row.unitId, row.due.yearReport])),
    );
    expect(ids.map((id) => days.get(id))).toEqual(["2025-06-30", "2025-06-10"]);
  });

  test("is given by whoever keeps a unit above it, never by itself; the role is asked first", async () => {
    const { P, A, B, SA } = await branch();
    const asked = report.extension(SA, { until: "2025-01-31" });
    const from = async (role: "RECORDER" | "STEWARD", code: string) => refusals(await (await desk.of(role, code)).send(asked));
    expect(await from("STEWARD", SA)).toEqual(["FORBIDDEN"]);
    expect(await from("STEWARD", B)).toEqual(["UNIT_NOT_FOUND unit"]);
    expect(await from("RECORDER", P)).toEqual(["FORBIDDEN"]);
    const { record } = await (await desk.of("STEWARD", A)).send(asked);
    const own = await desk.of("STEWARD", SA);
    const byId = await own.withdraw("deadlineExtension", record!.recordId);
    expect([refusals(byId), byId.record]).toEqual([["FORBIDDEN"], null]);
    const { content } = asked;
    const byName = { kind: "deadlineExtension", record: { unit: SA, schoolYear: year.label, content }, expectedVersion: null, reason: "x" };
    expect(refusals(await own.send(byName))).toEqual(["FORBIDDEN"]);
    expect(refusals(await own.send(report.extension(SA, { indicator: "nothing" })))).toEqual(["FORBIDDEN"]);
    expect(refusals(await own.trying().send(asked))).toEqual(["FORBIDDEN"]);
    expect((await (await desk.of("STEWARD", P)).withdraw("deadlineExtension", record!.recordId)).outcome).toBe("STORED");
  });

  test("extends the deadline that is in force: the nearest directive's, else the law's, and none where there is none", async () => {
    const { P, A, SA } = await branch();
    const until = async (day: string, indicator = staff) =>
      refusals(await desk.trying().send(report.extension(SA, { until: day, indicator })));
    expect([await until("2024-12-05"), await until("2024-12-06")]).toEqual([["OUT_OF_RANGE until"], []]);
    await direct(P, "2024-10-31");
    await direct(A, "2024-10-13");
    expect([await until("2024-10-13"), await until("2024-10-14")]).toEqual([["OUT_OF_RANGE until"], []]);
    expect(await until("2025-01-31", "labourConferenceCompletion")).toEqual(["RULE indicator"]);
    expect(await until("2025-01-31", "halfYearReportSubmission")).toEqual([]);
  });

  test("moves no figure of an accepted report or of a closed year", async () => {
    const { P, SA, SB } = await branch();
    await desk.actOn("SUBMIT", SA);
    await desk.actOn("ACCEPT", SA);
    const { record } = await desk.send(report.extension(SB));
    expect(refusals(await desk.send(report.extension(SA)))).toEqual(["PERIOD_LOCKED"]);
    await desk.closePeriod(P);
    expect(refusals(await desk.send(report.extension(SB, { until: "2025-02-15" }, { expectedVersion: 1 })))).toEqual(["PERIOD_LOCKED"]);
    expect(refusals(await desk.withdraw("deadlineExtension", record!.recordId))).toEqual(["PERIOD_LOCKED"]);
  });
});

test("a directive that sets targets alone judges nothing anew; one that sets a deadline besides, or takes it back, does", async () => {
  const { P, late } = await branch();
  const looked = async (deadline: string | null, expectedVersion: number | null) => {
    heard.length = 0;
    expect((await desk.send(report.directive(P, [setting(deadline, 1)], {}, { expectedVersion }))).outcome).toBe("STORED");
    return heard.some((sql) => /conferenceOnTimeNo.* FROM dossier/s.test(sql));
  };
  expect([await looked(null, null), await late(P)]).toEqual([false, 0]);
  expect([await looked("2024-09-20", 1), await late(P)]).toEqual([true, 2]);
  expect([await looked(null, 2), await late(P)]).toEqual([true, 0]);
});

test("of twins of 0.4.0 that set targets alone one is taken back: what was found in the other is gone", async () => {
  const { P } = await branch();
  const { record } = await desk.send(report.directive(P, [setting(null, 1)], { number: "05/hd" }));
  const twin = { ...record!, recordId: newId(), key: "05/HD", content: { ...record!.content, number: "05/HD" } };
  await database.write((stores) => stores.records.save([{ record: twin, isNew: true, subjects: [record!.unitId] }]));
  await rebuild(database);
  const found = () => database.read(async ({ findings }) => (await findings.ofUnits([await desk.id(P)])).map(({ check }) => check));
  expect(await found()).toEqual(["NUMBER_LOOKS_LIKE_ANOTHER"]);
  expect((await desk.withdraw("directive", record!.recordId)).outcome).toBe("STORED");
  expect(await found()).toEqual([]);
  expect((await audit(database)).differences).toEqual([]);
});

test.each<[string, object[], string[]]>([
  ["with a deadline for what takes none", [setting("2024-10-01", null, "members")], ["RULE settings.0.deadline"]],
  ["with a deadline outside the school year", [setting("2025-06-01")], ["OUT_OF_RANGE settings.0.deadline"]],
  ["with neither a deadline nor a target", [setting(null)], ["REQUIRED settings.0"]],
  ["with a negative target", [setting(null, -1)], ["OUT_OF_RANGE settings.0.target"]],
  ["with one indicator twice", [setting(null, 1), setting(null, 0.9)], ["REPEATED settings.1"]],
])("a directive %s is refused", async (_, settings, problems) => {
  await desk.register(draft.province("LAW"));
  expect(refusals(await desk.send(report.directive("LAW", settings)))).toEqual(problems);
});
