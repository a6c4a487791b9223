import { addDays, addMonths } from "../../ground/day.js";
import { type Dossier, isPublicSchool, recordsOf } from "../../counting/dossier.js";
import { dueFor } from "../../counting/due.js";
import { countsEventOf } from "../../tree/school-year.js";
import { stock, type Measure, measures } from "../../counting/measure.js";
import { judged, obligation, statusMeasures } from "../../counting/obligation.js";
import { type TallyWriter } from "../../counting/tally.js";
import { isSmall, owesStaffConference, staffConferenceHeld } from "./conference.js";
import { inspectionCommitteeFields } from "./inspection-committee-fields.js";
import { inspectionCommitteeProblems, LARGEST, TERM_MONTHS } from "./inspection-committee-rules.js";
import { recordKind } from "../kind.js";
import { isInTerm, latest } from "../term.js";

/** Is a people's inspection committee in its term on the reference date? */
export const inspectionCommitteeInTerm = obligation("inspectionCommittee");
/** Was one elected on a day that counts in the school year, where one was due? */
export const inspectionCommitteeElected = obligation("inspectionCommitteeElection");

const committeesBySize = measures({
  inspectionCommitteesOfThree: stock(),
  inspectionCommitteesOfFour: stock(),
  inspectionCommitteesOfFive: stock(),
  inspectionCommitteesOfSix: stock(),
  inspectionCommitteesOfSeven: stock(),
  inspectionCommitteesOfEight: stock(),
  inspectionCommitteesOfNine: stock(),
  inspectionCommitteesOfMore: stock(),
});
/** Committees in their term by number of members: 3 to 9, then more. */
export const COMMITTEES_BY_SIZE: readonly Measure[] = Object.values(committeesBySize);
/** Members of committees in their term, and committees by number of members. */
export const committees = { ...measures({ inspectionCommitteeMembersInTerm: stock() }), ...committeesBySize };

/** People's inspection committee of a public school: see the description, which the API prints. */
export const inspectionCommittee = recordKind({
  key: "inspectionCommittee",
  typeName: "InspectionCommittee",
  name: { en: "people's inspection committee", vi: "ban thanh tra nhân dân" },
  mutations: { record: "recordInspectionCommittee", withdraw: "withdrawInspectionCommittee" },
  description:
    "People's inspection committee (ban thanh tra nhân dân) of a public school with more than seven workers, for a term of two years; or the statement that it has none, and why. It counts the people of the one school, and no union reports it for its schools. Elected by the staff conference, recognised by the union's executive committee within 5 working days. It counts in each school year on whose reference date its term runs. Source: Law 10/2022/QH15 Art. 60–62; Decree 59/2023 Art. 21, 22, 29.",
  levels: ["SCHOOL"],
  deed: "RECORD",
  schoolYear: "NEVER",
  day: ({ electedOn }) => electedOn,
  fields: inspectionCommitteeFields,
  keyOf: ({ term }) => term ?? "",
  most: () => 100,
  complete(content) {
    const termStart = content.termStart ?? content.electedOn;
    return { ...content, termStart, termEnd: content.termEnd ?? (termStart && addDays(addMonths(termStart, TERM_MONTHS), -1)) };
  },
  rules: inspectionCommitteeProblems,
  measures: [...[inspectionCommitteeInTerm, inspectionCommitteeElected].flatMap(statusMeasures), ...Object.values(committees)],
  obligations: [inspectionCommitteeInTerm, inspectionCommitteeElected],
  tally: tallyInspectionCommittee,
});

function tallyInspectionCommittee(dossier: Dossier, write: TallyWriter) {
  const { referenceDate } = dossier.schoolYear;
  const records = isPublicSchool(dossier) && !isSmall(dossier) ? recordsOf(dossier, inspectionCommittee).map(({ content }) => content) : [];
  const inOffice = latest(records.filter((content) => content.electedOn && isInTerm(content, referenceDate)));
  const statement = latest(records.filter((content) => content.notElectedBecause && isInTerm(content, referenceDate)))?.notElectedBecause;
  const owed = owesStaffConference(dossier) && statement !== "EXEMPT";
  const elected = records.some(({ electedOn }) => countsEventOf(dossier.schoolYear, electedOn));
  const denied = statement === "NOT_ELECTED";
  const due = dueFor(dossier, staffConferenceHeld);
  write.status(inspectionCommitteeInTerm, judged({ done: inOffice !== null, owed, denied }), due);
  write.status(inspectionCommitteeElected, judged({ done: elected, owed: owed && !inOffice, denied }), due);
  if (!inOffice || inOffice.size === null) return;
  write.add(committees.inspectionCommitteeMembersInTerm, inOffice.size);
  write.add(COMMITTEES_BY_SIZE[Math.min(Math.max(inOffice.size, 3), LARGEST + 1) - 3] ?? committees.inspectionCommitteesOfMore, 1);
}
