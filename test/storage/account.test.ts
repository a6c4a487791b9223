import { randomBytes } from "node:crypto";
import { createConnection } from "mysql2/promise";
import { sentenceOf } from "../../src/fault.js";
import { audit } from "../../src/ledger/audit.js";
import { openDatabase } from "../../src/storage/database.js";
import { isOnServer, openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, draft, report, schoolYear } from "../desk.js";

/** What the README grants to the account that migrates, and to the one that serves. */
const CHANGING = ["SELECT", "INSERT", "UPDATE", "DELETE"];
const MIGRATING = [...CHANGING, "CREATE", "ALTER", "INDEX"];
/** Tables of which nothing is ever changed or taken away. */
const KEPT = ["record_version", "vintage", "vintage_definition", "vintage_dossier", "vintage_cell", "ledger_audit", "migrations"];

const onServer = (title: string, run: () => Promise<void>) => void (isOnServer && test(title, run));

let database: TestDatabase;
const account = `th_${randomBytes(6).toString("hex")}`;
beforeAll(async () => void (database = await openTestDatabase()));
afterAll(async () => {
  if (isOnServer) await database.raw(`DROP USER IF EXISTS '${account}'@'%', '${account}'@'localhost', '${account}'@'127.0.0.1'`);
  await database.close();
});

const nameOf = (url: string) => new URL(url).pathname.slice(1);

/** The database as an account sees it that may do this and nothing else. */
async function granted(name: string, privileges: readonly string[], changing: readonly string[] = ["*"]): Promise<string> {
  if (database.options.type !== "mysql") throw new Error("not on a server");
  for (const host of ["localhost", "127.0.0.1"]) {
    await database.raw(`DROP USER IF EXISTS '${account}'@'${host}'`);
    await database.raw(`CREATE USER '${account}'@'${host}' IDENTIFIED BY 'of a test'`);
    const kept = privileges.filter((privilege) => changing[0] === "*" || !["UPDATE", "DELETE"].includes(privilege));
    await database.raw(`GRANT ${kept.join(", ")} ON ${name}.* TO '${account}'@'${host}'`);
    for (const table of changing.filter((each) => each !== "*"))
      await database.raw(`GRANT UPDATE, DELETE ON ${name}.\`${table}\` TO '${account}'@'${host}'`);
  }
  const url = new URL(database.options.url);
  url.pathname = name;
  url.username = account;
  url.password = "of a test";
  return url.href;
}

const failureOf = (url: string) =>
  openDatabase({ type: "mysql", url }).then(
    async (opened) => (await opened.close(), null),
    (error: unknown) => sentenceOf(error),
  );

onServer(
  "an account with exactly the privileges of the README makes the tables, and without any one of them the start says so",
  async () => {
    const name = `${nameOf((database.options as { url: string }).url)}_own`;
    for (const missing of ["CREATE", "ALTER"]) {
      await database.raw(`CREATE DATABASE ${name}`);
      const url = await granted(
        name,
        MIGRATING.filter((privilege) => privilege !== missing),
      );
      expect(await failureOf(url)).toMatch(new RegExp(`^The database account may do too little: ${missing} command denied .* README\\.md`));
      await database.raw(`DROP DATABASE ${name}`);
    }
    await database.raw(`CREATE DATABASE ${name}`);
    expect(await failureOf(await granted(name, MIGRATING))).toBeNull();
    // The tables are there: serving needs no more than changing rows.
    expect(await failureOf(await granted(name, CHANGING))).toBeNull();
    for (const missing of CHANGING.slice(1))
      expect(
        await failureOf(
          await granted(
            name,
            CHANGING.filter((privilege) => privilege !== missing),
          ),
        ),
      ).toMatch(new RegExp(`^The database account may do too little: ${missing} command denied`));
    await database.raw(`DROP DATABASE ${name}`);
  },
);

onServer("an account that may change nothing of what is kept for ever does everything else", async () => {
  const name = nameOf((database.options as { url: string }).url);
  const tables = (await database.raw("SHOW TABLES")).map((row) => String(Object.values(row)[0]));
  expect(KEPT.filter((table) => !tables.includes(table))).toEqual([]);
  const url = await granted(
    name,
    CHANGING,
    tables.filter((table) => !KEPT.includes(table)),
  );
  const strict = await openDatabase({ type: "mysql", url });
  const desk = new Desk(strict);
  await desk.register(draft.province("CB"), draft.district("CB-TP", "CB"), draft.school("S1", "CB-TP"), draft.school("S2", "CB-TP"));
  await desk.openYear(schoolYear(2024));
  const first = await desk.send(report.conference("S1"));
  const corrected = await desk.send(report.conference("S1", { present: 29 }, { expectedVersion: 1 }));
  const withdrawn = await desk.withdraw("conference", first.record!.recordId, "sent by mistake", 2);
  expect([first.outcome, corrected.outcome, withdrawn.outcome]).toEqual(["STORED", "STORED", "STORED"]);
  expect((await desk.move("S2", "CB", "2025-01-01")).outcome).toBe("STORED");
  expect((await desk.publish("CB", "2024-2025")).outcome).toBe("STORED");
  await strict.write((stores) => stores.audits.note({ at: new Date(), differences: 0 }));
  expect((await audit(strict)).differences).toEqual([]);
  await strict.close();
  for (const table of KEPT) expect(await refusedTo(url, `DELETE FROM ${table}`)).toMatch(/DELETE command denied/);
});

/** What the server says to a statement of the account. */
async function refusedTo(url: string, sql: string): Promise<string> {
  const connection = await createConnection(url);
  try {
    return await connection.query(sql).then(
      () => "done",
      (error: Error) => error.message,
    );
  } finally {
    await connection.end();
  }
}

test("what an account lacks is said in a sentence that says where to look", () => {
  const denied = Object.assign(new Error("ALTER command denied to user 'hub'@'10.0.0.7' for table `tonghop`.`ledger`"), {
    code: "ER_TABLEACCESS_DENIED_ERROR",
  });
  expect(sentenceOf(denied)).toBe(`The database account may do too little: ${denied.message}. README.md lists what it has to be allowed.`);
});
