import { dayInVietnam } from "../../domain/ground/day.js";
import { type UnitAction, type UnitVersion, type VoidUnit, voidUnitOf } from "../../domain/tree/unit-version.js";
import { mapInStretches } from "../../stretches.js";
import { partsOfSlice } from "../database/slice.js";
import { int, marks, portions, type Row, type Sql, text, textOrNull } from "../database/sql.js";
import { type Slice } from "../../domain/ground/slice.js";

/** All versions of units, the newest first. */
export interface UnitVersionStore {
  /** By unit, in the order in which the slice is read; a unit without any is missing. */
  pages(unitIds: readonly string[], slice: Slice): Promise<Map<string, UnitVersion[]>>;
  /** By unit; one without any is missing. */
  counts(unitIds: readonly string[]): Promise<Map<string, number>>;
  /** Those of these units that were made void, each as it last was. */
  voided(unitIds: readonly string[]): Promise<Map<string, VoidUnit>>;
  /** The same, and those that were joined to another as its duplicates. */
  gone(unitIds: readonly string[]): Promise<Map<string, VoidUnit>>;
}

const COLUMNS = [
  ...["unit_id", "version", "action", "content"],
  ...["recorded_at", "recorded_by", "recorded_by_token", "recorded_by_unit", "reason"],
];
const NEWEST = [{ sql: "version", descending: true }];
/** Versions that a statement reads at the most: their contents are long. */
const MOST_ROWS = 5_000;

export function unitVersionStore(sql: Sql): UnitVersionStore {
  /** Units as they were before they ended by such an action. */
  async function endedBy(actions: readonly UnitAction[], unitIds: readonly string[]): Promise<Map<string, VoidUnit>> {
    const rows = await sql.rowsIn(
      `SELECT ${COLUMNS.map((column) => `l.${column}`).join(", ")}, g.recorded_at AS ended_at FROM unit_version g
       JOIN unit_version l ON l.unit_id = g.unit_id AND l.version = g.version - 1 WHERE g.unit_id IN (??) AND g.action IN (${marks(actions.length)})`,
      unitIds,
      actions,
    );
    return new Map(rows.map((row) => [text(row.unit_id), voidUnitOf(versionOf(row), dayInVietnam(new Date(text(row.ended_at))))]));
  }
  return {
    async pages(unitIds, slice) {
      const found = new Map<string, UnitVersion[]>();
      const { condition, order, values } = partsOfSlice(NEWEST, slice);
      for (const part of portions(unitIds, Math.max(1, Math.floor(MOST_ROWS / slice.limit)))) {
        const rows = await sql.rows(
          `SELECT * FROM (SELECT ${COLUMNS.join(", ")}, ROW_NUMBER() OVER (PARTITION BY unit_id ORDER BY ${order}) AS place
             FROM unit_version WHERE unit_id IN (${marks(part.length)})${condition}) AS placed
           WHERE place <= ${slice.limit} ORDER BY unit_id, place`,
          [...part, ...values],
        );
        for (const version of rows.map(versionOf)) if (!found.get(version.unitId)?.push(version)) found.set(version.unitId, [version]);
      }
      return found;
    },
    async counts(unitIds) {
      const rows = await sql.rowsIn("SELECT unit_id, COUNT(*) AS total FROM unit_version WHERE unit_id IN (??) GROUP BY unit_id", unitIds);
      return new Map(rows.map((row) => [text(row.unit_id), int(row.total)]));
    },
    voided: (unitIds) => endedBy(["VOIDED"], unitIds),
    gone: (unitIds) => endedBy(["VOIDED", "MERGED"], unitIds),
  };
}

/** Whether a version of a unit has been kept. */
export async function isVersionKept(sql: Sql, unitId: string, version: number): Promise<boolean> {
  return (await sql.rows("SELECT version FROM unit_version WHERE unit_id = ? AND version = ?", [unitId, version])).length > 0;
}

export async function keepVersions(sql: Sql, versions: readonly UnitVersion[]): Promise<void> {
  await sql.insert(
    "unit_version",
    COLUMNS,
    await mapInStretches(
      versions,
      ({ unitId, version, action, recordedAt, recordedBy, recordedByToken, recordedByUnit, reason, ...content }) => [
        ...[unitId, version, action, JSON.stringify(content)],
        ...[recordedAt && recordedAt.toISOString(), recordedBy, recordedByToken, recordedByUnit, reason],
      ],
      () => sql.pause(),
    ),
  );
}

function versionOf(row: Row): UnitVersion {
  const at = textOrNull(row.recorded_at);
  return {
    ...(JSON.parse(text(row.content)) as Pick<UnitVersion, "code" | "placements" | "profiles">),
    unitId: text(row.unit_id),
    version: int(row.version),
    action: text(row.action) as UnitVersion["action"],
    recordedAt: at === null ? null : new Date(at),
    recordedBy: textOrNull(row.recorded_by),
    recordedByToken: textOrNull(row.recorded_by_token),
    recordedByUnit: textOrNull(row.recorded_by_unit),
    reason: textOrNull(row.reason),
  };
}
