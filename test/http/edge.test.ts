import { connect } from "node:net";
import { type Server } from "../../src/http/edge/server.js";
import { request } from "../http-client.js";
import { type Answer, GOOD, openFaultyServer } from "./faulty-hub.js";

let server: Server;
let origin: string;
beforeAll(async () => {
  server = await openFaultyServer();
  origin = `http://127.0.0.1:${server.port}`;
});
afterAll(() => server.close());

const post = (body: string, headers: Record<string, string> = GOOD) => request(`${origin}/graphql`, { method: "POST", body, headers });
const answerTo = async (response: Response) => (await response.json()) as Answer;
const ask = async (query: string, variables?: object) => answerTo(await post(JSON.stringify({ query, variables })));

describe("a token is asked for before anything else is looked at", () => {
  test.each([
    ["no token", {}, "Bearer"],
    ["another scheme", { authorization: "Basic good" }, "Bearer"],
    ["a wrong token", { authorization: "Bearer bad" }, 'Bearer error="invalid_token"'],
    ["two tokens", { authorization: "Bearer good good" }, "Bearer"],
  ])("%s: 401 in GraphQL's shape", async (_, headers, challenge) => {
    for (const body of ['{"query":"{ hello }"}', "not JSON", ""]) {
      const response = await post(body, { "content-type": "application/json", ...headers });
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toBe(challenge);
      expect((await answerTo(response)).errors![0]!.extensions).toEqual({ code: "UNAUTHENTICATED" });
    }
    expect((await request(`${origin}/graphql?query={hello}`, { headers })).status).toBe(401);
  });

  test("a right one opens", async () => expect((await ask("{ hello }")).data).toEqual({ hello: "hello" }));
});

describe("a fault goes out as a code, never as a stack", () => {
  test.each<[string, string, number, string]>([
    ["JSON cut short", '{"query":', 400, "BAD_REQUEST"],
    ["no body", "", 400, "BAD_REQUEST"],
    ["a number", "5", 400, "BAD_REQUEST"],
    ["null", "null", 400, "BAD_REQUEST"],
    ["a prototype key", '{"__proto__":{"query":"{ hello }"}}', 400, "BAD_REQUEST"],
    ["a batch", '[{"query":"{ hello }"}]', 400, "BAD_REQUEST"],
    ["no query", "{}", 400, "BAD_REQUEST"],
    ["a query that is no text", '{"query":5}', 400, "BAD_REQUEST"],
    ["variables that are no object", '{"query":"{ hello }","variables":"x"}', 400, "BAD_REQUEST"],
    ["no GraphQL", '{"query":"{"}', 400, "GRAPHQL_PARSE_FAILED"],
    ["an unknown field", '{"query":"{ helo }"}', 400, "GRAPHQL_VALIDATION_FAILED"],
    ["a literal of the wrong type", '{"query":"{ many(n: \\"x\\") }"}', 400, "GRAPHQL_VALIDATION_FAILED"],
    [
      "a variable of the wrong type",
      '{"query":"query ($n: String!) { many(n: $n) }","variables":{"n":"x"}}',
      400,
      "GRAPHQL_VALIDATION_FAILED",
    ],
    ["a variable with a wrong value", '{"query":"query ($n: Int!) { many(n: $n) }","variables":{"n":"x"}}', 400, "BAD_USER_INPUT"],
    ["a missing variable", '{"query":"query ($n: Int!) { many(n: $n) }"}', 400, "BAD_USER_INPUT"],
    ["null where none may be", '{"query":"query ($n: Int = 1) { many(n: $n) }","variables":{"n":null}}', 200, "BAD_USER_INPUT"],
    ["two operations and no name", '{"query":"query A { hello } query B { hello }"}', 400, "OPERATION_RESOLUTION_FAILURE"],
    ["a kind of operation that there is not", '{"query":"subscription { hello }"}', 200, "GRAPHQL_VALIDATION_FAILED"],
    ["a hash instead of a query", '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}', 200, "PERSISTED_QUERY_NOT_SUPPORTED"],
  ])("%s", async (_, body, status, code) => {
    const response = await post(body);
    const text = await response.text();
    expect([response.status, (JSON.parse(text) as Answer).errors![0]!.extensions]).toEqual([status, { code }]);
    expect(text).not.toMatch(/stacktrace|node_modules|\.js:|\.ts:/);
  });

  test("a body over 5 MB: 413", async () => {
    const response = await post(JSON.stringify({ query: "{ hello }", variables: { x: "x".repeat(5 * 1024 * 1024) } }));
    expect(response.status).toBe(413);
    expect((await answerTo(response)).errors![0]!.extensions).toEqual({ code: "PAYLOAD_TOO_LARGE" });
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])("a body of type %s: 415", async (type) => {
    const response = await post('{"query":"{ hello }"}', { ...GOOD, "content-type": type });
    expect(response.status).toBe(415);
    expect((await answerTo(response)).errors![0]!.extensions).toEqual({ code: "UNSUPPORTED_MEDIA_TYPE" });
  });

  test("a GET that a foreign page could send is refused, one with a preflight header answered", async () => {
    const get = (headers: Record<string, string>) =>
      request(`${origin}/graphql?query={hello}`, { headers: { authorization: GOOD.authorization, ...headers } });
    expect((await get({})).status).toBe(400);
    expect(await answerTo(await get({ "apollo-require-preflight": "1" }))).toMatchObject({ data: { hello: "hello" } });
  });

  test.each(["[", "a b"])("a Host that is none (%s): 400", async (host) => {
    const response = await post('{"query":"{ hello }"}', { ...GOOD, host });
    expect([response.status, (await answerTo(response)).errors![0]!.extensions]).toEqual([400, { code: "BAD_REQUEST" }]);
  });

  test("another method: 405", async () => {
    const response = await request(`${origin}/graphql`, { method: "PUT", body: "{}", headers: GOOD });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, POST"]);
  });

  test("another path: 404", async () => {
    const response = await request(`${origin}/graphql/x`);
    expect([response.status, (await answerTo(response)).errors![0]!.extensions]).toEqual([404, { code: "NOT_FOUND" }]);
  });

  test("what resolvers throw on purpose passes, with its code and nothing else", async () => {
    expect((await ask("{ known }")).errors![0]).toMatchObject({
      message: "There is no unit X.",
      path: ["known"],
      extensions: { code: "UNIT_NOT_FOUND" },
    });
    expect(Object.keys((await ask("{ known }")).errors![0]!.extensions)).toEqual(["code"]);
  });

  test.each([
    ["{ away }", 503, "2"],
    ["{ away again: away }", 503, "2"],
    ["{ away hello }", 200, null],
    // Where something may have been stored nothing invites to send it again unseen.
    ["{ away unknown }", 200, null],
    ["{ unknown }", 200, null],
  ])("503 with Retry-After says that nothing was done: %s", async (query, status, retryAfter) => {
    const response = await post(JSON.stringify({ query }));
    expect([response.status, response.headers.get("retry-after")]).toEqual([status, retryAfter]);
  });

  test.each(["bug", "nothing"])("a fault of the hub (%s) is masked by an id", async (field) => {
    const [error] = (await ask(`{ ${field} }`)).errors!;
    expect(error!.extensions).toEqual({ code: "INTERNAL_SERVER_ERROR", id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(error!.message).toBe(`Something went wrong inside the hub. Please report the id ${String(error!.extensions["id"])}.`);
  });

  test("what is not HTTP is closed with 400", async () => {
    const text = await new Promise<string>((resolve) => {
      const socket = connect(server.port, "127.0.0.1", () => socket.end("HELLO\r\n\r\n"));
      let got = "";
      socket.on("data", (data) => (got += String(data))).on("close", () => resolve(got));
    });
    expect(text).toMatch(/^HTTP\/1.1 400 /);
  });
});
