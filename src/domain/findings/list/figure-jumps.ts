import { membershipReport } from "../../records/kinds/membership-report.js";
import { countSamePeople } from "../../records/people-counted.js";
import { fileCheck, reportedIn } from "../check.js";
import { type FiledRecord } from "../unit-file.js";

/** A modified z-score above it is an outlier. Iglewicz & Hoaglin 1993. */
const THRESHOLD = 3.5;
/** The median absolute deviation of a normal distribution is so much of its standard deviation. */
const NORMAL = 0.6745;
/** Fewer earlier years say nothing about what is usual. */
const FEWEST = 4;
/** A figure that hardly ever moved is still given this much room: one person, or this part of its median. */
const LEAST_SPREAD = { people: 1, part: 0.02 };

/** The middle of some numbers; of an even count the mean of the two in the middle. */
function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** How far a figure lies from what was usual, in robust standard deviations: median and median absolute deviation of its own history. */
function modifiedZ(figure: number, history: readonly number[]): number {
  const middle = median(history);
  const spread = median(history.map((value) => Math.abs(value - middle)));
  return (NORMAL * (figure - middle)) / Math.max(spread, LEAST_SPREAD.people, LEAST_SPREAD.part * middle);
}

type Report = FiledRecord & { content: Parameters<(typeof membershipReport)["keyOf"]>[0] };

/** What must not jump. Members that came or went with a reorganisation are taken out. */
const FIGURES = {
  membersClosing: ({ content }: Report) => content.membersClosing - (content.structuralGain ?? 0) + (content.structuralLoss ?? 0),
  workersClosing: ({ content }: Report) => content.workersClosing,
} as const;

export const figureJumps = fileCheck<{ field: string; figure: number; usual: number; years: number }>({
  key: "FIGURE_JUMPS",
  severity: "WARNING",
  name: { en: "Figure jumps", vi: "Số liệu biến động bất thường" },
  rule: {
    en: `Members and workers lie near those of the earlier years: within ${THRESHOLD} robust standard deviations of their median (a modified z-score over at least ${FEWEST} earlier years; the spread is taken as one person or 2% at least). Members who came or went with a reorganisation are left aside, and reports that include predecessors.`,
    vi: `Số đoàn viên và lao động không lệch quá ${THRESHOLD} độ lệch chuẩn vững so với trung vị các năm trước (z-score điều chỉnh, từ ${FEWEST} năm trước trở lên); không tính biến động do sắp xếp tổ chức và báo cáo đã gộp đơn vị tiền thân.`,
  },
  mending: {
    en: "Look for a typing error; where so many really came or went, acknowledge it and say why.",
    vi: "Kiểm tra lỗi nhập liệu; nếu đúng là có biến động lớn thì xác nhận và nêu lý do.",
  },
  source: "Iglewicz & Hoaglin, How to Detect and Handle Outliers (1993).",
  look({ records }) {
    const reports = reportedIn(records, membershipReport).sort((a, b) => (`${a.schoolYear}` < `${b.schoolYear}` ? -1 : 1));
    return reports.slice(FEWEST).flatMap((report, index) =>
      (Object.keys(FIGURES) as (keyof typeof FIGURES)[]).flatMap((field) => {
        const earlier = reports.slice(0, FEWEST + index).filter(({ content }) => countSamePeople(content, report.content));
        const history = earlier.map(FIGURES[field]);
        const figure = FIGURES[field](report);
        const isUsual =
          earlier.length < FEWEST || report.content.includesPredecessors === true || Math.abs(modifiedZ(figure, history)) <= THRESHOLD;
        if (report.schoolYear === null || isUsual) return [];
        const since =
          [report, ...earlier]
            .map(({ recordedOn }) => recordedOn)
            .sort()
            .at(-1) ?? report.recordedOn;
        const values = { field, figure, usual: median(history), years: history.length };
        return [{ schoolYear: report.schoolYear, record: report, field, since, values }];
      }),
    );
  },
  message({ field, figure, usual, years }) {
    const [en, vi] = field === "workersClosing" ? ["workers", "lao động"] : ["members", "đoàn viên"];
    return {
      en: `${figure} ${en} are far from the ${usual} that were usual in the ${years} years before.`,
      vi: `${figure} ${vi}, khác xa mức thường thấy ${usual} trong ${years} năm trước.`,
    };
  },
});
