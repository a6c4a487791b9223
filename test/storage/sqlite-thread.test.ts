import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { RequestFault } from "../../src/domain/ground/request-fault.js";
import { type Database } from "../../src/storage/database/database.js";
import { SqliteThread } from "../../src/storage/database/sqlite-thread.js";
import { marks } from "../../src/storage/database/sql.js";
import type { Stores } from "../../src/storage/stores/stores.js";
import { schoolYear } from "../desk.js";
import { openDatabase } from "../../src/storage/database/open-database.js";

let folder: string;
let database: Database;
/** Sees what is sent to a thread, before it is. */
let onSend: (thread: Worker, sql: string | undefined) => void = () => undefined;
const { postMessage } = Worker.prototype;

beforeAll(async () => {
  Worker.prototype.postMessage = function (this: Worker, message: { sql?: string }) {
    onSend(this, message.sql);
    return postMessage.call(this, message);
  };
  folder = await mkdtemp(join(tmpdir(), "tonghop-test-"));
  database = await openDatabase({ type: "sqlite", file: join(folder, "hub.sqlite") });
});
afterEach(() => (onSend = () => undefined));
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
  Worker.prototype.postMessage = postMessage;
});

const openThread = () => new SqliteThread({ file: join(folder, "thread.sqlite"), readonly: false, pragmas: [] }, () => undefined);
const years = ({ schoolYears }: Stores) => schoolYears.all().then((all) => all.map(({ label }) => label));
const NUMBERS = `WITH RECURSIVE number(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM number WHERE value < ?) SELECT value, 'n' AS name FROM number`;

describe("a connection in a thread", () => {
  test("answers many rows whole and in order, and lets short statements pass between their portions", async () => {
    const thread = openThread();
    const answered: string[] = [];
    const [many, few] = await Promise.all([
      thread.query(NUMBERS, [30_000]).finally(() => answered.push("many")),
      thread.query(NUMBERS, [2]).finally(() => answered.push("few")),
    ]);
    expect(many).toEqual(Array.from({ length: 30_000 }, (_, index) => ({ value: index + 1, name: "n" })));
    expect(few).toEqual([
      { value: 1, name: "n" },
      { value: 2, name: "n" },
    ]);
    expect(answered).toEqual(["few", "many"]);
    await thread.close();
  });

  test("holds no memory of long statements that were asked once, and of few that were asked often", async () => {
    const thread = openThread();
    const columns = Array.from({ length: 300 }, (_, index) => `value + ${index} AS column_of_a_wide_table_${index}`).join(", ");
    const ask = (count: number) =>
      thread.query(
        `SELECT ${columns} FROM (SELECT 1 AS value) WHERE value IN (${marks(count)})`,
        Array.from({ length: count }, (_, index) => index + 1),
      );
    await ask(1);
    const before = process.memoryUsage.rss();
    for (let count = 1; count <= 600; count++) await ask(count);
    expect((process.memoryUsage.rss() - before) / 2 ** 20).toBeLessThan(60);
    for (let count = 1; count <= 200; count++) for (let again = 0; again < 4; again++) await ask(count);
    expect((process.memoryUsage.rss() - before) / 2 ** 20).toBeLessThan(90);
    await thread.close();
  });

  test("tells how many rows a change affected, and with its code why one failed; the next one works", async () => {
    const thread = openThread();
    await thread.query("CREATE TABLE fruit (name TEXT UNIQUE)");
    expect(await thread.query("INSERT INTO fruit VALUES (?), (?)", ["mận", "đào"])).toEqual({ affected: 2 });
    await expect(thread.query("INSERT INTO fruit VALUES (?)", ["mận"])).rejects.toMatchObject({ code: "SQLITE_CONSTRAINT_UNIQUE" });
    await expect(thread.query("SELECT taste FROM fruit")).rejects.toThrow("no such column: taste");
    await expect(thread.query("SELECT ?", [])).rejects.toThrow(/parameter/);
    expect(await thread.query("SELECT name FROM fruit ORDER BY rowid")).toEqual([{ name: "mận" }, { name: "đào" }]);
    await thread.close();
  });

  test("is closed after the statements that were sent before; later ones fail", async () => {
    const thread = openThread();
    const sent = [30_000, 3].map((count) => thread.query(NUMBERS, [count]));
    await thread.close();
    expect((await Promise.all(sent)).map((rows) => (rows as unknown[]).length)).toEqual([30_000, 3]);
    await expect(thread.query("SELECT 1")).rejects.toMatchObject({ code: "SQLITE_IOERR_THREAD" });
  });

  test("is given up: whoever waits hears so at once, and its database is free when SQLite returns", async () => {
    const thread = openThread();
    await thread.query("CREATE TABLE long (value)");
    await thread.query("BEGIN IMMEDIATE");
    const long = thread.query(`INSERT INTO long SELECT count(*) FROM (${NUMBERS})`, [2_000_000]);
    thread.giveUp();
    await expect(long).rejects.toMatchObject({ code: "SQLITE_IOERR_THREAD" });
    await expect(thread.query("COMMIT")).rejects.toMatchObject({ code: "SQLITE_IOERR_THREAD" });
    await thread.close();
    const next = openThread();
    await next.query("BEGIN IMMEDIATE");
    expect(await next.query("SELECT * FROM long")).toEqual([]);
    await next.close();
  });
});

test("a database that is closed is one file again", async () => {
  const file = join(folder, "closed.sqlite");
  const closed = await openDatabase({ type: "sqlite", file });
  await closed.write((stores) => stores.schoolYears.insert(schoolYear(2001)));
  await Promise.all(Array.from({ length: 10 }, () => closed.read(years)));
  await closed.close();
  expect((await readdir(folder)).filter((name) => name.startsWith("closed"))).toEqual(["closed.sqlite", "closed.sqlite-made"]);
});

describe("a thread that is gone", () => {
  test("within a unit of work: nothing of it is stored by halves, the whole is done again on a new one", async () => {
    let attempts = 0;
    await database.write(async (stores) => {
      attempts += 1;
      let thread: Worker | undefined;
      onSend = (to) => (thread = to);
      await stores.schoolYears.insert(schoolYear(2001));
      onSend = () => undefined;
      if (attempts === 1) await thread!.terminate();
      await stores.schoolYears.insert(schoolYear(2002));
    });
    expect(attempts).toBe(2);
    expect(await database.read(years)).toEqual(["2001-2002", "2002-2003"]);
  });

  test("again and again: UNAVAILABLE, and nothing is stored", async () => {
    const sent: Promise<unknown>[] = [];
    onSend = (thread, sql) => void (sql?.startsWith("INSERT") && sent.push(thread.terminate()));
    await expect(database.write((stores) => stores.schoolYears.insert(schoolYear(2003)))).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(sent).toHaveLength(3);
    onSend = () => undefined;
    expect(await database.write(years)).toEqual(["2001-2002", "2002-2003"]);
  });

  test("at the commit: the outcome is unknown, and said so", async () => {
    onSend = (thread, sql) => void (sql === "COMMIT" && thread.terminate());
    const fault: unknown = await database.write((stores) => stores.schoolYears.insert(schoolYear(2004))).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(RequestFault);
    expect(fault).toMatchObject({ code: "OUTCOME_UNKNOWN" });
    onSend = () => undefined;
    await database.write((stores) => stores.schoolYears.insert(schoolYear(2005)));
    expect(await database.read(years)).toContain("2005-2006");
  });

  test("while it reads: it is read again, on another", async () => {
    let lost = 0;
    onSend = (thread) => void (lost++ === 0 && thread.terminate());
    expect(await database.read(years)).toContain("2001-2002");
    expect(lost).toBe(2);
  });
});
