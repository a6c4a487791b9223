import { membershipReport } from "../../records/kinds/membership-report.js";
import { expectedClosing } from "../../records/kinds/membership-report-fields.js";
import { recordCheck } from "../check.js";

export const membershipDoesNotBalance = recordCheck({
  key: "MEMBERSHIP_DOES_NOT_BALANCE",
  severity: "ERROR",
  name: { en: "Membership does not balance", vi: "Số liệu đoàn viên không cân đối" },
  rule: {
    en: "Members at the end are the members at the start and the movements in between.",
    vi: "Đoàn viên cuối kỳ bằng đoàn viên đầu kỳ cộng tăng, trừ giảm trong kỳ.",
  },
  mending: { en: "Correct the figures or the movements.", vi: "Sửa lại số liệu đầu kỳ, cuối kỳ hoặc các biến động." },
  source: null,
  kind: membershipReport,
  look(content) {
    const [expected, closing] = [expectedClosing(content), content.membersClosing];
    return expected === null || expected === closing
      ? []
      : [{ field: "membersClosing", values: { opening: content.membersOpening, closing, expected } }];
  },
  message: ({ opening, closing, expected }) => ({
    en: `Members at the end are ${closing}, but ${opening} at the start and the movements make ${expected}. Correct the figures or the movements.`,
    vi: `Đoàn viên cuối kỳ là ${closing}, nhưng ${opening} đầu kỳ cùng các biến động cho ra ${expected}. Hãy sửa số liệu hoặc các biến động.`,
  }),
});
