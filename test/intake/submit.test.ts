import { openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, draft, refusals, report, schoolYear } from "../desk.js";

let database: TestDatabase;
let desk: Desk;

beforeAll(async () => {
  database = await openTestDatabase();
  desk = new Desk(database);
  const nursery = { schoolLevel: "PRESCHOOL" as const, ownership: "PRIVATE" as const };
  await desk.register(
    draft.province("CB"),
    draft.district("CB-TP", "CB"),
    draft.union("U", "CB-TP"),
    draft.union("N", "CB-TP", { kind: "OCCUPATIONAL" }),
  );
  await desk.register(
    ...["S1", "S2", "S3"].map((code) => draft.school(code, "U")),
    draft.school("P1", "U", nursery),
    draft.school("LATE", "U", { openedOn: "2025-06-01" }),
  );
  await desk.openYear(schoolYear(2024));
});
afterAll(() => database.close());

describe("a row is refused with all its problems at once, each with the path of its field", () => {
  test.each<[string, Parameters<Desk["send"]>[0], string[]]>([
    ["a negative number", report.conference("S1", { present: -1 }), ["OUT_OF_RANGE present"]],
    ["a huge number", report.conference("S1", { workers: 20_000_001 }), ["OUT_OF_RANGE workers"]],
    ["a number beyond all integers", report.membership("S1", 1, { membersClosing: 1e300 }), ["OUT_OF_RANGE membersClosing"]],
    ["half a person", report.membership("S1", 1, { membersClosing: 1.5 }), ["INVALID membersClosing"]],
    ["a number as text", report.membership("S1", 1, { membersClosing: "1" }), ["INVALID membersClosing"]],
    ["a day that no calendar has", report.conference("S1", { heldOn: "2024-02-30" }), ["INVALID heldOn"]],
    ["a day as people write it", report.conference("S1", { heldOn: "25/09/2024" }), ["INVALID heldOn"]],
    ["a day to come", report.conference("S1", { heldOn: "2025-06-21" }), ["OUT_OF_RANGE heldOn"]],
    ["nothing", { ...report.conference("S1"), content: {} }, ["REQUIRED heldOn", "REQUIRED convened", "REQUIRED present"]],
    [
      "an unreadable day beside other faults",
      report.conference("S1", { heldOn: "soon", workers: 20, convened: 30, present: 31, attempt: 3 }),
      ["INVALID heldOn", "RULE convened", "RULE present", "OUT_OF_RANGE attempt"],
    ],
    ["a text too long", report.conference("S1", { remark: "𠀀".repeat(501) }), ["OUT_OF_RANGE remark"]],
    ["a reason too long", report.conference("S1", {}, { reason: "x".repeat(501) }), ["OUT_OF_RANGE reason"]],
    ["a kind of conference that such schools do not hold", report.conference("P1", { type: "STAFF_CONFERENCE" }), ["WRONG_LEVEL type"]],
    ["a conference of a union", report.conference("U"), ["WRONG_LEVEL unit"]],
    ["a conference of a federation", report.conference("CB-TP"), ["WRONG_LEVEL unit"]],
    ["a membership report of a federation", report.membership("CB-TP"), ["WRONG_LEVEL unit"]],
    ["a directive of a school", report.directive("S1", []), ["WRONG_LEVEL unit"]],
    ["a directive of a union", report.directive("U", []), ["WRONG_LEVEL unit"]],
    ["an agreement of a public school", report.agreement("S1"), ["WRONG_LEVEL schools.0"]],
    ["an agreement that covers a union", report.agreement("U", { schools: ["P1", "U"] }), ["WRONG_LEVEL schools.1"]],
    [
      "an agreement that covers schools that are not there",
      report.agreement("U", { schools: ["X", "P1", "A"] }),
      ["UNIT_NOT_FOUND schools.0", "UNIT_NOT_FOUND schools.2"],
    ],
    [
      "an agreement of whose schools one cannot be read, one is not there and one is public",
      report.agreement("U", { schools: ["P1", "x".repeat(65), "X", "S1"] }),
      ["OUT_OF_RANGE schools.1", "UNIT_NOT_FOUND schools.2", "WRONG_LEVEL schools.3"],
    ],
    [
      "a cluster whose members cannot be read, or are not there",
      report.cluster("CB", ["", "X"]),
      ["INVALID members.0", "UNIT_NOT_FOUND members.1"],
    ],
    ["an amendment to come", report.agreement("P1", { amendedOn: ["2026-01-01", "2024-01-01"] }), ["OUT_OF_RANGE amendedOn.0"]],
    ["a school that opened after the year", report.membership("LATE"), ["UNIT_CLOSED unit"]],
    ["no school year", report.conference("S1", {}, { schoolYear: null }), ["REQUIRED schoolYear"]],
    ["a school year that was not opened", report.conference("S1", {}, { schoolYear: "2030-2031" }), ["SCHOOL_YEAR_NOT_FOUND schoolYear"]],
    [
      "a version of a record that is not there",
      report.membership("S3", 1, {}, { expectedVersion: 3 }),
      ["VERSION_CONFLICT expectedVersion"],
    ],
    [
      "everything at once",
      report.conference("NOWHERE", { present: -5, workers: "many", heldOn: "soon" }, { schoolYear: "2030-2031" }),
      ["UNIT_NOT_FOUND unit", "INVALID heldOn", "INVALID workers", "OUT_OF_RANGE present", "SCHOOL_YEAR_NOT_FOUND schoolYear"],
    ],
    [
      "wrong fields and wrong rules together",
      report.conference("S1", { votesFor: 31, attempt: 3, sixMonthReviewOn: "2024" }),
      ["INVALID sixMonthReviewOn", "RULE votesFor", "OUT_OF_RANGE attempt"],
    ],
    [
      "one wrong setting of a directive",
      report.directive("CB", [
        { indicator: "members", schoolYear: "2024-2025", target: 5 },
        { indicator: "nothing", schoolYear: "2025-2026", deadline: "2025-10-01" },
      ]),
      ["INDICATOR_NOT_FOUND settings.1.indicator", "SCHOOL_YEAR_NOT_FOUND settings.1.schoolYear"],
    ],
  ])("%s", async (_, sent, problems) => {
    const before = await database.dump();
    const result = await desk.send(sent);
    expect(refusals(result)).toEqual(problems);
    for (const { message } of result.problems) expect(message.en).toMatch(/[.)?]$/);
    expect(await database.dump()).toEqual(before);
  });
});

describe("a batch", () => {
  test("of any kinds is answered row by row; a refused row hinders no other", async () => {
    const results = await desk.submit(
      report.conference("S1", { present: 31 }),
      report.conference("S2"),
      report.membership("NOWHERE"),
      report.membership("S2", 30),
      report.agreement("P1"),
      report.directive("CB-TP", []),
      report.figure("CB", { indicator: "members", value: 40 }),
      report.membership("N", 12, { peopleCounted: "OTHERS_ONLY", workersClosing: 0, workersOpening: 0 }),
    );
    expect(results.map(({ outcome }) => outcome)).toEqual([
      "REJECTED",
      "STORED",
      "REJECTED",
      "STORED",
      "STORED",
      "STORED",
      "STORED",
      "STORED",
    ]);
    expect(await desk.tally("CB")).toMatchObject({ staffConferenceYes: 1, members: 42, agreementYes: 1 });
    expect((await desk.tally("S1")).staffConferenceNoReport).toBe(1);
  });

  test("takes an equal row twice and stores it once", async () => {
    const results = await desk.submit(report.conference("S3"), report.conference("S3"));
    expect(results.map(({ outcome }) => outcome)).toEqual(["STORED", "UNCHANGED"]);
    expect(results[1]!.record).toEqual(results[0]!.record);
  });

  test("refuses the second of two rows that contradict each other", async () => {
    const results = await desk.submit(report.membership("S3", 10), report.membership("S3", 11));
    expect(results.map(({ outcome }) => outcome)).toEqual(["STORED", "REJECTED"]);
    expect(refusals(results[1]!)).toEqual(["REPEATED unit"]);
    expect((await desk.tally("S3")).members).toBe(10);
  });

  test("sent again after a lost answer changes nothing and answers the same records", async () => {
    const rows = [report.conference("S2"), report.membership("S2", 30)];
    const before = await database.dump();
    const results = await desk.submit(...rows);
    expect(results.map(({ outcome, record }) => [outcome, record?.version])).toEqual([
      ["UNCHANGED", 1],
      ["UNCHANGED", 1],
    ]);
    expect(await database.dump()).toEqual(before);
  });

  test("tried first is answered as it then is, and changes nothing", async () => {
    const rows = [report.conference("S1"), report.membership("S1", -1), report.membership("S2", 31)];
    const before = await database.dump();
    const tried = await desk.trying().submit(...rows);
    expect(await database.dump()).toEqual(before);
    const real = await desk.submit(...rows);
    expect(tried.map(({ outcome, problems, findings }) => ({ outcome, problems, findings }))).toEqual(
      real.map(({ outcome, problems, findings }) => ({ outcome, problems, findings })),
    );
    expect(real.map(({ outcome }) => outcome)).toEqual(["STORED", "REJECTED", "REJECTED"]);
  });

  test("of 1,000 rows is taken in whole", async () => {
    const codes = Array.from({ length: 500 }, (_, index) => `M${index}`);
    await desk.register(...codes.map((code) => draft.school(code, "CB-TP")));
    const before = await desk.tally("CB");
    const results = await desk.submit(...codes.flatMap((code) => [report.conference(code), report.membership(code, 10)]));
    expect(results.filter(({ outcome }) => outcome !== "STORED")).toEqual([]);
    const after = await desk.tally("CB");
    expect(after.members! - before.members!).toBe(5_000);
    expect(after.staffConferenceYes! - before.staffConferenceYes!).toBe(500);
  });

  test("of 1,000 unknown units is answered, with a hint, within seconds", async () => {
    const started = performance.now();
    const results = await desk.submit(...Array.from({ length: 1_000 }, (_, index) => report.conference(`M${index}X`)));
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(results.map(refusals)).toEqual(Array(1_000).fill(["UNIT_NOT_FOUND unit"]));
    expect(results[0]!.problems[0]!.message.en).toContain('Did you mean "M0"?');
  });
});

describe("text", () => {
  test("is stored composed and without control characters; 4-byte characters stay", async () => {
    const decomposed = "Đại hội\u0000 thành công 🎉 𠀀\t".normalize("NFD");
    const { record } = await desk.send(report.figure("CB", { indicator: "members", period: "2023", words: decomposed }));
    const stored = await database.read((stores) => stores.records.byIds([record!.recordId]));
    expect(stored.get(record!.recordId)!.content.words).toBe("Đại hội thành công 🎉 𠀀".normalize("NFC"));
  });

  test("that differs only in its composition is the same record", async () => {
    const figure = (words: string) =>
      report.figure("CB", { indicator: "members", period: "2022", document: "Báo cáo Hòa Bình".normalize("NFD"), words });
    await desk.send(figure("hàng trăm"));
    expect((await desk.send(figure("hàng trăm".normalize("NFD")))).outcome).toBe("UNCHANGED");
  });

  test("of a reason is kept as clean as any other", async () => {
    const { record } = await desk.send(
      report.figure("CB", { indicator: "members", period: "2021", value: 1 }, { reason: "số\u0000 mới 🎉".normalize("NFD") }),
    );
    const [version] = await database.read((stores) => stores.records.versions([{ recordId: record!.recordId, from: 1, to: 1 }]));
    expect(version!.reason).toBe("số mới 🎉".normalize("NFC"));
  });
});
