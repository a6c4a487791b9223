import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createConnection } from "mysql2/promise";
import { sentenceOf } from "../../src/fault.js";
import { audit } from "../../src/ledger/audit.js";
import { tables } from "../../src/storage/tables/tables.js";
import { isOnServer, openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, draft, report, schoolYear } from "../desk.js";
import { openDatabase } from "../../src/storage/database/open-database.js";

const onServer = (title: string, run: () => Promise<void>) => void (isOnServer && test(title, run));

let database: TestDatabase;
/** The statements of the README, for a database and accounts of this test's own: those for every hub, and those that take away again. */
let [everywhere, stricter]: string[][] = [];
const suffix = randomBytes(6).toString("hex");
const [OWNER, SERVER] = [`th_owner_${suffix}`, `th_${suffix}`];
const name = `tonghop_test_${suffix}`;
const PASSWORD = "of a test";

beforeAll(async () => {
  database = await openTestDatabase();
  const text = await readFile("README.md", "utf8");
  [everywhere, stricter] = [...text.matchAll(/```sql\n(.*?)```/gs)].map(([, block]) =>
    block!
      .replaceAll("'tonghop_owner'", `'${OWNER}'`)
      .replaceAll(/'tonghop'(?=')/g, `'${SERVER}'`)
      .replaceAll("'tonghop'@", `'${SERVER}'@`)
      .replaceAll("'tonghop'", `'${name}'`)
      .replaceAll(/\btonghop\./g, `${name}.`)
      .replaceAll("DATABASE tonghop ", `DATABASE ${name} `)
      .replaceAll("10.0.0.7", HOST)
      .replaceAll("…", PASSWORD)
      .split(/;\n/)
      .filter((statement) => statement.trim() !== ""),
  );
});
afterAll(async () => {
  if (isOnServer) await forget();
  await database.close();
});

/** How the server of the tests sees its clients. */
const HOST = "%";

async function forget(): Promise<void> {
  await database.raw(`DROP USER IF EXISTS '${OWNER}'@'${HOST}', '${SERVER}'@'${HOST}'`);
  await database.raw(`DROP DATABASE IF EXISTS ${name}`);
}

/** Makes database and accounts as the README says. */
async function setUp(): Promise<void> {
  await forget();
  for (const statement of everywhere!) await database.raw(statement);
}

/** Does what the README says about what is kept for ever. */
async function restrict(): Promise<void> {
  for (const statement of stricter!) {
    const printed = await database.raw(statement);
    if (statement.startsWith("SELECT")) for (const row of printed) await database.raw(String(Object.values(row)[0]));
  }
}

function urlOf(account: string): string {
  if (database.options.type !== "mysql") throw new Error("not on a server");
  const url = new URL(database.options.url);
  url.pathname = name;
  url.username = account;
  url.password = PASSWORD;
  return url.href;
}

const failureOf = (account: string) =>
  openDatabase({ type: "mysql", url: urlOf(account) }).then(
    async (opened) => (await opened.close(), null),
    (error: unknown) => sentenceOf(error),
  );
const revoke = (privilege: string, account: string) => database.raw(`REVOKE ${privilege} ON ${name}.* FROM '${account}'@'${HOST}'`);
const grant = (privilege: string, account: string) => database.raw(`GRANT ${privilege} ON ${name}.* TO '${account}'@'${HOST}'`);

/** The tables that the README names as kept for ever. */
const kept = () => [.../\(([^()]*)\)$/.exec(stricter!.at(-1)!.trim())![1]!.matchAll(/'(\w+)'/g)].map(([, table]) => table!);

test("what the README names as kept for ever are tables of the hub", () => {
  const names = [...tables.map(({ options }) => options.name), "migrations"];
  expect(kept().filter((table) => !names.includes(table))).toEqual([]);
  expect(kept().length).toBeGreaterThan(5);
});

onServer(
  "the README's owner makes the tables, its other account serves then, and without any one privilege the start says what to do",
  async () => {
    await setUp();
    const toMigrate = (missing: string) =>
      new RegExp(
        `^The tables are not yet what this version needs, and this account may not change them: ${missing} command denied .*; run \`npx tonghop migrate\` as the owner, an account that may \\(README\\.md, “Database account”\\), then start again\\.$`,
      );
    expect(await failureOf(SERVER)).toMatch(toMigrate("CREATE"));
    for (const missing of ["CREATE", "ALTER"]) {
      await revoke(missing, OWNER);
      expect(await failureOf(OWNER)).toMatch(toMigrate(missing));
      await grant(missing, OWNER);
      await database.raw(`DROP DATABASE ${name}`);
      await database.raw(everywhere!.find((statement) => statement.startsWith("CREATE DATABASE"))!);
    }
    expect(await failureOf(OWNER)).toBeNull();
    // The tables are there: serving needs no more than changing rows.
    expect(await failureOf(SERVER)).toBeNull();
    for (const missing of ["INSERT", "UPDATE", "DELETE"]) {
      await revoke(missing, SERVER);
      expect(await failureOf(SERVER)).toMatch(
        new RegExp(`^The database account may do too little: ${missing} command denied .*; README\\.md, “Database account”, lists`),
      );
      await grant(missing, SERVER);
    }
  },
);

onServer("an account that may change nothing of what is kept for ever does everything else", async () => {
  await setUp();
  expect(await failureOf(OWNER)).toBeNull();
  await restrict();
  const existing = (await database.raw(`SHOW TABLES FROM ${name}`)).map((row) => String(Object.values(row)[0]));
  const strict = await openDatabase({ type: "mysql", url: urlOf(SERVER) });
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
  for (const table of existing) {
    const answer = await refusedTo(urlOf(SERVER), `DELETE FROM \`${table}\` WHERE 1 = 0`);
    expect([table, answer]).toEqual([table, kept().includes(table) ? expect.stringMatching(/DELETE command denied/) : "done"]);
  }
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
