import { openTestDatabase, type TestDatabase } from "../database.js";
import { ledgerEdition } from "../../src/domain/edition.js";
import { audit } from "../../src/ledger/audit.js";
import { Desk, schoolYear } from "../desk.js";
import { plant } from "./scenarios.js";
import { openServers, type Servers } from "./victim.js";

let database: TestDatabase;
let servers: Servers;
beforeAll(async () => {
  [database, servers] = await Promise.all([openTestDatabase(), openServers()]);
});
afterAll(async () => {
  await servers.close();
  await database.close();
});

test("50 at once under one key, over two server processes, make one change", async () => {
  const token = await plant(database);
  const both = await Promise.all([servers.start(database.options), servers.start(database.options)]);
  const CORRECT = "mutation ($input: RecordConferenceInput!) { payload: recordConference(input: $input) { outcome version replayed } }";
  const input = { unit: "S1", schoolYear: "2024-2025", heldOn: "2024-09-25", convened: 30, present: 20, expectedVersion: 1 };
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => both[index % 2]!.ask(token, CORRECT, { input: { ...input, idempotencyKey: "one" } })),
  );
  const payloads = answers.map(({ data }) => data.payload);
  expect(payloads.every(({ outcome, version }) => outcome === "STORED" && version === 2)).toBe(true);
  expect(payloads.filter(({ replayed }) => !replayed)).toHaveLength(1);

  const register = `mutation { payload: registerUnits(input: {idempotencyKey: "two", units: [{code: "N", name: "N", kind: DISTRICT, parent: "P", openedOn: "2020-01-01"}]}) { stored replayed } }`;
  const made = await Promise.all(Array.from({ length: 50 }, (_, index) => both[index % 2]!.ask(token, register, {})));
  expect(made.map(({ data }) => data.payload.stored)).toEqual(Array(50).fill(1));
  expect(made.filter(({ data }) => !data.payload.replayed)).toHaveLength(1);
  expect(Number((await database.raw("SELECT COUNT(*) AS versions FROM record_version WHERE version > 1"))[0]!.versions)).toBe(1);
  expect((await audit(database)).differences).toEqual([]);
});

test("a server killed while it works the ledger out anew leaves whole years; two that start then do the rest", async () => {
  expect(await new Desk(database).openYear(schoolYear(2023))).toMatchObject({ outcome: "STORED" });
  const before = await database.dump("idempotency_key");
  const damage = async () => {
    for (const table of ["dossier", "ledger"]) await database.raw(`UPDATE ${table} SET schools = 0`);
    await database.raw("UPDATE school_year SET edition = NULL");
  };
  await damage();
  const whole = await servers.start(database.options);
  const replaced = (await whole.heard()).flatMap((sql, index) => (sql.startsWith("DELETE FROM ledger") ? [index] : []));
  whole.kill();
  await whole.ended;
  expect(replaced).toHaveLength(2);
  await damage();
  await expect(servers.start(database.options, replaced[1]! + 1)).rejects.toThrow("the server has ended");
  const editions = await database.raw("SELECT edition FROM school_year ORDER BY label");
  expect(editions).toEqual([{ edition: ledgerEdition }, { edition: null }]);
  await Promise.all([servers.start(database.options), servers.start(database.options)]);
  expect(await database.dump("idempotency_key")).toEqual(before);
});
