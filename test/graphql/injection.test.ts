import { buildClientSchema, getIntrospectionQuery, type GraphQLSchema } from "graphql";
import { draft, report, schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";
import { probesOf } from "./string-arguments.js";

let running: Running;
let steward: Client;
let schema: GraphQLSchema;
beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const done = [
    ...(await desk.register(draft.province("P"), draft.district("D", "P"), draft.union("U", "D"), draft.school("S", "U"))),
    await desk.openYear(schoolYear(2024)),
    ...(await desk.submit(report.conference("S"), report.membership("S"))),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  steward = await running.as("STEWARD", "P");
  schema = buildClientSchema(await steward.data(getIntrospectionQuery()));
});
afterAll(() => running.close());

const USUAL = { code: "U", ID: "S", schoolYear: "2024-2025", indicator: "members", indicators: "members", vintage: "x" };
const OTHERS = { Int: 1, Float: 1, String: "x", Day: "2024-10-01", Boolean: true };

/** What somebody would try who wants to break out of a text. */
const TEXTS: Record<string, string> = {
  "quotation marks, the end of a statement, a backslash and wildcards": "x' OR '1'='1'; DROP TABLE unit; -- `\"../%_!%\\",
  "letters decomposed and from right to left": "Trường مدرسة".normalize("NFD"),
  "no end": "x".repeat(30_000),
};

test.each(Object.entries(TEXTS))(
  "%s at any place of the schema that takes a text says nothing wrong and changes nothing",
  async (_, text) => {
    const probes = probesOf(schema, { ...USUAL, ...OTHERS });
    expect(probes.length).toBeGreaterThan(380);
    const before = await running.dump();
    for (const { place, query, variables } of probes) {
      const answer = await steward.ask(query, variables(text));
      const told = JSON.stringify(answer);
      if (
        /SQLITE|\bER_[A-Z]|\.[jt]s:\d|SELECT |INTERNAL_SERVER_ERROR|GRAPHQL_VALIDATION_FAILED/.test(told) ||
        ![200, 400].includes(answer.status)
      )
        throw new Error(`${place}: ${told.slice(0, 500)}\n${query}`);
      if (told.length > 20_000) throw new Error(`${place} sends back ${told.length} characters`);
    }
    expect(await running.dump()).toEqual(before);
  },
);

test("a search takes every sign as itself", async () => {
  const signs = ["'", "\\", "%", "_", "!", '"', "`", ";", "[", "*", "?", "^", "$"];
  const done = await running.desk.register(...signs.map((sign, n) => draft.school(`S-${n}`, "U", { name: `Trường ${sign} số ${n}` })));
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  for (const [n, sign] of signs.entries()) {
    const { units } = await steward.data("query ($sign: String) { units(filter: {search: $sign}) { nodes { code } } }", { sign });
    expect([sign, units.nodes]).toEqual([sign, [{ code: `S-${n}` }]]);
  }
});
