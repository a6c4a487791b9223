import { draft, report, schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let steward: Client;
beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const done = [
    ...(await desk.register(
      draft.province("P"),
      draft.district("D", "P"),
      draft.district("E", "P"),
      draft.province("Q"),
      draft.district("F", "Q"),
      draft.school("S", "D", { name: "Tiểu học Hợp Giang", changeReason: "đăng ký lần đầu" }),
      draft.school("T", "D"),
    )),
    await desk.openYear(schoolYear(2024)),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  steward = await running.as("STEWARD", "P", "Clerk of P");
});
afterAll(() => running.close());

const VERSION = `version action code recordedAt reason recordedBy { name tokenId unit }
  placements { nodes { from until parent { name unit { code } } } } profiles { nodes { from until name ownership } }`;
const versionsOf = async (code: string, args = "", client = steward) =>
  (await client.data(`{ unit(code: "${code}") { versions${args} { nodes { ${VERSION} } totalCount } } }`)).unit?.versions ?? null;
const change = async (mutation: string, type: string, input: object, client = steward) =>
  (
    await client.data(`mutation ($input: ${type}!) { ${mutation}(input: $input) { outcome userErrors { code field message { en } } } }`, {
      input,
    })
  )[mutation];

describe("versions of a unit", () => {
  test("keep what a move on the first day and a correction without a day replace, with who, when and why", async () => {
    const moved = { unit: "S", parent: "E", on: "2010-01-01", changeReason: " ghi nhầm cấp trên " };
    expect(await change("moveUnit", "MoveUnitInput", moved)).toMatchObject({ outcome: "STORED" });
    const corrected = { unit: "S", name: "Tiểu học Sông Bằng", ownership: "PRIVATE" };
    expect(await change("updateUnit", "UpdateUnitInput", corrected)).toMatchObject({ outcome: "STORED" });
    const author = { name: "Clerk of P", tokenId: await steward.tokenId(), unit: "Đơn vị P" };
    const under = (code: string) => [{ from: "2010-01-01", until: null, parent: { name: `Đơn vị ${code}`, unit: { code } } }];
    const named = (name: string, ownership: string) => ({ nodes: [{ from: null, until: null, name, ownership }] });
    const { nodes, totalCount } = await versionsOf("S");
    expect(totalCount).toBe(3);
    expect(nodes).toMatchObject([
      { version: 3, action: "UPDATED", code: "S", recordedBy: author, reason: null, profiles: named("Tiểu học Sông Bằng", "PRIVATE") },
      { version: 2, action: "MOVED", recordedBy: author, reason: "ghi nhầm cấp trên", placements: { nodes: under("E") } },
      {
        ...{ version: 1, action: "REGISTERED", recordedAt: "2025-06-20T05:00:00.000Z", reason: "đăng ký lần đầu" },
        ...{ placements: { nodes: under("D") }, profiles: named("Tiểu học Hợp Giang", "PUBLIC") },
      },
    ]);
  });

  test("are a page, both ways", async () => {
    const numbers = async (args: string) => (await versionsOf("S", args)).nodes.map(({ version }: { version: number }) => version);
    expect(await numbers("(first: 2)")).toEqual([3, 2]);
    expect(await numbers("(last: 2)")).toEqual([2, 1]);
    const { endCursor } = (await steward.data(`{ unit(code: "S") { versions(first: 1) { pageInfo { endCursor hasNextPage } } } }`)).unit
      .versions.pageInfo;
    expect(await numbers(`(first: 1, after: "${endCursor}")`)).toEqual([2]);
  });

  test("are shown to whom the unit is shown; of a parent outside the branch only the name", async () => {
    await running.desk.move("T", "F", "2025-01-01");
    const next = await running.as("ANALYST", "F");
    const [moved, registered] = (await versionsOf("T", "", next)).nodes;
    expect(moved.placements.nodes.at(-1).parent).toEqual({ name: "Đơn vị F", unit: { code: "F" } });
    expect(registered.placements.nodes).toMatchObject([{ parent: { name: "Đơn vị D", unit: null } }]);
    for (const [code, client] of [
      ["S", next],
      ["T", steward],
    ] as const)
      await expect(versionsOf(code, "", client)).rejects.toThrow(`There is no unit "${code}" in your branch.`);
  });

  test("say why in the words of the row that was stored, not of one with the same code that was refused", async () => {
    const row = draft.school("R", "D");
    const rows = [
      { ...row, openedOn: "2024-02-31", changeReason: "ngày sai" },
      { ...row, changeReason: "ngày đúng" },
      { ...row, changeReason: "lặp lại" },
    ];
    expect((await running.desk.register(...rows)).map(({ outcome }) => outcome)).toEqual(["REJECTED", "STORED", "UNCHANGED"]);
    expect((await versionsOf("R")).nodes).toMatchObject([{ version: 1, reason: "ngày đúng" }]);
  });

  test("none is made by what changes nothing, is tried or refused", async () => {
    const before = await versionsOf("S");
    const same = { unit: "S", name: "Tiểu học Sông Bằng" };
    expect((await change("updateUnit", "UpdateUnitInput", same)).outcome).toBe("UNCHANGED");
    expect((await change("updateUnit", "UpdateUnitInput", { unit: "S", name: "Tân Giang", dryRun: true })).outcome).toBe("STORED");
    expect(await change("updateUnit", "UpdateUnitInput", { unit: "S", name: "Tân Giang", changeReason: "x".repeat(501) })).toMatchObject({
      ...{ outcome: "REJECTED", userErrors: [{ code: "OUT_OF_RANGE", field: "changeReason" }] },
    });
    expect(await versionsOf("S")).toEqual(before);
  });
});

describe("a unit that was made void", () => {
  const versionsById = (id: string, client = steward) =>
    client.ask(
      `{ unitVersions(unit: "${id}") { totalCount nodes { version action reason placements { nodes { parent { name unit { code } } } } } } }`,
    );
  const make = async (code: string, changeReason: string | null = null) => {
    const id = await running.desk.id(code);
    const fields = "outcome version unitId parent { code } userErrors { code message { en } }";
    const input = { unit: code, changeReason };
    const { voidUnit } = await steward.data(`mutation ($input: VoidUnitInput!) { voidUnit(input: $input) { ${fields} } }`, { input });
    return { id, ...voidUnit };
  };

  test("is found by its id, with who, when and why, by whoever sees the unit under which it last stood", async () => {
    await running.desk.register(draft.union("VU", "D"), draft.school("VS", "VU"));
    await running.desk.move("VS", "E", "2010-01-01");
    const school = await make("VS", "đăng ký hai lần");
    expect(school).toMatchObject({ outcome: "STORED", version: 3, unitId: school.id, parent: { code: "E" }, userErrors: [] });
    const union = await make("VU");
    const under = (name: string, code: string | null) => ({ nodes: [{ parent: { name, unit: code && { code } } }] });
    // Its first parent is void as well.
    const expected = {
      totalCount: 3,
      nodes: [
        { version: 3, action: "VOIDED", reason: "đăng ký hai lần", placements: { nodes: [] } },
        { version: 2, action: "MOVED", reason: null, placements: under("Đơn vị E", "E") },
        { version: 1, action: "REGISTERED", reason: null, placements: under("Đơn vị VU", null) },
      ],
    };
    for (const client of [steward, await running.as("ANALYST", "E"), await running.as("ADMINISTRATOR")])
      expect((await versionsById(school.id, client)).data).toEqual({ unitVersions: expected });
    for (const client of [await running.as("STEWARD", "D"), await running.as("STEWARD", "Q")])
      expect((await versionsById(school.id, client)).errors?.[0]?.extensions.code).toBe("UNIT_NOT_FOUND");
    expect((await versionsById(union.id, await running.as("ANALYST", "D"))).data.unitVersions.totalCount).toBe(2);
    const { node, nodes } = await steward.data(`{ node(id: "${school.id}") { id } nodes(ids: ["${union.id}", "x"]) { id } }`);
    expect([node, nodes]).toEqual([null, [null, null]]);
    expect(await steward.codes(`{ unit(code: "VS") { id } }`)).toEqual(["UNIT_NOT_FOUND"]);
  });

  test("under another that was made void later is found by who sees what that one stood under; a root by administrators", async () => {
    await running.desk.register(draft.union("VU", "D"), draft.school("VS", "VU"), draft.province("VR"));
    const ids = [await make("VS"), await make("VU")].map(({ id }) => id as string);
    for (const id of ids) {
      expect((await versionsById(id, await running.as("ANALYST", "D"))).data.unitVersions.totalCount).toBe(2);
      expect((await versionsById(id, await running.as("ANALYST", "E"))).errors).toBeDefined();
    }
    const root = await running.desk.id("VR");
    expect((await running.desk.void("VR")).outcome).toBe("STORED");
    expect((await versionsById(root)).errors).toBeDefined();
    expect((await versionsById(root, await running.as("ADMINISTRATOR"))).data.unitVersions.totalCount).toBe(2);
  });

  test("is in use by what depends on it, and the version expected is asked", async () => {
    expect(await make("D")).toMatchObject({
      outcome: "REJECTED",
      version: null,
      unitId: null,
      parent: null,
      userErrors: [{ code: "IN_USE" }],
    });
  });

  test("leaves the withdrawn records of it, and those that named it, to be read", async () => {
    const owned = { ownership: "PRIVATE" as const };
    await running.desk.register(draft.union("VU", "D"), draft.school("VS", "VU", owned), draft.school("VT", "E", owned));
    const sent = [
      await running.desk.send(report.agreement("VU", { schools: ["VS", "VT"], type: "MULTI_ENTERPRISE" })),
      await running.desk.send(report.agreement("E", { schools: ["VT", "VS"], type: "MULTI_ENTERPRISE" })),
      await running.desk.send(report.conference("VS")),
    ];
    expect(sent.flatMap(({ problems }) => problems)).toEqual([]);
    const ids = sent.map(({ record }) => record!.recordId);
    for (const { record } of sent) await running.desk.withdraw(record!.kind, record!.recordId);
    await make("VS");
    expect((await make("VU")).outcome).toBe("STORED");
    const RECORD = `__typename id kind version state reporter { name unit { code } } unit { code }
      versions { totalCount nodes { version content } } ... on CollectiveAgreement { schools { nodes { code } } }`;
    const { unit, nodes } = await steward.data(
      `query ($ids: [ID!]!) { unit(code: "VT") { records(withdrawn: true) { totalCount nodes { id } } } nodes(ids: $ids) { ... on Record { ${RECORD} } } }`,
      { ids },
    );
    expect([unit.records.totalCount, unit.records.nodes.map(({ id }: any) => id).sort()]).toEqual([2, ids.slice(0, 2).sort()]);
    const schools = { nodes: [{ code: "VT" }] };
    expect(nodes).toMatchObject([
      { state: "WITHDRAWN", reporter: { name: "Đơn vị VU", unit: null }, unit: null, schools, versions: { totalCount: 2 } },
      { state: "WITHDRAWN", reporter: { name: "Đơn vị E", unit: { code: "E" } }, schools, versions: { totalCount: 2 } },
      { state: "WITHDRAWN", reporter: { name: "Đơn vị VS", unit: null }, unit: null },
    ]);
    expect(nodes[1].versions.nodes[0].content).toMatchObject({ unit: "E", schools: ["VT"] });
    expect(nodes[0].versions.nodes[0].content).toMatchObject({ unit: null, schools: ["VT"] });
    const stranger = await running.as("STEWARD", "Q");
    expect((await stranger.data("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids })).nodes).toEqual([null, null, null]);
  });
});
