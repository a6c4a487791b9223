import { randomUUID } from "node:crypto";
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
      ...["A", "B", "C"].map((code) => draft.union(code, "D")),
      draft.union("N", "D", { kind: "OCCUPATIONAL", openedOn: "2024-09-20" }),
      draft.school("S", "C"),
    )),
    await desk.openYear(schoolYear(2024)),
    await desk.openYear(schoolYear(2023)),
    ...(await desk.submit(
      report.directive("P", [
        { indicator: "membersAdmitted", schoolYear: "2024-2025", target: 40 },
        { indicator: "schoolCount", schoolYear: "2024-2025", target: 0 },
      ]),
      report.membership("S", 20, { admitted: 10, membersClosing: 30, workersClosing: 40 }),
    )),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  steward = await running.as("STEWARD", "D");
}, 60_000);
afterAll(() => running.close());

const LINEAGE = "open endedOn endReason successors { nodes { on kind unit { code } } } predecessors { nodes { on kind unit { code } } }";
const change = async (mutation: string, input: object, client = steward) => {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const fields = `outcome unit { code ${LINEAGE} } userErrors { code field message { en } }`;
  return (await client.data(`mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { ${fields} } }`, { input })).payload;
};
const unit = async (code: string, client = steward) => (await client.data(`{ unit(code: "${code}") { ${LINEAGE} } }`)).unit;

test("a union that is merged says when, why and into which, and the other from which", async () => {
  const merger = { unit: "A", on: "2025-03-01", reason: "MERGED", successors: ["B"] };
  const tried = await change("closeUnit", { ...merger, dryRun: true });
  const closed = await change("closeUnit", merger);
  expect(tried).toEqual(closed);
  const succession = { on: "2025-03-01", kind: "MERGED" };
  expect(closed).toEqual({
    outcome: "STORED",
    unit: {
      ...{ code: "A", open: false, endedOn: "2025-03-01", endReason: "MERGED" },
      ...{ successors: { nodes: [{ ...succession, unit: { code: "B" } }] }, predecessors: { nodes: [] } },
    },
    userErrors: [],
  });
  expect(await unit("B")).toEqual({
    ...{ open: true, endedOn: null, endReason: null },
    ...{ successors: { nodes: [] }, predecessors: { nodes: [{ ...succession, unit: { code: "A" } }] } },
  });
});

test("a merger into nobody is refused, with what to do", async () => {
  const { outcome, userErrors } = await change("closeUnit", { unit: "B", on: "2025-03-02", reason: "SPLIT", successors: ["C"] });
  expect([outcome, userErrors]).toEqual([
    "REJECTED",
    [
      {
        code: "REQUIRED",
        field: "successors",
        message: { en: expect.stringMatching(/SPLIT takes at least 2 successors, 1 is known.*register/) },
      },
    ],
  ]);
});

test("who ended is counted by reason, occupational unions apart; who came of a merger is not founded", async () => {
  const { rows } = (
    await steward.data(
      `mutation ($input: RegisterUnitsInput!) { registerUnits(input: $input) { rows { outcome userErrors { message { en } } } } }`,
      {
        input: {
          idempotencyKey: randomUUID(),
          units: [
            { code: "M", kind: "GRASSROOTS", name: "Công đoàn M", parent: "D", openedOn: "2025-04-01", predecessors: ["B", "C"] },
            { code: "F", kind: "GRASSROOTS", name: "Công đoàn F", parent: "D", openedOn: "2025-04-01" },
          ],
        },
      },
    )
  ).registerUnits;
  expect(rows.map(({ outcome }: any) => outcome)).toEqual(["STORED", "STORED"]);
  expect((await unit("M")).predecessors.nodes).toEqual([
    { on: "2025-04-01", kind: "MERGED", unit: { code: "B" } },
    { on: "2025-04-01", kind: "MERGED", unit: { code: "C" } },
  ]);
  await change("closeUnit", { unit: "N", on: "2025-05-01", reason: "SCHOOL_CLOSED" });
  const figures = (label: string) =>
    `rollup(schoolYear: "${label}") { grassrootsUnionsFounded { value } grassrootsUnionsEnded { value buckets { key name { vi } count } } occupationalUnionsFounded { value } occupationalUnionsEnded { value } grassrootsUnionCount { value } occupationalUnionCount { value } }`;
  const { rollup } = (await steward.data(`{ unit(code: "D") { ${figures("2024-2025")} } }`)).unit;
  const values = Object.fromEntries(Object.entries<any>(rollup).map(([key, { value }]) => [key, value]));
  expect(values).toEqual({
    ...{ grassrootsUnionCount: 4, grassrootsUnionsFounded: 1, grassrootsUnionsEnded: 1 },
    ...{ occupationalUnionCount: 0, occupationalUnionsFounded: 1, occupationalUnionsEnded: 1 },
  });
  expect(rollup.grassrootsUnionsEnded.buckets.filter(({ count }: any) => count > 0)).toEqual([
    { key: "MERGED", name: { vi: "sáp nhập, hợp nhất" }, count: 1 },
  ]);
  const before = (await steward.data(`{ unit(code: "D") { ${figures("2023-2024")} } }`)).unit.rollup;
  expect([before.grassrootsUnionsEnded.value, before.grassrootsUnionCount.value]).toEqual([0, 3]);
});

test("opened again on the day of its closing, the reason and the successors are taken back", async () => {
  expect(await change("reopenUnit", { unit: "A", on: "2025-03-01" })).toMatchObject({
    outcome: "STORED",
    unit: { open: true, endedOn: null, endReason: null, successors: { nodes: [] } },
  });
  expect((await unit("B")).predecessors.nodes).toEqual([]);
});

test("a successor outside the branch is told of without its name", async () => {
  const administrator = await running.as("ADMINISTRATOR");
  await running.desk.register(draft.union("G", "E"));
  const closed = await change("closeUnit", { unit: "A", on: "2025-03-01", reason: "OTHER", successors: ["G"] }, administrator);
  expect(closed.unit.successors.nodes).toEqual([{ on: "2025-03-01", kind: "REPLACED", unit: { code: "G" } }]);
  expect((await unit("A")).successors.nodes).toEqual([{ on: "2025-03-01", kind: "REPLACED", unit: null }]);
  const { id } = (await administrator.data(`{ unit(code: "G") { id } }`)).unit;
  const { edges } = (await steward.data(`{ unit(code: "A") { successors { edges { cursor } } } }`)).unit.successors;
  expect(edges.map(({ cursor }: any) => Buffer.from(cursor, "base64url").toString())).toEqual([expect.not.stringContaining(id)]);
});

test("what was recruited is told as a part of the target that was assigned", async () => {
  const value = (of: string) => `${of}: ${of} { value target attainment attained }`;
  const query = `{ unit(code: "P") { rollup(schoolYear: "2024-2025") { ${["membersAdmitted", "schoolCount", "members"].map(value).join(" ")} } } }`;
  const { rollup } = (await (await running.as("ANALYST", "P")).data(query)).unit;
  expect(rollup).toEqual({
    membersAdmitted: { value: 10, target: 40, attainment: 0.25, attained: false },
    schoolCount: { value: 1, target: 0, attainment: null, attained: true },
    members: { value: 30, target: null, attainment: null, attained: null },
  });
});

test("successors that the caller cannot see stay when it names its own anew", async () => {
  const { desk } = running;
  await desk.register(...["SPLIT", "X1", "X2"].map((code) => draft.union(code, "D")), draft.union("Y", "E"));
  expect((await desk.close("SPLIT", "2025-03-01", null, { reason: "SPLIT", successors: ["X1", "Y"] })).outcome).toBe("STORED");
  const again = await change("closeUnit", { unit: "SPLIT", on: "2025-03-01", reason: "SPLIT", successors: ["X1", "X2"] });
  expect(again).toMatchObject({ outcome: "STORED", userErrors: [] });
  const all = await unit("SPLIT", await running.as("ANALYST", "P"));
  expect(all.successors.nodes.map(({ unit: of }: any) => of.code).sort()).toEqual(["X1", "X2", "Y"]);
});
