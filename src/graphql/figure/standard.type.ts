import { Ctx, Field, Float, ObjectType } from "type-graphql";
import { type Day, vietnameseDay } from "../../domain/ground/day.js";
import { deadlineKey, type Indicator } from "../../domain/figures/indicator.js";
import { deadlineOfLaw } from "../../domain/figures/judged-until.js";
import { directive } from "../../domain/records/kinds/directive.js";
import { type SettingInForce } from "../../domain/records/kinds/settings-in-force.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { type Standards } from "../../rollup/standards.js";
import { Free } from "../cost/price.js";
import { type GraphContext } from "../engine/context.js";
import { DayScalar } from "../engine/day.scalar.js";
import { Labels } from "../engine/labels.type.js";
import { type RecordType, recordOf, recordTypeFor } from "../record/record.type.js";
import { type Words } from "../../domain/ground/words.js";
import type { UnitView } from "../../domain/tree/unit-view.js";

const DIRECTIVE_OF_OTHERS: Words = {
  en: "A directive of a federation that stood above the unit in that school year and no longer does",
  vi: "Văn bản chỉ đạo của liên đoàn là cấp trên của đơn vị trong năm học đó",
};

/** Where a deadline or a target comes from: the setting of a directive, or a law in words. */
@ObjectType({ simpleResolvers: true })
abstract class Standard {
  constructor(
    private readonly unit: UnitView,
    private readonly from: SettingInForce | Words,
  ) {}

  @Free("BATCHED")
  @Field(() => recordTypeFor(directive.key), {
    nullable: true,
    description:
      "The directive that set it (văn bản chỉ đạo); null for the law, and for one of a federation that no longer stands above the unit.",
  })
  async directive(@Ctx() context: GraphContext): Promise<RecordType | null> {
    if (!("recordId" in this.from) || !(await this.isTold(context, this.from))) return null;
    const record = await context.loaders.record.load(this.from.recordId);
    return record && recordOf(record);
  }

  @Free("BATCHED")
  @Field(() => Labels, { description: "Where it comes from: the directive with number and day, or the law." })
  async source(@Ctx() context: GraphContext): Promise<Words> {
    if (!("recordId" in this.from)) return this.from;
    if (!(await this.isTold(context, this.from))) return DIRECTIVE_OF_OTHERS;
    const { number, issuedOn } = this.from;
    return { en: `Directive ${number} of ${issuedOn}`, vi: `Văn bản số ${number} ngày ${vietnameseDay(issuedOn)}` };
  }

  /** A directive is told to whom it binds today and to whoever sees the unit that issued it. */
  private async isTold(context: GraphContext, { unitId: issuer }: SettingInForce): Promise<boolean> {
    return [this.unit.id, ...this.unit.ancestorIds].includes(issuer) || (await context.loaders.unit(issuer)) !== null;
  }
}

@ObjectType({ description: "The last day on which a duty is done in time, and who set it (thời hạn).", simpleResolvers: true })
export class DeadlineInForce extends Standard {
  @Field(() => DayScalar, { description: "The last day that is in time." })
  readonly day: Day;

  constructor(unit: UnitView, from: SettingInForce | Words, day: Day) {
    super(unit, from);
    this.day = day;
  }
}

@ObjectType({ description: "What a directive asks for, and which one (chỉ tiêu được giao).", simpleResolvers: true })
export class TargetInForce extends Standard {
  @Field(() => Float, { description: "The value that is asked for, a rate as a fraction." })
  readonly value: number;

  constructor(unit: UnitView, setting: SettingInForce & { target: number }) {
    super(unit, setting);
    this.value = setting.target;
  }
}

/** The deadline of an indicator that holds for a unit: the nearest directive's, else the law's. */
export function deadlineInForce(unit: UnitView, standards: Standards, indicator: Indicator, year: SchoolYear): DeadlineInForce | null {
  const key = deadlineKey(indicator);
  const setting = standards.deadlines.get(key);
  if (setting) return new DeadlineInForce(unit, setting, setting.deadline);
  const lawful = deadlineOfLaw(key, year);
  return lawful && new DeadlineInForce(unit, lawful.law, lawful.day);
}

/** The target of an indicator that holds for a unit. */
export function targetInForce(unit: UnitView, standards: Standards, indicator: Indicator): TargetInForce | null {
  const setting = standards.targets.get(indicator.key);
  return setting ? new TargetInForce(unit, setting) : null;
}
