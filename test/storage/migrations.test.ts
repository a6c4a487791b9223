import { DataSource } from "typeorm";
import { audit, bringUpToDate } from "../../src/ledger/audit.js";
import { openHub } from "../../src/hub.js";
import { type Config } from "../../src/config.js";
import { Desk, draft, report, schoolYear } from "../desk.js";
import { isOnServer, openTestDatabase, type TestDatabase } from "../database.js";
import { newPlace } from "../place.js";
import { openDatabase } from "../../src/storage/database/open-database.js";

/** Milliseconds that a test of many opens may take on a busy server. */
const SLOW = 120_000;

let database: TestDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
}, SLOW);
afterEach(() => database.close());

/** A city with two schools, one of which has reported. */
async function plant(): Promise<Desk> {
  const desk = new Desk(database);
  await desk.register(draft.province("CB"), draft.district("CB-TP", "CB"), draft.school("S1", "CB-TP"), draft.school("S2", "CB-TP"));
  await desk.openYear(schoolYear(2024));
  const answers = await desk.submit(report.conference("S1"), report.membership("S2", 20));
  expect(answers.map(({ outcome }) => outcome)).toEqual(["STORED", "STORED"]);
  return desk;
}

/** Opens the data and closes it again; the statements that were said. */
async function reopen(): Promise<string[]> {
  const statements: string[] = [];
  const again = await database.again((sql) => statements.push(sql));
  expect(await database.drift()).toEqual([]);
  await again.close();
  return statements;
}

/** Starts the hub on the data and stops it again. */
async function start(): Promise<void> {
  const hub = await openHub({
    ...{ host: "127.0.0.1", port: 0, home: "", graphiql: false, introspection: false, federation: false, log: "silent", seed: "none" },
    ...{ formerSecret: null, oidc: null, corsOrigins: [], metricsToken: null, shutdownDelaySeconds: 0 },
    database: database.options as Config["database"],
    secret: { from: "config", value: "a secret of the test that is long enough" },
  });
  await hub.close();
}

/** All rows with all their columns, whatever the order of both. */
async function contents(): Promise<Record<string, string[]>> {
  const contained: Record<string, string[]> = {};
  for (const table of Object.keys(await database.dump())) {
    const rows = await database.raw(`SELECT * FROM \`${table}\``);
    contained[table] = rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
  }
  return contained;
}

/** But not what only proves that the account may change rows. */
const changesStructure = (sql: string) => /^\s*(CREATE|ALTER|DROP|INSERT|UPDATE|DELETE)\b/i.test(sql) && !/WHERE 1 = 0$/.test(sql);

test("the tables are what the code says, after a first and after a second open", async () => {
  expect(await database.drift()).toEqual([]);
  const again = await database.again();
  expect(await again.drift()).toEqual([]);
  await again.close();
});

test(
  "hubs that start at once on an empty server make its tables together",
  async () => {
    const { options, side, drop } = await newPlace();
    const opened = await Promise.all(Array.from({ length: isOnServer ? 3 : 1 }, () => openDatabase(options)));
    expect(await Promise.all(opened.map((each) => each.drift()))).toEqual(opened.map(() => []));
    for (const each of opened) await each.close();
    const source = await new DataSource(side).initialize();
    expect(await source.query("SELECT id FROM gate ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
    await drop((sql) => source.query(sql));
    await source.destroy();
  },
  SLOW,
);

test("drift tells a column and an index too few", async () => {
  await database.raw("ALTER TABLE token DROP COLUMN expires_at");
  await database.raw(`DROP INDEX record_subject_unit${isOnServer ? " ON record_subject" : ""}`);
  const drift = (await database.drift()).join("\n");
  expect(drift).toContain("expires_at");
  expect(drift).toContain("record_subject_unit");
});

test("opening again and starting again change nothing", async () => {
  await plant();
  await start();
  const before = await database.dump();
  expect((await reopen()).filter(changesStructure)).toEqual([]);
  await start();
  expect(await database.dump()).toEqual(before);
});

test("a measure that the code does not declare loses its column at the next open, and nothing else is lost", async () => {
  await plant();
  await start();
  const before = await contents();
  for (const table of ["dossier", "ledger"]) {
    await database.raw(`ALTER TABLE ${table} ADD COLUMN formerMeasure bigint NOT NULL DEFAULT 7`);
    await database.raw(`ALTER TABLE ${table} ADD COLUMN formerDue varchar(10)`);
  }
  expect(JSON.stringify(await contents())).toContain("formerMeasure");
  await reopen();
  expect(await contents()).toEqual(before);
});

test.each([
  ["dossier", "staffConferenceYes"],
  ["ledger", "staffConferenceYes"],
  ["ledger", "members"],
  ["dossier", "staffConferenceDue"],
])("of %s a missing column %s is added at the next open and filled by the next start", async (table, column) => {
  const desk = await plant();
  await start();
  const before = await contents();
  await database.raw(`ALTER TABLE ${table} DROP COLUMN ${column}`);
  await reopen();
  await expect(audit(database)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(await database.read((stores) => stores.schoolYears.outdated())).toHaveLength(1);
  await start();
  expect((await audit(database)).differences).toEqual([]);
  expect(await contents()).toEqual(before);
  expect(await desk.tally("CB")).toMatchObject({ schools: 2, staffConferenceYes: 1, staffConferenceNoReport: 1, members: 20 });
});

test("findings are filled at the next start when other checks have come into the catalogue", async () => {
  const desk = await plant();
  await desk.send(report.membership("S1", 20, { membersClosing: 19 }));
  await start();
  const before = await contents();
  expect(before.finding).not.toEqual([]);
  await database.raw("DELETE FROM finding");
  await database.raw("UPDATE school_year SET edition = '2 of other checks'");
  await start();
  expect(await contents()).toEqual(before);
});

describe("a ledger of an older edition of the account", () => {
  const UNITS = 4;
  let desk: Desk;
  let before: Record<string, string[]>;

  /** Two school years as an older edition would have left them, the first of them closed: other figures, no findings. */
  beforeEach(async () => {
    desk = await plant();
    await desk.openYear(schoolYear(2023));
    await desk.submit(report.membership("S1", 20, { membersClosing: 19, schoolYear: "2023-2024" }));
    expect(await desk.closePeriod("CB", { schoolYear: "2023-2024" })).toMatchObject({ outcome: "STORED" });
    before = await contents();
    expect(before.finding).not.toEqual([]);
    for (const table of ["dossier", "ledger"]) await database.raw(`UPDATE ${table} SET members = members + 5, schools = 0`);
    await database.raw("DELETE FROM finding");
    await database.raw("UPDATE school_year SET edition = '1 of old'");
  }, SLOW);

  test("is worked out anew at the next start, closed years too", async () => {
    await start();
    expect(await contents()).toEqual(before);
  });

  test("is neither read nor changed by whoever counts by another edition", async () => {
    const outdated = await contents();
    await expect(desk.tally("CB")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(desk.send(report.membership("S1", 30))).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(desk.register(draft.school("S3", "CB-TP"))).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(audit(database)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await contents()).toEqual(outdated);
  });

  test("goes on with the years that are left where a start was broken off", async () => {
    const heard: string[] = [];
    const broken = bringUpToDate(database, (done, total) => {
      heard.push(`${done} of ${total}`);
      if (done > UNITS) throw new Error("broken off");
    });
    await expect(broken).rejects.toThrow("broken off");
    expect(heard).toEqual(["4 of 8", "8 of 8"]);
    expect((await database.read(({ schoolYears }) => schoolYears.outdated())).map(({ label }) => label)).toEqual(["2024-2025"]);
    const done = (await contents()).ledger!.filter((row) => row.includes("2023-2024"));
    expect(done).toEqual(before.ledger!.filter((row) => row.includes("2023-2024")));
    await bringUpToDate(database, (...told) => heard.push(told.join(" of ")));
    expect(heard.slice(2)).toEqual(["4 of 4"]);
    expect(await contents()).toEqual(before);
  });

  test("is worked out once by servers that start together", async () => {
    const other = await database.again();
    let units = 0;
    const hear = () => void (units += UNITS);
    await Promise.all([bringUpToDate(database, hear), bringUpToDate(other, hear)]);
    await other.close();
    expect(units).toBe(2 * UNITS);
    expect(await contents()).toEqual(before);
  });
});

test(
  "an open that is broken off while it fits the columns can be repeated",
  async () => {
    await plant();
    await start();
    const before = await contents();
    const damage = async () => {
      for (const table of ["dossier", "ledger"]) {
        await database.raw(`ALTER TABLE ${table} DROP COLUMN staffConferenceYes`);
        await database.raw(`ALTER TABLE ${table} ADD COLUMN formerMeasure bigint NOT NULL DEFAULT 7`);
      }
    };
    await damage();
    const statements = (await reopen()).filter(changesStructure);
    expect(statements.length).toBeGreaterThan(3);
    for (const last of someOf(statements.length)) {
      await damage();
      await expect(openUntil(last)).rejects.toThrow("the power is gone");
      await start();
      expect(await contents()).toEqual(before);
      expect(await database.drift()).toEqual([]);
    }
  },
  SLOW,
);

test(
  "a first open that is broken off can be repeated",
  async () => {
    await dropAll();
    const changes = (await reopen()).filter(changesStructure).length;
    expect(changes).toBeGreaterThan(12);
    for (const last of someOf(changes)) {
      await dropAll();
      await expect(openUntil(last)).rejects.toThrow("the power is gone");
      await reopen();
      expect(await database.raw("SELECT id FROM gate ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
    }
  },
  SLOW,
);

/** Places in a list of so many, its ends among them. */
const someOf = (count: number) => [0, 1, Math.floor(count / 3), Math.floor(count / 2), count - 2, count - 1];

/** Opens the data and breaks off before the change number `last`. */
async function openUntil(last: number): Promise<void> {
  let changes = 0;
  const opened = await openDatabase(database.options, (sql) => {
    if (changesStructure(sql) && changes++ === last) throw new Error("the power is gone");
  });
  await opened.close();
}

async function dropAll(): Promise<void> {
  const tables = isOnServer
    ? await database.raw("SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()")
    : await database.raw("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  for (const { name } of tables) await database.raw(`DROP TABLE \`${String(name)}\``);
}
