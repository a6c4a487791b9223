import { pactSigned } from "../../records/kinds/conference.js";
import { type Indicator, completionOf } from "../indicator.js";
import { staffConferenceCompletion } from "./staff-conference-completion.js";

const { yes, expected, ...completion } = completionOf(pactSigned, staffConferenceCompletion);

export const emulationPact: Indicator = {
  ...completion,
  key: "emulationPact",
  name: { en: "Emulation pact signed", vi: "Tỷ lệ ký giao ước thi đua" },
  definition: {
    en: "Public schools whose head and union signed the emulation pact at a valid staff conference of the school year, of those with a union that owe a staff conference.",
    vi: "Số trường công lập có thủ trưởng và công đoàn ký giao ước thi đua tại hội nghị cán bộ, viên chức hợp lệ của năm học trên số trường có công đoàn phải tổ chức hội nghị.",
  },
  numerator: {
    ...yes,
    words: {
      en: "public schools that signed the pact at a valid staff conference",
      vi: "trường công lập đã ký giao ước thi đua tại hội nghị hợp lệ",
    },
  },
  denominator: {
    ...expected,
    words: { en: "public schools with a union that owe a staff conference", vi: "trường công lập có công đoàn phải tổ chức hội nghị" },
  },
  eligibility: {
    en: "As for the staff conference, with a union: without one there is nobody to sign with. A school without a valid conference has not signed.",
    vi: "Như chỉ tiêu hội nghị cán bộ, viên chức, tại trường có công đoàn. Trường chưa có hội nghị hợp lệ thì tính là chưa ký.",
  },
  period: "FLOW",
  source: "Law 10/2022/QH15 Art. 51(4)(h).",
};
