import { LEDGER_LEVELS } from "../domain/unit.js";
import type { Line } from "../storage/dossier.row.js";

/**
 * The fewest places that say for which of those below a federation something does not count in a school year: a federation with all below where it
 * counts for nobody there, else the units one by one. `reached`: all below `top`, each with its line; `late`: those for which it does not count.
 */
export function scopesOf(
  top: string,
  reached: readonly { unitId: string; line: Line }[],
  late: ReadonlySet<string>,
): { unitId: string; withBelow?: true }[] {
  if (late.size === 0) return [];
  const counted = new Set<string>();
  for (const { unitId, line } of reached) if (!late.has(unitId)) for (const id of federationsBelow(top, line)) counted.add(id);
  const branches = new Set<string>();
  const single: string[] = [];
  for (const { unitId, line } of reached) {
    if (!late.has(unitId)) continue;
    const branch = federationsBelow(top, line).find((id) => !counted.has(id));
    if (branch === undefined) single.push(unitId);
    else branches.add(branch);
  }
  return [...[...branches].map((unitId) => ({ unitId, withBelow: true as const })), ...single.map((unitId) => ({ unitId }))];
}

/** The federations of a line from one of them downwards. */
function federationsBelow(top: string, line: Line): string[] {
  const all = LEDGER_LEVELS.flatMap((level) => line[level] ?? []);
  return all.slice(Math.max(0, all.indexOf(top)));
}
