import { openTestDatabase, type TestDatabase } from "../database.js";
import { caller, Desk, draft, noon, refusals, report, schoolYear } from "../desk.js";

let database: TestDatabase;
let desk: Desk;

beforeAll(async () => {
  database = await openTestDatabase();
  desk = new Desk(database);
  await desk.register(
    draft.province("P"),
    draft.district("D", "P"),
    draft.union("U", "D"),
    ...["A", "B", "C", "E", "F"].map((code) => draft.school(code, "U")),
  );
  await desk.openYear(schoolYear(2024));
});
afterAll(() => database.close());

const versionsOf = (recordId: string) => database.read((stores) => stores.records.versions([{ recordId, from: 1, to: 9 }]));

describe("a correction", () => {
  test("moves every level by the difference", async () => {
    await desk.send(report.membership("A", 20));
    const before = await Promise.all(["A", "U", "D", "P"].map((code) => desk.tally(code)));
    const result = await desk.send(report.membership("A", 23, { admitted: 3 }, { expectedVersion: 1 }));
    expect(result).toMatchObject({ outcome: "STORED", record: { version: 2 } });
    for (const [level, code] of ["A", "U", "D", "P"].entries())
      expect(await desk.tally(code)).toEqual({
        ...before[level],
        members: 23,
        workers: 28,
        membersAtStart: 23,
        organisedMembers: 23,
        organisableWorkers: 28,
        membersAtStartContinuing: 23,
        membersAdmitted: 3,
        organicGain: 3,
        membershipBalanceYes: undefined,
        membershipBalanceNo: 1,
      });
  });

  test("keeps every former version with who, when and why", async () => {
    const first = new Desk(database, { ...caller("ADMINISTRATOR"), name: "App of Cao Bằng", tokenId: "app" }, "2025-06-01");
    const second = new Desk(database, { ...caller("ADMINISTRATOR"), name: "Clerk" }, "2025-06-09", "DOCUMENT");
    const { record } = await first.send(report.conference("B", { present: 20, votesFor: 20 }));
    await second.send(report.conference("B", { present: 21, votesFor: 21 }, { expectedVersion: 1, reason: "one came late" }));
    await first.withdraw("conference", record!.recordId, "another school", 2);
    const common = { recordId: record!.recordId };
    expect(await versionsOf(record!.recordId)).toMatchObject([
      {
        ...common,
        version: 3,
        state: "WITHDRAWN",
        content: { present: 21 },
        provenance: "DOCUMENT",
        recordedBy: "App of Cao Bằng",
        recordedAt: noon("2025-06-01"),
        reason: "another school",
      },
      {
        ...common,
        version: 2,
        state: "STANDING",
        content: { present: 21 },
        provenance: "DOCUMENT",
        recordedBy: "Clerk",
        recordedAt: noon("2025-06-09"),
        reason: "one came late",
      },
      {
        ...common,
        version: 1,
        state: "STANDING",
        content: { present: 20 },
        provenance: "REPORTED",
        recordedBy: "App of Cao Bằng",
        recordedAt: noon("2025-06-01"),
        reason: null,
      },
    ]);
  });

  test.each<[string, number | null, string]>([
    ["without the version that it corrects", null, "at version 1. To correct it send it again with expectedVersion: 1."],
    ["of an older version", 0, "has version 1, you expected 0."],
    ["of a version that is yet to come", 2, "has version 1, you expected 2."],
  ])("%s is refused and shown what stands", async (_, expectedVersion, message) => {
    await desk.send(report.conference("C"));
    const before = await database.dump();
    const result = await desk.send(report.conference("C", { present: 25, votesFor: 25 }, { expectedVersion }));
    expect(refusals(result)).toEqual(["VERSION_CONFLICT expectedVersion"]);
    expect(result.problems[0]!.message.en).toContain(message);
    expect(result.record).toMatchObject({ version: 1, content: { present: 28 } });
    expect(await database.dump()).toEqual(before);
  });

  test("that was stored, but whose answer was lost, may be sent again: nothing changes, and nothing differs", async () => {
    const correction = report.conference("C", { present: 26, votesFor: 26 }, { expectedVersion: 1 });
    expect((await desk.send(correction)).outcome).toBe("STORED");
    const before = await database.dump();
    const again = await desk.send(correction);
    expect(again).toMatchObject({ outcome: "REJECTED", record: { version: 2 }, problems: [{ code: "VERSION_CONFLICT", differing: [] }] });
    expect(await database.dump()).toEqual(before);
  });

  test("of a stale version is told so together with everything else that is wrong, and what stands now", async () => {
    await desk.send(report.membership("F", 20));
    const result = await desk.send(report.membership("F", 20, { admitted: -1 }, { expectedVersion: 7 }));
    expect(refusals(result)).toEqual(["OUT_OF_RANGE admitted", "VERSION_CONFLICT expectedVersion"]);
    expect(result.record).toMatchObject({ version: 1, state: "STANDING" });
  });

  test("that says what was said before is a version of its own", async () => {
    const result = await desk.send(report.conference("C", {}, { expectedVersion: 2 }));
    expect(result).toMatchObject({ outcome: "STORED", record: { version: 3, content: { present: 28 } } });
  });
});

describe("a withdrawal", () => {
  test("takes the record out of every number and leaves its denominators", async () => {
    const before = await Promise.all(["E", "U", "D", "P"].map((code) => desk.tally(code)));
    const { record } = await desk.send(report.conference("E"));
    expect(await desk.withdraw("conference", record!.recordId)).toMatchObject({
      outcome: "STORED",
      record: { version: 2, state: "WITHDRAWN" },
    });
    expect(await Promise.all(["E", "U", "D", "P"].map((code) => desk.tally(code)))).toEqual(before);
    expect(before[0]).toMatchObject({ staffConferenceNoReport: 1 });
  });

  test("done twice changes nothing", async () => {
    const { record } = await desk.send(report.membership("E"));
    await desk.withdraw("membershipReport", record!.recordId);
    const before = await database.dump();
    expect((await desk.withdraw("membershipReport", record!.recordId, "again", 1)).outcome).toBe("UNCHANGED");
    expect(await database.dump()).toEqual(before);
  });

  test("lets the record be sent again, with or without its version", async () => {
    const { record } = await desk.send(report.conference("F"));
    await desk.withdraw("conference", record!.recordId);
    const again = await desk.send(report.conference("F"));
    expect(again).toMatchObject({ outcome: "STORED", record: { recordId: record!.recordId, version: 3, state: "STANDING" } });
    await desk.withdraw("conference", record!.recordId);
    expect(refusals(await desk.send(report.conference("F", {}, { expectedVersion: 2 })))).toEqual(["VERSION_CONFLICT expectedVersion"]);
    expect((await desk.send(report.conference("F", {}, { expectedVersion: 4 }))).record!.version).toBe(5);
    expect((await desk.tally("F")).staffConferenceYes).toBe(1);
  });

  test.each<[string, string, number | null, string]>([
    ["without a reason", " \u200b\t".replace("\u200b", ""), null, "REQUIRED reason"],
    ["with a reason too long", "x".repeat(501), null, "OUT_OF_RANGE reason"],
    ["of another version", "sent twice", 9, "VERSION_CONFLICT expectedVersion"],
  ])("%s is refused", async (_, reason, expectedVersion, problem) => {
    const { record } = await desk.send(report.membership("F", 30));
    const before = await database.dump();
    expect(refusals(await desk.withdraw("membershipReport", record!.recordId, reason, expectedVersion))).toEqual([problem]);
    expect(await database.dump()).toEqual(before);
  });

  test("of a record of another kind, or of none, finds nothing", async () => {
    const { record } = await desk.send(report.conference("A"));
    expect(refusals(await desk.withdraw("membershipReport", record!.recordId))).toEqual(["RECORD_NOT_FOUND record"]);
    expect(refusals(await desk.withdraw("conference", "'; DROP TABLE record; --"))).toEqual(["RECORD_NOT_FOUND record"]);
  });

  test("tried first leaves everything as it is", async () => {
    const { record } = await desk.send(report.conference("A"));
    const before = await database.dump();
    expect((await desk.trying().withdraw("conference", record!.recordId)).outcome).toBe("STORED");
    expect(await database.dump()).toEqual(before);
  });
});
