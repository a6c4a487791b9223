import { buildClientSchema, getIntrospectionQuery, type GraphQLSchema } from "graphql";
import { type Role } from "../../src/domain/ground/caller.js";
import { recordKinds } from "../../src/domain/records/catalogue.js";
import { draft, report } from "../desk.js";
import { dice, type Pools, RandomDocument } from "./random-document.js";
import { type Answer, type Client, type Running, serve } from "./server.js";

let running: Running;
let schema: GraphQLSchema;
let lookFrom: (top: string) => View;

/** What there is for a caller with the branch of a unit. */
interface View {
  foreign: Foreign;
  pools: Pools;
  /** Some records of each kind inside the branch. */
  recordsOfKinds: string[];
}

/** Everything outside a branch that may not be told. */
interface Foreign {
  ids: Set<string>;
  codes: Set<string>;
  /** Names that no unit of the branch has or had. */
  names: Set<string>;
}

beforeAll(async () => {
  running = await serve("demo");
  await putBorderCases();
  schema = buildClientSchema(await (await running.as("ANALYST", "CB")).data(getIntrospectionQuery()));
  lookFrom = await lookAround();
}, 600_000);
afterAll(() => running.close());

const LEFT = "CB-TP-TH-HOPGIANG";
const CAME = "CB-HA-TH-NUOCHAI";
/** Units at whose place or records the border runs. */
const BORDER = ["VN", "CB", "CB-TP", "CB-HA", "CB-MOI", "CB-MOI-CHUNG", "CB-TP-CHUNG", "CB-TP-CHUNG-CD", "CB-TP-DONG", CAME, LEFT];

/** Units that came into the branch and left it, closed ones, and records that reach over its border. */
async function putBorderCases(): Promise<void> {
  const { desk } = running;
  const others = { schoolLevel: "PRESCHOOL", ownership: "PRIVATE" } as const;
  const done = [
    ...(await desk.register(
      draft.district("CB-MOI", "CB", { name: "Liên đoàn Lao động huyện Mới Lập" }),
      draft.union("CB-TP-CHUNG-CD", "CB-TP", { name: "Công đoàn Trường chung" }),
      draft.school("CB-TP-CHUNG", "CB-TP-CHUNG-CD", { ...others, name: "Trường Mầm non chung" }),
      draft.union("CB-MOI-CHUNG-CD", "CB-MOI", { name: "Công đoàn Trường bên kia" }),
      draft.school("CB-MOI-CHUNG", "CB-MOI-CHUNG-CD", { ...others, name: "Trường Mầm non bên kia" }),
      draft.school("CB-TP-DONG", "CB-TP", { name: "Trường đã đóng" }),
    )),
    await desk.publish("CB", "2023-2024"),
    await desk.move(LEFT, "CB-HA", "2024-01-01"),
    await desk.move(CAME, "CB-TP", "2025-01-01"),
    await desk.close("CB-TP-DONG", "2024-01-01", null, { reason: "MERGED", successors: ["CB-MOI-CHUNG"] }),
    ...(await desk.submit(
      report.agreement("CB", { type: "MULTI_ENTERPRISE", schools: ["CB-TP-CHUNG", "CB-MOI-CHUNG"] }),
      report.figure("CB-MOI", { indicator: "members", value: 7 }),
      report.figure("CB-TP-CHUNG", { indicator: "members", value: 8 }),
      report.cluster("CB", ["CB-TP", "CB-MOI", "CB-HA"]),
      report.directive("CB-MOI", [{ indicator: "members", schoolYear: "2024-2025", target: 5 }], { number: "Số của huyện Mới Lập" }),
    )),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
}

async function lookAround(): Promise<(top: string) => View> {
  const administrator = await running.as("ADMINISTRATOR");
  const LIST = `query ($after: String) { units(first: 50, after: $after) { pageInfo { hasNextPage endCursor } edges { cursor node { id code placements(first: 5) { nodes { from } } ancestors { unit { code } }
    was: profile(on: "2012-01-01") { name } name open records(first: 100, withdrawn: true) { nodes { id kind ... on CollectiveAgreement { schools(first: 30) { nodes { code } } } ... on EmulationCluster { members(first: 30) { nodes { code } } } unit { code } } } } } } }`;
  const edges: any[] = [];
  for (let after: string | null = null; ;) {
    const { units }: any = await administrator.data(LIST, { after });
    edges.push(...units.edges);
    after = units.pageInfo.endCursor;
    if (!units.pageInfo.hasNextPage) break;
  }
  const lineOf = ({ code, ancestors }: any): string[] => [code, ...ancestors.map(({ unit }: any) => unit.code)];
  const units = edges.map(({ node }) => node);
  return (top) => {
    const isOwn = (unit: any) => lineOf(unit).includes(top);
    const own = units.filter(isOwn);
    const outside = units.filter((unit) => !isOwn(unit));
    const above = new Set(lineOf(own.find(({ code }) => code === top)!));
    const ownCodes = new Set(own.map(({ code }) => code));
    const hidden = ({ kind, unit, schools, members }: any) =>
      !(kind === "directive" && above.has(unit.code)) &&
      ![...(schools?.nodes ?? []), ...(members?.nodes ?? [])].some(({ code }: any) => ownCodes.has(code)) &&
      !ownCodes.has(unit.code);
    const recordIds = outside.flatMap(({ records }) => records.nodes.filter(hidden).map(({ id }: any) => id));
    const names = (list: any[]) => list.flatMap(({ name, was }) => [name, was.name]);
    const ownNames = new Set(names(own));
    const some = outside.filter((_, index) => index % 40 === 0).flatMap(({ id, code }) => [id, code]);
    const known = own.filter((_, index) => index % 8 === 0).flatMap(({ id, code }) => [id, code]);
    const ownRecords = own.slice(0, 12).flatMap(({ records }) => records.nodes.slice(0, 3).map(({ id }: any) => id));
    const ownOfKind = (key: string) => own.flatMap(({ records }) => records.nodes).filter(({ kind }: any) => kind === key);
    const twice = (codes: string[]) => units.flatMap(({ id, code }) => (codes.includes(code) ? [id, code, code, code] : []));
    return {
      recordsOfKinds: recordKinds.flatMap(({ key }) => ownOfKind(key).slice(0, 4)).map(({ id }: any) => id),
      foreign: {
        ids: new Set<string>([...outside.map(({ id }) => id), ...recordIds]),
        codes: new Set<string>(outside.map(({ code }) => code)),
        names: new Set<string>(names(outside).filter((name) => !ownNames.has(name))),
      },
      pools: {
        inside: [...known, ...ownRecords, ...twice([top, ...BORDER.filter((code) => ownCodes.has(code))])],
        outside: [...some, ...recordIds.slice(0, 20), ...twice(BORDER.filter((code) => !ownCodes.has(code)))],
        names: [...names(outside.slice(0, 40)), ...names(own.slice(0, 10)), "truong", ""],
        vintages: ["CB-2023-2024-1"],
        schoolYears: ["2022-2023", "2023-2024", "2024-2025"],
        indicators: ["staffConferenceCompletion", "agreementCoverage", "members", "membershipReportSubmission"],
        days: ["2015-01-01", "2023-06-01", "2024-12-31", "2025-06-20"],
        numbers: [1, 2, 3, 5, 12],
        cursors: edges.filter((_, index) => index % 50 === 0).map(({ cursor }) => cursor),
      },
    };
  };
}

/** Where the name of a unit outside the branch may stand: it says under whom something is, or who above did it. */
const NAMES_TOLD =
  /\.((ancestors\.\d+|reporter|issuer|publisher|placements\.\d+\.parent)\.name|acceptedBy|closedBy|closing\.by|(recorded|submitted|published)By\.unit|submittedByUnit)$/;
/** Of a lock a sentence says who set it: a unit above, then or now. */
const LOCK =
  / on \d{4}-\d\d-\d\d; ask (it|somebody of .*|an administrator) to (reopen the report of |open the period again)| ngày \d+\/\d+\/\d{4}; đề nghị (đơn vị này|cán bộ của .*|quản trị viên) mở lại (báo cáo|kỳ báo cáo)/;

/** Everything in an answer that should not be there. `sent`: what the caller wrote himself may come back in a sentence. */
function leaks({ data, errors }: Answer, sent: string, { foreign }: View): string[] {
  const found: string[] = [];
  const walk = (value: unknown, path: string) => {
    if (value !== null && typeof value === "object")
      for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key.replace(/_\d+$/, "")}`);
    else if (typeof value === "string") look(value, path);
  };
  const look = (text: string, path: string) => {
    if (/\.message(\.en|\.vi)?$/.test(path)) return sentence(text, path);
    if (/[cC]ursor$/.test(path)) return sentence(Buffer.from(text, "base64url").toString(), path);
    const isName = foreign.names.has(text) && !NAMES_TOLD.test(path);
    if (foreign.ids.has(text) || foreign.codes.has(text) || isName) found.push(`${path}: ${text}`);
  };
  const sentence = (text: string, path: string) => {
    const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}._/-]*[\p{L}\p{N}]/gu) ?? [];
    const told = [
      ...words.filter((word) => foreign.ids.has(word) || foreign.codes.has(word)),
      ...(LOCK.test(text) ? [] : [...foreign.names].filter((name) => text.includes(name))),
    ];
    for (const word of told) if (!sent.includes(word)) found.push(`${path}: ${word} in ${text}`);
  };
  walk(data, "data");
  walk(errors, "errors");
  return found;
}

test("the watchman sees what an administrator is told, or he would see nothing", async () => {
  const administrator = await running.as("ADMINISTRATOR");
  const view = lookFrom("CB-TP");
  const query = `{ unit(code: "CB") { id code name ancestors { name } children { nodes { code } pageInfo { endCursor } } } }`;
  expect(leaks(await administrator.ask(query), "", view).length).toBeGreaterThan(12);
  expect(leaks(await administrator.ask(`{ unit(code: "CB-H") { id } }`), "CB-H", view)).toEqual([expect.stringContaining("Did you mean")]);
});

/** Asks, and fails where the answer tells too much or something went wrong inside. */
async function watched(client: Client, view: View, seed: number, document: string): Promise<Answer> {
  const answer = await client.ask(document);
  const codes = (answer.errors ?? []).map(({ extensions }) => extensions.code).filter((code) => /INTERNAL|VALIDATION/.test(code));
  const told = leaks(answer, document, view);
  if (codes.length + told.length > 0) throw new Error(`seed ${seed}: ${[...codes, ...told].slice(0, 5).join("; ")}\n${document}`);
  return answer;
}

/** Callers of every level and role. */
const CALLERS: [Role, string][] = [
  ["RECORDER", "CB-TP"],
  ["ANALYST", "CB-HA"],
  ["STEWARD", "CB-TP"],
  ["RECORDER", "CB-TP-CHUNG-CD"],
  ["RECORDER", CAME],
  ["STEWARD", "CB-MOI"],
  ["ANALYST", LEFT],
  ["STEWARD", "CB"],
];

/** What the random questions must have come to; which of them do depends on the schema. */
const TO_BE_SEEN = ["Directive", "DistrictFederation", "GrassrootsUnion", "RecordVersion", "School", "Vintage", "WorklistConnection"];

test("100 random questions and more of random callers never name a unit or record outside their branch", async () => {
  const seen = new Set<string>();
  const unseen = () => TO_BE_SEEN.filter((type) => !seen.has(type));
  const clients = await Promise.all(CALLERS.map(async ([role, top]) => ({ client: await running.as(role, top), view: lookFrom(top) })));
  for (let seed = 1; seed <= 100 || (unseen().length > 0 && seed <= 400); seed++) {
    // Every other one from the city, whose branch has most to ask for.
    const { client, view } = clients[seed % 2 === 0 ? 0 : dice(seed)(clients.length)]!;
    const asked = { ...view.pools, inside: [...view.pools.inside, ...view.recordsOfKinds] };
    const answer = await watched(client, view, seed, new RandomDocument(schema, asked, dice(seed)).query(4));
    for (const [type] of JSON.stringify(answer.data ?? {}).matchAll(/"__typename":"\w+"/g)) seen.add(type.slice(14, -1));
  }
  expect(unseen()).toEqual([]);
  expect(recordKinds.filter(({ typeName }) => seen.has(typeName)).length).toBeGreaterThan(5);
}, 600_000);

test("what happens outside a branch changes nothing that its callers are told, no number either", async () => {
  const { desk } = running;
  const asking = await Promise.all(
    CALLERS.filter(([, top]) => !["CB", "CB-MOI"].includes(top)).map(async ([role, top], index) => {
      const [client, { pools }] = [await running.as(role, top), lookFrom(top)];
      return Array.from({ length: 3 }, (_, n) => ({
        client,
        document: new RandomDocument(schema, pools, dice(index * 1_000 + n)).query(4),
      }));
    }),
  );
  const ask = async () => {
    const answers: unknown[] = [];
    for (const { client, document } of asking.flat()) {
      const { data, errors } = await client.ask(document);
      // Of several fields that fail below one another, which is told depends on which fails first.
      answers.push({ document, data, failed: errors !== undefined });
    }
    return answers;
  };
  const before = await ask();
  const administrator = await running.as("ADMINISTRATOR");
  const members = async () =>
    (await administrator.data(`{ unit(code: "CB") { rollup(schoolYear: "2024-2025") { members { value } schoolCount { value } } } }`)).unit;
  const was = await members();
  const done = [
    ...(await desk.register(
      draft.union("CB-MOI-XA-CD", "CB-MOI"),
      draft.school("CB-MOI-XA", "CB-MOI-XA-CD"),
      draft.school("CB-MOI-XA-2", "CB-MOI-XA-CD"),
    )),
    ...(await desk.submit(
      ...["CB-MOI-XA", "CB-MOI-XA-2"].flatMap((code) => [report.conference(code), report.membership(code, 40)]),
      report.figure("CB-MOI", { indicator: "members", value: 70 }, { expectedVersion: 1 }),
    )),
    await desk.move("CB-MOI-CHUNG", "CB-MOI", "2025-02-01"),
    await desk.close("CB-MOI-XA-2", "2025-03-01"),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  expect(await members()).not.toEqual(was);
  expect(await ask()).toEqual(before);
}, 600_000);

test("explanations and growth name nobody who has left the branch or stood elsewhere in the year", async () => {
  const NAMED = "{ id code name ancestors { name unit { id code } } }";
  const explained = `deadline { source { en vi } directive { id number } } contributions { nodes { unit ${NAMED} } pageInfo { endCursor } } leftOut { units { nodes ${NAMED} pageInfo { endCursor } } } records { nodes { id } }`;
  const grown = `comparedWith { label } parts { units { nodes { unit ${NAMED} } pageInfo { endCursor } } }`;
  const asked = (indicator: string, year: string, tree: string) => {
    const name = `${indicator}_${year.slice(0, 4)}_${tree}`;
    return `e_${name}: explain(indicator: "${indicator}", schoolYear: "${year}", tree: ${tree}) { ${explained} } g_${name}: growth(schoolYear: "${year}", tree: ${tree}) { ${grown} }`;
  };
  const view = lookFrom("CB-TP");
  const recorder = await running.as("RECORDER", "CB-TP");
  const all = ["members", "staffConferenceCompletion", "agreementCoverage"].flatMap((indicator) =>
    view.pools.schoolYears.flatMap((year) => ["OF_THE_YEAR", "TODAY"].map((tree) => asked(indicator, year, tree))),
  );
  for (const code of ["CB-TP", CAME, "CB-TP-CHUNG-CD", "CB-TP-CHUNG"]) {
    const answer = await recorder.ask(`{ unit(code: "${code}") { code ${all.join(" ")} } }`);
    expect([answer.errors, answer.data?.unit.code]).toEqual([undefined, code]);
    expect(leaks(answer, "", view)).toEqual([]);
  }
});

/** What the random changes must have come to; which of them do depends on the schema. */
const TO_COME = ["RECORD_NOT_FOUND", "REJECTED", "STORED", "UNIT_NOT_FOUND"];

test("100 random changes and more of a steward neither name nor change anything outside its branch", async () => {
  const administrator = await running.as("ADMINISTRATOR");
  const steward = await running.as("STEWARD", "CB-TP");
  const view = lookFrom("CB-TP");
  const STATE = `query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Unit { version name placements { nodes { from until } } } ... on Record { version state } } }`;
  const outside = async () => {
    const found: unknown[] = [];
    for (let ids = [...view.foreign.ids]; ids.length > 0; ids = ids.slice(500))
      found.push(...(await administrator.data(STATE, { ids: ids.slice(0, 500) })).nodes);
    return found;
  };
  const before = await outside();
  const mutations = Object.keys(schema.getMutationType()!.getFields());
  // What changes the tree comes every other time: it reaches furthest, and random values often make sense there.
  const ofTheTree = ["closeUnit", "moveUnit", "updateUnit", "reopenUnit"];
  const outcomes = new Set<string>();
  const toCome = () => TO_COME.filter((word) => !outcomes.has(word));
  for (let seed = 1; seed <= 100 || (toCome().length > 0 && seed <= 400); seed++) {
    // By turns, whether their number is odd or even.
    const turn = Math.floor(seed / 2);
    const name = seed % 2 === 0 ? ofTheTree[turn % ofTheTree.length]! : mutations[turn % mutations.length]!;
    const document = new RandomDocument(schema, { ...view.pools, names: ["Tên mới", "CB-TP-MOI"] }, dice(seed)).mutation(name, 4);
    const answer = await watched(steward, view, seed, document);
    for (const [word] of JSON.stringify(answer.data ?? {}).matchAll(/STORED|UNCHANGED|REJECTED|\w+_NOT_FOUND/g)) outcomes.add(word);
  }
  expect(toCome()).toEqual([]);
  expect(await outside()).toEqual(before);
}, 600_000);
