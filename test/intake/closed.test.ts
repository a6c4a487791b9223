import { audit } from "../../src/ledger/audit.js";
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
    expect(refusals(answer)).toEqual([field === null ? "PERIOD_LOCKED" : `PERIOD_LOCKED ${field}`]);
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
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^This would change figures of (S in 2023-2024, U in 2023-2024|U in 2023-2024, S in 2023-2024)\. Đơn vị P closed the whole year 2023-2024 on 2025-06-20/,
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

describe("a directive", () => {
  const setting = (label: string, day = "09-20") => ({
    ...{ indicator: "staffConferenceCompletion", schoolYear: label, deadline: `${label.slice(0, 4)}-${day}` },
  });

  test("does not judge a closed year anew", async () => {
    await expectLocked(null, (by) => by.send(report.directive("D", [setting("2023-2024")], { issuedOn: "2023-09-01" })));
    expect((await province.send(report.directive("D", [setting("2024-2025")]))).outcome).toBe("STORED");
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
