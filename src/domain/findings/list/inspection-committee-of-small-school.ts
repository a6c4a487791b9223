import { isPublicSchool } from "../../counting/dossier.js";
import { conference, isSmall, workersOf } from "../../records/kinds/conference.js";
import { inspectionCommittee } from "../../records/kinds/inspection-committee.js";
import { isInTerm } from "../../records/term.js";
import { reportedIn, yearCheck } from "../check.js";

export const inspectionCommitteeOfSmallSchool = yearCheck({
  key: "INSPECTION_COMMITTEE_OF_SMALL_SCHOOL",
  severity: "WARNING",
  name: { en: "People's inspection committee of a small school", vi: "Trường ít người có ban thanh tra nhân dân" },
  rule: {
    en: "Only a public school with more than seven workers has a people's inspection committee.",
    vi: "Chỉ trường công lập có trên 7 người mới thành lập ban thanh tra nhân dân.",
  },
  mending: {
    en: "Correct the workers of the conference or the membership report, or withdraw the committee, which counts nowhere.",
    vi: "Sửa số lao động trong hội nghị hoặc báo cáo đoàn viên, hoặc rút ban thanh tra nhân dân; ban này không được tính.",
  },
  source: "Law 10/2022/QH15 Art. 60(1).",
  look({ dossier, records }) {
    const workers = workersOf(dossier);
    if (!isPublicSchool(dossier) || !isSmall(dossier) || workers === null) return [];
    const inTerm = reportedIn(records, inspectionCommittee).filter(
      ({ content }) => content.electedOn !== null && isInTerm(content, dossier.schoolYear.referenceDate),
    );
    const elections = reportedIn(records, conference).filter(({ content }) => content.inspectionCommitteeElected);
    return [
      ...inTerm.map((record) => ({ record, field: "electedOn", since: record.recordedOn, values: { workers } })),
      ...elections.map((record) => ({ record, field: "inspectionCommitteeElected", since: record.recordedOn, values: { workers } })),
    ];
  },
  message: ({ workers }) => ({
    en: `A committee is recorded, but the school has ${workers} workers: with seven or fewer there is none.`,
    vi: `Có ghi nhận ban thanh tra nhân dân nhưng trường chỉ có ${workers} người; từ 7 người trở xuống không thành lập.`,
  }),
});
