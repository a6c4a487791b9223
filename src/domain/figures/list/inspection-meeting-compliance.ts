import { inspectionMeetings } from "../../records/kinds/union-year.js";
import { type Indicator } from "../indicator.js";

export const inspectionMeetingCompliance: Indicator = {
  key: "inspectionMeetingCompliance",
  name: { en: "Meetings of the union's inspection committee", vi: "Tỷ lệ sinh hoạt định kỳ của ủy ban kiểm tra" },
  definition: {
    en: "Meetings of the union's inspection committee that were due in the school year and held with minutes, of those due: one for as many months as its own cadence has, at whose ends it was in office. A meeting beyond that adds nothing.",
    vi: "Số kỳ sinh hoạt của ủy ban kiểm tra đến hạn trong năm học đã họp và có biên bản trên số kỳ đến hạn: theo định kỳ của đơn vị. Kỳ họp ngoài định kỳ không tính thêm.",
  },
  numerator: {
    plus: [inspectionMeetings.held],
    words: { en: "meetings due that were held with minutes", vi: "kỳ sinh hoạt đến hạn đã họp có biên bản" },
  },
  denominator: { plus: [inspectionMeetings.due], words: { en: "meetings due", vi: "kỳ sinh hoạt đến hạn" } },
  eligibility: {
    en: "Grassroots and occupational unions with a record of the union's inspection committee in office during the school year; one without a report of its working year counts with nothing held, one whose report leaves these meetings open not at all: unknown is not zero.",
    vi: "Công đoàn cơ sở, nghiệp đoàn có ủy ban kiểm tra hoạt động trong năm học; đơn vị chưa báo cáo năm thì tính là chưa họp, đơn vị có báo cáo nhưng bỏ trống số kỳ họp này thì không tính.",
  },
  unit: "RATE",
  period: "FLOW",
  direction: "HIGHER",
  source: "Practice of the federations (Bắc Từ Liêm, 2023-2024): each body meets every month or every two months, with minutes.",
  obligation: inspectionMeetings.duty,
};
