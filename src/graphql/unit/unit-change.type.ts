import type { GraphQLResolveInfo } from "graphql";
import { Field, ObjectType } from "type-graphql";
import { type UnitResult } from "../../intake/units/register.js";
import type { Stores } from "../../storage/stores/stores.js";
import { Free } from "../cost/price.js";
import { type GraphContext } from "../engine/context.js";
import { declareEffects, type WithChanges } from "../change/with-effects.js";
import { type ChangeInput, HintedPayload } from "../engine/payload.type.js";
import { performedOne } from "../change/performed.js";
import { type Told } from "../../work/told.js";
import { unitOf, UnitType } from "./unit.type.js";
import type { UnitView } from "../../domain/tree/unit-view.js";

@ObjectType({ description: "Answer to a change of a unit.", simpleResolvers: true })
export class UnitPayload extends HintedPayload {
  @Free("HELD")
  @Field(() => UnitType, {
    nullable: true,
    description: "The unit as it is now, in a dry run as it would be (what hangs on it is as it is now); null where there is none.",
  })
  unit: UnitType | null;
}
declareEffects(UnitPayload);

/** A change of one unit, and what is told of it. */
export async function changed(
  context: GraphContext,
  info: GraphQLResolveInfo,
  input: ChangeInput,
  work: (stores: Stores) => Promise<UnitResult>,
): Promise<UnitPayload & WithChanges> {
  const { changes, replayed, ...answer } = await performedOne(context, info, input, {}, async (stores) => {
    const [done] = await withViews(context, stores, [await work(stores)]);
    if (!done) throw new Error("a unit was changed and nothing answered");
    return { ...done, tried: input.dryRun && done.unitId ? await triedUnit(stores, done.unitId) : null };
  });
  const { unitId, tried } = answer.result ?? {};
  if (unitId && tried) {
    context.loaders.placements.prime(unitId, tried.placements);
    context.loaders.successors.prime(unitId, tried.successors);
  }
  return { ...payloadOf(answer), changes, replayed };
}

/** What hangs on a unit in a dry run, before that is undone. */
async function triedUnit({ unitReader, lineage }: Stores, id: string) {
  return { placements: await unitReader.placements([id]), successors: await lineage.outOf([id]) };
}

type ViewedUnit = UnitResult & { view: UnitView | null };

/** Results with the units as they leave them. */
export async function withViews({ today }: GraphContext, { unitReader }: Stores, results: readonly UnitResult[]): Promise<ViewedUnit[]> {
  const ids = results.flatMap(({ unitId }) => unitId ?? []);
  const views = ids.length > 0 ? await unitReader.views(ids, today) : new Map<string, UnitView>();
  return results.map((result) => ({ ...result, view: views.get(result.unitId ?? "") ?? null }));
}

export function payloadOf({ outcome, problems, result }: Told<ViewedUnit>): UnitPayload {
  const view = result?.view;
  return { outcome, unit: view ? unitOf(view) : null, version: view?.version ?? null, hints: result?.hints ?? [], userErrors: problems };
}
