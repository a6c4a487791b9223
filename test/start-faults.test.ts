import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataSource } from "typeorm";
import { run } from "../src/cli/program.js";
import { RequestFault } from "../src/domain/ground/request-fault.js";
import { sentenceOf } from "../src/fault.js";
import { lackOfVersion } from "../src/storage/database/mysql-server.js";
import { compiled } from "./compiled.js";

let folder: string;
/** The directory of a hub that was started once. */
let home: string;
beforeAll(async () => {
  await compiled();
  folder = await mkdtemp(join(tmpdir(), "tonghop-faults-"));
  home = join(folder, "home");
  expect(await tonghop(home, "migrate")).toBe("");
}, 600_000);
afterAll(() => rm(folder, { recursive: true }));

/** What a command says to standard error. */
async function tonghop(TONGHOP_HOME: string, ...args: string[]): Promise<string> {
  let said = "";
  await run(args, { out: () => undefined, err: (text) => void (said += text), interactive: false, env: { TONGHOP_HOME } });
  return said;
}

/** Runs a line of the shell, in which `$node` is Node; all that it says. A hub that starts after all is ended. */
async function shell(line: string, env: NodeJS.ProcessEnv = {}, [command, ...args]: string[] = ["sh", "-c"]): Promise<string> {
  const { PATH } = process.env;
  const child = spawn(command!, [...args, line], {
    detached: true,
    env: { PATH, PORT: "0", TONGHOP_LOG: "silent", node: process.execPath, ...env },
  });
  let said = "";
  for (const output of [child.stdout, child.stderr])
    output.on("data", (data) => {
      said += String(data);
      if (said.includes("Tonghop is ready.")) process.kill(-child.pid!, "SIGKILL");
    });
  await new Promise((resolve) => child.on("close", resolve));
  return said;
}

/** A copy of the home in which something is made wrong. */
async function spoilt(name: string, spoil: (file: string) => Promise<unknown>): Promise<string> {
  const copy = join(folder, name);
  await cp(home, copy, { recursive: true });
  await spoil(join(copy, "tonghop.sqlite"));
  return copy;
}

async function query(file: string, ...statements: string[]): Promise<DataSource> {
  const source = await new DataSource({ type: "better-sqlite3", database: file }).initialize();
  for (const statement of statements) await source.query(statement);
  return source;
}

test.each<[string, () => Promise<string>, RegExp]>([
  [
    "a file that is no database",
    () => spoilt("no database", (file) => writeFile(file, "x".repeat(40_000))),
    /^The file of the embedded database is damaged, or is no database: file is not a database; put a backup in its place: README\.md/,
  ],
  [
    "a file that was cut short",
    () => spoilt("cut", (file) => truncate(file, 50_000)),
    /^The file of the embedded database is damaged, .* put a backup in its place: README\.md/,
  ],
  [
    "a folder in the place of the file",
    () => spoilt("folder", async (file) => (await rm(file), mkdir(file))),
    /^The embedded database may not be read or written: .*; check the owner of TONGHOP_HOME .* no folders in their place\.$/,
  ],
  [
    "a file in the place of the directory",
    async () => (await writeFile(join(folder, "file"), ""), join(folder, "file")),
    /file is not what is expected there \(EEXIST.*\); check TONGHOP_HOME, which has to be a directory\.$/,
  ],
  [
    "a file above the directory",
    async () => join(home, "tonghop.sqlite", "deep"),
    /deep is not what is expected there \(ENOTDIR.*\); check TONGHOP_HOME, which has to be a directory\.$/,
  ],
  [
    "a database of a newer version",
    () =>
      spoilt("newer", async (file) => {
        const source = await query(file, "INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'Later9999999999999')");
        await source.destroy();
      }),
    /^The database was made by a newer version of the hub \(its tables have Later9999999999999\); start that version, or restore a backup/,
  ],
])("%s is told, and what to do about it", async (_, make, sentence) => {
  const said = await tonghop(await make(), "token", "list");
  expect(said.trimEnd()).toMatch(sentence);
  expect(said.trimEnd().split("\n")).toHaveLength(1);
});

test("a file that another program holds is told, and what to do about it", async () => {
  const held = await spoilt("held", async () => undefined);
  const source = await query(join(held, "tonghop.sqlite"), "PRAGMA journal_mode = DELETE", "BEGIN EXCLUSIVE");
  expect(await tonghop(held, "token", "list")).toMatch(/^Another program holds the embedded database: database is locked; end it/);
  await source.destroy();
});

describe("a full disk", () => {
  // A small disk of the process's own.
  const onDisk = (size: string, line: string, env: NodeJS.ProcessEnv = {}) =>
    shell(`mount -t tmpfs -o size=${size} tmpfs "$disk" && ${line}`, { disk: join(folder, "disk"), ...env }, [
      ...["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"],
    ]);
  beforeAll(() => mkdir(join(folder, "disk")));
  const FULL = /^(Tonghop cannot start: )?The disk is full: .*; make room, then do it again; nothing was left half done\.\n$/;

  test.each(["200k", "700k", "0,nr_inodes=1"])("of %s at the start is told", async (size) => {
    const env = { TONGHOP_SEED: "documents" };
    expect(await onDisk(size, `TONGHOP_HOME=$disk/data "$node" dist/src/main.js`, env)).toMatch(FULL);
  });

  test("under the seed, where it comes as a fault of a request, is told by its cause", () => {
    const cause = Object.assign(new Error("database or disk is full"), { code: "SQLITE_FULL" });
    expect(`${sentenceOf(new RequestFault("READ_ONLY", cause))}\n`).toMatch(FULL);
  });

  test("where a backup is to go is told; the backup leaves nothing behind", async () => {
    const said = await onDisk("100k", '"$node" dist/src/cli/main.js backup $disk/copy; ls -A $disk', { TONGHOP_HOME: home });
    expect(said).toMatch(FULL);
    const none = await onDisk("0,nr_inodes=1", '"$node" dist/src/cli/main.js backup $disk/copy; ls -A $disk', { TONGHOP_HOME: home });
    expect(none).toMatch(FULL);
  });
});

describe("too few open files", () => {
  test.each([64, 256, 511])("of %i no program starts, and says how many it needs", async (limit) => {
    const sentence = `Only ${limit} files and connections may be open at a time; the hub needs 512, and one more for each client beyond some hundred.`;
    for (const [program, before] of [
      ["main.js", "Tonghop cannot start: "],
      ["cli/main.js token list", ""],
    ])
      expect(await shell(`ulimit -n ${limit}; "$node" dist/src/${program}`, { TONGHOP_HOME: join(folder, "few") })).toMatch(
        new RegExp(`^${before}${sentence} Raise the limit: .*LimitNOFILE=.*\n$`),
      );
    expect(await readdir(folder)).not.toContain("few");
  });

  test("512 are enough", async () => {
    expect(await shell(`ulimit -n 512; "$node" dist/src/cli/main.js token list`, { TONGHOP_HOME: home })).toMatch(/^ID /);
  });

  test("that are used up later are told as such", async () => {
    expect(sentenceOf(Object.assign(new Error("EMFILE: too many open files"), { code: "EMFILE" }))).toMatch(
      /^Too many files and connections are open; the hub needs 512/,
    );
  });
});

test.each([
  ["5.7.44-log", false],
  ["8.0.11-TiDB-v7.5.1", true],
  ["8.0.36", true],
  ["9.7.0", true],
  ["10.6.16-MariaDB-1:10.6.16+maria~ubu2204", false],
  ["10.11.6-MariaDB", true],
  ["11.4.2-MariaDB-ubu2404", true],
  ["nonsense", false],
])("a server of version %s is %s", (version, isTaken) => {
  const lack = lackOfVersion(version);
  if (isTaken) expect(lack).toBeNull();
  else
    expect(lack).toBe(
      `The database server is of version ${version}; the hub needs MariaDB 10.11 or MySQL 8.0, or later. Upgrade it, or check DATABASE_URL.`,
    );
});

test("a sentence for people is never a driver's words alone: each code that a driver may give has one that says what to do", () => {
  const codes = [
    ...["EACCES", "EPERM", "EROFS"].map((code) => ({ code, path: "/srv/data", syscall: "open" })),
    ...["ECONNREFUSED", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "EAI_AGAIN", "ECONNRESET"].map((code) => ({
      code,
      errno: -1,
    })),
    ...["PROTOCOL_CONNECTION_LOST", "HANDSHAKE_NO_SSL_SUPPORT", "AUTH_SWITCH_PLUGIN_ERROR"].map((code) => ({ code })),
    ...[1043, 1044, 1045, 1049, 1064, 1129, 1130, 1142, 1205, 1290, 1698, 4151].map((errno) => ({ errno, code: "ER_WHATEVER" })),
    ...["ERROR", "FULL", "IOERR_FSYNC", "READONLY_DIRECTORY", "CANTOPEN_ISDIR", "MISUSE"].map((code) => ({ code: `SQLITE_${code}` })),
  ];
  for (const said of codes) {
    const error = Object.assign(new Error("driver's words"), said);
    const sentence = sentenceOf(error);
    expect([said, sentence]).toEqual([
      said,
      expect.stringMatching(/(check|create|run|restore|make room|raise|end it|see|start again|has to|lists).*\.$/),
    ]);
  }
});
