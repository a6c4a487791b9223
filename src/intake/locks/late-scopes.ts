import { LEDGER_LEVELS } from "../../domain/tree/unit.js";
import { inStretches } from "../../stretches.js";
import type { Line } from "../../domain/tree/line.js";

/**
 * The fewest places that say for which of those below a federation something does not count in a school year: a federation with all below where it
 * counts for nobody there, else the units one by one. `reached`: all below `top` in groups, each with its line; `late`: those for which it does not count.
 */
export async function scopesOf(
  top: string,
  reached: readonly { units: readonly { unitId: string; line: Line }[] }[],
  late: ReadonlySet<string>,
  pause: () => Promise<void>,
): Promise<{ unitId: string; withBelow?: true }[]> {
  const counted = new Set<string>();
  const count = ({ units }: (typeof reached)[number]) => {
    for (const { unitId, line } of units) if (!late.has(unitId)) for (const id of federationsBelow(top, line)) counted.add(id);
  };
  await inStretches(reached, count, pause);
  const branches = new Set<string>();
  const single: string[] = [];
  const place = ({ units }: (typeof reached)[number]) => {
    for (const { unitId, line } of units) {
      if (!late.has(unitId)) continue;
      const branch = federationsBelow(top, line).find((id) => !counted.has(id));
      if (branch === undefined) single.push(unitId);
      else branches.add(branch);
    }
  };
  await inStretches(reached, place, pause);
  return [...[...branches].map((unitId) => ({ unitId, withBelow: true as const })), ...single.map((unitId) => ({ unitId }))];
}

/** The federations of a line from one of them downwards. */
function federationsBelow(top: string, line: Line): string[] {
  const all = LEDGER_LEVELS.flatMap((level) => line[level] ?? []);
  return all.slice(Math.max(0, all.indexOf(top)));
}
