import { addDays } from "../../ground/day.js";
import { executiveMeetings, inspectionMeetings, unionYear, womensMeetings } from "../../records/kinds/union-year.js";
import { later, reportedIn, yearCheck } from "../check.js";

const BODIES = {
  executiveMeetings: { meetings: executiveMeetings, en: "executive committee", vi: "Ban chấp hành" },
  inspectionMeetings: { meetings: inspectionMeetings, en: "inspection committee", vi: "Ủy ban kiểm tra" },
  womensMeetings: { meetings: womensMeetings, en: "women's committee", vi: "Ban nữ công" },
} as const;
type Field = keyof typeof BODIES;

export const meetingsTooFew = yearCheck<{ body: Field; held: number; owed: number }>({
  key: "MEETINGS_TOO_FEW",
  severity: "NOTICE",
  name: { en: "Fewer meetings than the cadence asks", vi: "Số kỳ họp ít hơn định kỳ" },
  rule: {
    en: "A body of a union meets, with minutes, every month or every two months, as its own cadence has it.",
    vi: "Các ban của công đoàn họp, có biên bản, mỗi tháng hoặc hai tháng một kỳ theo định kỳ của mình.",
  },
  mending: {
    en: "Correct the meetings of the working year, or the cadence of the body; where meetings were really missed, nothing is left to do.",
    vi: "Sửa số kỳ họp trong năm, hoặc định kỳ của ban; nếu đúng là họp thiếu thì không cần làm gì thêm.",
  },
  source: "Statute of the Vietnam trade union; practice of the federations.",
  look({ dossier, account, records }) {
    const [record] = reportedIn(records, unionYear);
    if (!record) return [];
    return (Object.keys(BODIES) as Field[]).flatMap((body) => {
      const { duty, due } = BODIES[body].meetings;
      if (!account.tally[duty.measures.NO.key]) return [];
      const values = { body, held: record.content[body] ?? 0, owed: account.tally[due.key] ?? 0 };
      return [{ record, field: body, since: later(record.recordedOn, addDays(dossier.schoolYear.endsOn, 1)), values }];
    });
  },
  message: ({ body, held, owed }) => ({
    en: `The ${BODIES[body].en} met ${held} times with minutes; its cadence asks for ${owed}.`,
    vi: `${BODIES[body].vi} họp ${held} kỳ có biên bản; theo định kỳ phải có ${owed}.`,
  }),
});
