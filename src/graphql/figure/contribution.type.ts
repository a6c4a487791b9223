import { Field, Float, ObjectType } from "type-graphql";
import { figures, type Indicator } from "../../domain/figures/indicator.js";
import { sum, type Tally } from "../../domain/counting/tally.js";
import { Free } from "../cost/price.js";
import { connectionOf, type Page, type PageArgs, pageOfAll, pagingOf } from "../engine/connection.js";
import { NUMBER, type SortValue, TEXT } from "../engine/cursor.js";
import { type GraphContext } from "../engine/context.js";
import { enumOf } from "../engine/enums.js";
import { unitOf, UnitType } from "../unit/unit.type.js";
import type { UnitView } from "../../domain/tree/unit-view.js";
import { type RollupKey } from "../../domain/figures/rollup.js";

const CONTRIBUTORS = {
  BELOW: "A unit directly below in the tree that was asked for, with all below it.",
  OWN: "The unit's own records, apart from those of all below it.",
  ELSEWHERE:
    "Units that stood directly below in that school year and are no longer in the caller's branch, taken together and without their names.",
} as const;
type Contributor = keyof typeof CONTRIBUTORS;

export const ContributorEnum = enumOf("Contributor", "Who makes a part of a figure.", CONTRIBUTORS);

@ObjectType("Contribution", {
  description: "A part of a figure (phần đóng góp). All parts together are the figure: numerators add up to it, and so do denominators.",
  simpleResolvers: true,
})
export class ContributionType {
  @Field(() => ContributorEnum, { description: "Who makes the part." })
  by: Contributor;
  @Free("HELD")
  @Field(() => UnitType, { nullable: true, description: "The unit; null for ELSEWHERE. Ask it for its own explain to go further down." })
  unit: UnitType | null;
  @Field(() => Float, { description: "Its part of the numerator (tử số)." })
  numerator: number;
  @Field(() => Float, { nullable: true, description: "Its part of the denominator (mẫu số); null for a count." })
  denominator: number | null;
  @Field(() => Float, {
    nullable: true,
    description:
      "Its own figure: numerator / denominator; null when the denominator is 0, and of a count that nobody below it has reported.",
  })
  value: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "Its share of the numerator, as a fraction (tỷ trọng); null when the numerator is 0.",
  })
  share: number | null;
  @Field(() => Float, { nullable: true, description: "Its share of the denominator; null for a count and when the denominator is 0." })
  shareOfDenominator: number | null;
}

export const ContributionConnection = connectionOf<ContributionType>(
  "Contribution",
  () => ContributionType,
  "The parts of a figure: the largest numerator first, then the largest denominator, then by name. Units that add nothing to the formula are left out.",
);

/** A page of the parts of a figure, with what the caller may not see taken together. */
export async function contributionPage(
  context: GraphContext,
  key: RollupKey,
  indicator: Indicator,
  page: PageArgs,
): Promise<Page<ContributionType>> {
  const paging = pagingOf("contributions", [NUMBER, NUMBER, TEXT, TEXT], page);
  const parts = await context.loaders.contributions.load(key);
  const views = await Promise.all(parts.map(({ unitId }) => context.loaders.unit(unitId)));
  const whole = figures(
    indicator,
    parts.reduce<Tally>((total, { tally }) => sum(total, tally), {}),
  );
  const seen = parts.flatMap(({ own, tally }, index) => {
    const view = views[index];
    return view ? [rowOf(own ? "OWN" : "BELOW", view, tally)] : [];
  });
  const hidden = parts.filter((_, index) => !views[index]);
  const elsewhere = hidden.reduce<Tally>((total, { tally }) => sum(total, tally), {});
  const rows = [...seen, ...(hidden.length > 0 ? [rowOf("ELSEWHERE", null, elsewhere)] : [])];
  return pageOfAll(rows, paging, contributionOf, ({ key: sortKey }) => sortKey, LARGEST_FIRST);

  function rowOf(by: Contributor, view: UnitView | null, tally: Tally) {
    const { numerator, denominator, value } = figures(indicator, tally);
    const sortKey: SortValue[] = [Math.abs(numerator), denominator ?? 0, view?.sortKey ?? "", view?.id ?? ""];
    return { by, view, numerator, denominator, value, key: sortKey };
  }

  function contributionOf({ by, view, numerator, denominator, value }: ReturnType<typeof rowOf>): ContributionType {
    const share = whole.numerator === 0 ? null : numerator / whole.numerator;
    const shareOfDenominator = denominator === null || !whole.denominator ? null : denominator / whole.denominator;
    return { by, unit: view && unitOf(view), numerator, denominator, value, share, shareOfDenominator };
  }
}

const LARGEST_FIRST = [-1, -1, 1, 1];
