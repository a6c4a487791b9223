import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Field, Info, InputType, Int, Mutation, ObjectType, Resolver } from "type-graphql";
import { type Day } from "../../domain/ground/day.js";
import { correctSchoolYear, withdrawSchoolYear } from "../../intake/school-years/school-year-changes.js";
import { type SchoolYearResult } from "../../intake/school-years/school-years.js";
import type { Stores } from "../../storage/stores/stores.js";
import { ofSchoolYear } from "../cost/branch-work.js";
import { CHANGE, Costs, Free } from "../cost/price.js";
import { type GraphContext } from "../engine/context.js";
import { DayScalar } from "../engine/day.scalar.js";
import { declareEffects, type WithChanges } from "../change/with-effects.js";
import { type ChangeInput, DRY_RUN, KeyField, VersionedPayload } from "../engine/payload.type.js";
import { performedOne } from "../change/performed.js";
import { SchoolYearType } from "./school-year.type.js";

@InputType()
abstract class SchoolYearChangeInput {
  @Field(() => String, { description: 'Label of the school year, e.g. "2024-2025".' })
  label: string;
  @Field(() => String, { description: "Why, 1 to 500 characters; kept with the version (lý do)." })
  reason: string;
  @Field(() => Int, { nullable: true, description: "The version that you have read; without it the newest is changed." })
  expectedVersion?: number | null;
  @Field(() => Boolean, { defaultValue: false, description: DRY_RUN })
  dryRun: boolean;
  @KeyField("optional")
  idempotencyKey?: string | null;
}

@InputType({ description: "Other days of an open school year (đính chính năm học); what is not given stays." })
export class CorrectSchoolYearInput extends SchoolYearChangeInput {
  @Field(() => DayScalar, { nullable: true, description: "Its first day (ngày khai giảng)." })
  startsOn?: Day | null;
  @Field(() => DayScalar, { nullable: true, description: "Its last day (ngày bế giảng)." })
  endsOn?: Day | null;
  @Field(() => DayScalar, { nullable: true, description: "Its reference date (ngày chốt số liệu)." })
  referenceDate?: Day | null;
}

@InputType({ description: "A school year that was opened by mistake (rút lại năm học)." })
export class WithdrawSchoolYearInput extends SchoolYearChangeInput {}

@ObjectType({ description: "Answer to a change of a school year.", simpleResolvers: true })
export class SchoolYearPayload extends VersionedPayload {
  @Free("HELD")
  @Field(() => SchoolYearType, {
    nullable: true,
    description: "The school year as it is now, in a dry run as it would be (what hangs on it is as it is now); a withdrawn one as it was.",
  })
  schoolYear: SchoolYearType | null;
}
declareEffects(SchoolYearPayload);

@Resolver()
export class SchoolYearMutations {
  @Costs({ points: CHANGE, branches: ofSchoolYear })
  @Mutation(() => SchoolYearPayload, {
    description:
      "Gives an open school year other days, and works out anew what rests on them, of the year after it, too. Refused (PERIOD_LOCKED) where that would change figures of an accepted report, a closed period or a published vintage. Only for whoever keeps the top of the tree.",
  })
  correctSchoolYear(
    @Arg("input", () => CorrectSchoolYearInput) input: CorrectSchoolYearInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SchoolYearPayload & WithChanges> {
    const { label, reason, expectedVersion = null, startsOn = null, endsOn = null, referenceDate = null } = input;
    const asked = { label, reason, expectedVersion, startsOn, endsOn, referenceDate };
    return changed(context, info, input, (stores) => correctSchoolYear(stores, context.change(), asked));
  }

  @Costs({ points: CHANGE, branches: ofSchoolYear })
  @Mutation(() => SchoolYearPayload, {
    description:
      "Takes back a school year in which nothing is in force: no record, no report, no directive for it; else RULE, with what there is, by kind. Its versions stay, and it can be opened again. Only for whoever keeps the top of the tree.",
  })
  withdrawSchoolYear(
    @Arg("input", () => WithdrawSchoolYearInput) input: WithdrawSchoolYearInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SchoolYearPayload & WithChanges> {
    const { label, reason, expectedVersion = null } = input;
    return changed(context, info, input, (stores) => withdrawSchoolYear(stores, context.change(), { label, reason, expectedVersion }));
  }
}

async function changed(
  context: GraphContext,
  info: GraphQLResolveInfo,
  input: ChangeInput,
  work: (stores: Stores) => Promise<SchoolYearResult>,
): Promise<SchoolYearPayload & WithChanges> {
  const { outcome, problems, result, ...told } = await performedOne(context, info, input, {}, work);
  const schoolYear = result?.year ? new SchoolYearType(result.year) : null;
  return { outcome, userErrors: problems, version: result?.version ?? null, schoolYear, ...told };
}
