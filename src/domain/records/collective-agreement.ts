import { addDays, addMonths, type Day } from "../day.js";
import { type Dossier, hasUnion, isNonPublicSchool, recordsOf } from "../dossier.js";
import { lives, profileOn } from "../history.js";
import { type Problem, problem } from "../problem.js";
import { countsEventOf } from "../school-year.js";
import { flow, judged, obligation, statusMeasures, stock } from "../tally.js";
import { isPublic } from "../unit.js";
import { type Agreement, agreementFields } from "./collective-agreement-fields.js";
import { recordKind } from "./kind.js";
import { workersReported } from "./membership-report.js";
import { termYears } from "./term.js";

export const agreementInForce = obligation("agreement");
/** Has a school signed at least one agreement in the term that a directive names, else in the last five years? */
export const agreementSignedInTerm = obligation("agreementsSignedInTerm");
/** The measure of agreements in force of each quality grade, and of those without. */
export const GRADED = { A: "agreementsGradedA", B: "agreementsGradedB", C: "agreementsGradedC", NONE: "agreementsUngraded" } as const;
/** Months of a congress term. */
const TERM_MONTHS = 60;
export const agreementFiledOnTime = "agreementsFiledOnTime";

/** Days within which an agreement is filed. Labour Code Art. 77. */
export const FILED_WITHIN = 10;
/** Days for which an expired agreement keeps running while its renewal is bargained. Labour Code Art. 83. */
export const GRACE = 90;

/** Where an agreement stands on a day. Labour Code Art. 78, 83, 86–88. */
export const AGREEMENT_STAGES = {
  BARGAINING: "Not signed yet.",
  SIGNED: "Signed, not in force yet.",
  IN_FORCE: "In force.",
  GRACE: "Expired, and running on for at most 90 days while its renewal is bargained.",
  EXPIRED: "Expired.",
  VOID: "Declared void by a court.",
} as const;
export type AgreementStage = keyof typeof AGREEMENT_STAGES;

export function stageOn(agreement: Agreement, on: Day): AgreementStage {
  if (!agreement.signedOn || agreement.signedOn > on) return "BARGAINING";
  if (agreement.voidSince && agreement.voidSince <= on) return "VOID";
  if ((agreement.effectiveOn ?? agreement.signedOn) > on) return "SIGNED";
  if (!agreement.expiresOn || on <= agreement.expiresOn) return "IN_FORCE";
  return agreement.renewalTalksSince && on <= addDays(agreement.expiresOn, GRACE) ? "GRACE" : "EXPIRED";
}

/** Collective agreement of non-public schools: see the description, which the API prints. */
export const collectiveAgreement = recordKind({
  key: "collectiveAgreement",
  typeName: "CollectiveAgreement",
  mutations: { record: "recordCollectiveAgreement", withdraw: "withdrawCollectiveAgreement" },
  description:
    "Collective agreement (thỏa ước lao động tập thể) of one or several non-public schools. It counts for each school that it covers, in every school year on whose reference date it is in force, or in grace while its renewal is bargained. More than half of all workers must have voted for it; it runs for one to three years and is filed within 10 days. Source: Labour Code 45/2019/QH14 Art. 65, 75–88.",
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
  rules(content, { unit, named, today }) {
    const problems: Problem[] = [];
    const refuse = (code: Problem["code"], field: string, message: string) => problems.push(problem(code, field, message));
    if (content.schools.length === 0) refuse("REQUIRED", "schools", "Say which schools the agreement covers.");
    if (unit.unit.level === "SCHOOL" && content.schools.length > 0 && !content.schools.includes(unit.unit.id))
      refuse("RULE", "schools", "A school reports an agreement that covers itself; let the union report the others'.");
    for (const [index, id] of content.schools.entries()) {
      const school = named.get(id);
      if (!school) continue;
      const profile = profileOn(school, content.signedOn ?? today);
      if (school.unit.level !== "SCHOOL") refuse("WRONG_LEVEL", `schools.${index}`, `${profile.name} is not a school.`);
      else if (isPublic(profile.ownership))
        refuse(
          "WRONG_LEVEL",
          `schools.${index}`,
          `${profile.name} is public: public schools sign an emulation pact, not a collective agreement (Law 10/2022 Art. 51; Labour Code Art. 2).`,
        );
      else if (
        content.signedOn &&
        !lives(school.placements).some((life) => life.from <= (content.expiresOn ?? content.signedOn!) && content.signedOn! < life.until)
      )
        refuse("UNIT_CLOSED", `schools.${index}`, `${profile.name} was not open while the agreement holds.`);
    }
    if (content.signedOn) signedProblems(content.signedOn, content.effectiveOn ?? content.signedOn);
    else {
      for (const name of ["effectiveOn", "expiresOn", "filedOn", "renewalTalksSince", "voidSince", "grade"] as const)
        if (content[name]) refuse("RULE", name, `${name} is ${content[name]}, but the agreement has not been signed.`);
      if (content.amendedOn.length > 0) refuse("RULE", "amendedOn", "An agreement that has not been signed cannot have been amended.");
    }
    if (content.ballotFor !== null && content.ballotTotal !== null && content.ballotFor > content.ballotTotal)
      refuse(
        "RULE",
        "ballotFor",
        `ballotFor is ${content.ballotFor} and ballotTotal is ${content.ballotTotal}: only those asked can vote.`,
      );
    return problems;

    function signedProblems(signedOn: Day, effectiveOn: Day) {
      for (const name of ["ballotFor", "ballotTotal"] as const)
        if (content[name] === null)
          refuse("REQUIRED", name, `${name} is missing: a signed agreement was put to the vote of all workers (Labour Code Art. 76).`);
      if (content.ballotFor !== null && content.ballotTotal !== null && content.ballotFor * 2 <= content.ballotTotal)
        refuse(
          "RULE",
          "ballotFor",
          `${content.ballotFor} of ${content.ballotTotal} voted for it; an agreement may be signed only when more than half of all workers vote for it (Labour Code Art. 76).`,
        );
      if (!content.expiresOn) refuse("REQUIRED", "expiresOn", `expiresOn is missing: ${agreementFields.expiresOn.description}`);
      else if (content.expiresOn < addDays(addMonths(effectiveOn, 12), -1) || content.expiresOn > addMonths(effectiveOn, 36))
        refuse(
          "RULE",
          "expiresOn",
          `From ${effectiveOn} to ${content.expiresOn} is not one to three years (Labour Code Art. 78(3)); expected ${addDays(addMonths(effectiveOn, 12), -1)} to ${addMonths(effectiveOn, 36)}.`,
        );
      if (content.filedOn && content.filedOn < signedOn)
        refuse("OUT_OF_RANGE", "filedOn", `It was filed on ${content.filedOn}, before it was signed on ${signedOn}.`);
      for (const [index, amended] of content.amendedOn.entries())
        if (amended < signedOn)
          refuse("OUT_OF_RANGE", `amendedOn.${index}`, `It was amended on ${amended}, before it was signed on ${signedOn}.`);
      if (content.voidSince && content.voidSince < signedOn)
        refuse("OUT_OF_RANGE", "voidSince", `It cannot be void before it was signed on ${signedOn}.`);
      if (
        content.renewalTalksSince &&
        content.expiresOn &&
        (content.renewalTalksSince < addDays(content.expiresOn, -GRACE) || content.renewalTalksSince > content.expiresOn)
      )
        refuse(
          "RULE",
          "renewalTalksSince",
          `Renewal is bargained from 90 days before the end: expected ${addDays(content.expiresOn, -GRACE)} to ${content.expiresOn} (Labour Code Art. 83).`,
        );
    }
  },
  measures: [
    ...statusMeasures(agreementInForce),
    ...["agreementsSigned", "agreementsNew", "agreementsRenewed", "agreementsAmended", agreementFiledOnTime].map(flow),
    stock("agreementWorkersCovered"),
    stock("agreementWorkersEligible"),
    ...statusMeasures(agreementSignedInTerm),
    ...[...Object.values(GRADED), "agreementsExpiring"].map(stock),
  ],
  obligations: [agreementInForce, agreementSignedInTerm],
  tally(dossier, write) {
    const agreements = recordsOf(dossier, collectiveAgreement);
    const covering = agreements.filter(({ content }) => content.schools.includes(dossier.unitId));
    const inForce = covering.some(({ content }) => ["IN_FORCE", "GRACE"].includes(stageOn(content, dossier.schoolYear.referenceDate)));
    const eligible = bargains(dossier);
    const known = covering.some(({ content }) => !content.signedOn || content.signedOn <= dossier.schoolYear.referenceDate);
    write.status(agreementInForce, !eligible ? "NOT_ELIGIBLE" : inForce ? "YES" : known ? "NO" : "NO_REPORT", dossier.schoolYear.endsOn);
    const workers = workersReported(dossier) ?? 0;
    if (eligible) write.add("agreementWorkersEligible", workers);
    if (eligible && inForce) write.add("agreementWorkersCovered", workers);

    const { referenceDate } = dossier.schoolYear;
    const signed = eligible && signedInTerm(dossier, covering);
    write.status(agreementSignedInTerm, judged({ done: signed, owed: eligible, denied: known }), dossier.schoolYear.endsOn);

    const inYear = (on: Day | null) => countsEventOf(dossier.schoolYear, on);
    for (const { lead, content } of agreements) {
      if (!lead) continue;
      if (["IN_FORCE", "GRACE"].includes(stageOn(content, referenceDate))) {
        write.add(GRADED[content.grade ?? "NONE"], 1);
        const { expiresOn } = content;
        if (expiresOn && referenceDate < expiresOn && expiresOn <= addDays(referenceDate, GRACE)) write.add("agreementsExpiring", 1);
      }
      write.add("agreementsAmended", content.amendedOn.filter(inYear).length);
      if (!inYear(content.signedOn) || content.signedOn === null) continue;
      write.add("agreementsSigned", 1);
      write.add(content.origin === "RENEWED" ? "agreementsRenewed" : "agreementsNew", 1);
      if (content.filedOn && content.filedOn <= addDays(content.signedOn, FILED_WITHIN)) write.add(agreementFiledOnTime, 1);
    }
  },
});

/** Whether one of these was signed in the term that a directive names, from its first year to its last or up to the reference date; else in the last five years. */
function signedInTerm(dossier: Dossier, agreements: readonly { content: Agreement }[]): boolean {
  const { referenceDate } = dossier.schoolYear;
  const term = termYears(dossier.demands.get("agreementsSignedInTerm")?.term ?? null);
  const since = term ? `${term.first}-01-01` : addDays(addMonths(referenceDate, -TERM_MONTHS), 1);
  const ended = term && `${term.last}-12-31` < referenceDate ? `${term.last}-12-31` : referenceDate;
  return agreements.some(({ content: { signedOn } }) => signedOn !== null && since <= signedOn && signedOn <= ended);
}

/** A non-public school with a union bargains collectively; a public one signs an emulation pact instead. */
function bargains(dossier: Dossier): boolean {
  return isNonPublicSchool(dossier) && hasUnion(dossier);
}
