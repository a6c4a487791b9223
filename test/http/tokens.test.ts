import { createSecretKey } from "node:crypto";
import { request as httpRequest } from "node:http";
import { type JWTPayload, SignJWT, UnsecuredJWT, exportSPKI, importJWK } from "jose";
import { openServer } from "../../src/http/edge/server.js";
import { openHub } from "../../src/hub.js";
import { draft, noon, report, schoolYear, TODAY } from "../desk.js";
import { type Running, serve } from "../graphql/server.js";
import { request } from "../http-client.js";
import { type Key, newKey, openProvider, type Provider, tokenOf } from "./provider.js";

const MINUTE = 60_000;
const SECRET = "the secret of a test, long enough";
const FORMER = "the secret before, also long enough";

let provider: Provider;
let running: Running;
let key: Key;
let unitId: string;
let now = noon(TODAY);
const after = (ms: number) => (now = new Date(now.getTime() + ms));

beforeAll(async () => {
  provider = await openProvider();
  key = await newKey("first");
  provider.keys = [key];
  running = await serve("none", { clock: () => now, settings: settings({ TONGHOP_SECRET_FORMER: FORMER }) });
  const { desk } = running;
  const done: { problems: unknown[] }[] = await desk.register(
    draft.province("CB"),
    draft.district("CB-TP", "CB"),
    draft.union("CB-TP-CD", "CB-TP"),
    draft.school("S1", "CB-TP-CD"),
  );
  done.push(await desk.openYear(schoolYear(2024)), ...(await desk.submit(report.conference("S1"))));
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  unitId = await desk.id("CB-TP");
});
afterAll(async () => {
  await running.close();
  await provider.close();
});

function settings(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return {
    ...{ TONGHOP_OIDC_ISSUER: provider.issuer, TONGHOP_OIDC_JWKS: provider.jwks, TONGHOP_OIDC_AUDIENCE: "tonghop" },
    ...more,
  };
}

const ME = "{ me { tokenId name role unit { code } } }";
async function ask(token: string, { on = running, query = ME } = {}) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const response = await request(`${on.origin}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) });
  const body = (await response.json()) as { data?: any; errors?: { message: string; extensions: { code: string } }[] };
  return { status: response.status, headers: response.headers, text: JSON.stringify(body), ...body };
}
const statusOf = async (token: string, on = running) => (await ask(token, { on })).status;
const given = (changes: JWTPayload = {}, header: object = {}) => tokenOf(provider, key, now, changes, header);
const own = async (days: number | null = null) => running.hub.access.issue({ name: "App", role: "RECORDER", unitId, days });

/** The same token with other claims or another header, the signature as it was. */
function changed(token: string, part: 0 | 1, changes: object): string {
  const parts = token.split(".");
  const content = JSON.parse(Buffer.from(parts[part]!, "base64url").toString()) as object;
  parts[part] = Buffer.from(JSON.stringify({ ...content, ...changes })).toString("base64url");
  return parts.join(".");
}

describe("a token of the provider", () => {
  test("says who asks: a stable name without personal data, the role and the unit of its claims", async () => {
    const { data, text } = await ask(await given());
    expect(data.me).toEqual({ tokenId: "oidc:248289761001", name: "oidc:248289761001", role: "RECORDER", unit: { code: "CB-TP" } });
    expect(text).not.toMatch(/Hoa|hoa@/);
    expect((await ask(await given({ tonghop_unit: unitId }))).data.me.unit).toEqual({ code: "CB-TP" });
  });

  test("writes and reads in its branch, and nothing above it", async () => {
    const token = await given();
    const query =
      'mutation { recordConference(input: {unit: "S1", schoolYear: "2024-2025", heldOn: "2024-09-26", workers: 30, convened: 30, present: 28, votesFor: 27, expectedVersion: 1}) { outcome record { recordedBy { name tokenId unit } } } }';
    expect((await ask(token, { query })).data.recordConference).toEqual({
      outcome: "STORED",
      record: { recordedBy: { name: "oidc:248289761001", tokenId: "oidc:248289761001", unit: "Đơn vị CB-TP" } },
    });
    expect((await ask(token, { query: '{ unit(code: "CB") { name } }' })).errors![0]!.extensions.code).toBe("UNIT_NOT_FOUND");
  });

  test.each(["RS256", "PS256", "ES256", "EdDSA"])("may be signed with %s", async (alg) => {
    const other = await newKey(`of ${alg}`, alg);
    provider.keys!.push(other);
    after(6 * MINUTE);
    expect(await statusOf(await tokenOf(provider, other, now))).toBe(200);
    provider.keys = [key];
  });

  test.each<[string, () => Promise<string>]>([
    ["expired", () => given({ exp: now.getTime() / 1000 - 31 })],
    ["expiring never", () => given({ exp: undefined })],
    [
      "older than a day, however long it lasts",
      () => given({ iat: now.getTime() / 1000 - 86_400 - 31, exp: now.getTime() / 1000 + 999_999 }),
    ],
    ["without the time of its making", () => given({ iat: undefined })],
    ["made in the future", () => given({ iat: now.getTime() / 1000 + 60 })],
    ["not valid yet", () => given({ nbf: now.getTime() / 1000 + 60 })],
    ["for another audience", () => given({ aud: "another application" })],
    ["for no audience", () => given({ aud: undefined })],
    ["of another issuer", () => given({ iss: "https://elsewhere.example" })],
    ["of the issuer with a slash more", () => given({ iss: `${provider.issuer}/` })],
    ["without a subject", () => given({ sub: undefined })],
    ["with a subject of two lines", () => given({ sub: "a\nb" })],
    ["with a subject without end", () => given({ sub: "x".repeat(191) })],
    ["without a role", () => given({ tonghop_role: undefined })],
    ["with an unknown role", () => given({ tonghop_role: "boss" })],
    ["with a role of the prototype", () => given({ tonghop_role: "constructor" })],
    ["with a role in capitals", () => given({ tonghop_role: "RECORDER" })],
    ["with an object for a role", () => given({ tonghop_role: { recorder: "recorder" } })],
    ["without a unit", () => given({ tonghop_unit: undefined })],
    ["of a unit that is not", () => given({ tonghop_unit: "CB-XX" })],
    ["of a unit in other letters", () => given({ tonghop_unit: "cb-tp" })],
    ["of several units", () => given({ tonghop_unit: ["CB-TP", "CB"] })],
    ["of an administrator with a unit", () => given({ tonghop_role: "administrator" })],
    ["not signed (alg: none)", async () => new UnsecuredJWT({ ...bare() }).setIssuer(provider.issuer).setAudience("tonghop").encode()],
    ["not signed any more", async () => changed(await given(), 0, { alg: "none" }).replace(/[^.]*$/, "")],
    ["signed with the public key as a secret", () => signedWithPublicKey()],
    ["signed with the hub's secret", () => hubSigned({ ...bare(), iss: provider.issuer, aud: "tonghop" })],
    ["of the hub's issuer, signed by the provider", () => given({ iss: "tonghop", jti: "x" })],
    ["signed with a key of its own under a known name", async () => tokenOf(provider, await newKey(key.kid), now)],
    ["that brings its key along", async () => ownKeyAlong()],
    ["with an unknown key", () => given({}, { kid: "unknown" })],
    ["with a changed payload", async () => changed(await given(), 1, { tonghop_role: "administrator", tonghop_unit: undefined })],
    ["with a changed header", async () => changed(await given(), 0, { typ: "jwt" })],
    ["of another algorithm than its key", async () => changed(await given(), 0, { alg: "RS256" })],
    ["with a critical header that nobody knows", async () => changed(await given(), 0, { crit: ["x"], x: 1 })],
    ["cut short", async () => (await given()).slice(0, -2)],
  ])("%s is refused: 401, and the answer does not say why", async (_, make) => {
    expect(await statusOf(await given())).toBe(200);
    // The keys may be fetched again: a name that is unknown then is no key of the provider.
    after(MINUTE);
    const { status, errors, headers } = await ask(await make());
    expect([status, headers.get("www-authenticate")]).toEqual([401, 'Bearer error="invalid_token"']);
    expect(errors).toEqual([
      { message: "This token is not valid: it was not issued here, has expired or was revoked.", extensions: { code: "UNAUTHENTICATED" } },
    ]);
  });

  test.each(["code", "id"])("of a duplicate that was joined to its unit, by its %s, is refused: rights do not go over", async (by) => {
    const { desk } = running;
    const code = `CB-TP-${by}`;
    expect((await desk.register(draft.district(code, "CB")))[0]!.outcome).toBe("STORED");
    const token = await given({ tonghop_unit: by === "id" ? await desk.id(code) : code });
    expect(await statusOf(token)).toBe(200);
    expect((await desk.merge(code, "CB-TP")).outcome).toBe("STORED");
    expect(await statusOf(token)).toBe(401);
  });

  test("may come from a clock that is 30 seconds off, and not more", async () => {
    const at = (seconds: number) => now.getTime() / 1000 + seconds;
    const statuses = (claims: JWTPayload[]) => Promise.all(claims.map(async (claim) => statusOf(await given(claim))));
    expect(await statuses([{ exp: at(-29) }, { nbf: at(30) }, { iat: at(30) }])).toEqual([200, 200, 200]);
    expect(await statuses([{ exp: at(-30) }, { nbf: at(31) }, { iat: at(31) }])).toEqual([401, 401, 401]);
  });
});

describe("what a person of the provider has got", () => {
  const seconds = (more = 0) => Math.floor(now.getTime() / 1000) + more;

  test("is refused at the request after its revocation, on every server; who signs in anew is let in, until it is revoked anew", async () => {
    const hub = await openHub(running.hub.config, () => now);
    const second = await openServer(hub, { ...hub.config, port: 0, graphiql: null });
    const both = { ...running, origin: `http://127.0.0.1:${second.port}` };
    const statuses = async (token: string) => [await statusOf(token), await statusOf(token, both)];
    const [sub, neighbour] = ["Hoa", "hoa"];
    for (let times = 0; times < 2; times++) {
      after(15 * MINUTE);
      const had = [await given({ sub }), await given({ sub, iat: seconds(-600) }), await given({ sub, iat: seconds(30) })];
      for (const token of had) expect(await statuses(token)).toEqual([200, 200]);
      expect(await running.hub.access.revoke(`oidc:${sub}`)).toBe(true);
      for (const token of had) expect(await statuses(token)).toEqual([401, 401]);
      expect(await statuses(await given({ sub: neighbour }))).toEqual([200, 200]);
      after(31_000);
      for (const token of had) expect(await statuses(token)).toEqual([401, 401]);
      expect(await statuses(await given({ sub }))).toEqual([200, 200]);
    }
    await second.close();
    await hub.close();
  });

  test("is looked up in one statement", async () => {
    const token = await given({ sub: "Hoa", iat: seconds() });
    const said = await running.statements(async () => expect(await statusOf(token)).toBe(200));
    expect(said.filter((sql) => sql.includes("revoked_subject"))).toEqual([expect.stringMatching(/^SELECT /)]);
  });

  test.each(["a'; DROP TABLE token; --", "auth0|5f7c8ec7", "%", "_", "x".repeat(190), "a\\", '"', "oidc:x", "../x"])(
    "may be of anybody who is let in (%s)",
    async (sub) => {
      const isTaken = /^[\x21-\x7e]+$/.test(sub);
      expect(await statusOf(await given({ sub }))).toBe(isTaken ? 200 : 401);
      expect(await running.hub.access.revoke(`oidc:${sub}`)).toBe(isTaken);
      expect(await statusOf(await given({ sub }))).toBe(401);
      expect(await statusOf(await given({ sub: "another" }))).toBe(200);
    },
  );

  test.each(["", "oidc:", "oidc:a b", "oidc:a\nb", `oidc:${"x".repeat(191)}`, "oidc:Hoà", "OIDC:Hoa", "248289761001"])(
    "is not revoked by an id that nobody can have (%j)",
    async (id) => expect(await running.hub.access.revoke(id)).toBe(false),
  );
});

const bare = () => ({
  ...{ sub: "x", tonghop_role: "recorder", tonghop_unit: "CB-TP" },
  ...{ iat: now.getTime() / 1000, exp: now.getTime() / 1000 + 300 },
});
const hubSigned = (claims: JWTPayload, secret = SECRET) =>
  new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: key.kid }).sign(createSecretKey(secret, "utf8"));

/** The confusion of algorithms: a hub that took any would check HS256 with the public key as the secret. */
async function signedWithPublicKey(): Promise<string> {
  const spki = await exportSPKI((await importJWK(key.public, key.alg)) as CryptoKey);
  return hubSigned({ ...bare(), iss: provider.issuer, aud: "tonghop" }, spki);
}

async function ownKeyAlong(): Promise<string> {
  const mine = await newKey("mine");
  return tokenOf(provider, mine, now, {}, { jwk: mine.public, jku: provider.jwks });
}

test("claims lie where the settings say, and roles have the provider's names: of several the one that allows most", async () => {
  const named = {
    TONGHOP_OIDC_ROLE_CLAIM: "realm_access.roles",
    TONGHOP_OIDC_UNIT_CLAIM: "https://union.example.vn/unit",
    TONGHOP_OIDC_ROLES: "cn-app=recorder,cn-hq=steward,cn-root=administrator",
  };
  const on = await serve("none", { clock: () => now, settings: settings(named) });
  await on.desk.register(draft.province("CB"), draft.district("CB-TP", "CB"));
  const me = async (roles: unknown, unit?: string) => {
    const token = await given({ tonghop_role: "administrator", realm_access: { roles }, "https://union.example.vn/unit": unit });
    const { data } = await ask(token, { on });
    return data ? [data.me.role, data.me.unit?.code] : null;
  };
  expect(await me(["offline_access", "cn-app"], "CB-TP")).toEqual(["RECORDER", "CB-TP"]);
  expect(await me(["cn-app", "cn-hq"], "CB")).toEqual(["STEWARD", "CB"]);
  expect(await me("cn-root")).toEqual(["ADMINISTRATOR", undefined]);
  expect(await me(["recorder"], "CB-TP")).toBeNull();
  expect(await me(["cn-app"])).toBeNull();
  expect(await me(undefined, "CB-TP")).toBeNull();
  await on.close();
});

describe("a token of the hub", () => {
  test("is refused at the request after its revocation", async () => {
    const { id, token } = await own();
    expect(await statusOf(token)).toBe(200);
    await running.hub.access.revoke(id);
    expect(await statusOf(token)).toBe(401);
  });

  test("is refused once its days are over, and what it says of itself changes nothing", async () => {
    const { id, token } = await own(1);
    const longer = await hubSigned({ iss: "tonghop", aud: "tonghop", jti: id, exp: now.getTime() / 1000 + 9_999_999 });
    expect([await statusOf(token), await statusOf(longer)]).toEqual([200, 200]);
    after(24 * 60 * MINUTE);
    expect([await statusOf(token), await statusOf(longer)]).toEqual([401, 401]);
  });

  test("signed with the former secret is taken until that is taken away; with another secret never", async () => {
    const { id } = await own();
    const claims = { iss: "tonghop", aud: "tonghop", jti: id };
    const [former, foreign] = [await hubSigned(claims, FORMER), await hubSigned(claims, "the secret of somebody else entirely")];
    expect([await statusOf(former), await statusOf(foreign)]).toEqual([200, 401]);
    const rotated = await serve("none", { clock: () => now });
    const { id: there } = await rotated.hub.access.issue({ name: "App", role: "ADMINISTRATOR", unitId: null, days: null });
    const [by, before] = [await hubSigned({ ...claims, jti: there }), await hubSigned({ ...claims, jti: there }, FORMER)];
    expect([await statusOf(by, rotated), await statusOf(before, rotated)]).toEqual([200, 401]);
    await rotated.close();
  });
});

describe("how a token may not come", () => {
  const send = (path: string, headers: Record<string, string | string[]>, body?: string) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const outgoing = httpRequest(`${running.origin}${path}`, { method: body ? "POST" : "GET", headers }, (incoming) => {
        let text = "";
        incoming.on("data", (data) => (text += String(data))).on("end", () => resolve({ status: incoming.statusCode!, text }));
      });
      outgoing.on("error", reject).end(body);
    });
  const JSON_BODY = { "content-type": "application/json" };

  test("in the address or the body", async () => {
    const { token } = await own();
    const query = encodeURIComponent(ME);
    for (const name of ["access_token", "token", "authorization"])
      expect((await send(`/graphql?query=${query}&${name}=${token}`, { "apollo-require-preflight": "1" })).status).toBe(401);
    expect((await send("/graphql", JSON_BODY, JSON.stringify({ query: ME, access_token: token }))).status).toBe(401);
    expect((await send("/graphql", { ...JSON_BODY, cookie: `authorization=Bearer ${token}` }, JSON.stringify({ query: ME }))).status).toBe(
      401,
    );
  });

  test("twice", async () => {
    const [first, second] = [(await own()).token, await given()];
    const authorization = [`Bearer ${first}`, `Bearer ${second}`];
    const { status, text } = await send("/graphql", { ...JSON_BODY, authorization }, JSON.stringify({ query: ME }));
    expect([status, text.includes("BAD_REQUEST")]).toEqual([400, true]);
    expect((await send("/graphql", { ...JSON_BODY, authorization: authorization.join(", ") }, JSON.stringify({ query: ME }))).status).toBe(
      401,
    );
  });

  test.each([
    ["nothing", "", 401],
    ["points", "..", 401],
    ["zeros", "\0\0".replaceAll("\0", "0"), 401],
    ["no base64", "a!.b!.c!", 401],
    ["JSON of the wrong kind", `${Buffer.from("[1]").toString("base64url")}.e30.e30`, 401],
    ["a hundred dots", ".".repeat(100), 401],
    ["12,000 letters", "eyJ" + "A".repeat(12_000), 401],
    ["20,000 letters", "A".repeat(20_000), 431],
  ])("as %s", async (_, token, status) => {
    expect((await send("/graphql", { ...JSON_BODY, authorization: `Bearer ${token}` }, JSON.stringify({ query: ME }))).status).toBe(status);
  });
});
