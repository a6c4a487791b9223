import { executiveMeetings } from "../../records/kinds/union-year.js";
import { type Indicator } from "../indicator.js";

export const executiveMeetingCompliance: Indicator = {
  key: "executiveMeetingCompliance",
  name: { en: "Meetings of the executive committee", vi: "Tỷ lệ sinh hoạt định kỳ của ban chấp hành" },
  definition: {
    en: "Meetings of the executive committee that were due in the school year and held with minutes, of those due: one for as many months as its own cadence has, at whose ends it was in office. A meeting beyond that adds nothing.",
    vi: "Số kỳ sinh hoạt của ban chấp hành đến hạn trong năm học đã họp và có biên bản trên số kỳ đến hạn: theo định kỳ của đơn vị. Kỳ họp ngoài định kỳ không tính thêm.",
  },
  numerator: {
    plus: [executiveMeetings.held],
    words: { en: "meetings due that were held with minutes", vi: "kỳ sinh hoạt đến hạn đã họp có biên bản" },
  },
  denominator: { plus: [executiveMeetings.due], words: { en: "meetings due", vi: "kỳ sinh hoạt đến hạn" } },
  eligibility: {
    en: "Grassroots and occupational unions with a record of the executive committee in office during the school year; one without a report of its working year counts with nothing held, one whose report leaves these meetings open not at all: unknown is not zero.",
    vi: "Công đoàn cơ sở, nghiệp đoàn có ban chấp hành hoạt động trong năm học; đơn vị chưa báo cáo năm thì tính là chưa họp, đơn vị có báo cáo nhưng bỏ trống số kỳ họp này thì không tính.",
  },
  unit: "RATE",
  period: "FLOW",
  direction: "HIGHER",
  source: "Practice of the federations (Bắc Từ Liêm, 2023-2024): each body meets every month or every two months, with minutes.",
  obligation: executiveMeetings.duty,
};
