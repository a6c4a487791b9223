import { addDays, type Day, vietnameseDay } from "../../ground/day.js";
import { collectiveAgreement } from "../../records/kinds/collective-agreement.js";
import { daysOf, endOf, GRACE } from "../../records/kinds/collective-agreement-stages.js";
import { type Agreement } from "../../records/kinds/collective-agreement-fields.js";
import { fileCheck, later, schoolYearAt } from "../check.js";
import { type FiledRecord, type UnitFile } from "../unit-file.js";

/** A signed agreement of a school with the first and the last day on which it covers it. */
export interface Running {
  record: FiledRecord & { content: Agreement };
  from: Day;
  until: Day;
}

/** The signed agreements that cover a school, in order of their first days; one that was void from the start has no day. */
export function agreementsOf({ history, records }: UnitFile): Running[] {
  if (history.unit.level !== "SCHOOL") return [];
  return records
    .filter((record) => record.kind === collectiveAgreement.key)
    .flatMap((filed) => {
      const record = filed as Running["record"];
      const { schools, signedOn, effectiveOn, voidSince } = record.content;
      const end = endOf(record.content);
      if (!signedOn || !end || !schools.includes(history.unit.id)) return [];
      const own = daysOf(record.content, history.unit.id);
      const from = own.from ?? effectiveOn ?? signedOn;
      const last = voidSince && voidSince <= end ? addDays(voidSince, -1) : end;
      const until = own.until && own.until < last ? own.until : last;
      return from <= until ? [{ record, from, until }] : [];
    })
    .sort((a, b) => (`${a.from} ${a.record.recordId}` < `${b.from} ${b.record.recordId}` ? -1 : 1));
}

export const agreementOverlaps = fileCheck({
  key: "AGREEMENT_OVERLAPS",
  severity: "WARNING",
  name: { en: "Agreement overlaps another one", vi: "Thỏa ước trùng thời gian với thỏa ước khác" },
  rule: {
    en: "Of agreements of one type only one is in force at a school at a time; a renewal may begin in the last 90 days of the one before.",
    vi: "Tại một trường, mỗi loại chỉ có một thỏa ước có hiệu lực; thỏa ước ký lại có thể bắt đầu trong 90 ngày cuối của thỏa ước trước.",
  },
  mending: {
    en: "Correct the days; where the same agreement was recorded twice, withdraw one; where it followed another, record it as RENEWED.",
    vi: "Sửa lại ngày; nếu một thỏa ước được ghi hai lần thì rút một; nếu là ký lại thì ghi RENEWED.",
  },
  source: "Labour Code 45/2019/QH14 Art. 78, 83.",
  look(file) {
    // Of those that began before, the one that ends last overlaps whenever any does: each agreement is compared with one.
    const lastToEnd = new Map<Agreement["type"], Running>();
    return agreementsOf(file).flatMap((second) => {
      const { type } = second.record.content;
      const other = lastToEnd.get(type);
      if (!other || other.until < second.until) lastToEnd.set(type, second);
      const schoolYear = schoolYearAt(file.schoolYears, second.from);
      if (!other || !isDoubled(other, second) || schoolYear === null) return [];
      const values = {
        reference: second.record.content.reference,
        other: other.record.content.reference,
        from: second.from,
        until: second.until < other.until ? second.until : other.until,
      };
      const since = later(second.record.recordedOn, other.record.recordedOn);
      const field = daysOf(second.record.content, file.history.unit.id).from ? "participations" : "effectiveOn";
      return [{ schoolYear, record: second.record, field, since, values }];
    });
  },
  message: ({ reference, other, from, until }) => ({
    en: `${reference} and ${other} are both in force from ${from} to ${until}.`,
    vi: `${reference} và ${other} cùng có hiệu lực từ ${vietnameseDay(from)} đến ${vietnameseDay(until)}.`,
  }),
});

/** Whether two agreements of one type, in order of their first days, share a day; a renewal may begin in the days in which it may be bargained. */
function isDoubled(first: Running, second: Running): boolean {
  const isRenewal = second.record.content.origin === "RENEWED" && second.from >= addDays(first.until, -GRACE);
  return second.from <= first.until && !isRenewal;
}
