import { type Day } from "../../domain/ground/day.js";
import { type Level } from "../../domain/tree/unit.js";
import { membershipReport, membershipReported } from "../../domain/records/kinds/membership-report.js";
import { LINE_COLUMN } from "./dossier.reader.js";
import { int, marks, type Sql, text } from "../database/sql.js";
import { unitReader } from "./unit.reader.js";
import { type GrowthQuery } from "../../domain/analysis/growth.js";

/** Units that are one with others in two years, because a union's report counted schools in one of them only. */
export interface CountedOtherwise {
  /** Whose people are known in both years, taken together. */
  known: string[];
  /** Of whom somebody has not reported, or is counted where not all of them are. */
  silent: string[];
}

/** A school that a union's report counts in one of the years only. `parted`: it stands elsewhere than the union then. */
interface Edge {
  union: string;
  school: string;
  parted: boolean;
}

/**
 * Who is one with whom, as unions came to count other schools, followed along those and along successions beyond the branch that is asked for: an answer does
 * not depend on what else is asked. Such unions are few: none costs a statement more.
 */
export async function countedOtherwise(sql: Sql, query: GrowthQuery): Promise<CountedOtherwise> {
  const edges = await edgesOf(sql, query);
  if (edges.length === 0) return { known: [], silent: [] };
  const links = edges.map(({ union, school }) => [union, school] as const);
  const groups = new Groups();
  for (const [a, b] of links) groups.join(a, b);
  let fresh = [...new Set(links.flat())];
  const met = new Set(fresh);
  while (fresh.length > 0) {
    const next: string[] = [];
    for (const [a, b] of await successions(sql, fresh, query.since, query.until)) {
      groups.join(a, b);
      for (const id of [a, b])
        if (!met.has(id)) {
          met.add(id);
          next.push(id);
        }
    }
    fresh = next;
  }
  const isFiltered = query.where.schoolLevel !== null || query.where.ownership !== null;
  const seeds = isFiltered
    ? [...met]
    : [...edges.filter(({ parted }) => parted).map(({ union }) => union), ...(await unheard(sql, [...met], query))];
  const silent = new Set(seeds.map((id) => groups.of(id)));
  const isSilent = (id: string) => silent.has(groups.of(id));
  return { known: [...met].filter((id) => !isSilent(id)), silent: [...met].filter(isSilent) };
}

/** Schools that stand in a union's report in one of the years and not in the other. */
async function edgesOf(sql: Sql, { level, now, before, treeOn }: GrowthQuery): Promise<Edge[]> {
  const line = LINE_COLUMN[level];
  const rows = await sql.rows(
    `SELECT r.unit_id AS union_id, s.unit_id AS school_id, COALESCE(d.counted, 0) AS stands, COALESCE(u.counted, 0) AS union_stands,
       COALESCE(u.${line} = d.${line}, 0) AS together
     FROM record r JOIN record_subject s ON s.record_id = r.id AND s.unit_id <> r.unit_id
     LEFT JOIN dossier d ON d.unit_id = s.unit_id AND d.school_year = r.school_year
     LEFT JOIN dossier u ON u.unit_id = r.unit_id AND u.school_year = r.school_year
     WHERE r.kind = ? AND r.school_year IN (?, ?) AND r.counts_others = 1 AND r.state = 'STANDING' AND NOT EXISTS (
       SELECT 1 FROM record o JOIN record_subject t ON t.record_id = o.id
       WHERE o.unit_id = r.unit_id AND o.kind = r.kind AND o.school_year = CASE r.school_year WHEN ? THEN ? ELSE ? END
       AND o.state = 'STANDING' AND t.unit_id = s.unit_id)
     ORDER BY r.unit_id, s.unit_id, r.school_year`,
    [membershipReport.key, now, before, now, before, now],
  );
  const edges = rows.map((row) => ({
    ...{ union: text(row.union_id), school: text(row.school_id), stands: int(row.stands) === 1, unionStands: int(row.union_stands) === 1 },
    together: int(row.together) === 1,
  }));
  const ids = edges.flatMap(({ union, school }) => [union, school]);
  const tops = treeOn === null ? null : await topsIn(sql, ids, level, treeOn);
  return edges.map(({ union, school, stands, unionStands, together }) => ({
    ...{ union, school },
    parted: stands && !(unionStands && (tops ? tops.get(union) !== undefined && tops.get(union) === tops.get(school) : together)),
  }));
}

/** Under which unit of a level units stand, or which one they are, in the tree of a day. */
async function topsIn(sql: Sql, ids: readonly string[], level: Level, on: Day): Promise<Map<string, string>> {
  const { views, levels } = unitReader(sql);
  const found = [...(await views([...new Set(ids)], on)).values()];
  const lines = found.map(({ id, ancestorIds }) => ({ id, line: [id, ...ancestorIds] }));
  const levelOf = await levels([...new Set(lines.flatMap(({ line }) => line))]);
  return new Map(
    lines.flatMap(({ id, line }) => {
      const top = line.find((one) => levelOf.get(one) === level);
      return top === undefined ? [] : [[id, top] as const];
    }),
  );
}

async function successions(sql: Sql, ids: readonly string[], since: Day, until: Day): Promise<(readonly [string, string])[]> {
  const found: (readonly [string, string])[] = [];
  for (const column of ["predecessor_id", "successor_id"])
    for (const row of await sql.rowsIn(
      `SELECT predecessor_id, successor_id FROM succession WHERE ${column} IN (??) AND ? < on_day AND on_day <= ?`,
      ids,
      [since, until],
    ))
      found.push([text(row.predecessor_id), text(row.successor_id)]);
  return found;
}

/** Those of the units that stand in one of the years and have not reported. */
async function unheard(sql: Sql, ids: readonly string[], { now, before }: GrowthQuery): Promise<string[]> {
  const rows = await sql.rowsIn(
    `SELECT DISTINCT unit_id FROM dossier
     WHERE unit_id IN (??) AND school_year IN (${marks(2)}) AND counted = 1 AND \`${membershipReported.measures.NO_REPORT.key}\` = 1`,
    ids,
    [now, before],
  );
  return rows.map((row) => text(row.unit_id));
}

/** Units that are one: each group by one of them. */
class Groups {
  private readonly above = new Map<string, string>();

  join(a: string, b: string): void {
    const [one, other] = [this.of(a), this.of(b)];
    if (one !== other) this.above.set(one, other);
  }

  of(id: string): string {
    let top = id;
    for (let next = this.above.get(top); next !== undefined; next = this.above.get(top)) top = next;
    if (top !== id) this.above.set(id, top);
    return top;
  }
}
