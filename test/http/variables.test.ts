import { connect, type Socket } from "node:net";
import { request as httpRequest } from "node:http";
import { VARIABLE_LIMITS } from "../../src/domain/ground/limits.js";
import { draft } from "../desk.js";
import { type Answer, type Client, type Running, serve } from "../graphql/server.js";
import { until } from "../until.js";

const MB = 1024 * 1024;

let running: Running;
let steward: Client;
beforeAll(async () => {
  running = await serve("none");
  await running.desk.register(draft.province("P"));
  steward = await running.as("STEWARD", "P");
});
afterAll(() => running.close());

const told = ({ status, errors }: Answer) => [status, errors?.[0]?.extensions.code];
const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 1]));
const json = (value: unknown) => JSON.stringify(value);
const bodyOf = (query: string, variables: string) => `{"query":${json(query)},"variables":${variables}}`;
const nested = (depth: number) => `{"r":${"[".repeat(depth)}${"]".repeat(depth)}}`;
const UNITS = "query ($r: UnitFilter) { units(filter: $r) { totalCount } }";
const SUBMIT = `mutation ($r: [RecordRowInput!]!) { submitRecords(input: { rows: $r, idempotencyKey: "x" }) { stored } }`;

describe("variables that no request needs are refused before anything is made of them", () => {
  test.each<[string, string, string, RegExp]>([
    ["100,000 fields of one object", UNITS, json({ r: keys(100_000) }), /^\$r: has 100000 fields; expected at most 100\.$/],
    ["variables that nobody declared", "{ me { name } }", json(keys(501)), /^The variables: has 501 fields/],
    ["a list 10,000 deep", UNITS, nested(10_000), /^\$r\.0\.0.* holds more than 30 lists and objects inside each other/],
    [
      "250,000 values",
      SUBMIT,
      json({ r: Array(5_000).fill(Array(100).fill("")) }),
      /more than 250,000 values; send a batch in several requests/,
    ],
  ])("%s", async (_, query, variables, sentence) => {
    let answer: Answer | undefined;
    const heard = await running.statements(async () => (answer = await running.send(steward.token, bodyOf(query, variables))));
    expect([...told(answer!), heard.length]).toEqual([400, "QUERY_TOO_LARGE", 1]);
    expect(answer!.errors![0]!.message).toMatch(sentence);
    expect(answer!.extensions!.cost.requested).toBeGreaterThan(variables.length / 100);
  });

  test("but as many as are allowed are looked at", async () => {
    expect(told(await steward.ask(UNITS, { r: keys(VARIABLE_LIMITS.fields) }))).toEqual([400, "BAD_USER_INPUT"]);
    expect(told(await running.send(steward.token, bodyOf(UNITS, nested(VARIABLE_LIMITS.nesting))))).toEqual([400, "BAD_USER_INPUT"]);
    const rows = Array<unknown>(5_000).fill({ conference: { unit: "P", heldOn: "x" } });
    expect(told(await steward.ask(SUBMIT, { r: rows }))).toEqual([200, undefined]);
  });
});

test("no input of the schema has more than half of the fields that an object may have", async () => {
  const { __schema } = await steward.data("{ __schema { types { inputFields { name } } } }");
  const sizes = __schema.types.map(({ inputFields }: { inputFields: unknown[] | null }) => inputFields?.length ?? 0);
  expect(Math.max(...sizes)).toBeGreaterThan(10);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(VARIABLE_LIMITS.fields / 2);
});

test("a letter under a heap of marks is refused wherever a text is taken; Vietnamese letters are not, however they are written", async () => {
  const heap = `a${"\u0301".repeat(20_000)}${"\u0323".repeat(20_000)}`;
  const answers = [
    await steward.ask("query ($c: String!) { unit(code: $c) { name } }", { c: heap }),
    await steward.ask(`{ unit(code: "${heap}") { name } }`),
  ];
  for (const answer of answers) {
    expect(told(answer)).toEqual([400, "BAD_USER_INPUT"]);
    expect(answer.errors![0]!.message).toMatch(/holds more than 8 combining marks on one letter/);
  }
  const { units } = await steward.data("query ($s: String) { units(filter: { search: $s }) { totalCount } }", {
    s: "Tỉnh Cao Bằng".normalize("NFD"),
  });
  expect(units.totalCount).toBe(0);
});

test("more than fifty faults in variables are the caller's, not the hub's", async () => {
  const { status, errors } = await steward.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids: Array(60).fill({}) });
  expect([status, new Set(errors!.map(({ extensions }) => extensions.code))]).toEqual([400, new Set(["BAD_USER_INPUT"])]);
  expect(errors!.at(-1)!.message).toBe("The variables have more faults than these; mend them first.");
});

/** Begins a request of so many bytes and does not end it. */
async function begin(port: number, token: string, bytes: number): Promise<{ socket: Socket; said: () => string }> {
  const socket = connect(port, "127.0.0.1");
  let said = "";
  socket.on("data", (data) => (said += String(data))).on("error", () => undefined);
  const headers = ["Host: hub", `Authorization: Bearer ${token}`, "Content-Type: application/json", `Content-Length: ${bytes}`];
  socket.write(["POST /graphql HTTP/1.1", ...headers, "", "{"].join("\r\n"));
  return { socket, said: () => said };
}

test("bodies that one caller begins and does not end are refused when its budget is spent, and no other caller's", async () => {
  const poor = await serve("none", { budget: { capacity: 1_000_000, refillPerSecond: 1 } });
  const [one, other] = [await poor.as("ADMINISTRATOR"), await poor.as("ADMINISTRATOR", undefined, "another")];
  const begun = await Promise.all(Array.from({ length: 20 }, () => begin(Number(new URL(poor.url).port), one.token, 5 * MB)));
  const refused = () => begun.filter(({ said }) => said().startsWith("HTTP/1.1 429")).length;
  await until("those that the budget does not pay for are refused", () => refused() === 11);
  expect(told(await one.ask("{ me { name } }"))).toEqual([200, undefined]);
  expect(told(await other.ask("{ me { name } }"))).toEqual([200, undefined]);
  for (const { socket } of begun) socket.destroy();
  await poor.close();
});

/** Sends a body in pieces, with or without its length. */
function send(token: string, pieces: string[], headers: Record<string, string>): Promise<{ status: number; body: Answer }> {
  return new Promise((resolve, reject) => {
    const all = { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers };
    const outgoing = httpRequest(running.url, { method: "POST", headers: all }, (incoming) => {
      let text = "";
      incoming.on("data", (part) => (text += String(part)));
      incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, body: JSON.parse(text) as Answer }));
    });
    outgoing.on("error", reject);
    for (const piece of pieces) outgoing.write(piece);
    outgoing.end();
  });
}

test("a body that does not tell its length pays for what it had", async () => {
  const small = await send(steward.token, ['{"query":"{ me ', '{ name } }"}'], {});
  expect(small.status).toBe(200);
  expect(small.body.extensions!.cost.requested).toBeLessThan(1_500);
  const large = await send(
    steward.token,
    [
      '{"query":"{ me { name } }","x":"',
      ..."y"
        .repeat(20)
        .split("")
        .map((letter) => letter.repeat(MB / 10)),
      '"}',
    ],
    {},
  );
  expect(large.body.extensions!.cost.requested).toBeGreaterThan(38_000);
});

test.each([
  ["that tells its length", { "content-length": String(8 * MB) }],
  ["that does not", {}],
])("a body over 5 MB %s is answered with 413 also to who sends all of it before he listens", async (_, headers) => {
  const { status, body } = await send(steward.token, Array<string>(8).fill(" ".repeat(MB)), headers);
  expect([status, body.errors![0]!.extensions.code]).toEqual([413, "PAYLOAD_TOO_LARGE"]);
});

test("a compressed body is asked for uncompressed", async () => {
  const { status, body } = await send(steward.token, ['{"query":"{ me { name } }"}'], { "content-encoding": "gzip" });
  expect([status, body.errors![0]!.extensions.code]).toEqual([415, "UNSUPPORTED_MEDIA_TYPE"]);
  expect(body.errors![0]!.message).toMatch(/compressed \(gzip\); send it uncompressed/);
  expect((await send(steward.token, ['{"query":"{ me { name } }"}'], { "content-encoding": "identity" })).status).toBe(200);
});
