import { Args, Field, Float, Int, ObjectType } from "type-graphql";
import { type OwnershipFilter, type SchoolLevel } from "../../domain/tree/unit.js";
import { type CorrectionCode, CORRECTIONS, VINTAGE_DIFFERENCES, type VintageDifference } from "../../domain/analysis/vintage.js";
import { type Cause } from "../../rollup/vintage-causes.js";
import { type Figures, type VintageChange } from "../../rollup/vintage-changes.js";
import { type Correction } from "../../rollup/vintage-happened.js";
import { Costs, Free } from "../cost/price.js";
import { connectionOf, type Page, PageArgs, pageOfAll, pagingOf } from "../engine/connection.js";
import { NUMBER, TEXT } from "../engine/cursor.js";
import { enumOf, OwnershipFilterEnum, SchoolLevelEnum } from "../engine/enums.js";
import { Labels } from "../engine/labels.type.js";
import { PlainFigure } from "../figure/figure-parts.type.js";
import { IndicatorType } from "../figure/indicator.type.js";
import { UnitType } from "../unit/unit.type.js";
import { VintageBeside } from "./vintage-beside.type.js";
import { type Words, wordsOf } from "../../domain/ground/words.js";

const CorrectionEnum = enumOf("CorrectionCode", "Why a figure is no longer what was published.", CORRECTIONS);

@ObjectType("Correction", {
  description: "Something that happened after a publication and changed a figure (đính chính).",
  simpleResolvers: true,
})
export class CorrectionType {
  @Field(() => CorrectionEnum, { description: "What happened." })
  code: CorrectionCode;
  @Free("HELD")
  @Field(() => Labels, { description: "The same in words." })
  words: Words;
  @Field(() => Int, { nullable: true, description: "The version of the record that was published; null where there was none." })
  publishedVersion: number | null;

  constructor(readonly of: Correction) {
    this.code = of.code;
    this.words = wordsOf(CORRECTIONS[of.code]);
    this.publishedVersion = of.since > 0 ? of.since : null;
  }
}

const CODES = Object.keys(CORRECTIONS);
const CorrectionConnection = connectionOf<CorrectionType>(
  "Correction",
  () => CorrectionType,
  "What happened to a unit after a publication.",
);

@ObjectType({ description: "A unit behind a changed figure: what its own records add to the change, and by what.", simpleResolvers: true })
export class VintageCause {
  @Free("HELD")
  @Field(() => UnitType, { description: "The unit (đơn vị)." })
  unit: UnitType;
  @Field(() => Float, { description: "What it adds to the change of the numerator (tử số)." })
  numerator: number;
  @Field(() => Float, { nullable: true, description: "What it adds to the change of the denominator (mẫu số); null for a count." })
  denominator: number | null;

  constructor(
    private readonly of: Cause,
    unit: UnitType,
  ) {
    this.unit = unit;
    this.numerator = of.numerator;
    this.denominator = of.denominator;
  }

  @Free("PAGED")
  @Field(() => CorrectionConnection, { description: "What happened to it after the publication." })
  corrections(@Args(() => PageArgs) page: PageArgs): Page<CorrectionType> {
    const paging = pagingOf("corrections", [NUMBER, TEXT], page);
    return pageOfAll(
      this.of.corrections(),
      paging,
      (correction) => new CorrectionType(correction),
      ({ code, record }) => [CODES.indexOf(code), record?.recordId ?? ""],
      [1, 1],
    );
  }
}

export const CauseConnection = connectionOf<VintageCause>(
  "VintageCause",
  () => VintageCause,
  "The units behind a changed figure, by code.",
);

const VintageDifferenceEnum = enumOf("VintageDifference", "In what a figure differs from the published one.", VINTAGE_DIFFERENCES);

@ObjectType("VintageChange", {
  description: "A published figure that is another one today (số liệu thay đổi sau công bố).",
  simpleResolvers: true,
})
export class VintageChangeType {
  @Free("HELD")
  @Field(() => UnitType, { description: "Whose figure it is." })
  unit: UnitType;
  @Field(() => SchoolLevelEnum, { nullable: true, description: "Only schools of this level; null for all." })
  schoolLevel: SchoolLevel | null;
  @Field(() => OwnershipFilterEnum, { nullable: true, description: "Only schools of this ownership; null for all." })
  ownership: OwnershipFilter | null;
  @Free("HELD")
  @Field(() => IndicatorType, { description: "The indicator, as it was defined when it was published." })
  indicator: IndicatorType;
  @Free("HELD")
  @Field(() => PlainFigure, { nullable: true, description: "As published; null where the unit was not counted then." })
  published: Figures | null;
  @Free("HELD")
  @Field(() => PlainFigure, { nullable: true, description: "As it is now; null where the unit no longer counts in the school year." })
  live: Figures | null;
  @Costs({ most: Object.keys(VINTAGE_DIFFERENCES).length })
  @Field(() => [VintageDifferenceEnum], { description: "In what the two differ (nội dung khác)." })
  differs: readonly VintageDifference[];
  @Free("HELD")
  @Field(() => VintageBeside, {
    nullable: true,
    description: "What stood beside the published figure; null where nothing but the value is another, or one of the two is null.",
  })
  publishedBeside: VintageBeside | null;
  @Free("HELD")
  @Field(() => VintageBeside, { nullable: true, description: "The same as it is now." })
  liveBeside: VintageBeside | null;
  @Field(() => Float, { nullable: true, description: "Live value less published value; null where one of them has none." })
  difference: number | null;

  constructor(
    unit: UnitType,
    readonly vintageId: string,
    readonly of: VintageChange,
  ) {
    const { where, indicator, published, live, differs, beside } = of;
    const [was, is] = [published?.value ?? null, live?.value ?? null];
    Object.assign(this, { unit, ...where, published, live, differs, difference: was === null || is === null ? null : is - was });
    this.indicator = new IndicatorType(indicator);
    this.publishedBeside = beside && new VintageBeside(beside.published);
    this.liveBeside = beside && new VintageBeside(beside.live);
  }
}

export const VintageChangeConnection = connectionOf<VintageChangeType>(
  "VintageChange",
  () => VintageChangeType,
  "The published figures that are others today: federations first, then unions, then schools, each by code.",
);
