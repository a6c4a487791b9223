import { addDays } from "../../ground/day.js";
import { openSince, placementOn, type UnitHistory } from "../../tree/history.js";
import { type SchoolYear } from "../../tree/school-year.js";
import { fileCheck, type SightInFile } from "../check.js";
import { isEvidence } from "../unit-file.js";

/** The school years, each judged for itself, of which a unit should have reported something and has not. `reported`: those of which it has. */
export function silentYears(history: UnitHistory, schoolYears: readonly SchoolYear[], reported: readonly string[]): SightInFile[] {
  if (history.unit.level !== "SCHOOL" && history.unit.level !== "GRASSROOTS") return [];
  const [first] = [...reported].sort();
  return schoolYears
    .filter(({ label }) => !reported.includes(label) && (first === undefined || first < label))
    .filter(({ startsOn, endsOn, referenceDate }) => {
      const last = endsOn > referenceDate ? endsOn : referenceDate;
      return placementOn(history, last) !== null && openSince(history, last) <= startsOn;
    })
    .map(({ label, endsOn }) => ({
      ...{ schoolYear: label, record: null, field: "", since: addDays(endsOn, 1) },
      values: { schoolYear: label, ever: first === undefined ? 0 : 1 },
    }));
}

export const nothingReported = fileCheck({
  key: "NOTHING_REPORTED",
  severity: "WARNING",
  name: { en: "Nothing reported in a school year", vi: "Cả năm học không có báo cáo" },
  rule: {
    en: "A school or union that is open for a whole school year reports something of it. Years before the first that the unit reports at all are not asked for.",
    vi: "Trường, công đoàn cơ sở hoạt động suốt năm học phải có báo cáo của năm đó; không tính các năm trước báo cáo đầu tiên của đơn vị.",
  },
  mending: {
    en: "Ask the unit for its reports; where it no longer works, close it on the day it ended.",
    vi: "Đề nghị đơn vị báo cáo; nếu đơn vị đã kết thúc hoạt động thì ghi nhận ngày kết thúc.",
  },
  source: "Forms 1-HĐCĐ and 2-HĐCĐ of the general confederation.",
  look({ history, schoolYears, records }) {
    const reported = records.flatMap((record) => (isEvidence(record) && record.schoolYear !== null ? [record.schoolYear] : []));
    return silentYears(history, schoolYears, reported);
  },
  message: ({ schoolYear, ever }) => ({
    en: `Nothing of ${schoolYear} has been reported, ${ever ? "though the unit reported before" : "and nothing of any other year"}.`,
    vi: `Chưa có báo cáo nào của năm học ${schoolYear}, ${ever ? "dù trước đó đơn vị có báo cáo" : "cũng như của các năm khác"}.`,
  }),
});
