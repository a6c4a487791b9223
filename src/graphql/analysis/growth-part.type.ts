import { Args, Ctx, Field, Float, Int, ObjectType } from "type-graphql";
import { type GrowthPartKey, growthParts, type GrowthList, type GrowthUnitRow } from "../../domain/analysis/growth.js";
import { COUNTED_BEFORE, COUNTED_NOW, TOLD_FATES, type ToldFate, toldFate } from "../../domain/analysis/growth-fates.js";
import { type GrowthPartFigures } from "../../domain/analysis/growth-figures.js";
import { type GrowthKey, growthQuery } from "../../rollup/growth.js";
import { Costs, Free } from "../cost/price.js";
import { connectionOf, type Page, PageArgs, pageOf, pagingOf } from "../engine/connection.js";
import { NUMBER, TEXT } from "../engine/cursor.js";
import { type GraphContext } from "../engine/context.js";
import { enumOf } from "../engine/enums.js";
import { Labels } from "../engine/labels.type.js";
import { unitOf, UnitType } from "../unit/unit.type.js";
import { type Words } from "../../domain/ground/words.js";
import type { UnitView } from "../../domain/tree/unit-view.js";

const sentence = ({ en, vi }: Words) => `${en.charAt(0).toUpperCase()}${en.slice(1)} (${vi}).`;
const FateEnum = enumOf(
  "GrowthFate",
  "How a unit stands in two school years that follow each other: counted with a membership report in both, or in one and why only there.",
  Object.fromEntries(Object.entries(TOLD_FATES).map(([fate, words]) => [fate, sentence(words)])),
);
export const GrowthPartEnum = enumOf(
  "GrowthPartKey",
  "The parts of the growth of membership.",
  Object.fromEntries(growthParts.map(({ key, definition }) => [key, definition.en])),
);

@ObjectType({ description: "A unit behind a part of the growth: its members in both school years.", simpleResolvers: true })
export class GrowthUnit {
  @Free("HELD")
  @Field(() => UnitType, { description: "The unit (đơn vị)." })
  unit: UnitType;
  @Field(() => FateEnum, { description: "How it stands in the two years." })
  fate: ToldFate;
  @Field(() => Float, { description: "What it adds to the part, or takes from it." })
  members: number;
  @Field(() => Float, { nullable: true, description: "Members at the end of the year before; null where it did not count then." })
  membersBefore: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "Members on the day after the last reference date by its report of this year; null where it does not count now.",
  })
  membersAtStart: number | null;
  @Field(() => Float, { nullable: true, description: "Members at the end of this year; null where it does not count now." })
  membersNow: number | null;
}

export const GrowthUnitConnection = connectionOf<GrowthUnit>(
  "GrowthUnit",
  () => GrowthUnit,
  "The units behind a part, as far as they are in the caller's branch today: those that change it most first, then by name.",
);

@ObjectType({ description: "A part of the growth by what became of its units.", simpleResolvers: true })
class GrowthReason {
  @Field(() => FateEnum, { description: "What became of the units." })
  fate: ToldFate;
  @Free("HELD")
  @Field(() => Labels, { description: "The same in words." })
  words: Words;
  @Field(() => Float, { description: "Members gained; a loss is negative." })
  members: number;
  @Field(() => Int, { description: "Units that add to it or take from it." })
  units: number;
}

@ObjectType("GrowthPart", {
  description:
    "A part of the growth of membership. All parts add up to the change. Units that stand and have not reported make a part of their own, NOT_REPORTED; so do unions that counted other schools in the year before, together with these, COUNTED_OTHERWISE.",
  simpleResolvers: true,
})
export class GrowthPartType {
  @Field(() => GrowthPartEnum, { description: "Which part it is." })
  readonly key: GrowthPartKey;
  @Free("HELD")
  @Field(() => Labels, { description: "What it is called." })
  readonly name: Words;
  @Free("HELD")
  @Field(() => Labels, { description: "What it counts." })
  readonly definition: Words;
  @Field(() => Float, { description: "Members gained; a loss is negative." })
  readonly members: number;
  @Field(() => Int, { description: "Units that add to it or take from it, also those that have since left the caller's branch." })
  readonly unitCount: number;

  constructor(
    private readonly of: GrowthKey,
    private readonly figures: GrowthPartFigures,
  ) {
    const { part, members, units } = figures;
    this.key = part.key;
    this.name = part.words;
    this.definition = part.definition;
    this.members = members;
    this.unitCount = units;
  }

  @Costs({ most: Object.keys(TOLD_FATES).length })
  @Field(() => [GrowthReason], {
    description: "The part by what became of its units; empty for a part that only units make that reported in both years.",
  })
  get reasons(): GrowthReason[] {
    const reasons = new Map<ToldFate, GrowthReason>();
    for (const { members, units, ...standing } of this.figures.standings) {
      const fate = toldFate(standing);
      const told = reasons.get(fate) ?? { fate, words: TOLD_FATES[fate], members: 0, units: 0 };
      reasons.set(fate, { ...told, members: told.members + members, units: told.units + units });
    }
    const order = Object.keys(TOLD_FATES);
    return [...reasons.values()].sort((a, b) => order.indexOf(a.fate) - order.indexOf(b.fate));
  }

  @Costs({ points: 100, scans: 0.1 })
  @Field(() => GrowthUnitConnection, { description: "The units behind it." })
  async units(@Ctx() context: GraphContext, @Args(() => PageArgs) page: PageArgs): Promise<Page<GrowthUnit>> {
    const paging = pagingOf(`growth ${this.key}`, [NUMBER, TEXT, TEXT], page);
    const list: GrowthList = {
      ...growthQuery(this.of, context.today),
      part: this.figures.part,
      branch: context.caller.unitId,
      today: context.today,
    };
    const rows = await context.database.read((stores) => stores.growth.page(list, paging.slice));
    const views = await Promise.all(rows.map(({ unitId }) => context.loaders.anyUnit.load(unitId)));
    return pageOf(
      rows.map((row, index) => ({ ...row, view: views[index]! })),
      paging,
      growthUnitOf,
      ({ amount, sortKey, unitId }) => [Math.abs(amount), sortKey, unitId],
      () => context.database.read((stores) => stores.growth.total(list)),
    );
  }
}

function growthUnitOf({ view, fate, kin, amount, now, before }: GrowthUnitRow & { view: UnitView }): GrowthUnit {
  const isNow = COUNTED_NOW.includes(fate);
  const stands = isNow && fate !== "TAKEN_OVER";
  return {
    unit: unitOf(view),
    fate: toldFate({ fate, kin }),
    members: amount,
    membersBefore: COUNTED_BEFORE.includes(fate) ? (before.members ?? 0) : null,
    membersAtStart: isNow ? (now.membersAtStart ?? 0) : null,
    membersNow: stands ? (now.members ?? 0) : null,
  };
}
