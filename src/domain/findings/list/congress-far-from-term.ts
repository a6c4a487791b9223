import { vietnameseDay } from "../../ground/day.js";
import { congress } from "../../records/kinds/congress.js";
import { termYears } from "../../records/term.js";
import { recordCheck } from "../check.js";

export const congressFarFromTerm = recordCheck({
  key: "CONGRESS_FAR_FROM_TERM",
  severity: "WARNING",
  name: { en: "Congress far from its term", vi: "Đại hội tổ chức xa nhiệm kỳ" },
  rule: {
    en: "The congress of a term is held in its first year, or in the year before or after it.",
    vi: "Đại hội của nhiệm kỳ được tổ chức trong năm đầu nhiệm kỳ, hoặc năm liền trước, liền sau.",
  },
  mending: { en: "Correct the day or the term.", vi: "Sửa lại ngày tổ chức hoặc nhiệm kỳ." },
  source: "Practice of the federations; Statute of the Vietnam trade union (2020) Art. 8.",
  kind: congress,
  dayOf: ({ heldOn }) => heldOn,
  look({ term, heldOn }) {
    const years = termYears(term);
    if (!years || !heldOn || Math.abs(Number(heldOn.slice(0, 4)) - years.first) <= 1) return [];
    return [{ field: "heldOn", values: { heldOn, term } }];
  },
  message: ({ heldOn, term }) => ({
    en: `Held on ${heldOn}, but the term is ${term}. Check the day or the term.`,
    vi: `Tổ chức ngày ${vietnameseDay(heldOn)}, nhưng nhiệm kỳ là ${term}. Hãy kiểm tra ngày hoặc nhiệm kỳ.`,
  }),
});
