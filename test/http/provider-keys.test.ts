import { mock } from "node:test";
import { draft, noon, TODAY } from "../desk.js";
import { type Running, serve } from "../graphql/server.js";
import { request } from "../http-client.js";
import { until } from "../until.js";
import { type Key, newKey, openProvider, type Provider, tokenOf } from "./provider.js";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Each test has a provider and a hub of its own, and moves the hub's clock. */
let provider: Provider;
let hub: Running;
let key: Key;
let next: Key;
let now: Date;
const after = (ms: number) => (now = new Date(now.getTime() + ms));

beforeEach(async () => {
  now = noon(TODAY);
  provider = await openProvider();
  [key, next] = await Promise.all([newKey("first"), newKey("next")]);
  provider.keys = [key];
  hub = await open();
});
afterEach(async () => {
  provider.goOn();
  await hub.close();
  await provider.close();
});

async function open(): Promise<Running> {
  const settings = { TONGHOP_OIDC_ISSUER: provider.issuer, TONGHOP_OIDC_JWKS: provider.jwks, TONGHOP_OIDC_AUDIENCE: "tonghop" };
  const running = await serve("none", { clock: () => now, settings });
  await running.desk.register(draft.province("CB"), draft.district("CB-TP", "CB"));
  return running;
}

async function answerTo(token: string, on = hub) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const response = await request(`${on.origin}/graphql`, { method: "POST", headers, body: '{"query":"{ me { role } }"}' });
  const { errors } = (await response.json()) as { errors?: { message: string; extensions: { code: string } }[] };
  return { status: response.status, retryAfter: response.headers.get("retry-after"), ...errors?.[0] };
}
const statusOf = async (token: Promise<string>, on = hub) => (await answerTo(await token, on)).status;
const given = (by = key, header: object = {}) => tokenOf(provider, by, now, {}, header);
/** Made by the provider so long ago. */
const old = (by: Key, ms: number) => tokenOf(provider, by, new Date(now.getTime() - ms));
const invented = (times: number) => Promise.all(Array.from({ length: times }, (_, index) => given(key, { kid: `invented ${index}` })));

/** The keys have been fetched, and may be fetched again. */
async function known() {
  expect(await statusOf(given())).toBe(200);
  after(MINUTE);
}

describe("a token whose key is known", () => {
  test("is proved while the provider hangs: the keys are fetched beside, once", async () => {
    await known();
    after(10 * MINUTE);
    provider.hang();
    const before = provider.asked;
    for (let times = 0; times < 3; times++) expect(await statusOf(given())).toBe(200);
    await until("the provider is asked", () => provider.asked > before);
    expect(await statusOf(given())).toBe(200);
    expect([provider.asked - before, provider.waiting]).toEqual([1, 1]);
  });

  test("is proved while the provider is out of order, which is not asked at every request", async () => {
    await known();
    provider.keys = null;
    after(10 * MINUTE);
    const before = provider.asked;
    for (let times = 0; times < 20; times++) expect(await statusOf(given())).toBe(200);
    await until("the provider is asked", () => provider.asked > before);
    for (let times = 0; times < 20; times++) expect(await statusOf(given())).toBe(200);
    expect(provider.asked - before).toBe(1);
  });

  test("is refused when the provider has taken its key away and the keys were fetched anew: after five minutes", async () => {
    await known();
    provider.keys = [next];
    after(3 * MINUTE);
    expect(await statusOf(given())).toBe(200);
    after(MINUTE);
    await until("the key is gone", async () => (await statusOf(given())) !== 200);
    expect(await statusOf(given(next))).toBe(200);
    after(30 * SECOND);
    expect(await statusOf(given())).toBe(401);
  });

  test("is refused then also where nobody asks meanwhile", async () => {
    mock.timers.enable({ apis: ["setInterval"] });
    try {
      const quiet = await open();
      expect(await statusOf(given(), quiet)).toBe(200);
      provider.keys = [next];
      after(10 * MINUTE);
      const before = provider.asked;
      mock.timers.tick(MINUTE);
      await until("the provider is asked", () => provider.asked > before);
      await until("the key is gone", async () => (await statusOf(given(), quiet)) !== 200);
      expect(await statusOf(given(next), quiet)).toBe(200);
      expect(provider.asked - before).toBe(1);
      await quiet.close();
      after(10 * MINUTE);
      mock.timers.tick(MINUTE);
      await request(provider.jwks);
      expect(provider.asked - before).toBe(2);
    } finally {
      mock.timers.reset();
    }
  });
});

describe("a token whose key is not known", () => {
  test("waits for the keys, and is proved if it is among them: while they are fetched as well", async () => {
    await known();
    provider.hang();
    provider.keys = [key, next];
    const before = provider.asked;
    const answers = Promise.all(Array.from({ length: 20 }, () => statusOf(given(next))));
    await until("the provider is asked", () => provider.asked > before);
    expect(await statusOf(given())).toBe(200);
    provider.goOn();
    expect(new Set(await answers)).toEqual(new Set([200]));
    expect(provider.asked - before).toBe(1);
  });

  test("is refused when it is not among keys that were fetched after it came", async () => {
    await known();
    expect(await answerTo(await given(next))).toMatchObject({ status: 401, extensions: { code: "UNAUTHENTICATED" }, retryAfter: null });
  });

  test("is told to come again while the provider hangs or is out of order, and is proved then", async () => {
    await known();
    provider.hang();
    provider.keys = [key, next];
    const unavailable = {
      message: "The key of this token is not known yet, as its provider does not answer. Send the request again later.",
      extensions: { code: "UNAVAILABLE" },
    };
    expect(await answerTo(await given(next))).toEqual({ status: 503, retryAfter: "30", ...unavailable });
    provider.goOn();
    provider.keys = null;
    after(20 * SECOND);
    const before = provider.asked;
    expect(await answerTo(await given(next))).toEqual({ status: 503, retryAfter: "10", ...unavailable });
    expect(provider.asked).toBe(before);
    after(10 * SECOND);
    expect(await answerTo(await given(next))).toEqual({ status: 503, retryAfter: "30", ...unavailable });
    provider.keys = [key, next];
    after(30 * SECOND);
    expect(await statusOf(given(next))).toBe(200);
  });

  test("is told to come again when it is younger than the keys, which may not be fetched again yet, and is proved then", async () => {
    await known();
    expect(await statusOf(given(await newKey("invented")))).toBe(401);
    provider.keys = [key, next];
    after(11_500);
    expect(await answerTo(await given(next))).toMatchObject({
      ...{ status: 503, retryAfter: "19", extensions: { code: "UNAVAILABLE" } },
      message: "The key of this token is not known yet; the provider's keys are fetched again in 19 seconds. Send the request again then.",
    });
    after(19 * SECOND);
    expect(await statusOf(given(next))).toBe(200);
  });

  test("is refused at once when the keys are younger than it, also while the provider is out of order", async () => {
    await known();
    expect(await statusOf(given())).toBe(200);
    const before = provider.asked;
    expect(await statusOf(old(next, 2 * MINUTE))).toBe(401);
    expect(provider.asked - before).toBe(1);
    provider.keys = null;
    after(20 * SECOND);
    expect(await statusOf(old(next, 2 * MINUTE))).toBe(401);
    after(10 * SECOND);
    expect(await statusOf(old(next, 2 * MINUTE))).toBe(401);
    expect(await statusOf(old(next, 0))).toBe(503);
    expect(provider.asked - before).toBe(2);
  });

  test("of invented names makes one question to the provider in thirty seconds, and keeps nobody out for longer", async () => {
    await known();
    const before = provider.asked;
    for (const token of await invented(50)) expect([401, 503]).toContain((await answerTo(token)).status);
    expect(provider.asked - before).toBe(1);
    provider.keys = [key, next];
    after(SECOND);
    const { status, retryAfter } = await answerTo(await given(next));
    expect([status, retryAfter]).toEqual([503, "29"]);
    after(Number(retryAfter) * SECOND);
    const flood = (await invented(50)).map((token) => answerTo(token));
    expect(await statusOf(given(next))).toBe(200);
    await Promise.all(flood);
    expect(await statusOf(given(next))).toBe(200);
    expect(provider.asked - before).toBe(2);
  });

  test("of another issuer makes none", async () => {
    await known();
    const before = provider.asked;
    expect((await answerTo(await tokenOf(provider, next, now, { iss: "https://elsewhere.example" }))).status).toBe(401);
    expect(provider.asked).toBe(before);
  });

  test("and that says nothing, or nonsense, of when it was made is refused", async () => {
    await known();
    expect(await statusOf(given(await newKey("invented")))).toBe(401);
    expect(await statusOf(given(next))).toBe(503);
    for (const iat of [undefined, "soon", Number.MAX_VALUE])
      expect((await answerTo(await tokenOf(provider, next, now, { iat: iat as number }))).status).toBe(401);
  });
});

test("keys that never came let nobody of the provider in: 503, while the hub's own tokens go on", async () => {
  provider.keys = null;
  expect(await answerTo(await given())).toEqual({
    ...{ status: 503, retryAfter: "30", extensions: { code: "UNAVAILABLE" } },
    message: "The key of this token is not known yet, as its provider does not answer. Send the request again later.",
  });
  const administrator = await hub.as("ADMINISTRATOR");
  expect((await administrator.ask("{ me { role } }")).status).toBe(200);
  provider.keys = [key];
  expect(await statusOf(given())).toBe(503);
  after(30 * SECOND);
  expect(await statusOf(given())).toBe(200);
});
