/**
 * A day of the calendar as "YYYY-MM-DD". Days compare and sort as text. Every interval in the hub is half-open: the
 * first day is in it, `until` is not.
 */
export type Day = string;

/** The `until` of something that has not ended. */
export const NEVER: Day = "9999-12-31";
/** The `from` of something that has always been. */
export const ALWAYS: Day = "0000-01-01";

const shape = /^(\d{4})-(\d{2})-(\d{2})$/;

/** True for a real day between 1900 and 2200: "2024-02-30" is none. */
export function isDay(text: string): boolean {
  const parts = shape.exec(text);
  if (!parts) return false;
  const date = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return false;
  const year = Number(parts[1]);
  return date.toISOString().startsWith(text) && year >= 1900 && year <= 2200;
}

/** The day `count` days later (earlier when negative). */
export function addDays(day: Day, count: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** How many days later the second is; 0 for the same day. */
export function daysBetween(first: Day, second: Day): number {
  return Math.round((Date.parse(second) - Date.parse(first)) / 86_400_000);
}

/** The same day `count` months later; the last day of that month where it is shorter (31 January + 1 = 28 February). */
export function addMonths(day: Day, count: number): Day {
  // In numbers, as every dossier asks several times.
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + count;
  const [year, month] = [Math.floor(months / 12), (months % 12) + 1];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  const date = Math.min(Number(day.slice(8)), last);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

/** The day `count` working days later. Saturdays and Sundays are none; public holidays are not known here. */
export function addWorkingDays(day: Day, count: number): Day {
  let result = day;
  for (let left = count; left > 0;) {
    result = addDays(result, 1);
    if (![0, 6].includes(new Date(`${result}T00:00:00Z`).getUTCDay())) left -= 1;
  }
  return result;
}

/** Today's day in Vietnam (UTC+7, no summer time), where deadlines are kept. */
export function dayInVietnam(instant: Date): Day {
  return new Date(instant.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);
}

/** What has a first day and a day from which it no longer is. */
export interface Interval {
  from: Day;
  until: Day;
}

/** True when the day lies in the interval. */
export function covers(interval: Interval, day: Day): boolean {
  return interval.from <= day && day < interval.until;
}

/** A day as people in Việt Nam write it: "21/8/2023". */
export function vietnameseDay(day: Day): string {
  const [year, month, date] = day.split("-").map(Number);
  return `${date}/${month}/${year}`;
}
