import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SignJWT, UnsecuredJWT } from "jose";
import { type Access, openAccess } from "../../src/access/access.js";
import { openSecret } from "../../src/access/secret.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, draft } from "../desk.js";

const SECRET = "the secret of the tests, which is long enough";
const START = new Date("2025-09-05T01:02:03.456Z");

let unit: string;
let home: string;
let database: TestDatabase;
let now = START;
let access: Access;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "tonghop-access-"));
  database = await openTestDatabase();
  const desk = new Desk(database);
  await desk.register(draft.province("CB"));
  unit = await desk.id("CB");
  access = openAccess({ secret: SECRET, formerSecret: null, oidc: null }, database, () => now);
});

afterAll(async () => {
  await database.close();
  await rm(home, { recursive: true });
});

const issue = (days: number | null = null) => access.issue({ name: "App of Cao Bằng", role: "RECORDER", unitId: unit, days });

describe("a token", () => {
  test("says who asks: what its row in the database allows", async () => {
    const { id, token } = await issue();
    expect(await access.authenticate(token)).toEqual({ tokenId: id, name: "App of Cao Bằng", role: "RECORDER", unitId: unit });
  });

  test("is refused from the request after its revocation, which happens once", async () => {
    const { id, token } = await issue();
    expect(await access.revoke(id)).toBe(true);
    expect(await access.authenticate(token)).toBeNull();
    expect(await access.revoke(id)).toBe(false);
    expect(await access.revoke("no such token")).toBe(false);
  });

  test("is refused once its days are over", async () => {
    const { token } = await issue(1);
    now = new Date(START.getTime() + 23 * 3_600_000);
    expect(await access.authenticate(token)).not.toBeNull();
    now = new Date(START.getTime() + 25 * 3_600_000);
    expect(await access.authenticate(token)).toBeNull();
    now = START;
  });

  test("is refused when its row has expired, whatever it says of itself", async () => {
    const { id } = await issue(1);
    const claimsMore = await forged({ id, exp: "10 years" });
    now = new Date(START.getTime() + 25 * 3_600_000);
    expect(await access.authenticate(claimsMore)).toBeNull();
    now = START;
  });

  test("comes out of its stored row again, letter by letter", async () => {
    const { id, token } = await issue(30);
    const row = (await access.list()).find((listed) => listed.id === id)!;
    expect(await access.textOf(row)).toBe(token);
  });

  test("of an administrator has no unit, any other has one", async () => {
    await expect(access.issue({ name: "x", role: "ADMINISTRATOR", unitId: unit, days: null })).rejects.toThrow(/has no unit/);
    await expect(access.issue({ name: "x", role: "ANALYST", unitId: null, days: null })).rejects.toThrow(/needs a unit/);
    await expect(access.issue({ name: " ", role: "ANALYST", unitId: unit, days: null })).rejects.toThrow(/needs a name/);
    await expect(access.issue({ name: "x", role: "ANALYST", unitId: unit, days: -1 })).rejects.toThrow(/not -1/);
  });
});

describe("what is not a token of this hub is refused", () => {
  test.each([
    ["signed with another secret", (id: string) => forged({ id, secret: "another secret, also long enough to be one" })],
    ["signed with another algorithm", (id: string) => forged({ id, alg: "HS512" })],
    ["not signed at all", async (id: string) => new UnsecuredJWT().setJti(id).setIssuer("tonghop").setAudience("tonghop").encode()],
    ["from another issuer", (id: string) => forged({ id, issuer: "elsewhere" })],
    ["for another audience", (id: string) => forged({ id, audience: "elsewhere" })],
    ["not valid yet", (id: string) => forged({ id, nbf: "10 days" })],
    ["without an id", () => forged({})],
    ["with the id of no row", () => forged({ id: "0190a000-0000-7000-8000-00000000ffff" })],
    // On MariaDB a number is equal to every text that begins with it.
    ["with a number for an id", (id: string) => forged({ id: Number.parseFloat(id) })],
    ["with a list for an id", (id: string) => forged({ id: [id] })],
    ["with the id in a longer text", (id: string) => forged({ id: `${id} ` })],
    ["with a changed payload", async (id: string) => changed(await forged({ id }))],
    ["cut short", async (id: string) => (await forged({ id })).slice(0, -3)],
    ["empty", async () => ""],
    ["no token", async () => "../../etc/passwd"],
  ])("%s", async (_, make) => {
    const { id } = await issue();
    expect(await access.authenticate(await forged({ id }))).not.toBeNull();
    expect(await access.authenticate(await make(id))).toBeNull();
  });
});

interface Forgery {
  id?: unknown;
  secret?: string;
  alg?: string;
  issuer?: string;
  audience?: string;
  exp?: string;
  nbf?: string;
}

/** A token as somebody would make it who knows how; right in everything that is not said otherwise. */
async function forged({
  id,
  secret = SECRET,
  alg = "HS256",
  issuer = "tonghop",
  audience = "tonghop",
  exp,
  nbf,
}: Forgery): Promise<string> {
  const token = new SignJWT(id === undefined ? {} : { jti: id as string })
    .setProtectedHeader({ alg })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(START);
  if (exp !== undefined) token.setExpirationTime(exp);
  if (nbf !== undefined) token.setNotBefore(new Date(START.getTime() + 10 * 86_400_000));
  return token.sign(new TextEncoder().encode(secret));
}

function changed(token: string): string {
  const [header, payload, signature] = token.split(".");
  const claims = JSON.parse(Buffer.from(payload!, "base64url").toString()) as object;
  return [header, Buffer.from(JSON.stringify({ ...claims, role: "ADMINISTRATOR" })).toString("base64url"), signature].join(".");
}

describe("the secret", () => {
  test("is made once, for its owner only, and found again; two who start at once agree on it", async () => {
    const source = { from: "file", path: join(home, "made", "secret") } as const;
    const [first, second] = await Promise.all([openSecret(source), openSecret(source)]);
    expect(first).toHaveLength(64);
    expect(second).toBe(first);
    expect(await openSecret(source)).toBe(first);
    expect((await stat(source.path)).mode & 0o777).toBe(0o600);
  });

  test("of a few letters is refused", async () => {
    const path = join(home, "short");
    await writeFile(path, "abc\n");
    await expect(openSecret({ from: "file", path })).rejects.toThrow(/has 3 characters; expected at least 32/);
  });
});
