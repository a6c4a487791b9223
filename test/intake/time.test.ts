import { type Dump, openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, draft, refusals, report, schoolYear } from "../desk.js";

let database: TestDatabase;
let desk: Desk;
let count = 0;

/** A province with two districts, a union and a school in the first; codes of their own for every test. */
async function branch() {
  const n = ++count;
  const [P, A, B, U, S] = ["P", "A", "B", "U", "S"].map((letter) => `${letter}${n}`) as [string, string, string, string, string];
  await desk.register(draft.province(P), draft.district(A, P), draft.district(B, P), draft.union(U, A), draft.school(S, U));
  const schools = async (code: string) =>
    Promise.all(["2022-2023", "2023-2024", "2024-2025"].map(async (label) => (await desk.tally(code, label)).schools ?? 0));
  return { P, A, B, U, S, schools };
}

beforeAll(async () => {
  database = await openTestDatabase();
  desk = new Desk(database);
  for (const first of [2022, 2023, 2024]) await desk.openYear(schoolYear(first));
});
afterAll(() => database.close());

/** Everything but the version numbers of units. */
const withoutVersions = ({ unit_version: _, ...dump }: Dump): Dump => ({
  ...dump,
  unit: dump.unit!.map((row) => row.replace(/"version":\d+/, "")).sort(),
});

describe("what is counted", () => {
  const asOf = async (today: string, code: string, given: object = {}) => {
    const answer = await desk
      .on(today)
      .trying()
      .send(report.membership(code, 20, given));
    return [answer.outcome, answer.record?.content.asOf ?? null, ...refusals(answer)];
  };

  test("is of today or of the reference date, whichever is earlier, unless said, and never of a day to come", async () => {
    const { S } = await branch();
    const D = "2025-01-15";
    expect(await asOf(D, S)).toEqual(["STORED", D]);
    expect(await asOf("2025-06-20", S)).toEqual(["STORED", "2025-05-31"]);
    expect(await asOf("2025-05-31", S)).toEqual(["STORED", "2025-05-31"]);
    expect(await asOf(D, S, { asOf: D })).toEqual(["STORED", D]);
    expect(await asOf(D, S, { asOf: "2025-01-16" })).toEqual(["REJECTED", null, "OUT_OF_RANGE asOf"]);
    expect(await asOf(D, S, { asOf: "2025-05-31" })).toEqual(["REJECTED", null, "OUT_OF_RANGE asOf"]);
    // Nobody sent a day: it is the school year that has not begun.
    expect(await asOf("2024-05-31", S)).toEqual(["REJECTED", null, "OUT_OF_RANGE schoolYear"]);
    expect(await asOf(D, S, { asOf: "2024-05-31" })).toEqual(["REJECTED", null, "OUT_OF_RANGE asOf"]);
  });

  test("before the reference date counts and fulfils the duty, labelled with its day", async () => {
    const { P, S } = await branch();
    await desk.on("2025-01-15").send(report.membership(S));
    expect(await desk.tally(P)).toMatchObject({ members: 20, membershipReportYes: 1 });
    const records = await database.read(async (stores) => stores.records.reportedBy([await desk.id(S)], "membershipReport"));
    expect(records).toMatchObject([{ content: { asOf: "2025-01-15" } }]);
  });

  test("the same for activities and meetings; what 0.4.0 stored without a day is sent back unchanged", async () => {
    const { U, S } = await branch();
    const yearly = (kind: string, unit: string, content: Record<string, unknown>) => ({
      kind,
      unit,
      schoolYear: "2024-2025",
      content,
      expectedVersion: null,
      reason: null,
    });
    const activities = yearly("activityReport", S, { policyApplied: true, communicationSessions: 2 });
    const meetings = yearly("unionYear", U, { executiveMeetings: 2 });
    const days = async (today: string) => {
      const answers = [await desk.on(today).send(activities), await desk.on(today).send(meetings)];
      return answers.map(({ outcome, record }) => [outcome, record?.content.asOf]);
    };
    expect(await days("2024-11-29")).toEqual([
      ["STORED", "2024-11-29"],
      ["STORED", "2024-11-29"],
    ]);
    await database.write((stores) =>
      Promise.all(
        ["activityReport", "unionYear"].map(async (kind) => {
          const [record] = await stores.records.reportedBy([await desk.id(kind === "unionYear" ? U : S)], kind);
          const content = { ...record!.content };
          delete content.asOf;
          const before = { ...record!, content, version: record!.version + 1 };
          await stores.records.save([{ record: before, isNew: false, subjects: [record!.unitId] }]);
        }),
      ),
    );
    expect(await days("2024-12-03")).toEqual([
      ["UNCHANGED", null],
      ["UNCHANGED", null],
    ]);
  });

  test("and what happened is dated by today at the latest, in every kind", async () => {
    const { A } = await branch();
    await desk.register(draft.school(`${A}-N`, A, { ownership: "PRIVATE" }));
    const ahead = { renewalTalksSince: "2025-09-01", voidSince: "2025-06-21", effectiveOn: "2023-11-01" };
    expect(refusals(await desk.send(report.agreement(`${A}-N`, ahead)))).toEqual([
      "OUT_OF_RANGE renewalTalksSince",
      "OUT_OF_RANGE voidSince",
    ]);
  });
});

describe("moving a unit", () => {
  test("takes it out of all above it and into all above its new place, in the years whose reference date lies on the day or after", async () => {
    const { P, A, B, U, S, schools } = await branch();
    await desk.submit(report.membership(S, 20, {}, { schoolYear: "2023-2024" }), report.membership(S, 30));
    expect((await desk.move(U, B, "2024-05-31")).outcome).toBe("STORED");
    expect(await schools(A)).toEqual([1, 0, 0]);
    expect(await schools(B)).toEqual([0, 1, 1]);
    expect(await schools(P)).toEqual([1, 1, 1]);
    expect((await desk.tally(B, "2023-2024")).members).toBe(20);
    expect((await desk.tally(B, "2024-2025")).members).toBe(30);
    expect((await desk.tally(U, "2022-2023")).schools).toBe(1);
  });

  test("on the day after the reference date leaves that year where it was", async () => {
    const { A, B, U, schools } = await branch();
    await desk.move(U, B, "2024-06-01");
    expect(await schools(A)).toEqual([1, 1, 0]);
    expect(await schools(B)).toEqual([0, 0, 1]);
  });

  test("regroups past years under today's tree", async () => {
    const { A, B, U } = await branch();
    await desk.move(U, B, "2025-06-10");
    expect((await desk.tally(A, "2024-2025")).schools).toBe(1);
    expect((await desk.tally(A, "2024-2025", {}, "TODAY")).schools).toBeUndefined();
    expect((await desk.tally(B, "2022-2023", {}, "TODAY")).schools).toBe(1);
  });

  test("there and back on the same day is as if nothing had been", async () => {
    const { A, B, U } = await branch();
    // The first move makes cells for the new line; they stay, with zeros.
    await desk.move(U, B, "2024-01-01");
    await desk.move(U, A, "2024-01-01");
    const before = withoutVersions(await database.dump());
    await desk.move(U, B, "2024-01-01");
    await desk.move(U, A, "2024-01-01");
    expect(withoutVersions(await database.dump())).toEqual(before);
  });

  test("to where it stands is no change", async () => {
    const { A, U } = await branch();
    const before = await database.dump();
    expect((await desk.move(U, A, "2024-01-01")).outcome).toBe("UNCHANGED");
    expect(await database.dump()).toEqual(before);
  });

  test.each<[string, (units: Awaited<ReturnType<typeof branch>>) => ReturnType<Desk["move"]>, string]>([
    ["under itself", ({ U }) => desk.move(U, U, "2024-01-01"), "WRONG_LEVEL parent"],
    ["under what stands below it", ({ A, U }) => desk.move(A, U, "2024-01-01"), "WRONG_LEVEL parent"],
    ["under its own level", ({ A, B }) => desk.move(A, B, "2024-01-01"), "WRONG_LEVEL parent"],
    ["before it opened", ({ B, U }) => desk.move(U, B, "2009-01-01"), "UNIT_CLOSED on"],
    ["on no day", ({ B, U }) => desk.move(U, B, "2023-02-29"), "INVALID on"],
    ["under nobody", ({ U }) => desk.move(U, "NOBODY", "2024-01-01"), "UNIT_NOT_FOUND parent"],
    ["of another version", ({ B, U }) => desk.move(U, B, "2024-01-01", 5), "VERSION_CONFLICT expectedVersion"],
  ])("%s is refused", async (_, move, problem) => {
    const units = await branch();
    const before = await database.dump();
    expect(refusals(await move(units))).toEqual([problem]);
    expect(await database.dump()).toEqual(before);
  });

  test("under a unit that has closed, or opens later, is refused", async () => {
    const { B, P, U } = await branch();
    await desk.close(B, "2024-02-01");
    await desk.register(draft.district(`LATER${count}`, P, { openedOn: "2025-07-01" }));
    expect(refusals(await desk.move(U, B, "2024-01-01"))).toEqual(["OUTSIDE_PARENT_LIFE parent"]);
    expect(refusals(await desk.move(U, `LATER${count}`, "2025-06-30"))).toEqual(["OUTSIDE_PARENT_LIFE parent"]);
    expect((await desk.move(U, `LATER${count}`, "2025-07-01")).outcome).toBe("STORED");
  });
});

describe("closing a unit", () => {
  test("takes it out of the years whose reference date lies on the day or after", async () => {
    const { P, A, S, schools } = await branch();
    await desk.send(report.membership(S, 20, {}, { schoolYear: "2022-2023" }));
    await desk.close(S, "2024-05-31");
    for (const code of [A, P]) expect(await schools(code)).toEqual([1, 0, 0]);
    expect((await desk.tally(P, "2022-2023")).members).toBe(20);
  });

  test("on the day after the reference date leaves that year", async () => {
    const { P, S, schools } = await branch();
    await desk.close(S, "2024-06-01");
    expect(await schools(P)).toEqual([1, 1, 0]);
  });

  test("is refused while others stand below it, with their names; three of many are named", async () => {
    const { A, U, S } = await branch();
    const more = ["K", "L", "M"].map((letter) => `${letter}${count}`);
    await desk.register(...more.map((code) => draft.school(code, U)));
    const before = await database.dump();
    const refused = await desk.close(U, "2025-01-01");
    expect(refusals(refused)).toEqual(["OUTSIDE_PARENT_LIFE unit"]);
    expect(await database.dump()).toEqual(before);
    expect(refused.problems[0]!.message.en).toMatch(/^4 units still stand below it on or after 2025-01-01 \((.+, ){3}…\)/);
    for (const code of more) await desk.close(code, "2025-01-01");
    expect((await desk.close(U, "2025-01-01")).problems[0]!.message.en).toContain(`(${S})`);
    expect(refusals(await desk.close(A, "2025-01-01"))).toEqual(["OUTSIDE_PARENT_LIFE unit"]);
  });

  test("is allowed once what stood below it has been moved on that day", async () => {
    const { A, B, U, schools } = await branch();
    await desk.move(U, B, "2024-08-01");
    expect((await desk.close(A, "2024-08-01")).outcome).toBe("STORED");
    expect(await schools(A)).toEqual([1, 1, 0]);
    expect((await desk.tally(B, "2022-2023", {}, "TODAY")).schools).toBe(1);
  });

  test("leaves its figures in today's tree with the nearest ancestor that still stands", async () => {
    const { A, B, S } = await branch();
    await desk.close(S, "2024-08-01");
    expect((await desk.tally(A, "2023-2024", {}, "TODAY")).schools).toBe(1);
    expect((await desk.tally(B, "2023-2024", {}, "TODAY")).schools).toBeUndefined();
  });

  test.each<[string, string, string]>([
    ["before it opened", "2010-01-01", "UNIT_CLOSED on"],
    ["on no day", "31.12.2024", "INVALID on"],
  ])("%s is refused", async (_, on, problem) => {
    const { S } = await branch();
    expect(refusals(await desk.close(S, on))).toEqual([problem]);
  });

  test("twice on one day is no change, later than it closed is refused, earlier moves the day", async () => {
    const { S, schools, P } = await branch();
    await desk.close(S, "2024-08-01");
    expect((await desk.close(S, "2024-08-01")).outcome).toBe("UNCHANGED");
    expect(refusals(await desk.close(S, "2024-09-01"))).toEqual(["UNIT_CLOSED on"]);
    expect((await desk.close(S, "2023-08-01")).outcome).toBe("STORED");
    expect(await schools(P)).toEqual([1, 0, 0]);
  });
});

describe("reopening a unit", () => {
  test("on the day of its closing undoes it exactly", async () => {
    const { S } = await branch();
    await desk.send(report.conference(S));
    const before = withoutVersions(await database.dump());
    await desk.close(S, "2024-01-01");
    expect(withoutVersions(await database.dump())).not.toEqual(before);
    await desk.reopen(S, "2024-01-01");
    expect(withoutVersions(await database.dump())).toEqual(before);
  });

  test("later leaves the years between without it, under another parent if one is named", async () => {
    const { A, B, S, schools } = await branch();
    await desk.close(S, "2024-01-01");
    expect((await desk.reopen(S, "2025-01-01", B)).outcome).toBe("STORED");
    expect(await schools(A)).toEqual([1, 0, 0]);
    expect(await schools(B)).toEqual([0, 0, 1]);
  });

  test("while it is open, before it ever opened or under a closed parent is refused", async () => {
    const { A, U, S } = await branch();
    expect(refusals(await desk.reopen(S, "2024-01-01"))).toEqual(["RULE on"]);
    expect(refusals(await desk.reopen(S, "2009-01-01"))).toEqual(["OUT_OF_RANGE on"]);
    await desk.close(S, "2024-01-01");
    await desk.close(U, "2024-01-01");
    expect(refusals(await desk.reopen(S, "2024-01-01"))).toEqual(["OUTSIDE_PARENT_LIFE parent"]);
    expect(refusals(await desk.reopen(S, "2024-01-01", "NOBODY"))).toEqual(["UNIT_NOT_FOUND parent"]);
    expect((await desk.reopen(S, "2024-01-01", A)).outcome).toBe("STORED");
  });
});
