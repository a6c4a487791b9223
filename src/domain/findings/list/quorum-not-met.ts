import { conference } from "../../records/kinds/conference.js";
import { quorum } from "../../records/kinds/conference-rules.js";
import { recordCheck } from "../check.js";

export const quorumNotMet = recordCheck({
  key: "QUORUM_NOT_MET",
  severity: "WARNING",
  name: { en: "Conference without quorum", vi: "Hội nghị không đủ số người dự" },
  rule: {
    en: "At a staff conference two thirds of all workers, or of the delegates convened, are present; to a written ballot nobody need come.",
    vi: "Hội nghị cán bộ, viên chức phải có ít nhất hai phần ba tổng số người, hoặc số đại biểu được triệu tập, có mặt; lấy ý kiến bằng phiếu thì không cần họp.",
  },
  mending: {
    en: "Correct the figures, or record the second call of the conference.",
    vi: "Sửa lại số liệu, hoặc ghi nhận lần triệu tập thứ hai.",
  },
  source: "Law 10/2022/QH15 Art. 51(2)(c).",
  kind: conference,
  look(content) {
    const needed = quorum(content);
    const { heldOn, type, present } = content;
    if (!heldOn || type !== "STAFF_CONFERENCE" || present === null || needed === null || present >= needed) return [];
    return [{ field: "present", values: { present, needed } }];
  },
  message: ({ present, needed }) => ({
    en: `${present} were present, ${needed} (two thirds) were needed: the conference does not count. Record the second attempt.`,
    vi: `Có ${present} người dự, cần ${needed} (hai phần ba): hội nghị không được tính. Hãy ghi nhận lần triệu tập thứ hai.`,
  }),
});
