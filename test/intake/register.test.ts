import { openTestDatabase, type TestDatabase } from "../database.js";
import { audit } from "../../src/ledger/audit.js";
import { Desk, draft, refusals, schoolYear } from "../desk.js";

let database: TestDatabase;
let desk: Desk;

beforeAll(async () => {
  database = await openTestDatabase();
  desk = new Desk(database);
  await desk.register(
    draft.province("CB"),
    draft.district("D", "CB"),
    draft.union("U", "D"),
    draft.school("S", "U"),
    draft.union("SHUT", "D"),
  );
  await desk.close("SHUT", "2024-01-01");
  await desk.openYear(schoolYear(2024));
});
afterAll(() => database.close());

const viewOf = async (code: string, on = desk.today) => {
  const id = await desk.id(code);
  return (await database.read((stores) => stores.unitReader.views([id], on))).get(id)!;
};

describe("a unit is refused with all its problems at once", () => {
  test.each<[string, Parameters<Desk["register"]>[0], string[]]>([
    ["under its own level", draft.district("X", "D"), ["WRONG_LEVEL parent"]],
    ["under a school", draft.union("X", "S"), ["WRONG_LEVEL parent"]],
    ["under a parent that has closed", draft.school("X", "SHUT", { openedOn: "2024-01-01" }), ["OUTSIDE_PARENT_LIFE parent"]],
    ["under a parent that is going to close", draft.school("X", "SHUT"), ["OUTSIDE_PARENT_LIFE parent"]],
    ["before its parent opened", draft.school("X", "U", { openedOn: "2009-12-31" }), ["OUTSIDE_PARENT_LIFE parent"]],
    ["under nobody", draft.school("X", "NOBODY"), ["UNIT_NOT_FOUND parent"]],
    ["on no day", draft.school("X", "U", { openedOn: "2024-02-30" }), ["INVALID openedOn"]],
    ["on a day that nobody remembers", draft.school("X", "U", { openedOn: "1066-10-14" }), ["INVALID openedOn"]],
    ["without a name", draft.school("X", "U", { name: " \t " }), ["REQUIRED name"]],
    ["with a name too long", draft.school("X", "U", { name: "x".repeat(201) }), ["OUT_OF_RANGE name"]],
    ["with a code that looks like an id", draft.school("0190a000-0000-7000-8000-000000000001", "U"), ["INVALID code"]],
    ["with a code of several words", draft.school("A B", "U"), ["INVALID code"]],
    ["with no code", draft.school("", "U"), ["INVALID code"]],
    ["with a code too long", draft.school("x".repeat(61), "U"), ["INVALID code"]],
    ["with a code that is taken", draft.school("D", "U"), ["ALREADY_EXISTS code"]],
    [
      "as a school without level and ownership",
      draft.school("X", "U", { schoolLevel: null, ownership: null }),
      ["REQUIRED schoolLevel", "REQUIRED ownership"],
    ],
    [
      "as a union with a level and an ownership",
      draft.union("X", "D", { schoolLevel: "PRIMARY", ownership: "PUBLIC" }),
      ["RULE schoolLevel", "RULE ownership"],
    ],
    [
      "as a private school with an autonomy group",
      draft.school("X", "U", { ownership: "PRIVATE", autonomyGroup: "GROUP_1" }),
      ["RULE autonomyGroup"],
    ],
    ["as a confederation below another unit", { ...draft.confederation("X"), parent: "CB" }, ["WRONG_LEVEL parent", "WRONG_LEVEL parent"]],
    [
      "with everything wrong",
      draft.school("?", "NOBODY", { name: "", openedOn: "soon", schoolLevel: null, autonomyGroup: "GROUP_1", ownership: null }),
      [
        "UNIT_NOT_FOUND parent",
        "INVALID code",
        "REQUIRED name",
        "REQUIRED schoolLevel",
        "REQUIRED ownership",
        "RULE autonomyGroup",
        "INVALID openedOn",
      ],
    ],
  ])("%s", async (_, sent, problems) => {
    const before = await database.dump();
    const [result] = await desk.register(sent);
    expect(refusals(result!)).toEqual(problems);
    expect(result).toMatchObject({ outcome: "REJECTED", unitId: null });
    expect(await database.dump()).toEqual(before);
  });
});

describe("a batch", () => {
  test("may hold a unit and what stands under it; whatever stands under a refused one is refused, and nothing else", async () => {
    const results = await desk.register(
      draft.district("B-D", "CB"),
      draft.union("B-U", "B-D"),
      draft.district("B-BAD", "CB", { name: "" }),
      draft.union("B-UNDER-BAD", "B-BAD"),
      draft.school("B-BELOW-BAD", "B-UNDER-BAD"),
      draft.school("B-S", "B-U"),
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(["STORED", "STORED", "REJECTED", "REJECTED", "REJECTED", "STORED"]);
    expect(refusals(results[3]!)).toEqual(["UNIT_NOT_FOUND parent"]);
    expect(refusals(results[4]!)).toEqual(["UNIT_NOT_FOUND parent"]);
    expect(await viewOf("B-S")).toMatchObject({ parentId: results[1]!.unitId, version: 1 });
    expect(await desk.tally("B-D")).toMatchObject({ schools: 1, grassrootsUnions: 1, staffConferenceNoReport: 1 });
  });

  test("sent again changes nothing and answers the same units", async () => {
    const sent = [draft.union("R-U", "D"), draft.school("R-S", "R-U", { name: "Trường Tiểu học Hợp Giang".normalize("NFD") })];
    const first = await desk.register(...sent);
    const before = await database.dump();
    const second = await desk.register(...sent);
    expect(second).toEqual(first.map((result) => ({ ...result, outcome: "UNCHANGED" })));
    expect(await database.dump()).toEqual(before);
  });

  test("with the same unit twice registers it once; with another unit of that code it refuses the second", async () => {
    const sent = draft.school("T-S", "U");
    const results = await desk.register(sent, sent, { ...sent, name: "Khác" });
    expect(results.map(({ outcome }) => outcome)).toEqual(["STORED", "UNCHANGED", "REJECTED"]);
    expect(results[1]!.unitId).toBe(results[0]!.unitId);
    expect(refusals(results[2]!)).toEqual(["ALREADY_EXISTS code"]);
  });

  test("tried first is answered as it then is, and registers nothing", async () => {
    const sent = [draft.union("Y-U", "D"), draft.school("Y-S", "Y-U"), draft.school("Y-S", "NOBODY")];
    const before = await database.dump();
    const tried = await desk.trying().register(...sent);
    expect(await database.dump()).toEqual(before);
    const told = (results: typeof tried) => results.map(({ outcome, problems }) => ({ outcome, problems }));
    expect(told(tried)).toEqual(told(await desk.register(...sent)));
  });
});

describe("names and codes", () => {
  test("are stored composed; 4-byte characters stay", async () => {
    await desk.register(draft.school("ĐÔNG-𠀀".normalize("NFD"), "U", { name: "  Mầm non\n Hoa Sen 🌸 ".normalize("NFD") }));
    expect(await viewOf("ĐÔNG-𠀀".normalize("NFC"))).toMatchObject({
      name: "Mầm non Hoa Sen 🌸".normalize("NFC"),
      code: "ĐÔNG-𠀀".normalize("NFC"),
    });
  });

  test("are found however they are composed", async () => {
    await desk.register(draft.union("ĐỒNG-CĐ", "D"));
    const [result] = await desk.register(draft.school("ĐỒNG-1", "ĐỒNG-CĐ".normalize("NFD")));
    expect(result!.outcome).toBe("STORED");
    expect((await desk.update("ĐỒNG-1".normalize("NFD"), { name: "Trường Đồng" })).outcome).toBe("STORED");
  });

  test.each(["đôi-1", "ĐÔI-1\u200b", "ÐÔI-1", "ƉÔI-１", "ĐÔI-1 "])("that read as another's are taken: %j", async (code) => {
    if (!(await database.read((stores) => stores.unitReader.idsByCode(["ĐÔI-1"]))).size) await desk.register(draft.school("ĐÔI-1", "U"));
    const before = await database.dump();
    const [again] = await desk.register(draft.school(code, "U", { name: "Đơn vị ĐÔI-1" }));
    expect(again).toMatchObject(
      code.trim() === "ĐÔI-1"
        ? { outcome: "UNCHANGED" }
        : { outcome: "REJECTED", problems: expect.arrayContaining([expect.objectContaining({ code: "ALREADY_EXISTS", field: "code" })]) },
    );
    expect(await database.dump()).toEqual(before);
    expect((await desk.update(code, { name: "Đơn vị ĐÔI-1" })).unitId).toBe(await desk.id("ĐÔI-1"));
  });

  test("that read as one another's are taken within a batch, and find their parents there", async () => {
    const results = await desk.register(draft.union("Ca-Đ", "d"), draft.union("CA-đ", "D"), draft.school("CA-S", "ca-Ð"));
    expect(results.map((result) => [result.outcome, ...refusals(result)])).toEqual([
      ["STORED"],
      ["REJECTED", "ALREADY_EXISTS code"],
      ["STORED"],
    ]);
  });

  test("are taken as they are, signs of every kind included", async () => {
    const name = `Trường "Kim Đồng" 'A' \\ ; DROP TABLE unit; -- %_!`;
    await desk.register(draft.school("QUOTES", "U", { name }));
    expect((await viewOf("QUOTES")).name).toBe(name);
  });
});

describe("two commune unions of one name under one parent", () => {
  const commune = (code: string, name: string, more: Parameters<typeof draft.district>[2] = {}) =>
    draft.district(code, "CB", { kind: "COMMUNE_UNION", name, openedOn: "2025-07-01", ...more });
  const hinted = (result: { hints?: readonly { en: string }[] }) => (result.hints ?? []).map(({ en }) => en);
  const found = async () => {
    const province = await desk.id("CB");
    const findings = await database.read((stores) => stores.findings.ofUnits([province]));
    expect((await audit(database)).differences).toEqual([]);
    return findings
      .filter(({ check }) => check === "COMMUNE_UNIONS_OF_ONE_NAME")
      .map(({ field, since, values }) => ({ field, since, values }));
  };
  const told = { en: /^Another commune union of that name stands under the same parent: X-1\./ };

  test("are registered, with a hint and a finding of the parent, until one gets another name", async () => {
    const [first, second, other] = await desk.register(
      commune("X-1", "Công đoàn xã Hoà An"),
      commune("X-2", "CÔNG ĐOÀN XÃ HÒA AN", { openedOn: "2025-07-02" }),
      commune("X-3", "Công đoàn xã Hoa An"),
    );
    expect([first, second, other].map((result) => [result!.outcome, hinted(result!).length])).toEqual([
      ["STORED", 0],
      ["STORED", 1],
      ["STORED", 0],
    ]);
    expect(hinted(second!)[0]).toMatch(told.en);
    const values = { name: "CÔNG ĐOÀN XÃ HÒA AN", code: "X-2", other: "X-1" };
    expect(await found()).toEqual([{ field: "X-2", since: "2025-07-02", values }]);
    await desk.update("X-2", { name: "Công đoàn xã Hoà An 2" });
    expect(await found()).toEqual([]);
    expect(hinted(await desk.update("X-3", { name: "Công đoàn xã Hòa An" }))[0]).toMatch(told.en);
    expect(await found()).toMatchObject([{ field: "X-3", since: "2025-07-01" }]);
  });

  test("are no longer so when one has moved away, also from its first day on, and are not so on different days", async () => {
    await desk.register(draft.province("LS"));
    await desk.move("X-3", "LS", "2025-07-01");
    expect(await found()).toEqual([]);
    expect(hinted(await desk.move("X-3", "CB", "2025-08-01"))[0]).toMatch(told.en);
    expect(await found()).toMatchObject([{ field: "X-3", since: "2025-08-01" }]);
    expect(hinted(await desk.move("X-3", "LS", "2025-09-01"))).toEqual([]);
    expect(hinted(await desk.update("X-1", { name: "Công đoàn xã HOÀ AN" }))).toEqual([]);
    await desk.close("X-1", "2025-08-01");
    expect(await found()).toEqual([]);
  });
});

describe("a change of a unit", () => {
  test.each<[string, Parameters<Desk["update"]>[1], string[]]>([
    ["to another level", { kind: "GRASSROOTS" }, ["RULE schoolLevel", "RULE ownership", "WRONG_LEVEL kind"]],
    ["to no name", { name: "" }, ["REQUIRED name"]],
    ["to a name that nobody sees", { name: "\u200b" }, ["REQUIRED name"]],
    ["to no ownership", { ownership: null }, ["REQUIRED ownership"]],
    ["from no day", { name: "Khác", from: "2024-13-01" }, ["INVALID from"]],
    ["of another version", { name: "Khác", expectedVersion: 7 }, ["VERSION_CONFLICT expectedVersion"]],
  ])("%s is refused", async (_, given, problems) => {
    const before = await database.dump();
    expect(refusals(await desk.update("S", given))).toEqual(problems);
    expect(await database.dump()).toEqual(before);
  });

  test("from a day leaves what held before it", async () => {
    await desk.register(draft.school("V", "U"));
    expect((await desk.update("V", { name: "Tên mới", ownership: "PRIVATE", from: "2025-02-01", expectedVersion: 1 })).outcome).toBe(
      "STORED",
    );
    expect(await viewOf("V", "2025-01-31")).toMatchObject({ name: "Đơn vị V", ownership: "PUBLIC", version: 2 });
    expect(await viewOf("V", "2025-02-01")).toMatchObject({ name: "Tên mới", ownership: "PRIVATE" });
  });

  test("without a day corrects what holds today, from its beginning", async () => {
    await desk.update("V", { name: "Tên đúng" });
    expect(await viewOf("V", "2025-02-01")).toMatchObject({ name: "Tên đúng", ownership: "PRIVATE" });
    expect((await viewOf("V", "2025-01-31")).name).toBe("Đơn vị V");
  });

  test("that changes nothing is none", async () => {
    const before = await database.dump();
    expect((await desk.update("V", { name: " Tên  đúng", from: "2025-06-01" })).outcome).toBe("UNCHANGED");
    expect(await database.dump()).toEqual(before);
  });

  test("to non-public moves its duties in the years whose reference date lies after the day, at every level", async () => {
    await desk.openYear(schoolYear(2023));
    await desk.register(draft.district("W-D", "CB"), draft.union("W-U", "W-D"), draft.school("W-S", "W-U", { autonomyGroup: "GROUP_2" }));
    await desk.update("W-S", { ownership: "PRIVATE", from: "2024-06-01" });
    for (const code of ["W-S", "W-U", "W-D"]) {
      expect(await desk.tally(code, "2023-2024")).toMatchObject({ schools: 1, staffConferenceNoReport: 1 });
      expect(await desk.tally(code, "2024-2025")).toMatchObject({ schools: 1, labourConferenceNoReport: 1, agreementNoReport: 1 });
      expect((await desk.tally(code, "2024-2025")).staffConferenceNoReport).toBeUndefined();
    }
    expect(await desk.tally("W-D", "2024-2025", { ownership: "NON_PUBLIC" })).toMatchObject({ schools: 1 });
    expect((await viewOf("W-S")).autonomyGroup).toBeNull();
  });
});
