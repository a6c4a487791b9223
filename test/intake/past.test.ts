import { openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, draft, refusals, report, schoolYear } from "../desk.js";

let database: TestDatabase;
let desk: Desk;
/** The stewards of the province that a district, and a union, left on 1 July 2024, and of the one to which they went. */
let [cb, hn]: [Desk, Desk] = [null!, null!];

beforeEach(async () => {
  database = await openTestDatabase();
  desk = new Desk(database);
  await desk.register(draft.province("CB"), draft.province("HN"));
  await desk.register(draft.district("CB-TP", "CB"), draft.district("CB-D", "CB"), draft.district("HN-TT", "HN"));
  await desk.register(draft.union("U", "CB-TP"), draft.school("D-S", "CB-D"));
  await desk.register(
    draft.school("S", "U"),
    draft.school("P1", "U", { ownership: "PRIVATE" }),
    draft.school("P2", "CB-TP", { ownership: "PRIVATE" }),
  );
  for (const first of [2022, 2023, 2024]) await desk.openYear(schoolYear(first));
  await desk.submit(...["S", "D-S"].map((unit) => report.conference(unit, { heldOn: "2022-09-25" }, { schoolYear: "2022-2023" })));
  for (const [unit, parent] of [
    ["U", "HN-TT"],
    ["CB-D", "HN"],
  ] as const)
    expect((await desk.move(unit, parent, "2024-07-01")).outcome).toBe("STORED");
  cb = await desk.of("STEWARD", "CB");
  hn = await desk.of("STEWARD", "HN");
});
afterEach(() => database.close());

/** A change is refused with FORBIDDEN alone, and nothing has moved. */
async function expectForbidden(field: string | null, change: () => Promise<unknown>): Promise<void> {
  const before = await database.dump();
  const answer = [await change()].flat()[0] as Parameters<typeof refusals>[0];
  expect([...new Set(refusals(answer))]).toEqual([field === null ? "FORBIDDEN" : `FORBIDDEN ${field}`]);
  expect(await database.dump()).toEqual(before);
}

describe("a move takes no past away from the branch that the unit left", () => {
  test("a profile is not corrected back into its years", async () => {
    await expectForbidden("from", () => hn.update("S", { ownership: "PRIVATE" }));
    await expectForbidden("from", () => hn.update("S", { name: "Trường Tiểu học Sông Hiến" }));
    expect((await hn.update("S", { ownership: "PRIVATE", from: "2024-07-01" })).outcome).toBe("STORED");
  });

  test("nor is that of a unit below the moved one, on a day before the move", async () => {
    await expectForbidden("from", () => hn.update("S", { ownership: "PRIVATE", from: "2022-01-01" }));
    await expectForbidden("on", () => hn.close("S", "2023-01-01"));
  });

  test("no directive judges its years anew, nor is one of then withdrawn", async () => {
    const setting = (label: string) => [
      { indicator: "staffConferenceCompletion", schoolYear: label, deadline: `${label.slice(0, 4)}-09-20` },
    ];
    const given = (label: string, more = {}) => report.directive("CB-D", setting(label), { number: "2", issuedOn: "2022-09-01", ...more });
    await expectForbidden(null, () => hn.send(given("2022-2023")));
    const { record } = await desk.send(given("2022-2023"));
    await expectForbidden(null, () => hn.withdraw("directive", record!.recordId));
    expect((await hn.send({ ...given("2022-2023", { title: "Công văn" }), expectedVersion: 1 })).outcome).toBe("STORED");
    expect((await hn.send(given("2024-2025", { number: "3" }))).outcome).toBe("STORED");
  });

  test("no record is stored, corrected or withdrawn in them", async () => {
    const of = (label: string, more = {}) =>
      report.conference("S", { heldOn: `${label.slice(0, 4)}-09-26`, ...more }, { schoolYear: label });
    await expectForbidden(null, () => hn.send(of("2023-2024")));
    const stored = await desk.send({ ...of("2022-2023"), expectedVersion: 1 });
    await expectForbidden(null, () => hn.send({ ...of("2022-2023", { votesFor: 20 }), expectedVersion: 2 }));
    await expectForbidden(null, () => hn.withdraw("conference", stored.record!.recordId));
    expect((await hn.send(of("2024-2025"))).outcome).toBe("STORED");
  });

  test("no record of many years counts in them, also not through a school that it covers", async () => {
    await expectForbidden(null, () =>
      hn.send(report.agreement("P1", { signedOn: "2022-10-01", filedOn: "2022-10-05", expiresOn: "2024-09-30" })),
    );
    await expectForbidden(null, () =>
      hn.send(report.agreement("HN-TT", { signedOn: "2022-10-01", filedOn: "2022-10-05", schools: ["P1"] })),
    );
    const later = { signedOn: "2024-10-01", filedOn: "2024-10-05", expiresOn: "2026-09-30" };
    expect((await hn.send(report.agreement("P1", later))).outcome).toBe("STORED");
  });

  test("a year in which a unit does not count is nobody's", async () => {
    const days = { openedOn: "2024-06-10", ownership: "PRIVATE" } as const;
    await desk.register(draft.school("LATER", "CB-TP", days), draft.school("AGAIN", "CB-TP", { ownership: "PRIVATE" }));
    await desk.move("LATER", "HN-TT", "2024-07-01");
    await desk.close("AGAIN", "2024-01-15");
    await desk.reopen("AGAIN", "2024-07-01", "HN-TT");
    expect((await hn.update("LATER", { name: "Trường Tư thục Sông Hiến", ownership: "COMMUNITY" })).outcome).toBe("STORED");
    const of = (label: string) => report.conference("AGAIN", { heldOn: `${label.slice(0, 4)}-09-26` }, { schoolYear: label });
    // What it did in 2023-2024 until it closed counts in the city that it left.
    for (const label of ["2023-2024", "2022-2023"]) await expectForbidden(null, () => hn.send(of(label)));
    await expectForbidden("from", () => hn.update("AGAIN", { ownership: "COMMUNITY" }));
  });

  test("no unit is registered into them", async () => {
    await expectForbidden("openedOn", () => hn.register(draft.school("NEW", "U", { openedOn: "2022-09-01" })));
    expect((await hn.register(draft.school("NEW", "U", { openedOn: "2024-07-01" })))[0]?.outcome).toBe("STORED");
  });

  test("the refusal says for which unit and year, and who finds the unit and keeps that time", async () => {
    const refusal = async (unit: string) =>
      (await hn.send(report.conference(unit, {}, { schoolYear: "2023-2024" }))).problems[0]!.message.en;
    const of = (unit: string) =>
      `This would change figures of ${unit} in 2023-2024: they stood in another branch then, which keeps that time. `;
    expect(await refusal("D-S")).toBe(`${of("D-S")}Ask somebody of Đơn vị CB-D.`);
    expect(await refusal("S")).toBe(`${of("S")}Ask an administrator.`);
  });

  test("nor does a closing of then lose its keeper: whoever may open the report again is named", async () => {
    expect((await cb.closePeriod("CB", { schoolYear: "2022-2023" })).outcome).toBe("STORED");
    const { problems } = await desk.send(report.membership("S", 20, {}, { schoolYear: "2022-2023" }));
    expect(problems.map(({ message }) => message.en)).toEqual([
      "This would change what is locked of S in 2022-2023. Đơn vị CB closed the whole year 2022-2023 on 2025-06-20; ask an administrator to reopen the report of this unit.",
    ]);
  });

  test("a directive is judged by what is in force with it: one that another overrules touches nobody's time", async () => {
    const setting = [{ indicator: "staffConferenceCompletion", schoolYear: "2022-2023", deadline: "2022-09-20" }];
    const of = (number: string, day: string) => report.directive("CB-D", setting, { number, issuedOn: day });
    await desk.send(of("2", "2022-09-02"));
    expect((await hn.send(of("1", "2022-09-01"))).outcome).toBe("STORED");
    await expectForbidden(null, () =>
      hn.send(report.directive("CB-D", [{ ...setting[0], deadline: "2022-09-25" }], { number: "3", issuedOn: "2022-09-03" })),
    );
  });

  test("a line without a federation is the past of its union, or of the school that stood alone", async () => {
    await desk.register({ ...draft.union("R", ""), parent: null }, { ...draft.school("ALONE", ""), parent: null });
    await desk.register(draft.school("R-S", "R"));
    for (const unit of ["R-S", "ALONE"]) expect((await desk.move(unit, "HN-TT", "2024-07-01")).outcome).toBe("STORED");
    const past = (unit: string) => report.membership(unit, 20, {}, { schoolYear: "2023-2024" });
    await expectForbidden(null, () => hn.send(past("R-S")));
    expect((await hn.send(past("ALONE"))).outcome).toBe("STORED");
    expect((await desk.move("R", "HN", "2024-07-01")).outcome).toBe("STORED");
    expect((await hn.send(past("R-S"))).outcome).toBe("STORED");
  });

  test("the branch that it left does not see it any more, and an administrator may", async () => {
    expect(refusals(await cb.update("S", { ownership: "PRIVATE" }))).toEqual(["UNIT_NOT_FOUND unit"]);
    expect((await desk.update("S", { ownership: "PRIVATE", from: "2022-01-01" })).outcome).toBe("STORED");
  });
});

test("the past of a federation that has ended passes to whoever stands above it", async () => {
  expect((await desk.move("P2", "CB", "2025-06-10")).outcome).toBe("STORED");
  expect((await desk.close("CB-TP", "2025-06-10")).outcome).toBe("STORED");
  const past = report.membership("P2", 20, {}, { schoolYear: "2023-2024" });
  expect((await cb.send(past)).outcome).toBe("STORED");
});

test("the past of a district that ended with its province passes to the province into which that was merged, however often", async () => {
  await desk.register(draft.province("DN"), draft.district("QN-D", "HN"), draft.school("Q", "QN-D"));
  const on = "2025-06-10";
  for (const [unit, parent] of [
    ["Q", "DN"],
    ["HN-TT", "DN"],
    ["CB-D", "DN"],
  ] as const)
    expect((await desk.move(unit, parent, on)).outcome).toBe("STORED");
  expect((await desk.close("QN-D", on)).outcome).toBe("STORED");
  const between = draft.province("MID", null, { openedOn: "2025-06-01" });
  expect((await desk.register(between))[0]?.outcome).toBe("STORED");
  expect(refusals(await desk.close("HN", on, null, { reason: "MERGED", successors: ["MID"] }))).toEqual([]);
  expect(refusals(await desk.close("MID", "2025-06-12", null, { reason: "MERGED", successors: ["DN"] }))).toEqual([]);
  const dn = await desk.of("STEWARD", "DN");
  expect((await dn.send(report.membership("Q", 20, {}, { schoolYear: "2023-2024" }))).outcome).toBe("STORED");
});

describe("what a correction does not name because its caller does not see it stays as it is", () => {
  test("a school that an agreement covers and that has moved away since", async () => {
    const ended = { schools: ["P1", "P2"], signedOn: "2021-10-01", filedOn: "2021-10-05", expiresOn: "2023-09-30" };
    await desk.send(report.agreement("CB-TP", ended));
    const corrected = report.agreement("CB-TP", { ...ended, schools: ["P2"], remark: "Bản sao" }, { expectedVersion: 1 });
    const { outcome, record } = await cb.send(corrected);
    expect([outcome, record?.content.schools]).toEqual(["STORED", [await desk.id("P1"), await desk.id("P2")].sort()]);
    expect(await desk.tally("P1", "2022-2023")).toMatchObject({ agreementYes: 1 });
    expect((await cb.send({ ...corrected, expectedVersion: 2 })).outcome).toBe("UNCHANGED");
    expect((await cb.send(report.agreement("CB-TP", { ...ended, schools: [] }, { expectedVersion: 2 }))).record?.content.schools).toEqual([
      await desk.id("P1"),
    ]);
  });

  test("a member of an emulation cluster; what is named anew joins it", async () => {
    await desk.register(draft.district("CB-E", "CB"));
    await desk.send(report.cluster("CB", ["CB-TP", "CB-D"]));
    const { outcome, record } = await cb.send({ ...report.cluster("CB", ["CB-E"]), expectedVersion: 1 });
    expect([outcome, record?.content.members]).toEqual(["STORED", [await desk.id("CB-D"), await desk.id("CB-E")].sort()]);
  });
});

describe("an accepted report", () => {
  const covering = (schools: string[], more = {}) =>
    report.agreement("U", { schools, signedOn: "2024-10-01", filedOn: "2024-10-05", expiresOn: "2026-09-30", ...more });
  beforeEach(async () => {
    await desk.register(draft.school("P3", "U", { ownership: "PRIVATE" }));
    await desk.actOn("SUBMIT", "P3");
    expect((await (await desk.of("STEWARD", "HN-TT")).actOn("ACCEPT", "P3")).outcome).toBe("STORED");
  });

  test("keeps its figures also where an agreement of its union names the school", async () => {
    const { outcome, hints } = await hn.send(covering(["P1", "P3"]));
    expect([outcome, hints?.map(({ en }) => en)]).toEqual(["STORED", [expect.stringMatching(/does not count for P3 in 2024-2025, as/)]]);
    expect([await desk.tally("P1"), await desk.tally("P3")]).toMatchObject([{ agreementYes: 1 }, { agreementNoReport: 1 }]);
  });

  test("and against rows of a batch that only together change a figure", async () => {
    expect((await desk.actOn("REOPEN", "P3", { reason: "bổ sung" })).outcome).toBe("STORED");
    const first = await desk.send(covering(["P1", "P3"], { reference: "01" }));
    const second = await desk.send(covering(["P1", "P3"], { reference: "02" }));
    expect([first.outcome, second.outcome]).toEqual(["STORED", "STORED"]);
    await desk.actOn("SUBMIT", "P3");
    await (await desk.of("STEWARD", "HN-TT")).actOn("ACCEPT", "P3");
    const narrowed = (reference: string) => ({ ...covering(["P1"], { reference }), expectedVersion: 1 });
    const answers = await hn.submit(narrowed("01"), narrowed("02"));
    expect(answers.map(refusals)).toEqual([[], ["PERIOD_LOCKED"]]);
    expect(await desk.tally("P3")).toMatchObject({ agreementYes: 1 });
  });
});
