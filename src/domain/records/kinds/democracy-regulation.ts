import { isNonPublicSchool, isPublicSchool, recordsOf } from "../../counting/dossier.js";
import { dueFor } from "../../counting/due.js";
import { profileOn } from "../../tree/history.js";
import { judged, obligation, ONLY_DIRECTED, statusMeasures } from "../../counting/obligation.js";
import { isPublic } from "../../tree/unit.js";
import { workersOf } from "./conference.js";
import { ahead, choice, count, day, flag, required, text } from "../field.js";
import { recordKind } from "../kind.js";
import { refusals } from "../refusals.js";

/** Is a democracy regulation in force on the reference date? */
export const democracyRegulationInForce = obligation("democracyRegulation", { deadline: ONLY_DIRECTED });

/** From this many workers a non-public employer issues one: guidance 41/HD-TLĐ of 11 November 2021. */
const OWES_REGULATION = 10;

const fields = {
  number: required(
    text(
      { en: "number of the decision", vi: "số quyết định" },
      'Number of the decision that issued it, e.g. "12/QĐ-THHG" (số quyết định). With the school it is its identity.',
      100,
    ),
  ),
  issuedOn: required(day({ en: "issued on", vi: "ngày ban hành" }, "The day it was issued (ngày ban hành).")),
  edition: count(
    { en: "edition", vi: "lần ban hành" },
    "1 for the first regulation of the school, 2 for its first amendment and so on (lần ban hành). 1 unless given.",
  ),
  issuer: choice(
    { en: "issuer", vi: "người ban hành" },
    "RegulationIssuer",
    {
      HEAD_WITH_UNION: "The head together with the union's executive committee: in a public school. Law 10/2022 Art. 59(1)(a).",
      HEAD: "The head alone: in a public school without a union. Law 10/2022 Art. 59(1)(a).",
      EMPLOYER: "The employer: in a non-public school. Decree 145/2020 Art. 48.",
    },
    "HEAD_WITH_UNION in a public school, EMPLOYER in another unless given.",
  ),
  consulted: choice(
    { en: "consulted", vi: "đối tượng lấy ý kiến" },
    "RegulationConsultation",
    {
      UNION: "The union's executive committee.",
      WORKERS: "The workers or those who speak for them in the dialogue: only where the school had no union.",
    },
    "Who was consulted before it was issued (lấy ý kiến); it must have been somebody. Law 10/2022 Art. 59(1)(a); Decree 145/2020 Art. 48.",
  ),
  reasonsGiven: flag(
    { en: "reasons given", vi: "giải trình ý kiến không tiếp thu" },
    "Reasons were given for opinions that were not taken up (giải trình ý kiến không tiếp thu). Decree 145/2020 Art. 48.",
  ),
  publishedOn: day(
    { en: "published on", vi: "ngày công khai" },
    "The day on which it was made public to the staff (ngày công khai). Law 10/2022 Art. 59; Decree 145/2020 Art. 48.",
  ),
  repealedOn: ahead(
    { en: "repealed on", vi: "ngày hết hiệu lực" },
    "Since when it no longer holds without another in its place (ngày hết hiệu lực).",
  ),
  remark: text({ en: "remark", vi: "ghi chú" }, "Anything worth knowing; name no person (ghi chú)."),
} as const;

/** Democracy regulation of a school: see the description, which the API prints. */
export const democracyRegulation = recordKind({
  key: "democracyRegulation",
  typeName: "DemocracyRegulation",
  name: { en: "democracy regulation", vi: "quy chế thực hiện dân chủ" },
  mutations: { record: "recordDemocracyRegulation", withdraw: "withdrawDemocracyRegulation" },
  description:
    "Democracy regulation (quy chế thực hiện dân chủ) of a school. It counts in each school year on whose reference date it is in force: from its issue until it is repealed. The union, or where there was none the workers, must have been consulted. Source: Law 10/2022/QH15 Art. 59(1)(a) for public schools; Decree 145/2020 Art. 48 for non-public ones, with 10 workers or more (guidance 41/HD-TLĐ of 2021).",
  levels: ["SCHOOL"],
  deed: "RECORD",
  schoolYear: "NEVER",
  day: ({ issuedOn }) => issuedOn,
  fields,
  keyOf: ({ number }) => number ?? "",
  keyIsWritten: true,
  most: () => 200,
  complete: (content, { unit }) => ({
    ...content,
    edition: content.edition ?? 1,
    issuer: content.issuer ?? (isPublic(profileOn(unit, content.issuedOn ?? "").ownership) ? "HEAD_WITH_UNION" : "EMPLOYER"),
  }),
  rules: refusals(fields, (check, content, { unit }) => {
    const isPublicThen = isPublic(profileOn(unit, content.issuedOn ?? "").ownership);
    if ((content.issuer === "EMPLOYER") === isPublicThen)
      check.refuse(
        "RULE",
        "issuer",
        isPublicThen
          ? {
              en: "In a public school the head issues it, with the union where there is one (Law 10/2022 Art. 59(1)(a)).",
              vi: "Ở trường công lập, hiệu trưởng ban hành quy chế, cùng công đoàn nếu có (điểm a khoản 1 Điều 59 Luật 10/2022).",
            }
          : {
              en: "In a non-public school the employer issues it (Decree 145/2020 Art. 48).",
              vi: "Ở trường ngoài công lập, người sử dụng lao động ban hành quy chế (Điều 48 Nghị định 145/2020).",
            },
      );
    check.needed("consulted");
    if (content.edition === 0) check.refuse("OUT_OF_RANGE", "edition", { en: "Editions count from 1.", vi: "Lần ban hành tính từ 1." });
    check.open("issuedOn");
    check.inOrder("issuedOn", "publishedOn", { en: "what is made public has been issued", vi: "quy chế ban hành rồi mới công khai" });
    check.inOrder("issuedOn", "repealedOn", { en: "what is repealed has been issued", vi: "quy chế ban hành rồi mới hết hiệu lực" });
  }),
  measures: statusMeasures(democracyRegulationInForce),
  obligations: [democracyRegulationInForce],
  tally(dossier, write) {
    const { referenceDate } = dossier.schoolYear;
    const issued = recordsOf(dossier, democracyRegulation).filter(({ content }) => content.issuedOn <= referenceDate);
    const done = issued.some(({ content }) => content.repealedOn === null || content.repealedOn > referenceDate);
    const workers = workersOf(dossier);
    const owed = isPublicSchool(dossier) || (isNonPublicSchool(dossier) && (workers === null || workers >= OWES_REGULATION));
    write.status(
      democracyRegulationInForce,
      judged({ done, owed, denied: issued.length > 0 }),
      dueFor(dossier, democracyRegulationInForce),
    );
  },
});
