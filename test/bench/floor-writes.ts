import { randomUUID } from "node:crypto";
import { type RecordDraft } from "../../src/intake/records/reading.js";
import { type Connection, type RawDatabase, type Row } from "./driver.js";
import { NOW } from "./province.js";

const VERSION = ["version", "state", "content", "provenance", "recorded_at", "recorded_by", "reason"];
const versionOf = (version: number, content: unknown) => [
  version,
  "STANDING",
  JSON.stringify(content),
  "REPORTED",
  NOW.toISOString(),
  "bench",
  null,
];
/** Values of one statement; SQLite takes 32,766. */
const MOST_VALUES = 9_000;

/** The same durable work as a correction, without rules and without the ledger: read the old version, store the new. */
export function correct(
  database: RawDatabase,
  { unit, schoolYear, content, expectedVersion }: RecordDraft,
): Promise<{ outcome: string; version: number }> {
  return database.write(async (connection) => {
    const [old] = await connection.query(
      `SELECT record.* FROM record JOIN unit ON unit.id = record.unit_id
       WHERE unit.code = ? AND record.kind = 'conference' AND record.school_year = ? AND record.record_key = 'REGULAR'${database.forUpdate}`,
      [unit, schoolYear],
    );
    if (!old || Number(old.version) !== expectedVersion) return { outcome: "REJECTED", version: Number(old?.version) };
    const version = expectedVersion + 1;
    const values = versionOf(version, content);
    await connection.query(`UPDATE record SET ${VERSION.map((column) => `${column} = ?`).join(", ")} WHERE id = ?`, [...values, old.id]);
    await insert(connection, "record_version", ["record_id", ...VERSION], [[old.id, ...values]]);
    return { outcome: "STORED", version };
  });
}

/** The same durable work as a batch of new records: the records, their versions and whose dossiers hold them. */
export function insertAll(database: RawDatabase, drafts: readonly RecordDraft[]): Promise<{ stored: number }> {
  return database.write(async (connection) => {
    const codes = [...new Set(drafts.map(({ unit }) => unit))];
    const units: Row[] = await connection.query(`SELECT id, code FROM unit WHERE code IN (${codes.map(() => "?").join(", ")})`, codes);
    const ids = new Map(units.map(({ id, code }) => [code, id]));
    const rows = drafts.map(({ kind, unit, schoolYear, content }) => ({
      id: randomUUID(),
      kind,
      unit: ids.get(unit),
      schoolYear,
      version: versionOf(1, content),
    }));
    const columns = ["id", "kind", "unit_id", "school_year", "record_key", ...VERSION];
    await insert(
      connection,
      "record",
      columns,
      rows.map(({ id, kind, unit, schoolYear, version }) => [
        id,
        kind,
        unit,
        schoolYear,
        kind === "conference" ? "REGULAR" : "",
        ...version,
      ]),
    );
    await insert(
      connection,
      "record_version",
      ["record_id", ...VERSION],
      rows.map(({ id, version }) => [id, ...version]),
    );
    await insert(
      connection,
      "record_subject",
      ["record_id", "unit_id"],
      rows.map(({ id, unit }) => [id, unit]),
    );
    return { stored: rows.length };
  });
}

async function insert(connection: Connection, table: string, columns: readonly string[], rows: readonly unknown[][]): Promise<void> {
  const size = Math.floor(MOST_VALUES / columns.length);
  const row = `(${columns.map(() => "?").join(", ")})`;
  for (let start = 0; start < rows.length; start += size) {
    const part = rows.slice(start, start + size);
    await connection.query(`INSERT INTO ${table} (${columns.join(", ")}) VALUES ${part.map(() => row).join(", ")}`, part.flat());
  }
}
