import { vietnameseNumber } from "../../ground/words.js";
import { addDays, addMonths } from "../../ground/day.js";
import { type Dossier, isUnion, recordsOf } from "../../counting/dossier.js";
import { deadlineFor, dueFor } from "../../counting/due.js";
import { stock, type Measure, measures } from "../../counting/measure.js";
import { type DatedObligation, judged, obligation, ONLY_DIRECTED, statusMeasures } from "../../counting/obligation.js";
import { isFederation } from "../../tree/unit.js";
import { type Congress, congressFields } from "./congress-fields.js";
import { recordKind } from "../kind.js";
import { refusals } from "../refusals.js";
import { twoThirdsOf } from "../quorum.js";
import { isInTerm, latest, namesYearOf } from "../term.js";

/** Has a grassroots or occupational union held the congress of the term that is asked for, or of the one that runs? */
export const congressHeld = obligation("congress", { deadline: ONLY_DIRECTED });
/** The same for federations and sector unions. */
export const federationCongressHeld = obligation("federationCongress", { deadline: ONLY_DIRECTED });

/** Executive committees of grassroots unions in their term: their members, and committees by number of members; the limits are those of the plans for 2025. */
export const executives = measures({
  executiveMembersInTerm: stock(),
  executivesUpToThree: stock(),
  executivesUpToFive: stock(),
  executivesUpToNine: stock(),
  executivesUpToFifteen: stock(),
  executivesOfMore: stock(),
});
/** Of each size the most members and the measure, smallest first. */
export const EXECUTIVES_BY_SIZE: readonly (readonly [most: number, Measure])[] = [
  [3, executives.executivesUpToThree],
  [5, executives.executivesUpToFive],
  [9, executives.executivesUpToNine],
  [15, executives.executivesUpToFifteen],
  [Infinity, executives.executivesOfMore],
];

/** A term is five years. Statute of 2020 Art. 8(2). */
export const TERM_MONTHS = 60;
/** Delegates of a grassroots union: at most, and with more members than so many. Guidance 03/HD-TLĐ of 2020. */
const MOST_DELEGATES = { usually: 150, inLargeUnions: 200, large: 5_000 };

/** Those of the called who must come; `null` where it is not known how many were called. Statute 174/QĐ-TLĐ of 2020 Art. 10(1). */
export function congressQuorum({ convened }: Pick<Congress, "convened">): number | null {
  return convened === null ? null : twoThirdsOf(convened);
}

/** Whether it was held with effect; figures that a printed document leaves out are taken as given. */
export function isValidCongress(content: Congress): boolean {
  const needed = congressQuorum(content);
  return content.heldOn !== null && (needed === null || content.present === null || content.present >= needed);
}

/** Congress of a union of any level: see the description, which the API prints. */
export const congress = recordKind({
  key: "congress",
  typeName: "Congress",
  name: { en: "congress", vi: "đại hội công đoàn" },
  mutations: { record: "recordCongress", withdraw: "withdrawCongress" },
  description:
    "Congress of a union (đại hội công đoàn) of any level, or the approved meeting in its place; or the statement that none was held, and why. Its people are those of the union itself, not of units below. It counts when two thirds of those called came, elects the executive committee for a term of five years, and counts in each school year on whose reference date its term runs. A directive may set the deadline of a round and the term for which it is. Source: Statute of the Vietnam trade union (174/QĐ-TLĐ of 2020) Art. 8, 10(1); guidance 03/HD-TLĐ of 2020.",
  levels: ["CONFEDERATION", "PROVINCE", "DISTRICT", "GRASSROOTS"],
  deed: "RECORD",
  schoolYear: "NEVER",
  day: ({ heldOn }) => heldOn,
  fields: congressFields,
  keyOf: ({ term }) => term ?? "",
  most: () => 100,
  complete(content, { unit }) {
    if (!content.heldOn) return content;
    const termStart = content.termStart ?? content.heldOn;
    const form = content.form ?? (unit.unit.level === "GRASSROOTS" ? "PLENARY" : "DELEGATES");
    return { ...content, form, termStart, termEnd: content.termEnd ?? addDays(addMonths(termStart, TERM_MONTHS), -1) };
  },
  rules: refusals(congressFields, (check, content, { unit }) => {
    check.term("term");
    check.doneOrNot("heldOn", "notHeldBecause", ["substitute", "convened", "present", "committeeSize", "committeeWomen"]);
    check.open("heldOn");
    if (content.ordinal === 0) check.refuse("OUT_OF_RANGE", "ordinal", { en: "Congresses count from 1.", vi: "Số lần đại hội tính từ 1." });
    if (content.substitute && !content.substituteApproval)
      check.refuse("REQUIRED", "substituteApproval", {
        en: "A meeting in place of a congress needs the approval of the union above: give its number.",
        vi: "Hội nghị thay cho đại hội phải được công đoàn cấp trên đồng ý: ghi số văn bản đồng ý (substituteApproval).",
      });
    if (!content.substitute && content.substituteApproval)
      check.refuse("RULE", "substituteApproval", {
        en: "There is an approval, but no substitute.",
        vi: "Có số văn bản đồng ý nhưng không có hình thức thay thế đại hội (substitute).",
      });
    check.atMost("present", "convened", { en: "only those who were called are counted as present", vi: "chỉ tính người được triệu tập" });
    check.atMost("committeeWomen", "committeeSize", { en: "women are part of the committee", vi: "số nữ nằm trong số ủy viên" });
    check.inOrder("heldOn", "termStart", {
      en: "a term begins with its congress or after it",
      vi: "nhiệm kỳ bắt đầu từ ngày đại hội hoặc sau đó",
    });
    check.inOrder("termStart", "termEnd", { en: "a term ends after it began", vi: "nhiệm kỳ kết thúc sau khi bắt đầu" });
    if (!content.heldOn) return;
    check.needed("committeeSize");
    if (content.committeeSize === 0)
      check.refuse("OUT_OF_RANGE", "committeeSize", {
        en: "A congress elects an executive committee; expected 1 or more.",
        vi: "Đại hội bầu ban chấp hành; cần từ 1 ủy viên trở lên.",
      });
    if (unit.unit.level !== "GRASSROOTS") return;
    if (content.form === "PLENARY")
      check.atMost("convened", "members", { en: "a plenary calls the members", vi: "đại hội toàn thể triệu tập đoàn viên" });
    const most = (content.members ?? 0) > MOST_DELEGATES.large ? MOST_DELEGATES.inLargeUnions : MOST_DELEGATES.usually;
    if (content.form === "DELEGATES" && content.convened !== null && content.convened > most)
      check.refuse("RULE", "convened", {
        en: `A grassroots union calls at most ${most} delegates, not ${content.convened} (guidance 03/HD-TLĐ of 2020).`,
        vi: `Công đoàn cơ sở triệu tập tối đa ${most} đại biểu, không phải ${vietnameseNumber(content.convened)} (Hướng dẫn 03/HD-TLĐ năm 2020).`,
      });
  }),
  measures: [...[congressHeld, federationCongressHeld].flatMap(statusMeasures), ...Object.values(executives)],
  obligations: [congressHeld, federationCongressHeld],
  tally(dossier, write) {
    const ofUnion = isUnion(dossier);
    const ofFederation = isFederation(dossier.level);
    const none = { status: "NOT_ELIGIBLE", due: dossier.schoolYear.endsOn } as const;
    const union = ofUnion ? statusFor(dossier, congressHeld) : none;
    const federation = ofFederation ? statusFor(dossier, federationCongressHeld) : none;
    write.status(congressHeld, union.status, union.due);
    write.status(federationCongressHeld, federation.status, federation.due);
    const size = ofUnion ? (congressInTerm(dossier)?.committeeSize ?? null) : null;
    if (size === null) return;
    write.add(executives.executiveMembersInTerm, size);
    write.add(EXECUTIVES_BY_SIZE.find(([most]) => size <= most)?.[1] ?? executives.executivesOfMore, 1);
  },
});

/** The congress whose term runs on the reference date; none where none is recorded. */
export function congressInTerm(dossier: Dossier): Congress | null {
  return latest(heldBy(dossier).filter((content) => isInTerm(content, dossier.schoolYear.referenceDate)));
}

/** Congresses held with effect by the reference date. */
function heldBy(dossier: Dossier): Congress[] {
  const contents = recordsOf(dossier, congress).map(({ content }) => content);
  return contents.filter((content) => isValidCongress(content) && content.heldOn! <= dossier.schoolYear.referenceDate);
}

function statusFor(dossier: Dossier, duty: DatedObligation) {
  const { referenceDate, startsOn } = dossier.schoolYear;
  const asked = dossier.demands.get(duty)?.term ?? null;
  const done = asked ? heldBy(dossier).some(({ term }) => term === asked) : congressInTerm(dossier) !== null;
  const denied = recordsOf(dossier, congress).some(({ content }) => {
    const isKnown = content.heldOn === null || content.heldOn <= referenceDate;
    return isKnown && !isValidCongress(content) && (asked ? content.term === asked : namesYearOf(content.term, referenceDate));
  });
  const owed = dossier.openSince <= (deadlineFor(dossier, duty) ?? startsOn);
  return { status: judged({ done, owed, denied }), due: dueFor(dossier, duty) };
}
