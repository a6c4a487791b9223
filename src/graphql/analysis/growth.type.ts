import { Arg, Field, Float, Int, ObjectType } from "type-graphql";
import { type GrowthPartKey, growthParts } from "../../domain/analysis/growth.js";
import { labelBefore, type SchoolYear, yearBefore } from "../../domain/tree/school-year.js";
import { changeOf, type GrowthFigures, rateOver } from "../../domain/analysis/growth-figures.js";
import { type GrowthKey } from "../../rollup/growth.js";
import { sizeOf } from "../cost/by-arguments.js";
import { Costs, Free } from "../cost/price.js";
import { type GraphContext } from "../engine/context.js";
import { TreeEnum } from "../engine/enums.js";
import { Labels } from "../engine/labels.type.js";
import { GrowthPartEnum, GrowthPartType } from "./growth-part.type.js";
import { SchoolYearType } from "../unit/school-year.type.js";
import { unitOf, UnitType } from "../unit/unit.type.js";
import { type Words } from "../../domain/ground/words.js";
import type { UnitView } from "../../domain/tree/unit-view.js";
import { type RollupKey, type Tree } from "../../domain/figures/rollup.js";

@ObjectType({ description: "A rate of growth with what it is made of. Nothing is rounded.", simpleResolvers: true })
class GrowthRate {
  @Field(() => Float, { nullable: true, description: "numerator / denominator as a fraction; null when the denominator is 0." })
  value: number | null;
  @Field(() => Float, { description: "Members gained; a loss is negative." })
  numerator: number;
  @Field(() => Float, { description: "Members at the end of the year before." })
  denominator: number;
  @Field(() => Int, { description: "Over how many units: both numbers are theirs." })
  units: number;
}

/** The growth of membership of a unit; without figures where the year before is not in the hub. */
@ObjectType({
  description:
    "The growth of membership taken apart (phân tích tăng, giảm đoàn viên): from the end of the school year before to the end of this one, over all units that count below the unit in each. The change is the difference of the indicator members of the two years; what of it is only missing reports is the part NOT_REPORTED and in no rate. membershipGrowth differs: it sets the end of this year against its own start, and so knows neither units that left nor opening figures that differ. membershipGrowthOrganic takes units open all year, the part ORGANIC units that reported in both; memberNetChange is organic and transfers of all units that reported this year.",
  simpleResolvers: true,
})
export class Growth {
  @Free("HELD")
  @Field(() => UnitType, { description: "The unit whose members grew or shrank." })
  readonly unit: UnitType;
  @Free("HELD")
  @Field(() => SchoolYearType, { description: "The school year." })
  readonly schoolYear: SchoolYearType;
  @Field(() => TreeEnum, { description: "Under which tree both years are read." })
  readonly tree: Tree;
  @Free("HELD")
  @Field(() => SchoolYearType, {
    nullable: true,
    description: "The school year before, with which it is compared; null where it is not in the hub.",
  })
  readonly comparedWith: SchoolYearType | null;
  @Free("HELD")
  @Field(() => Labels, { nullable: true, description: "Why there is nothing to compare with; null where there is." })
  readonly notComparable: Words | null;
  @Field(() => Float, {
    nullable: true,
    description: "Members at the end of the year before; null where there is nothing to compare with, and where nobody reported them.",
  })
  readonly membersBefore: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "Members at the end of this year; null where there is nothing to compare with, and where nobody has reported them.",
  })
  readonly membersNow: number | null;
  @Field(() => Float, {
    nullable: true,
    description:
      "membersNow less membersBefore: what the parts add up to. null where one of them is: of the parts only NOT_REPORTED then says who is missing.",
  })
  readonly change: number | null;
  @Free("HELD")
  @Field(() => GrowthRate, {
    nullable: true,
    description:
      "Over the units that are known at both ends: reported twice, founded or come since, ended or gone since; a unit and those that follow it are one. All parts but NOT_REPORTED, of the members that they had a year before (tỷ lệ tăng trưởng chung).",
  })
  readonly rate: GrowthRate | null;
  @Free("HELD")
  @Field(() => GrowthRate, {
    nullable: true,
    description:
      "Like for like: over the same units, which reported twice and neither took members of another over nor gave theirs away by a merger or split (tỷ lệ tăng trưởng trên cùng đơn vị).",
  })
  readonly likeForLike: GrowthRate | null;
  @Free("HELD")
  @Field(() => GrowthRate, {
    nullable: true,
    description:
      "The part ORGANIC, of the members a year before in the units that reported in both years and leave no movement open (tỷ lệ tăng trưởng tự nhiên).",
  })
  readonly organicRate: GrowthRate | null;
  private readonly all: readonly GrowthPartType[];

  constructor(view: UnitView, key: RollupKey, compared: { key: GrowthKey; figures: GrowthFigures } | null) {
    this.unit = unitOf(view);
    this.schoolYear = new SchoolYearType(key.schoolYear);
    this.tree = key.tree;
    this.comparedWith = compared && new SchoolYearType(compared.key.before);
    this.notComparable = compared ? null : nothingBefore(key.schoolYear);
    this.all = compared ? compared.figures.parts.map((part) => new GrowthPartType(compared.key, part)) : [];
    const { membersBefore = null, membersNow = null } = compared?.figures ?? {};
    this.membersBefore = membersBefore;
    this.membersNow = membersNow;
    this.change = compared && changeOf(compared.figures);
    this.rate = compared && rateOver(compared.figures.total);
    this.likeForLike = compared && rateOver(compared.figures.likeForLike);
    this.organicRate = compared && rateOver(compared.figures.organic);
  }

  @Costs({ points: 30, entries: ({ keys }) => Math.min(sizeOf(keys ?? growthParts), growthParts.length) })
  @Field(() => [GrowthPartType], {
    description: "The parts, always in the same order, which add up to the change; none where there is nothing to compare with.",
  })
  parts(
    @Arg("keys", () => [GrowthPartEnum], { nullable: true, description: "Only these parts; all unless given." })
    keys: GrowthPartKey[] | null | undefined,
  ): readonly GrowthPartType[] {
    return this.all.filter(({ key }) => keys?.includes(key) ?? true);
  }
}

/** Loads the growth of a unit, together with others of the request. */
export async function loadGrowth({ loaders }: GraphContext, unit: UnitView, key: RollupKey): Promise<Growth> {
  const before = yearBefore(await loaders.schoolYears(), key.schoolYear);
  if (!before) return new Growth(unit, key, null);
  const compared: GrowthKey = { ...key, before };
  return new Growth(unit, key, { key: compared, figures: await loaders.growth.load(compared) });
}

function nothingBefore(year: SchoolYear): Words {
  const label = labelBefore(year.label);
  return {
    en: `The school year ${label} is not open in the hub, so there is nothing to compare ${year.label} with.`,
    vi: `Hệ thống chưa mở năm học ${label} nên không có số liệu để so sánh với năm học ${year.label}.`,
  };
}
