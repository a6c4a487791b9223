import { conferenceHeldOnTime } from "../../records/kinds/conference.js";
import { type Indicator, completionOf } from "../indicator.js";
import { staffConferenceCompletion } from "./staff-conference-completion.js";

const { yes, expected, ...completion } = completionOf(conferenceHeldOnTime, staffConferenceCompletion);

export const conferenceOnTime: Indicator = {
  ...completion,
  key: "conferenceOnTime",
  name: { en: "Conference held on time", vi: "Tỷ lệ tổ chức hội nghị đúng hạn" },
  definition: {
    en: "Schools whose staff or labour conference was valid and held on or before the last day, of those that owe one and have a deadline.",
    vi: "Số trường tổ chức hợp lệ hội nghị cán bộ, viên chức hoặc hội nghị người lao động chậm nhất vào ngày cuối của hạn, trên số trường phải tổ chức và có hạn.",
  },
  numerator: {
    ...yes,
    words: { en: "schools whose valid conference was held by the deadline", vi: "trường tổ chức hội nghị hợp lệ đúng hạn" },
  },
  denominator: {
    ...expected,
    words: { en: "schools that owe a conference and have a deadline for it", vi: "trường phải tổ chức hội nghị và có hạn tổ chức" },
  },
  eligibility: {
    en: "As for the staff conference; non-public schools as for the labour conference, and only where a directive sets a deadline for it. A valid conference held late counts as not done.",
    vi: "Như chỉ tiêu hội nghị cán bộ, viên chức; trường ngoài công lập như chỉ tiêu hội nghị người lao động và chỉ khi có văn bản quy định hạn. Tổ chức hợp lệ nhưng muộn thì tính là chưa đạt.",
  },
  period: "FLOW",
  source:
    "Law 10/2022/QH15 Art. 51(1): three months into the school year, unless a directive sets the deadline of staffConferenceCompletion or labourConferenceCompletion.",
};
