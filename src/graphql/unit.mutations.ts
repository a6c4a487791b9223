import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Field, Info, Int, Mutation, ObjectType, Resolver } from "type-graphql";
import { usualReferenceDate } from "../domain/school-year.js";
import { closeUnit, reopenUnit } from "../intake/unit-closing.js";
import { registerUnits, type UnitResult } from "../intake/register.js";
import { openSchoolYear } from "../intake/school-years.js";
import { moveUnit, updateUnit } from "../intake/unit-changes.js";
import type { Stores } from "../storage/stores.js";
import { type GraphContext } from "./context.js";
import { declareEffects, performed, type WithChanges } from "./effect.type.js";
import { fault } from "./faults.js";
import { BatchPayload, batchOf, Payload, VersionedPayload } from "./payload.type.js";
import { SchoolYearType } from "./school-year.type.js";
import { CloseUnitInput, MoveUnitInput, OpenSchoolYearInput, RegisterUnitsInput, ReopenUnitInput, UpdateUnitInput } from "./unit.inputs.js";
import { unitOf, UnitType } from "./unit.type.js";

const MOST_UNITS = 5_000;

@ObjectType({ description: "Answer to a change of a unit.", simpleResolvers: true })
export class UnitPayload extends VersionedPayload {
  @Field(() => UnitType, {
    nullable: true,
    description: "The unit as it is now, in a dry run as it would be (what hangs on it is as it is now); null where there is none.",
  })
  unit: UnitType | null;
}
declareEffects(UnitPayload);

@ObjectType({ description: "What became of one unit of a batch.", simpleResolvers: true })
export class UnitRow extends VersionedPayload {
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
    @Arg("input", () => RegisterUnitsInput) { units, dryRun }: RegisterUnitsInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<RegisterUnitsPayload & WithChanges> {
    if (units.length > MOST_UNITS) throw fault("BAD_USER_INPUT", `registerUnits: ${units.length} units; expected at most ${MOST_UNITS}.`);
    const drafts = units.map(
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
    const { result, changes } = await performed(context, info, dryRun, (stores) => registerUnits(stores, context.change(), drafts));
    const rows = await Promise.all(
      result.map(async (registered, row) => ({
        row,
        ...(await payloadOf(context, registered)),
        userErrors: registered.problems.map((found) => ({ ...found, field: `units.${row}${found.field ? `.${found.field}` : ""}` })),
      })),
    );
    return { ...batchOf(dryRun, rows), changes };
  }

  @Mutation(() => UnitPayload, {
    description: "Gives a unit another name, kind, school level, ownership or autonomy group, from a day or as a correction.",
  })
  updateUnit(
    @Arg("input", () => UpdateUnitInput) input: UpdateUnitInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UnitPayload> {
    const { unit, from = null, expectedVersion = null, name, kind, dryRun, ...nullable } = input;
    return changed(context, info, dryRun, (stores) =>
      updateUnit(stores, context.change(), {
        unit,
        from,
        expectedVersion,
        ...nullable,
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
    @Arg("input", () => MoveUnitInput) { unit, parent, on, expectedVersion = null, dryRun }: MoveUnitInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UnitPayload> {
    return changed(context, info, dryRun, (stores) => moveUnit(stores, context.change(), { unit, parent, on, expectedVersion }));
  }

  @Mutation(() => UnitPayload, {
    description: "Closes a unit from a day on. It stays readable and counts in the school years on whose reference date it was open.",
  })
  closeUnit(
    @Arg("input", () => CloseUnitInput) { unit, on, reason = null, successors = null, expectedVersion = null, dryRun }: CloseUnitInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UnitPayload> {
    return changed(context, info, dryRun, (stores) =>
      closeUnit(stores, context.change(), { unit, on, reason, successors, expectedVersion }),
    );
  }

  @Mutation(() => UnitPayload, { description: "Opens a closed unit again from a day." })
  reopenUnit(
    @Arg("input", () => ReopenUnitInput) { unit, on, parent = null, expectedVersion = null, dryRun }: ReopenUnitInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UnitPayload> {
    return changed(context, info, dryRun, (stores) => reopenUnit(stores, context.change(), { unit, on, parent, expectedVersion }));
  }

  @Mutation(() => OpenSchoolYearPayload, {
    description: "Opens a school year: from now on every unit that owes something counts as not having reported it.",
  })
  async openSchoolYear(
    @Arg("input", () => OpenSchoolYearInput) { label, startsOn, endsOn, referenceDate, dryRun }: OpenSchoolYearInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<OpenSchoolYearPayload & WithChanges> {
    const year = { label, startsOn, endsOn, referenceDate: referenceDate ?? usualReferenceDate(label) };
    const { result, changes } = await performed(context, info, dryRun, (stores) => openSchoolYear(stores, context.change(), year));
    const { outcome, problems } = result;
    const open = outcome === "STORED" ? year : (await context.loaders.schoolYears()).find((candidate) => candidate.label === label);
    return { outcome, userErrors: problems, schoolYear: open ? new SchoolYearType(open) : null, changes };
  }
}

async function changed(
  context: GraphContext,
  info: GraphQLResolveInfo,
  dryRun: boolean,
  work: (stores: Stores) => Promise<UnitResult>,
): Promise<UnitPayload & WithChanges> {
  const { result, changes } = await performed(context, info, dryRun, async (stores) => {
    const done = await work(stores);
    return { done, tried: dryRun && done.unitId ? await triedUnit(context, stores, done.unitId) : null };
  });
  const { done, tried } = result;
  const payload = await payloadOf(context, done);
  if (!tried?.view) return { ...payload, changes };
  context.loaders.placements.prime(tried.view.id, tried.placements);
  context.loaders.successors.prime(tried.view.id, tried.successors);
  return { ...payload, unit: unitOf(tried.view), version: tried.view.version, changes };
}

/** A unit as it stands in a dry run, before that is undone. */
async function triedUnit(context: GraphContext, { unitReader, lineage }: Stores, id: string) {
  return {
    view: (await unitReader.views([id], context.today)).get(id),
    placements: await unitReader.placements([id]),
    successors: await lineage.outOf([id]),
  };
}

async function payloadOf(context: GraphContext, { outcome, unitId, problems }: UnitResult): Promise<UnitPayload> {
  const view = unitId ? await context.loaders.unit(unitId) : null;
  return { outcome, unit: view && unitOf(view), version: view?.version ?? null, userErrors: problems };
}
