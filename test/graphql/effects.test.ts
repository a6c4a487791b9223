import { randomUUID } from "node:crypto";
import { isInputObjectType, isObjectType, getNamedType } from "graphql";
import { recordKinds } from "../../src/domain/records/catalogue.js";
import { buildGraphqlSchema } from "../../src/graphql/schema.js";
import { draft, report, schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let app: Client;
let steward: Client;
const codes = Array.from({ length: 32 }, (_, index) => `S${index + 1}`);

/** A city of 32 schools, all but the last of which have held their conference. */
beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const done = [
    ...(await desk.register(
      draft.province("CB", null, { name: "Tỉnh Cao Bằng" }),
      draft.district("CB-TP", "CB", { name: "Thành phố Cao Bằng" }),
      draft.district("CB-HA", "CB", { name: "Huyện Hoà An" }),
      draft.union("CD", "CB-TP", { name: "Công đoàn" }),
      ...codes.map((code) => draft.school(code, code === "S32" ? "CD" : "CB-TP", { name: `Trường ${code}` })),
    )),
    await desk.openYear(schoolYear(2024)),
    ...(await desk.submit(...codes.slice(0, 31).map((code) => report.conference(code)))),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  [app, steward] = [await running.as("RECORDER", "CB-TP"), await running.as("STEWARD", "CB")];
}, 60_000);
afterAll(() => running.close());

const STAFF =
  '(indicators: ["staffConferenceCompletion"]) { totalCount nodes { name level sentence { en vi } unit { code } before { numerator denominator value } after { numerator denominator value } } }';
const perform = async (client: Client, mutation: string, input: object, fields: string) => {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`.replace(/^Withdraw(?!SchoolYear).*/, "WithdrawInput");
  return (await client.data(`mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { ${fields} } }`, { input })).payload;
};
const told = ({ nodes }: any) => nodes.map(({ sentence }: any) => sentence.en);
const conference = { unit: "S32", schoolYear: "2024-2025", heldOn: "2024-09-20", convened: 9, present: 9 };

test("before saving a district app sees that the city goes from 31 of 32 to 32 of 32, up to its own top; nothing is changed", async () => {
  const before = await running.dump();
  const fields = `outcome version record { unit { code } } effects${STAFF}`;
  const payload = await perform(app, "recordConference", { ...conference, dryRun: true }, fields);
  expect(payload).toMatchObject({ outcome: "STORED", version: 1, record: { unit: { code: "S32" } } });
  expect(told(payload.effects)).toEqual([
    "Trường S32, 2024-2025, staff conference held: from 0 of 1 to 1 of 1",
    "Công đoàn, 2024-2025, staff conference held: from 0 of 1 to 1 of 1",
    "Thành phố Cao Bằng, 2024-2025, staff conference held: from 31 of 32 to 32 of 32",
  ]);
  expect(payload.effects.nodes[2]).toMatchObject({
    name: "Thành phố Cao Bằng",
    level: "DISTRICT",
    unit: { code: "CB-TP" },
    before: { numerator: 31, denominator: 32, value: 31 / 32 },
    after: { numerator: 32, denominator: 32, value: 1 },
  });
  expect(JSON.stringify(payload)).not.toContain("Tỉnh");
  expect(await running.dump()).toEqual(before);
});

test("whoever sees the province is told of it, too; the whole list is counted, and as much of it given as is asked for", async () => {
  const all = await perform(
    steward,
    "recordConference",
    { ...conference, dryRun: true },
    `effects(first: 500) { totalCount nodes { level indicator { key } } }`,
  );
  expect(all.effects.nodes).toHaveLength(all.effects.totalCount);
  expect([...new Set(all.effects.nodes.map(({ level }: any) => level))]).toEqual(["SCHOOL", "GRASSROOTS", "DISTRICT", "PROVINCE"]);
  const keys = all.effects.nodes.filter(({ level }: any) => level === "PROVINCE").map(({ indicator }: any) => indicator.key);
  const { indicators } = await steward.data("{ indicators { key } }");
  expect(keys).toEqual(indicators.map(({ key }: any) => key).filter((key: string) => keys.includes(key)));
  const some = await perform(
    steward,
    "recordConference",
    { ...conference, dryRun: true },
    "effects(first: 2) { totalCount nodes { level } }",
  );
  expect([some.effects.totalCount, some.effects.nodes]).toEqual([
    all.effects.totalCount,
    all.effects.nodes.slice(0, 2).map(({ level }: any) => ({ level })),
  ]);
});

test("wrong arguments are an error beside the answer, which still says what became of the change", async () => {
  for (const [args, code] of [
    ['indicators: ["staffConference"]', "INDICATOR_NOT_FOUND"],
    ["first: 0", "BAD_USER_INPUT"],
    ["first: 501", "BAD_USER_INPUT"],
  ]) {
    const answer = await app.ask(
      `mutation ($input: RecordConferenceInput!) { recordConference(input: $input) { outcome effects(${args}) { totalCount } } }`,
      {
        input: { ...conference, dryRun: true },
      },
    );
    expect([answer.data, answer.errors?.map(({ extensions }) => extensions.code)]).toEqual([
      { recordConference: { outcome: "STORED", effects: null } },
      [code],
    ]);
  }
});

test("a batch tells its effects once for all rows; a row alone is not tried", async () => {
  const rows = [
    { conference },
    { conference: { ...conference, unit: "S1", dryRun: true } },
    { conference: { ...conference, unit: "S1", expectedVersion: 1, present: 3 } },
  ];
  const payload = await perform(
    app,
    "submitRecords",
    { rows, dryRun: true, idempotencyKey: randomUUID() },
    `dryRun rows { outcome userErrors { code field } } effects${STAFF}`,
  );
  expect(payload.rows).toMatchObject([{ outcome: "STORED" }, { outcome: "REJECTED" }, { outcome: "STORED" }]);
  expect(payload.rows[1].userErrors).toEqual([{ code: "INVALID", field: "rows.1.conference.dryRun" }]);
  // One is held, the other corrected to one without effect.
  expect(told(payload.effects)).toEqual([
    "Trường S1, 2024-2025, staff conference held: from 1 of 1 to 0 of 1",
    "Trường S32, 2024-2025, staff conference held: from 0 of 1 to 1 of 1",
    "Công đoàn, 2024-2025, staff conference held: from 0 of 1 to 1 of 1",
  ]);
});

test("units that would be registered, moved, closed or changed: the units as they would be, with the effects above them", async () => {
  const before = await running.dump();
  const row = {
    code: "NEW",
    kind: "SCHOOL",
    name: "Trường Mới",
    parent: "CB-TP",
    openedOn: "2020-01-01",
    schoolLevel: "PRIMARY",
    ownership: "PUBLIC",
  };
  const registered = await perform(
    steward,
    "registerUnits",
    { units: [row], dryRun: true, idempotencyKey: randomUUID() },
    `stored rows { unit { code } } effects${STAFF}`,
  );
  expect([registered.stored, registered.rows]).toEqual([1, [{ unit: null }]]);
  expect(told(registered.effects)).toEqual([
    "Trường Mới, 2024-2025, staff conference held: from 0 of 0 to 0 of 1",
    "Thành phố Cao Bằng, 2024-2025, staff conference held: from 31 of 32 to 31 of 33",
    "Tỉnh Cao Bằng, 2024-2025, staff conference held: from 31 of 32 to 31 of 33",
  ]);
  expect(registered.effects.nodes[0].unit).toBeNull();

  const unit = `outcome version unit { code name open parent { code } } effects${STAFF}`;
  const moved = await perform(steward, "moveUnit", { unit: "S1", parent: "CB-HA", on: "2025-01-01", dryRun: true }, unit);
  expect(moved).toMatchObject({ outcome: "STORED", version: 2, unit: { parent: { code: "CB-HA" } } });
  expect(told(moved.effects)).toEqual([
    "Huyện Hoà An, 2024-2025, staff conference held: from 0 of 0 to 1 of 1",
    "Thành phố Cao Bằng, 2024-2025, staff conference held: from 31 of 32 to 30 of 31",
  ]);
  const closed = await perform(steward, "closeUnit", { unit: "S1", on: "2025-01-01", reason: "SCHOOL_CLOSED", dryRun: true }, unit);
  expect([closed.unit.open, told(closed.effects).at(-1)]).toEqual([
    false,
    "Tỉnh Cao Bằng, 2024-2025, staff conference held: from 31 of 32 to 30 of 31",
  ]);
  const changed = await perform(steward, "updateUnit", { unit: "S1", ownership: "PRIVATE", name: "Tên thử", dryRun: true }, unit);
  expect([changed.unit.name, told(changed.effects)[0]]).toEqual([
    "Tên thử",
    "Tên thử, 2024-2025, staff conference held: from 1 of 1 to 0 of 0",
  ]);
  const fields = `outcome version unitId parent { code } effects${STAFF}`;
  const gone = await perform(steward, "voidUnit", { unit: "S32", dryRun: true }, fields);
  expect(gone).toMatchObject({ outcome: "STORED", version: 2, unitId: await running.desk.id("S32"), parent: { code: "CD" } });
  expect(told(gone.effects)).toEqual([
    "Trường S32, 2024-2025, staff conference held: from 0 of 1 to 0 of 0",
    "Công đoàn, 2024-2025, staff conference held: from 0 of 1 to 0 of 0",
    "Thành phố Cao Bằng, 2024-2025, staff conference held: from 31 of 32 to 31 of 31",
    "Tỉnh Cao Bằng, 2024-2025, staff conference held: from 31 of 32 to 31 of 31",
  ]);
  expect(gone.effects.nodes[0]).toMatchObject({ name: "Trường S32", level: "SCHOOL" });
  expect(await running.dump()).toEqual(before);
});

test("a school year that would be opened shows what every unit would owe, and stays shut", async () => {
  const administrator = await running.as("ADMINISTRATOR");
  const input = { label: "2025-2026", startsOn: "2025-09-05", endsOn: "2026-05-31", dryRun: true, idempotencyKey: randomUUID() };
  const payload = await perform(administrator, "openSchoolYear", input, `outcome schoolYear { label } effects${STAFF}`);
  expect(payload).toMatchObject({ outcome: "STORED", schoolYear: { label: "2025-2026" } });
  expect(told(payload.effects).at(-1)).toBe("Tỉnh Cao Bằng, 2025-2026, staff conference held: from 0 of 0 to 0 of 32");
  expect((await administrator.data("{ schoolYears { label } }")).schoolYears).toEqual([{ label: "2024-2025" }]);
});

test("a school year is corrected and withdrawn with its effects, and tells who did what, when and why", async () => {
  const administrator = await running.as("ADMINISTRATOR");
  const days = { label: "2026-2027", startsOn: "2026-09-05", endsOn: "2027-05-31", idempotencyKey: randomUUID() };
  await perform(administrator, "openSchoolYear", days, "outcome");
  const S1 = { unit: "S1", on: "2027-05-10" };
  expect(await perform(administrator, "closeUnit", S1, "outcome")).toEqual({ outcome: "STORED" });
  const correction = { label: "2026-2027", referenceDate: "2027-04-30", reason: "theo công văn" };
  const fields = `outcome version schoolYear { label referenceDate } effects${STAFF}`;
  const tried = await perform(administrator, "correctSchoolYear", { ...correction, dryRun: true }, fields);
  const done = await perform(administrator, "correctSchoolYear", correction, fields);
  expect(done).toEqual(tried);
  expect(done).toMatchObject({ outcome: "STORED", version: 2, schoolYear: { label: "2026-2027", referenceDate: "2027-04-30" } });
  expect(told(done.effects).at(-1)).toBe("Tỉnh Cao Bằng, 2026-2027, staff conference held: from 0 of 31 to 0 of 32");
  const taken = await perform(administrator, "withdrawSchoolYear", { label: "2026-2027", reason: "mở nhầm", expectedVersion: 2 }, fields);
  expect(taken).toMatchObject({ outcome: "STORED", version: 3, schoolYear: { label: "2026-2027" } });
  expect(told(taken.effects).at(-1)).toBe("Tỉnh Cao Bằng, 2026-2027, staff conference held: from 0 of 32 to 0 of 0");
  const VERSIONS =
    "versions(first: 2) { totalCount pageInfo { hasNextPage } nodes { version action referenceDate recordedBy { name } reason } }";
  const { open, gone } = await administrator.data(
    `{ open: schoolYears { label version } gone: schoolYears(withdrawn: true) { label version ${VERSIONS} } }`,
  );
  expect(open).toEqual([{ label: "2024-2025", version: 1 }]);
  const recordedBy = { name: "ADMINISTRATOR of undefined" };
  expect(gone).toEqual([
    {
      ...{ label: "2026-2027", version: 3 },
      versions: {
        ...{ totalCount: 3, pageInfo: { hasNextPage: true } },
        nodes: [
          { version: 3, action: "WITHDRAWN", referenceDate: "2027-04-30", recordedBy, reason: "mở nhầm" },
          { version: 2, action: "CORRECTED", referenceDate: "2027-04-30", recordedBy, reason: "theo công văn" },
        ],
      },
    },
  ]);
  expect(await perform(administrator, "reopenUnit", S1, "outcome")).toEqual({ outcome: "STORED" });
});

test("what is done tells its effects as what is tried does, and what changes nothing has none", async () => {
  const fields = `outcome effects${STAFF}`;
  const tried = await perform(app, "recordConference", { ...conference, dryRun: true }, fields);
  const done = await perform(app, "recordConference", conference, `record { id } ${fields}`);
  expect(done.effects).toEqual(tried.effects);
  const again = await perform(app, "recordConference", conference, fields);
  expect(again).toEqual({ outcome: "UNCHANGED", effects: { totalCount: 0, nodes: [] } });
  const taken = await perform(app, "withdrawConference", { record: done.record.id, reason: "thử", dryRun: true }, fields);
  expect(told(taken.effects).at(-1)).toBe("Thành phố Cao Bằng, 2024-2025, staff conference held: from 32 of 32 to 31 of 32");
  const refused = await perform(app, "recordConference", { ...conference, present: -1, dryRun: true }, fields);
  expect(refused).toEqual({ outcome: "REJECTED", effects: { totalCount: 0, nodes: [] } });
});

test("effects cost a number of statements that does not depend on how much changes, and nothing where nobody asks", async () => {
  const record = (unit: string, fields: string) =>
    running.statements(() =>
      perform(app, "recordConference", { ...conference, unit, expectedVersion: 1, present: 8, dryRun: true }, fields),
    );
  const plain = (await record("S32", "outcome")).length;
  const [under, direct] = [
    (await record("S32", `effects${STAFF.replace("unit { code }", "")}`)).length,
    (await record("S1", `effects { totalCount }`)).length,
  ];
  expect([under - plain <= 5, direct - plain <= 5]).toEqual([true, true]);
});

const schema = buildGraphqlSchema();
const changes = [
  "submitRecords",
  "registerUnits",
  "updateUnit",
  "moveUnit",
  "closeUnit",
  "reopenUnit",
  "voidUnit",
  "mergeDuplicateUnit",
  ...["openSchoolYear", "correctSchoolYear", "withdrawSchoolYear"],
  ...recordKinds.flatMap(({ mutations }) => Object.values(mutations)),
];
test.each(changes)("%s can be tried and tells its effects", (name) => {
  const mutation = schema.getMutationType()!.getFields()[name]!;
  const [input, payload] = [getNamedType(mutation.args[0]!.type), getNamedType(mutation.type)];
  expect([isInputObjectType(input) && Object.keys(input.getFields()), isObjectType(payload) && Object.keys(payload.getFields())]).toEqual([
    expect.arrayContaining(["dryRun"]),
    expect.arrayContaining(["effects", "outcome"].slice(0, name === "submitRecords" || name === "registerUnits" ? 1 : 2)),
  ]);
});
