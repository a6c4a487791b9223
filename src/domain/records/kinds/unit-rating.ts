import { vietnameseNumber } from "../../ground/words.js";
import { addDays, addMonths, type Day, vietnameseDay } from "../../ground/day.js";
import { type Dossier, isUnion, recordsOf } from "../../counting/dossier.js";
import { dueFor } from "../../counting/due.js";
import { openSince as openSinceOn, placementOn } from "../../tree/history.js";
import { countsEventOf } from "../../tree/school-year.js";
import { stock, type Measure, measures } from "../../counting/measure.js";
import { judged, obligation, ONLY_DIRECTED, statusMeasures } from "../../counting/obligation.js";
import { choice, count, day, number, required, text } from "../field.js";
import { recordKind } from "../kind.js";
import { refusals } from "../refusals.js";

/** Is the union rated good or better for the last calendar year? */
export const ratedGoodOrBetter = obligation("unitRating", { deadline: ONLY_DIRECTED });

const LEVELS = {
  EXCELLENT: "Fulfilled its tasks excellently (hoàn thành xuất sắc nhiệm vụ).",
  GOOD: "Fulfilled its tasks well (hoàn thành tốt nhiệm vụ).",
  COMPLETED: "Fulfilled its tasks (hoàn thành nhiệm vụ).",
  NOT_COMPLETED: "Did not fulfil its tasks (không hoàn thành nhiệm vụ).",
  NOT_RATED: "Not rated: too short in operation after founding or merger (chưa xếp loại).",
} as const;

const rated = measures({
  unionsRatedExcellent: stock(),
  unionsRatedGood: stock(),
  unionsRatedCompleted: stock(),
  unionsRatedNotCompleted: stock(),
  unionsNotRated: stock(),
});
/** The measure of each rating. */
export const RATED: Readonly<Record<keyof typeof LEVELS, Measure>> = {
  EXCELLENT: rated.unionsRatedExcellent,
  GOOD: rated.unionsRatedGood,
  COMPLETED: rated.unionsRatedCompleted,
  NOT_COMPLETED: rated.unionsRatedNotCompleted,
  NOT_RATED: rated.unionsNotRated,
};

/** Months in operation by the end of the year: of a new union, and after a split, merger or consolidation. Guidance 1294/HD-TLĐ of 2019. */
const MONTHS_NEW = 12;
const MONTHS_REORGANISED = 6;

const fields = {
  year: required(
    count(
      { en: "year", vi: "năm xếp loại" },
      "The calendar year that is rated, e.g. 2024 (năm). With the union it is the record's identity.",
    ),
  ),
  level: choice(
    { en: "rating", vi: "kết quả xếp loại" },
    "RatingLevel",
    LEVELS,
    "The rating as the union above approved it (kết quả xếp loại); none while only the union has rated itself.",
  ),
  selfRated: choice(
    { en: "own rating", vi: "tự xếp loại" },
    "RatingLevel",
    LEVELS,
    "What the union rated itself (tự xếp loại); it counts nowhere.",
  ),
  score: number({ en: "score", vi: "điểm" }, "Points of 100, on the scale of the guidance in force (điểm)."),
  approvedOn: day({ en: "approved on", vi: "ngày công nhận" }, "The day on which the union above approved it (ngày công nhận)."),
  reorganisedOn: day(
    { en: "reorganised on", vi: "ngày chia tách, sáp nhập, hợp nhất" },
    "The day of the last split, merger or consolidation of the union (ngày chia tách, sáp nhập, hợp nhất): then 6 months in operation are enough, not 12. Guidance 1294/HD-TLĐ of 2019.",
  ),
  remark: text({ en: "remark", vi: "ghi chú" }, "Anything worth knowing; name no person (ghi chú)."),
} as const;

/** Points on every scale that is known. */
const MOST_POINTS = 100;

const endOf = (year: number): Day => `${String(year).padStart(4, "0")}-12-31`;

/** Whether somebody who has been in operation since a day had been for so many months when a year ended, its last day included. */
const hasBeenFor = (months: number, since: Day, year: number) => addMonths(since, months) <= addDays(endOf(year), 1);

/** Rating of a union: see the description, which the API prints. */
export const unitRating = recordKind({
  key: "unitRating",
  typeName: "UnitRating",
  name: { en: "rating of a union", vi: "xếp loại công đoàn cơ sở" },
  mutations: { record: "recordUnitRating", withdraw: "withdrawUnitRating" },
  description:
    "Rating of a grassroots union for a calendar year (xếp loại, đánh giá chất lượng hoạt động công đoàn cơ sở), as the union above approved it after the year. It counts in the school year in which the end of the year counts: 2024 in 2024-2025. A union is rated after 12 months in operation, after 6 since a split, merger or consolidation. Source: guidance 1294/HD-TLĐ of 14 August 2019.",
  levels: ["GRASSROOTS"],
  deed: "RECORD",
  schoolYear: "NEVER",
  day: ({ year }) => (year ? endOf(year) : null),
  fields,
  keyOf: ({ year }) => String(year ?? ""),
  most: () => 100,
  rules: refusals(fields, (check, { year, level, selfRated, score, approvedOn, reorganisedOn }, { unit, today }) => {
    if (!level && !selfRated)
      check.refuse("REQUIRED", "level", {
        en: "Give level, or selfRated while the union above has not approved it.",
        vi: "Ghi kết quả xếp loại (level), hoặc tự xếp loại (selfRated) khi công đoàn cấp trên chưa công nhận.",
      });
    if (approvedOn && !level)
      check.refuse("REQUIRED", "level", {
        en: "It was approved: say what was approved.",
        vi: "Đã có ngày công nhận: ghi rõ kết quả xếp loại (level).",
      });
    if (score !== null && (score < 0 || score > MOST_POINTS))
      check.refuse("OUT_OF_RANGE", "score", {
        en: `A score is 0 to ${MOST_POINTS}; got ${score}.`,
        vi: `Điểm từ 0 đến ${MOST_POINTS}; đã ghi ${vietnameseNumber(score)}.`,
      });
    if (year === null) return;
    if (year < 2000 || year > Number(today.slice(0, 4)))
      return check.refuse("OUT_OF_RANGE", "year", {
        en: `${year} is not a year that can be rated; expected 2000 to ${today.slice(0, 4)}.`,
        vi: `${year} không phải là năm được xếp loại; cần từ 2000 đến ${today.slice(0, 4)}.`,
      });
    const end = endOf(year);
    if (today < end)
      return check.refuse("OUT_OF_RANGE", "year", {
        en: `${year} has not ended; a union is rated for a whole calendar year.`,
        vi: `Năm ${year} chưa kết thúc; công đoàn được xếp loại theo cả năm dương lịch.`,
      });
    if (approvedOn && approvedOn < end)
      check.refuse("OUT_OF_RANGE", "approvedOn", {
        en: `${approvedOn} lies before the end of ${year}, the year that is rated.`,
        vi: `Ngày ${vietnameseDay(approvedOn)} trước khi kết thúc năm ${year}, năm được xếp loại.`,
      });
    if (!placementOn(unit, end))
      return check.refuse("UNIT_CLOSED", "year", {
        en: `The union was not open on ${end}.`,
        vi: `Công đoàn không hoạt động vào ngày ${vietnameseDay(end)}.`,
      });
    if (reorganisedOn && reorganisedOn > end)
      return check.refuse("OUT_OF_RANGE", "reorganisedOn", {
        en: `${reorganisedOn} lies after ${year}, the year that is rated.`,
        vi: `Ngày ${vietnameseDay(reorganisedOn)} sau năm ${year}, năm được xếp loại.`,
      });
    if (!level || level === "NOT_RATED") return;
    const since = reorganisedOn ?? openSinceOn(unit, end);
    const months = reorganisedOn ? MONTHS_REORGANISED : MONTHS_NEW;
    if (!hasBeenFor(months, since, year))
      check.refuse("RULE", "level", {
        en: `In operation since ${since}, the union is not rated for ${year}: ${months} months are needed (guidance 1294/HD-TLĐ of 2019). Record NOT_RATED${reorganisedOn ? "" : `, or say reorganisedOn where it was split or merged: then ${MONTHS_REORGANISED} are enough`}.`,
        vi: `Công đoàn hoạt động từ ngày ${vietnameseDay(since)} nên chưa xếp loại năm ${year}: cần đủ ${months} tháng (Hướng dẫn 1294/HD-TLĐ năm 2019). Hãy ghi NOT_RATED${reorganisedOn ? "" : `; nếu công đoàn được chia tách, sáp nhập thì ghi ngày đó (reorganisedOn), khi đó chỉ cần ${MONTHS_REORGANISED} tháng`}.`,
      });
  }),
  measures: [...statusMeasures(ratedGoodOrBetter), ...Object.values(rated)],
  obligations: [ratedGoodOrBetter],
  tally(dossier, write) {
    const level = ratingOf(dossier);
    const done = level === "EXCELLENT" || level === "GOOD";
    const owed = isUnion(dossier) && level !== "NOT_RATED" && (level !== null || isOldEnough(dossier));
    write.status(ratedGoodOrBetter, judged({ done, owed, denied: level !== null }), dueFor(dossier, ratedGoodOrBetter));
    if (level !== null) write.add(RATED[level], 1);
  },
});

/** Whether a union had been in operation for 12 months at the end of the calendar year before the reference date. */
function isOldEnough({ schoolYear, openSince }: Dossier): boolean {
  const year = Number(schoolYear.referenceDate.slice(0, 4));
  return hasBeenFor(MONTHS_NEW, openSince, endOf(year) <= schoolYear.referenceDate ? year : year - 1);
}

/** The approved rating for the calendar year whose end counts in the school year; for the last, where it is longer than a year. */
function ratingOf(dossier: Dossier): keyof typeof LEVELS | null {
  const ratings = isUnion(dossier) ? recordsOf(dossier, unitRating).map(({ content }) => content) : [];
  const counted = ratings.filter(({ year }) => countsEventOf(dossier.schoolYear, endOf(year)));
  return counted.sort((a, b) => b.year - a.year)[0]?.level ?? null;
}
