import { Agent, request as send } from "node:http";
import { connect } from "node:net";
import { type Server } from "../../src/http/edge/server.js";
import { faultyHub, GOOD, openFaultyServer } from "./faulty-hub.js";

/** A server that waited would wait for ten seconds. */
const LONGEST_WAIT_MS = 9_000;

let server: Server;
let origin: string;
beforeAll(async () => {
  server = await openFaultyServer();
  origin = `http://127.0.0.1:${server.port}`;
});
afterAll(() => server.close());

describe("health needs no token", () => {
  test("/livez answers while the process runs, /readyz while the database does", async () => {
    const statuses = async () => [(await fetch(`${origin}/livez`)).status, (await fetch(`${origin}/readyz`)).status];
    expect(await statuses()).toEqual([200, 200]);
    faultyHub.databaseAnswers = false;
    expect(await statuses()).toEqual([200, 503]);
    faultyHub.databaseAnswers = true;
    expect(await statuses()).toEqual([200, 200]);
  });
});

describe("GraphiQL", () => {
  test("is one page that names no other host to load from, compressed as asked, and not sent twice", async () => {
    const page = await fetch(`${origin}/`, { headers: { "accept-encoding": "br" } });
    const html = await page.text();
    expect(page.url).toBe(`${origin}/graphiql`);
    expect(page.headers.get("content-encoding")).toBe("br");
    expect(page.headers.get("content-security-policy")).toMatch(/default-src 'none'.*connect-src 'self'/);
    // Compared as booleans: nobody wants nine megabytes in a message.
    expect([html.includes("tokenA"), html.includes("tokenB")]).toEqual([true, true]);
    const markup = html.replace(/<(script|style)[^>]*>[^]*?<\/\1>/g, "<$1>");
    expect(markup.match(/(src|href)="(?!data:)[^"]*"/g)).toBeNull();
    for (const encoding of ["gzip", "identity"])
      expect((await (await fetch(`${origin}/graphiql`, { headers: { "accept-encoding": encoding } })).text()) === html).toBe(true);
    const again = await fetch(`${origin}/graphiql`, { headers: { "accept-encoding": "br", "if-none-match": page.headers.get("etag")! } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  test("is not there when it is switched off", async () => {
    const without = await openFaultyServer(false);
    expect((await fetch(`http://127.0.0.1:${without.port}/graphiql`)).status).toBe(404);
    await without.close();
  });
});

test("closing answers what runs and what was just sent on a connection that was held ready, is not held up by those, and takes no new ones", async () => {
  const closing = await openFaultyServer();
  const agent = new Agent({ keepAlive: true });
  const query = (text: string, by: Agent | false = agent) =>
    new Promise<{ connection: string | undefined; body: string }>((resolve, reject) => {
      const request = send({ agent: by, port: closing.port, path: "/graphql", method: "POST", headers: GOOD }, (response) => {
        let body = "";
        response.on("data", (part) => (body += String(part))).on("end", () => resolve({ connection: response.headers.connection, body }));
      });
      request.on("error", reject).end(JSON.stringify({ query: text }));
    });
  await Promise.all([query("{ hello }"), query("{ hello }")]);
  const began = new Promise<void>((resolve) => (faultyHub.slowBegan = resolve));
  const running = query("{ slow }");
  await began;
  const start = Date.now();
  const closed = closing.close();
  const justSent = query("{ hello }");
  await expect(query("{ hello }", false)).rejects.toThrow();
  expect(await justSent).toEqual({ connection: "close", body: expect.stringContaining('"hello":"hello"') });
  expect(await running).toEqual({ connection: "close", body: expect.stringContaining("done") });
  await closed;
  expect(Date.now() - start).toBeLessThan(LONGEST_WAIT_MS);
  agent.destroy();
});

test("told to close after a while it says at /readyz that it ends, and answers all that comes until then", async () => {
  const closing = await openFaultyServer();
  const origin = `http://127.0.0.1:${closing.port}`;
  expect((await fetch(`${origin}/readyz`)).status).toBe(200);
  const closed = closing.close(1_000);
  const ready = await fetch(`${origin}/readyz`);
  expect([ready.status, ready.headers.get("connection"), await ready.json()]).toEqual([
    503,
    "close",
    { status: "unavailable", reason: "The hub is ending." },
  ]);
  const answer = await fetch(`${origin}/graphql`, { method: "POST", headers: GOOD, body: '{"query":"{ hello }"}' });
  expect(await answer.json()).toMatchObject({ data: { hello: "hello" } });
  await closed;
  await expect(fetch(origin)).rejects.toThrow();
});

test("closing does not wait for connections on which no request, or only half of one, has come", async () => {
  const closing = await openFaultyServer();
  for (const begun of ["", "POST /graphql HTTP/1.1\r\nHost: localhost\r\n"]) {
    const socket = connect(closing.port, "127.0.0.1").on("error", () => undefined);
    await new Promise((resolve) => socket.once("connect", resolve));
    if (begun) await new Promise((resolve) => socket.write(begun, resolve));
  }
  const start = Date.now();
  await closing.close();
  expect(Date.now() - start).toBeLessThan(LONGEST_WAIT_MS);
});
