import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Field, Info, Int, Mutation, ObjectType, Resolver } from "type-graphql";
import { usualReferenceDate } from "../domain/school-year.js";
import { closeUnit, reopenUnit } from "../intake/unit-closing.js";
import { registerUnits, type UnitResult } from "../intake/register.js";
import { forbidden } from "../intake/permission.js";
import { openSchoolYear } from "../intake/school-years.js";
import { moveUnit, updateUnit } from "../intake/unit-changes.js";
import type { Stores } from "../storage/stores.js";
import type { UnitView } from "../storage/unit.reader.js";
import { refuseMoreRows } from "./batch-limits.js";
import { type GraphContext } from "./context.js";
import { declareEffects, type WithChanges } from "./effect.type.js";
import { BatchPayload, batchOf, type ChangeInput, HintedPayload, Payload } from "./payload.type.js";
import { performed, performedOne, rowByRow } from "./performed.js";
import { type Told } from "./sight.js";
import { SchoolYearType } from "./school-year.type.js";
import { CloseUnitInput, MoveUnitInput, OpenSchoolYearInput, RegisterUnitsInput, ReopenUnitInput, UpdateUnitInput } from "./unit.inputs.js";
import { unitOf, UnitType } from "./unit.type.js";
import { asSent, placed, unreadableRows } from "./unreadable-rows.js";

@ObjectType({ description: "Answer to a change of a unit.", simpleResolvers: true })
export class UnitPayload extends HintedPayload {
  @Field(() => UnitType, {
    nullable: true,
    description: "The unit as it is now, in a dry run as it would be (what hangs on it is as it is now); null where there is none.",
  })
  unit: UnitType | null;
}
declareEffects(UnitPayload);

@ObjectType({ description: "What became of one unit of a batch.", simpleResolvers: true })
export class UnitRow extends HintedPayload {
  @Field(() => UnitType, { nullable: true, description: "The unit as it is now; null where there is none, as in a dry run." })
  unit: UnitType | null;
  @Field(() => Int, { description: "Place of the row in the input, from 0." })
  row: number;
}

@ObjectType({ description: "Answer to a batch, row by row.", simpleResolvers: true })
export class RegisterUnitsPayload extends BatchPayload {
  @Field(() => [UnitRow], { description: "One for each row of the input, in its order." })
  rows: UnitRow[];
}
declareEffects(RegisterUnitsPayload);

@ObjectType({ description: "Answer to the opening of a school year.", simpleResolvers: true })
export class OpenSchoolYearPayload extends Payload {
  @Field(() => SchoolYearType, { nullable: true, description: "The school year as it is open; null where it is not." })
  schoolYear: SchoolYearType | null;
}
declareEffects(OpenSchoolYearPayload);

@Resolver()
export class UnitMutations {
  @Mutation(() => RegisterUnitsPayload, {
    description: "Registers units, row by row. They count in every opened school year on whose reference date they are open.",
  })
  async registerUnits(
    @Arg("input", () => RegisterUnitsInput) input: RegisterUnitsInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<RegisterUnitsPayload & WithChanges> {
    const { units, dryRun } = input;
    refuseMoreRows("registerUnits", units);
    const unread = unreadableRows(context, info);
    const readable = units.filter((_, index) => !unread.has(index));
    const sent = { ...input, units: asSent(units, unread) };
    const drafts = readable.map(
      ({ code, kind, name, parent = null, openedOn, schoolLevel = null, ownership = null, autonomyGroup = null, predecessors }) => ({
        code,
        kind,
        name,
        parent,
        openedOn,
        schoolLevel,
        ownership,
        autonomyGroup,
        predecessors: predecessors ?? [],
      }),
    );
    const { results, ...told } = await performed(context, info, sent, async (stores) =>
      withViews(context, stores, await registerUnits(stores, context.change(), drafts)),
    );
    const denied = forbidden(context.caller, "STEWARD");
    const rows = rowByRow(units.length, unread, results, denied).map((answer, row) => {
      const shown = dryRun && answer.outcome === "STORED" ? { unit: null, version: null } : {};
      return { row, ...payloadOf(answer), ...shown, userErrors: placed(answer.problems, "units", row) };
    });
    return { ...batchOf(dryRun, rows), ...told };
  }

  @Mutation(() => UnitPayload, {
    description: "Gives a unit another name, kind, school level, ownership or autonomy group, from a day or as a correction.",
  })
  updateUnit(
    @Arg("input", () => UpdateUnitInput) input: UpdateUnitInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UnitPayload> {
    const { unit, from = null, expectedVersion = null, name, kind, schoolLevel, ownership, autonomyGroup } = input;
    return changed(context, info, input, (stores) =>
      updateUnit(stores, context.change(), {
        unit,
        from,
        expectedVersion,
        schoolLevel,
        ownership,
        autonomyGroup,
        ...(typeof name === "string" ? { name } : {}),
        ...(kind ? { kind } : {}),
      }),
    );
  }

  @Mutation(() => UnitPayload, {
    description:
      "Places a unit, with all below it, under another parent from a day. Past school years whose reference date lies after the day are re-posted, too.",
  })
  moveUnit(
    @Arg("input", () => MoveUnitInput) input: MoveUnitInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UnitPayload> {
    const { unit, parent, on, expectedVersion = null } = input;
    return changed(context, info, input, (stores) => moveUnit(stores, context.change(), { unit, parent, on, expectedVersion }));
  }

  @Mutation(() => UnitPayload, {
    description: "Closes a unit from a day on. It stays readable and counts in the school years on whose reference date it was open.",
  })
  closeUnit(
    @Arg("input", () => CloseUnitInput) input: CloseUnitInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UnitPayload> {
    const { unit, on, reason = null, successors = null, expectedVersion = null } = input;
    return changed(context, info, input, (stores) =>
      closeUnit(stores, context.change(), { unit, on, reason, successors, expectedVersion }),
    );
  }

  @Mutation(() => UnitPayload, { description: "Opens a closed unit again from a day." })
  reopenUnit(
    @Arg("input", () => ReopenUnitInput) input: ReopenUnitInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UnitPayload> {
    const { unit, on, parent = null, expectedVersion = null } = input;
    return changed(context, info, input, (stores) => reopenUnit(stores, context.change(), { unit, on, parent, expectedVersion }));
  }

  @Mutation(() => OpenSchoolYearPayload, {
    description: "Opens a school year: from now on every unit that owes something counts as not having reported it.",
  })
  async openSchoolYear(
    @Arg("input", () => OpenSchoolYearInput) input: OpenSchoolYearInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<OpenSchoolYearPayload & WithChanges> {
    const { label, startsOn, endsOn, referenceDate } = input;
    const year = { label, startsOn, endsOn, referenceDate: referenceDate ?? usualReferenceDate(label) };
    const { outcome, problems, result, ...told } = await performedOne(context, info, input, (stores) =>
      openSchoolYear(stores, context.change(), year),
    );
    const open = result?.year ? new SchoolYearType(result.year) : null;
    return { outcome, userErrors: problems, schoolYear: open, ...told };
  }
}

async function changed(
  context: GraphContext,
  info: GraphQLResolveInfo,
  input: ChangeInput,
  work: (stores: Stores) => Promise<UnitResult>,
): Promise<UnitPayload & WithChanges> {
  const { changes, replayed, ...answer } = await performedOne(context, info, input, async (stores) => {
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
async function withViews({ today }: GraphContext, { unitReader }: Stores, results: readonly UnitResult[]): Promise<ViewedUnit[]> {
  const ids = results.flatMap(({ unitId }) => unitId ?? []);
  const views = ids.length > 0 ? await unitReader.views(ids, today) : new Map<string, UnitView>();
  return results.map((result) => ({ ...result, view: views.get(result.unitId ?? "") ?? null }));
}

function payloadOf({ outcome, problems, result }: Told<ViewedUnit>): UnitPayload {
  const view = result?.view;
  return { outcome, unit: view ? unitOf(view) : null, version: view?.version ?? null, hints: result?.hints ?? [], userErrors: problems };
}
