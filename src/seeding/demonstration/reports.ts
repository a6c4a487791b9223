import { addDays, type Day } from "../../domain/ground/day.js";
import { type ReportingPeriod } from "../../domain/reporting/reporting-period.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { levelOf } from "../../domain/tree/unit.js";
import { type PublicationDraft, type RecordDraft, type ReportStep, type UnitDraft } from "../seed.js";
import { diceFor } from "./dice.js";
import { type Exceptions } from "./plan.js";

/** The province that works with reports, and the federation that also collects those of the first half. */
const PROVINCE = "CB";
const COLLECTS_HALVES = "CB-TP";
/** The school year that is closed, and the one that is still being collected. */
const CLOSED_YEAR = "2022-2023";
const OPEN_YEAR = "2023-2024";
/** How many of its districts have begun to collect the open year. */
const BEGUN = 3;

/** The closed year as it was published, with a number of its own to cite it by. */
export const PUBLICATIONS: readonly PublicationDraft[] = [
  { unit: PROVINCE, schoolYear: CLOSED_YEAR, on: "2023-07-10", title: "Minh hoạ: Báo cáo tổng kết hoạt động công đoàn năm học 2022-2023" },
];

/** What two unions answered to a finding. */
export const ACKNOWLEDGEMENTS: readonly RecordDraft[] = ["CB-TK-TH-TRALINH-CD", "CB-HQ-MN-NGOCDAO-CD"].map((unit) => ({
  kind: "findingAcknowledgement",
  unit,
  schoolYear: OPEN_YEAR,
  content: { check: "NOTHING_REPORTED", because: "Minh hoạ: công đoàn đang kiện toàn, số liệu nằm trong báo cáo của trường." },
}));

/** Likelihoods: a report in time; in the open year submitted at all, then accepted, else returned or waiting. */
const IN_TIME = 0.94;
const SUBMITTED = 0.82;
const ACCEPTED = 0.8;
const RETURNED = 0.4;
/** Why reports come back. */
const REASONS = [
  "Số đoàn viên cuối kỳ chưa khớp với biến động trong kỳ, đề nghị kiểm tra lại.",
  "Chưa cập nhật ngày tổ chức hội nghị, đề nghị bổ sung.",
  "Thiếu báo cáo hoạt động công đoàn, đề nghị bổ sung rồi nộp lại.",
] as const;

/**
 * What became of the reports of Cao Bằng: one year accepted and closed, the next one half collected. Schools whose conference
 * is left to be recorded by whoever tries the hub have not submitted theirs.
 */
export function reportsOf(units: readonly UnitDraft[], years: readonly SchoolYear[], { conferences }: Exceptions): ReportStep[] {
  const parents = new Map(units.map(({ code, parent }) => [code, parent]));
  const districts = units.filter(({ parent, kind }) => parent === PROVINCE && levelOf(kind) === "DISTRICT").map(({ code }) => code);
  const federationOf = (code: string): string | null => {
    for (let at: string | null = code; at; at = parents.get(at) ?? null) if (districts.includes(at)) return at;
    return null;
  };
  const steps = years.flatMap((year) => {
    const waits = ({ code }: UnitDraft) =>
      year.label === OPEN_YEAR &&
      conferences.some(({ unit, schoolYear, outcome }) => unit === code && schoolYear === year.label && outcome === "NO_REPORT");
    const counted = units.filter((unit) => unit.openedOn <= year.referenceDate && !waits(unit));
    const below = (district: string) =>
      counted.filter(({ code }) => code !== district && federationOf(code) === district).map(({ code }) => code);
    if (year.label === CLOSED_YEAR) return closedYear(year, districts, below);
    return year.label === OPEN_YEAR ? openYear(year, districts.slice(0, BEGUN), below) : [];
  });
  return steps
    .filter(({ action, units: of }) => action === "CLOSE" || of.length > 0)
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

type Below = (district: string) => string[];

const step = (
  action: ReportStep["action"],
  by: string,
  on: Day,
  year: SchoolYear,
  units: string[],
  more: Partial<ReportStep> = {},
): ReportStep => ({
  ...{ action, by, on, schoolYear: year.label, period: "WHOLE_YEAR" as ReportingPeriod, units, reason: null },
  ...more,
});

function closedYear(year: SchoolYear, districts: readonly string[], below: Below): ReportStep[] {
  const end = year.endsOn;
  return [
    ...halves(year, below),
    ...districts.flatMap((district) => {
      const units = below(district);
      const isLate = (code: string) => !diceFor(`${code} report ${year.label}`).chance(IN_TIME);
      return [
        step(
          "SUBMIT",
          district,
          end,
          year,
          units.filter((code) => !isLate(code)),
        ),
        step("SUBMIT", district, addDays(end, 5), year, units.filter(isLate)),
        step("ACCEPT", district, addDays(end, 10), year, units),
        step("SUBMIT", district, addDays(end, 12), year, [district]),
      ];
    }),
    step("ACCEPT", PROVINCE, addDays(end, 18), year, [...districts]),
    step("CLOSE", PROVINCE, addDays(end, 30), year, []),
    step("SUBMIT", PROVINCE, addDays(end, 33), year, [PROVINCE]),
  ];
}

function openYear(year: SchoolYear, districts: readonly string[], below: Below): ReportStep[] {
  const end = year.endsOn;
  return [
    ...halves(year, below),
    ...districts.flatMap((district) => {
      const fate = (code: string) => {
        const dice = diceFor(`${code} report ${year.label}`);
        if (!dice.chance(SUBMITTED)) return "DRAFT";
        return dice.chance(ACCEPTED) ? "ACCEPTED" : dice.chance(RETURNED) ? dice.pick(REASONS) : "SUBMITTED";
      };
      const units = below(district).map((code) => ({ code, fate: fate(code) }));
      const of = (wanted: string) => units.filter((unit) => unit.fate === wanted).map(({ code }) => code);
      return [
        step(
          "SUBMIT",
          district,
          end,
          year,
          units.filter((unit) => unit.fate !== "DRAFT").map(({ code }) => code),
        ),
        ...REASONS.map((reason) => step("RETURN", district, addDays(end, 6), year, of(reason), { reason })),
        step("ACCEPT", district, addDays(end, 9), year, of("ACCEPTED")),
      ];
    }),
  ];
}

/** The reports of the first half where they are collected: all submitted and accepted in December. */
function halves(year: SchoolYear, below: Below): ReportStep[] {
  const units = below(COLLECTS_HALVES);
  const first = year.label.slice(0, 4);
  const half = { period: "FIRST_HALF" } as const;
  return [
    step("SUBMIT", COLLECTS_HALVES, `${first}-12-08`, year, units, half),
    step("ACCEPT", COLLECTS_HALVES, `${first}-12-20`, year, units, half),
  ];
}
