import { type Day, vietnameseDay } from "../ground/day.js";
import { shown } from "../figures/formula.js";
import { figures, type Indicator } from "../figures/indicator.js";
import { compare, type Reconciled } from "./reconciliation.js";
import { type Tally } from "../counting/tally.js";
import { type Words } from "../ground/words.js";

/** A unit's tally read otherwise than the hub does: of what was known then, until another day, or under another tree. */
export interface OtherReading {
  code: "AS_KNOWN_THEN" | "OTHER_CUT_OFF" | "OTHER_TREE";
  /** The day on which it was known, the cut-off, or the day of the tree. */
  on: Day;
  tally: Tally;
}

/** A unit directly below or beside the one that published a figure. */
export interface UnitNear {
  unitId: string;
  code: string;
  name: string;
  isBelow: boolean;
  tally: Tally;
}

/** A unit whose whole figure is the difference between a published and a computed one. */
export interface PartOfDifference extends Pick<UnitNear, "unitId" | "code" | "name" | "isBelow"> {
  figure: number;
  /** Published is more than computed. */
  isMore: boolean;
}

/** A smaller difference is some unit's figure by chance. */
const LEAST_DIFFERENCE = 10;

/** Of the readings those that give the published figure as it was printed, with its numerator and denominator where they were printed. */
export function readingsThatAgree({ published, indicator }: Reconciled, readings: readonly OtherReading[]): OtherReading[] {
  if (!indicator) return [];
  const { numerator, denominator } = published.content;
  return readings.filter(({ tally }) => {
    const { agrees, computed } = compare(published, tally);
    if (agrees !== true || !computed) return false;
    const isCount = computed.denominator === null;
    return (
      isCount ||
      ((numerator ?? computed.numerator) === computed.numerator && (denominator ?? computed.denominator) === computed.denominator)
    );
  });
}

/**
 * The units whose whole figure is the difference: one below that was left out or counted twice, or one beside that was counted with it. Only of counts, as
 * rates do not add up, and of a difference of more than ten.
 */
export function partsOfDifference({ indicator, difference }: Reconciled, near: readonly UnitNear[]): PartOfDifference[] {
  if (!indicator || indicator.denominator || difference === null || Math.abs(difference) <= LEAST_DIFFERENCE) return [];
  const isMore = difference < 0;
  return near.flatMap(({ tally, ...unit }) => {
    const figure = figures(indicator, tally).value;
    return figure === Math.abs(difference) && (isMore || unit.isBelow) ? [{ ...unit, figure, isMore }] : [];
  });
}

export function wordsOfReading({ code, on, tally }: OtherReading, indicator: Indicator): Words {
  const { numerator, denominator } = figures(indicator, tally);
  const of = (language: "en" | "vi") => shown(numerator, language);
  const figure: Words =
    denominator === null
      ? { en: of("en"), vi: of("vi") }
      : { en: `${of("en")} of ${shown(denominator, "en")}`, vi: `${of("vi")}/${shown(denominator, "vi")}` };
  const day = vietnameseDay(on);
  return {
    AS_KNOWN_THEN: {
      en: `On the day of the document, ${day}, what was known came to ${figure.en}: the printed figure.`,
      vi: `Vào ngày ban hành văn bản, ${day}, số liệu đã biết là ${figure.vi}: đúng số công bố.`,
    },
    OTHER_CUT_OFF: {
      en: `It is the figure of the cut-off ${day}: ${figure.en}.`,
      vi: `Đây là số liệu chốt ${day}: ${figure.vi}.`,
    },
    OTHER_TREE: {
      en: `Under the tree as it stands on ${day} it is ${figure.en}: the printed figure.`,
      vi: `Theo hệ thống tổ chức ngày ${day} là ${figure.vi}: đúng số công bố.`,
    },
  }[code];
}

export function wordsOfPart({ code, name, isBelow, isMore, figure }: PartOfDifference): Words {
  const [en, vi] = [shown(figure, "en"), shown(figure, "vi")];
  const unit = `${name} (${code})`;
  if (!isMore)
    return {
      en: `The difference is the whole figure of ${unit}, ${en}: it seems to have been left out.`,
      vi: `Phần chênh lệch đúng bằng toàn bộ số của ${unit}, ${vi}: có thể đã tính thiếu đơn vị này.`,
    };
  return isBelow
    ? {
        en: `The difference is the whole figure of ${unit}, ${en}: it seems to have been counted twice.`,
        vi: `Phần chênh lệch đúng bằng toàn bộ số của ${unit}, ${vi}: có thể đã tính trùng đơn vị này.`,
      }
    : {
        en: `The difference is the whole figure of ${unit} beside it, ${en}: it seems to have been counted with it.`,
        vi: `Phần chênh lệch đúng bằng toàn bộ số của đơn vị cùng cấp ${unit}, ${vi}: có thể đã tính gộp đơn vị này.`,
      };
}
