import { addMonths, vietnameseDay } from "../../ground/day.js";
import { conference } from "../../records/kinds/conference.js";
import { recordCheck } from "../check.js";

/** A conference adopts the tasks of a school year at most so many months before it begins. */
const EARLIEST = 4;

export const conferenceOutsideSchoolYear = recordCheck({
  key: "CONFERENCE_OUTSIDE_SCHOOL_YEAR",
  severity: "WARNING",
  name: { en: "Conference outside its school year", vi: "Hội nghị tổ chức ngoài năm học" },
  rule: {
    en: "The conference of a school year is held in it or in the four months before it.",
    vi: "Hội nghị của năm học được tổ chức trong năm học hoặc trong bốn tháng trước đó.",
  },
  mending: { en: "Correct the day or the school year.", vi: "Sửa lại ngày tổ chức hoặc năm học." },
  source: "Law 10/2022/QH15 Art. 51(1): once a year, within three months of the next working year.",
  kind: conference,
  look({ heldOn }, year) {
    if (!heldOn || !year || (heldOn >= addMonths(year.startsOn, -EARLIEST) && heldOn <= year.endsOn)) return [];
    return [{ field: "heldOn", values: { heldOn, schoolYear: year.label } }];
  },
  message: ({ heldOn, schoolYear }) => ({
    en: `${heldOn} lies outside ${schoolYear}. Check the day or the school year.`,
    vi: `Ngày ${vietnameseDay(heldOn)} nằm ngoài năm học ${schoolYear}. Hãy kiểm tra ngày tổ chức hoặc năm học.`,
  }),
});
