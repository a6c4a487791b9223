import { type Day, vietnameseDay } from "../ground/day.js";
import { type Problem, problem } from "../ground/problem.js";
import { type Words } from "../ground/words.js";
import { type SchoolYear } from "../tree/school-year.js";
import { day } from "./field.js";

/** The days of which the counts of a report can be, first and last. */
export interface CountedDays {
  from: Day;
  until: Day;
}

/** The field of the day of which, or up to which, a report counts. `until`: the day that is meant once it has come. */
export const asOfDay = (what: string, until: string) =>
  day({ en: "as of", vi: "ngày chốt số liệu" }, `${what}; unless given, ${until}, or today where that is earlier (chốt số liệu).`);

/** The day that a report means: the one that it gives, else the last possible one or today, whichever is earlier. */
export function asOfMeant(given: Day | null, { until }: CountedDays, today: Day): Day {
  return given ?? (until < today ? until : today);
}

/** Why a report cannot count up to the day that it gives, or on any day yet. */
export function asOfProblems(
  given: Day | null,
  { from, until }: CountedDays,
  { label }: SchoolYear,
  today: Day,
): (Problem & { field: AsOfField })[] {
  const outside = (field: AsOfField, message: Words) => [{ ...problem("OUT_OF_RANGE", field, message), field }];
  if (given === null || (from <= given && given <= until)) return [];
  if (today < from)
    return outside("schoolYear", {
      en: `${label} has not begun on ${today}: what is reported of it counts from ${from} on.`,
      vi: `Ngày ${vietnameseDay(today)}, năm học ${label} chưa bắt đầu: số liệu của năm học tính từ ngày ${vietnameseDay(from)}.`,
    });
  return outside("asOf", {
    en: `${given} is outside ${label}; expected ${from} to ${until}.`,
    vi: `Ngày ${vietnameseDay(given)} nằm ngoài năm học ${label}; cần từ ${vietnameseDay(from)} đến ${vietnameseDay(until)}.`,
  });
}

type AsOfField = "asOf" | "schoolYear";
