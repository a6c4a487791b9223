import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Field, Info, Int, Mutation, ObjectType, Resolver } from "type-graphql";
import { usualReferenceDate } from "../../domain/tree/school-year.js";
import { closeUnit, reopenUnit } from "../../intake/units/unit-closing.js";
import { registerUnits } from "../../intake/units/register.js";
import { forbidden } from "../../intake/permission.js";
import { openSchoolYear } from "../../intake/school-years/school-years.js";
import { moveUnit, updateUnit } from "../../intake/units/unit-changes.js";
import { ofOpening, ofTree } from "../cost/branch-work.js";
import { batch, CHANGE, Costs, Free, ROW } from "../cost/price.js";
import { type GraphContext } from "../engine/context.js";
import { declareEffects, type WithChanges } from "../change/with-effects.js";
import { BatchPayload, batchOf, HintedPayload, Payload } from "../engine/payload.type.js";
import { performed, performedOne, rowByRow } from "../change/performed.js";
import { SchoolYearType } from "./school-year.type.js";
import { CloseUnitInput, MoveUnitInput, OpenSchoolYearInput, RegisterUnitsInput, ReopenUnitInput, UpdateUnitInput } from "./unit.inputs.js";
import { changed, payloadOf, UnitPayload, withViews } from "./unit-change.type.js";
import { UnitType } from "./unit.type.js";
import { asSent, givenRows, placed, refuseMoreRows } from "../change/rows-of-variables.js";

@ObjectType({ description: "What became of one unit of a batch.", simpleResolvers: true })
export class UnitRow extends HintedPayload {
  @Free("HELD")
  @Field(() => UnitType, { nullable: true, description: "The unit as it is now; null where there is none, as in a dry run." })
  unit: UnitType | null;
  @Field(() => Int, { description: "Place of the row in the input, from 0." })
  row: number;
}

@ObjectType({ description: "Answer to a batch, row by row.", simpleResolvers: true })
export class RegisterUnitsPayload extends BatchPayload {
  @Costs({ paged: true })
  @Field(() => [UnitRow], { description: "One for each row of the input, in its order." })
  rows: UnitRow[];
}
declareEffects(RegisterUnitsPayload);

@ObjectType({ description: "Answer to the opening of a school year.", simpleResolvers: true })
export class OpenSchoolYearPayload extends Payload {
  @Free("HELD")
  @Field(() => SchoolYearType, { nullable: true, description: "The school year as it is open; null where it is not." })
  schoolYear: SchoolYearType | null;
}
declareEffects(OpenSchoolYearPayload);

@Resolver()
export class UnitMutations {
  @Costs(batch(() => ROW))
  @Mutation(() => RegisterUnitsPayload, {
    description: "Registers units, row by row. They count in every opened school year on whose reference date they are open.",
  })
  async registerUnits(
    @Arg("input", () => RegisterUnitsInput) input: RegisterUnitsInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<RegisterUnitsPayload & WithChanges> {
    const { dryRun } = input;
    const given = givenRows(context, info, input.units);
    const { rows: units, unread } = given;
    refuseMoreRows("registerUnits", units);
    const readable = units.filter((_, index) => !unread.has(index));
    const sent = { ...input, units: asSent(given) };
    const drafts = readable.map(
      ({
        code,
        kind,
        name,
        parent = null,
        openedOn,
        schoolLevel = null,
        ownership = null,
        autonomyGroup = null,
        predecessors,
        changeReason = null,
      }) => ({
        code,
        kind,
        name,
        parent,
        openedOn,
        schoolLevel,
        ownership,
        autonomyGroup,
        predecessors: predecessors ?? [],
        changeReason,
      }),
    );
    const { results, ...told } = await performed(context, info, sent, {}, async (stores) =>
      withViews(context, stores, await registerUnits(stores, context.change(), drafts)),
    );
    const denied = forbidden(context.caller, "STEWARD");
    const rows = rowByRow(units.length, unread, results, denied).map((answer, row) => {
      const shown = dryRun && answer.outcome === "STORED" ? { unit: null, version: null } : {};
      return { row, ...payloadOf(answer), ...shown, userErrors: placed(answer.problems, "units", row) };
    });
    return { ...batchOf(dryRun, rows), ...told };
  }

  @Costs({ points: CHANGE })
  @Mutation(() => UnitPayload, {
    description: "Gives a unit another name, kind, school level, ownership or autonomy group, from a day or as a correction.",
  })
  updateUnit(
    @Arg("input", () => UpdateUnitInput) input: UpdateUnitInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UnitPayload> {
    const { unit, from = null, expectedVersion = null, changeReason = null, name, kind, schoolLevel, ownership, autonomyGroup } = input;
    return changed(context, info, input, (stores) =>
      updateUnit(stores, context.change(), {
        unit,
        from,
        expectedVersion,
        changeReason,
        schoolLevel,
        ownership,
        autonomyGroup,
        ...(typeof name === "string" ? { name } : {}),
        ...(kind ? { kind } : {}),
      }),
    );
  }

  @Costs({ points: CHANGE, branches: ofTree })
  @Mutation(() => UnitPayload, {
    description:
      "Places a unit, with all below it, under another parent from a day. Past school years whose reference date lies after the day are re-posted, too.",
  })
  moveUnit(
    @Arg("input", () => MoveUnitInput) input: MoveUnitInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UnitPayload> {
    const { unit, parent, on, expectedVersion = null, changeReason = null } = input;
    return changed(context, info, input, (stores) =>
      moveUnit(stores, context.change(), { unit, parent, on, expectedVersion, changeReason }),
    );
  }

  @Costs({ points: CHANGE, branches: ofTree })
  @Mutation(() => UnitPayload, {
    description: "Closes a unit from a day on. It stays readable and counts in the school years on whose reference date it was open.",
  })
  closeUnit(
    @Arg("input", () => CloseUnitInput) input: CloseUnitInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UnitPayload> {
    const { unit, on, reason = null, successors = null, expectedVersion = null, changeReason = null } = input;
    return changed(context, info, input, (stores) =>
      closeUnit(stores, context.change(), { unit, on, reason, successors, expectedVersion, changeReason }),
    );
  }

  @Costs({ points: CHANGE, branches: ofTree })
  @Mutation(() => UnitPayload, { description: "Opens a closed unit again from a day." })
  reopenUnit(
    @Arg("input", () => ReopenUnitInput) input: ReopenUnitInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UnitPayload> {
    const { unit, on, parent = null, expectedVersion = null, changeReason = null } = input;
    return changed(context, info, input, (stores) =>
      reopenUnit(stores, context.change(), { unit, on, parent, expectedVersion, changeReason }),
    );
  }

  @Costs({ points: CHANGE, branches: ofOpening })
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
    const { outcome, problems, result, ...told } = await performedOne(context, info, input, {}, (stores) =>
      openSchoolYear(stores, context.change(), year),
    );
    const open = result?.year ? new SchoolYearType(result.year) : null;
    return { outcome, userErrors: problems, schoolYear: open, ...told };
  }
}
