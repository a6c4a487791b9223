import { labelBefore } from "../../tree/school-year.js";
import { membershipReport } from "../../records/kinds/membership-report.js";
import { countSamePeople } from "../../records/people-counted.js";
import { wasOpenIn } from "../../tree/history.js";
import { fileCheck, later, reportedIn } from "../check.js";

/** The figures that a membership report gives at both ends, and what they are called. */
const FIGURES = {
  members: { en: "members", vi: "đoàn viên" },
  womenMembers: { en: "women members", vi: "đoàn viên nữ" },
  workers: { en: "workers", vi: "lao động" },
  womenWorkers: { en: "women workers", vi: "lao động nữ" },
} as const;
const NAMES = Object.keys(FIGURES) as (keyof typeof FIGURES)[];

export const openingDiffersFromClosing = fileCheck<Readonly<Record<string, number>>>({
  key: "OPENING_DIFFERS_FROM_CLOSING",
  severity: "WARNING",
  name: { en: "Opening figures differ from last year's closing ones", vi: "Số đầu kỳ khác số cuối kỳ năm học trước" },
  rule: {
    en: "A membership report opens, on the day after the last reference date, with the figures with which the one of the school year before closed. Who came or went in the summer is a movement of the new school year.",
    vi: "Số liệu đầu kỳ của báo cáo đoàn viên là số của ngày liền sau ngày chốt số liệu năm học trước, bằng số liệu cuối kỳ của năm học trước. Biến động trong hè là biến động của năm học mới.",
  },
  mending: {
    en: "Correct the one of the two reports that is wrong: who came or went after the last reference date belongs to the movements. Where last year's report closed before its reference date, acknowledge it and say so.",
    vi: "Sửa báo cáo sai trong hai báo cáo: biến động sau ngày chốt số liệu năm học trước ghi vào biến động trong kỳ. Nếu báo cáo năm trước chốt sớm hơn ngày chốt số liệu thì xác nhận và nêu rõ.",
  },
  source: null,
  look({ history, schoolYears, records }) {
    const open = new Set(schoolYears.filter((year) => wasOpenIn(history, year)).map(({ label }) => label));
    const reports = reportedIn(records, membershipReport).filter(({ schoolYear }) => schoolYear !== null && open.has(schoolYear));
    return reports.flatMap((report) => {
      const { schoolYear, content } = report;
      const before = schoolYear ? reports.find((other) => other.schoolYear === labelBefore(schoolYear)) : undefined;
      const ends = (name: (typeof NAMES)[number]) => [before?.content[`${name}Closing`] ?? null, content[`${name}Opening`]] as const;
      // What one of the two reports leaves open differs from nothing.
      const differing = NAMES.filter((name) => !ends(name).includes(null) && ends(name)[0] !== ends(name)[1]);
      const [first] = differing;
      // One that includes predecessors opens with theirs, too; one that counts other schools than the last with other people.
      if (!schoolYear || !before || !first || content.includesPredecessors || !countSamePeople(before.content, content)) return [];
      const values = Object.fromEntries(
        differing.flatMap((name) => [
          [`${name}Closing`, ends(name)[0]!],
          [`${name}Opening`, ends(name)[1]!],
        ]),
      );
      return [{ schoolYear, record: report, field: `${first}Opening`, since: later(report.recordedOn, before.recordedOn), values }];
    });
  },
  message(values) {
    const told = (language: "en" | "vi") =>
      NAMES.flatMap((name) => {
        const [closing, opening] = [values[`${name}Closing`], values[`${name}Opening`]];
        return closing === undefined || opening === undefined ? [] : [`${FIGURES[name][language]} ${closing} → ${opening}`];
      }).join(", ");
    return {
      en: `The report opens with other figures than last year's closed with: ${told("en")}.`,
      vi: `Số đầu kỳ khác số cuối kỳ năm học trước: ${told("vi")}.`,
    };
  },
});
