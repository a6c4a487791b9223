import { activityReport } from "../../records/kinds/activity-report.js";
import { recordCheck } from "../check.js";

export const moreInitiativesRecognisedThanRegistered = recordCheck({
  key: "MORE_INITIATIVES_RECOGNISED_THAN_REGISTERED",
  severity: "NOTICE",
  name: { en: "More initiatives recognised than registered", vi: "Sáng kiến được công nhận nhiều hơn đăng ký" },
  rule: {
    en: "Initiatives are registered before they are recognised, most often in the same school year.",
    vi: "Sáng kiến được đăng ký trước khi công nhận, thường trong cùng năm học.",
  },
  mending: {
    en: "Correct the figures; where some were registered in an earlier year, acknowledge it and say so.",
    vi: "Sửa lại số liệu; nếu có sáng kiến đăng ký từ năm trước thì xác nhận và nêu rõ.",
  },
  source: null,
  kind: activityReport,
  look({ initiativesRegistered: registered, initiativesRecognised }) {
    const recognised = initiativesRecognised.reduce((total, { count }) => total + count, 0);
    return registered === null || recognised <= registered ? [] : [{ field: "initiativesRecognised", values: { recognised, registered } }];
  },
  message: ({ recognised, registered }) => ({
    en: `${recognised} initiatives were recognised and ${registered} registered. Right only where some were registered in an earlier year.`,
    vi: `${recognised} sáng kiến được công nhận, ${registered} được đăng ký. Chỉ đúng khi có sáng kiến đăng ký từ năm trước.`,
  }),
});
