import { NEVER } from "../../domain/ground/day.js";
import { type UnitHistory, standings } from "../../domain/tree/history.js";
import { foundSo, type UnitChange, versionOf } from "../../domain/tree/unit-version.js";
import { type Placement, type Profile, type Unit } from "../../domain/tree/unit.js";
import { searchKey, sortKey } from "../../domain/ground/vietnamese.js";
import { mapInStretches } from "../../stretches.js";
import { int, marks, portions, type Row, type Sql, text, textOrNull } from "../database/sql.js";
import { isVersionKept, keepVersions } from "./unit-version.store.js";
import type { NamedUnion } from "../../domain/findings/unit-file.js";

/** Units with their dated facts, as those see them who change them. */
export interface UnitStore {
  /** Units with all their placements and profiles, in order of time. */
  histories(ids: readonly string[]): Promise<Map<string, UnitHistory>>;
  /** The units and everything that ever stood above them. */
  withAncestors(ids: readonly string[]): Promise<string[]>;
  /** All units, in a fixed order; a duplicate that was joined to another is none any more. */
  allIds(): Promise<string[]>;
  /** The unit and all that ever stood below it. */
  branchEver(id: string): Promise<string[]>;
  /** Of units how many ever stood below each, itself included; none of what is no unit. */
  branchSizes(ids: readonly string[]): Promise<Map<string, number>>;
  /** What has ended and may count through one of these units: all that ever stood below them, or below what they follow, and was closed. */
  endedBehind(ids: readonly string[]): Promise<string[]>;
  /** Placements that ever had the unit as parent. */
  placementsBelow(id: string): Promise<Placement[]>;
  /** The commune unions that ever stood directly under the units, each for the days of a name, by the unit above. */
  communeUnionsUnder(parentIds: readonly string[]): Promise<Map<string, NamedUnion[]>>;
  insert(histories: readonly UnitHistory[], changeOf: (history: UnitHistory) => UnitChange): Promise<void>;
  /** Stores a unit's dated facts anew and counts its version up; what it was stays among its versions. */
  replace(history: UnitHistory, change: UnitChange): Promise<void>;
  /** Waits until nobody else changes records of these units, and keeps others waiting. */
  lock(ids: readonly string[]): Promise<void>;
}

export function unitStore(sql: Sql): UnitStore {
  async function insertFacts(histories: readonly UnitHistory[]) {
    await sql.insert(
      "placement",
      ["unit_id", "from_day", "until_day", "stands_from", "stands_until", "parent_id", "end_reason"],
      histories.flatMap(({ placements }) =>
        standings(placements).map(({ placement, from, until }) => [
          placement.unitId,
          placement.from,
          placement.until,
          from,
          until,
          placement.parentId,
          placement.endReason ?? null,
        ]),
      ),
    );
    await sql.insert(
      "profile",
      ["unit_id", "from_day", "until_day", "name", "search_key", "sort_key", "kind", "school_level", "ownership", "autonomy_group"],
      await mapInStretches(
        histories.flatMap(({ profiles }) => profiles),
        ({ name, ...profile }) => [
          ...[profile.unitId, profile.from, profile.until, name, searchKey(name), sortKey(name)],
          ...[profile.kind, profile.schoolLevel, profile.ownership, profile.autonomyGroup],
        ],
        () => sql.pause(),
      ),
    );
  }
  return {
    async histories(ids) {
      const rows = await sql.rowsIn(
        `SELECT ${UNIT_COLUMNS}, p.parent_id, p.from_day AS placed_from, p.until_day AS placed_until, p.end_reason,
           f.unit_id, f.from_day, f.until_day, f.name, f.kind, f.school_level, f.ownership, f.autonomy_group
         FROM unit u LEFT JOIN placement p ON p.unit_id = u.id LEFT JOIN profile f ON f.unit_id = u.id
         WHERE u.id IN (??) AND u.merged_into IS NULL ORDER BY u.id, p.from_day, f.from_day`,
        ids,
      );
      const histories = new Map<string, UnitHistory & { placements: Placement[]; profiles: Profile[] }>();
      for (const row of rows) {
        const history = histories.get(text(row.id)) ?? { unit: unitOf(row), placements: [], profiles: [] };
        histories.set(history.unit.id, history);
        // Each placement comes with each profile.
        if (row.placed_from !== null && !history.placements.some(({ from }) => from === row.placed_from))
          history.placements.push(placementOf({ ...row, unit_id: row.id, from_day: row.placed_from, until_day: row.placed_until }));
        if (row.from_day !== null && !history.profiles.some(({ from }) => from === row.from_day)) history.profiles.push(profileOf(row));
      }
      return histories;
    },
    async withAncestors(ids) {
      const rows = await sql.rowsIn(
        `SELECT DISTINCT p1.parent_id AS parent1, p2.parent_id AS parent2, p3.parent_id AS parent3, p4.parent_id AS parent4 FROM placement p1
         LEFT JOIN placement p2 ON p2.unit_id = p1.parent_id LEFT JOIN placement p3 ON p3.unit_id = p2.parent_id
         LEFT JOIN placement p4 ON p4.unit_id = p3.parent_id WHERE p1.unit_id IN (??)`,
        ids,
      );
      return [...new Set([...ids, ...rows.flatMap((row) => Object.values(row).flatMap((id) => textOrNull(id) ?? []))])];
    },
    allIds: async () => (await sql.rows("SELECT id FROM unit WHERE merged_into IS NULL ORDER BY id")).map((row) => text(row.id)),
    async branchEver(id) {
      const rows = await sql.rows(
        `WITH RECURSIVE branch(id) AS (
           SELECT id FROM unit WHERE id = ? UNION SELECT placement.unit_id FROM placement JOIN branch ON placement.parent_id = branch.id
         ) SELECT id FROM branch ORDER BY id`,
        [id],
      );
      return rows.map((row) => text(row.id));
    },
    async branchSizes(ids) {
      const rows = await sql.rowsIn(
        `WITH RECURSIVE branch(top, id) AS (
           SELECT id, id FROM unit WHERE id IN (??)
           UNION SELECT branch.top, placement.unit_id FROM placement JOIN branch ON placement.parent_id = branch.id
         ) SELECT top, COUNT(*) AS size FROM branch GROUP BY top`,
        ids,
      );
      return new Map(rows.map((row) => [text(row.top), int(row.size)]));
    },
    async endedBehind(ids) {
      const rows = await sql.rowsIn(
        `WITH RECURSIVE behind(id) AS (
           SELECT id FROM unit WHERE id IN (??)
           UNION SELECT placement.unit_id FROM placement JOIN behind ON placement.parent_id = behind.id
           UNION SELECT succession.predecessor_id FROM succession JOIN behind ON succession.successor_id = behind.id
         ) SELECT id FROM behind WHERE EXISTS (SELECT 1 FROM placement e WHERE e.unit_id = behind.id AND e.until_day <> '${NEVER}'
           AND NOT EXISTS (SELECT 1 FROM placement n WHERE n.unit_id = e.unit_id AND n.from_day = e.until_day))`,
        ids,
      );
      return [...new Set(rows.map((row) => text(row.id)))];
    },
    placementsBelow: async (id) =>
      (
        await sql.rows(
          "SELECT unit_id, parent_id, from_day, until_day, end_reason FROM placement WHERE parent_id = ? ORDER BY unit_id, from_day",
          [id],
        )
      ).map(placementOf),
    async communeUnionsUnder(parentIds) {
      const rows = await sql.rowsIn(
        `SELECT p.parent_id, u.id, u.code, f.name, p.from_day AS placed_from, p.until_day AS placed_until, f.from_day, f.until_day
         FROM placement p JOIN unit u ON u.id = p.unit_id
         JOIN profile f ON f.unit_id = u.id AND f.from_day < p.until_day AND p.from_day < f.until_day
         WHERE p.parent_id IN (??) AND f.kind = 'COMMUNE_UNION' ORDER BY u.id, p.from_day, f.from_day`,
        parentIds,
      );
      const unions = new Map<string, NamedUnion[]>();
      for (const row of rows) {
        const [from] = [text(row.placed_from), text(row.from_day)].sort().reverse() as [string];
        const [until] = [text(row.placed_until), text(row.until_day)].sort() as [string];
        const union = { unitId: text(row.id), code: text(row.code), name: text(row.name), from, until };
        if (!unions.get(text(row.parent_id))?.push(union)) unions.set(text(row.parent_id), [union]);
      }
      return unions;
    },
    async insert(histories, changeOf) {
      await sql.insert(
        "unit",
        ["id", "code", "code_key", "level", "version", "provenance"],
        histories.map(({ unit }) => [unit.id, unit.code, unit.codeKey, unit.level, unit.version, unit.provenance]),
      );
      await insertFacts(histories);
      await keepVersions(
        sql,
        histories.map((history) => versionOf(history, changeOf(history))),
      );
    },
    async replace(history, change) {
      const { id, version } = history.unit;
      const before = (await isVersionKept(sql, id, version)) ? null : (await this.histories([id])).get(id);
      await sql.change("UPDATE unit SET version = version + 1 WHERE id = ?", [id]);
      await sql.change("DELETE FROM placement WHERE unit_id = ?", [id]);
      await sql.change("DELETE FROM profile WHERE unit_id = ?", [id]);
      await insertFacts([history]);
      const after = versionOf({ ...history, unit: { ...history.unit, version: version + 1 } }, change);
      await keepVersions(sql, [...(before ? [versionOf(before, foundSo)] : []), after]);
    },
    async lock(ids) {
      const ordered = [...new Set(ids)].sort();
      if (!sql.dialect.isCluster) await sql.rowsIn(`SELECT id FROM unit WHERE id IN (??) ORDER BY id${sql.dialect.forUpdate}`, ordered);
      else
        for (const part of portions(ordered, 900))
          await sql.change(`UPDATE unit SET turn = turn + 1 WHERE id IN (${marks(part.length)}) ORDER BY id`, part);
    },
  };
}

/** The columns of a unit, in a statement that names its table `u`. */
export const UNIT_COLUMNS = "u.id, u.code, u.code_key, u.level, u.version, u.provenance";
export const PROFILE_COLUMNS = "unit_id, from_day, until_day, name, kind, school_level, ownership, autonomy_group";

export function unitOf(row: Row): Unit {
  return {
    id: text(row.id),
    code: text(row.code),
    codeKey: text(row.code_key),
    level: text(row.level) as Unit["level"],
    version: int(row.version),
    provenance: text(row.provenance) as Unit["provenance"],
  };
}

export function placementOf(row: Row): Placement {
  return {
    unitId: text(row.unit_id),
    parentId: textOrNull(row.parent_id),
    from: text(row.from_day),
    until: text(row.until_day),
    endReason: textOrNull(row.end_reason) as Placement["endReason"],
  };
}

export function profileOf(row: Row): Profile {
  return {
    unitId: text(row.unit_id),
    from: text(row.from_day),
    until: text(row.until_day),
    name: text(row.name),
    kind: text(row.kind) as Profile["kind"],
    schoolLevel: textOrNull(row.school_level) as Profile["schoolLevel"],
    ownership: textOrNull(row.ownership) as Profile["ownership"],
    autonomyGroup: textOrNull(row.autonomy_group) as Profile["autonomyGroup"],
  };
}
