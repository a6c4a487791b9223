import { type Sum, type Words } from "./indicators/indicator.js";
import { evaluate } from "./indicators/indicator.js";
import { type Tally } from "./tally.js";

/** How a unit stands in two years that follow each other: with a membership report counted in both, or in one and why only there. */
export const FATES = {
  STAYED: { en: "reported in both years", vi: "có báo cáo cả hai năm" },
  OPENED: { en: "opened, or opened again, since the year before", vi: "thành lập hoặc hoạt động trở lại so với năm trước" },
  MOVED_IN: {
    en: "stood elsewhere the year before, or did not pass the filter",
    vi: "năm trước thuộc đơn vị khác hoặc không thuộc diện lọc",
  },
  NO_REPORT_BEFORE: { en: "sent no membership report the year before", vi: "năm trước không có báo cáo" },
  CLOSED: { en: "closed since the year before", vi: "kết thúc hoạt động so với năm trước" },
  MOVED_AWAY: { en: "stands elsewhere now, or no longer passes the filter", vi: "nay thuộc đơn vị khác hoặc không còn thuộc diện lọc" },
  NO_REPORT_NOW: { en: "has sent no membership report this year", vi: "năm nay chưa có báo cáo" },
} as const satisfies Record<string, Words>;
export type Fate = keyof typeof FATES;

/** Fates of units that count in the year, and in the year before. */
export const COUNTED_NOW: readonly Fate[] = ["STAYED", "OPENED", "MOVED_IN", "NO_REPORT_BEFORE"];
export const COUNTED_BEFORE: readonly Fate[] = ["STAYED", "CLOSED", "MOVED_AWAY", "NO_REPORT_NOW"];
const ENTERED = COUNTED_NOW.filter((fate) => fate !== "STAYED");
const LEFT = COUNTED_BEFORE.filter((fate) => fate !== "STAYED");

/** A part of the growth of membership: which units make it and how, from their measures of this year and of the year before. */
export interface GrowthPart {
  key: keyof typeof PARTS;
  words: Words;
  /** What it counts, in a sentence. */
  definition: Words;
  of: readonly Fate[];
  now: Sum;
  before: Sum;
}

const NOTHING: Sum = { plus: [] };
const ORGANIC: Sum = { plus: ["membersAdmitted", "membersRejoined"], minus: ["membersLeft", "membersRetired"] };

const PARTS = {
  ORGANIC: {
    words: { en: "organic", vi: "tăng, giảm tự nhiên" },
    definition: {
      en: "Admitted and rejoined less left and retired, in units that reported in both years.",
      vi: "Kết nạp mới, kết nạp lại trừ thôi việc, ra khỏi công đoàn và nghỉ hưu, ở đơn vị có báo cáo cả hai năm.",
    },
    of: ["STAYED"],
    now: ORGANIC,
    before: NOTHING,
  },
  ENTERED: {
    words: { en: "units that entered", vi: "đơn vị tăng thêm" },
    definition: {
      en: "Members of units that count this year and did not the year before, less what they gained by transfers and structural change, which stand in those parts.",
      vi: "Đoàn viên của đơn vị năm nay mới được tính, trừ phần do chuyển đến, chuyển đi và sắp xếp tổ chức đã tính ở mục riêng.",
    },
    of: ENTERED,
    now: {
      plus: ["members", "membersTransferredOut", "membersStructuralLoss"],
      minus: ["membersTransferredIn", "membersStructuralGain"],
    },
    before: NOTHING,
  },
  LEFT: {
    words: { en: "units that left", vi: "đơn vị giảm đi" },
    definition: {
      en: "Members that units had at the end of the year before which do not count this year.",
      vi: "Đoàn viên cuối kỳ năm trước của đơn vị năm nay không còn được tính.",
    },
    of: LEFT,
    now: NOTHING,
    before: { plus: [], minus: ["members"] },
  },
  TRANSFERS: {
    words: { en: "transfers", vi: "chuyển đến, chuyển đi" },
    definition: {
      en: "Transferred in less transferred out. A transfer between two units below cancels where both report it.",
      vi: "Chuyển đến trừ chuyển đi. Chuyển giữa hai đơn vị trực thuộc tự bù trừ khi cả hai bên báo cáo.",
    },
    of: COUNTED_NOW,
    now: { plus: ["membersTransferredIn"], minus: ["membersTransferredOut"] },
    before: NOTHING,
  },
  STRUCTURAL: {
    words: { en: "structural change", vi: "sắp xếp tổ chức" },
    definition: {
      en: "Gained less lost by mergers, splits, dissolutions and re-assignments, as the units report it.",
      vi: "Tăng trừ giảm do sáp nhập, chia tách, giải thể, sắp xếp tổ chức theo báo cáo của đơn vị.",
    },
    of: COUNTED_NOW,
    now: { plus: ["membersStructuralGain"], minus: ["membersStructuralLoss"] },
    before: NOTHING,
  },
  OPENING_DIFFERS: {
    words: { en: "opening figure differs", vi: "chênh lệch số đầu kỳ" },
    definition: {
      en: "Members at the start of this year less members at the end of the year before, in units that reported in both. It should be 0: each difference is to be cleared up.",
      vi: "Đoàn viên đầu kỳ năm nay trừ đoàn viên cuối kỳ năm trước, ở đơn vị có báo cáo cả hai năm. Phải bằng 0: mọi chênh lệch cần được làm rõ.",
    },
    of: ["STAYED"],
    now: { plus: ["membersAtStart"] },
    before: { plus: [], minus: ["members"] },
  },
  UNBALANCED: {
    words: { en: "reports that do not balance", vi: "báo cáo không khớp" },
    definition: {
      en: "Members at the end less what the start and the movements make, in units that reported in both years. It should be 0.",
      vi: "Đoàn viên cuối kỳ trừ số tính từ đầu kỳ và biến động, ở đơn vị có báo cáo cả hai năm. Phải bằng 0.",
    },
    of: ["STAYED"],
    now: {
      plus: ["members", "membersTransferredOut", "membersStructuralLoss", "membersLeft", "membersRetired"],
      minus: ["membersAtStart", "membersTransferredIn", "membersStructuralGain", "membersAdmitted", "membersRejoined"],
    },
    before: NOTHING,
  },
} as const satisfies Record<string, Omit<GrowthPart, "key">>;

export type GrowthPartKey = keyof typeof PARTS;

/**
 * The parts into which the change of membership from the end of one school year to the end of the next falls, in the
 * order in which they are told. Of each unit they add up to members now less members before, by declaration: so they do
 * at every level, under every filter and in every tree.
 */
export const growthParts: readonly GrowthPart[] = Object.entries(PARTS).map(([key, part]) => ({ key: key as GrowthPartKey, ...part }));

/** Every measure of which the parts are made. */
export const growthMeasures: readonly string[] = [
  ...new Set(growthParts.flatMap(({ now, before }) => [now, before].flatMap(({ plus, minus = [] }) => [...plus, ...minus]))),
];

/** What a unit adds to a part; 0 where it is none of its units. `now`, `before`: its tallies, as far as they count. */
export function growthAmount(part: GrowthPart, fate: Fate, now: Tally, before: Tally): number {
  return part.of.includes(fate) ? evaluate(part.now, now) + evaluate(part.before, before) : 0;
}
