import { type Caller, inBranch, roleAllows } from "../ground/caller.js";
import { type Day } from "../ground/day.js";
import { type Content } from "../records/field.js";
import { periodClosing } from "../records/kinds/period-closing.js";
import { type StoredRecord } from "../records/record.js";
import { type ReportContent, unitReport } from "../records/kinds/unit-report.js";
import { type Actor } from "./report.js";
import { periodOf, type ReportingPeriod } from "./reporting-period.js";
import { type SchoolYear } from "../tree/school-year.js";
import { type Level, isFederation } from "../tree/unit.js";
import { type Closing, type Standing } from "./standing.js";

/** What is known of a unit in a school year besides its reports and the closings over them. */
export interface ReportingUnit {
  unitId: string;
  hasSuperior: boolean;
  counted: boolean;
}

/** The unit's own report of a period among records that stand over it; `null` where it has none yet. */
export function reportAmong(
  held: readonly StoredRecord[],
  unitId: string,
  schoolYear: string,
  period: ReportingPeriod,
): StoredRecord | null {
  const own = (record: StoredRecord) => record.unitId === unitId && record.kind === unitReport.key;
  return held.find((record) => own(record) && record.schoolYear === schoolYear && record.key === period) ?? null;
}

/**
 * Where a unit's report of a period stands. `held`: its reports, and the closings of units above it and of itself. Who closes
 * the whole year closes its first half, which is in it.
 */
export function standingOf(unit: ReportingUnit, year: SchoolYear, period: ReportingPeriod, held: readonly StoredRecord[]): Standing {
  const record = reportAmong(held, unit.unitId, year.label, period);
  const report = record?.content as ReportContent | undefined;
  const wholeYear = reportAmong(held, unit.unitId, year.label, "WHOLE_YEAR")?.content as ReportContent | undefined;
  const isClosing = ({ kind, schoolYear, key }: StoredRecord) =>
    kind === periodClosing.key &&
    schoolYear === year.label &&
    (key === period || (key === "WHOLE_YEAR" && !wholeYear?.reopenedAfterClosing));
  const closings = report?.reopenedAfterClosing ? [] : held.filter(isClosing).map(closingOf);
  return {
    schoolYear: year.label,
    period,
    state: report?.reportState ?? "DRAFT",
    submittedOn: report?.submittedOn ?? null,
    finalSince: report ? finalSinceOf(report, periodOf(year, period).cutOff) : null,
    lastActor: record && { name: record.recordedBy, tokenId: record.recordedByToken },
    acceptedOn: report?.acceptedOn ?? null,
    acceptedBy: report?.acceptedBy ?? null,
    from: periodOf(year, period).from,
    cutOff: periodOf(year, period).cutOff,
    hasSuperior: unit.hasSuperior,
    counted: unit.counted,
    closedAbove: closings.filter(({ unitId }) => unitId !== unit.unitId),
    closedItself: closings.find(({ unitId }) => unitId === unit.unitId) ?? null,
  };
}

/** The day on which a report was first submitted after its period. */
function finalSinceOf({ submittedOn, confirmedOn }: ReportContent, cutOff: Day): Day | null {
  return submittedOn !== null && submittedOn >= cutOff ? submittedOn : (confirmedOn ?? null);
}

/** The closings that hold for a unit: by those above it and by itself. */
export function closingsOver({ closedAbove, closedItself }: Standing): Closing[] {
  return closedItself ? [...closedAbove, closedItself] : [...closedAbove];
}

/**
 * The caller as seen from a unit of its branch. `top`: the level of the top of its branch; a union only submits for its schools.
 * `lineOf`: a closing unit and its ancestors today, as far as they are known.
 */
export function actorAt(
  caller: Caller,
  top: Level | null,
  today: Day,
  unitId: string,
  standing: Standing,
  lineOf: (unitId: string) => readonly string[],
): Actor {
  return {
    today,
    token: { name: caller.name, tokenId: caller.tokenId },
    records: roleAllows(caller, "RECORD"),
    stands: caller.unitId !== unitId && (top === null || isFederation(top)) ? "ABOVE" : "INSIDE",
    keepsClosings: closingsOver(standing).every((closing) => inBranch(caller, lineOf(closing.unitId))),
  };
}

function closingOf({ unitId, content }: StoredRecord): Closing {
  const { period, closedBy, closedOn } = content as Content<typeof periodClosing.fields>;
  return { unitId, period, by: closedBy, on: closedOn };
}
