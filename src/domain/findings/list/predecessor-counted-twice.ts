import { placementOn, type UnitHistory } from "../../tree/history.js";
import { membershipReport } from "../../records/kinds/membership-report.js";
import { countSamePeople } from "../../records/people-counted.js";
import { includesPredecessors, mayInclude } from "../../records/predecessors.js";
import { kindOf } from "../../records/catalogue.js";
import { labelBefore, type SchoolYear } from "../../tree/school-year.js";
import { fileCheck, reportedIn } from "../check.js";
import { type Compared, comparedWith, figureWords, seenSince } from "../former-units.js";
import { type FiledRecord, type UnitFile, type FormerUnit } from "../unit-file.js";

/** Counts up to it are alike by chance too often. */
const TELLING = 10;

interface Sight extends Compared {
  because: "OPENING" | "NO_GAIN" | "SAME_COUNT" | "TWO_INCLUDE" | "NOBODY";
}

export const predecessorCountedTwice = fileCheck<{ because: string; field: string; own: number; theirs: number }>({
  key: "PREDECESSOR_COUNTED_TWICE",
  severity: "WARNING",
  name: { en: "A predecessor seems to be counted twice", vi: "Số liệu của đơn vị tiền thân có thể bị tính hai lần" },
  rule: {
    en: `What a unit did that ended in the year counts in its own report, or in that of one successor which says so (includesPredecessors). Looked at where the successor does not: it opens with its own last closing figure and the predecessors' opening one; it gained nobody where its predecessors lost members to it by the merger; or it has the same count, and none smaller than theirs. Of counts above ${TELLING}.`,
    vi: `Hoạt động của đơn vị kết thúc trong năm được tính theo báo cáo của chính đơn vị đó, hoặc trong báo cáo của một đơn vị kế tiếp có ghi rõ đã gộp (includesPredecessors). Khi đơn vị kế tiếp không ghi: số đầu kỳ bằng số cuối kỳ năm trước cộng số đầu kỳ của đơn vị tiền thân; đơn vị tiền thân giảm do sắp xếp tổ chức mà đơn vị kế tiếp không tăng; hoặc có số trùng nhau và không số nào nhỏ hơn. Chỉ xét số lớn hơn ${TELLING}.`,
  },
  mending: {
    en: "Say in the successor's report whether it includes the predecessors; where it does not, take their figures out of it and enter who came as a structural gain. Of two successors that include the same unit, correct one, and one that includes a unit which it does not follow any more.",
    vi: "Ghi rõ trong báo cáo của đơn vị kế tiếp có gộp đơn vị tiền thân hay không; nếu không gộp thì bỏ số liệu của đơn vị tiền thân và ghi số tiếp nhận vào tăng do sắp xếp tổ chức. Nếu hai đơn vị kế tiếp cùng gộp một đơn vị thì sửa một báo cáo; báo cáo gộp đơn vị không còn là tiền thân cũng phải sửa.",
  },
  source: "Forms 1-HĐCĐ and 2-HĐCĐ of the general confederation: closing = opening + gains - losses, each member in one report.",
  look({ history, schoolYears, records, formers }) {
    return records
      .filter(({ kind, lead }) => lead && mayInclude(kindOf(kind)))
      .flatMap((report) => {
        const year = schoolYears.find(({ label }) => label === report.schoolYear);
        const followed = formers.filter(({ schoolYear }) => schoolYear === report.schoolYear);
        const found = year ? sightOf(report, followed, { history, year, records }) : null;
        if (!found) return [];
        return [{ schoolYear: year!.label, record: report, field: found.field, since: seenSince(report, followed), values: { ...found } }];
      });
  },
  message({ because, field, own, theirs }) {
    const { en, vi } = figureWords(field);
    if (because === "TWO_INCLUDE")
      return {
        en: "This report and that of another successor both say that they include the same predecessor.",
        vi: "Báo cáo này và báo cáo của một đơn vị kế tiếp khác cùng ghi đã gộp một đơn vị tiền thân.",
      };
    if (because === "NOBODY")
      return {
        en: "This report says that it includes a predecessor, and no unit ended in the year that its unit followed: its closing was corrected since, or taken back.",
        vi: "Báo cáo ghi đã gộp đơn vị tiền thân nhưng trong năm không có đơn vị nào kết thúc mà đơn vị này kế tiếp: việc kết thúc đã được sửa hoặc hủy.",
      };
    if (because === "NO_GAIN")
      return {
        en: `The predecessors lost ${theirs} members by the merger, and this report gains none: it includes them without saying so, or the gain is missing.`,
        vi: `Đơn vị tiền thân giảm ${theirs} đoàn viên do sắp xếp tổ chức nhưng báo cáo này không ghi tăng: có thể đã gộp mà không ghi rõ, hoặc thiếu số tăng.`,
      };
    if (because === "OPENING")
      return {
        en: `The report opens with ${own} members, ${theirs} of them its predecessors', whose own report counts them, too.`,
        vi: `Báo cáo có ${own} đoàn viên đầu kỳ, trong đó ${theirs} của đơn vị tiền thân, vốn đã tính trong báo cáo của đơn vị đó.`,
      };
    return {
      en: `${own} ${en} here, and the same in the predecessors' own report: it includes them without saying so.`,
      vi: `Số ${vi} là ${own}, trùng với báo cáo của đơn vị tiền thân: có thể đã gộp mà không ghi rõ.`,
    };
  },
});

function sightOf(
  report: FiledRecord,
  followed: readonly FormerUnit[],
  { history, year, records }: Pick<UnitFile, "history" | "records"> & { year: SchoolYear },
): Sight | null {
  const { kind, content } = report;
  if (followed.length === 0)
    return includesPredecessors(content) ? { because: "NOBODY", field: "includesPredecessors", own: 1, theirs: 0 } : null;
  const others = followed.filter(({ includedByOthers }) => includedByOthers.includes(kind));
  if (includesPredecessors(content))
    return others.length > 0 ? { because: "TWO_INCLUDE", field: "includesPredecessors", own: 1, theirs: others.length } : null;
  // What another includes counts there alone.
  const counted = followed.filter((one) => !others.includes(one));
  const figures = comparedWith(kind, content, counted);
  if (kind === membershipReport.key) {
    const [opening] = figures.filter(({ field }) => field === "membersOpening");
    const before = opening && ownOpening(report, history, year, records);
    if (opening && before !== null && opening.theirs > TELLING && opening.own === before! + opening.theirs)
      return { because: "OPENING", ...opening };
    const lost = counted.flatMap(({ isAlone, reports }) =>
      isAlone ? reports.flatMap((one) => (one.kind === kind ? [Number(one.content.structuralLoss ?? 0)] : [])) : [],
    );
    const loss = lost.reduce((sum, one) => sum + one, 0);
    if (content.structuralGain === (0 as unknown) && loss > TELLING)
      return { because: "NO_GAIN", field: "structuralGain", own: 0, theirs: loss };
  }
  const movements = figures.filter(({ field }) => !field.endsWith("Opening"));
  const same = movements.find(({ own, theirs }) => own === theirs && own > TELLING);
  return same && movements.every(({ own, theirs }) => own >= theirs) ? { because: "SAME_COUNT", ...same } : null;
}

/** With how many members of its own a unit opens a school year: none where it was not there, else those of its last report; `null` where it sent none, or of other people. */
function ownOpening(
  { content }: FiledRecord,
  history: UnitHistory,
  { label, countsFrom }: SchoolYear,
  records: readonly FiledRecord[],
): number | null {
  if (placementOn(history, countsFrom) === null) return 0;
  const before = reportedIn(records, membershipReport).find(({ schoolYear }) => schoolYear === labelBefore(label));
  return before && countSamePeople(before.content, content as unknown as typeof before.content) ? before.content.membersClosing : null;
}
