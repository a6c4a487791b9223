import { membershipReport, membership } from "../../records/kinds/membership-report.js";
import { schoolsCounted } from "../../records/people-counted.js";
import { schoolsCheck } from "../check.js";
import { type Compared, DONE, totalOf } from "./schools-counted-twice.js";

/** What a school that closed in the year reported of its people: on the reference date it has no members. */
export const TURNOVER: Compared = {
  field: "schools",
  measures: [
    membership.membersAtStart,
    membership.membersAdmitted,
    membership.membersRejoined,
    membership.membersTransferredIn,
    membership.membersStructuralGain,
  ],
  words: { en: "members at the start or gained", vi: "đoàn viên đầu kỳ và tăng trong năm" },
};

export const closedSchoolCountedTwice = schoolsCheck<{ what: string; union: number; schools: number }>({
  key: "CLOSED_SCHOOL_COUNTED_TWICE",
  severity: "WARNING",
  name: {
    en: "A union's report may count a closed school again",
    vi: "Báo cáo của công đoàn có thể tính trùng trường đã kết thúc hoạt động",
  },
  rule: {
    en: "Beside a union's report that counts everybody of all its schools, no school that closed in the year, before the reference date, has reported itself: what it did until then counts where it last stood.",
    vi: "Khi công đoàn báo cáo cho tất cả các trường thì không có trường nào kết thúc hoạt động trong năm, trước ngày chốt, tự báo cáo: số liệu của trường đến ngày đó được tính ở nơi trường thuộc về sau cùng.",
  },
  mending: {
    en: "Where the union's report holds the closed school's figures, too, withdraw the school's own report; where it does not, acknowledge it and say so.",
    vi: "Nếu báo cáo của công đoàn đã gồm số liệu của trường thì rút báo cáo của trường; nếu chưa gồm thì xác nhận và nêu rõ.",
  },
  source: null,
  look({ record, own, closed }) {
    if (schoolsCounted(record.content as never).length === 0) return [];
    const counts = record.kind === membershipReport.key ? { turnover: TURNOVER } : DONE;
    const found = Object.entries(counts).find(([, count]) => totalOf(count, closed) > 0);
    if (!found) return [];
    const [what, count] = found;
    return [{ field: "schools", values: { what, union: totalOf(count, own), schools: totalOf(count, closed) } }];
  },
  message({ what, union, schools }) {
    const { words } = DONE[what] ?? TURNOVER;
    return {
      en: `The union reports ${union} ${words.en} for all its schools; those that closed in the year reported ${schools} themselves, which count beside: twice, where the union's report holds them, too.`,
      vi: `Công đoàn báo cáo ${union} ${words.vi} cho tất cả các trường; các trường kết thúc hoạt động trong năm tự báo cáo ${schools} và được tính riêng: nếu báo cáo của công đoàn đã gồm thì bị tính hai lần.`,
    };
  },
});
