import { inspectionCommittee } from "../../records/kinds/inspection-committee.js";
import { LARGEST } from "../../records/kinds/inspection-committee-rules.js";
import { recordCheck } from "../check.js";

/** Fewer than 3 members, or more than 9 in a unit that is not said to be dispersed, are refused and never stored. */
export const inspectionCommitteeLarge = recordCheck({
  key: "INSPECTION_COMMITTEE_LARGE",
  severity: "NOTICE",
  name: { en: "Large people's inspection committee", vi: "Ban thanh tra nhân dân đông thành viên" },
  rule: {
    en: "A people's inspection committee has 3 to 9 members; more only where the conference of a dispersed or special unit decides so.",
    vi: "Ban thanh tra nhân dân có từ 3 đến 9 thành viên; nhiều hơn chỉ khi hội nghị của đơn vị phân tán, đặc thù quyết định.",
  },
  mending: {
    en: "Correct the size, or acknowledge it and name the resolution of the conference.",
    vi: "Sửa lại số thành viên, hoặc xác nhận và nêu nghị quyết hội nghị.",
  },
  source: "Law 10/2022/QH15 Art. 60(1).",
  kind: inspectionCommittee,
  dayOf: ({ electedOn }) => electedOn,
  look: ({ size }) => (size === null || size <= LARGEST ? [] : [{ field: "size", values: { size } }]),
  message: ({ size }) => ({
    en: `The committee has ${size} members, more than ${LARGEST}: only in a dispersed or special unit whose conference decided so.`,
    vi: `Ban có ${size} thành viên, quá ${LARGEST}: chỉ ở đơn vị phân tán, đặc thù khi hội nghị quyết định.`,
  }),
});
