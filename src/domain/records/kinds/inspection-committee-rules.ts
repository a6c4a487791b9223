import { vietnameseNumber } from "../../ground/words.js";
import { addMonths, vietnameseDay } from "../../ground/day.js";
import { profileOn } from "../../tree/history.js";
import { isPublic } from "../../tree/unit.js";
import { type InspectionCommittee, inspectionCommitteeFields } from "./inspection-committee-fields.js";
import { type Checks, refusals } from "../refusals.js";
import { termYears } from "../term.js";

/** Members: from, and up to unless the unit is dispersed. Law 10/2022 Art. 60(1). */
const SMALLEST = 3;
export const LARGEST = 9;
/** Deputies: at most, and from how many members on two. Decree 59/2023 Art. 21(3). */
export const MOST_DEPUTIES = 2;
/** Working days within which the executive committee recognises the result. Decree 59/2023 Art. 21(1). */
export const RECOGNISED_WITHIN = 5;
/** A term is two years (Law 10/2022 Art. 60(3)); it runs on for the three months in which the next conference is held (Art. 51(1)). */
export const TERM_MONTHS = 24;
const LONGEST_TERM = TERM_MONTHS + 3;

/** Every reason to refuse a people's inspection committee. */
export const inspectionCommitteeProblems = refusals(inspectionCommitteeFields, (check, content, { unit, today }) => {
  const { term, termStart, termEnd, notElectedBecause, electedOn } = content;
  if (!isPublic(profileOn(unit, termStart ?? today).ownership))
    check.refuse("WRONG_LEVEL", "unit", {
      en: "Only public schools have a people's inspection committee (Law 10/2022 Art. 60(1)).",
      vi: "Chỉ trường công lập có ban thanh tra nhân dân (khoản 1 Điều 60 Luật 10/2022).",
    });
  check.term("term");
  check.doneOrNot("electedOn", "notElectedBecause", ["size", "heads", "deputies", "recognisedOn", "replacedOn", "reportedOn"]);
  if (notElectedBecause && !termStart)
    check.refuse("REQUIRED", "termStart", {
      en: "Say since when the school has no committee.",
      vi: "Ghi rõ từ ngày nào trường không có ban thanh tra nhân dân (termStart).",
    });
  if (notElectedBecause === "EXEMPT") check.needed("exemptionDecision");
  if (notElectedBecause !== "EXEMPT" && content.exemptionDecision)
    check.refuse("RULE", "exemptionDecision", {
      en: "There is a decision of exemption, but notElectedBecause is not EXEMPT.",
      vi: "Có số văn bản cho phép không thành lập, nhưng lý do không có ban (notElectedBecause) không phải là EXEMPT.",
    });
  check.open("electedOn");
  check.inOrder("electedOn", "termStart", { en: "a committee serves after it was elected", vi: "ban hoạt động sau khi được bầu" });
  check.inOrder("electedOn", "recognisedOn", { en: "what is recognised has been elected", vi: "kết quả bầu xong mới được công nhận" });
  check.inOrder("termStart", "termEnd", { en: "a term ends after it began", vi: "nhiệm kỳ kết thúc sau khi bắt đầu" });
  if (termStart && termEnd && termEnd > addMonths(termStart, LONGEST_TERM))
    check.refuse("RULE", "termEnd", {
      en: `From ${termStart} to ${termEnd} is more than a term of two years and the next conference (Law 10/2022 Art. 60(3), 51(1)).`,
      vi: `Từ ${vietnameseDay(termStart)} đến ${vietnameseDay(termEnd)} dài hơn nhiệm kỳ hai năm và thời gian đến hội nghị kế tiếp (khoản 3 Điều 60, khoản 1 Điều 51 Luật 10/2022).`,
    });
  const years = termYears(term);
  const began = Number((termStart ?? "").slice(0, 4));
  if (years && termStart && (began < years.first || began >= years.last))
    check.refuse("RULE", "termStart", {
      en: `${termStart} is not in the first years of the term ${term}.`,
      vi: `Ngày ${vietnameseDay(termStart)} không thuộc những năm đầu của nhiệm kỳ ${term}.`,
    });
  for (const name of ["replacedOn", "reportedOn"] as const)
    for (const [index, on] of content[name].entries())
      if (electedOn && on < electedOn)
        check.refuse("OUT_OF_RANGE", `${name}.${index}`, {
          en: `${on} lies before the election.`,
          vi: `Ngày ${vietnameseDay(on)} trước ngày bầu.`,
        });
  if (electedOn) checkMembers(check, content);
});

function checkMembers(
  check: Checks<typeof inspectionCommitteeFields>,
  { size, dispersed, heads, deputies, managers }: InspectionCommittee,
) {
  check.needed("size");
  if (size !== null && (size < SMALLEST || (size > LARGEST && !dispersed)))
    check.refuse("RULE", "size", {
      en: `A people's inspection committee has ${SMALLEST} to ${LARGEST} members, more only in a dispersed or special unit; got ${size} (Law 10/2022 Art. 60(1)).`,
      vi: `Ban thanh tra nhân dân có ${SMALLEST} đến ${LARGEST} thành viên, chỉ nhiều hơn ở đơn vị phân tán, đặc thù; đã ghi ${vietnameseNumber(size)} (khoản 1 Điều 60 Luật 10/2022).`,
    });
  if (heads !== null && heads !== 1)
    check.refuse("RULE", "heads", {
      en: `A committee has one head, not ${heads} (Decree 59/2023 Art. 21(3)).`,
      vi: `Ban có một trưởng ban, không phải ${heads} (khoản 3 Điều 21 Nghị định 59/2023).`,
    });
  if (deputies !== null && deputies > MOST_DEPUTIES)
    check.refuse("RULE", "deputies", {
      en: `A committee has at most ${MOST_DEPUTIES} deputy heads, not ${deputies} (Decree 59/2023 Art. 21(3)).`,
      vi: `Ban có tối đa ${MOST_DEPUTIES} phó trưởng ban, không phải ${deputies} (khoản 3 Điều 21 Nghị định 59/2023).`,
    });
  if (size !== null && (heads ?? 0) + (deputies ?? 0) > size)
    check.refuse("RULE", "deputies", {
      en: `One head and ${deputies} deputies are more than the ${size} members.`,
      vi: `Trưởng ban và phó trưởng ban có ${(heads ?? 0) + (deputies ?? 0)} người, nhiều hơn ${size} thành viên của ban.`,
    });
  if (managers)
    check.refuse("RULE", "managers", {
      en: "Head, deputy head and chief accountant cannot be members (Law 10/2022 Art. 60(2)).",
      vi: "Hiệu trưởng, phó hiệu trưởng và kế toán trưởng không được là thành viên (khoản 2 Điều 60 Luật 10/2022).",
    });
}
