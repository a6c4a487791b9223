import { buildClientSchema, getIntrospectionQuery, getNamedType, type GraphQLSchema } from "graphql";
import { type Role } from "../../src/domain/ground/caller.js";
import { kindOf, recordedKinds } from "../../src/domain/records/catalogue.js";
import { draft, report, schoolYear } from "../desk.js";
import { dice, type Pools, RandomDocument } from "./random-document.js";
import { type Answer, type Client, type Running, serve } from "./server.js";

/** Two provinces with everything that crosses the border between them: what a change tells is what a query would tell. */
let running: Running;
let schema: GraphQLSchema;
let administrator: Client;

const UNITS = [
  draft.confederation("VN"),
  ...["CB", "HN"].flatMap((code) => [
    draft.province(code, "VN"),
    ...["A", "B"].flatMap((letter) => [
      draft.district(`${code}-${letter}`, code),
      draft.union(`${code}-${letter}-CD`, `${code}-${letter}`),
      draft.school(`${code}-${letter}-1`, `${code}-${letter}-CD`),
      draft.school(`${code}-${letter}-2`, `${code}-${letter}-CD`, { ownership: "PRIVATE" }),
    ]),
  ]),
  draft.union("LEFT-CD", "CB-A"),
  draft.school("LEFT", "LEFT-CD", { ownership: "PRIVATE" }),
  draft.school("CAME", "HN-A-CD", { ownership: "PRIVATE" }),
  draft.school("CLOSED", "CB-B-CD"),
].map((unit, index) => ({ ...unit, name: `Tên${index}` }));

/** Units that cross the border. */
const BORDER = ["LEFT-CD", "CAME"];

const schools = UNITS.filter(({ kind }) => kind === "SCHOOL").map(({ code }) => code);
const RECORDS = [
  ...schools.flatMap((code) => [report.conference(code), report.membership(code, 20, {}, { schoolYear: "2023-2024" })]),
  report.agreement("HN", { type: "MULTI_ENTERPRISE", schools: ["CAME", "HN-B-2"] }),
  report.agreement("CB", { type: "MULTI_ENTERPRISE", schools: ["CB-B-2", "LEFT"] }),
  ...["VN", "CB", "HN-A"].map((code) => report.directive(code, [{ indicator: "members", schoolYear: "2024-2025", target: 5 }])),
  report.membership("HN-A-CD", 20, { peopleCounted: "ALL_ITS_SCHOOLS" }),
  report.cluster("CB", ["CB-A", "CB-B"]),
  ...["CB-A", "HN"].map((code) => report.figure(code, { indicator: "members", value: 7 })),
];

beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const done: { problems: unknown[] }[] = [
    await desk.openYear(schoolYear(2023)),
    await desk.openYear(schoolYear(2024)),
    ...(await desk.register(...UNITS)),
    ...(await desk.submit(...RECORDS)),
    await desk.actOn("SUBMIT", "CB-A-1"),
    await desk.actOn("ACCEPT", "CB-A-1"),
    await desk.closePeriod("HN", { schoolYear: "2023-2024" }),
    await desk.publish("HN", "2023-2024"),
    await desk.move("LEFT-CD", "HN-B", "2025-02-01"),
    await desk.move("CAME", "CB-A-CD", "2025-03-01"),
    await desk.close("CLOSED", "2025-03-01", null, { reason: "MERGED", successors: ["HN-B-1"] }),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  administrator = await running.as("ADMINISTRATOR");
  schema = buildClientSchema(await administrator.data(getIntrospectionQuery()));
});
afterAll(() => running.close());

const mutations = () => Object.keys(schema.getMutationType()!.getFields());
/** A value as GraphQL writes it; bare words are enumerations. */
const literal = (value: unknown, type: any): string => {
  const named: any = getNamedType(type);
  if (Array.isArray(value)) return `[${value.map((one) => literal(one, type)).join(", ")}]`;
  if (value !== null && typeof value === "object")
    return `{${Object.entries(value)
      .map(([key, inner]) => `${key}: ${literal(inner, named.getFields()[key].type)}`)
      .join(", ")}}`;
  return typeof value === "string" && "getValues" in named ? value : JSON.stringify(value);
};

/** Inputs of which most make sense: units with their first values, records as they are and corrected, and what becomes of them later. */
function knownInputs(records: readonly string[]): Record<string, string[]> {
  const inputs: Record<string, string[]> = {};
  let keys = 0;
  const add = (name: string, value: object) => (inputs[name] ??= []).push(literal(value, schema.getType(name)));
  const addKeyed = (name: string, value: object) => add(name, { ...value, idempotencyKey: `input ${keys++}` });
  for (const unit of UNITS) {
    for (let times = BORDER.includes(unit.code) ? 12 : 1; times > 0; times--) add("UnitInput", unit);
    addKeyed("UpdateUnitInput", { unit: unit.code, name: `${unit.name} mới`, from: "2025-06-15" });
    addKeyed("ReportInput", { unit: unit.code, schoolYear: "2024-2025" });
    if (unit.kind === "SCHOOL") {
      add("UnitInput", { ...unit, code: `${unit.code}-MOI`, openedOn: "2025-06-12" });
      addKeyed("MoveUnitInput", { unit: unit.code, parent: "CB-B-CD", on: "2025-06-18" });
      addKeyed("CloseUnitInput", { unit: unit.code, on: "2025-06-19" });
    }
  }
  for (const { kind, unit, schoolYear: label, content } of RECORDS) {
    const { record } = kindOf(kind).mutations;
    const name = `${record.charAt(0).toUpperCase()}${record.slice(1)}Input`;
    const sent = { unit, ...(label ? { schoolYear: label } : {}), ...content };
    for (const expectedVersion of [null, 1, 2]) add(name, { ...sent, expectedVersion, dryRun: expectedVersion === 1 });
    if (kind === "conference") addKeyed(name, { ...sent, present: 27, expectedVersion: 1 });
  }
  for (const record of records) addKeyed("WithdrawInput", { record, reason: "a test" });
  return inputs;
}

/** Everything of units and records by which they are known, as far as a caller is told of it by queries. */
const EVERYTHING = `{ units(first: 200) { nodes { __typename id code name level kind version open
  ancestors { name unit { id code } } placements { nodes { parent { name unit { id code } } } } successors { nodes { unit { id code } } }
  directives { nodes { ...R } } records(first: 100, withdrawn: true) { nodes { ...R } } vintages { nodes { id publisher { name } } }
  y23: report(schoolYear: "2023-2024") { acceptedBy closing { by } } y24: report(schoolYear: "2024-2025") { acceptedBy closing { by } } } } }
  fragment R on Record { __typename id kind version state reporter { name } }`;
interface Known {
  /** Ids, codes and names. */
  words: Set<string>;
  objects: Map<string, Record<string, unknown>>;
}

async function knownTo(client: Client): Promise<Known> {
  const known: Known = { words: new Set(), objects: new Map() };
  walk(await client.data(EVERYTHING), "", (value, path) => {
    if (typeof value === "string" && /\.(id|code|name|by|acceptedBy)$/.test(path) && !/ of /.test(value)) known.words.add(value);
    if (isObject(value) && typeof value.id === "string" && value.version !== undefined) known.objects.set(value.id, value);
  });
  return known;
}

const isObject = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === "object" && !Array.isArray(value);
function walk(value: unknown, path: string, look: (value: unknown, path: string) => void): void {
  look(value, path);
  if (value !== null && typeof value === "object") for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`, look);
}

/** Ids, codes and names in a text; it may be a sentence. */
const wordsIn = (text: string, { words }: Known) =>
  [...words].filter(
    (word) =>
      text.includes(word) && new RegExp(`(?<![\\p{L}\\p{N}._/-])${word.replace(/[.]/g, "\\.")}(?![\\p{L}\\p{N}_/-])`, "u").test(text),
  );

/** What an answer tells that the caller would not be told by a query, and what it tells besides that something is forbidden. */
function faults(answer: Answer, sent: string, all: Known, own: Known, isAsItIs: boolean): string[] {
  const found: string[] = [];
  walk(answer, "", (value, path) => {
    if (typeof value === "string")
      for (const word of wordsIn(value, all)) if (!own.words.has(word) && !sent.includes(word)) found.push(`${path}: ${word}`);
    if (!isObject(value)) return;
    const now = typeof value.id === "string" ? own.objects.get(value.id) : undefined;
    for (const [key, told] of Object.entries(value))
      if (isAsItIs && now && key in now && typeof told !== "object" && told !== now[key])
        found.push(`${path}.${key} is ${String(told)}, by a query ${String(now[key])}`);
    found.push(...(Array.isArray(value.userErrors) ? besidesForbidden(value, path) : []));
  });
  return found;
}

/** Fields of a payload that tell nothing of what it is about. */
const SILENT = ["__typename", "outcome", "row", "dryRun", "replayed", "stored", "unchanged", "rejected", "userErrors", "effects"];
function besidesForbidden(payload: Record<string, unknown>, path: string): string[] {
  const codes = (payload.userErrors as { code: string }[]).map(({ code }) => code);
  if (!codes.includes("FORBIDDEN")) return [];
  const told = Object.entries(payload).filter(
    ([key, value]) => !SILENT.includes(key.replace(/_\d+$/, "")) && value !== null && !(Array.isArray(value) && value.length === 0),
  );
  return [...codes.filter((code) => code !== "FORBIDDEN"), ...told.map(([key]) => key)].map((what) => `${path}: FORBIDDEN and ${what}`);
}

async function pools(): Promise<Pools> {
  const { words, objects } = await knownTo(administrator);
  return {
    inside: UNITS.map(({ code }) => code),
    outside: [...objects.keys()],
    names: ["Tên mới", "CB-MOI", "HN-MOI", [...words][0]!],
    vintages: ["HN-2023-2024-1"],
    schoolYears: ["2023-2024", "2024-2025"],
    indicators: ["members", "staffConferenceCompletion"],
    days: ["2015-01-01", "2024-12-31", "2025-03-01", "2025-06-20"],
    numbers: [1, 2, 3, 12],
    cursors: [""],
    inputs: knownInputs([...objects.values()].flatMap(({ id, state }) => (state === "STANDING" ? [String(id)] : []))),
  };
}

const FIRST_VALUES = `mutation ($units: [UnitInput!]!, $dryRun: Boolean!, $key: String!) { registerUnits(input: {units: $units, dryRun: $dryRun, idempotencyKey: $key}) {
  unchanged rejected rows { outcome version unit { id code ancestors { name } rollup(schoolYear: "2024-2025") { members { value } } } userErrors { code message { en } } } } }`;

test("a unit that moved to another province is not shown to who registers it with its first values, no more than any other code", async () => {
  const steward = await running.as("STEWARD", "CB");
  const first = UNITS.find(({ code }) => code === "LEFT-CD")!;
  for (const dryRun of [true, false]) {
    const row = async (unit: object) => {
      const { registerUnits } = await steward.data(FIRST_VALUES, { units: [unit], dryRun, key: `first values ${dryRun}` });
      return registerUnits.rows[0];
    };
    const answer = await row(first);
    expect(answer).toMatchObject({ outcome: "REJECTED", unit: null, version: null, userErrors: [{ code: "ALREADY_EXISTS" }] });
    expect(await row({ ...first, name: "Tên khác" })).toEqual(answer);
    // Who keeps it now may be told that it is there; of its own units so may the steward.
    expect(await row(UNITS.find(({ code }) => code === "CB-A-CD")!)).toMatchObject({ outcome: "UNCHANGED", unit: { code: "CB-A-CD" } });
  }
});

test("what others keep of the past is forbidden before a taken code or a stale version is told", async () => {
  const steward = await running.as("STEWARD", "HN");
  const UNIT = "outcome version unit { id } userErrors { code }";
  const { registerUnits, ...changes } = await steward.data(
    `mutation ($units: [UnitInput!]!) { registerUnits(input: {units: $units, idempotencyKey: "a taken code"}) { rows { ${UNIT} } }
      updateUnit(input: {unit: "LEFT-CD", name: "", from: "2024-01-01", expectedVersion: 99}) { ${UNIT} }
      moveUnit(input: {unit: "LEFT", parent: "HN-B-CD", on: "2024-01-01", expectedVersion: 99}) { ${UNIT} }
      closeUnit(input: {unit: "LEFT", on: "2024-01-01", expectedVersion: 99}) { ${UNIT} }
      voidUnit(input: {unit: "LEFT", expectedVersion: 99}) { outcome version unitId userErrors { code } } }`,
    { units: [{ ...UNITS.find(({ code }) => code === "CB-A-1")!, parent: "LEFT-CD" }] },
  );
  const forbidden = { outcome: "REJECTED", version: null, unit: null, userErrors: [{ code: "FORBIDDEN" }] };
  const forbiddenVoid = { outcome: "REJECTED", version: null, unitId: null, userErrors: [{ code: "FORBIDDEN" }] };
  expect(registerUnits.rows).toEqual([forbidden]);
  expect(changes).toEqual({ updateUnit: forbidden, moveUnit: forbidden, closeUnit: forbidden, voidUnit: forbiddenVoid });
});

/** The same places with inputs more often of a caller's own branch, where more comes about. */
function within(places: Pools, all: Known, own: Known): Pools {
  const lists = Object.entries(places.inputs!).map(([name, list]) => {
    const fits = list.filter((text) => wordsIn(text, all).every((word) => own.words.has(word)));
    return [name, [...list, ...fits, ...fits, ...fits]];
  });
  return { ...places, inputs: Object.fromEntries(lists) };
}

/** Changes of which more come about than of any. */
const SENSIBLE = [
  "registerUnits",
  "registerUnits",
  "submitRecords",
  "updateUnit",
  "moveUnit",
  "closeUnit",
  "submitReport",
  "recordConference",
];

/** Callers of every level and role. */
const CALLERS: [Role, string][] = [
  ["STEWARD", "CB"],
  ["STEWARD", "HN"],
  ["STEWARD", "CB-A"],
  ["RECORDER", "HN-B"],
  ["RECORDER", "LEFT-CD"],
  ["ANALYST", "CB"],
  ["STEWARD", "VN"],
];

test("80 random changes of random callers, replays among them, tell what the same caller is told by queries", async () => {
  const clients = await Promise.all(CALLERS.map(([role, code]) => running.as(role, code)));
  const [places, all] = [await pools(), await knownTo(administrator)];
  const placesOf = new Map(await Promise.all(clients.map(async (client) => [client, within(places, all, await knownTo(client))] as const)));
  const stored: { client: Client; document: string }[] = [];
  const seen = new Set<string>();
  let known = new Map<Client, Known>();
  const of = async (client: Client) => known.get(client) ?? known.set(client, await knownTo(client)).get(client)!;
  for (let seed = 1; seed <= 80; seed++) {
    const random = dice(seed + 400);
    const step = random(10);
    const again = step < 4 ? stored[random(stored.length || 1)] : undefined;
    const client = again?.client ?? clients[random(clients.length)]!;
    const names = step < 8 ? SENSIBLE : mutations();
    const document = again?.document ?? new RandomDocument(schema, placesOf.get(client)!, random).mutation(names[random(names.length)]!, 4);
    const answer = await client.ask(document);
    const text = JSON.stringify(answer);
    if (text.includes('"STORED"')) {
      known = new Map();
      if (!again && /idempotencyKey/.test(document)) stored.push({ client, document });
    }
    const isAsItIs = !/dryRun: true|idempotencyKey/.test(document);
    const found = faults(answer, document, await of(administrator), await of(client), isAsItIs);
    for (const { extensions } of answer.errors ?? []) if (/INTERNAL|VALIDATION/.test(extensions.code)) found.push(extensions.code);
    if (found.length > 0) throw new Error(`seed ${seed}: ${found.slice(0, 5).join("; ")}\n${document}\n${text}`);
    for (const [word] of text.matchAll(/STORED|UNCHANGED|ALREADY_EXISTS|VERSION_CONFLICT|FORBIDDEN|UNIT_NOT_FOUND|RECORD_NOT_FOUND/g))
      seen.add(word);
    if (again) seen.add(/"(unit|record)\w*":null/.test(text) ? "replayed without its object" : "replayed");
    if (seed % 4 > 0) continue;
    // Of what was answered under a key some leaves the branch, to come again from somewhere else.
    const told = schools.filter((code) => stored.some(({ document: one }) => one.includes(`"${code}"`)));
    const gone = [...told, ...BORDER][random(told.length + BORDER.length)]!;
    await running.desk.move(gone, ["CB-A", "HN-A", "HN-B"][random(3)]!, "2025-06-10");
    known = new Map();
  }
  expect([...seen].sort()).toEqual([
    ...[
      "ALREADY_EXISTS",
      "FORBIDDEN",
      "RECORD_NOT_FOUND",
      "STORED",
      "UNCHANGED",
      "UNIT_NOT_FOUND",
      "VERSION_CONFLICT",
      "replayed",
      "replayed without its object",
    ],
  ]);
});

test("whoever may not make a change is told that, of every mutation, and nothing else", async () => {
  const [analyst, recorder] = [await running.as("ANALYST", "CB"), await running.as("RECORDER", "CB")];
  const places = await pools();
  const nobody: Known = { words: new Set(), objects: new Map() };
  const before = await running.dump("token");
  const refused = async (client: Client) => {
    const forbidden = new Map<string, boolean>();
    for (const name of mutations())
      for (let seed = 1; seed <= 2; seed++) {
        const document = new RandomDocument(schema, places, dice(seed)).mutation(name, 3);
        const answer = await client.ask(document);
        const found = faults(answer, document, nobody, nobody, false);
        if (found.length > 0) throw new Error(`${found.join("; ")}\n${document}\n${JSON.stringify(answer)}`);
        if (!answer.data) continue;
        const codes = [...JSON.stringify(answer).matchAll(/"code":"([A-Z_]+)"/g)].map(([, code]) => code!);
        const isRefused = codes.length > 0 && codes.every((code) => code === "FORBIDDEN");
        forbidden.set(name, isRefused && forbidden.get(name) !== false);
      }
    return [...forbidden].flatMap(([name, always]) => (always ? [name] : [])).sort();
  };
  expect(await refused(analyst)).toEqual(mutations().sort());
  expect(await running.dump("token")).toEqual(before);
  const kept = recordedKinds.flatMap(({ deed, mutations: { record, withdraw } }) => (deed === "STEWARD" ? [record, withdraw] : []));
  expect(await refused(recorder)).toEqual(
    [
      ...kept,
      "closePeriod",
      "closeUnit",
      "correctSchoolYear",
      "mergeDuplicateUnit",
      "moveUnit",
      "openSchoolYear",
      "publishVintage",
      "registerUnits",
      "reopenPeriod",
      "reopenUnit",
      "updateUnit",
      "voidUnit",
      "withdrawSchoolYear",
    ].sort(),
  );
});
