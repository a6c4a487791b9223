import { identityFold } from "../../ground/vietnamese.js";
import { fileCheck, schoolYearAt } from "../check.js";

export const codeLooksLikeAnother = fileCheck({
  key: "CODE_LOOKS_LIKE_ANOTHER",
  severity: "WARNING",
  name: { en: "Code looks like another one", vi: "Mã trông giống một mã khác" },
  rule: {
    en: "A code belongs to one unit, whatever its case and fonts (Đ, Ð). The hub refuses others since 0.5.0; those from before stay.",
    vi: "Mỗi mã thuộc một đơn vị, không phân biệt chữ hoa và phông chữ (Đ, Ð). Từ phiên bản 0.5.0 mã trùng bị từ chối; mã có từ trước được giữ.",
  },
  mending: {
    en: "Where the same unit was registered twice, keep one of them; else write this code exactly as it is shown: any other spelling finds the other unit.",
    vi: "Nếu cùng một đơn vị được đăng ký hai lần thì giữ lại một; nếu không hãy viết mã đúng như hiển thị: cách viết khác sẽ tìm ra đơn vị kia.",
  },
  source: null,
  look({ history: { unit, placements }, schoolYears }) {
    const since = placements[0]?.from;
    const schoolYear = since === undefined ? null : schoolYearAt(schoolYears, since);
    const reads = identityFold(unit.code);
    if (since === undefined || schoolYear === null || unit.codeKey === reads) return [];
    return [{ schoolYear, record: null, field: "code", since, values: { code: unit.code, reads } }];
  },
  message: ({ code, reads }) => ({
    en: `The code "${code}" is found in this spelling only; "${reads}" finds another unit.`,
    vi: `Mã "${code}" chỉ được tìm thấy khi viết đúng như vậy; "${reads}" tìm ra đơn vị khác.`,
  }),
});
