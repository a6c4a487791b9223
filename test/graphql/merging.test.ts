import { draft, report, schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let steward: Client;
let recordId: string;
let duplicateId: string;
beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const done = [
    ...(await desk.register(
      draft.province("P"),
      draft.union("U", "P"),
      draft.school("A", "U", { name: "Mầm non Hợp Giang" }),
      draft.school("A-CU", "U", { name: "MN Hợp Giang cơ sở 1" }),
      draft.school("B", "U"),
      draft.school("C", "U"),
    )),
    await desk.openYear(schoolYear(2024)),
  ];
  const conference = await desk.send(report.conference("A-CU"));
  const cluster = await desk.send(report.cluster("P", ["A-CU", "B"]));
  const vintage = await desk.publish("P", "2024-2025");
  expect([...done, conference, cluster, vintage].flatMap(({ problems }) => problems)).toEqual([]);
  recordId = conference.record!.recordId;
  duplicateId = await desk.id("A-CU");
  steward = await running.as("STEWARD", "P", "Clerk of P");
});
afterAll(() => running.close());

const RATE = 'effects(indicators: ["staffConferenceCompletion"]) { nodes { sentence { en } unit { code } } }';
const merge = async (input: object, fields = "outcome version hints { vi } userErrors { code field message { en } } unit { code name }") =>
  (
    await steward.data(`mutation ($input: MergeDuplicateUnitInput!) { mergeDuplicateUnit(input: $input) { ${fields} } }`, {
      input: { unit: "A-CU", into: "A", ...input },
    })
  ).mergeDuplicateUnit;

test("tried first it tells what the figures would do, and changes nothing", async () => {
  const before = await running.dump();
  const { outcome, effects } = await merge({ dryRun: true }, `outcome ${RATE}`);
  expect(outcome).toBe("STORED");
  const told = effects.nodes.map(({ sentence }: { sentence: { en: string } }) => sentence.en);
  expect(told).toContain("Đơn vị P, 2024-2025, staff conference held: from 1 of 4 to 1 of 3");
  expect(told).toContain("Mầm non Hợp Giang, 2024-2025, staff conference held: from 0 of 1 to 1 of 1");
  expect(await running.dump()).toEqual(before);
});

test("done, it answers the right unit; its code, its id and its names lead there from now on", async () => {
  expect(await merge({ expectedVersion: 1, changeReason: "Nhập hai lần." })).toEqual({
    ...{ outcome: "STORED", version: 1, userErrors: [], unit: { code: "A", name: "Mầm non Hợp Giang" } },
    hints: [{ vi: "1 hồ sơ của A-CU nay là của A; 1 hồ sơ của đơn vị khác đã thay A-CU bằng A. Mã A-CU dẫn đến A." }],
  });
  const found = { code: "A", duplicates: [{ code: "A-CU", unitId: duplicateId }] };
  const FOUND = "code duplicates { code unitId }";
  expect(
    await steward.data(
      `query ($id: ID!) { byCode: unit(code: "a-cu") { ${FOUND} } byId: unit(id: $id) { ${FOUND} } named: units(filter: {search: "co so 1"}) { nodes { ${FOUND} } }
        coded: units(filter: {search: "A-CU"}) { nodes { code } totalCount } all: units { totalCount } }`,
      { id: duplicateId },
    ),
  ).toEqual({
    ...{ byCode: found, byId: found, named: { nodes: [found] }, coded: { nodes: [{ code: "A" }], totalCount: 1 }, all: { totalCount: 5 } },
  });
});

test("the record is the right unit's, with all that was said of it; so is the place in records of others", async () => {
  const { node } = await steward.data(
    `query ($id: ID!) { node(id: $id) { ... on Conference { id unit { code } versions { nodes { version reason recordedBy { name } content } } } } }`,
    { id: recordId },
  );
  expect(node).toMatchObject({ id: recordId, unit: { code: "A" } });
  expect(node.versions.nodes).toMatchObject([
    { version: 2, reason: "Nhập hai lần.", recordedBy: { name: "Clerk of P" }, content: { unit: "A", present: 28 } },
    { version: 1, reason: null, content: { unit: "A", present: 28 } },
  ]);
  const { unit } = await steward.data(
    `{ unit(code: "P") { emulationClusters(schoolYear: "2024-2025") { nodes { members { nodes { code } } versions { nodes { content } } } } } }`,
  );
  const [cluster] = unit.emulationClusters.nodes;
  expect(cluster.members.nodes.map(({ code }: { code: string }) => code).sort()).toEqual(["A", "B"]);
  // What was said before names the same school, by the code that it has.
  expect(cluster.versions.nodes.map(({ content }: any) => [...content.members].sort())).toEqual([
    ["A", "B"],
    ["A", "B"],
  ]);
});

test("what it was is still told, and who merged it, when and why", async () => {
  const { unitVersions } = await steward.data(
    `query ($id: ID!) { unitVersions(unit: $id) { nodes { version action code reason recordedBy { name } placements { nodes { from parent { name } } } profiles { nodes { name } } } } }`,
    { id: duplicateId },
  );
  expect(unitVersions.nodes).toMatchObject([
    { version: 2, action: "MERGED", code: "A-CU", reason: "Nhập hai lần.", recordedBy: { name: "Clerk of P" }, placements: { nodes: [] } },
    { version: 1, action: "REGISTERED", placements: { nodes: [{ from: "2010-01-01", parent: { name: "Đơn vị U" } }] } },
  ]);
});

test("what was published with it tells the change: of the right unit, as it was twice and as it is, and the causes add up", async () => {
  const FIGURES = "published { numerator denominator } live { numerator denominator }";
  const { vintage } = await steward.data(
    `{ vintage(id: "P-2024-2025-1") { changes(first: 350) { totalCount nodes { unit { code } indicator { key } ${FIGURES}
      causes(first: 3) { nodes { unit { code } numerator denominator corrections(first: 1) { nodes { code } } } } } } } }`,
  );
  expect(vintage.changes.nodes).toHaveLength(vintage.changes.totalCount);
  const held = vintage.changes.nodes.filter(({ indicator }: any) => indicator.key === "staffConferenceCompletion");
  const told = held.map(({ unit, published, live }: any) => [unit.code, published, live]);
  const of = (numerator: number, denominator: number) => ({ numerator, denominator });
  expect(told).toEqual([
    ["P", of(1, 4), of(1, 3)],
    ["P", of(1, 4), of(1, 3)],
    ["P", of(1, 4), of(1, 3)],
    ["P", of(1, 4), of(1, 3)],
    ["U", of(1, 4), of(1, 3)],
    ["A", of(0, 1), of(1, 1)],
    ["A", of(1, 1), null],
  ]);
  expect(held[0].causes.nodes).toEqual([
    { unit: { code: "A" }, numerator: 1, denominator: 0, corrections: { nodes: [{ code: "RECORDED" }] } },
    { unit: { code: "A" }, numerator: -1, denominator: -1, corrections: { nodes: [{ code: "LEFT" }] } },
  ]);
});

test("sent again it is unchanged, and a refusal says what to do", async () => {
  expect(await merge({ unit: duplicateId })).toMatchObject({ outcome: "UNCHANGED", unit: { code: "A" } });
  await running.desk.submit(report.conference("B"), report.conference("C"));
  expect(await merge({ unit: "B", into: "C" })).toMatchObject({
    outcome: "REJECTED",
    userErrors: [
      { code: "ALREADY_EXISTS", field: "unit", message: { en: expect.stringMatching(/Withdraw or correct one of each first\.$/) } },
    ],
  });
});
