import {
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from "graphql";
import { type Role } from "../../src/domain/ground/caller.js";
import { recordKinds } from "../../src/domain/records/catalogue.js";
import type { RecordDraft } from "../../src/intake/records/reading.js";
import { draft, report, schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

/** From which role on a mutation is allowed in the branch. Beside and above it there is nothing for any role but ADMINISTRATOR. */
const FROM: Record<string, Role> = {
  ...all("RECORDER", "recordConference recordCollectiveAgreement reportMembership recordInspectionCommittee recordUnionBody"),
  ...all("RECORDER", "recordUnionRegulationSet recordUnionYear recordUnitRating recordDemocracyRegulation recordCongress reportActivity"),
  ...all(
    "RECORDER",
    "withdrawConference withdrawCollectiveAgreement withdrawMembershipReport withdrawInspectionCommittee withdrawUnionBody",
  ),
  ...all("RECORDER", "withdrawUnionRegulationSet withdrawUnionYear withdrawUnitRating withdrawDemocracyRegulation withdrawCongress"),
  ...all("RECORDER", "withdrawActivityReport acknowledgeFinding withdrawAcknowledgement submitRecords"),
  ...all("RECORDER", "submitReport submitReports acceptReport acceptReports returnReport reopenReport"),
  ...all(
    "STEWARD",
    "registerUnits updateUnit moveUnit closeUnit reopenUnit voidUnit mergeDuplicateUnit closePeriod reopenPeriod publishVintage",
  ),
  ...all("STEWARD", "recordDirective recordPublishedFigure recordEmulationCluster extendDeadline withdrawDeadlineExtension"),
  ...all("STEWARD", "withdrawDirective withdrawPublishedFigure withdrawEmulationCluster"),
  ...all("ADMINISTRATOR", "openSchoolYear correctSchoolYear withdrawSchoolYear"),
};
/** What only a unit above may do to the top of a branch. */
const FROM_ABOVE =
  "updateUnit moveUnit closeUnit reopenUnit voidUnit mergeDuplicateUnit acceptReport acceptReports returnReport reopenReport extendDeadline".split(
    " ",
  );
/** Without a place: who keeps the top of the tree opens school years (access.test.ts). */
const PLACELESS = ["openSchoolYear", "correctSchoolYear", "withdrawSchoolYear"];

/** What the fields of Query answer about a unit of a place; `null`: the same to everybody. */
const QUERIES: Record<string, ((place: Place) => string) | null> = {
  unit: ({ school }) => `{ found: unit(code: "${school}") { code } }`,
  units: ({ name }) => `{ units(first: 500, filter: {search: "${name}"}) { found: nodes { name } } }`,
  node: ({ schoolId }) => `{ found: node(id: "${schoolId}") { id } }`,
  nodes: ({ schoolId }) => `{ found: nodes(ids: ["${schoolId}"]) { id } }`,
  unitVersions: ({ schoolId }) => `{ found: unitVersions(unit: "${schoolId}") { nodes { version } } }`,
  vintage: null,
  me: null,
  limits: null,
  indicators: null,
  findingChecks: null,
  schoolYears: null,
};

const ROLES: Role[] = ["ANALYST", "RECORDER", "STEWARD", "ADMINISTRATOR"];
const PLACES = ["own", "top", "other", "ancestor"] as const;
type At = (typeof PLACES)[number];
type Outcome = "allowed" | "forbidden" | "nowhere";

interface Place {
  /** The unit that a change of a unit is about, and the one that has records. */
  school: string;
  schoolId: string;
  name: string;
  /** A record of each kind that stands there. */
  records: Map<string, string>;
}

function all(from: Role, names: string): Record<string, Role> {
  return Object.fromEntries(names.split(" ").map((name) => [name, from]));
}

let running: Running;
let schema: GraphQLSchema;
const clients = new Map<Role, Client>();
const places = new Map<At, Place>();

const of = (kind: string, unit: string, content: RecordDraft["content"], year: string | null = null): RecordDraft => ({
  ...{ kind, unit, schoolYear: year, content, expectedVersion: null, reason: null },
});
const congress = (unit: string) => of("congress", unit, { term: "2023-2028", heldOn: "2023-06-30", committeeSize: 5 });

/** A record of every kind that can be withdrawn, of a district or of what is below it. */
function recordsOf(district: string): RecordDraft[] {
  const [school, union, preschool] = ["S", "CD", "R"].map((part) => `${district}-${part}`) as [string, string, string];
  return [
    report.conference(school),
    report.membership(school),
    of("inspectionCommittee", school, { term: "2023-2025", electedOn: "2023-09-20", size: 3, heads: 1 }),
    of("democracyRegulation", school, { number: "1", issuedOn: "2023-05-31", consulted: "UNION", repealedOn: null }),
    of("activityReport", school, { policyApplied: true }, "2024-2025"),
    report.agreement(preschool),
    congress(union),
    of("unionRegulationSet", union, { term: "2023-2028", regulations: [{ kind: "EXECUTIVE_COMMITTEE", adoptedOn: "2023-06-15" }] }),
    of("unionBody", union, { body: "EXECUTIVE_COMMITTEE", term: "2023-2028", formedOn: "2023-10-15", size: 3, monthsBetweenMeetings: 2 }),
    of("unionYear", union, { executiveMeetings: 4, executiveProgrammeOn: "2024-09-20" }, "2024-2025"),
    of("unitRating", union, { year: 2024, level: "GOOD" }),
    congress(district),
    report.directive(district, []),
    report.extension(school),
    report.figure(district, { indicator: "members", value: 7 }),
    report.cluster(district, [school, preschool]),
    of("findingAcknowledgement", preschool, { check: "NOTHING_REPORTED", because: "Trường đóng cửa." }, "2023-2024"),
  ];
}

beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const privately = { schoolLevel: "PRESCHOOL", ownership: "PRIVATE" } as const;
  const below = (district: string) => [
    draft.district(district, "CB"),
    draft.union(`${district}-CD`, district),
    draft.school(`${district}-S`, `${district}-CD`),
    draft.school(`${district}-R`, `${district}-CD`, privately),
  ];
  const done = [
    ...(await desk.register(draft.province("CB"), ...below("CB-TP"), ...below("CB-HA"))),
    await desk.openYear(schoolYear(2023)),
    await desk.openYear(schoolYear(2024)),
    ...(await desk.submit(...["CB-TP", "CB-HA"].flatMap(recordsOf))),
    ...(await desk.submit(congress("CB"), report.directive("CB", []), report.figure("CB", { indicator: "members", value: 7 }))),
    await desk.send(report.cluster("CB", ["CB-TP", "CB-HA"])),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  for (const role of ROLES) clients.set(role, await running.as(role, role === "ADMINISTRATOR" ? undefined : "CB-TP"));
  schema = buildClientSchema(await clients.get("ADMINISTRATOR")!.data(getIntrospectionQuery()));
  const top = await desk.id("CB-TP");
  const [inside, everywhere, ancestor] = await running.hub.database.read(async ({ units }) => [
    await units.branchEver(top),
    await units.allIds(),
    await running.desk.id("CB"),
  ]);
  const outside = everywhere.filter((id) => !inside.includes(id) && id !== ancestor);
  const place = async (school: string, ids: readonly string[]): Promise<Place> => ({
    school,
    schoolId: await running.desk.id(school),
    name: (await clients.get("ADMINISTRATOR")!.data(`{ unit(code: "${school}") { name } }`)).unit.name,
    records: await running.hub.database.read(async ({ records }) => {
      const found = new Map<string, string>();
      for (const { key } of recordKinds) {
        const [first] = await records.reportedBy(ids, key);
        if (first) found.set(key, first.recordId);
      }
      return found;
    }),
  });
  places.set("own", await place("CB-TP-S", inside));
  places.set("top", await place("CB-TP", [top]));
  places.set("other", await place("CB-HA-S", outside));
  places.set("ancestor", await place("CB", [ancestor]));
}, 600_000);
afterAll(() => running.close());

/** The smallest input that the schema takes, about a place. */
function inputOf(mutation: string, place: Place): object | null {
  const type = schema
    .getMutationType()!
    .getFields()
    [mutation]!.args.find(({ name }) => name === "input")!.type;
  const kind = recordKinds.find(({ mutations, ownMutations }) => !ownMutations && mutations.withdraw === mutation);
  if (kind && !place.records.has(kind.key)) return null;
  const values: Record<string, unknown> = {
    unit: place.school,
    record: place.records.get(kind?.key ?? ""),
    parent: place.school,
    into: place.school,
  };
  const least = (of: GraphQLInputType, name: string): unknown => {
    if (isNonNullType(of)) return least(of.ofType, name);
    if (isListType(of)) return [least(of.ofType, name)];
    if (isInputObjectType(of)) return objectOf(of);
    if (values[name] !== undefined) return values[name];
    if (isEnumType(of)) return of.getValues()[0]!.name;
    return (
      { Int: 1, Float: 1, Boolean: false, Day: "2024-05-05" }[getNamedType(of).name] ?? (name === "schoolYear" ? "2023-2024" : "a test")
    );
  };
  const objectOf = (of: GraphQLInputObjectType): object => {
    if (of.name === "RecordRowInput") return { conference: { unit: place.school, schoolYear: "2023-2024" } };
    const needed = Object.values(of.getFields()).filter(
      (field) => isRequiredInputField(field) || ["parent", "reason"].includes(field.name),
    );
    const tried = of.getFields()["dryRun"] ? { dryRun: true } : {};
    return { ...Object.fromEntries(needed.map((field) => [field.name, least(field.type, field.name)])), ...tried };
  };
  return least(type, "input") as object;
}

/** What a mutation comes to at each place where it can be tried; one request asks for all. */
async function outcomesOf(client: Client, mutation: string): Promise<Map<At, Outcome>> {
  const inputs = Object.fromEntries(PLACES.map((at) => [at, inputOf(mutation, places.get(at)!)] as const).filter(([, input]) => input));
  const field = schema.getMutationType()!.getFields()[mutation]!;
  const told = "outcome userErrors { code }";
  const rows = "rows" in (getNamedType(field.type) as GraphQLObjectType).getFields();
  const type = String(field.args.find(({ name }) => name === "input")!.type);
  const fields = Object.keys(inputs).map((at) => `${at}: ${mutation}(input: $${at}) { ${rows ? `rows { ${told} }` : told} }`);
  const variables = Object.keys(inputs).map((at) => `$${at}: ${type}`);
  const data = await client.data(`mutation (${variables.join(", ")}) { ${fields.join(" ")} }`, inputs);
  const outcome = (answer: any): Outcome => {
    const codes = (rows ? answer.rows[0] : answer).userErrors.map(({ code }: { code: string }) => code) as string[];
    if (codes.includes("UNIT_NOT_FOUND") || codes.includes("RECORD_NOT_FOUND")) return "nowhere";
    return codes.includes("FORBIDDEN") ? "forbidden" : "allowed";
  };
  return new Map(Object.entries(data).map(([at, answer]) => [at as At, outcome(answer)]));
}

function expected(role: Role, mutation: string, at: At): Outcome {
  if (role === "ADMINISTRATOR") return "allowed";
  if (ROLES.indexOf(role) < ROLES.indexOf(FROM[mutation]!)) return "forbidden";
  if (!PLACELESS.includes(mutation) && (at === "other" || at === "ancestor")) return "nowhere";
  return at === "top" && FROM_ABOVE.includes(mutation) ? "forbidden" : "allowed";
}

test("the tables name every field of Mutation and of Query", () => {
  expect(Object.keys(FROM).sort()).toEqual(Object.keys(schema.getMutationType()!.getFields()).sort());
  expect(Object.keys(QUERIES).sort()).toEqual(Object.keys(schema.getQueryType()!.getFields()).sort());
});

test("every kind of record stands in the branch and beside it, so that its withdrawal can be tried", () => {
  const kinds = recordKinds.filter(({ ownMutations }) => !ownMutations);
  expect(kinds).toHaveLength(Object.keys(FROM).filter((name) => name.startsWith("withdraw") && !PLACELESS.includes(name)).length);
  for (const at of ["own", "other"] as const)
    expect(kinds.filter(({ key }) => !places.get(at)!.records.has(key)).map(({ key }) => key)).toEqual([]);
});

describe.each(ROLES)("%s", (role) => {
  test.each(Object.keys(FROM))("%s: in its branch, at its top, beside it, above it", async (mutation) => {
    const outcomes = await outcomesOf(clients.get(role)!, mutation);
    expect([...outcomes.keys()]).toEqual(expect.arrayContaining(["own", "other"]));
    expect(outcomes).toEqual(new Map([...outcomes.keys()].map((at) => [at, expected(role, mutation, at)])));
  });

  test.each(Object.entries(QUERIES))("%s: answers of the branch only", async (field, query) => {
    for (const at of query ? PLACES : []) {
      const { data } = await clients.get(role)!.ask(query!(places.get(at)!));
      const found = [field === "units" ? data.units.found.find(({ name }: Place) => name === places.get(at)!.name) : data?.found].flat();
      const isThere = (found[0] ?? null) !== null;
      expect([at, isThere]).toEqual([at, role === "ADMINISTRATOR" || at === "own" || at === "top"]);
    }
    expect(field in schema.getQueryType()!.getFields()).toBe(true);
  });
});
