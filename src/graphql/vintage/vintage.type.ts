import { Arg, Args, Field, Float, ID, ObjectType } from "type-graphql";
import { type Day } from "../../domain/ground/day.js";
import { judgedIn, notDueIn } from "../../domain/counting/frozen-due.js";
import { type Indicator } from "../../domain/figures/indicator.js";
import { datedObligations } from "../../domain/figures/judged-until.js";
import { type SettingInForce } from "../../domain/records/kinds/settings-in-force.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { type Tally } from "../../domain/counting/tally.js";
import { type FrozenUnit } from "../../rollup/vintages.js";
import { indicators } from "../../domain/figures/catalogue.js";
import { indicatorsOf } from "../cost/by-arguments.js";
import { Costs, Free } from "../cost/price.js";
import { AuthorType } from "../unit/author.type.js";
import { connectionOf, type Page, PageArgs, pageOfAll, pagingOf } from "../engine/connection.js";
import { NUMBER } from "../engine/cursor.js";
import { DayScalar } from "../engine/day.scalar.js";
import { fault, indicatorOf } from "../engine/faults.js";
import { IndicatorType, IndicatorValue } from "../figure/indicator.type.js";
import { NodeType } from "../engine/node.type.js";
import { Sources, sourcesOf } from "../figure/rollup.type.js";
import { SchoolYearType } from "../unit/school-year.type.js";
import { Ancestor, unitOf, UnitType } from "../unit/unit.type.js";
import type { Where } from "../../domain/tree/filter.js";
import type { UnitView } from "../../domain/tree/unit-view.js";
import type { VintageRow } from "../../domain/analysis/vintage.js";

@ObjectType({
  description: "A deadline or target of a directive that held when a vintage was published (chỉ tiêu, thời hạn được giao).",
  simpleResolvers: true,
})
export class VintageSetting {
  @Free("HELD")
  @Field(() => Ancestor, { description: "The federation that set it." })
  issuer: Ancestor;
  @Field(() => String, { description: "Number of the directive (số hiệu)." })
  number: string;
  @Field(() => String, { description: "Key of the indicator." })
  indicator: string;
  @Field(() => DayScalar, { nullable: true, description: "The last day on which it was in time (hạn cuối)." })
  deadline: Day | null;
  @Field(() => Float, { nullable: true, description: "What was to be reached (chỉ tiêu)." })
  target: number | null;

  /** `place`: where it stands among all that were frozen. */
  constructor(
    { number, indicator, deadline, target }: SettingInForce,
    issuer: Ancestor,
    readonly place: number,
  ) {
    Object.assign(this, { number, indicator, deadline, target, issuer });
  }
}

const VintageSettingConnection = connectionOf<VintageSetting>(
  "VintageSetting",
  () => VintageSetting,
  "Deadlines and targets of a vintage.",
);

@ObjectType({ description: "What the figures of a vintage are computed by, as it held when it was published.", simpleResolvers: true })
export class VintageDefinitions {
  @Costs({ most: indicators.length })
  @Field(() => [IndicatorType], { description: "Every indicator of then with its definition, in the order of the catalogue." })
  readonly indicators: IndicatorType[];

  constructor(
    indicators: readonly Indicator[],
    private readonly told: readonly VintageSetting[],
  ) {
    this.indicators = indicators.map((indicator) => new IndicatorType(indicator));
  }

  @Free("PAGED")
  @Field(() => VintageSettingConnection, {
    description: "Deadlines and targets that held, of federations above the caller's branch and in it.",
  })
  settings(@Args(() => PageArgs) page: PageArgs): Page<VintageSetting> {
    const paging = pagingOf("vintage settings", [NUMBER], page);
    return pageOfAll(
      this.told,
      paging,
      (setting) => setting,
      ({ place }) => [place],
      [1],
    );
  }
}

@ObjectType("Vintage", {
  description:
    "A published vintage (số liệu đã công bố, bản chốt): all figures of a province's branch for a school year, frozen with what they are computed by. It is never changed; a correction makes the live figures differ from it, and `changes` says which and why.",
  implements: NodeType,
  simpleResolvers: true,
})
export class VintageType extends NodeType {
  @Field(() => ID, { description: 'What it is cited by: unit, school year and ordinal, e.g. "CB-2022-2023-1".' })
  override id: string;
  @Field(() => String, { description: "The school year that was published." })
  schoolYear: string;
  @Field(() => String, { description: "Title, as it stands on the printed report (tiêu đề)." })
  title: string;
  @Field(() => String, { nullable: true, description: "What the publisher wants to be known (ghi chú)." })
  remark: string | null;
  @Field(() => Date, { description: "When it was published (ngày công bố)." })
  publishedAt: Date;
  @Free("HELD")
  @Field(() => AuthorType, { description: "Who published it (người công bố)." })
  publishedBy: AuthorType;
  @Field(() => String, {
    nullable: true,
    description:
      "The fingerprint of the figures of the branch that was given with it; null where 0.4.0 or before published it (dấu vân số liệu).",
  })
  fingerprint: string | null;
  @Field(() => String, {
    description: "SHA-256 of all that it holds, in hexadecimal digits; `tonghop vintage verify` computes it anew (mã xác thực).",
  })
  digest: string;

  constructor(readonly row: VintageRow) {
    super();
    const { id, schoolYear, title, remark, publishedAt, fingerprint, digest } = row;
    Object.assign(this, { id, schoolYear, title, remark, publishedAt, fingerprint, digest });
    this.publishedBy = new AuthorType({ name: row.publishedBy, tokenId: row.publishedByToken ?? null, unitId: row.publishedByUnit });
  }
}

/** A unit's published figures under a filter. */
@ObjectType({
  description: "The published figures of a unit (số liệu đã công bố), by the definitions, targets and deadlines of then.",
  simpleResolvers: true,
})
export class PublishedRollup {
  @Free("HELD")
  @Field(() => UnitType, { description: "The unit, as it is today." })
  unit: UnitType;
  @Field(() => String, { description: "Its name on the reference date of the school year, as published (tên khi công bố)." })
  publishedName: string;
  @Free("HELD")
  @Field(() => SchoolYearType, { description: "The school year whose figures they are." })
  schoolYear: SchoolYearType;

  private readonly tally: Tally;

  constructor(
    view: UnitView,
    private readonly frozen: FrozenUnit,
    private readonly where: Where,
    private readonly defined: { schoolYear: SchoolYear; indicators: readonly Indicator[] },
    private readonly publishedOn: Day,
  ) {
    this.unit = unitOf(view);
    this.publishedName = frozen.name;
    this.schoolYear = new SchoolYearType(defined.schoolYear);
    this.tally = frozen.tally(where);
  }

  @Free("MADE")
  @Field(() => Sources, { description: "How much of it was reported, stands in documents or was made for demonstration (nguồn số liệu)." })
  get sources(): Sources {
    return sourcesOf(this.tally);
  }

  @Costs({ entries: indicatorsOf })
  @Field(() => [IndicatorValue], {
    description: "The indicators of these keys, or all that were published, in the order of the catalogue of then.",
  })
  indicators(
    @Arg("keys", () => [String], { nullable: true, description: "Keys of indicators; all unless given." })
    keys: string[] | null | undefined,
  ): IndicatorValue[] {
    const { schoolYear, indicators } = this.defined;
    for (const key of keys ?? [])
      if (!indicators.some((indicator) => indicator.key === key))
        throw fault("INDICATOR_NOT_FOUND", `${indicatorOf(key).key} was not an indicator when this vintage was published.`);
    const { unitId, level, standards } = this.frozen;
    const key = { unitId, level, schoolYear, where: this.where, tree: "OF_THE_YEAR" as const };
    const due = this.frozen.due(this.where);
    const [notDue, judged] = due ? [notDueIn(due, this.publishedOn), judgedIn(due, datedObligations)] : [{}, {}];
    return indicators
      .filter((indicator) => keys?.includes(indicator.key) ?? true)
      .map((indicator) => new IndicatorValue(indicator, key, this.tally, { notDue, standards, judged }));
  }
}
