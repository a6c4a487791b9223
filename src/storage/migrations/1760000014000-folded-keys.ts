import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from "typeorm";
import { identityFold, searchKey } from "../../domain/ground/vietnamese.js";

/** Kinds of records whose key people write. */
const WRITTEN = ["collectiveAgreement", "directive", "democracyRegulation", "emulationCluster", "publishedFigure"];

interface Keyed {
  id: string;
  /** Within which keys are unique. */
  scope: string;
  written: string;
  key: string;
  /** Whether it gives way to a twin that stands. */
  yields: boolean;
}

/**
 * Codes and numbers that read the same are the same. Where 0.4.0 let in several, all stay: the first of them is found by every
 * spelling, each other one by its own.
 */
export class FoldedKeys1760000014000 implements MigrationInterface {
  name = "FoldedKeys1760000014000";

  async up(runner: QueryRunner): Promise<void> {
    if (!(await runner.hasColumn("unit", "code_key")))
      await runner.addColumn("unit", new TableColumn({ name: "code_key", type: "varchar", length: "600", default: "''" }));
    const units = (await runner.query("SELECT id, code, code_key FROM unit ORDER BY id")) as {
      id: string;
      code: string;
      code_key: string;
    }[];
    const codes = units.map((unit) => ({ id: unit.id, scope: "", written: unit.code, key: unit.code_key, yields: false }));
    for (const { id, key } of rekeyed(codes)) await runner.query("UPDATE unit SET code_key = ? WHERE id = ?", [key, id]);
    const index = new TableIndex({ name: "unit_code_key", columnNames: ["code_key"], isUnique: true });
    if (!(await runner.getTable("unit"))!.indices.some(({ name }) => name === index.name)) await runner.createIndex("unit", index);

    const records = (await runner.query(
      `SELECT id, kind, unit_id, school_year, record_key, state FROM record WHERE kind IN (${WRITTEN.map(() => "?").join(", ")}) ORDER BY id`,
      WRITTEN,
    )) as Record<"id" | "kind" | "unit_id" | "school_year" | "record_key" | "state", string>[];
    const keys = records.map((record) => ({
      ...{ id: record.id, scope: [record.unit_id, record.kind, record.school_year].join(" ") },
      ...{ written: record.record_key, key: record.record_key, yields: record.state === "WITHDRAWN" },
    }));
    for (const { id, key } of rekeyed(keys)) await runner.query("UPDATE record SET record_key = ? WHERE id = ?", [key, id]);

    const profiles = (await runner.query("SELECT unit_id, from_day, name, search_key FROM profile")) as Record<string, string>[];
    for (const { unit_id: unit, from_day: from, name, search_key: before } of profiles)
      if (searchKey(name!) !== before)
        await runner.query("UPDATE profile SET search_key = ? WHERE unit_id = ? AND from_day = ?", [searchKey(name!), unit, from]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex("unit", "unit_code_key");
    await runner.dropColumn("unit", "code_key");
  }
}

/** What is to have another key. Of those that read the same one is found by it, the others as they are written. */
function rekeyed(all: readonly Keyed[]): { id: string; key: string }[] {
  const places = new Map<string, Keyed[]>();
  for (const one of all) {
    const place = `${one.scope} ${identityFold(one.written)}`;
    if (!places.get(place)?.push(one)) places.set(place, [one]);
  }
  return [...places.values()].flatMap((twins) => {
    const folded = identityFold(twins[0]!.written);
    const first = twins.find(({ written }) => written === folded) ?? twins.find(({ yields }) => !yields) ?? twins[0];
    return twins
      .map((twin) => ({ ...twin, wanted: twin === first ? folded : twin.written }))
      .flatMap(({ id, key, wanted }) => (key === wanted ? [] : [{ id, key: wanted }]));
  });
}
