import { type Day, vietnameseDay } from "../ground/day.js";
import { dutyCounted, indicators } from "./catalogue.js";
import { deadlineKey, type Indicator } from "./indicator.js";
import { type SchoolYear } from "../tree/school-year.js";
import { type Obligation } from "../counting/obligation.js";
import { type Words } from "../ground/words.js";
import { type JudgedUntil } from "../counting/frozen-due.js";

/** Units whose duty was judged by one last day. */
export interface DeadlineUnits {
  deadline: Day;
  units: number;
}

/** Last days of a branch that are told one by one: each federation may set its own. */
export const MOST_DEADLINES = 10;

/** Whether a last day judges the units behind an indicator: its own, or that of another indicator. */
export function isJudgedByDay({ takesDeadline, judgedBy }: Pick<Indicator, "takesDeadline" | "judgedBy">): boolean {
  return takesDeadline === true || judgedBy !== undefined;
}

/** Duties that a last day judges. */
export const datedObligations: readonly Obligation[] = [
  ...new Map(indicators.filter(isJudgedByDay).flatMap(({ obligation }) => (obligation ? [[obligation.key, obligation]] : []))).values(),
];

/** What holds of the deadline of an indicator, by its key, where no directive sets it; `null` where nothing does. */
const undirected = (indicator: string) => dutyCounted(indicator)?.deadline?.unlessDirected ?? null;

/** The deadline that law sets where no directive does, and which law; by the key of the indicator. */
export function deadlineOfLaw(indicator: string, schoolYear: SchoolYear): { day: Day; law: Words } | null {
  const usual = undirected(indicator);
  return usual?.law ? { day: usual.day(schoolYear), law: usual.law } : null;
}

/** The deadline where no directive sets one: the law's, else that of the reporting period; `null` where there is none. */
export function deadlineUndirected(indicator: string, schoolYear: SchoolYear): Day | null {
  return undirected(indicator)?.day(schoolYear) ?? null;
}

/**
 * The last days other than the one that holds for a unit (`deadline`; null where none is set) by which units of its figure were
 * judged: first those of most. `null` where no day judges the indicator, or where it was not kept (vintages of 0.4.0).
 */
export function otherDeadlines(
  indicator: Indicator,
  judged: JudgedUntil,
  deadline: Day | null,
  schoolYear: SchoolYear,
): DeadlineUnits[] | null {
  const days = isJudgedByDay(indicator) && indicator.obligation ? judged[indicator.obligation.key] : undefined;
  const held = deadline ?? deadlineUndirected(deadlineKey(indicator), schoolYear) ?? schoolYear.endsOn;
  return days ? mostFirst(days).filter((each) => each.deadline !== held) : null;
}

/** All last days by which the units of some figures were judged: first those of most. */
export function allDeadlines({ obligation }: Indicator, figures: readonly JudgedUntil[]): DeadlineUnits[] {
  const total: Record<Day, number> = {};
  for (const judged of figures)
    for (const [day, units] of Object.entries((obligation && judged[obligation.key]) ?? {})) total[day] = (total[day] ?? 0) + units;
  return mostFirst(total);
}

/** Says that not all were judged alike, and by what; `null` where they were. */
export function unlikeInWords(deadlines: readonly DeadlineUnits[]): Words | null {
  if (deadlines.length < 2) return null;
  const named = deadlines.slice(0, MOST_DEADLINES);
  const more = deadlines.length - named.length;
  const en = [
    ...named.map(({ deadline, units }) => `${units} until ${deadline}`),
    ...(more ? [`others until ${more} other days`] : []),
  ].join(", ");
  const vi = [
    ...named.map(({ deadline, units }) => `${units} đơn vị đến ngày ${vietnameseDay(deadline)}`),
    ...(more ? [`các đơn vị khác theo ${more} hạn nữa`] : []),
  ].join(", ");
  return {
    en: `Not all units were judged by the same last day: ${en}. Who had more time is not better for it.`,
    vi: `Các đơn vị không cùng một hạn cuối: ${vi}. Đơn vị có hạn muộn hơn không vì thế mà tốt hơn.`,
  };
}

function mostFirst(days: Readonly<Record<Day, number>>): DeadlineUnits[] {
  return Object.entries(days)
    .map(([deadline, units]) => ({ deadline, units }))
    .sort((a, b) => b.units - a.units || (a.deadline < b.deadline ? -1 : 1));
}
