import { type Causes } from "../../rollup/vintage-causes.js";
import { type ChangedFigure, type SourcesChange } from "../../rollup/vintage-changes.js";
import { pauseWhereDue } from "../../stretches.js";
import { type GraphContext } from "../engine/context.js";
import { unitOf, type UnitType } from "../unit/unit.type.js";

/** What a caller sees of the changes since a publication. */
interface SeenChanges {
  changes: readonly ChangedFigure[];
  sources: readonly SourcesChange[];
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
  if (!found) seen.set(compared.causes, (found = changesSeen(context, compared)));
  return found;
}

/** Units of a branch whose sight is asked for in one go. */
const ASKED_AT_ONCE = 500;

async function changesSeen(
  context: GraphContext,
  { changes, sources, causes }: Pick<SeenChanges, "changes" | "sources" | "causes">,
): Promise<SeenChanges> {
  const units = new Map<string, UnitType>();
  for (let start = 0; start < causes.unitIds.length; start += ASKED_AT_ONCE) {
    const ids = causes.unitIds.slice(start, start + ASKED_AT_ONCE);
    (await Promise.all(ids.map((id) => context.loaders.unit(id)))).forEach((view, index) => view && units.set(ids[index]!, unitOf(view)));
    await pauseWhereDue();
  }
  const isSeen = ({ unitId }: { unitId: string }) => units.has(unitId);
  return { changes: changes.filter(isSeen), sources: sources.filter(isSeen), causes, units };
}
