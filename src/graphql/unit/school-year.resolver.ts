import { Args, Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from "type-graphql";
import { type Day } from "../../domain/ground/day.js";
import { SCHOOL_YEAR_ACTIONS, type SchoolYearAction, type SchoolYearVersion } from "../../domain/tree/school-year-version.js";
import { Free } from "../cost/price.js";
import { AuthorType } from "./author.type.js";
import { connectionOf, type Page, PageArgs, pageOf, pagingOf } from "../engine/connection.js";
import { NUMBER } from "../engine/cursor.js";
import { type GraphContext } from "../engine/context.js";
import { DayScalar } from "../engine/day.scalar.js";
import { enumOf } from "../engine/enums.js";
import { SchoolYearType } from "./school-year.type.js";

const SchoolYearActionEnum = enumOf("SchoolYearAction", "What was done to a school year.", SCHOOL_YEAR_ACTIONS);

@ObjectType("SchoolYearVersion", {
  description: "The days of a school year after a change: what was done, by whom, when and why. None is ever changed.",
  simpleResolvers: true,
})
export class SchoolYearVersionType {
  @Field(() => Int, { description: "Number of the version, from 1." })
  version: number;
  @Field(() => SchoolYearActionEnum, { description: "What was done." })
  action: SchoolYearAction;
  @Field(() => DayScalar, { description: "Its first day then (ngày khai giảng)." })
  startsOn: Day;
  @Field(() => DayScalar, { description: "Its last day then (ngày bế giảng)." })
  endsOn: Day;
  @Field(() => DayScalar, { description: "Its reference date then (ngày chốt số liệu)." })
  referenceDate: Day;
  @Field(() => Date, { nullable: true, description: "When; null where a hub up to 0.4.0 did it." })
  recordedAt: Date | null;
  @Free("HELD")
  @Field(() => AuthorType, { nullable: true, description: "Who did it (người thực hiện); null where a hub up to 0.4.0 did it." })
  recordedBy: AuthorType | null;
  @Field(() => String, { nullable: true, description: "Why; nobody says so of an opening (lý do)." })
  reason: string | null;

  constructor({ label: _, recordedBy, recordedByToken, recordedByUnit, ...version }: SchoolYearVersion) {
    Object.assign(this, version);
    this.recordedBy = recordedBy === null ? null : new AuthorType({ name: recordedBy, tokenId: recordedByToken, unitId: recordedByUnit });
  }
}

const SchoolYearVersionConnection = connectionOf<SchoolYearVersionType>(
  "SchoolYearVersion",
  () => SchoolYearVersionType,
  "Versions of a school year, the newest first.",
);

/** What is kept of a school year besides its days. */
@Resolver(() => SchoolYearType)
export class SchoolYearResolver {
  @Free("BATCHED")
  @FieldResolver(() => Int, { description: "Number of its newest version: what a change gives as expectedVersion." })
  async version(@Root() { label }: SchoolYearType, @Ctx() { loaders }: GraphContext): Promise<number> {
    return (await loaders.schoolYearVersions.count.load(label)) || 1;
  }

  @Free("PAGED")
  @FieldResolver(() => SchoolYearVersionConnection, {
    description:
      "What was done to it, the newest first, with who, when and why. A school year of a hub up to 0.4.0 has none until it is changed, then one of what it was before.",
  })
  async versions(
    @Root() { label }: SchoolYearType,
    @Ctx() { loaders }: GraphContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<SchoolYearVersionType>> {
    const paging = pagingOf("schoolYearVersions", [NUMBER], page);
    return pageOf(
      await loaders.schoolYearVersions.page.load({ label, slice: paging.slice }),
      paging,
      (version) => new SchoolYearVersionType(version),
      ({ version }) => [version],
      () => loaders.schoolYearVersions.count.load(label),
    );
  }
}
