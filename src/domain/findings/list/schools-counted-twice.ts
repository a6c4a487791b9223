import { type Measure } from "../../counting/measure.js";
import { evaluate } from "../../figures/indicator.js";
import { activityReport, activity, AMOUNT_BY, AWARDS_OF, RECOGNISED_AT } from "../../records/kinds/activity-report.js";
import { membershipReport, membership } from "../../records/kinds/membership-report.js";
import { schoolsCounted } from "../../records/people-counted.js";
import { type Tally } from "../../counting/tally.js";
import { schoolsCheck } from "../check.js";
import { type Words } from "../../ground/words.js";

/** A count that a union's report gives beside its schools: the field, the measures, and what it is called. */
export interface Compared {
  field: string;
  measures: readonly Measure[];
  words: Words;
}

export const MEMBERS: Compared = { field: "membersClosing", measures: [membership.members], words: { en: "members", vi: "đoàn viên" } };

/** All that was done, by the key of the count. */
export const DONE: Readonly<Record<string, Compared>> = {
  welfareGifts: { field: "welfare", measures: [activity.welfareGifts], words: { en: "gifts", vi: "suất quà" } },
  welfareRecipients: {
    field: "welfare",
    measures: [activity.welfareRecipients],
    words: { en: "people helped", vi: "lượt người được chăm lo" },
  },
  welfareAmount: { field: "welfare", measures: Object.values(AMOUNT_BY), words: { en: "dong spent", vi: "đồng chi chăm lo" } },
  ...Object.fromEntries(
    (
      [
        [activity.initiativesRegistered, { en: "initiatives registered", vi: "sáng kiến đăng ký" }],
        [activity.communicationSessions, { en: "sessions of communication", vi: "buổi tuyên truyền" }],
        [activity.communicationTurns, { en: "attendances at sessions", vi: "lượt dự tuyên truyền" }],
        [activity.trainingInvited, { en: "officers invited to training", vi: "cán bộ được triệu tập tập huấn" }],
        [activity.trainingAttended, { en: "officers attending training", vi: "cán bộ dự tập huấn" }],
      ] as const
    ).map(([measure, words]) => [measure.key, { field: measure.key, measures: [measure], words }]),
  ),
  initiativesRecognised: {
    field: "initiativesRecognised",
    measures: Object.values(RECOGNISED_AT),
    words: { en: "initiatives recognised", vi: "sáng kiến được công nhận" },
  },
  awards: { field: "awards", measures: Object.values(AWARDS_OF), words: { en: "awards", vi: "lượt khen thưởng" } },
};

/** Smaller counts are often equal by chance. */
const CHANCE = 10;

/** What a tally has of a count. */
export const totalOf = ({ measures }: Compared, tally: Tally): number => evaluate({ plus: measures }, tally);

export const schoolsCountedTwice = schoolsCheck<{ what: string; union: number; schools: number }>({
  key: "SCHOOLS_COUNTED_TWICE",
  severity: "WARNING",
  name: { en: "A union's report may count its schools again", vi: "Báo cáo của công đoàn có thể tính trùng các trường" },
  rule: {
    en: `A union's report that counts only people of none of its schools has fewer members than its schools reported together (an occupational union: another number), and no count above ${CHANCE} of what was done is that of its schools together.`,
    vi: `Báo cáo của công đoàn chỉ tính người ngoài các trường có số đoàn viên ít hơn tổng số các trường báo cáo (nghiệp đoàn: khác tổng số đó), và không có số hoạt động nào trên ${CHANCE} bằng đúng tổng của các trường.`,
  },
  mending: {
    en: "Where the report is the sum of the schools, correct it to what is in none of theirs, or withdraw the schools' reports and say ALL_ITS_SCHOOLS; where it is right, acknowledge it and say so.",
    vi: "Nếu báo cáo là tổng của các trường: sửa để chỉ tính phần ngoài các trường, hoặc rút báo cáo của các trường và chọn tính tất cả các trường; nếu đúng thì xác nhận và nêu rõ.",
  },
  source: null,
  look({ record, isOccupational, own, schools }) {
    if (schoolsCounted(record.content as never).length > 0) return [];
    const sight = (what: string, count: Compared) => {
      const [union, theirs] = [totalOf(count, own), totalOf(count, schools)];
      return [{ field: count.field, values: { what, union, schools: theirs } }];
    };
    if (record.kind === membershipReport.key) {
      const [mine, theirs] = [totalOf(MEMBERS, own), totalOf(MEMBERS, schools)];
      return theirs > 0 && (mine === theirs || (mine > theirs && !isOccupational)) ? sight("members", MEMBERS) : [];
    }
    if (record.kind !== activityReport.key) return [];
    const same = Object.entries(DONE).find(([, count]) => totalOf(count, own) > CHANCE && totalOf(count, own) === totalOf(count, schools));
    return same ? sight(...same) : [];
  },
  message({ what, union, schools }) {
    const { words } = DONE[what] ?? MEMBERS;
    return {
      en: `The union reports ${union} ${words.en} that it says are in none of its schools' reports; its schools report ${schools} together.`,
      vi: `Công đoàn báo cáo ${union} ${words.vi} ngoài các trường; các trường báo cáo tổng cộng ${schools}.`,
    };
  },
});
