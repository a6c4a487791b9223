import { indicatorOf, type KeptIndicator } from "./frozen-indicator.js";
import { type Indicator } from "../figures/indicator.js";
import { type LateFact } from "../counting/known-late.js";
import { type IsOwnTarget, type SettingInForce } from "../records/kinds/settings-in-force.js";
import { type SchoolYear, type SchoolYearDays, twelveMonthsUpTo } from "../tree/school-year.js";
import { isNonPublic, isPublic, type Ownership, type OwnershipFilter, type SchoolLevel } from "../tree/unit.js";

/** What the figures of a vintage are computed by, as it held when it was published. */
export interface FrozenDefinitions {
  schoolYear: SchoolYear;
  /** Of the account (domain/edition.ts). */
  edition: number;
  /** In the order of the catalogue of then. */
  indicators: readonly Indicator[];
  /** The settings of directives for this school year, of federations in the branch and above it. */
  settings: readonly SettingInForce[];
  /** Directives by id with the version that stood. */
  directives: ReadonlyMap<string, number>;
  /** For whom in the branch which of them did not count, as they had become known too late. */
  late: readonly LateFact[];
  /** Until 0.4.0 all below had the target of a count as theirs, and vintages of then go on saying so. */
  isOwnTarget: IsOwnTarget;
}

/** Reads the definitions out of the parts in which they are kept. */
export function frozenDefinitions(parts: readonly { part: string; content: string }[]): FrozenDefinitions {
  const of = <T>(name: string) => parts.filter(({ part }) => part === name).map(({ content }) => JSON.parse(content) as T);
  const [year] = of<SchoolYearDays & Partial<SchoolYear>>("schoolYear");
  if (!year) throw new Error("a vintage without its school year");
  // Until 0.4.0 every year counted twelve months.
  const schoolYear = { countsFrom: twelveMonthsUpTo(year.referenceDate), ...year };
  // Until 0.4.0 the account had one edition, and vintages do not say which.
  const edition = of<number>("edition")[0] ?? 1;
  const indicators = of<KeptIndicator>("indicator").map(indicatorOf);
  const counts = new Set(edition === 1 ? [] : indicators.filter(({ denominator }) => denominator === null).map(({ key }) => key));
  return {
    schoolYear,
    edition,
    indicators,
    settings: of<SettingInForce>("setting"),
    directives: new Map(of<[string, number]>("directive")),
    late: of<LateFact>("late"),
    isOwnTarget: (indicator) => counts.has(indicator),
  };
}

/** Whether two definitions add up the same measures. */
export function sameFormula(a: Indicator, b: Indicator): boolean {
  const terms = ({ numerator, denominator }: Indicator) =>
    JSON.stringify([numerator, denominator].map((sums) => sums && [sums.plus, sums.minus ?? []]));
  return terms(a) === terms(b);
}

/** Whether two definitions read a missing report alike: until 0.4.0 a count that nobody had reported was 0. */
export function sameMissing(a: Indicator, b: Indicator): boolean {
  return (a.isReported ?? false) === (b.isReported ?? false);
}

/** Whether a school of this stratum passes a filter; a unit without one passes only where nothing is filtered. */
export function passesFilter(
  of: { schoolLevel: SchoolLevel | null; ownership: Ownership | null },
  where: { schoolLevel: SchoolLevel | null; ownership: OwnershipFilter | null },
): boolean {
  if (where.schoolLevel !== null && where.schoolLevel !== of.schoolLevel) return false;
  if (where.ownership === null) return true;
  if (where.ownership === "NON_PUBLIC") return isNonPublic(of.ownership);
  return where.ownership === "PUBLIC" ? isPublic(of.ownership) : where.ownership === of.ownership;
}

/** In what a figure differs from the published one. */
export const VINTAGE_DIFFERENCES = {
  FIGURE: "Value, numerator or denominator (giá trị, tử số, mẫu số).",
  TARGET: "The target (chỉ tiêu được giao).",
  ATTAINED: "Whether the target is reached (đạt hay không đạt chỉ tiêu).",
  DEADLINE: "The last day on which it is in time (thời hạn).",
  OTHER_DEADLINES: "The other days by which units were judged (thời hạn khác).",
  COVERAGE: "How many units said it, left it open or have not reported (mức độ báo cáo).",
  PARTS: "Units by status, the distribution, or the count for every 100 (số đơn vị theo tình trạng, phân bố, bình quân trên 100).",
} as const;
export type VintageDifference = keyof typeof VINTAGE_DIFFERENCES;

/** Why a figure is no longer what was published. */
export const CORRECTIONS = {
  RECORDED: "A record came in after the publication (hồ sơ bổ sung).",
  CORRECTED: "A record was corrected after the publication (hồ sơ đính chính).",
  WITHDRAWN: "A record was withdrawn, or no longer speaks of the unit (hồ sơ bị rút).",
  ENTERED:
    "The unit counts in the province's branch of this school year and did not at the publication: opened, or come from elsewhere (đơn vị bổ sung).",
  LEFT: "The unit counted at the publication and no longer does: closed, or gone elsewhere (đơn vị ra khỏi phạm vi).",
  MOVED: "The unit stands elsewhere in the branch than at the publication (thay đổi đơn vị cấp trên).",
  RECLASSIFIED:
    "The unit is of another school level or ownership in this school year than at the publication (thay đổi cấp học, loại hình).",
  CHANGED:
    "The unit itself was changed after the publication: its kind, autonomy group or the days on which it is open (thay đổi thông tin đơn vị).",
  DIRECTIVE: "A directive for this school year was issued, corrected or withdrawn after the publication (thay đổi văn bản chỉ đạo).",
  DEFINITION: "The hub computes the indicator by another definition than was published (thay đổi định nghĩa chỉ tiêu).",
  EDITION:
    "Nothing that was recorded explains it: the hub counts by a newer edition of its account, in which measures mean something else (thay đổi cách tính).",
  RECOMPUTED: "Nothing that was recorded explains it: the hub reads the same records otherwise now (tính lại).",
} as const;
export type CorrectionCode = keyof typeof CORRECTIONS;

/** A published vintage without its figures. None is ever changed or deleted: this store has no way to. */
export interface VintageRow {
  /** What it is cited by: code of the unit, school year and ordinal, e.g. "CB-2022-2023-1". */
  id: string;
  unitId: string;
  schoolYear: string;
  /** From 1, of the unit and school year. */
  ordinal: number;
  title: string;
  remark: string | null;
  publishedAt: Date;
  /** Name of the caller's token. */
  publishedBy: string;
  /** Id of the token and of the unit whose branch it is for; null where versions up to 0.4.0 did not keep them, the unit also of an administrator. */
  publishedByToken: string | null;
  publishedByUnit: string | null;
  /** The fingerprint of the figures of the branch that was given with it; null where versions up to 0.4.0 asked for none. */
  fingerprint: string | null;
  /** SHA-256 of the canonical content, in hexadecimal digits. */
  digest: string;
}
