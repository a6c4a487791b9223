import { shown } from "../figures/formula.js";
import { bounds, figures, type Indicator } from "../figures/indicator.js";
import { statusCounts } from "../counting/voices.js";
import { percentInWords } from "../ground/percent.js";
import { cutOff, onlyNumerator, smallestFraction } from "./printed-rates.js";
import { type Printed, type Reconciled, rounded } from "./reconciliation.js";
import { type OtherReading, type PartOfDifference, wordsOfPart, wordsOfReading } from "./reconciliation-readings.js";
import { type Tally } from "../counting/tally.js";
import { type Words } from "../ground/words.js";

/** Why a published figure is not, or not exactly, what the hub computes, as far as the numbers themselves tell. */
export const CAUSES = {
  ROUNDING: "Equal as printed; the printed figure is rounded.",
  CUT_OFF: "The printed figure was cut off instead of rounded.",
  WITHOUT_DENOMINATOR: "A rate was printed without what it was counted out of.",
  INCONSISTENT: "The printed rate does not follow from the printed numerator and denominator.",
  OTHER_DENOMINATOR: "It was counted out of others than the hub counts.",
  AS_KNOWN_THEN: "It is the figure as known on the day of the document: records came or were corrected since.",
  OTHER_CUT_OFF: "It is the figure of another cut-off: of the first half of the school year, or of the year before or after.",
  OTHER_TREE: "It is the figure of the year's records under the tree as it stands today.",
  WHOLE_UNIT: "The difference is the whole figure of one unit directly below or beside it.",
  MISSING_REPORTS: "Units below have reported nothing yet.",
  OTHER_NUMERATOR: "Out of the same, another number was counted, as printed or as the only one that reads as the printed rate.",
  UNEXPLAINED: "The numbers do not tell why.",
} as const;
export type CauseCode = keyof typeof CAUSES;

/** A cause, told with the figures of the case. */
export interface Cause {
  code: CauseCode;
  words: Words;
}

/** What a figure that differs is held beside: read otherwise, and the units whose whole figure the difference is. */
export interface OtherFigures {
  readings: readonly OtherReading[];
  parts: readonly PartOfDifference[];
}

/** What is compared: a printed figure, and what the hub computes of the tally of its unit and school year. */
interface Compared {
  content: Printed;
  printed: number;
  indicator: Indicator;
  tally: Tally;
  value: number | null;
  numerator: number;
  denominator: number | null;
  isRate: boolean;
  /** Decimals of the percentage as printed. */
  decimals: number;
}

/** Every cause that can be told, the plainest first; none where both are exactly equal. `others`: of a figure that differs. */
export function causesOf(reconciled: Reconciled, others: OtherFigures = { readings: [], parts: [] }): Cause[] {
  const { printed, indicator, tally, agrees } = reconciled;
  const { content } = reconciled.published;
  if (printed === null || !indicator) return [];
  const isRate = indicator.unit === "RATE";
  const compared = { content, printed, indicator, tally, ...figures(indicator, tally), isRate, decimals: content.decimals ?? 12 };
  const ofThePrint = [withoutDenominator, inconsistent, otherDenominator].flatMap((look) => look(compared));
  if (compared.value === null) return [...ofThePrint, ...missingReports(compared)];
  if (agrees === null) return ofThePrint;
  if (agrees) return [...ofThePrint, ...rounding(compared)];
  const [part] = others.parts;
  const found = [
    ...cutOffRate(compared),
    ...others.readings.map((reading) => ({ code: reading.code, words: wordsOfReading(reading, indicator) })),
    ...(part && others.parts.length === 1 ? cause("WHOLE_UNIT", wordsOfPart(part)) : []),
    ...missingReports(compared),
    ...otherNumerator(compared),
  ];
  const isExplained = found.length > 0 || ofThePrint.some(({ code }) => code === "OTHER_DENOMINATOR");
  return [...ofThePrint, ...found, ...(isExplained ? [] : cause("UNEXPLAINED", UNEXPLAINED))];
}

const cause = (code: CauseCode, words: Words): Cause[] => [{ code, words }];
const UNEXPLAINED: Words = { en: "The numbers do not tell why the two differ.", vi: "Số liệu không cho biết vì sao hai số khác nhau." };

/** A rate as it was printed: with as many decimals. */
const asPrinted = ({ content }: Compared, rate: number): Words => percentInWords(rate, content.decimals);

/** Whether a rate reads as the printed one. */
const reads = ({ printed, decimals }: Compared, rate: number): boolean => rounded(rate, decimals + 2) === rounded(printed, decimals + 2);

/** A rate that was printed alone: what it may have been counted out of. */
function withoutDenominator(compared: Compared): Cause[] {
  const { content, printed, isRate, decimals } = compared;
  if (!isRate || content.denominator !== null) return [];
  const fit = printed === 0 || printed === 1 ? null : smallestFraction(printed, decimals);
  const [en, vi] =
    fit !== null
      ? [`the smallest fraction that reads so is ${fit}`, `phân số nhỏ nhất cho ra số này là ${fit}`]
      : ["such a figure fits every denominator", "số này đúng với mọi mẫu số"];
  const rate = asPrinted(compared, printed);
  return cause("WITHOUT_DENOMINATOR", {
    en: `${rate.en} was printed without a denominator; ${en}.`,
    vi: `${rate.vi} được công bố không kèm mẫu số; ${vi}.`,
  });
}

/** A printed rate that is not its printed numerator by its printed denominator, neither rounded nor cut off. */
function inconsistent(compared: Compared): Cause[] {
  const { content, printed, isRate, decimals } = compared;
  if (!isRate || content.value === null || content.numerator === null || !content.denominator) return [];
  const own = content.numerator / content.denominator;
  if (reads(compared, own) || cutOff(own, decimals, printed)) return [];
  const fraction = `${content.numerator}/${content.denominator}`;
  const rate = asPrinted(compared, printed);
  return cause("INCONSISTENT", {
    en: `${rate.en} was printed, but ${fraction} is ${percentInWords(own).en}.`,
    vi: `Công bố ${rate.vi}, nhưng ${fraction} là ${percentInWords(own).vi}.`,
  });
}

/** Counted out of others than the hub counts: the document says so, or no whole number out of the hub's reads as printed. */
function otherDenominator(compared: Compared): Cause[] {
  const { content, printed, denominator: hubs, isRate } = compared;
  if (!isRate || !hubs) return [];
  const scope = SCOPES[content.scope ?? "SCHOOLS"];
  if (scope)
    return cause("OTHER_DENOMINATOR", {
      en: `It counts others than the ${hubs} that the hub counts: ${scope.en}.`,
      vi: `Số công bố tính phạm vi khác với ${hubs} đơn vị trong hệ thống: ${scope.vi}.`,
    });
  if (content.denominator !== null && content.denominator !== hubs)
    return cause("OTHER_DENOMINATOR", {
      en: `The document counts out of ${content.denominator}, the hub out of ${hubs}.`,
      vi: `Văn bản tính trên ${content.denominator}, hệ thống tính trên ${hubs}.`,
    });
  if (content.denominator !== null || reads(compared, Math.round(printed * hubs) / hubs)) return [];
  const rate = asPrinted(compared, printed);
  return cause("OTHER_DENOMINATOR", {
    en: `No whole number out of the ${hubs} that the hub counts reads ${rate.en}.`,
    vi: `Không có số nguyên nào trên mẫu số ${hubs} của hệ thống cho ra ${rate.vi}.`,
  });
}

/** Of figures that agree: that the printed one is rounded. */
function rounding(compared: Compared): Cause[] {
  const { value, printed, numerator, denominator, isRate } = compared;
  if (value === null || value === printed || !isRate) return [];
  const rate = asPrinted(compared, printed);
  return cause("ROUNDING", {
    en: `${numerator} of ${denominator} is ${percentInWords(value).en}, printed as ${rate.en}.`,
    vi: `${numerator}/${denominator} là ${percentInWords(value).vi}, công bố là ${rate.vi}.`,
  });
}

/** That the hub's rate reads as printed when it is cut off. */
function cutOffRate(compared: Compared): Cause[] {
  const { value, printed, numerator, denominator, isRate, decimals } = compared;
  if (!isRate || value === null || !cutOff(value, decimals, printed)) return [];
  const rate = asPrinted(compared, printed);
  return cause("CUT_OFF", {
    en: `${numerator} of ${denominator} is ${percentInWords(value).en}; cut off it reads ${rate.en}.`,
    vi: `${numerator}/${denominator} là ${percentInWords(value).vi}; bỏ phần lẻ thành ${rate.vi}.`,
  });
}

/** Another number out of the same: as printed, or the only one that reads as a rate that was printed alone. */
function otherNumerator(compared: Compared): Cause[] {
  const { content, printed, numerator, denominator, isRate, decimals } = compared;
  if (!isRate) return [];
  const fitting = content.numerator === null && denominator ? onlyNumerator(printed, denominator, decimals) : null;
  const rate = asPrinted(compared, printed);
  if (fitting !== null && fitting !== numerator)
    return cause("OTHER_NUMERATOR", {
      en: `${rate.en} is ${shown(fitting, "en")} of ${shown(denominator!, "en")}, the hub counts ${shown(numerator, "en")}.`,
      vi: `${rate.vi} là ${shown(fitting, "vi")}/${shown(denominator!, "vi")}, hệ thống tính ${shown(numerator, "vi")}.`,
    });
  if (content.denominator !== denominator || content.numerator === null || content.numerator === numerator) return [];
  return cause("OTHER_NUMERATOR", {
    en: `Out of the same ${denominator} the document counts ${content.numerator}, the hub ${numerator}.`,
    vi: `Cùng mẫu số ${denominator}, văn bản ghi ${content.numerator}, hệ thống tính ${numerator}.`,
  });
}

/** Who has not reported, where that may be why. */
function missingReports({ content, printed, indicator, tally, value }: Compared): Cause[] {
  const duty = indicator.obligation;
  const { yes, no, noReport } = duty ? statusCounts(duty, tally) : { yes: 0, no: 0, noReport: 0 };
  if (noReport === 0) return [];
  const decimals = (content.decimals ?? 12) + 2;
  const expected = yes + no + noReport;
  const range = bounds(indicator, tally);
  const [en, vi] =
    range && rounded(yes / (yes + no), decimals) === rounded(printed, decimals)
      ? ["; counting only the others gives the printed figure", "; chỉ tính các đơn vị đã báo cáo thì ra số công bố"]
      : range && range.lower <= printed && printed <= range.upper
        ? [
            "; the printed figure lies within what they may still report",
            "; số công bố nằm trong khoảng có thể đạt khi các đơn vị này báo cáo",
          ]
        : range || (value !== null && printed < value)
          ? [null, null]
          : ["; what they would add is missing", "; phần của các đơn vị này còn thiếu"];
  if (!en) return [];
  const words = {
    en: `${noReport} of ${expected} units have reported nothing${en}.`,
    vi: `${noReport}/${expected} đơn vị chưa báo cáo${vi}.`,
  };
  return [{ code: "MISSING_REPORTS", words }];
}

const SCOPES: Record<string, Words> = {
  PUBLIC_BODIES: { en: "administrative and public units of all sectors", vi: "đơn vị hành chính, sự nghiệp các ngành" },
  ENTERPRISES: { en: "enterprises", vi: "doanh nghiệp" },
  ALL_EMPLOYERS: { en: "agencies, units and enterprises together", vi: "cơ quan, đơn vị, doanh nghiệp" },
};
