import { serverAudits } from "graphql-http";
import { type Client, type Running, serve } from "../graphql/server.js";
import { request } from "../http-client.js";

let running: Running;
let client: Client;
beforeAll(async () => {
  running = await serve("none");
  client = await running.as("ADMINISTRATOR");
});
afterAll(() => running.close());

const audits = serverAudits({
  url: () => running.url,
  fetchFn: (url: string, { method, headers, body }: { method?: string; headers?: Record<string, string>; body?: string } = {}) =>
    request(url, {
      ...(method ? { method } : {}),
      ...(body ? { body } : {}),
      headers: { ...headers, authorization: `Bearer ${client.token}` },
    }),
});

test("the audits of graphql-http find no error and nothing to warn of; the notices are what the guard against forged requests costs", async () => {
  const told: string[] = [];
  for (const audit of audits) {
    const result = await audit.fn();
    if (result.status !== "ok") told.push(`${result.status} ${audit.id}`);
  }
  expect(audits.length).toBeGreaterThan(60);
  // GETs without a header that a form cannot send (Apollo-Require-Preflight): MAY, and refused.
  expect(told).toEqual(["notice 5A70", "notice D6D5", "notice 6A70"]);
});

test.each([
  ["does not fit the schema", "{ nothing }", "GRAPHQL_VALIDATION_FAILED"],
  ["is too deep to be parsed", `{ ${"me { ".repeat(100)}`, "QUERY_TOO_LARGE"],
  ["has too many fields inside each other", `{ me { unit { ${"parent { ".repeat(50)} name ${"} ".repeat(50)} } } }`, "QUERY_TOO_LARGE"],
])(
  "a document that %s answers 200 to whoever asks for plain JSON, 400 to everybody else, and the same errors to both",
  async (_, query, code) => {
    const ask = async (accept: string | null) => {
      const headers = { "content-type": "application/json", authorization: `Bearer ${client.token}`, ...(accept ? { accept } : {}) };
      const answer = await request(running.url, { method: "POST", headers, body: JSON.stringify({ query }) });
      const { errors } = (await answer.json()) as { errors: unknown };
      return { status: answer.status, type: answer.headers.get("content-type")!.split(";")[0], errors };
    };
    const plain = await ask("application/json");
    expect(plain).toMatchObject({ status: 200, type: "application/json", errors: [{ extensions: { code } }] });
    for (const [accept, type] of [
      [null, "application/json"],
      ["*/*", "application/json"],
      ["application/graphql-response+json", "application/graphql-response+json"],
      ["application/graphql-response+json, application/json;q=0.9", "application/graphql-response+json"],
    ] as const)
      expect([accept, await ask(accept)]).toEqual([accept, { status: 400, type, errors: plain.errors }]);
  },
);

test("a change is answered as what it came to, whatever type of answer is asked for", async () => {
  const query = `mutation { openSchoolYear(input: {label: "2024-2025", startsOn: "2024-09-05", endsOn: "2025-05-31", referenceDate: "2025-05-31", idempotencyKey: "2024"}) { outcome } }`;
  const headers = { "content-type": "application/json", authorization: `Bearer ${client.token}`, accept: "text/xml" };
  const answer = await request(running.url, { method: "POST", headers, body: JSON.stringify({ query }) });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/json; charset=utf-8"]);
  expect(await answer.json()).toMatchObject({ data: { openSchoolYear: { outcome: "STORED" } } });
});
