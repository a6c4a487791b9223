import { getNamedType, type GraphQLObjectType, isLeafType } from "graphql";
import { buildGraphqlSchema } from "../../src/graphql/schema.js";
import { type Client, type Running, serve } from "./server.js";

const schema = buildGraphqlSchema();
const UNIT = (inside: string) => `{ unit(code: "CB") { ${inside} } }`;
const YEAR = 'schoolYear: "2024-2025"';

let running: Running;
let steward: Client;
/** A school that has not reported its conference. */
let silent: string;
beforeAll(async () => {
  running = await serve("demo");
  steward = await running.as("STEWARD", "CB");
  const { unit } = await steward.data(
    UNIT(`worklist(${YEAR}, indicator: "staffConferenceCompletion", status: NO_REPORT) { nodes { unit { code } } }`),
  );
  silent = unit.worklist.nodes[0].unit.code;
});
afterAll(() => running.close());

/** The fields of a type without arguments, each with its own fields that are values: what can be asked of it alone. */
function partsOf(name: string): string[] {
  return Object.values((schema.getType(name) as GraphQLObjectType).getFields()).flatMap(({ name: field, type, args }) => {
    const named = getNamedType(type);
    if (args.length > 0) return [];
    if (isLeafType(named)) return [field];
    const leaves = Object.values((named as GraphQLObjectType).getFields()).filter((inner) => isLeafType(getNamedType(inner.type)));
    return [`${field} { ${leaves.map((inner) => inner.name).join(" ")} }`];
  });
}

const RANKING = (inside: string) => UNIT(`ranking(${YEAR}, level: DISTRICT, indicator: "staffConferenceCompletion") { ${inside} }`);
const CHANGE = (inside: string) =>
  `mutation { payload: recordConference(input: { unit: "${silent}", ${YEAR}, heldOn: "2024-10-04", convened: 30, present: 28, dryRun: true }) { effects { nodes { ${inside} } } } }`;
const WHERE: [type: string, ask: (inside: string) => string][] = [
  ["IndicatorValue", (inside) => UNIT(`rollup(${YEAR}) { staffConferenceCompletion { ${inside} } members { ${inside} } }`)],
  ["Rollup", (inside) => UNIT(`rollup(${YEAR}) { ${inside} }`)],
  ["Explanation", (inside) => UNIT(`explain(${YEAR}, indicator: "staffConferenceCompletion") { ${inside} }`)],
  ["RankedUnit", (inside) => RANKING(`nodes { ${inside} }`)],
  ["RankingConnection", RANKING],
  ["Effect", CHANGE],
];

test.each(WHERE)("a field of %s answers alone what it answers beside all others", async (type, ask) => {
  const parts = partsOf(type);
  expect(parts.length).toBeGreaterThan(5);
  const known = await steward.data(ask(parts.join(" ")));
  expect(JSON.stringify(known)).not.toContain('{"nodes":[]}');
  for (const part of parts) expect([part, await steward.data(ask(part))]).toEqual([part, only(known, part.split(" ")[0]!, type)]);
});

describe("what a directive leaves out is not loaded, whichever variables the same document came with before", () => {
  const count = (part: string, asked: boolean) =>
    running.statements(() =>
      steward.data(
        `query ($asked: Boolean!) ${RANKING(`ranked @include(if: $asked) tied ${part}`)} ${part.includes("...Parts") ? PARTS : ""}`,
        { asked },
      ),
    );
  const ALL = "unlikeDeadlines { en } nodes { distance }";
  const PARTS = `fragment Parts on RankingConnection { ... { ${ALL} } }`;
  test.each([
    ["fields", (when: string) => `unlikeDeadlines ${when} { en } nodes { distance ${when} }`],
    ["a fragment", (when: string) => `...Parts ${when}`],
    ["fragments in each other", (when: string) => `... ${when} { ${ALL} } ... on RankingConnection ${when} { ...Parts }`],
  ])("%s", async (_, part) => {
    const [none, all] = [(await count("", true)).length, (await count(ALL, true)).length];
    expect(all).toBeGreaterThan(none);
    for (const asked of [true, false, true]) {
      expect([asked, (await count(part("@include(if: $asked)"), asked)).length]).toEqual([asked, asked ? all : none]);
      expect([asked, (await count(part("@skip(if: $asked)"), asked)).length]).toEqual([asked, asked ? none : all]);
    }
  });
});

/** Of an answer to everything what was asked of one field: the objects that hold it with that alone. */
function only(answer: unknown, field: string, type: string): unknown {
  if (Array.isArray(answer)) return answer.map((entry) => only(entry, field, type));
  if (typeof answer !== "object" || answer === null) return answer;
  const entries = Object.entries(answer);
  const names = (schema.getType(type) as GraphQLObjectType).getFields();
  const isIt = entries.length > 3 && entries.every(([key]) => key in names);
  return Object.fromEntries(
    isIt ? entries.filter(([key]) => key === field) : entries.map(([key, value]) => [key, only(value, field, type)]),
  );
}
