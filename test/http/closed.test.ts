import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { buildSchema, getIntrospectionQuery, type GraphQLSchema, isEnumType, isInputObjectType, isObjectType } from "graphql";
import { type Server } from "../../src/http/edge/server.js";
import { draft, schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "../graphql/server.js";
import { request } from "../http-client.js";
import { type Answer, faultyHub, GOOD, openFaultyServer } from "./faulty-hub.js";

const OURS = "https://app.example.vn";
const THEIRS = "https://app.example.vn.evil.example";

let server: Server;
let origin: string;
beforeAll(async () => {
  server = await openFaultyServer(false, { introspection: false, corsOrigins: [OURS, "http://localhost:3000"] });
  origin = `http://127.0.0.1:${server.port}`;
});
afterAll(() => server.close());

/** Bytes to the server, and all that comes back. */
function raw(bytes: string, port = server.port): Promise<{ status: number; headers: string; body: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    let got = "";
    socket.on("data", (data) => (got += String(data)));
    // Whatever is answered, the connection ends with it.
    socket.setTimeout(20_000, () => socket.destroy(new Error(`the connection stays open after: ${got}`)));
    socket.on("error", reject).on("close", () => {
      const [headers = "", body = ""] = got.split("\r\n\r\n");
      resolve({ status: Number(headers.split(" ")[1]), headers: headers.toLowerCase(), body });
    });
  });
}
const codeIn = (body: string) => (JSON.parse(body) as Answer).errors![0]!.extensions["code"];
const QUERY = JSON.stringify({ query: "{ hello }" });

describe("a page of another origin", () => {
  const preflight = (from: string) =>
    request(`${origin}/graphql`, {
      method: "OPTIONS",
      headers: { origin: from, "access-control-request-method": "POST", "access-control-request-headers": "authorization,content-type" },
    });
  const corsOf = (response: Response) => Object.fromEntries([...response.headers].filter(([name]) => name.startsWith("access-control-")));

  test("that is on the list gets its preflight request answered without a token, and may read what it is told", async () => {
    for (const from of [OURS, "http://localhost:3000"]) {
      const response = await preflight(from);
      expect([response.status, corsOf(response)]).toEqual([
        204,
        {
          "access-control-allow-origin": from,
          "access-control-allow-methods": "GET, POST",
          "access-control-allow-headers": "authorization, content-type, apollo-require-preflight",
          "access-control-expose-headers": "retry-after, www-authenticate, x-request-id",
          "access-control-max-age": "600",
        },
      ]);
    }
    for (const headers of [GOOD, { "content-type": "application/json" }]) {
      const response = await request(`${origin}/graphql`, { method: "POST", headers: { ...headers, origin: OURS }, body: QUERY });
      expect([response.headers.get("access-control-allow-origin"), response.headers.get("vary")]).toEqual([OURS, "Origin"]);
    }
  });

  test.each([THEIRS, "null", "http://app.example.vn", "https://APP.example.vn", ""])(
    "that is not (%p) gets no word of CORS",
    async (from) => {
      const response = await preflight(from);
      expect([response.status, corsOf(response)]).toEqual([401, {}]);
      expect(corsOf(await request(`${origin}/graphql`, { method: "POST", headers: { ...GOOD, origin: from }, body: QUERY }))).toEqual({});
    },
  );

  test("gets no word of CORS where none is on the list", async () => {
    const without = await openFaultyServer(false);
    const response = await request(`http://127.0.0.1:${without.port}/graphql`, {
      method: "POST",
      headers: { ...GOOD, origin: OURS },
      body: QUERY,
    });
    expect([response.status, corsOf(response), response.headers.get("vary")]).toEqual([200, {}, null]);
    await without.close();
  });
});

describe("what a form or an image of a foreign page can send does nothing, even with a token", () => {
  test.each([
    ["text/plain", QUERY],
    ["text/plain;application/json", QUERY],
    ["text/plain; charset=application/json", QUERY],
    ["application/x-www-form-urlencoded", "query=%7B+hello+%7D"],
    ["multipart/form-data; boundary=x", '--x\r\nContent-Disposition: form-data; name="query"\r\n\r\n{ hello }\r\n--x--\r\n'],
    ["", QUERY],
  ])("a body of type %p", async (type, body) => {
    const response = await request(`${origin}/graphql`, { method: "POST", headers: { ...GOOD, "content-type": type }, body });
    expect([response.status, codeIn(await response.text())]).toEqual([415, "UNSUPPORTED_MEDIA_TYPE"]);
  });

  test("a body of no type", async () => {
    const { authorization } = GOOD;
    const response = await request(`${origin}/graphql`, { method: "POST", headers: { authorization }, body: QUERY });
    expect([response.status, codeIn(await response.text())]).toEqual([415, "UNSUPPORTED_MEDIA_TYPE"]);
  });

  test("GET with no header that needs a preflight request", async () => {
    const { authorization } = GOOD;
    const get = (headers: object) => request(`${origin}/graphql?query={hello}`, { headers: { authorization, ...headers } });
    for (const headers of [{}, { "content-type": "text/plain" }, { "content-type": "application/x-www-form-urlencoded" }]) {
      const response = await get(headers);
      expect([response.status, codeIn(await response.text())]).toEqual([400, "BAD_REQUEST"]);
    }
    expect((await get({ "content-type": "application/json" })).status).toBe(200);
  });
});

describe("every answer has the shape of GraphQL's errors, a code of the list, and the headers for browsers", () => {
  const auth = `Authorization: Bearer good\r\n`;
  const asked = (line: string, more = "", body = "") => `${line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${more}\r\n${body}`;

  test.each<[string, string, number, string | null]>([
    ["an address that cannot be read", asked("GET /%ff"), 400, "BAD_REQUEST"],
    ["an address with half a character", asked("GET /graphql%", auth), 400, "BAD_REQUEST"],
    ["a path that leads nowhere", asked("GET /graphql/x"), 404, "NOT_FOUND"],
    ["a path out of the house", asked("GET /../../etc/passwd"), 404, "NOT_FOUND"],
    ["GraphiQL where it is off", asked("GET /graphiql"), 404, "NOT_FOUND"],
    ["a method that nobody knows", "FETCH /graphql HTTP/1.1\r\nHost: x\r\n\r\n", 400, "BAD_REQUEST"],
    ["what is not HTTP", "HELLO\r\n\r\n", 400, "BAD_REQUEST"],
    ["what was meant for TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400, "BAD_REQUEST"],
    ["two lengths", asked("POST /graphql", `${auth}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n`, "{}"), 400, "BAD_REQUEST"],
    ["headers too long", asked("GET /livez", `X: ${"x".repeat(20_000)}\r\n`), 431, "BAD_REQUEST"],
    ["no token", asked("POST /graphql"), 401, "UNAUTHENTICATED"],
    ["PUT without a body", asked("PUT /graphql", auth), 405, "METHOD_NOT_ALLOWED"],
    ["DELETE", asked("DELETE /graphql", auth), 405, "METHOD_NOT_ALLOWED"],
    [
      "PATCH with no JSON",
      asked("PATCH /graphql", `${auth}Content-Type: text/plain\r\nContent-Length: 1\r\n`, "x"),
      405,
      "METHOD_NOT_ALLOWED",
    ],
    ["OPTIONS", asked("OPTIONS /graphql", auth), 405, "METHOD_NOT_ALLOWED"],
    [
      "a body of a type that is not JSON",
      asked("POST /graphql", `${auth}Content-Type: text/xml\r\nContent-Length: 1\r\n`, "x"),
      415,
      "UNSUPPORTED_MEDIA_TYPE",
    ],
    [
      "an array of requests",
      asked("POST /graphql", `${auth}Content-Type: application/json\r\nContent-Length: ${QUERY.length + 2}\r\n`, `[${QUERY}]`),
      400,
      "BAD_REQUEST",
    ],
    ["a good one", asked("GET /graphql?query=%7Bhello%7D", `${auth}Apollo-Require-Preflight: 1\r\n`), 200, null],
    ["health", asked("GET /livez"), 200, null],
    ["a preflight request", asked("OPTIONS /graphql", `Origin: ${OURS}\r\nAccess-Control-Request-Method: POST\r\n`), 204, null],
  ])("%s", async (_, bytes, status, code) => {
    const answer = await raw(bytes);
    expect(answer.status).toBe(status);
    if (code !== null) {
      expect(Object.keys(JSON.parse(answer.body) as object)).toEqual(["errors"]);
      expect(codeIn(answer.body)).toBe(code);
      expect(answer.headers).toMatch(/content-type: application\/(json|graphql-response\+json)/);
    }
    for (const header of [
      "x-content-type-options: nosniff",
      "referrer-policy: no-referrer",
      "content-security-policy: default-src 'none'; frame-ancestors 'none'",
      "cross-origin-resource-policy: same-origin",
      "cross-origin-opener-policy: same-origin",
    ])
      expect(answer.headers).toContain(header);
    expect(answer.headers).not.toMatch(/x-powered-by|\nserver:/);
    if (status === 405) expect(answer.headers).toContain("allow: get, post");
  });

  test("a fault while the token is proved is masked by an id", async () => {
    const proving = { authenticate: () => Promise.reject(new Error("SELECT secret FROM token")) };
    const broken = await openFaultyServer(false, {}, { ...faultyHub, access: proving });
    const response = await request(`http://127.0.0.1:${broken.port}/graphql`, { method: "POST", headers: GOOD, body: QUERY });
    const text = await response.text();
    expect([response.status, JSON.parse(text)]).toEqual([
      500,
      {
        errors: [
          {
            message: expect.stringMatching(/^Something went wrong inside the hub\. Please report the id [0-9a-f-]{36}\.$/),
            extensions: { code: "INTERNAL_SERVER_ERROR", id: expect.any(String) },
          },
        ],
      },
    ]);
    await broken.close();
  });
});

test("a request that does not come to its end, in its headers or its body, is answered with 408; others go on", async () => {
  const slow = await openFaultyServer(false, { requestMs: 200 });
  const head = `POST /graphql HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nContent-Type: application/json\r\n`;
  const unfinished = [head, `${head}Content-Length: 100\r\n\r\n{"query"`, `${head}Transfer-Encoding: chunked\r\n\r\n5\r\n{"que\r\n`];
  for (const [index, { status, headers, body }] of (await Promise.all(unfinished.map((bytes) => raw(bytes, slow.port)))).entries()) {
    expect([index, status]).toEqual([index, 408]);
    expect(headers).toContain("x-content-type-options: nosniff");
    expect(headers).toContain("connection: close");
    expect((JSON.parse(body) as Answer).errors).toEqual([
      { message: "The request did not come to its end in time.", extensions: { code: "BAD_REQUEST" } },
    ]);
  }
  const whole = await request(`http://127.0.0.1:${slow.port}/graphql`, { method: "POST", headers: GOOD, body: QUERY });
  expect(await whole.json()).toMatchObject({ data: { hello: "hello" } });
  await slow.close();
});

describe("with introspection off", () => {
  let running: Running;
  let client: Client;
  let names: Set<string>;
  beforeAll(async () => {
    running = await serve("none", { settings: { TONGHOP_INTROSPECTION: "off" } });
    await running.desk.register(draft.province("CB"));
    await running.desk.openYear(schoolYear(2024));
    client = await running.as("ADMINISTRATOR");
    names = namesOf(buildSchema(await readFile("schema/schema.graphql", "utf8")));
  });
  afterAll(() => running.close());

  test("the schema is not told; __typename is", async () => {
    for (const query of [getIntrospectionQuery(), "{ __schema { types { name } } }", '{ __type(name: "Unit") { fields { name } } }']) {
      const { status, data, errors } = await client.ask(query);
      expect([status, data, errors!.map(({ extensions }) => extensions.code)]).toEqual([
        400,
        undefined,
        expect.arrayContaining(["GRAPHQL_VALIDATION_FAILED"]),
      ]);
      expect(errors![0]!.message).toBe("This hub does not tell its schema: introspection is switched off.");
    }
    expect(await client.data("{ __typename me { __typename role } }")).toEqual({
      __typename: "Query",
      me: { __typename: "Caller", role: "ADMINISTRATOR" },
    });
  });

  test.each<[string, string, unknown?]>([
    ["a field", "{ unt(code: 1) { nam } mee { nme } schoolYearz { labl } me { rol nmae unitt } }"],
    ["an argument", '{ unit(kode: "CB") { name } units(furst: 1, filtre: {}) { totalCount } }'],
    ["a type", "query ($a: Levle, $b: UnitFiltr) { me { ... on Callr { name } } }"],
    ["a fragment's type", '{ node(id: "x") { ... on Unt { name } name code rollup } }'],
    ["a value of an enumeration", "{ units(filter: {level: SCHOOLS, levels: [DISTRCT]}) { totalCount } }"],
    ["a field of an input", "{ units(filter: {lvel: SCHOOL}) { totalCount } }"],
    ["a value in a variable", "query ($level: [Level!]) { units(filter: {level: $level}) { totalCount } }", { level: ["SCHOL"] }],
    [
      "a field in a variable",
      "query ($filter: UnitFilter) { units(filter: $filter) { totalCount } }",
      { filter: { levl: "SCHOOL", serch: "x" } },
    ],
    ["a directive", "{ me @inclde(if: true) @skp(if: true) { name } }"],
    ["a field without its selection", "{ me }"],
    ["an operation of another kind", "subscription { recordConferenc }"],
    ["a mutation", "mutation { recordConferenc(input: {}) { outcom } withdrawConferense { outcome } }"],
    ["an indicator", '{ unit(code: "CB") { explain(indicator: "staffConferenceCompletio", schoolYear: "2024-2025") { formula { en } } } }'],
  ])("a mistyped name of %s is not set right", async (_, query, ...[variables]) => {
    const { errors } = await client.ask(query, variables);
    const told = (errors ?? []).map(({ message }) => message).join("\n");
    expect(told).not.toBe("");
    expect(told).not.toMatch(/did you mean/i);
    const said = `${query} ${JSON.stringify(variables)}`;
    const spelt = [...told.matchAll(/"([^"]*)"/g)].flatMap(([, quoted]) => quoted!.split(/\W+/));
    expect(spelt.filter((word) => names.has(word) && !said.includes(word))).toEqual([]);
  });
});

/** Names of fields and values, as far as they are long enough to be recognised; the type at which a fault lies may be told. */
function namesOf(schema: GraphQLSchema): Set<string> {
  const names = Object.values(schema.getTypeMap()).flatMap((type) => {
    if (type.name.startsWith("__")) return [];
    if (isEnumType(type)) return type.getValues().map(({ name }) => name);
    return isObjectType(type) || isInputObjectType(type) ? Object.keys(type.getFields()) : [];
  });
  return new Set(names.filter((name) => name.length > 3));
}
