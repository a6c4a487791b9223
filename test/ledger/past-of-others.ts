import { type Day } from "../../src/domain/ground/day.js";
import type { Succession } from "../../src/domain/tree/lineage.js";
import type { UnitHistory } from "../../src/domain/tree/history.js";
import { type Level } from "../../src/domain/tree/unit.js";

/** The units with all their placements, who followed whom, and the day on which it is asked who answers for the past. */
export interface Forest {
  units: ReadonlyMap<string, UnitHistory>;
  successions: readonly Succession[];
  today: Day;
}

const FEDERATIONS: readonly Level[] = ["CONFEDERATION", "PROVINCE", "DISTRICT"];

/**
 * The rule of the past, stated once more: what stood in a line (the unit first) is not the caller's where its branch had no part in it and some
 * federation of the line, or whoever took its place, lies neither in the caller's branch today nor above its top.
 */
export function isOfOthers(top: string, line: readonly string[], forest: Forest): boolean {
  if (line.includes(top)) return false;
  const federations = line.filter((id) => FEDERATIONS.includes(forest.units.get(id)!.unit.level));
  const union = line.find((id) => forest.units.get(id)!.unit.level === "GRASSROOTS");
  const answering = federations.length > 0 ? federations : [union ?? line[0]!];
  return answering.some((id) => {
    const heir = heirOf(id, forest);
    return heir === null || (!upwards(heir, forest.today, forest).includes(top) && !upwards(top, forest.today, forest).includes(heir));
  });
}

/** A unit and all above it, by the placements that stand for a day: of a unit that has closed the last one, of one to come the first. */
export function upwards(unitId: string, on: Day, { units }: Pick<Forest, "units">): string[] {
  const line: string[] = [];
  for (let at: string | null = unitId; at;) {
    line.push(at);
    const placements: UnitHistory["placements"] = units.get(at)!.placements;
    at = (placements.filter(({ from }) => from <= on).at(-1) ?? placements[0])!.parentId;
  }
  return line;
}

/** Who stands for a unit on the day, and so has its past; null where nobody does, and only an administrator has it. */
export function heirOf(unitId: string, forest: Forest): string | null {
  const { units, successions, today } = forest;
  const isOpen = (id: string) => units.get(id)!.placements.some(({ from, until }) => from <= today && today < until);
  const passed = new Set<string>();
  let at = unitId;
  while (!isOpen(at)) {
    if (passed.has(at)) return null;
    passed.add(at);
    const heirs = [...new Set(successions.filter(({ predecessorId }) => predecessorId === at).map(({ successorId }) => successorId))];
    const lines = heirs.map((id) => upwards(id, today, forest).slice(1));
    if (heirs.length > 1) return lines[0]!.find((id) => isOpen(id) && lines.every((line) => line.includes(id))) ?? null;
    const next = heirs[0] ?? upwards(at, today, forest)[1];
    if (next === undefined) return null;
    at = next;
  }
  return at;
}
