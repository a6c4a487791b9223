import { Ctx, Field, Int, ObjectType } from "type-graphql";
import { type Day } from "../../domain/ground/day.js";
import { checkByKey, checks } from "../../domain/findings/catalogue.js";
import { type Check } from "../../domain/findings/check.js";
import { isOfFigures } from "../../domain/findings/examination.js";
import { type Finding, SEVERITIES, type Severity } from "../../domain/findings/finding.js";
import { findingAcknowledgement } from "../../domain/records/kinds/finding-acknowledgement.js";
import { Costs, Free } from "../cost/price.js";
import { connectionOf } from "../engine/connection.js";
import { type GraphContext } from "../engine/context.js";
import { DayScalar } from "../engine/day.scalar.js";
import { FindingStateEnum, SeverityEnum } from "../engine/enums.js";
import { Labels } from "../engine/labels.type.js";
import { Reconciliation, reconciliationOf } from "../analysis/reconciliation.type.js";
import { recordOf, RecordType, recordTypeFor } from "../record/record.type.js";
import { unitOf, UnitType } from "../unit/unit.type.js";
import { type Words } from "../../domain/ground/words.js";
import type { FindingCount } from "../../domain/findings/finding-list.js";

export type FindingState = "OPEN" | "ACKNOWLEDGED";

@ObjectType("FindingCheck", {
  description: "A data-quality check: what must hold, and what to do where it does not (kiểm tra số liệu).",
  simpleResolvers: true,
})
export class FindingCheckType {
  @Field(() => String, { description: 'Stable name, e.g. "OPENING_DIFFERS_FROM_CLOSING".' })
  key: string;
  @Field(() => SeverityEnum, { description: "How grave what it finds is (mức độ)." })
  severity: Severity;
  @Free("HELD")
  @Field(() => Labels, { description: "What it is called (tên)." })
  name: Words;
  @Free("HELD")
  @Field(() => Labels, { description: "What must hold (quy tắc)." })
  rule: Words;
  @Free("HELD")
  @Field(() => Labels, { description: "What to do about a finding (cách xử lý)." })
  mending: Words;
  @Field(() => String, {
    nullable: true,
    description: "Law, decree or practice that it rests on; null where figures simply contradict each other.",
  })
  source: string | null;

  constructor({ key, severity, name, rule, mending, source }: Check) {
    Object.assign(this, { key, severity, name, rule, mending, source });
  }
}

function checkOf(key: string): Check {
  const check = checkByKey(key);
  if (!check) throw new Error(`a finding of the check ${key}, which is not in the catalogue`);
  return check;
}

@ObjectType("UnitFinding", {
  description: "Something in a unit's records that looks wrong (phát hiện). It counts, and stands here until it is mended.",
  simpleResolvers: true,
})
export class UnitFinding {
  @Field(() => String, { description: "Label of the school year of which it speaks." })
  schoolYear: string;
  @Free("HELD")
  @Field(() => FindingCheckType, { description: "The check that found it." })
  check: FindingCheckType;
  @Field(() => SeverityEnum, { description: "How grave it is (mức độ)." })
  severity: Severity;
  @Field(() => FindingStateEnum, { description: "Whether somebody has said why it is right as it is." })
  state: FindingState;
  @Free("HELD")
  @Field(() => Labels, { description: "The finding as a sentence (nội dung)." })
  message: Words;
  @Field(() => String, {
    description: "The field to look at; of a missing report the duty, of two units of one name the code of the later one.",
  })
  field: string;
  @Field(() => DayScalar, { description: "Since when it holds (từ ngày)." })
  since: Day;
  @Field(() => String, {
    description: "Changes with the values of the finding; give it to acknowledgeFinding to be refused where they have changed.",
  })
  fingerprint: string;

  constructor(readonly finding: Finding) {
    const { schoolYear, severity, open, field, since, fingerprint, values } = finding;
    const check = checkOf(finding.check);
    Object.assign(this, { schoolYear, severity, field, since, fingerprint, message: check.message(values as never) });
    this.check = new FindingCheckType(check);
    this.state = open ? "OPEN" : "ACKNOWLEDGED";
  }

  @Free("BATCHED")
  @Field(() => UnitType, { description: "The unit in whose records it is (đơn vị)." })
  async unit(@Ctx() context: GraphContext): Promise<UnitType> {
    const view = await context.loaders.unit(this.finding.unitId);
    if (!view) throw new Error(`a finding of unit ${this.finding.unitId}, which is outside the branch`);
    return unitOf(view);
  }

  @Free("BATCHED")
  @Field(() => RecordType, { nullable: true, description: "The record to look at; null where a report is missing (hồ sơ)." })
  async record(@Ctx() context: GraphContext): Promise<RecordType | null> {
    return recordNamed(context, this.finding.recordId);
  }

  @Costs({ points: 20 })
  @Field(() => Reconciliation, {
    nullable: true,
    description: "Of a published figure that differs: it, what the hub computes, and the causes; null for any other check.",
  })
  async reconciliation(@Ctx() context: GraphContext): Promise<Reconciliation | null> {
    const { unitId, check, recordId, schoolYear } = this.finding;
    return isOfFigures(check) && recordId !== null ? reconciliationOf(context, { unitId, recordId, schoolYear }) : null;
  }

  @Free("BATCHED")
  @Field(() => recordTypeFor(findingAcknowledgement.key), {
    nullable: true,
    description: "Who acknowledged it and why (xác nhận). Of an open finding: an acknowledgement of values that have changed since.",
  })
  async acknowledgement(@Ctx() context: GraphContext): Promise<RecordType | null> {
    return recordNamed(context, this.finding.acknowledgementId);
  }
}

async function recordNamed(context: GraphContext, id: string | null): Promise<RecordType | null> {
  const record = id === null ? null : await context.loaders.record.load(id);
  return record && recordOf(record);
}

export const UnitFindingConnection = connectionOf<UnitFinding>(
  "UnitFinding",
  () => UnitFinding,
  "What looks wrong in the records of a unit and all below it, as far as they are in the caller's branch today; the gravest first, of one severity the latest.",
);

@ObjectType("SeverityCount", { description: "How many findings there are of a severity.", simpleResolvers: true })
export class SeverityCount {
  @Field(() => SeverityEnum, { description: "How grave they are (mức độ)." })
  severity: Severity;
  @Field(() => Int, { description: "Findings that are open (chưa xử lý)." })
  open: number;
  @Field(() => Int, { description: "Findings that are acknowledged (đã xác nhận)." })
  acknowledged: number;
}

@ObjectType("CheckCount", { description: "How many findings there are of a check.", simpleResolvers: true })
export class CheckCount {
  @Free("HELD")
  @Field(() => FindingCheckType, { description: "The check." })
  check: FindingCheckType;
  @Field(() => Int, { description: "Findings that are open (chưa xử lý)." })
  open: number;
  @Field(() => Int, { description: "Findings that are acknowledged (đã xác nhận)." })
  acknowledged: number;
}

/** The counts of a unit's branch, out of one for each check. */
@ObjectType("FindingCounts", { description: "How many findings there are in a unit and all below it.", simpleResolvers: true })
export class FindingCounts {
  @Field(() => Int, { description: "All that are open (chưa xử lý)." })
  open: number;
  @Field(() => Int, { description: "All that are acknowledged (đã xác nhận)." })
  acknowledged: number;
  @Costs({ most: Object.keys(SEVERITIES).length })
  @Field(() => [SeverityCount], { description: "By severity, the gravest first; only severities that occur." })
  bySeverity: SeverityCount[];
  @Costs({ most: checks.length })
  @Field(() => [CheckCount], { description: "By check, the gravest first; only checks that found something." })
  byCheck: CheckCount[];

  constructor(counts: readonly FindingCount[]) {
    const sums = (some: readonly FindingCount[]) => ({
      open: some.reduce((total, { open }) => total + open, 0),
      acknowledged: some.reduce((total, { acknowledged }) => total + acknowledged, 0),
    });
    const severities = [...new Set(counts.map(({ severity }) => severity))];
    const bySeverity = severities.map((severity) => ({ severity, ...sums(counts.filter((count) => count.severity === severity)) }));
    const byCheck = counts.map((count) => ({ check: new FindingCheckType(checkOf(count.check)), ...sums([count]) }));
    Object.assign(this, { ...sums(counts), bySeverity, byCheck });
  }
}
