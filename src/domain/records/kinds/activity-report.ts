import { capital, type Words } from "../../ground/words.js";
import { vietnameseDay } from "../../ground/day.js";
import { type Dossier, isNonPublicSchool } from "../../counting/dossier.js";
import { dueFor } from "../../counting/due.js";
import { countsEventOf, type SchoolYear } from "../../tree/school-year.js";
import { flow, unsaid, type Measure, measures, measuresOfEach } from "../../counting/measure.js";
import { judged, obligation, obligationThroughUnion, ONLY_DIRECTED, statusMeasures } from "../../counting/obligation.js";
import { activityFields, type ActivityReport, AWARD_TYPES, HONOUR_LEVELS, PAYERS, type Recipient } from "./activity-report-fields.js";
import { type TallyWriter } from "../../counting/tally.js";
import { saidBy, sumOf, UNSAID } from "./activity-counts.js";
import { ratioMeasures, tallyRatios } from "./activity-ratios.js";
import { asOfMeant, asOfProblems, type CountedDays } from "../as-of.js";
import { recordKind } from "../kind.js";
import { peopleCountedProblems, reportCounting, schoolsCounted, tallySpokenFor, unitsSpokenFor } from "../people-counted.js";
import { refusals } from "../refusals.js";

/** Has the school sent its yearly activity report? */
export const activityReported = obligationThroughUnion("activityReport", { deadline: ONLY_DIRECTED });
/** Does the school apply pay and benefit policy in full, by its own word? */
export const policyApplied = obligation("policyCompliance");
/** Has a non-public school held its yearly dialogue? */
export const dialogueHeld = obligation("periodicDialogue");

const word = (choice: string) => choice.charAt(0) + choice.slice(1).toLowerCase();
const choicesOf = <K extends string>(words: Readonly<Record<K, string>>) => Object.keys(words) as K[];
export const ALL_PAYERS = choicesOf(PAYERS);
export const ALL_HONOUR_LEVELS = choicesOf(HONOUR_LEVELS);
export const ALL_AWARD_TYPES = choicesOf(AWARD_TYPES);

export const activity = measures({
  initiativesRegistered: flow(),
  communicationSessions: flow(),
  communicationTurns: flow(),
  trainingInvited: flow(),
  trainingAttended: flow(),
  welfareGifts: flow(),
  welfareRecipients: flow(),
});
/** Money spent, by who paid. */
export const AMOUNT_BY = measuresOfEach(ALL_PAYERS, (payer) => `welfareAmountBy${word(payer)}`, flow());
/** Initiatives, by the level that recognised them. */
export const RECOGNISED_AT = measuresOfEach(ALL_HONOUR_LEVELS, (level) => `initiativesRecognisedAt${word(level)}`, flow());
const awardsTo = (recipient: Recipient) => measuresOfEach(ALL_HONOUR_LEVELS, (level) => `awards${word(recipient)}At${word(level)}`, flow());
/** Awards, by recipient and the level that gave them. */
export const AWARDS_AT = { COLLECTIVE: awardsTo("COLLECTIVE"), INDIVIDUAL: awardsTo("INDIVIDUAL") };
/** Awards, by type. */
export const AWARDS_OF = measuresOfEach(ALL_AWARD_TYPES, (type) => `awardsOf${word(type)}`, flow());
export const activityUnsaid = unsaid(UNSAID);

/** Counts of the report that become measures of the same name. */
const COUNTS = ["initiativesRegistered", "communicationSessions", "communicationTurns"] as const;

/** Yearly activity report: see the description, which the API prints. */
export const activityReport = recordKind({
  key: "activityReport",
  typeName: "ActivityReport",
  name: { en: "activity report", vi: "báo cáo hoạt động công đoàn" },
  mutations: { record: "reportActivity", withdraw: "withdrawActivityReport" },
  description:
    "Yearly activity report (báo cáo hoạt động công đoàn trong năm học): policy and dialogue, welfare, initiatives, awards, training and communication of a school with its union. A union says whom it counts (peopleCounted): what it did itself and no school has reported, or all of its schools, which then report through it; a federation reports only what it did itself. So nothing counts twice. Source: form 1-HĐCĐ of the general confederation; Labour Code 45/2019/QH14 Art. 63 (dialogue); practice of the federations.",
  levels: ["SCHOOL", "GRASSROOTS", "DISTRICT", "PROVINCE"],
  deed: "RECORD",
  schoolYear: "ALWAYS",
  fields: activityFields,
  keyOf: () => "",
  covered: schoolsCounted,
  countsPeople: true,
  complete: (content, { schoolYear, today }) => ({
    ...content,
    asOf: schoolYear && asOfMeant(content.asOf, daysOf(schoolYear), today),
    welfare: content.welfare.map((row) => ({ ...row, occasion: row.occasion ?? "OTHER" })),
  }),
  rules: refusals(activityFields, (check, content, context) => {
    const { unit, schoolYear, today } = context;
    const { policyApplied: applied, policyShortfall, dialoguesOn } = content;
    for (const { code, field, message } of peopleCountedProblems(content, context)) check.refuse(code, field, message);
    if (unit.unit.level !== "SCHOOL" && content.peopleCounted !== "ALL_ITS_SCHOOLS") {
      if (applied !== null)
        check.refuse("WRONG_LEVEL", "policyApplied", {
          en: "Only a school says this of itself.",
          vi: "Chỉ trường mới tự ghi mục này về mình.",
        });
      if (dialoguesOn.length > 0)
        check.refuse("WRONG_LEVEL", "dialoguesOn", {
          en: "Dialogue is held at a school.",
          vi: "Đối thoại định kỳ được tổ chức tại trường.",
        });
    } else if (applied === null) check.needed("policyApplied");
    if (applied === false && !policyShortfall)
      check.refuse("REQUIRED", "policyShortfall", {
        en: "Say what was not applied in full.",
        vi: "Ghi rõ nội dung chưa thực hiện đầy đủ (policyShortfall).",
      });
    if (applied && policyShortfall)
      check.refuse("RULE", "policyShortfall", {
        en: "All was applied in full, and yet something was not.",
        vi: "Đã ghi là thực hiện đầy đủ, nhưng lại có nội dung chưa thực hiện (policyShortfall).",
      });
    if (schoolYear)
      for (const { code, field, message } of asOfProblems(content.asOf, daysOf(schoolYear), schoolYear, today))
        check.refuse(code, field, message);
    const inYear = (field: `dialoguesOn.${number}` | `welfare.${number}.on`, on: string | null) => {
      if (!on || !schoolYear) return;
      if (!countsEventOf(schoolYear, on))
        check.refuse("OUT_OF_RANGE", field, {
          en: `${on} lies outside ${schoolYear.countsFrom} to ${schoolYear.referenceDate}, the days that count in ${schoolYear.label}.`,
          vi: `Ngày ${vietnameseDay(on)} nằm ngoài các ngày tính cho năm học ${schoolYear.label}, từ ${vietnameseDay(schoolYear.countsFrom)} đến ${vietnameseDay(schoolYear.referenceDate)}.`,
        });
    };
    for (const [index, on] of dialoguesOn.entries()) inYear(`dialoguesOn.${index}`, on);
    for (const [index, { on, gifts, recipients, amount }] of content.welfare.entries()) {
      inYear(`welfare.${index}.on`, on);
      if (!gifts && !recipients && !amount)
        check.refuse("REQUIRED", `welfare.${index}`, {
          en: "Give gifts, recipients or amount.",
          vi: "Ghi số suất quà (gifts), số lượt người (recipients) hoặc số tiền (amount).",
        });
    }
    const seen = new Set<string>();
    const once = (
      field: `initiativesRecognised.${number}` | `awards.${number}`,
      list: "initiativesRecognised" | "awards",
      ...key: string[]
    ) => {
      const said = key.join(" ");
      if (seen.has(`${list} ${said}`)) check.refuse("REPEATED", field, statedTwice(list, said));
      seen.add(`${list} ${said}`);
    };
    for (const [index, { level }] of content.initiativesRecognised.entries())
      once(`initiativesRecognised.${index}`, "initiativesRecognised", level);
    for (const [index, { level, type, recipient }] of content.awards.entries()) once(`awards.${index}`, "awards", level, type, recipient);
    check.atMost("trainingAttended", "trainingInvited", {
      en: "only officers who were invited are counted as attending",
      vi: "chỉ tính cán bộ được triệu tập",
    });
    if (content.communicationTurns && content.communicationSessions === 0)
      check.refuse("RULE", "communicationTurns", {
        en: "There were attendances, but no session.",
        vi: "Có số lượt người tham dự nhưng không có buổi tuyên truyền nào.",
      });
  }),
  measures: [
    ...[activityReported, policyApplied, dialogueHeld].flatMap(statusMeasures),
    ...[activity, AMOUNT_BY, RECOGNISED_AT, AWARDS_AT.COLLECTIVE, AWARDS_AT.INDIVIDUAL, AWARDS_OF, activityUnsaid].flatMap((each) =>
      Object.values<Measure>(each),
    ),
    ...ratioMeasures,
  ],
  obligations: [activityReported, policyApplied, dialogueHeld],
  tally(dossier, write) {
    const counting = reportCounting(dossier, activityReport);
    const { own: report } = counting;
    writeStatuses(dossier, report ?? counting.ofUnion, write);
    tallySpokenFor(activityReported, counting, write);
    if (!report) return;
    const said = saidBy(report);
    for (const key of UNSAID) if (said[key] === null) write.add(activityUnsaid[key], unitsSpokenFor(report));
    for (const name of COUNTS) write.add(activity[name], report[name] ?? 0);
    if (said.trainingAttendance !== null) {
      write.add(activity.trainingInvited, said.trainingAttendance.invited);
      write.add(activity.trainingAttended, said.trainingAttendance.attended);
    }
    write.add(
      activity.welfareGifts,
      sumOf(report.welfare, ({ gifts }) => gifts),
    );
    write.add(
      activity.welfareRecipients,
      sumOf(report.welfare, ({ recipients }) => recipients),
    );
    for (const { paidBy, amount } of report.welfare) write.add(AMOUNT_BY[paidBy], amount ?? 0);
    for (const { level, count } of report.initiativesRecognised) write.add(RECOGNISED_AT[level], count);
    tallyRatios(dossier, report, said, write);
    for (const { level, type, recipient, count } of report.awards) {
      write.add(AWARDS_AT[recipient][level], count);
      write.add(AWARDS_OF[type], count);
    }
  },
});

const statedTwice = (list: "initiativesRecognised" | "awards", said: string): Words => ({
  en: `${list === "awards" ? "" : "Initiatives at level "}${said} stands twice; add the two up.`,
  vi: `${capital(activityFields[list].name.vi)} ${said} được ghi hai lần; hãy cộng lại thành một dòng.`,
});

const daysOf = ({ countsFrom, referenceDate }: SchoolYear): CountedDays => ({ from: countsFrom, until: referenceDate });

function writeStatuses(dossier: Dossier, report: ActivityReport | null, write: TallyWriter) {
  const due = dueFor(dossier, activityReported);
  const isSchool = dossier.level === "SCHOOL";
  write.status(activityReported, judged({ done: report !== null, owed: isSchool, denied: false }), due);
  const applied = isSchool ? (report?.policyApplied ?? null) : null;
  write.status(policyApplied, judged({ done: applied === true, owed: isSchool, denied: applied === false }), due);
  const spoke = isNonPublicSchool(dossier) && (report?.dialoguesOn ?? []).some((on) => countsEventOf(dossier.schoolYear, on));
  write.status(dialogueHeld, judged({ done: spoke, owed: isNonPublicSchool(dossier), denied: report !== null }), due);
}
