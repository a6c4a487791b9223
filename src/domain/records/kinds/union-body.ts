import { type Day } from "../../ground/day.js";
import { type Dossier, isUnion, recordsOf } from "../../counting/dossier.js";
import { dueFor } from "../../counting/due.js";
import { stock, measures } from "../../counting/measure.js";
import { judged, obligation, ONLY_DIRECTED, statusMeasures } from "../../counting/obligation.js";
import { ahead, choice, type Content, count, day, required, text } from "../field.js";
import { recordKind } from "../kind.js";
import { refusals } from "../refusals.js";
import { hasEnded, namesYearOf, termName } from "../term.js";

/** Bodies of a union that meet regularly. */
export const UNION_BODIES = {
  EXECUTIVE_COMMITTEE: "Executive committee (ban chấp hành).",
  INSPECTION_COMMITTEE: "The union's inspection committee (ủy ban kiểm tra); not the school's people's inspection committee.",
  WOMENS_COMMITTEE: "Women's committee (ban nữ công quần chúng).",
} as const;
export type UnionBodyKind = keyof typeof UNION_BODIES;

/** Is a women's committee in office on the reference date? */
export const womensCommitteeInOffice = obligation("womensCommittee", { deadline: ONLY_DIRECTED });

const fields = {
  body: required(
    choice(
      { en: "body", vi: "ban, ủy ban" },
      "UnionBodyKind",
      UNION_BODIES,
      "Which body it is. With the unit and the term it is the record's identity.",
    ),
  ),
  term: termName("The union's term."),
  formedOn: day(
    { en: "formed on", vi: "ngày thành lập, kiện toàn" },
    "Since when it is in office: the day it was elected, appointed or last renewed (ngày thành lập, kiện toàn). Give this or notFormedBecause.",
  ),
  notFormedBecause: choice(
    { en: "reason why not formed", vi: "lý do chưa thành lập" },
    "UnionBodyAbsence",
    {
      NOT_REQUIRED: "The union is too small or otherwise needs none, as the union above has it.",
      NOT_YET: "It has not been formed yet.",
    },
    "Says explicitly that the union has no such body in the term, and why.",
  ),
  inOfficeUntil: ahead(
    { en: "in office until", vi: "ngày kết thúc" },
    "Last day in office (ngày kết thúc); without it the body is in office until the last year of its term is over.",
  ),
  origin: choice(
    { en: "origin", vi: "hình thức thành lập" },
    "UnionBodyOrigin",
    { ELECTED: "Elected (bầu).", APPOINTED: "Appointed by the union above (chỉ định), as in a union newly founded or merged." },
    "ELECTED unless given.",
  ),
  size: count({ en: "members", vi: "số ủy viên" }, "Members (số ủy viên)."),
  women: count({ en: "women", vi: "số ủy viên nữ" }, "Women among them (nữ)."),
  monthsBetweenMeetings: count(
    { en: "months between meetings", vi: "định kỳ sinh hoạt" },
    "Its own cadence (định kỳ sinh hoạt): 1 for a meeting every month, 2 for one every two months and so on, up to 12. Grassroots unions of Hà Nội meet every month or every two months; a province's committee at its own cadence.",
  ),
  remark: text({ en: "remark", vi: "ghi chú" }, "Anything worth knowing; name no person (ghi chú)."),
} as const;

export type UnionBody = Content<typeof fields>;

/** A body meets at least once a year. */
const LONGEST_CADENCE = 12;
/** Executive committees by their cadence, and the months between meetings of those that meet less often, added up. */
export const cadences = measures({
  executivesMeetingMonthly: stock(),
  executivesMeetingEveryTwoMonths: stock(),
  executivesMeetingLessOften: stock(),
  monthsOfExecutivesMeetingLessOften: stock(),
});

/** Body of a union: see the description, which the API prints. */
export const unionBody = recordKind({
  key: "unionBody",
  typeName: "UnionBody",
  name: { en: "body of a union", vi: "ban, ủy ban của công đoàn" },
  mutations: { record: "recordUnionBody", withdraw: "withdrawUnionBody" },
  description:
    "Executive committee, inspection committee or women's committee of a union (ban chấp hành, ủy ban kiểm tra, ban nữ công quần chúng): since when and until when it is in office, and how often it meets; or the statement that the union has none, and why. Its people are those of the union itself, not of units below. It counts in each school year on whose reference date it is in office. How often it met is in the union's working year. Source: Statute of the Vietnam trade union; practice of the federations.",
  levels: ["GRASSROOTS", "DISTRICT", "PROVINCE"],
  deed: "RECORD",
  schoolYear: "NEVER",
  day: ({ formedOn }) => formedOn,
  fields,
  keyOf: ({ body, term }) => `${body} ${term}`,
  most: () => 300,
  complete: (content) => ({ ...content, origin: content.formedOn ? (content.origin ?? "ELECTED") : content.origin }),
  rules: refusals(fields, (check, content) => {
    check.term("term");
    check.doneOrNot("formedOn", "notFormedBecause", ["inOfficeUntil", "size", "women", "monthsBetweenMeetings"]);
    if (content.body === "EXECUTIVE_COMMITTEE" && content.notFormedBecause === "NOT_REQUIRED")
      check.refuse("RULE", "notFormedBecause", {
        en: "Every union has an executive committee.",
        vi: "Công đoàn nào cũng có ban chấp hành.",
      });
    check.open("formedOn");
    check.inOrder("formedOn", "inOfficeUntil", {
      en: "a body is in office after it was formed",
      vi: "ban, ủy ban hoạt động sau khi được thành lập",
    });
    check.atMost("women", "size", { en: "women are part of the body", vi: "số nữ nằm trong số ủy viên" });
    if (!content.formedOn) return;
    check.needed("size", "monthsBetweenMeetings");
    if (content.size === 0)
      check.refuse("OUT_OF_RANGE", "size", {
        en: "A body has members; expected 1 or more.",
        vi: "Ban, ủy ban phải có ủy viên; cần từ 1 trở lên.",
      });
    const months = content.monthsBetweenMeetings;
    if (months !== null && (months < 1 || months > LONGEST_CADENCE))
      check.refuse("OUT_OF_RANGE", "monthsBetweenMeetings", {
        en: `A body meets every 1 to ${LONGEST_CADENCE} months, not every ${months}.`,
        vi: `Ban, ủy ban họp định kỳ 1 đến ${LONGEST_CADENCE} tháng một lần, không phải ${months} tháng.`,
      });
  }),
  measures: [...statusMeasures(womensCommitteeInOffice), ...Object.values(cadences)],
  obligations: [womensCommitteeInOffice],
  tally(dossier, write) {
    const { referenceDate, startsOn } = dossier.schoolYear;
    const absence = isUnion(dossier) ? absenceOn(dossier, "WOMENS_COMMITTEE", referenceDate) : null;
    const done = isUnion(dossier) && bodyOn(dossier, "WOMENS_COMMITTEE", referenceDate) !== null;
    const owed = isUnion(dossier) && absence !== "NOT_REQUIRED" && dossier.openSince <= startsOn;
    write.status(womensCommitteeInOffice, judged({ done, owed, denied: absence === "NOT_YET" }), dueFor(dossier, womensCommitteeInOffice));
    const months = isUnion(dossier) ? bodyOn(dossier, "EXECUTIVE_COMMITTEE", referenceDate)?.monthsBetweenMeetings : null;
    if (!months) return;
    if (months === 1) write.add(cadences.executivesMeetingMonthly, 1);
    else if (months === 2) write.add(cadences.executivesMeetingEveryTwoMonths, 1);
    else {
      write.add(cadences.executivesMeetingLessOften, 1);
      write.add(cadences.monthsOfExecutivesMeetingLessOften, months);
    }
  },
});

/** Why a union has no such body in the term of a day, where it says so; one in office counts for more than what was said of the term before. */
export function absenceOn(dossier: Dossier, kind: UnionBodyKind, on: Day): UnionBody["notFormedBecause"] {
  if (bodyOn(dossier, kind, on) !== null) return null;
  const statements = recordsOf(dossier, unionBody).map(({ content }) => content);
  return (
    statements.find(({ body, notFormedBecause, term }) => body === kind && notFormedBecause !== null && namesYearOf(term, on))
      ?.notFormedBecause ?? null
  );
}

/** The body of a union that is in office on a day: until the last day that is given, else until the last year of its term is over; of two, the one that was formed last. */
export function bodyOn(dossier: Dossier, kind: UnionBodyKind, on: Day): UnionBody | null {
  const inOffice = recordsOf(dossier, unionBody)
    .map(({ content }) => content)
    .filter(
      ({ body, term, formedOn, inOfficeUntil }) =>
        body === kind && formedOn !== null && formedOn <= on && (inOfficeUntil === null ? !hasEnded(term, on) : on <= inOfficeUntil),
    );
  return inOffice.reduce<UnionBody | null>((best, content) => (best && `${best.formedOn}` >= `${content.formedOn}` ? best : content), null);
}
