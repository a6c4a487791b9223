import { Arg, Ctx, Field, Int, Mutation, ObjectType, Resolver } from "type-graphql";
import { usualReferenceDate } from "../domain/school-year.js";
import { inUnitOfWork } from "../intake/change.js";
import { closeUnit, reopenUnit } from "../intake/closing.js";
import { registerUnits, type UnitResult } from "../intake/register.js";
import { openSchoolYear } from "../intake/school-years.js";
import { moveUnit, updateUnit } from "../intake/unit-changes.js";
import type { Stores } from "../storage/stores.js";
import { type GraphContext } from "./context.js";
import { fault } from "./faults.js";
import { BatchPayload, batchOf, Payload, VersionedPayload } from "./payload.type.js";
import { SchoolYearType } from "./school-year.type.js";
import { CloseUnitInput, MoveUnitInput, OpenSchoolYearInput, RegisterUnitsInput, ReopenUnitInput, UpdateUnitInput } from "./unit.inputs.js";
import { unitOf, UnitType } from "./unit.type.js";

const MOST_UNITS = 5_000;

@ObjectType({ description: "Answer to a change of a unit.", simpleResolvers: true })
export class UnitPayload extends VersionedPayload {
  @Field(() => UnitType, { nullable: true, description: "The unit as it is now; null where there is none, as in a dry run." })
  unit: UnitType | null;
}

@ObjectType({ description: "What became of one unit of a batch.", simpleResolvers: true })
export class UnitRow extends UnitPayload {
  @Field(() => Int, { description: "Place of the row in the input, from 0." })
  row: number;
}

@ObjectType({ description: "Answer to a batch, row by row.", simpleResolvers: true })
export class RegisterUnitsPayload extends BatchPayload {
  @Field(() => [UnitRow], { description: "One for each row of the input, in its order." })
  rows: UnitRow[];
}

@ObjectType({ description: "Answer to the opening of a school year.", simpleResolvers: true })
export class OpenSchoolYearPayload extends Payload {
  @Field(() => SchoolYearType, { nullable: true, description: "The school year as it is open; null where it is not." })
  schoolYear: SchoolYearType | null;
}

@Resolver()
export class UnitMutations {
  @Mutation(() => RegisterUnitsPayload, {
    description: "Registers units, row by row. They count in every opened school year on whose reference date they are open.",
  })
  async registerUnits(
    @Arg("input", () => RegisterUnitsInput) { units, dryRun }: RegisterUnitsInput,
    @Ctx() context: GraphContext,
  ): Promise<RegisterUnitsPayload> {
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
    const results = await inUnitOfWork(context.database, dryRun, (stores) => registerUnits(stores, context.change(), drafts));
    context.renew();
    const rows = await Promise.all(
      results.map(async (result, row) => ({
        row,
        ...(await payloadOf(context, result)),
        userErrors: result.problems.map((found) => ({ ...found, field: `units.${row}${found.field ? `.${found.field}` : ""}` })),
      })),
    );
    return batchOf(dryRun, rows);
  }

  @Mutation(() => UnitPayload, {
    description: "Gives a unit another name, kind, school level, ownership or autonomy group, from a day or as a correction.",
  })
  updateUnit(@Arg("input", () => UpdateUnitInput) input: UpdateUnitInput, @Ctx() context: GraphContext): Promise<UnitPayload> {
    const { unit, from = null, expectedVersion = null, name, kind, ...nullable } = input;
    return changed(context, (stores) =>
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
    @Arg("input", () => MoveUnitInput) { unit, parent, on, expectedVersion = null }: MoveUnitInput,
    @Ctx() context: GraphContext,
  ): Promise<UnitPayload> {
    return changed(context, (stores) => moveUnit(stores, context.change(), { unit, parent, on, expectedVersion }));
  }

  @Mutation(() => UnitPayload, {
    description: "Closes a unit from a day on. It stays readable and counts in the school years on whose reference date it was open.",
  })
  closeUnit(
    @Arg("input", () => CloseUnitInput) { unit, on, reason = null, successors = null, expectedVersion = null }: CloseUnitInput,
    @Ctx() context: GraphContext,
  ): Promise<UnitPayload> {
    return changed(context, (stores) => closeUnit(stores, context.change(), { unit, on, reason, successors, expectedVersion }));
  }

  @Mutation(() => UnitPayload, { description: "Opens a closed unit again from a day." })
  reopenUnit(
    @Arg("input", () => ReopenUnitInput) { unit, on, parent = null, expectedVersion = null }: ReopenUnitInput,
    @Ctx() context: GraphContext,
  ): Promise<UnitPayload> {
    return changed(context, (stores) => reopenUnit(stores, context.change(), { unit, on, parent, expectedVersion }));
  }

  @Mutation(() => OpenSchoolYearPayload, {
    description: "Opens a school year: from now on every unit that owes something counts as not having reported it.",
  })
  async openSchoolYear(
    @Arg("input", () => OpenSchoolYearInput) { label, startsOn, endsOn, referenceDate }: OpenSchoolYearInput,
    @Ctx() context: GraphContext,
  ): Promise<OpenSchoolYearPayload> {
    const year = { label, startsOn, endsOn, referenceDate: referenceDate ?? usualReferenceDate(label) };
    const { outcome, problems } = await inUnitOfWork(context.database, false, (stores) => openSchoolYear(stores, context.change(), year));
    context.renew();
    const stored = (await context.loaders.schoolYears()).find((candidate) => candidate.label === label);
    return { outcome, userErrors: problems, schoolYear: stored ? new SchoolYearType(stored) : null };
  }
}

async function changed(context: GraphContext, work: (stores: Stores) => Promise<UnitResult>): Promise<UnitPayload> {
  const result = await inUnitOfWork(context.database, false, work);
  context.renew();
  return payloadOf(context, result);
}

async function payloadOf(context: GraphContext, { outcome, unitId, problems }: UnitResult): Promise<UnitPayload> {
  const view = unitId ? await context.loaders.unit(unitId) : null;
  return { outcome, unit: view && unitOf(view), version: view?.version ?? null, userErrors: problems };
}
