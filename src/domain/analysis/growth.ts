import { keysOf } from "../counting/measure.js";
import { membership } from "../records/kinds/membership-report.js";
import { type Fate, type Knowledge, knowledgeOf, SILENT, type Standing, TWICE } from "./growth-fates.js";
import { evaluate, measuresIn } from "../figures/indicator.js";
import { type Tally } from "../counting/tally.js";
import { type Words } from "../ground/words.js";
import { type Sum } from "../counting/sum.js";
import { type Day } from "../ground/day.js";
import { type Level } from "../tree/unit.js";
import { type Where } from "../tree/filter.js";

/** A part of the growth of membership: which units make it and how, from their measures of this year and of the year before. */
export interface GrowthPart {
  key: keyof typeof PARTS;
  words: Words;
  /** What it counts, in a sentence. */
  definition: Words;
  of: readonly Fate[];
  /** What is known of them. */
  known: Knowledge;
  /** Of the units of each of some fates. */
  terms: readonly GrowthTerm[];
}

/** What units of some fates add to a part. */
interface GrowthTerm {
  of: readonly Fate[];
  now: Sum;
  before: Sum;
}

const NOTHING: Sum = { plus: [] };
const ENTERED: readonly Fate[] = ["OPENED", "OPENED_INCLUDING", "MOVED_IN"];
const LEFT: readonly Fate[] = ["CLOSED", "MOVED_AWAY"];
const ALL_FATES: readonly Fate[] = [...TWICE, ...ENTERED, ...LEFT, "TAKEN_OVER", "TAKEN_OVER_UNREPORTED", ...SILENT];
const ORGANIC: Sum = {
  plus: [membership.membersAdmitted, membership.membersRejoined],
  minus: [membership.membersLeft, membership.membersRetired],
};
const TRANSFERS: Sum = { plus: [membership.membersTransferredIn], minus: [membership.membersTransferredOut] };
const STRUCTURAL: Sum = { plus: [membership.membersStructuralGain], minus: [membership.membersStructuralLoss] };
const MEMBERS: Sum = { plus: [membership.members] };

const less = (a: Sum, b: Sum): Sum => ({ plus: [...a.plus, ...(b.minus ?? [])], minus: [...(a.minus ?? []), ...b.plus] });
const AT_START: Sum = { plus: [membership.membersAtStart] };
/** Members of a unit that has entered, but for what stands in parts of its own. */
const OF_ENTERED = less(less(MEMBERS, TRANSFERS), STRUCTURAL);
/** What a unit had at its end by its report, taken over by others. */
const GIVEN_AWAY = less(less(less(NOTHING, AT_START), ORGANIC), TRANSFERS);
/** What came to a unit whose report opens with the people of those that it followed. */
const WITH_START = less(STRUCTURAL, less(NOTHING, AT_START));
const CHANGE = { now: MEMBERS, before: less(NOTHING, MEMBERS) };

const PARTS = {
  ORGANIC: {
    words: { en: "organic", vi: "tăng, giảm tự nhiên" },
    definition: {
      en: "Admitted and rejoined less left and retired, in units that reported in both years and leave no movement open.",
      vi: "Kết nạp mới, kết nạp lại trừ thôi việc, ra khỏi công đoàn và nghỉ hưu, ở đơn vị có báo cáo cả hai năm và không bỏ trống biến động nào.",
    },
    terms: [{ of: ["STAYED", "INCLUDING", "TAKEN_OVER"], now: ORGANIC, before: NOTHING }],
  },
  ENTERED: {
    words: { en: "units that entered", vi: "đơn vị tăng thêm" },
    definition: {
      en: "Members of units that were founded or came since the year before, less what they gained by transfers and structural change, which stand in those parts.",
      vi: "Đoàn viên của đơn vị thành lập hoặc chuyển đến so với năm trước, trừ phần do chuyển đến, chuyển đi và sắp xếp tổ chức đã tính ở mục riêng.",
    },
    terms: [
      { of: ["OPENED", "MOVED_IN"], now: OF_ENTERED, before: NOTHING },
      { of: ["OPENED_INCLUDING"], now: less(OF_ENTERED, AT_START), before: NOTHING },
    ],
  },
  LEFT: {
    words: { en: "units that left", vi: "đơn vị giảm đi" },
    definition: {
      en: "Members at the end of the year before of units that ended, and nobody followed, or went elsewhere since.",
      vi: "Đoàn viên cuối kỳ năm trước của đơn vị đã kết thúc hoạt động mà không có đơn vị kế tiếp, hoặc đã chuyển đi.",
    },
    terms: [{ of: LEFT, now: NOTHING, before: CHANGE.before }],
  },
  TRANSFERS: {
    words: { en: "transfers", vi: "chuyển đến, chuyển đi" },
    definition: {
      en: "Transferred in less transferred out. A transfer between two units below cancels where both report it.",
      vi: "Chuyển đến trừ chuyển đi. Chuyển giữa hai đơn vị trực thuộc tự bù trừ khi cả hai bên báo cáo.",
    },
    terms: [{ of: ["STAYED", "INCLUDING", "TAKEN_OVER", ...ENTERED], now: TRANSFERS, before: NOTHING }],
  },
  STRUCTURAL: {
    words: { en: "structural change", vi: "sắp xếp tổ chức" },
    definition: {
      en: "Gained less lost by mergers, splits, dissolutions and re-assignments, as the units report it. A unit that ended and was followed gave away what its report comes to (without one what it had the year before), and a report that includes predecessors gained what it opens with beyond its own unit's members: so the two sides of a merger cancel.",
      vi: "Tăng trừ giảm do sáp nhập, chia tách, giải thể, sắp xếp tổ chức theo báo cáo của đơn vị. Đơn vị kết thúc có đơn vị kế tiếp giảm số đoàn viên theo báo cáo của mình (không có báo cáo thì theo số cuối kỳ năm trước); báo cáo gồm cả đơn vị tiền thân tăng phần đầu kỳ vượt số của chính đơn vị: hai phía của một lần sáp nhập bù trừ nhau.",
    },
    terms: [
      { of: ["STAYED", "OPENED", "MOVED_IN"], now: STRUCTURAL, before: NOTHING },
      { of: ["INCLUDING"], now: WITH_START, before: CHANGE.before },
      { of: ["OPENED_INCLUDING"], now: WITH_START, before: NOTHING },
      { of: ["TAKEN_OVER"], now: GIVEN_AWAY, before: NOTHING },
      { of: ["TAKEN_OVER_UNREPORTED"], now: NOTHING, before: CHANGE.before },
    ],
  },
  OPENING_DIFFERS: {
    words: { en: "opening figure differs", vi: "chênh lệch số đầu kỳ" },
    definition: {
      en: "Members on the day after the last reference date, with which this year opens, less members at the end of the year before, in units that reported in both. It should be 0: each difference is to be cleared up.",
      vi: "Đoàn viên đầu kỳ năm nay (ngày liền sau ngày chốt số liệu năm trước) trừ đoàn viên cuối kỳ năm trước, ở đơn vị có báo cáo cả hai năm. Phải bằng 0: mọi chênh lệch cần được làm rõ.",
    },
    terms: [{ of: ["STAYED", "TAKEN_OVER"], now: AT_START, before: CHANGE.before }],
  },
  UNBALANCED: {
    words: { en: "reports that do not balance", vi: "báo cáo không khớp" },
    definition: {
      en: "Members at the end less what the start and the movements make, in units that reported in both years. It should be 0.",
      vi: "Đoàn viên cuối kỳ trừ số tính từ đầu kỳ và biến động, ở đơn vị có báo cáo cả hai năm. Phải bằng 0.",
    },
    terms: [{ of: ["STAYED", "INCLUDING"], now: less(less(OF_ENTERED, AT_START), ORGANIC), before: NOTHING }],
  },
  NOT_SAID: {
    words: { en: "movements that are not known", vi: "biến động chưa rõ" },
    definition: {
      en: "Members now less members before of units that reported in both years and leave movements of this year open: nobody knows how the change came about.",
      vi: "Đoàn viên năm nay trừ năm trước của đơn vị có báo cáo cả hai năm nhưng năm nay bỏ trống một phần biến động: chưa rõ tăng, giảm do đâu.",
    },
    terms: [{ of: ["MOVEMENTS_OPEN"], ...CHANGE }],
  },
  COUNTED_OTHERWISE: {
    words: { en: "schools counted by their union in one year", vi: "công đoàn báo cáo chung cho trường trong một năm" },
    definition: {
      en: "Members now less members before of unions whose report counted other schools in the year before, or all, or none, and of these schools, taken together: what of it came about how is in no report.",
      vi: "Đoàn viên năm nay trừ năm trước, tính gộp công đoàn có báo cáo tính các trường khác năm trước (tất cả, một số hoặc không trường nào) cùng các trường đó: không báo cáo nào cho biết tăng, giảm do đâu.",
    },
    terms: [{ of: ALL_FATES, ...CHANGE }],
  },
  NOT_REPORTED: {
    words: { en: "units that have not reported", vi: "đơn vị chưa báo cáo" },
    definition: {
      en: "Members now less members before of units that stand in both years and have reported in one only, and of those that are one with a unit of which this is so: a predecessor or successor, or a union that reports for its schools in one of the years. It says who is missing, not who came or left, and is in no rate.",
      vi: "Đoàn viên năm nay trừ năm trước của đơn vị hoạt động cả hai năm nhưng chỉ báo cáo một năm, hoặc có đơn vị tiền thân, đơn vị kế tiếp, công đoàn báo cáo chung chưa có số liệu ở đây. Phần này cho biết đơn vị nào thiếu báo cáo, không phải tăng giảm thật, và không tính vào tỷ lệ nào.",
    },
    terms: [{ of: ALL_FATES, ...CHANGE }],
  },
} as const satisfies Record<string, Omit<GrowthPart, "key" | "known" | "of">>;

export type GrowthPartKey = keyof typeof PARTS;

/**
 * The parts into which the change of membership from the end of one school year to the end of the next falls, in the
 * order in which they are told. Of each unit they add up to members now less members before, by declaration: so they do
 * at every level, under every filter and in every tree.
 */
export const growthParts: readonly GrowthPart[] = Object.entries(PARTS).map(([key, part]) => ({
  key: key as GrowthPartKey,
  known: key === "NOT_REPORTED" ? "UNKNOWN" : key === "COUNTED_OTHERWISE" ? "TOGETHER" : "EACH",
  of: part.terms.flatMap(({ of }): readonly Fate[] => of),
  ...part,
}));

/** The keys of the measures of which the parts are made. */
export const growthMeasures: readonly string[] = [
  ...new Set(keysOf(measuresIn(growthParts.flatMap(({ terms }) => terms.flatMap(({ now, before }) => [now, before]))))),
];

/** Whether a unit is one of those that make a part. */
export function isOfPart({ known, of }: GrowthPart, standing: Standing): boolean {
  return of.includes(standing.fate) && known === knowledgeOf(standing);
}

/** What a unit adds to a part; 0 where it is none of its units. `now`, `before`: its tallies, as far as they count. */
export function growthAmount(part: GrowthPart, standing: Standing, now: Tally, before: Tally): number {
  if (!isOfPart(part, standing)) return 0;
  const term = part.terms.find(({ of }) => of.includes(standing.fate))!;
  return evaluate(term.now, now) + evaluate(term.before, before);
}

/** The membership below some units in a school year beside that in the year before. */
export interface GrowthQuery {
  /** Of one level. */
  unitIds: readonly string[];
  level: Level;
  now: string;
  before: string;
  where: Where;
  /** Successions after the first of these days and up to the second make kin of units: the two reference dates. */
  since: Day;
  until: Day;
  /** The tree as it stands on this day; `null`: that of each school year. */
  treeOn: Day | null;
}

/** The units behind a part. */
export interface GrowthList extends GrowthQuery {
  part: GrowthPart;
  /** Only units of this unit's branch as it stands on `today`, whose names sort those that are level. */
  branch: string | null;
  today: Day;
}

export interface GrowthUnitRow extends Standing {
  unitId: string;
  amount: number;
  now: Tally;
  before: Tally;
  sortKey: string;
}
