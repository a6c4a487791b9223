import { standing } from "../../counting/measures.js";
import { type Indicator } from "../indicator.js";

export const schoolCount: Indicator = {
  key: "schoolCount",
  name: { en: "Schools", vi: "Số trường học" },
  definition: {
    en: "Schools open on the reference date, with or without a union.",
    vi: "Số trường học đang hoạt động tại ngày chốt số liệu, có hoặc không có tổ chức công đoàn.",
  },
  numerator: { plus: [standing.schools], words: { en: "schools", vi: "trường học" } },
  denominator: null,
  eligibility: {
    en: "Every school in the tree, of every level and ownership, independent nursery groups included.",
    vi: "Mọi trường trong hệ thống, thuộc mọi cấp học và loại hình, kể cả nhóm, lớp mầm non độc lập.",
  },
  unit: "UNITS",
  period: "STATE",
  direction: "NEUTRAL",
  source: "The hub's register of units, on the reference date of the school year.",
  obligation: null,
};
