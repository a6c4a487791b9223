import { membershipReported, membership, membershipUnsaid } from "../../records/kinds/membership-report.js";
import { type Indicator } from "../indicator.js";

export const memberNetChange: Indicator = {
  key: "memberNetChange",
  name: { en: "Net change of members", vi: "Số đoàn viên thực tăng" },
  definition: {
    en: "Members admitted, rejoined and transferred in, less members transferred out, left and retired, in the school year. Structural change (mergers, splits, dissolutions) is excluded. Transfers inside a branch cancel out when both sides report them.",
    vi: "Số đoàn viên kết nạp mới, kết nạp lại, chuyển đến trừ số chuyển đi, thôi việc, ra khỏi công đoàn và nghỉ hưu trong năm học. Không tính biến động do sắp xếp tổ chức (sáp nhập, chia tách, giải thể). Chuyển trong cùng một hệ thống tự bù trừ khi cả hai bên báo cáo.",
  },
  numerator: {
    plus: [membership.membersAdmitted, membership.membersRejoined, membership.membersTransferredIn],
    minus: [membership.membersTransferredOut, membership.membersLeft, membership.membersRetired],
    words: {
      en: "admitted, rejoined and transferred in less transferred out, left and retired",
      vi: "kết nạp mới, kết nạp lại, chuyển đến trừ chuyển đi, thôi việc, ra khỏi công đoàn, nghỉ hưu",
    },
  },
  denominator: null,
  eligibility: { en: "Units with a membership report.", vi: "Đơn vị đã có báo cáo lao động và đoàn viên." },
  unit: "PEOPLE",
  period: "FLOW",
  direction: "HIGHER",
  source: "Forms 1-HĐCĐ and 2-HĐCĐ of the general confederation. No instrument found defines thực tăng: this is the hub's definition.",
  obligation: membershipReported,
  unsaid: membershipUnsaid.memberNetChange,
  isReported: true,
};
