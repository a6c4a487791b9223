import { inspectionCommittee } from "../../records/kinds/inspection-committee.js";
import { LARGEST, MOST_DEPUTIES } from "../../records/kinds/inspection-committee-rules.js";
import { recordCheck } from "../check.js";

export const inspectionCommitteeTwoDeputies = recordCheck({
  key: "INSPECTION_COMMITTEE_TWO_DEPUTIES",
  severity: "NOTICE",
  name: { en: "Two deputies in a small inspection committee", vi: "Ban thanh tra nhân dân nhỏ có hai phó trưởng ban" },
  rule: {
    en: "A people's inspection committee has a second deputy head from 9 members on.",
    vi: "Ban thanh tra nhân dân có từ 9 thành viên mới có phó trưởng ban thứ hai.",
  },
  mending: { en: "Correct the deputies or the size.", vi: "Sửa lại số phó trưởng ban hoặc số thành viên." },
  source: "Decree 59/2023 Art. 21(3).",
  kind: inspectionCommittee,
  dayOf: ({ electedOn }) => electedOn,
  look({ size, deputies }) {
    if (size === null || size >= LARGEST || deputies !== MOST_DEPUTIES) return [];
    return [{ field: "deputies", values: { size } }];
  },
  message: ({ size }) => ({
    en: `Two deputies are for committees of ${LARGEST} members or more; this one has ${size} (Decree 59/2023 Art. 21(3)).`,
    vi: `Ban có từ ${LARGEST} thành viên mới có hai phó trưởng ban; ban này có ${size} (Nghị định 59/2023, Điều 21 khoản 3).`,
  }),
});
