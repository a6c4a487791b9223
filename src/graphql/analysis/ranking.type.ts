import type { GraphQLResolveInfo } from "graphql";
import { type ClassType, Field, Float, Int, ObjectType } from "type-graphql";
import { measuresOf } from "../../domain/figures/indicator.js";
import { CHANGE_MISSING, type ChangeMissing, rankingNote, UNRANKED, type Unranked } from "../../domain/analysis/ranking.js";
import { allDeadlines, isJudgedByDay, unlikeInWords } from "../../domain/figures/judged-until.js";
import { yearBefore } from "../../domain/tree/school-year.js";
import { type RankedUnit, type RankingAsked } from "../../rollup/ranking.js";
import { Costs, Free } from "../cost/price.js";
import { connectionOf, type Page, type PageArgs, pageOf, pagingOf, slicedRows } from "../engine/connection.js";
import { NUMBER_OR_NONE, TEXT } from "../engine/cursor.js";
import { type GraphContext } from "../engine/context.js";
import { enumOf } from "../engine/enums.js";
import { indicatorOf, schoolYearOf } from "../engine/faults.js";
import { Labels } from "../engine/labels.type.js";
import { Deadlines } from "../figure/figure-parts.type.js";
import { IndicatorType, IndicatorValue } from "../figure/indicator.type.js";
import { type RollupFilter, whereOf } from "../figure/rollup.type.js";
import { needed, Needs } from "../engine/selection.js";
import { unitOf, UnitType } from "../unit/unit.type.js";
import { type Words, wordsOf } from "../../domain/ground/words.js";
import { type RollupKey, type Tree } from "../../domain/figures/rollup.js";

const UnrankedEnum = enumOf("Unranked", "Why a unit of a ranking has no rank (lý do không xếp hạng).", UNRANKED);
const ChangeMissingEnum = enumOf("ChangeMissing", "Why there is no change on last year.", CHANGE_MISSING);

@ObjectType("RankedUnit", { description: "A unit with its place in a ranking (thứ hạng).", simpleResolvers: true })
export class RankedUnitType {
  @Field(() => Int, { nullable: true, description: "Its rank (hạng): units with the same value share one; null where it has no value." })
  rank: number | null;
  @Field(() => Boolean, { description: "Whether it shares its rank with another unit (đồng hạng)." })
  tied: boolean;
  @Free("HELD")
  @Field(() => UnitType, { description: "The unit (đơn vị)." })
  unit: UnitType;
  @Free("HELD")
  @Field(() => IndicatorValue, { description: "Its figure: value, numerator, denominator, coverage, target, whether attained." })
  figure: IndicatorValue;
  @Field(() => Float, {
    nullable: true,
    description: "Value less last year's value (tăng, giảm so với năm học trước); null with changeMissing.",
  })
  change: number | null;
  @Field(() => ChangeMissingEnum, { nullable: true, description: "Why there is no change on last year." })
  changeMissing: ChangeMissing | null;
  @Needs("standards")
  @Field(() => Float, {
    nullable: true,
    description: "Value less the target in force for this unit: above 0 the value lies above it; null without a target or a value.",
  })
  distance: number | null;
  @Needs("notDue")
  @Field(() => UnrankedEnum, { nullable: true, description: "Why it has no rank; null where it has one." })
  unranked: Unranked | null;
  @Free("HELD")
  @Needs("notDue")
  @Field(() => Labels, { nullable: true, description: "The same in words." })
  because: Words | null;
}

const RankedUnitConnection = connectionOf<RankedUnitType>("RankedUnit", () => RankedUnitType, "A page of ranked units.");

@ObjectType("RankingConnection", {
  description: "Units ranked by an indicator (bảng xếp hạng): the best first, those without a value last.",
  simpleResolvers: true,
})
export class RankingConnection extends (RankedUnitConnection as ClassType<Page<RankedUnitType>>) {
  @Free("HELD")
  @Field(() => IndicatorType, { description: "By which indicator they are ranked." })
  indicator: IndicatorType;
  @Field(() => Int, { description: "How many units have a rank." })
  ranked: number;
  @Field(() => Int, { description: "How many of them share it with another." })
  tied: number;
  @Field(() => Int, { description: "How many units have no value and so no rank." })
  missing: number;
  @Free("HELD")
  @Field(() => Labels, { description: "How ties and missing values are treated (quy ước xếp hạng)." })
  note: Words;
  @Costs({ points: 50, scans: 0.1 })
  @Needs("judgedOfAll")
  @Field(() => Deadlines, {
    nullable: true,
    description:
      "All last days by which the units behind the ranked figures were judged, and how many units; null where no last day judges the indicator.",
  })
  deadlines: Deadlines | null;
  @Costs({ points: 50, scans: 0.1 })
  @Needs("judgedOfAll")
  @Field(() => Labels, {
    nullable: true,
    description: "That not all ranked figures were judged by the same last day, in words; null where they were (không cùng thời hạn).",
  })
  unlikeDeadlines: Words | null;
}

/** What a caller says of a ranking. */
export interface RankingArgs {
  indicator: string;
  schoolYear: string;
  where: RollupFilter | null | undefined;
  tree: Tree;
  page: PageArgs;
}

/** A page of a ranking. `of`: the ranked units, best first; `name` tells lists apart whose units are others. */
export async function rankingPage(
  context: GraphContext,
  info: GraphQLResolveInfo,
  args: RankingArgs,
  name: string,
  of: (asked: RankingAsked) => Promise<RankedUnit[]>,
): Promise<RankingConnection> {
  const { loads } = needed(info);
  const indicator = indicatorOf(args.indicator);
  const schoolYear = await schoolYearOf(context, args.schoolYear);
  const where = whereOf(args.where);
  const order = ["ranking", name, indicator.key, schoolYear.label, where.schoolLevel, where.ownership, args.tree].join(" ");
  const paging = pagingOf(order, [NUMBER_OR_NONE, TEXT, TEXT], args.page);
  const before = yearBefore(await context.loaders.schoolYears(), schoolYear);
  const rows = await of({ indicator, schoolYear, before, where, tree: args.tree });
  const keyOf = (row: RankedUnit) => [row.value, row.sortKey, row.unitId];
  const shown = slicedRows(rows, paging, keyOf, [indicator.direction === "LOWER" ? 1 : -1, 1, 1]);
  const wanted = await Promise.all(shown.slice(0, paging.size).map((row) => rankedUnit(row)));
  const types = new Map(wanted.map((type, index) => [shown[index]!.unitId, type]));
  const page = pageOf(
    shown,
    paging,
    (row) => types.get(row.unitId)!,
    keyOf,
    () => rows.length,
  );
  const ranked = rows.filter((row) => row.rank !== null);
  const isDated = isJudgedByDay(indicator) && loads.has("judgedOfAll");
  const deadlines = isDated ? allDeadlines(indicator, await Promise.all(rows.map((row) => judgedOf(row)))) : null;
  return {
    ...page,
    indicator: new IndicatorType(indicator),
    ranked: ranked.length,
    tied: ranked.filter(({ tied }) => tied).length,
    missing: rows.length - ranked.length,
    note: rankingNote(indicator),
    deadlines: deadlines && new Deadlines(deadlines),
    unlikeDeadlines: deadlines && unlikeInWords(deadlines),
  };

  function keyOfRollup({ unitId, level }: RankedUnit): RollupKey {
    return { unitId, level, schoolYear, where, tree: args.tree, measures: measuresOf(indicator) };
  }

  function judgedOf(row: RankedUnit) {
    return context.loaders.judged.load(keyOfRollup(row));
  }

  async function rankedUnit(row: RankedUnit): Promise<RankedUnitType> {
    const key = keyOfRollup(row);
    const [view, notDue, standards, judged] = await Promise.all([
      context.loaders.anyUnit.load(row.unitId),
      loads.has("notDue") ? context.loaders.notDue.load(key) : null,
      loads.has("standards") ? context.loaders.standards.load(key) : null,
      loads.has("judged") ? judgedOf(row) : null,
    ]);
    if (!view) throw new Error(`ranking names unit ${row.unitId}, which is not there`);
    const target = standards?.targets.get(indicator.key)?.target ?? null;
    const notYet = row.unranked === "NO_REPORT" && indicator.obligation && notDue ? (notDue[indicator.obligation.key] ?? 0) : 0;
    const missing = indicator.obligation ? (row.tally[indicator.obligation.measures.NO_REPORT.key] ?? 0) : 0;
    const unranked = notYet > 0 && notYet === missing ? "NOT_DUE" : row.unranked;
    return {
      rank: row.rank,
      tied: row.tied,
      unit: unitOf(view),
      figure: new IndicatorValue(indicator, key, row.tally, { notDue, standards, judged }),
      change: row.change,
      changeMissing: row.changeMissing,
      distance: row.value === null || target === null ? null : row.value - target,
      unranked,
      because: unranked && wordsOf(UNRANKED[unranked]),
    };
  }
}
