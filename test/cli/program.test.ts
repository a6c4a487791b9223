import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataSource } from "typeorm";
import { run } from "../../src/cli/program.js";
import { printedSchema } from "../../src/graphql/schema.js";

let home: string;
beforeAll(async () => void (home = await mkdtemp(join(tmpdir(), "tonghop-cli-"))));
afterAll(() => rm(home, { recursive: true }));

/** What a command line wrote, and its exit code. */
async function tonghop(line: string, env: NodeJS.ProcessEnv = { TONGHOP_HOME: home }) {
  let out = "";
  let err = "";
  const args = [...line.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);
  const code = await run(args, { out: (text) => void (out += text), err: (text) => void (err += text), interactive: false, env });
  return { code, out, err };
}

test.each([
  "",
  "seed ",
  "token ",
  "token issue ",
  "token revoke ",
  "token list ",
  "ledger ",
  "ledger audit ",
  "ledger rebuild ",
  "findings ",
  "vintage ",
  "vintage verify ",
  "schema ",
  "schema print ",
  "migrate ",
  "backup ",
])("%s--help explains itself, without a database", async (command) => {
  const { code, out, err } = await tonghop(`${command}--help`, { PORT: "none" });
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(new RegExp(`^Usage: tonghop ${command.trim()}`));
});

test.each<[string, RegExp]>([
  ["", /^Usage: tonghop/],
  ["tokens", /unknown command 'tokens'.*Did you mean token\?/s],
  ["token issue --role king --name x", /'king' is invalid. Allowed choices are analyst, recorder, steward, administrator/],
  ["token issue --role analyst", /required option '--name <name>' not specified/],
  ["token issue --role analyst --name x --days 1.5", /Expected a whole number of days/],
  ["token issue --role analyst --name x", /^A token of the role ANALYST needs a unit\.$/m],
  [
    "token issue --role analyst --name x --unit NOWHERE",
    /^There is no unit with the code "NOWHERE": this hub has no units yet; begin with --role administrator\.$/m,
  ],
  ["token revoke 123", /^There is no token 123 that could be revoked/],
  ['token revoke "oidc:a b"', /^There is no token oidc:a b that could be revoked/],
  ["token revoke oidc:", /^There is no token oidc: that could be revoked/],
  ["findings --severity FATAL", /'FATAL' is invalid. Allowed choices are ERROR, WARNING, NOTICE/],
  ["findings --unit NOWHERE", /^There is no unit with the code "NOWHERE"\.$/m],
  ["findings --school-year 1999-2000", /^School year "1999-2000" has not been opened\. Opened are /m],
  ["seed everything", /'everything' is invalid for argument 'seed'. Allowed choices are demo, documents\./],
])("a wrong command line (%s) is answered with 1 and a sentence, not with a stack", async (line, sentence) => {
  const { code, out, err } = await tonghop(line);
  expect([code, out]).toEqual([1, ""]);
  expect(err).toMatch(sentence);
  expect(err).not.toMatch(/\n\s+at /);
});

test("every fault of the configuration is named, and the database left alone", async () => {
  const { code, err } = await tonghop("migrate", { TONGHOP_HOME: home, PORT: "x", TONGHOP_SEED: "y" });
  expect(code).toBe(1);
  expect(err).toMatch(/PORT is "x".*\nTONGHOP_SEED is "y"/);
});

test("a client's variable in the environment stops no command: it is warned of, without its value", async () => {
  const { code, out, err } = await tonghop("token list", { TONGHOP_HOME: home, TONGHOP_TOKEN: "a client's secret", TONGHOP_SEEDS: "demo" });
  expect([code, out]).toEqual([0, (await tonghop("token list")).out]);
  expect(err).toMatch(
    /^Warning: TONGHOP_SEEDS is not a setting and is ignored; did you mean TONGHOP_SEED\?\nWarning: TONGHOP_TOKEN is not/,
  );
  expect(err).not.toMatch("secret");
});

test("a database server that is not there is said as such", async () => {
  const { code, err } = await tonghop("token list", { DATABASE_URL: "mysql://hub:hidden@127.0.0.1:1/hub", TONGHOP_SECRET: "x".repeat(32) });
  expect([code, err]).toEqual([
    1,
    "The database does not answer: the connection was refused; check DATABASE_URL and whether the server runs.\n",
  ]);
});

test("schema print needs no database", async () => {
  expect(await tonghop("schema print", { PORT: "none" })).toEqual({ code: 0, out: printedSchema(), err: "" });
});

test("migrate makes the tables and loads nothing", async () => {
  expect((await tonghop("migrate")).code).toBe(0);
  expect(await unitsStored()).toBe(0);
});

test("a seed is loaded when it is asked for", async () => {
  expect(await tonghop("seed documents")).toEqual({ code: 0, out: 'Loaded the seed "documents".\n', err: "" });
  const units = await unitsStored();
  expect(units).toBeGreaterThan(5);
  expect((await tonghop("seed documents")).code).toBe(0);
  expect(await unitsStored()).toBe(units);
});

test("a token is issued to standard output alone, listed and revoked", async () => {
  const { out, err } = await tonghop('token issue --role analyst --unit CB --name "Dashboard of Cao Bằng" --days 30');
  expect(out).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  const id = /token revoke (\S+)/.exec(err)![1]!;
  const line = async () => (await tonghop("token list")).out.split("\n").find((row) => row.startsWith(id));
  expect(await line()).toMatch(/ analyst +CB +valid .*Dashboard of Cao Bằng$/);
  expect(await tonghop(`token revoke ${id}`)).toEqual({ code: 0, out: `Revoked ${id}.\n`, err: "" });
  expect(await line()).toMatch(/ revoked /);
  const again = { code: 0, out: expect.stringMatching(`^${id} was revoked already, on \\d{4}-\\d\\d-\\d\\d\\.\n$`), err: "" };
  expect(await tonghop(`token revoke ${id}`)).toEqual(again);
  expect((await tonghop("token issue --role analyst --name x --unit NOWHERE")).err).toBe('There is no unit with the code "NOWHERE".\n');
});

test("days of tokens are Vietnam's, as everywhere: an evening in London is the next morning there", async () => {
  await tonghop('token issue --role administrator --name "late" --days 1');
  await stored(
    "UPDATE token SET issued_at = '2026-11-30T16:59:59.000Z', expires_at = '2030-12-31T17:00:00.000Z', revoked_at = NULL WHERE name = 'late'",
  );
  const { out } = await tonghop("token list");
  expect(out.split("\n").find((row) => row.endsWith("late"))).toMatch(/ valid +2026-11-30 +2031-01-01 +late$/);
  await stored("UPDATE token SET issued_at = '2026-11-30T17:00:00.000Z' WHERE name = 'late'");
  expect((await tonghop("token list")).out).toMatch(/ 2026-12-01 +2031-01-01 +late\n/);
});

test("what a person of the provider has got is revoked, listed, and revoked anew", async () => {
  const id = "oidc:auth0|Hoa'--%/@x.vn";
  const line = async () => (await tonghop("token list")).out.split("\n").filter((row) => row.startsWith(id));
  const until = async () => Date.parse(/ issued until (\S+)$/.exec((await line())[0]!)![1]!);
  expect(await line()).toEqual([]);
  for (let times = 0; times < 2; times++) {
    const before = Date.now();
    const { code, out, err } = await tonghop(`token revoke ${id}`);
    expect([code, out, err]).toEqual([0, `Revoked ${id}.\n`, expect.stringMatching(/block the person at the provider as well\.\n$/)]);
    expect(await line()).toEqual([expect.stringMatching(/ revoked +- +- +what the provider issued until \S+Z$/)]);
    expect(await until()).toBeGreaterThanOrEqual(before);
  }
});

test("ledger audit finds every number that is not what the records say, and rebuild mends it", async () => {
  const clean = await tonghop("ledger audit");
  expect(clean).toEqual({
    code: 0,
    out: expect.stringMatching(/^The ledger is right: \d+ dossiers, \d+ cells and \d+ findings checked\.\n$/),
    err: expect.stringMatching(/Audit: 100 %\n$/),
  });
  const where = "school_level = 'ALL' AND ownership = 'ALL'";
  const [cell] = await stored<{ id: string; year: string; code: string; schools: number }>(
    `SELECT u.id, u.code, l.school_year AS year, l.schools AS schools FROM ledger l JOIN unit u ON u.id = l.unit_id WHERE ${where} AND l.schools > 0`,
  );
  const { id, year, code, schools } = cell!;
  await stored(`UPDATE ledger SET schools = schools + 7 WHERE unit_id = '${id}' AND school_year = '${year}' AND ${where}`);
  const broken = await tonghop("ledger audit");
  expect(broken.code).toBe(1);
  const row = `${year} +${code} +ALL/ALL +schools +${schools + 7} +${schools}`;
  expect(broken.out).toMatch(new RegExp(`^SCHOOL YEAR .*\\n${row}\\n$`));
  expect(broken.err).toMatch(/The ledger differs from the records in 1 places/);
  expect((await tonghop("ledger rebuild")).code).toBe(0);
  expect((await tonghop("ledger audit")).out).toBe(clean.out);
});

test("findings lists what looks wrong, as a table for people and line by line for machines", async () => {
  const { code, out, err } = await tonghop("findings --unit HN-TT --school-year 2023-2024");
  expect([code, err]).toEqual([0, ""]);
  const [head, ...lines] = out.trimEnd().split("\n");
  expect(head).toMatch(/^SEVERITY +UNIT +SCHOOL YEAR +SINCE +CHECK +STATE +MESSAGE$/);
  expect(lines.map((line) => line.split(/ +/)[0])).toEqual([...Array(3).fill("WARNING"), ...Array(6).fill("NOTICE")]);
  for (const line of lines) expect(line).toMatch(/^[A-Z]+ +HN-TT-\S+ +2023-2024 +2024-06-01 +[A-Z_]+ +OPEN +\S.*\.$/);
  const json = (await tonghop("findings --unit HN-TT --school-year 2023-2024 --severity NOTICE --json")).out.trimEnd().split("\n");
  expect(json.map((line) => (JSON.parse(line) as { check: string }).check)).toEqual(Array(6).fill("REPORT_LATE"));
  const published = (await tonghop("findings --unit CB --json")).out;
  expect(JSON.parse(published)).toMatchObject({ unit: "CB-TP", schoolYear: "2024-2025", check: "PUBLISHED_DIFFERS" });
  expect(published + (await tonghop("findings --unit HN-TT --acknowledged --json")).out).toBe((await tonghop("findings --json")).out);
  expect((await tonghop("findings --unit CB --severity ERROR")).out).toBe("Nothing looks wrong.\n");
});

/** Reads or changes the database behind the hub's back. */
async function stored<T>(sql: string): Promise<T[]> {
  const source = await new DataSource({ type: "better-sqlite3", database: join(home, "tonghop.sqlite") }).initialize();
  try {
    return await source.query<T[]>(sql);
  } finally {
    await source.destroy();
  }
}

const unitsStored = async () => (await stored<{ units: number }>("SELECT count(*) AS units FROM unit"))[0]!.units;
