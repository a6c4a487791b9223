import { congress } from "../../records/kinds/congress.js";
import { fileCheck, reportedIn, schoolYearAt } from "../check.js";

/** Members of an executive committee: at least, and at most in a union of up to so many members. */
const SMALLEST = 3;
const GUIDE = [
  { membersBelow: 50, most: 3 },
  { membersBelow: 150, most: 5 },
  { membersBelow: Infinity, most: 25 },
] as const;

export const executiveCommitteeSize = fileCheck({
  key: "EXECUTIVE_COMMITTEE_SIZE",
  severity: "NOTICE",
  name: { en: "Executive committee of unusual size", vi: "Số ủy viên ban chấp hành khác hướng dẫn" },
  rule: {
    en: "The executive committee of a grassroots union has 3 members with fewer than 50 members, up to 5 with fewer than 150, and never more than 25.",
    vi: "Ban chấp hành công đoàn cơ sở có 3 ủy viên nếu dưới 50 đoàn viên, tối đa 5 nếu dưới 150, và không quá 25.",
  },
  mending: {
    en: "Correct the size or the members of the congress; where the union above set another size, acknowledge it and say so.",
    vi: "Sửa số ủy viên hoặc số đoàn viên; nếu công đoàn cấp trên quy định khác thì xác nhận và nêu rõ.",
  },
  source: "Practice: plan of the federation of Hồ Chí Minh City for the congresses of 2025; no national rule.",
  look({ history, records, schoolYears }) {
    if (history.unit.level !== "GRASSROOTS") return [];
    return reportedIn(records, congress).flatMap((record) => {
      const { committeeSize: size, heldOn, members } = record.content;
      const most = GUIDE.find(({ membersBelow }) => (members ?? Infinity) < membersBelow)?.most ?? 25;
      const schoolYear = heldOn && schoolYearAt(schoolYears, heldOn);
      if (size === null || !schoolYear || (size >= SMALLEST && size <= most)) return [];
      return [{ schoolYear, record, field: "committeeSize", since: record.recordedOn, values: { size, most, members: members ?? "?" } }];
    });
  },
  message: ({ size, most, members }) => ({
    en: `The executive committee has ${size} members; with ${members} members of the union ${most === SMALLEST ? SMALLEST : `${SMALLEST} to ${most}`} are usual.`,
    vi: `Ban chấp hành có ${size} ủy viên; với ${members} đoàn viên thường có ${most === SMALLEST ? SMALLEST : `${SMALLEST} đến ${most}`}.`,
  }),
});
