import { getNamedType, isEnumType, isInputObjectType, isInterfaceType, isNonNullType, isObjectType, isScalarType } from "graphql";
import { recordedKinds } from "../../src/domain/records/catalogue.js";
import { buildGraphqlSchema } from "../../src/graphql/schema.js";
import { report } from "../desk.js";
import { type Client, fingerprintRead, type Running, serve } from "./server.js";

/** Every mutation, made under a key and sent again, on the demonstration. */
let running: Running;
let administrator: Client;
beforeAll(async () => {
  running = await serve("demo");
  // The demonstration has none.
  await running.desk.send(report.extension("CB-TP", { indicator: "reportSubmission", until: "2025-08-15" }));
  administrator = await running.as("ADMINISTRATOR");
}, 600_000);
afterAll(() => running.close());

const schema = buildGraphqlSchema();
const mutations = Object.values(schema.getMutationType()!.getFields());
const fieldsOf = (name: string) => {
  const { args, type } = schema.getMutationType()!.getFields()[name]!;
  const [input, payload] = [getNamedType(args[0]!.type), getNamedType(type)];
  if (!isInputObjectType(input) || !isObjectType(payload)) throw new Error(`${name} takes no input`);
  return { input: input.getFields(), payload: payload.getFields(), type: input.name };
};

/** What is dear to work out anew and no part of the answer. */
const DEAR = ["changed", "changesCount"];

/** All values of a payload, and those of the objects in it, as far as they take no argument. */
function selection(type: unknown, depth: number): string {
  const named = getNamedType(type as never);
  if (!isObjectType(named) && !isInterfaceType(named)) return "";
  const fields = Object.values(named.getFields()).flatMap(({ name, type: of, args }) => {
    if (args.some((arg) => isNonNullType(arg.type)) || name === "replayed" || DEAR.includes(name)) return [];
    const inner = getNamedType(of);
    if (isScalarType(inner) || isEnumType(inner)) return [name];
    const below = depth > 0 ? selection(inner, depth - 1) : "";
    return below ? [`${name} ${below}`] : [];
  });
  return fields.length > 0 ? `{ ${fields.join(" ")} }` : "";
}

const isChange = (sql: string) => /^\s*(INSERT|UPDATE|DELETE|REPLACE)/i.test(sql);
let keys = 0;
const done = new Set<string>();

/** Makes a change under a fresh key, which stores something, and sends it again. */
async function makeTwice(name: string, input: object): Promise<any> {
  const { payload, type } = fieldsOf(name);
  const told = selection(schema.getMutationType()!.getFields()[name]!.type, "rows" in payload ? 2 : 1);
  const query = `mutation ($input: ${type}!) { payload: ${name}(input: $input) ${told.replace(/ }$/, " replayed }")} }`;
  const variables = { input: { ...input, idempotencyKey: `key ${keys++}` } };
  const first = (await administrator.data(query, variables)).payload;
  expect(first).toMatchObject("rows" in payload ? { rejected: 0, replayed: false } : { outcome: "STORED", replayed: false });
  let again: any;
  const statements = await running.statements(async () => (again = (await administrator.data(query, variables)).payload));
  expect(again).toEqual({ ...first, replayed: true });
  expect(statements.filter(isChange)).toEqual([]);
  done.add(name);
  return first;
}

test("every mutation takes a key, says whether it is a replay, and corrects only what is as expected", () => {
  const required: string[] = [];
  const unchecked: string[] = [];
  for (const { name } of mutations) {
    const { input, payload } = fieldsOf(name);
    expect([name, getNamedType(input["idempotencyKey"]!.type).name, String(payload["replayed"]!.type)]).toEqual([
      name,
      "String",
      "Boolean!",
    ]);
    if (isNonNullType(input["idempotencyKey"]!.type)) required.push(name);
    const row = getNamedType((input["reports"] ?? input["rows"])?.type);
    const corrects = row && isInputObjectType(row) ? row.getFields() : input;
    if (!corrects["expectedVersion"] && name !== "submitRecords") unchecked.push(name);
  }
  expect(required.sort()).toEqual(["acceptReports", "openSchoolYear", "publishVintage", "registerUnits", "submitRecords", "submitReports"]);
  // They make what was not there.
  expect(unchecked.sort()).toEqual(["openSchoolYear", "publishVintage", "registerUnits"]);
});

test.each(recordedKinds.map((kind) => [kind.typeName, kind] as const))("a %s", async (_, kind) => {
  const rows = await running.hub.database.read(async (stores) => {
    const units = await stores.units.allIds();
    return (await stores.records.heldBy(units, [kind.key])).map(({ record }) => record);
  });
  const tried = async (name: string, input: object) => {
    const query = `mutation ($input: ${fieldsOf(name).type}!) { payload: ${name}(input: $input) { outcome } }`;
    return (await administrator.data(query, { input: { ...input, dryRun: true } })).payload.outcome;
  };
  // The last are those of units far down, which are quick to post.
  for (const { recordId, unitId, schoolYear, content, version } of rows.reverse()) {
    const taken = { record: recordId, reason: "a test", expectedVersion: version };
    const sent = { unit: unitId, ...(schoolYear ? { schoolYear } : {}), ...content };
    if ((await tried(kind.mutations.record, sent)) !== "UNCHANGED" || (await tried(kind.mutations.withdraw, taken)) !== "STORED") continue;
    await makeTwice(kind.mutations.withdraw, taken);
    expect((await makeTwice(kind.mutations.record, sent)).version).toBe(version + 2);
    return;
  }
  throw new Error(`no ${kind.typeName} can be withdrawn`);
});

test("units and school years", async () => {
  const unit = { kind: "SCHOOL", openedOn: "2020-01-01", schoolLevel: "PRIMARY", ownership: "PUBLIC" };
  const units = ["X1", "X2"].map((code) => ({ ...unit, code, name: `Trường ${code}`, parent: "CB-TP" }));
  const { rows } = await makeTwice("registerUnits", { units });
  expect(rows.map((row: any) => [row.unit.code, row.version])).toEqual([
    ["X1", 1],
    ["X2", 1],
  ]);
  await makeTwice("updateUnit", { unit: "X1", name: "Trường khác", expectedVersion: 1 });
  await makeTwice("moveUnit", { unit: "X1", parent: "CB", on: "2023-08-01", expectedVersion: 2 });
  await makeTwice("closeUnit", { unit: "X1", on: "2024-01-01", expectedVersion: 3 });
  await makeTwice("reopenUnit", { unit: "X1", on: "2024-02-01", expectedVersion: 4 });
  await makeTwice("registerUnits", { units: [{ ...unit, code: "X3", name: "Trường nhầm", parent: "CB-TP" }] });
  expect(await makeTwice("voidUnit", { unit: "X3", expectedVersion: 1 })).toMatchObject({ version: 2, parent: { code: "CB-TP" } });
  await makeTwice("registerUnits", { units: [{ ...unit, code: "X4", name: "Trường X1 (trùng)", parent: "CB-TP" }] });
  await makeTwice("mergeDuplicateUnit", { unit: "X4", into: "X1", expectedVersion: 1 });
  await makeTwice("openSchoolYear", { label: "2025-2026", startsOn: "2025-09-05", endsOn: "2026-05-31" });
  const label = { label: "2025-2026", reason: "a test" };
  await makeTwice("correctSchoolYear", { ...label, startsOn: "2025-09-01", expectedVersion: 1 });
  await makeTwice("withdrawSchoolYear", { ...label, expectedVersion: 2 });
  await makeTwice("openSchoolYear", { label: "2025-2026", startsOn: "2025-09-05", endsOn: "2026-05-31" });
});

test("reports, closings and vintages", async () => {
  const report = (unit: string) => ({ unit, schoolYear: "2024-2025" });
  const read = (unit: string) => fingerprintRead(administrator, unit, "2024-2025");
  const [reason, one] = ["a test", report("X2")];
  await makeTwice("submitReport", { ...one, expectedVersion: 0 });
  await makeTwice("returnReport", { ...one, reason, expectedVersion: 1 });
  await makeTwice("submitReports", { reports: [one, report("X1")] });
  await makeTwice("acceptReport", { ...one, expectedVersion: 3, fingerprint: await read("X2") });
  await makeTwice("reopenReport", { ...one, reason, expectedVersion: 4 });
  await makeTwice("submitReports", { reports: [one] });
  await makeTwice("acceptReports", {
    reports: [
      { ...one, fingerprint: await read("X2") },
      { ...report("X1"), fingerprint: await read("X1") },
    ],
  });
  const fingerprint = await fingerprintRead(administrator, "CB", "2024-2025", "branch");
  await makeTwice("closePeriod", { ...report("CB"), fingerprint });
  await makeTwice("publishVintage", { unit: "CB", schoolYear: "2024-2025", title: "Báo cáo", fingerprint });
  await makeTwice("reopenPeriod", { ...report("CB"), reason });
});

test("a batch", async () => {
  const conference = { unit: "X1", schoolYear: "2023-2024", heldOn: "2023-10-05", convened: 9, present: 9 };
  await makeTwice("submitRecords", { rows: [{ conference }, { conference: { ...conference, unit: "X2" } }] });
});

test("no mutation was left out", () => {
  expect(mutations.map(({ name }) => name).filter((name) => !done.has(name))).toEqual([]);
});
