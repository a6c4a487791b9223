import { draft, schoolYear } from "../desk.js";
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
    await client.data(`mutation ($input: ${type}!) { ${mutation}(input: $input) { outcome userErrors { code field message } } }`, { input })
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
