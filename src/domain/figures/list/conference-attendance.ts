import { conferences } from "../../records/kinds/conference.js";
import { type Indicator } from "../indicator.js";

/** No obligation: it rests on staff and labour conferences alike, and on all that met with both numbers known: of valid ones alone it could not fall below two thirds. */
export const conferenceAttendance: Indicator = {
  key: "conferenceAttendance",
  name: { en: "Conference attendance", vi: "Tỷ lệ tham dự hội nghị" },
  definition: {
    en: "People present at the yearly conferences that met, whether or not enough came, of the people convened to them.",
    vi: "Số người có mặt tại các hội nghị thường kỳ đã họp, kể cả hội nghị không đủ số người dự, trên số người được triệu tập.",
  },
  numerator: { plus: [conferences.conferencePresent], words: { en: "people present", vi: "người có mặt" } },
  denominator: { plus: [conferences.conferenceConvened], words: { en: "people convened", vi: "người được triệu tập" } },
  eligibility: {
    en: "Regular staff and labour conferences held as a meeting, with effect or without, with convened and present both known; a written ballot is left out.",
    vi: "Hội nghị thường kỳ (cán bộ, viên chức hoặc người lao động) họp trực tiếp, hợp lệ hoặc chưa hợp lệ, có đủ số triệu tập và số có mặt; không tính hình thức lấy ý kiến bằng phiếu.",
  },
  unit: "RATE",
  period: "FLOW",
  direction: "HIGHER",
  source: "Law 10/2022/QH15 Art. 51(2)(c): a staff conference needs two thirds present.",
  obligation: null,
};
