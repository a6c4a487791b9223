import { shown } from "../figures/formula.js";
import { bounds, figures, type Indicator } from "../figures/indicator.js";
import { statusCounts } from "../counting/voices.js";
import { percentInWords } from "../ground/percent.js";
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

/** What is compared: a printed figure and the tally of its unit and school year. */
interface Compared {
  content: Printed;
  printed: number;
  indicator: Indicator;
  tally: Tally;
}

/** Every cause that can be told, the plainest first; none where both are exactly equal. `others`: of a figure that differs. */
export function causesOf(reconciled: Reconciled, others: OtherFigures = { readings: [], parts: [] }): Cause[] {
  const { printed, indicator, tally, agrees } = reconciled;
  const { content } = reconciled.published;
  if (printed === null || !indicator) return [];
  const { value, numerator, denominator } = figures(indicator, tally);
  const isRate = indicator.unit === "RATE";
  const decimals = content.decimals ?? 12;
  const reads = (rate: number | null) => rate !== null && rounded(rate, decimals + 2) === rounded(printed, decimals + 2);
  const print = (rate: number) => percentInWords(rate, content.decimals);
  const causes: Cause[] = [];
  const tell = (code: CauseCode, en: string, vi: string) => causes.push({ code, words: { en, vi } });

  if (isRate && content.denominator === null) {
    const fit = printed === 0 || printed === 1 ? null : smallestFraction(printed, decimals);
    const [en, vi] =
      fit !== null
        ? [`the smallest fraction that reads so is ${fit}`, `phân số nhỏ nhất cho ra số này là ${fit}`]
        : ["such a figure fits every denominator", "số này đúng với mọi mẫu số"];
    tell(
      "WITHOUT_DENOMINATOR",
      `${print(printed).en} was printed without a denominator; ${en}.`,
      `${print(printed).vi} được công bố không kèm mẫu số; ${vi}.`,
    );
  }
  if (isRate && content.value !== null && content.numerator !== null && content.denominator) {
    const own = content.numerator / content.denominator;
    const fraction = `${content.numerator}/${content.denominator}`;
    if (!reads(own) && !cutOff(own, decimals, printed))
      tell(
        "INCONSISTENT",
        `${print(printed).en} was printed, but ${fraction} is ${percentInWords(own).en}.`,
        `Công bố ${print(printed).vi}, nhưng ${fraction} là ${percentInWords(own).vi}.`,
      );
  }
  if (isRate && denominator) {
    const [en, vi] = denominatorsApart(denominator);
    if (en && vi) tell("OTHER_DENOMINATOR", en, vi);
  }
  if (value === null) causes.push(...missingReports({ content, printed, indicator, tally }));
  if (agrees === null || value === null) return causes;
  if (agrees) {
    if (value !== printed && isRate)
      tell(
        "ROUNDING",
        `${numerator} of ${denominator} is ${percentInWords(value).en}, printed as ${print(printed).en}.`,
        `${numerator}/${denominator} là ${percentInWords(value).vi}, công bố là ${print(printed).vi}.`,
      );
    return causes;
  }
  const told = causes.length;
  if (isRate && cutOff(value, decimals, printed))
    tell(
      "CUT_OFF",
      `${numerator} of ${denominator} is ${percentInWords(value).en}; cut off it reads ${print(printed).en}.`,
      `${numerator}/${denominator} là ${percentInWords(value).vi}; bỏ phần lẻ thành ${print(printed).vi}.`,
    );
  causes.push(...others.readings.map((reading) => ({ code: reading.code, words: wordsOfReading(reading, indicator) })));
  const [part] = others.parts;
  if (part && others.parts.length === 1) causes.push({ code: "WHOLE_UNIT", words: wordsOfPart(part) });
  causes.push(...missingReports({ content, printed, indicator, tally }));
  const isBare = isRate && content.numerator === null;
  const fitting = isBare && denominator ? onlyNumerator(printed, denominator, decimals) : null;
  if (fitting !== null && fitting !== numerator)
    tell(
      "OTHER_NUMERATOR",
      `${print(printed).en} is ${shown(fitting, "en")} of ${shown(denominator!, "en")}, the hub counts ${shown(numerator, "en")}.`,
      `${print(printed).vi} là ${shown(fitting, "vi")}/${shown(denominator!, "vi")}, hệ thống tính ${shown(numerator, "vi")}.`,
    );
  if (isRate && content.denominator === denominator && content.numerator !== null && content.numerator !== numerator)
    tell(
      "OTHER_NUMERATOR",
      `Out of the same ${denominator} the document counts ${content.numerator}, the hub ${numerator}.`,
      `Cùng mẫu số ${denominator}, văn bản ghi ${content.numerator}, hệ thống tính ${numerator}.`,
    );
  if (causes.length === told && !causes.some(({ code }) => code === "OTHER_DENOMINATOR"))
    tell("UNEXPLAINED", "The numbers do not tell why the two differ.", "Số liệu không cho biết vì sao hai số khác nhau.");
  return causes;

  function denominatorsApart(hubs: number): [string?, string?] {
    const scope = SCOPES[content.scope ?? "SCHOOLS"];
    if (scope)
      return [
        `It counts others than the ${hubs} that the hub counts: ${scope.en}.`,
        `Số công bố tính phạm vi khác với ${hubs} đơn vị trong hệ thống: ${scope.vi}.`,
      ];
    if (content.denominator !== null && content.denominator !== hubs)
      return [
        `The document counts out of ${content.denominator}, the hub out of ${hubs}.`,
        `Văn bản tính trên ${content.denominator}, hệ thống tính trên ${hubs}.`,
      ];
    if (content.denominator === null && !reads(Math.round(printed! * hubs) / hubs))
      return [
        `No whole number out of the ${hubs} that the hub counts reads ${print(printed!).en}.`,
        `Không có số nguyên nào trên mẫu số ${hubs} của hệ thống cho ra ${print(printed!).vi}.`,
      ];
    return [];
  }
}

/** Who has not reported, where that may be why. */
function missingReports({ content, printed, indicator, tally }: Compared): Cause[] {
  const duty = indicator.obligation;
  const { yes, no, noReport } = duty ? statusCounts(duty, tally) : { yes: 0, no: 0, noReport: 0 };
  if (noReport === 0) return [];
  const decimals = (content.decimals ?? 12) + 2;
  const { value } = figures(indicator, tally);
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

/** The only count out of so many that reads as a printed rate; `null` where none or several do. What is not all or none of them never reads so. */
function onlyNumerator(printed: number, denominator: number, decimals: number): number | null {
  const near = Math.round(printed * denominator);
  const isWhole = (rate: number) => rate === 0 || rate === 1;
  const fits = [near - 1, near, near + 1].filter((count) => {
    const rate = count / denominator;
    return count >= 0 && isWhole(rate) === isWhole(printed) && rounded(rate, decimals + 2) === rounded(printed, decimals + 2);
  });
  return fits.length === 1 ? fits[0]! : null;
}

/** Whether a rate reads as printed when its further decimals are cut off. */
function cutOff(rate: number, decimals: number, printed: number): boolean {
  return Math.floor(Number((rate * 10 ** (decimals + 2)).toPrecision(15))) === rounded(printed, decimals + 2);
}

const SCOPES: Record<string, Words> = {
  PUBLIC_BODIES: { en: "administrative and public units of all sectors", vi: "đơn vị hành chính, sự nghiệp các ngành" },
  ENTERPRISES: { en: "enterprises", vi: "doanh nghiệp" },
  ALL_EMPLOYERS: { en: "agencies, units and enterprises together", vi: "cơ quan, đơn vị, doanh nghiệp" },
};

/** Denominators that are tried; a district federation has no more units. */
const LARGEST_DENOMINATOR = 2_000;

/** The fraction of the smallest denominator that reads as a printed rate, e.g. 89/101 for 88.12%; `null` where none does. */
function smallestFraction(rate: number, decimals: number): string | null {
  for (let of = 1; of <= LARGEST_DENOMINATOR; of++) {
    const count = Math.round(rate * of);
    if (rounded(count / of, decimals + 2) === rounded(rate, decimals + 2)) return `${count}/${of}`;
  }
  return null;
}
