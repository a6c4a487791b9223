import { type Causes } from "../rollup/vintage-causes.js";
import { type SourcesChange, type VintageChange } from "../rollup/vintage-changes.js";
import { inStretches, pauseWhereDue } from "../stretches.js";
import { type GraphContext } from "./context.js";
import { unitOf, type UnitType } from "./unit.type.js";
import { VintageChangeType } from "./vintage-change.type.js";
import { VintageSourcesChangeType } from "./vintage-sources.type.js";

/** What a caller sees of the changes since a publication. */
interface SeenChanges {
  changes: readonly VintageChangeType[];
  sources: readonly VintageSourcesChangeType[];
  causes: Causes;
  /** The units of the branch, as it was and is, that the caller sees; a duplicate of then is the unit that it has joined. */
  units: ReadonlyMap<string, UnitType>;
}

/** Hundreds of fields of a request ask for the same changes. */
const seen = new WeakMap<Causes, Promise<SeenChanges>>();

/** The changes since a publication in the caller's branch, in order. */
export async function seenChanges(context: GraphContext, vintageId: string): Promise<SeenChanges> {
  const compared = await context.loaders.comparison.vintageChanges.load(vintageId);
  let found = seen.get(compared.causes);
  if (!found) seen.set(compared.causes, (found = changesSeen(context, vintageId, compared)));
  return found;
}

/** Units of a branch whose sight is asked for in one go. */
const ASKED_AT_ONCE = 500;

async function changesSeen(
  context: GraphContext,
  vintageId: string,
  { changes, sources, causes }: { changes: readonly VintageChange[]; sources: readonly SourcesChange[]; causes: Causes },
): Promise<SeenChanges> {
  const units = new Map<string, UnitType>();
  for (let start = 0; start < causes.unitIds.length; start += ASKED_AT_ONCE) {
    const ids = causes.unitIds.slice(start, start + ASKED_AT_ONCE);
    (await Promise.all(ids.map((id) => context.loaders.unit(id)))).forEach((view, index) => view && units.set(ids[index]!, unitOf(view)));
    await pauseWhereDue();
  }
  const told: VintageChangeType[] = [];
  await inStretches(changes, (change) => {
    const unit = units.get(change.unitId);
    if (unit) told.push(new VintageChangeType(unit, vintageId, change));
  });
  const resting: VintageSourcesChangeType[] = [];
  await inStretches(sources, (change) => {
    const unit = units.get(change.unitId);
    if (unit) resting.push(new VintageSourcesChangeType(unit, change));
  });
  return { changes: told, sources: resting, causes, units };
}
