import { bounds, figures, type Indicator, statusCounts, type Words } from "../domain/indicators/indicator.js";
import { percentInWords } from "../domain/percent.js";
import { type Content } from "../domain/records/field.js";
import type { publishedFigure } from "../domain/records/published-figure.js";
import { type Tally } from "../domain/tally.js";

/** Why a published figure is not, or not exactly, what the hub computes, as far as the numbers themselves tell. */
export const CAUSES = {
  ROUNDING: "Equal as printed; the printed figure is rounded.",
  CUT_OFF: "The printed figure was cut off instead of rounded.",
  WITHOUT_DENOMINATOR: "A rate was printed without what it was counted out of.",
  INCONSISTENT: "The printed rate does not follow from the printed numerator and denominator.",
  OTHER_DENOMINATOR: "It was counted out of others than the hub counts.",
  MISSING_REPORTS: "Units below have reported nothing yet.",
  OTHER_NUMERATOR: "Out of the same, another number was counted.",
  UNEXPLAINED: "The numbers do not tell why.",
} as const;
export type CauseCode = keyof typeof CAUSES;

/** A cause, told with the figures of the case. */
export interface Cause {
  code: CauseCode;
  words: Words;
}

/** What is compared: a printed figure and the tally of its unit and school year. */
export interface Compared {
  content: Content<typeof publishedFigure.fields>;
  /** The printed value; `null` where only words were printed. */
  printed: number | null;
  indicator: Indicator;
  tally: Tally;
  /** `null` where the two cannot be compared. */
  agrees: boolean | null;
}

/** Every cause that can be told, the plainest first; none where both are exactly equal. */
export function causesOf({ content, printed, indicator, tally, agrees }: Compared): Cause[] {
  if (printed === null) return [];
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
  if (value === null) missingReports();
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
  missingReports();
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

  function missingReports() {
    const duty = indicator.obligation;
    const { yes, no, noReport } = duty ? statusCounts(duty, tally) : { yes: 0, no: 0, noReport: 0 };
    if (noReport === 0) return;
    const expected = yes + no + noReport;
    const range = bounds(indicator, tally);
    const [en, vi] =
      range && reads(yes / (yes + no))
        ? ["; counting only the others gives the printed figure", "; chỉ tính các đơn vị đã báo cáo thì ra số công bố"]
        : range && range.lower <= printed! && printed! <= range.upper
          ? [
              "; the printed figure lies within what they may still report",
              "; số công bố nằm trong khoảng có thể đạt khi các đơn vị này báo cáo",
            ]
          : range || (value !== null && printed! < value)
            ? [null, null]
            : ["; what they would add is missing", "; phần của các đơn vị này còn thiếu"];
    if (en)
      tell(
        "MISSING_REPORTS",
        `${noReport} of ${expected} units have reported nothing${en}.`,
        `${noReport}/${expected} đơn vị chưa báo cáo${vi}.`,
      );
  }
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

/** In whole units of the last decimal, halves away from nought as in print: 3 of 80 is 3.8%, although 0.0375 lies a hair below in binary. */
export function rounded(value: number, decimals: number): number {
  return Math.sign(value) * Math.round(Number((Math.abs(value) * 10 ** decimals).toPrecision(15)));
}
