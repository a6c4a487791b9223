import { conference } from "../../records/kinds/conference.js";
import { recordCheck } from "../check.js";

export const resolutionNotAdopted = recordCheck({
  key: "RESOLUTION_NOT_ADOPTED",
  severity: "WARNING",
  name: { en: "Resolution not adopted", vi: "Nghị quyết hội nghị không được thông qua" },
  rule: {
    en: "More than half of those present at a staff conference vote for its resolution.",
    vi: "Nghị quyết hội nghị cán bộ, viên chức phải được trên 50% số người dự tán thành.",
  },
  mending: {
    en: "Correct the votes, or record the next call of the conference.",
    vi: "Sửa lại số phiếu, hoặc ghi nhận lần triệu tập sau.",
  },
  source: "Law 10/2022/QH15 Art. 51(2)(c).",
  kind: conference,
  look({ heldOn, type, votesFor, present }) {
    if (!heldOn || type !== "STAFF_CONFERENCE" || votesFor === null || present === null || votesFor * 2 > present) return [];
    return [{ field: "votesFor", values: { votesFor, present } }];
  },
  message: ({ votesFor, present }) => ({
    en: `${votesFor} of ${present} voted for the resolution; more than half were needed: the conference does not count.`,
    vi: `${votesFor} trên ${present} người dự tán thành nghị quyết; cần trên một nửa: hội nghị không được tính.`,
  }),
});
