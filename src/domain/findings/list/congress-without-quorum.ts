import { congress, congressQuorum, isValidCongress } from "../../records/kinds/congress.js";
import { recordCheck } from "../check.js";

export const congressWithoutQuorum = recordCheck({
  key: "CONGRESS_WITHOUT_QUORUM",
  severity: "WARNING",
  name: { en: "Congress without quorum", vi: "Đại hội không đủ số người dự" },
  rule: {
    en: "Two thirds of those called come to a congress.",
    vi: "Đại hội phải có ít nhất hai phần ba số người được triệu tập có mặt.",
  },
  mending: {
    en: "Correct the figures, or record the congress that was held later.",
    vi: "Sửa lại số liệu, hoặc ghi nhận đại hội tổ chức sau đó.",
  },
  source: "Statute of the Vietnam trade union (174/QĐ-TLĐ of 2020) Art. 10(1).",
  kind: congress,
  dayOf: ({ heldOn }) => heldOn,
  look(content) {
    const [needed, { present, heldOn }] = [congressQuorum(content), content];
    if (heldOn === null || present === null || needed === null || isValidCongress(content)) return [];
    return [{ field: "present", values: { present, needed } }];
  },
  message: ({ present, needed }) => ({
    en: `${present} were present, ${needed} (two thirds) were needed: the congress does not count.`,
    vi: `Có ${present} người dự, cần ${needed} (hai phần ba): đại hội không được tính.`,
  }),
});
