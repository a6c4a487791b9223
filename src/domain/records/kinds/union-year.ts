import { vietnameseNumber } from "../../ground/words.js";
import { addDays, addMonths, type Day, daysBetween, vietnameseDay } from "../../ground/day.js";
import { type Dossier, isClosed, isUnion, recordsOf } from "../../counting/dossier.js";
import { dueFor } from "../../counting/due.js";
import { type SchoolYear } from "../../tree/school-year.js";
import { flow, type Measure, measures } from "../../counting/measure.js";
import { judged, obligation, type Obligation, ONLY_DIRECTED, statusMeasures } from "../../counting/obligation.js";
import { asOfDay, asOfMeant, asOfProblems, type CountedDays } from "../as-of.js";
import { type Content, count, day, text } from "../field.js";
import { recordKind } from "../kind.js";
import { refusals } from "../refusals.js";
import { absenceOn, bodyOn, unionBody, type UnionBodyKind } from "./union-body.js";

/** Have executive and inspection committee adopted their programmes of the year? The executive alone, where no inspection committee is required. */
export const programmeAdopted = obligation("annualProgramme", { deadline: ONLY_DIRECTED });

/** A body that meets: the field that counts its meetings, and what it becomes. */
interface Meetings {
  body: UnionBodyKind;
  field: "executiveMeetings" | "inspectionMeetings" | "womensMeetings";
  duty: Obligation;
  due: Measure;
  held: Measure;
}
const meetings = measures({
  executiveMeetingsOwed: flow(),
  executiveMeetingsHeld: flow(),
  inspectionMeetingsOwed: flow(),
  inspectionMeetingsHeld: flow(),
  womensMeetingsOwed: flow(),
  womensMeetingsHeld: flow(),
});
const meetingsOf = (body: UnionBodyKind, field: Meetings["field"]): Meetings => ({
  body,
  field,
  duty: obligation(field),
  due: meetings[`${field}Owed`],
  held: meetings[`${field}Held`],
});
/** Did the body meet as often as its cadence asks? */
export const executiveMeetings = meetingsOf("EXECUTIVE_COMMITTEE", "executiveMeetings");
export const inspectionMeetings = meetingsOf("INSPECTION_COMMITTEE", "inspectionMeetings");
export const womensMeetings = meetingsOf("WOMENS_COMMITTEE", "womensMeetings");
const MEETINGS = [executiveMeetings, inspectionMeetings, womensMeetings];

const fields = {
  asOf: asOfDay("The day up to which meetings are counted", "the end of the school year"),
  executiveProgrammeOn: day(
    { en: "programme of the executive committee", vi: "ngày ban hành chương trình công tác của ban chấp hành" },
    "The day on which the executive committee adopted its programme of the year (chương trình công tác của ban chấp hành).",
  ),
  inspectionProgrammeOn: day(
    { en: "programme of the inspection committee", vi: "ngày ban hành chương trình công tác của ủy ban kiểm tra" },
    "The day on which the inspection committee adopted its programme of the year (chương trình công tác của ủy ban kiểm tra).",
  ),
  executiveMeetings: count(
    { en: "meetings of the executive committee", vi: "số kỳ họp ban chấp hành" },
    "Meetings of the executive committee with minutes (số kỳ họp ban chấp hành có biên bản). null where it is not known: that is not 0.",
  ),
  inspectionMeetings: count(
    { en: "meetings of the inspection committee", vi: "số kỳ họp ủy ban kiểm tra" },
    "Meetings of the union's inspection committee with minutes (số kỳ họp ủy ban kiểm tra có biên bản). null where it is not known: that is not 0.",
  ),
  womensMeetings: count(
    { en: "meetings of the women's committee", vi: "số kỳ sinh hoạt ban nữ công" },
    "Meetings of the women's committee with minutes (số kỳ sinh hoạt ban nữ công có biên bản). null where it is not known: that is not 0.",
  ),
  remark: text({ en: "remark", vi: "ghi chú" }, "Anything worth knowing; name no person (ghi chú)."),
} as const;

/** A programme is adopted at most so many months before the school year begins. */
const EARLIEST = 4;

/** Working year of a union: see the description, which the API prints. */
export const unionYear = recordKind({
  key: "unionYear",
  typeName: "UnionYear",
  name: { en: "working year of a union", vi: "chương trình công tác trong năm học" },
  mutations: { record: "recordUnionYear", withdraw: "withdrawUnionYear" },
  description:
    "Working year of a grassroots union (chương trình công tác và nền nếp sinh hoạt trong năm học): programmes adopted, and meetings held with minutes. How many meetings are due follows from the bodies and their cadence: one for as many months as its cadence has, at whose ends the body was in office. Source: practice of the federations (Bắc Từ Liêm, 2023-2024).",
  levels: ["GRASSROOTS"],
  deed: "RECORD",
  schoolYear: "ALWAYS",
  fields,
  keyOf: () => "",
  complete: (content, { schoolYear, today }) => ({
    ...content,
    asOf: schoolYear && countsMeetings(content) ? asOfMeant(content.asOf, daysOf(schoolYear), today) : content.asOf,
  }),
  rules: refusals(fields, (check, content, { schoolYear, today }) => {
    if (!schoolYear) return;
    const asOfFaults = asOfProblems(content.asOf, daysOf(schoolYear), schoolYear, today);
    for (const { code, field, message } of asOfFaults) check.refuse(code, field, message);
    const days = content.asOf && asOfFaults.length === 0 ? daysBetween(schoolYear.countsFrom, content.asOf) + 1 : Infinity;
    for (const { field } of MEETINGS)
      if ((content[field] ?? 0) > days)
        check.refuse("OUT_OF_RANGE", field, {
          en: `${content[field]} meetings from ${schoolYear.countsFrom} to ${content.asOf}; expected at most one a day, ${days}.`,
          vi: `Có ${vietnameseNumber(content[field] ?? 0)} kỳ họp; cần tối đa mỗi ngày một kỳ, ${vietnameseNumber(days)} kỳ tính từ ${vietnameseDay(schoolYear.countsFrom)}.`,
        });
    for (const name of ["executiveProgrammeOn", "inspectionProgrammeOn"] as const) {
      const on = content[name];
      if (on && (on < addMonths(schoolYear.startsOn, -EARLIEST) || on > schoolYear.endsOn))
        check.refuse("OUT_OF_RANGE", name, {
          en: `${on} lies outside ${schoolYear.label} and the months before it.`,
          vi: `Ngày ${vietnameseDay(on)} nằm ngoài năm học ${schoolYear.label} và các tháng ngay trước đó.`,
        });
    }
  }),
  measures: [...[programmeAdopted, ...MEETINGS.map(({ duty }) => duty)].flatMap(statusMeasures), ...Object.values(meetings)],
  obligations: [programmeAdopted, ...MEETINGS.map(({ duty }) => duty)],
  tally(dossier, write) {
    const report = recordsOf(dossier, unionYear)[0]?.content ?? null;
    const due = dueFor(dossier, programmeAdopted);
    const needsNone = absenceOn(dossier, "INSPECTION_COMMITTEE", dossier.schoolYear.referenceDate) === "NOT_REQUIRED";
    const adopted = Boolean(report?.executiveProgrammeOn && (report.inspectionProgrammeOn || needsNone));
    const owed = isUnion(dossier) && (report !== null || dossier.openSince <= dossier.schoolYear.startsOn);
    write.status(programmeAdopted, judged({ done: adopted, owed, denied: report !== null }), due);
    const ends = monthEndsWithBodies(dossier);
    for (const { body, field, duty, ...counted } of MEETINGS) {
      const wanted = meetingsDue(dossier, body, ends);
      const told = report?.[field] ?? null;
      const dueByThen = meetingsDue(dossier, body, report?.asOf ? ends.filter((on) => on <= report.asOf!) : ends);
      const held = Math.min(told ?? 0, dueByThen);
      const done = wanted > 0 && held >= wanted;
      write.status(duty, judged({ done, owed: wanted > 0, denied: told !== null && told < dueByThen }), dossier.schoolYear.endsOn);
      // Unknown is not zero; nor does anybody expect a union that has closed to report what it held.
      if (told === null && (report !== null || isClosed(dossier))) continue;
      write.add(counted.due, wanted);
      write.add(counted.held, held);
    }
  },
});

const daysOf = ({ countsFrom, endsOn }: SchoolYear): CountedDays => ({ from: countsFrom, until: endsOn });

const countsMeetings = (content: Content<typeof fields>) => MEETINGS.some(({ field }) => content[field] !== null);

/** Meetings due by some month ends of the school year: one for as many months as its cadence has, at whose ends the body was in office. */
function meetingsDue(dossier: Dossier, body: UnionBodyKind, ends: readonly Day[]): number {
  const inOffice = ends.flatMap((on) => bodyOn(dossier, body, on) ?? []);
  const cadence = inOffice.at(-1)?.monthsBetweenMeetings ?? 0;
  return cadence > 0 ? Math.floor(inOffice.length / cadence) : 0;
}

/** The last days of the months of a school year, nine from September to May; none for a unit of which no body is recorded. */
function monthEndsWithBodies(dossier: Dossier): Day[] {
  const { startsOn } = dossier.schoolYear;
  const endsOn = isClosed(dossier) ? dossier.lastDay : dossier.schoolYear.endsOn;
  const ends: Day[] = [];
  if (!isUnion(dossier) || recordsOf(dossier, unionBody).length === 0) return ends;
  for (let first = addMonths(`${startsOn.slice(0, 7)}-01`, 1); addDays(first, -1) <= endsOn; first = addMonths(first, 1))
    ends.push(addDays(first, -1));
  return ends;
}
