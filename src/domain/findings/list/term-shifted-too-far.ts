import { addDays, addMonths, vietnameseDay } from "../../ground/day.js";
import { congress, TERM_MONTHS } from "../../records/kinds/congress.js";
import { recordCheck } from "../check.js";

/** The union above may shift a term by so many months. Statute of 2020 Art. 8(2). */
const SHIFTED_BY = 30;

export const termShiftedTooFar = recordCheck({
  key: "TERM_SHIFTED_TOO_FAR",
  severity: "WARNING",
  name: { en: "Congress term far from five years", vi: "Nhiệm kỳ đại hội lệch xa năm năm" },
  rule: {
    en: "A congress term is five years; the union above may shift it by at most 30 months.",
    vi: "Nhiệm kỳ đại hội là năm năm; công đoàn cấp trên có thể kéo dài hoặc rút ngắn không quá 30 tháng.",
  },
  mending: { en: "Correct the first or the last day of the term.", vi: "Sửa lại ngày bắt đầu hoặc kết thúc nhiệm kỳ." },
  source: "Statute of the Vietnam trade union (2020) Art. 8(2).",
  kind: congress,
  dayOf: ({ heldOn }) => heldOn,
  look({ termStart, termEnd }) {
    if (!termStart || !termEnd) return [];
    const until = addDays(termEnd, 1);
    if (until >= addMonths(termStart, TERM_MONTHS - SHIFTED_BY) && until <= addMonths(termStart, TERM_MONTHS + SHIFTED_BY)) return [];
    return [{ field: "termEnd", values: { termStart, termEnd } }];
  },
  message: ({ termStart, termEnd }) => ({
    en: `From ${termStart} to ${termEnd} differs from five years by more than ${SHIFTED_BY} months (Statute of 2020 Art. 8(2)).`,
    vi: `Từ ${vietnameseDay(termStart)} đến ${vietnameseDay(termEnd)} lệch năm năm quá ${SHIFTED_BY} tháng (Điều lệ năm 2020, Điều 8 khoản 2).`,
  }),
});
