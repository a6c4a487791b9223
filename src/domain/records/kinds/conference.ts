import { addMonths, type Day } from "../../ground/day.js";
import { type Words } from "../../ground/words.js";
import { type Dossier, hasUnion, isNonPublicSchool, isPublicSchool, recordsOf } from "../../counting/dossier.js";
import { deadlineFor, dueFor, lastDayFor } from "../../counting/due.js";
import { profileOn } from "../../tree/history.js";
import { type SchoolYear } from "../../tree/school-year.js";
import { flow, measures } from "../../counting/measure.js";
import { obligation, ONLY_DIRECTED, statusMeasures } from "../../counting/obligation.js";
import { type TallyWriter } from "../../counting/tally.js";
import { isPublic } from "../../tree/unit.js";
import { type Conference, conferenceFields } from "./conference-fields.js";
import { conferenceProblems, isValid, MAY_DO_WITHOUT, OWES_LABOUR_CONFERENCE } from "./conference-rules.js";
import { recordKind } from "../kind.js";
import { workersReported } from "./membership-report.js";

/** The law that gives a staff conference its last day. */
const LAW: Words = {
  en: "Law 10/2022/QH15 Art. 51(1): at most three months into the school year",
  vi: "Luật 10/2022/QH15 Điều 51 khoản 1: chậm nhất 03 tháng kể từ đầu năm học",
};
export const staffConferenceHeld = obligation("staffConference", { deadline: { unlessDirected: { day: statutoryDeadline, law: LAW } } });
export const labourConferenceHeld = obligation("labourConference", { deadline: ONLY_DIRECTED });
export const conferenceHeldOnTime = obligation("conferenceOnTime", { judgedWith: staffConferenceHeld });
export const pactSigned = obligation("emulationPact", { judgedWith: staffConferenceHeld });

export const conferences = measures({
  conferenceConvened: flow(),
  conferencePresent: flow(),
  inspectionCommitteesElected: flow(),
  inspectionCommitteeMembers: flow(),
  /** Of private schools without a union, which owe none. */
  labourConferencesWithoutUnion: flow(),
  staffConferencesCalled: flow(),
  staffConferencesValidAtFirstCall: flow(),
});

/** The last day for a staff conference where no directive sets one: three months into the school year. Law 10/2022 Art. 51(1). */
export function statutoryDeadline(year: SchoolYear): Day {
  return addMonths(year.startsOn, 3);
}

/** Staff or labour conference of a school: see the description, which the API prints. */
export const conference = recordKind({
  key: "conference",
  typeName: "Conference",
  name: { en: "conference", vi: "hội nghị" },
  mutations: { record: "recordConference", withdraw: "withdrawConference" },
  description:
    "Staff conference of a public school (hội nghị cán bộ, viên chức) or labour conference of a non-public one (hội nghị người lao động), once a school year; or the statement that none was held, and why. It counts the people of the one school, and no union reports it for its schools. A staff conference counts when two thirds were present and more than half of them voted for the resolution. Source: Law 10/2022/QH15 on grassroots democracy Art. 49–53, 60, 82; Decree 59/2023; Decree 145/2020 Art. 47.",
  levels: ["SCHOOL"],
  deed: "RECORD",
  schoolYear: "ALWAYS",
  day: ({ heldOn }) => heldOn,
  fields: conferenceFields,
  keyOf: (content) => (content.occasion === "EXTRAORDINARY" ? `EXTRAORDINARY ${content.heldOn ?? ""}` : "REGULAR"),
  most: ({ occasion }) => (occasion === "EXTRAORDINARY" ? 100 : null),
  complete(content, { unit, schoolYear }) {
    const ownership = profileOn(unit, content.heldOn ?? schoolYear?.referenceDate ?? "").ownership;
    const held = content.heldOn !== null || content.notHeldBecause === null;
    return {
      ...content,
      type: content.type ?? (isPublic(ownership) ? "STAFF_CONFERENCE" : "LABOUR_CONFERENCE"),
      occasion: content.occasion ?? "REGULAR",
      heldOnPrecision: held ? (content.heldOnPrecision ?? "DAY") : null,
      method: held ? (content.method ?? "MEETING") : null,
      attempt: held ? (content.attempt ?? 1) : null,
      form: held ? (content.form ?? "PLENARY") : null,
    };
  },
  rules: conferenceProblems,
  measures: [
    ...[staffConferenceHeld, labourConferenceHeld, conferenceHeldOnTime, pactSigned].flatMap(statusMeasures),
    ...Object.values(conferences),
  ],
  obligations: [staffConferenceHeld, labourConferenceHeld, conferenceHeldOnTime, pactSigned],
  tally: tallyConference,
});

function regularOf(dossier: Dossier): Conference | null {
  return recordsOf(dossier, conference).find(({ content }) => content.occasion === "REGULAR")?.content ?? null;
}

/** Workers of a school as its conference has them, else its membership report; `null` where nobody has said. */
export function workersOf(dossier: Dossier): number | null {
  return regularOf(dossier)?.workers ?? workersReported(dossier);
}

/** Whether a school is known to be so small that it may do without a conference and has no people's inspection committee. Law 10/2022 Art. 51(2)(đ), 60(1). */
export function isSmall(dossier: Dossier): boolean {
  const workers = workersOf(dossier);
  return workers !== null && workers <= MAY_DO_WITHOUT;
}

/** Whether a school owes a staff conference: public, open by the deadline of its branch, with more than 7 workers (unknown counts as more). */
export function owesStaffConference(dossier: Dossier): boolean {
  return isPublicSchool(dossier) && !isSmall(dossier) && isOpenBy(deadlineFor(dossier, staffConferenceHeld), dossier);
}

/** Whether a school was open by a deadline; it need not have been where there is none. */
const isOpenBy = (deadline: Day | null, { openSince }: Dossier) => deadline === null || openSince <= deadline;

function tallyConference(dossier: Dossier, write: TallyWriter) {
  const regular = regularOf(dossier);
  const workers = workersOf(dossier);

  const judge = (type: Conference["type"], owes: boolean) => {
    const held = regular?.type === type ? regular : null;
    if (held && isValid(held)) return "YES" as const;
    if (!owes) return "NOT_ELIGIBLE" as const;
    return held ? ("NO" as const) : ("NO_REPORT" as const);
  };
  const isStaff = isPublicSchool(dossier);
  const staff = isStaff ? judge("STAFF_CONFERENCE", owesStaffConference(dossier)) : "NOT_ELIGIBLE";
  const owesLabour =
    hasUnion(dossier) &&
    (workers === null || workers >= OWES_LABOUR_CONFERENCE) &&
    isOpenBy(deadlineFor(dossier, labourConferenceHeld), dossier);
  const labour = isNonPublicSchool(dossier) && hasUnion(dossier) ? judge("LABOUR_CONFERENCE", owesLabour) : "NOT_ELIGIBLE";
  const duty = isStaff ? staffConferenceHeld : labourConferenceHeld;
  const deadline = lastDayFor(dossier, duty);
  const due = dueFor(dossier, duty);
  write.status(staffConferenceHeld, staff, due);
  write.status(labourConferenceHeld, labour, due);

  if (isNonPublicSchool(dossier) && !hasUnion(dossier) && regular?.type === "LABOUR_CONFERENCE" && regular.heldOn)
    write.add(conferences.labourConferencesWithoutUnion, 1);
  const status = isStaff ? staff : labour;
  const onTime = status === "YES" && regular?.heldOn && deadline ? regular.heldOn <= deadline : false;
  write.status(conferenceHeldOnTime, !deadline ? "NOT_ELIGIBLE" : status === "YES" ? (onTime ? "YES" : "NO") : status, due);
  const pact = staff === "YES" ? (regular?.pactSigned ? "YES" : "NO") : staff;
  write.status(pactSigned, hasUnion(dossier) ? pact : "NOT_ELIGIBLE", due);

  if (isStaff && regular?.heldOn && regular.type === "STAFF_CONFERENCE") {
    write.add(conferences.staffConferencesCalled, 1);
    if (staff === "YES" && regular.method === "MEETING" && regular.attempt === 1)
      write.add(conferences.staffConferencesValidAtFirstCall, 1);
  }
  if (regular?.heldOn && regular.method === "MEETING" && regular.convened !== null && regular.present !== null) {
    write.add(conferences.conferenceConvened, regular.convened);
    write.add(conferences.conferencePresent, regular.present);
  }
  if (status === "YES" && regular?.inspectionCommitteeElected && !isSmall(dossier)) {
    write.add(conferences.inspectionCommitteesElected, 1);
    write.add(conferences.inspectionCommitteeMembers, regular.inspectionCommitteeSize ?? 0);
  }
}
