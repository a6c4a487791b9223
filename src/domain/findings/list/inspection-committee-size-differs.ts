import { vietnameseDay } from "../../ground/day.js";
import { conference } from "../../records/kinds/conference.js";
import { inspectionCommittee } from "../../records/kinds/inspection-committee.js";
import { fileCheck, later, reportedIn, schoolYearAt } from "../check.js";

export const inspectionCommitteeSizeDiffers = fileCheck({
  key: "INSPECTION_COMMITTEE_SIZE_DIFFERS",
  severity: "WARNING",
  name: { en: "Inspection committee of another size than elected", vi: "Số thành viên ban thanh tra nhân dân không khớp hội nghị" },
  rule: {
    en: "A people's inspection committee has as many members as the conference that elected it says.",
    vi: "Số thành viên ban thanh tra nhân dân bằng số được bầu tại hội nghị.",
  },
  mending: { en: "Correct the conference or the committee.", vi: "Sửa lại hội nghị hoặc ban thanh tra nhân dân." },
  source: "Law 10/2022/QH15 Art. 60.",
  look({ records, schoolYears }) {
    // The first that stands of a day is the one that is compared.
    const elections = new Map(
      reportedIn(records, conference)
        .filter(({ content }) => content.inspectionCommitteeElected)
        .reverse()
        .map((each) => [each.content.heldOn, each]),
    );
    return reportedIn(records, inspectionCommittee).flatMap((record) => {
      const { electedOn, size } = record.content;
      const election = elections.get(electedOn);
      const elected = election?.content.inspectionCommitteeSize ?? null;
      if (!election || !electedOn || size === null || elected === null || size === elected) return [];
      const schoolYear = schoolYearAt(schoolYears, electedOn);
      if (schoolYear === null) return [];
      return [
        { schoolYear, record, field: "size", since: later(record.recordedOn, election.recordedOn), values: { size, elected, electedOn } },
      ];
    });
  },
  message: ({ size, elected, electedOn }) => ({
    en: `The committee has ${size} members, but the conference on ${electedOn} elected ${elected}.`,
    vi: `Ban có ${size} thành viên, nhưng hội nghị ngày ${vietnameseDay(electedOn)} bầu ${elected}.`,
  }),
});
