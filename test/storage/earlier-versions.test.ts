import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { createConnection } from "mysql2/promise";
import { DataSource } from "typeorm";
import { type Config, readConfig } from "../../src/config.js";
import { recordedKinds } from "../../src/domain/records/catalogue.js";
import { openServer, type Server } from "../../src/http/edge/server.js";
import { type Hub, openHub } from "../../src/hub.js";
import { audit } from "../../src/ledger/audit.js";
import { verifyVintage } from "../../src/ledger/vintage.js";
import { LiveBranches } from "../../src/rollup/counted.js";
import { Causes } from "../../src/rollup/vintage-causes.js";
import { vintageChanges } from "../../src/rollup/vintage-changes.js";
import { happenedSince } from "../../src/rollup/vintage-happened.js";
import { frozenUnits } from "../../src/rollup/vintages.js";
import { isOnServer, openTestDatabase, type TestDatabase } from "../database.js";
import { administrator, Desk, draft, noon, refusals, report } from "../desk.js";
import { request } from "../http-client.js";
import { type DatabaseOptions } from "../../src/storage/database/open-database.js";

/** A change as it was sent to the earlier version under a key, and what was answered. */
interface KeyedChange {
  who: string;
  mutation: string;
  type: string;
  input: object;
  /** It tells of units that have left the branch of whoever asked: nobody tells him of them again. */
  movedAway: boolean;
  answer: { outcome?: string; rows?: { outcome: string }[] };
}
interface Fixture {
  secret: string;
  tokens: Record<string, string>;
  keyed: KeyedChange[];
}

const FIXTURES = "test/fixtures";
/** The day on which the fixtures were written: keys are remembered for 30 days. */
const WRITTEN_ON = "2026-11-29";
/** Of the demonstration, published by 0.4.0. */
const OLD_VINTAGE = "CB-2022-2023-1";
const VERSIONS = readdirSync(FIXTURES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** What callers and seeds wrote. Everything else is derived from it, or kept beside it (vintages, keys, audits). */
const WRITTEN = {
  unit: ["id", "code", "level"],
  placement: ["unit_id", "from_day", "until_day", "parent_id", "end_reason"],
  profile: ["unit_id", "from_day", "until_day", "name", "kind", "school_level", "ownership", "autonomy_group"],
  record: ["id", "kind", "unit_id", "school_year", "version", "state", "content", "provenance"],
  record_version: ["record_id", "version", "state", "content", "provenance", "recorded_at", "recorded_by", "reason"],
  vintage: ["id", "digest"],
  token: ["id", "name", "role", "unit_id", "revoked_at"],
};

async function restore(version: string, options: DatabaseOptions): Promise<void> {
  const sql = gunzipSync(readFileSync(`${FIXTURES}/${version}/${options.type}.sql.gz`)).toString();
  if (options.type === "sqlite") {
    const source = await new DataSource({ type: "better-sqlite3", database: options.file }).initialize();
    // The driver's own connection: TypeORM takes one statement at a time.
    (source.driver as unknown as { databaseConnection: { exec(sql: string): void } }).databaseConnection.exec(sql);
    await source.destroy();
  } else {
    const connection = await createConnection({ uri: options.url, multipleStatements: true });
    await connection.query(sql);
    await connection.end();
  }
}

async function written({ options }: { options: DatabaseOptions }): Promise<Record<string, string[]>> {
  const side =
    options.type === "sqlite"
      ? { type: "better-sqlite3" as const, database: options.file }
      : { type: "mariadb" as const, url: options.url };
  const source = await new DataSource(side).initialize();
  const tables: Record<string, string[]> = {};
  for (const [table, columns] of Object.entries(WRITTEN)) {
    const rows = await source.query<object[]>(`SELECT ${columns.join(", ")} FROM ${table}`);
    tables[table] = rows.map((row) => JSON.stringify(row)).sort();
  }
  await source.destroy();
  return tables;
}

describe.each(VERSIONS)("a database written by %s", (version) => {
  const fixture = JSON.parse(readFileSync(`${FIXTURES}/${version}/${isOnServer ? "mysql" : "sqlite"}.json`, "utf8")) as Fixture;
  let database: TestDatabase;
  let hub: Hub;
  let server: Server;
  const before: Record<string, string[]> = {};

  beforeAll(async () => {
    database = await openTestDatabase(undefined, async (options) => {
      await restore(version, options);
      Object.assign(before, await written({ options }));
    });
    const config = {
      ...(readConfig({ PORT: "0", TONGHOP_LOG: "silent", TONGHOP_SECRET: fixture.secret }) as Config),
      ...{ database: database.options as Config["database"], seed: "none" as const },
    };
    hub = await openHub(config, () => noon(WRITTEN_ON));
    server = await openServer(hub, { ...config, graphiql: null });
  });
  afterAll(async () => {
    await server.close();
    await hub.close();
    await database.close();
  });

  async function ask<T>(who: string, query: string, variables: object): Promise<T> {
    const response = await request(`http://127.0.0.1:${server.port}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${fixture.tokens[who]}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: T; errors?: object[] };
    expect(errors).toBeUndefined();
    return data;
  }

  async function send({ who, mutation, type, input, answer, movedAway }: KeyedChange) {
    const told = movedAway ? "outcome version" : "outcome";
    const selection = answer.rows ? `rows { ${told} }` : told;
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} replayed } }`;
    const data = await ask<Record<string, KeyedChange["answer"] & { replayed: boolean }>>(who, query, { input });
    return data[mutation]!;
  }

  test("has after the migration the tables that the code says", async () => {
    expect(await database.drift()).toEqual([]);
  });

  test("keeps every unit, record, version, vintage and token as it was", async () => {
    expect(before.record_version!.length).toBeGreaterThan(700);
    expect(await written(database)).toEqual(before);
  });

  test("audits clean", async () => {
    const { checked, differences } = await audit(hub.database);
    expect(differences).toEqual([]);
    expect(checked.dossiers).toBeGreaterThan(500);
  });

  test("keeps twins apart, each found by its exact spelling, and one of them by every other", async () => {
    const desk = new Desk(hub.database, administrator, WRITTEN_ON);
    const [one, other] = [await desk.id("FX-Đ"), await desk.id("FX-Ð")];
    expect(one).not.toBe(other);
    expect([await desk.id("fx-đ"), await desk.id("FX-\u200bÐ"), await desk.id("fx-ð")]).toEqual([one, one, one]);
    const [again] = await desk.register(draft.school("Fx-Đ", "HN"));
    expect(refusals(again!)).toEqual(["ALREADY_EXISTS code"]);

    const school = await desk.id("FX-T");
    const agreements = await hub.database.read((stores) => stores.records.reportedBy([school], "collectiveAgreement"));
    const numbers = agreements.map(({ content }) => content.reference as unknown as string);
    expect(numbers.map((number) => number.replace("\u200b", "?")).sort()).toEqual(["01/TƯLÐTT", "01/TƯLĐTT", "01/TƯLĐTT?", "01/tưlđtt"]);
    for (const reference of [...numbers, "01/Tưlđtt", "01/ TƯLĐTT"]) {
      const { record } = await desk.trying().send(report.agreement("FX-T", { reference }));
      expect([reference, record?.content.reference]).toEqual([reference, numbers.includes(reference) ? reference : "01/tưlđtt"]);
    }
    const found = await hub.database.read((stores) => stores.findings.ofUnits([one, other, school]));
    const alike = found.filter(({ check }) => check.endsWith("_LOOKS_LIKE_ANOTHER")).map(({ unitId, check }) => `${unitId} ${check}`);
    const ofNumber = `${school} NUMBER_LOOKS_LIKE_ANOTHER`;
    expect(alike.sort()).toEqual([`${other} CODE_LOOKS_LIKE_ANOTHER`, ofNumber, ofNumber, ofNumber].sort());

    const on = { on: WRITTEN_ON, today: WRITTEN_ON, branch: null };
    const slice = { after: null, before: null, backwards: false, limit: 10 };
    const units = await hub.database.read((stores) =>
      stores.unitReader.page({ ...on, search: "đông hà" }, { by: "CODE", descending: false }, slice),
    );
    expect(units.map(({ code }) => code)).toEqual(expect.arrayContaining(["FX-Đ", "FX-Ð"]));
  });

  test("takes every record back as it is read, and nothing changes", async () => {
    const ids = before.record!.map((row) => JSON.parse(row) as { id: string; state: string }).filter(({ state }) => state === "STANDING");
    const read: { kind: string; versions: { nodes: { content: object }[] } }[] = [];
    for (let start = 0; start < ids.length; start += 300) {
      const query = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Record { kind versions(first: 1) { nodes { content } } } } }";
      const { nodes } = await ask<{ nodes: typeof read }>("admin", query, {
        ids: ids.slice(start, start + 300).map(({ id }) => id),
      });
      read.push(...nodes);
    }
    const rows = read
      .filter(({ kind }) => recordedKinds.some(({ key }) => key === kind))
      .map(({ kind, versions }) => ({ [kind]: versions.nodes[0]!.content }));
    expect(rows.length).toBeGreaterThan(500);
    for (let start = 0; start < rows.length; start += 300) {
      const sent = rows.slice(start, start + 300);
      const mutation = `mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) { unchanged rows { outcome userErrors { field message { en } } } } }`;
      const input = { rows: sent, idempotencyKey: `sent back ${start}` };
      const { submitRecords } = await ask<{ submitRecords: { unchanged: number; rows: { outcome: string }[] } }>("admin", mutation, {
        input,
      });
      expect(submitRecords.rows.map((row, at) => ({ ...row, sent: sent[at] })).filter(({ outcome }) => outcome !== "UNCHANGED")).toEqual(
        [],
      );
    }
  });

  test("has its vintages as they were published", async () => {
    const ids = before.vintage!.map((row) => (JSON.parse(row) as { id: string }).id);
    expect(ids).toHaveLength(3);
    const verified = await hub.database.read((stores) => Promise.all(ids.map((id) => verifyVintage(stores, id))));
    expect(verified.map((each) => each?.found)).toEqual(verified.map((each) => each?.vintage.digest));
  });

  test("has vintages whose targets are as they were published, and whose changes name the edition as the cause where nothing was recorded", async () => {
    const found = await hub.database.read(async (stores) => {
      const unitId = (await stores.vintages.byIds([OLD_VINTAGE])).get(OLD_VINTAGE)!.unitId;
      const frozen = (await frozenUnits(stores, OLD_VINTAGE, [unitId])).get(unitId)!;
      const { changes: all, compared } = await vintageChanges(stores, OLD_VINTAGE, new LiveBranches(stores));
      const changes = all.map((change) => change.tell());
      const causes = new Causes(compared, await happenedSince(stores, compared));
      const told = await Promise.all(changes.map((change) => causes.behind(change)));
      return { frozen, changes, codes: told.map((of) => of.flatMap((cause) => cause.corrections().map(({ code }) => code))) };
    });
    const { frozen, changes, codes } = found;
    const all = { schoolLevel: null, ownership: null };
    expect(frozen.standards.targets.get("staffConferenceCompletion")?.target).toBe(1);
    expect(frozen.standards.deadlines.get("staffConferenceCompletion")?.deadline).toBe("2022-11-30");
    expect(frozen.due(all)).toBeNull();
    expect(codes.flat()).toContain("EDITION");
    expect(codes.flat()).not.toContain("RECOMPUTED");
    const unexplained = changes.filter((_, index) => codes[index]!.length === 0);
    expect(unexplained.map(({ code, indicator, differs }) => [code, indicator.key, ...differs])).toEqual([]);
    expect(changes.flatMap(({ differs }) => differs)).not.toContain("OTHER_DEADLINES");
  });

  test("still knows its keys: nothing is made twice, and each change answers what it answered", async () => {
    expect(fixture.keyed.length).toBeGreaterThan(15);
    const then = await database.dump("idempotency_key", "ledger_audit");
    for (const change of fixture.keyed) {
      const { replayed, ...told } = await send(change);
      const [first, now] = [change.answer, told].map(({ rows, ...one }) => rows ?? [one]);
      expect([change.mutation, replayed, ...now!.map(({ outcome }) => outcome)]).toEqual([
        change.mutation,
        true,
        ...first!.map(({ outcome }) => outcome),
      ]);
      if (change.movedAway)
        expect([change.mutation, now]).toEqual([change.mutation, expect.arrayContaining([{ outcome: "STORED", version: null }])]);
    }
    expect(await database.dump("idempotency_key", "ledger_audit")).toEqual(then);
  });

  test("keeps what a unit was when it is changed, as it was found: nobody knows by whom", async () => {
    const query = `{ unit(code: "FX-T") { version versions { nodes { version action recordedAt recordedBy { name } profiles { nodes { name } } } } } }`;
    const mutation = "mutation ($input: UpdateUnitInput!) { updateUnit(input: $input) { outcome } }";
    type Read = { unit: { version: number; versions: { nodes: { profiles: { nodes: { name: string }[] } }[] } } };
    const { unit } = await ask<Read>("admin", query, {});
    expect(unit.versions.nodes).toEqual([]);
    expect(await ask("admin", mutation, { input: { unit: "FX-T", name: "Tên mới" } })).toEqual({ updateUnit: { outcome: "STORED" } });
    const [after, found, ...others] = (await ask<Read>("admin", query, {})).unit.versions.nodes;
    expect(after).toMatchObject({ version: unit.version + 1, action: "UPDATED", profiles: { nodes: [{ name: "Tên mới" }] } });
    expect(found).toMatchObject({ version: unit.version, action: "FOUND", recordedAt: null, recordedBy: null });
    expect(found?.profiles.nodes[0]?.name).not.toBe("Tên mới");
    expect(others).toEqual([]);
  });
});
