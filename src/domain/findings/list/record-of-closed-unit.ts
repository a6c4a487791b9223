import { fileCheck } from "../check.js";
import { wasOpenIn } from "../../tree/history.js";
import { isEvidence } from "../unit-file.js";

export const recordOfClosedUnit = fileCheck({
  key: "RECORD_OF_CLOSED_UNIT",
  severity: "WARNING",
  name: { en: "Record of a year in which the unit was not open", vi: "Hồ sơ của năm học mà đơn vị không hoạt động" },
  rule: {
    en: "A unit reports of school years on a day of which it was open.",
    vi: "Đơn vị chỉ báo cáo cho năm học mà đơn vị có hoạt động.",
  },
  mending: {
    en: "Withdraw the record, or correct the days on which the unit was open.",
    vi: "Rút hồ sơ, hoặc sửa ngày hoạt động của đơn vị.",
  },
  source: null,
  look({ history, schoolYears, records }) {
    return records.flatMap((record) => {
      const year = schoolYears.find(({ label }) => label === record.schoolYear);
      if (!year || !isEvidence(record) || wasOpenIn(history, year)) return [];
      return [{ schoolYear: year.label, record, field: "schoolYear", since: record.recordedOn, values: { year: year.label } }];
    });
  },
  message: ({ year }) => ({
    en: `The unit was open on no day of ${year}: what is recorded of that year counts nowhere.`,
    vi: `Đơn vị không hoạt động ngày nào trong năm học ${year}: hồ sơ của năm học này không được tính.`,
  }),
});
