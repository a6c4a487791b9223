import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, copyFile, mkdir, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createConnection } from "mysql2/promise";
import { run } from "../../src/cli/program.js";
import { compiled } from "../compiled.js";
import { isOnServer, openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, draft, report, schoolYear } from "../desk.js";
import { openDatabase } from "../../src/storage/database/open-database.js";

const SECRET = "the secret of a test, long enough";
/** Changes that have to be acknowledged before and during the backup. */
const BEFORE = 5;
const DURING = 3;

let folder: string;
let database: TestDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tonghop-backup-"));
  database = await openTestDatabase();
  const desk = new Desk(database);
  const schools = Array.from({ length: 200 }, (_, n) => `S-${n}`);
  await desk.register(draft.province("CB"), draft.district("CB-TP", "CB"), ...schools.map((code) => draft.school(code, "CB-TP")));
  await desk.openYear(schoolYear(2024));
  await desk.submit(...schools.map((code) => report.conference(code)));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

/** Goes on registering schools, each with its conference, until it is told to stop; the codes of what was acknowledged. */
function writing() {
  const desk = new Desk(database);
  const acknowledged: string[] = [];
  let stopped = false;
  const ended = (async () => {
    while (!stopped) {
      const code = `BK-${acknowledged.length}`;
      await desk.register(draft.school(code, "CB-TP"));
      const { outcome } = await desk.send(report.conference(code));
      if (outcome !== "STORED") throw new Error(`${code}: ${outcome}`);
      acknowledged.push(code);
    }
  })();
  return {
    acknowledged,
    /** Resolves when so many more have been acknowledged; fails when writing does. */
    more: async (count: number) => {
      const wanted = acknowledged.length + count;
      while (acknowledged.length < wanted) await Promise.race([ended, new Promise((resolve) => setImmediate(resolve))]);
    },
    stop: () => ((stopped = true), ended),
  };
}

/** Runs a program to its end; fails where it does. */
async function ran(command: string, args: string[], { env = {}, to, from }: { env?: NodeJS.ProcessEnv; to?: string; from?: string } = {}) {
  const files = [from && (await open(from)), to && (await open(to, "wx"))] as const;
  const [input = "ignore", output = "ignore"] = files.map((file) => (file ? file.fd : undefined));
  const child = spawn(command, args, { env: { PATH: process.env["PATH"], ...env }, stdio: [input, output, "pipe"] });
  let said = "";
  child.stderr!.on("data", (data) => (said += String(data)));
  const code = await new Promise((resolve) => child.on("close", resolve));
  for (const file of files) if (file) await file.close();
  if (code !== 0) throw new Error(`${command} ended with ${String(code)}: ${said}`);
}

/** How the README says that it is copied and restored, with programs of their own; the settings of the restored hub. */
async function inFiles() {
  const { options } = database;
  if (options.type !== "sqlite") throw new Error("not an embedded database");
  await compiled();
  const home = join(folder, "restored");
  return {
    backUp: (copy: string) =>
      ran(process.execPath, ["dist/src/cli/main.js", "backup", copy], { env: { TONGHOP_HOME: dirname(options.file) } }),
    async restore(copy: string) {
      await mkdir(home);
      await copyFile(copy, join(home, "tonghop.sqlite"));
      return { env: { TONGHOP_HOME: home }, options: { type: "sqlite" as const, file: join(home, "tonghop.sqlite") } };
    },
    drop: async () => undefined,
  };
}

async function onServer() {
  const { options } = database;
  if (options.type !== "mysql") throw new Error("not on a server");
  const url = new URL(options.url);
  const restored = `tonghop_test_${randomBytes(8).toString("hex")}`;
  const account = ["--no-defaults", "-h", url.hostname, "-P", url.port || "3306", "-u", url.username];
  const env = { MYSQL_PWD: decodeURIComponent(url.password) };
  const on = async (sql: string) => {
    const connection = await createConnection(options.url);
    await connection.query(sql).finally(() => connection.end());
  };
  return {
    backUp: (copy: string) =>
      ran("mariadb-dump", [...account, "--single-transaction", "--no-tablespaces", url.pathname.slice(1)], { env, to: copy }),
    async restore(copy: string) {
      await on(`CREATE DATABASE ${restored}`);
      await ran("mariadb", [...account, restored], { env, from: copy });
      const target = new URL(url);
      target.pathname = restored;
      return { env: { DATABASE_URL: target.href, TONGHOP_SECRET: SECRET }, options: { type: "mysql" as const, url: target.href } };
    },
    drop: () => on(`DROP DATABASE IF EXISTS ${restored}`),
  };
}

test("a backup that is made while changes go on has all that was acknowledged before it, and its ledger is right to the last integer", async () => {
  const place = await (isOnServer ? onServer() : inFiles());
  const writer = writing();
  await writer.more(BEFORE);
  let before: string[];
  let copy: string;
  // Until one is known to have met changes: on a fast day it is done before the next is acknowledged.
  do {
    before = [...writer.acknowledged];
    copy = join(folder, `backup-${before.length}`);
    await Promise.all([place.backUp(copy), writer.more(1)]);
  } while (writer.acknowledged.length < before.length + DURING);
  const during = [...writer.acknowledged];
  await writer.more(1);
  await writer.stop();

  const { env, options } = await place.restore(copy);
  const restored = await openDatabase(options);
  const stored = await restored.read(async (stores) => [...(await stores.unitReader.idsByCode(writer.acknowledged)).keys()]);
  await restored.close();
  expect(before.filter((code) => !stored.includes(code))).toEqual([]);
  expect(stored.filter((code) => !during.includes(code)).length).toBeLessThanOrEqual(1);

  let said = "";
  const audit = await run(["ledger", "audit"], { out: (text) => void (said += text), err: () => undefined, interactive: false, env });
  expect([audit, said]).toEqual([0, expect.stringMatching(/^The ledger is right/)]);
  await place.drop();
});

describe("tonghop backup", () => {
  const home = () => join(folder, "small");
  async function tonghop(args: string[], env: NodeJS.ProcessEnv = { TONGHOP_HOME: home() }) {
    let out = "";
    let err = "";
    const code = await run(args, { out: (text) => void (out += text), err: (text) => void (err += text), interactive: false, env });
    return { code, out, err };
  }

  test("copies the file as it is, replaces nothing and leaves nothing behind", async () => {
    expect((await tonghop(["migrate"])).code).toBe(0);
    const to = join(folder, "copies", "copy.sqlite");
    await mkdir(dirname(to));
    expect(await tonghop(["backup", to])).toEqual({
      code: 0,
      out: `Copied ${join(home(), "tonghop.sqlite")} to ${to}. The secret is not in it: keep a copy of it elsewhere.\n`,
      err: "",
    });
    const copied = await readFile(to);
    const again = await tonghop(["backup", to]);
    expect(again).toEqual({ code: 1, out: "", err: `${to} is there already; a backup replaces nothing.\n` });
    expect((await readFile(to)).equals(copied)).toBe(true);
    expect(await readdir(dirname(to))).toEqual(["copy.sqlite"]);
  });

  test("the file and its copies are read by their owner only; a file that is there keeps the mode that it was given", async () => {
    const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
    const file = join(folder, "modes", "tonghop.sqlite");
    await mkdir(dirname(file));
    const opened = await openDatabase({ type: "sqlite", file });
    expect(await Promise.all(["", "-wal", "-shm"].map((end) => mode(file + end)))).toEqual(["600", "600", "600"]);
    await opened.close();
    await chmod(file, 0o640);
    const env = { TONGHOP_HOME: dirname(file) };
    expect([(await tonghop(["migrate"], env)).code, await mode(file)]).toEqual([0, "640"]);
    const copy = join(folder, "mode.sqlite");
    expect([(await tonghop(["backup", copy], env)).code, await mode(copy)]).toEqual([0, "600"]);
  });

  test("says why it cannot, and makes nothing then", async () => {
    const to = join(folder, "none.sqlite");
    expect((await tonghop(["backup", to], { TONGHOP_HOME: join(folder, "nowhere") })).err).toMatch(
      /^There is no database at .*check TONGHOP_HOME/,
    );
    const secret = join(home(), "secret");
    for (const [nowhere, code] of [
      [join(folder, "no", "folder"), "ENOENT"],
      [secret, "ENOTDIR"],
    ] as const)
      expect(await tonghop(["backup", join(nowhere, "copy.sqlite")])).toEqual({
        code: 1,
        out: "",
        err: `The directory ${nowhere} does not exist or cannot be written (${code}).\n`,
      });
    const server = { DATABASE_URL: "mysql://hub:hidden@127.0.0.1:1/hub", TONGHOP_SECRET: SECRET };
    expect((await tonghop(["backup", to], server)).err).toMatch(/mariadb-dump --single-transaction/);
    const damaged = join(folder, "damaged");
    await mkdir(damaged);
    const bytes = await readFile(join(home(), "tonghop.sqlite"));
    await writeFile(join(damaged, "tonghop.sqlite"), bytes.fill(0xff, 8_192, 12_288));
    expect((await tonghop(["backup", to], { TONGHOP_HOME: damaged })).code).toBe(1);
    expect((await readdir(folder)).filter((name) => name.startsWith("none"))).toEqual([]);
  });
});
