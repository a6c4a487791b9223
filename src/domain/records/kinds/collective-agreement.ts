import { addDays, addMonths, type Day } from "../../ground/day.js";
import { type Dossier, hasUnion, isNonPublicSchool, recordsOf } from "../../counting/dossier.js";
import { countsEventOf } from "../../tree/school-year.js";
import { flow, stock, measures } from "../../counting/measure.js";
import { judged, obligation, statusMeasures } from "../../counting/obligation.js";
import { type Agreement, agreementFields } from "./collective-agreement-fields.js";
import { agreementProblems } from "./collective-agreement-rules.js";
import { coversOn, endOf, FILED_WITHIN, GRACE, stageOn, takesPartSince } from "./collective-agreement-stages.js";
import { recordKind } from "../kind.js";
import { workersReported } from "./membership-report.js";
import { termYears } from "../term.js";

export const agreementInForce = obligation("agreement");
/** Has a school signed at least one agreement in the term that a directive names, else in the last five years? */
export const agreementSignedInTerm = obligation("agreementsSignedInTerm");

/** Agreements of a year: what was done with them. */
export const agreementsInYear = measures({
  agreementsSigned: flow(),
  agreementsNew: flow(),
  agreementsRenewed: flow(),
  agreementsProlonged: flow(),
  agreementsAmended: flow(),
  agreementsFiledOnTime: flow(),
});
/** Workers of schools that bargain, and of those of them that an agreement covers. */
export const agreementWorkers = measures({ agreementWorkersCovered: stock(), agreementWorkersEligible: stock() });
/** Agreements in force. */
export const agreementsInForce = measures({
  agreementsGradedA: stock(),
  agreementsGradedB: stock(),
  agreementsGradedC: stock(),
  agreementsUngraded: stock(),
  agreementsExpiring: stock(),
});
/** The measure of agreements in force of each quality grade, and of those without. */
export const GRADED = {
  A: agreementsInForce.agreementsGradedA,
  B: agreementsInForce.agreementsGradedB,
  C: agreementsInForce.agreementsGradedC,
  NONE: agreementsInForce.agreementsUngraded,
};
/** Months of a congress term. */
const TERM_MONTHS = 60;

/** Collective agreement of non-public schools: see the description, which the API prints. */
export const collectiveAgreement = recordKind({
  key: "collectiveAgreement",
  typeName: "CollectiveAgreement",
  name: { en: "collective agreement", vi: "thỏa ước lao động tập thể" },
  mutations: { record: "recordCollectiveAgreement", withdraw: "withdrawCollectiveAgreement" },
  description:
    "Collective agreement (thỏa ước lao động tập thể) of one or several non-public schools. The workers that it covers are those of the membership reports of these schools. It counts for each school that it covers, in every school year on whose reference date it is in force, or in grace while its renewal is bargained. More than half of all workers must have voted for it; it runs for one to three years, may be prolonged after a new ballot, joined or left by a school, and is filed within 10 days. Source: Labour Code 45/2019/QH14 Art. 65, 75–88.",
  levels: ["SCHOOL", "GRASSROOTS", "DISTRICT", "PROVINCE"],
  deed: "RECORD",
  schoolYear: "NEVER",
  day: ({ signedOn }) => signedOn,
  fields: agreementFields,
  keyOf: (content) => content.reference ?? "",
  keyIsWritten: true,
  most: () => 1_000,
  covered: (content) => content.schools,
  complete: (content, { unit }) => ({
    ...content,
    type: content.type ?? "ENTERPRISE",
    origin: content.origin ?? "NEW",
    effectiveOn: content.effectiveOn ?? content.signedOn,
    schools: content.schools.length > 0 || unit.unit.level !== "SCHOOL" ? content.schools : [unit.unit.id],
  }),
  rules: agreementProblems,
  measures: [
    ...statusMeasures(agreementInForce),
    ...Object.values(agreementsInYear),
    ...Object.values(agreementWorkers),
    ...statusMeasures(agreementSignedInTerm),
    ...Object.values(agreementsInForce),
  ],
  obligations: [agreementInForce, agreementSignedInTerm],
  tally(dossier, write) {
    const agreements = recordsOf(dossier, collectiveAgreement);
    const covering = agreements.filter(({ content }) => content.schools.includes(dossier.unitId));
    const { referenceDate } = dossier.schoolYear;
    const inForce = covering.some(({ content }) => coversOn(content, dossier.unitId, referenceDate));
    const eligible = bargains(dossier);
    const known = covering.some(({ content }) => (takesPartSince(content, dossier.unitId) ?? referenceDate) <= referenceDate);
    write.status(agreementInForce, !eligible ? "NOT_ELIGIBLE" : inForce ? "YES" : known ? "NO" : "NO_REPORT", dossier.schoolYear.endsOn);
    const workers = workersReported(dossier) ?? 0;
    if (eligible) write.add(agreementWorkers.agreementWorkersEligible, workers);
    if (eligible && inForce) write.add(agreementWorkers.agreementWorkersCovered, workers);

    const signed = eligible && signedInTerm(dossier, covering);
    write.status(agreementSignedInTerm, judged({ done: signed, owed: eligible, denied: known }), dossier.schoolYear.endsOn);

    const inYear = (on: Day | null) => countsEventOf(dossier.schoolYear, on);
    for (const { lead, content } of agreements) {
      if (!lead) continue;
      if (["IN_FORCE", "GRACE"].includes(stageOn(content, referenceDate))) {
        write.add(GRADED[content.grade ?? "NONE"], 1);
        const end = endOf(content, referenceDate);
        if (end && referenceDate < end && end <= addDays(referenceDate, GRACE)) write.add(agreementsInForce.agreementsExpiring, 1);
      }
      write.add(agreementsInYear.agreementsProlonged, content.prolongations.filter(({ agreedOn }) => inYear(agreedOn)).length);
      write.add(agreementsInYear.agreementsAmended, content.amendedOn.filter(inYear).length);
      if (!inYear(content.signedOn) || content.signedOn === null) continue;
      write.add(agreementsInYear.agreementsSigned, 1);
      write.add(content.origin === "RENEWED" ? agreementsInYear.agreementsRenewed : agreementsInYear.agreementsNew, 1);
      if (content.filedOn && content.filedOn <= addDays(content.signedOn, FILED_WITHIN))
        write.add(agreementsInYear.agreementsFiledOnTime, 1);
    }
  },
});

/** Whether one of these was signed, or joined, in the term that a directive names, from its first year to its last or up to the reference date; else in the last five years. */
function signedInTerm(dossier: Dossier, agreements: readonly { content: Agreement }[]): boolean {
  const { referenceDate } = dossier.schoolYear;
  const term = termYears(dossier.demands.get(agreementSignedInTerm)?.term ?? null);
  const since = term ? `${term.first}-01-01` : addDays(addMonths(referenceDate, -TERM_MONTHS), 1);
  const ended = term && `${term.last}-12-31` < referenceDate ? `${term.last}-12-31` : referenceDate;
  return agreements.some(({ content }) => {
    const signedOn = takesPartSince(content, dossier.unitId);
    return signedOn !== null && since <= signedOn && signedOn <= ended;
  });
}

/** A non-public school with a union bargains collectively; a public one signs an emulation pact instead. */
function bargains(dossier: Dossier): boolean {
  return isNonPublicSchool(dossier) && hasUnion(dossier);
}
