import { type Day } from "../../domain/ground/day.js";
import { searchKey } from "../../domain/ground/vietnamese.js";
import type { Value } from "../database/sql.js";

/** The condition that a unit, `u`, bears such a name on a day or bore it before, or that a duplicate that was joined to it had such a name or code. */
export function named(search: string, on: Day): { condition: string; values: Value[] } {
  const part = `%${searchKey(search).replace(/[!%_]/g, "!$&")}%`;
  const own = "SELECT 1 FROM profile named WHERE named.unit_id = u.id AND named.from_day <= ? AND named.search_key LIKE ? ESCAPE '!'";
  const former = "SELECT 1 FROM unit former WHERE former.merged_into = u.id AND former.former_names LIKE ? ESCAPE '!'";
  return { condition: `(EXISTS (${own}) OR EXISTS (${former}))`, values: [on, part, part] };
}
