import { type Sum, type Words } from "./indicators/indicator.js";
import { evaluate } from "./indicators/indicator.js";
import { type Tally } from "./tally.js";

/** How a unit stands in two years that follow each other: with a membership report counted in both, or in one and why only there. */
export const FATES = {
  STAYED: { en: "reported in both years", vi: "có báo cáo cả hai năm" },
  MOVEMENTS_OPEN: {
    en: "reported in both years, and leaves movements of this year open",
    vi: "có báo cáo cả hai năm nhưng năm nay bỏ trống một phần biến động",
  },
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
export const COUNTED_NOW: readonly Fate[] = ["STAYED", "MOVEMENTS_OPEN", "OPENED", "MOVED_IN", "NO_REPORT_BEFORE"];
export const COUNTED_BEFORE: readonly Fate[] = ["STAYED", "MOVEMENTS_OPEN", "CLOSED", "MOVED_AWAY", "NO_REPORT_NOW"];
/** Fates of units that reported in both years. */
export const TWICE: readonly Fate[] = ["STAYED", "MOVEMENTS_OPEN"];
/** Fates of units that stand in both years and have reported in one. */
export const SILENT: readonly Fate[] = ["NO_REPORT_BEFORE", "NO_REPORT_NOW"];

/**
 * Whether a unit follows another, or another follows it, since the year before. Both are one for who was known: where one of them stands and has
 * not reported, what the other gained or lost says nothing.
 */
export const KINSHIPS = ["NONE", "KNOWN", "SILENT"] as const;
export type Kinship = (typeof KINSHIPS)[number];

/** How a unit stands in two years. */
export interface Standing {
  fate: Fate;
  kin: Kinship;
}

/** What became of a unit, in a word and in words. */
export const TOLD_FATES = {
  ...FATES,
  KIN_NOT_REPORTED: {
    en: "follows, or is followed by, a unit that has not reported",
    vi: "có đơn vị tiền thân hoặc đơn vị kế tiếp chưa báo cáo",
  },
} as const satisfies Record<string, Words>;
export type ToldFate = keyof typeof TOLD_FATES;

/** The fate as it is told. */
export function toldFate({ fate, kin }: Standing): ToldFate {
  return kin === "SILENT" && !SILENT.includes(fate) ? "KIN_NOT_REPORTED" : fate;
}

/** Whether the members of a unit are known at both ends: reported, or none because it had not been founded, had ended or stood elsewhere. */
export function isKnown({ fate, kin }: Standing): boolean {
  return kin !== "SILENT" && !SILENT.includes(fate);
}

/** Whether it is the same unit in both years, reported twice, that neither took another's members over nor gave its own away. */
export function isSame({ fate, kin }: Standing): boolean {
  return TWICE.includes(fate) && kin === "NONE";
}

/** A part of the growth of membership: which units make it and how, from their measures of this year and of the year before. */
export interface GrowthPart {
  key: keyof typeof PARTS;
  words: Words;
  /** What it counts, in a sentence. */
  definition: Words;
  of: readonly Fate[];
  /** Whether of units that are known at both ends, or of those that are not. */
  known: boolean;
  now: Sum;
  before: Sum;
}

const NOTHING: Sum = { plus: [] };
const ENTERED: readonly Fate[] = ["OPENED", "MOVED_IN"];
const LEFT: readonly Fate[] = ["CLOSED", "MOVED_AWAY"];
const ORGANIC: Sum = { plus: ["membersAdmitted", "membersRejoined"], minus: ["membersLeft", "membersRetired"] };

const PARTS = {
  ORGANIC: {
    words: { en: "organic", vi: "tăng, giảm tự nhiên" },
    definition: {
      en: "Admitted and rejoined less left and retired, in units that reported in both years and leave no movement open.",
      vi: "Kết nạp mới, kết nạp lại trừ thôi việc, ra khỏi công đoàn và nghỉ hưu, ở đơn vị có báo cáo cả hai năm và không bỏ trống biến động nào.",
    },
    of: ["STAYED"],
    now: ORGANIC,
    before: NOTHING,
  },
  ENTERED: {
    words: { en: "units that entered", vi: "đơn vị tăng thêm" },
    definition: {
      en: "Members of units that were founded or came since the year before, less what they gained by transfers and structural change, which stand in those parts.",
      vi: "Đoàn viên của đơn vị thành lập hoặc chuyển đến so với năm trước, trừ phần do chuyển đến, chuyển đi và sắp xếp tổ chức đã tính ở mục riêng.",
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
      en: "Members at the end of the year before of units that ended or went elsewhere since.",
      vi: "Đoàn viên cuối kỳ năm trước của đơn vị đã kết thúc hoạt động hoặc chuyển đi.",
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
    of: ["STAYED", ...ENTERED],
    now: { plus: ["membersTransferredIn"], minus: ["membersTransferredOut"] },
    before: NOTHING,
  },
  STRUCTURAL: {
    words: { en: "structural change", vi: "sắp xếp tổ chức" },
    definition: {
      en: "Gained less lost by mergers, splits, dissolutions and re-assignments, as the units report it.",
      vi: "Tăng trừ giảm do sáp nhập, chia tách, giải thể, sắp xếp tổ chức theo báo cáo của đơn vị.",
    },
    of: ["STAYED", ...ENTERED],
    now: { plus: ["membersStructuralGain"], minus: ["membersStructuralLoss"] },
    before: NOTHING,
  },
  OPENING_DIFFERS: {
    words: { en: "opening figure differs", vi: "chênh lệch số đầu kỳ" },
    definition: {
      en: "Members on the day after the last reference date, with which this year opens, less members at the end of the year before, in units that reported in both. It should be 0: each difference is to be cleared up.",
      vi: "Đoàn viên đầu kỳ năm nay (ngày liền sau ngày chốt số liệu năm trước) trừ đoàn viên cuối kỳ năm trước, ở đơn vị có báo cáo cả hai năm. Phải bằng 0: mọi chênh lệch cần được làm rõ.",
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
  NOT_SAID: {
    words: { en: "movements that are not known", vi: "biến động chưa rõ" },
    definition: {
      en: "Members now less members before of units that reported in both years and leave movements of this year open: nobody knows how the change came about.",
      vi: "Đoàn viên năm nay trừ năm trước của đơn vị có báo cáo cả hai năm nhưng năm nay bỏ trống một phần biến động: chưa rõ tăng, giảm do đâu.",
    },
    of: ["MOVEMENTS_OPEN"],
    now: { plus: ["members"] },
    before: { plus: [], minus: ["members"] },
  },
  NOT_REPORTED: {
    words: { en: "units that have not reported", vi: "đơn vị chưa báo cáo" },
    definition: {
      en: "Members now less members before of units that stand in both years and have reported in one only, and of those whose predecessor or successor has not reported. It says who is missing, not who came or left, and is in no rate.",
      vi: "Đoàn viên năm nay trừ năm trước của đơn vị hoạt động cả hai năm nhưng chỉ báo cáo một năm, hoặc có đơn vị tiền thân, đơn vị kế tiếp chưa báo cáo. Phần này cho biết đơn vị nào thiếu báo cáo, không phải tăng giảm thật, và không tính vào tỷ lệ nào.",
    },
    of: [...TWICE, ...ENTERED, ...LEFT, ...SILENT],
    now: { plus: ["members"] },
    before: { plus: [], minus: ["members"] },
  },
} as const satisfies Record<string, Omit<GrowthPart, "key" | "known">>;

export type GrowthPartKey = keyof typeof PARTS;

/**
 * The parts into which the change of membership from the end of one school year to the end of the next falls, in the
 * order in which they are told. Of each unit they add up to members now less members before, by declaration: so they do
 * at every level, under every filter and in every tree.
 */
export const growthParts: readonly GrowthPart[] = Object.entries(PARTS).map(([key, part]) => ({
  key: key as GrowthPartKey,
  known: key !== "NOT_REPORTED",
  ...part,
}));

/** Every measure of which the parts are made. */
export const growthMeasures: readonly string[] = [
  ...new Set(growthParts.flatMap(({ now, before }) => [now, before].flatMap(({ plus, minus = [] }) => [...plus, ...minus]))),
];

/** Whether a unit is one of those that make a part. */
export function isOfPart({ known, of }: GrowthPart, standing: Standing): boolean {
  return of.includes(standing.fate) && known === isKnown(standing);
}

/** What a unit adds to a part; 0 where it is none of its units. `now`, `before`: its tallies, as far as they count. */
export function growthAmount(part: GrowthPart, standing: Standing, now: Tally, before: Tally): number {
  return isOfPart(part, standing) ? evaluate(part.now, now) + evaluate(part.before, before) : 0;
}
