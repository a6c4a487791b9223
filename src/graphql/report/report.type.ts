import { Args, Ctx, Field, Int, ObjectType } from "type-graphql";
import { type Day } from "../../domain/ground/day.js";
import { indicators } from "../../domain/figures/catalogue.js";
import { type ReportContent, unitReport } from "../../domain/records/kinds/unit-report.js";
import { type StoredRecord } from "../../domain/records/record.js";
import { decide, isEstimate, type ReportAction } from "../../domain/reporting/report.js";
import { evidence, missingIn } from "../../domain/counting/report-evidence.js";
import { dueOn, isLate, recordingRefused, reportsHolding } from "../../domain/reporting/permission.js";
import { actorAt, closingsOver, reportAmong, standingOf } from "../../domain/reporting/report-standing.js";
import { type ReportingPeriod } from "../../domain/reporting/reporting-period.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { type Obligation } from "../../domain/counting/obligation.js";
import { isFederation } from "../../domain/tree/unit.js";
import { Costs, Free } from "../cost/price.js";
import { AuthorType } from "../unit/author.type.js";
import { type Page, PageArgs } from "../engine/connection.js";
import { type GraphContext } from "../engine/context.js";
import { DayScalar } from "../engine/day.scalar.js";
import { IndicatorType } from "../figure/indicator.type.js";
import { choiceEnum } from "../record/record.fields.js";
import { recordOf, recordTypeFor, type RecordType } from "../record/record.type.js";
import { RecordVersionConnection, type RecordVersionType, versionPage } from "../record/record-version.type.js";
import { allowed, Permission, refused } from "../unit/permission.type.js";
import { type Reports } from "../loaders/report.loader.js";
import { type ReportState, type Standing } from "../../domain/reporting/standing.js";
import type { UnitView } from "../../domain/tree/unit-view.js";

export const ReportingPeriodEnum = choiceEnum(unitReport.fields.period);
export const ReportStateEnum = choiceEnum(unitReport.fields.reportState);

@ObjectType({ description: "Whose closing of a period holds for a unit (khóa sổ).", simpleResolvers: true })
export class ClosingInForce {
  @Field(() => String, { description: "Name of the unit that closed it, as it was called on that day." })
  by: string;
  @Field(() => DayScalar, { description: "The day of the closing (ngày khóa sổ)." })
  on: Day;
}

/** A unit's report of a period, also where none has been submitted yet: then it is a draft. */
@ObjectType("ReportOfPeriod", {
  description:
    "Where a unit's report of a period stands (tình trạng báo cáo), and what the caller may do with it now. The unit submits it; a unit above accepts or returns it; a province closes the period.",
  simpleResolvers: true,
})
export class ReportOfPeriod {
  @Field(() => String, { description: 'Label of the school year, e.g. "2024-2025" (năm học).' })
  readonly schoolYear: string;
  @Field(() => ReportingPeriodEnum, { description: "The period (kỳ báo cáo)." })
  readonly period: ReportingPeriod;
  @Field(() => ReportStateEnum, { description: "Where it stands; DRAFT where nothing has been submitted yet (trạng thái)." })
  readonly state: ReportState;
  @Field(() => Int, { description: "Counts its versions; give it as expectedVersion. 0 where nothing has been submitted yet." })
  readonly version: number;
  @Field(() => DayScalar, {
    description:
      "The last day on which it is in time: the nearest directive's, else that of the period; or a later one that was given to the unit (hạn nộp).",
  })
  readonly dueOn: Day;
  @Field(() => DayScalar, { nullable: true, description: "The day of the submission that counts; null while there is none (ngày nộp)." })
  readonly submittedOn: Day | null;
  @Field(() => Boolean, {
    description:
      "Whether it is an estimate (số liệu ước): submitted before the cut-off, as a directive allows (daysEarly). Submitting it again from the cut-off on makes it final.",
  })
  readonly isEstimate: boolean;
  @Free("HELD")
  @Field(() => AuthorType, { nullable: true, description: "Who submitted it then (người nộp); null while there is no submission." })
  readonly submittedBy: AuthorType | null;
  @Field(() => DayScalar, { nullable: true, description: "The day of its acceptance, while it is accepted (ngày duyệt)." })
  readonly acceptedOn: Day | null;
  @Field(() => String, { nullable: true, description: "The unit that accepted it, by its name on that day (đơn vị duyệt)." })
  readonly acceptedBy: string | null;
  @Field(() => String, { nullable: true, description: "Why it was returned or opened again last, while that is what stands (lý do)." })
  readonly reason: string | null;
  @Free("HELD")
  @Field(() => ClosingInForce, {
    nullable: true,
    description: "The closing that holds for the unit; null where it may still work (khóa sổ).",
  })
  readonly closing: ClosingInForce | null;

  private readonly standing: Standing;
  private readonly record: StoredRecord | null;
  private readonly lacking: readonly Obligation[];

  constructor(
    private readonly unit: UnitView,
    private readonly year: SchoolYear,
    period: ReportingPeriod,
    private readonly reports: Reports,
  ) {
    const { held, dossier } = reports;
    this.standing = standingIn(unit, year, period, reports);
    this.record = reportAmong(held, unit.id, year.label, period);
    const content = this.record?.content as ReportContent | undefined;
    this.schoolYear = year.label;
    this.period = period;
    this.state = this.standing.state;
    this.version = this.record?.version ?? 0;
    this.dueOn = dueOn(year, period, dossier?.due ?? null);
    this.submittedOn = this.standing.submittedOn;
    this.isEstimate = isEstimate(this.standing);
    this.submittedBy = content?.submittedBy ? submitterOf(content) : null;
    this.acceptedOn = this.standing.acceptedOn;
    this.acceptedBy = this.standing.acceptedBy;
    this.reason = this.state === "DRAFT" || this.state === "RETURNED" ? (this.record?.reason ?? null) : null;
    this.closing = this.standing.closedAbove[0] ?? this.standing.closedItself;
    this.lacking = dossier ? missingIn(period, year, dossier) : [];
  }

  @Free("MADE")
  @Field(() => Boolean, { description: "Whether the submission came after the due day, or is missing and the day has passed (trễ hạn)." })
  late(@Ctx() { today }: GraphContext): boolean {
    return isLate(this.standing, this.dueOn, today);
  }

  @Costs({ most: evidence.length })
  @Field(() => [IndicatorType], {
    description:
      "What it owes and nothing has been reported of, as indicators (nội dung còn thiếu); of the first half what was due by its cut-off. It may be submitted all the same.",
  })
  missing(): IndicatorType[] {
    return lackingIndicators(this.lacking);
  }

  @Costs({ points: 5 })
  @Field(() => String, {
    nullable: true,
    description:
      "Fingerprint of the figures and records that it declares, as they are now (dấu vân số liệu): give it to acceptReport, so that you accept what you have read. Null where the unit does not count.",
  })
  fingerprint(@Ctx() { loaders }: GraphContext): Promise<string | null> {
    return loaders.fingerprints.load({ unitId: this.unit.id, level: null, schoolYear: this.year.label, period: this.period });
  }

  @Costs({ points: 150, scans: 0.5 })
  @Field(() => String, {
    nullable: true,
    description:
      "Fingerprint of the figures of the unit and of all below it, and of the directives that judge them, as they are now: give it to closePeriod or publishVintage. Null for a union or a school.",
  })
  async branchFingerprint(@Ctx() { loaders }: GraphContext): Promise<string | null> {
    const { unit, year, period } = this;
    return isFederation(unit.level)
      ? loaders.fingerprints.load({ unitId: unit.id, level: unit.level, schoolYear: year.label, period })
      : null;
  }

  @Free("MADE")
  @Field(() => Permission, { description: "Whether the caller may record, correct and withdraw the unit's records of the period now." })
  mayRecord(@Ctx() { caller }: GraphContext): Permission {
    const standings = reportsHolding(this.period).map((period) => standingIn(this.unit, this.year, period, this.reports));
    const refusal = recordingRefused(caller, standings);
    return refusal ? refused(refusal) : allowed;
  }

  @Free("MADE")
  @Field(() => Permission, { description: "Whether the caller may submit it now (submitReport)." })
  maySubmit(@Ctx() context: GraphContext): Promise<Permission> {
    return this.permission("SUBMIT", context);
  }

  @Free("MADE")
  @Field(() => Permission, { description: "Whether the caller may accept it now (acceptReport)." })
  mayAccept(@Ctx() context: GraphContext): Promise<Permission> {
    return this.permission("ACCEPT", context);
  }

  @Free("MADE")
  @Field(() => Permission, { description: "Whether the caller may return it now (returnReport)." })
  mayReturn(@Ctx() context: GraphContext): Promise<Permission> {
    return this.permission("RETURN", context);
  }

  @Free("MADE")
  @Field(() => Permission, { description: "Whether the caller may open it again now (reopenReport)." })
  mayReopen(@Ctx() context: GraphContext): Promise<Permission> {
    return this.permission("REOPEN", context);
  }

  @Free("PAGED")
  @Field(() => RecordVersionConnection, {
    description: "Who did what to it, when and why, the newest first; empty where nothing happened yet.",
  })
  history(@Ctx() context: GraphContext, @Args(() => PageArgs) page: PageArgs): Promise<Page<RecordVersionType>> {
    return versionPage(context, this.record, page);
  }

  @Free("MADE")
  @Field(() => recordTypeFor(unitReport.key), { nullable: true, description: "The same as a record; null where nothing happened yet." })
  get asRecord(): RecordType | null {
    return this.record && recordOf(this.record);
  }

  private async permission(action: ReportAction, { caller, today, loaders }: GraphContext): Promise<Permission> {
    const closers = await Promise.all(closingsOver(this.standing).map(({ unitId }) => loaders.anyUnit.load(unitId)));
    const lines = new Map(closers.flatMap((view) => (view ? [[view.id, [view.id, ...view.ancestorIds]]] : [])));
    const top = caller.unitId === null ? null : await loaders.anyUnit.load(caller.unitId);
    const actor = actorAt(caller, top?.level ?? null, today, this.unit.id, this.standing, (unitId) => lines.get(unitId) ?? []);
    const { reporting } = await loaders.standards.load({ unitId: this.unit.id, schoolYear: this.year });
    const decision = decide(action, this.standing, actor, reporting);
    return decision.outcome === "STORED" ? allowed : refused(decision);
  }
}

function standingIn(unit: UnitView, year: SchoolYear, period: ReportingPeriod, { held, dossier }: Reports): Standing {
  return standingOf({ unitId: unit.id, hasSuperior: unit.parentId !== null, counted: dossier?.counted ?? false }, year, period, held);
}

/** Obligations of which nothing was reported, as the indicators by which people know them. */
export function lackingIndicators(obligations: readonly Obligation[]): IndicatorType[] {
  return obligations.flatMap((duty) => {
    const indicator = indicators.find(({ obligation }) => obligation?.key === duty.key);
    return indicator ? [new IndicatorType(indicator)] : [];
  });
}

function submitterOf({ submittedBy, submittedByToken, submittedByUnit }: ReportContent): AuthorType {
  return new AuthorType({ name: submittedBy!, tokenId: submittedByToken ?? null, unitName: submittedByUnit });
}
