import { kindOf } from "../../records/catalogue.js";
import { includesPredecessors, mayInclude } from "../../records/predecessors.js";
import { fileCheck } from "../check.js";
import { comparedWith, figureWords, seenSince } from "../former-units.js";

export const smallerThanPredecessors = fileCheck<{ field: string; own: number; theirs: number; fields: number }>({
  key: "SMALLER_THAN_PREDECESSORS",
  severity: "WARNING",
  name: {
    en: "A report that includes its predecessors counts less than theirs",
    vi: "Báo cáo gộp có số nhỏ hơn báo cáo của đơn vị tiền thân",
  },
  rule: {
    en: "A report that includes the figures of the units that it followed (includesPredecessors) has in no count less than these reported themselves: opening figures are of all of them together, movements and activities of the whole year.",
    vi: "Báo cáo đã gộp số liệu của đơn vị tiền thân (includesPredecessors) không có số nào nhỏ hơn số mà các đơn vị đó đã báo cáo: số đầu kỳ là của tất cả các đơn vị, biến động và hoạt động là của cả năm.",
  },
  mending: {
    en: "Add what is missing, or correct the predecessors' reports; where the report does not include them, say so.",
    vi: "Bổ sung số còn thiếu hoặc sửa báo cáo của đơn vị tiền thân; nếu báo cáo không gộp thì ghi rõ là không.",
  },
  source: "Forms 1-HĐCĐ and 2-HĐCĐ of the general confederation: closing = opening + gains - losses, each member in one report.",
  look({ records, formers }) {
    if (formers.length === 0) return [];
    return records
      .filter(({ kind, lead, content }) => lead && mayInclude(kindOf(kind)) && includesPredecessors(content))
      .flatMap((report) => {
        const { kind, schoolYear, content } = report;
        const followed = formers.filter((one) => one.schoolYear === schoolYear);
        const less = comparedWith(kind, content, followed).filter(({ own, theirs }) => own < theirs);
        const [first] = less;
        if (!first || schoolYear === null) return [];
        const { field, own, theirs } = first;
        const values = { field, own, theirs, fields: less.length };
        return [{ schoolYear, record: report, field, since: seenSince(report, followed), values }];
      });
  },
  message({ field, own, theirs, fields }) {
    const { en, vi } = figureWords(field);
    const [more, moreVi] =
      Number(fields) > 1
        ? [`, and ${Number(fields) - 1} more counts are smaller`, `, và còn ${Number(fields) - 1} số khác nhỏ hơn`]
        : ["", ""];
    return {
      en: `The report says that it includes its predecessors: ${own} ${en}, where these alone reported ${theirs}${more}.`,
      vi: `Báo cáo ghi đã gộp đơn vị tiền thân nhưng số ${vi} là ${own}, trong khi riêng các đơn vị đó đã báo cáo ${theirs}${moreVi}.`,
    };
  },
});
