import { sees } from "../work/sight.js";
import { inStretches } from "../stretches.js";
import type { Stores } from "../storage/stores/stores.js";
import { type Change } from "../work/change.js";
import { type Words } from "../domain/ground/words.js";

/** A unit in a school year; `withBelow`: with all that stand below it. */
export interface Named {
  unitId: string;
  schoolYear: string;
  withBelow?: boolean;
}

/** Names of units and years that a sentence lists; how many more there are it says. */
const MOST_LISTED = 5;

/** The codes of those units that the caller may see, by id. */
export async function codesSeen(
  { unitReader, pause }: Stores,
  { caller, today }: Change,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const codes = new Map<string, string>();
  const views = ids.length === 0 ? [] : (await unitReader.views(ids, today)).values();
  await inStretches(views, (view) => void (sees(caller, view) && codes.set(view.id, view.code)), pause);
  return codes;
}

/** The codes of units, only of those that the caller may see. */
export class Names {
  private constructor(private readonly codes: ReadonlyMap<string, string>) {}

  static async of(stores: Stores, change: Change, all: readonly Named[]): Promise<Names> {
    const ids = new Set<string>();
    await inStretches(all, ({ unitId }) => void ids.add(unitId), stores.pause);
    return new Names(await codesSeen(stores, change, [...ids]));
  }

  /** Units and years, the first of them by name; `null` where there are none. */
  listed(all: readonly Named[], most = MOST_LISTED): Words | null {
    if (all.length === 0) return null;
    const seen = this.seen(all);
    const first = seen.slice(0, most).map((place) => ({ ...place, code: this.codes.get(place.unitId) }));
    if (first.length === 0) return { en: "units in school years", vi: "một số đơn vị" };
    const more = seen.length - first.length;
    return {
      en: `${first.map(({ code, schoolYear, withBelow }) => `${code}${withBelow ? " with all below" : ""} in ${schoolYear}`).join(", ")}${more > 0 ? `, and ${more} more` : ""}`,
      vi: `${first.map(({ code, schoolYear, withBelow }) => `${code}${withBelow ? " và cấp dưới" : ""} năm học ${schoolYear}`).join(", ")}${more > 0 ? ` và ${more} trường hợp khác` : ""}`,
    };
  }

  /** Ids of the units that are named. */
  toldOf(all: readonly Named[]): string[] {
    return this.seen(all)
      .slice(0, MOST_LISTED)
      .map(({ unitId }) => unitId);
  }

  /** How many of them, each unit and year once, the caller may see: of a nation in many years in stretches. */
  async countOf(all: readonly Named[], pause: Stores["pause"]): Promise<number> {
    const seen = new Set<string>();
    const look = ({ unitId, schoolYear }: Named) => void (this.codes.has(unitId) && seen.add(`${unitId} ${schoolYear}`));
    await inStretches(all, look, pause);
    return seen.size;
  }

  private seen(all: readonly Named[]): Named[] {
    const distinct = new Map(all.map((one) => [`${one.unitId} ${one.schoolYear}`, one]));
    return [...distinct.values()].filter(({ unitId }) => this.codes.has(unitId));
  }
}

/** Where something does not count, because it became known when the year was locked; nothing where there is no such place. */
export function knownLateHint(places: Words | null): Words[] {
  if (places === null) return [];
  return [
    {
      en: `Known after closing: it does not count for ${places.en}, as these years were closed, or their reports accepted, before it became known; it counts from the first year that was open. Once such a year has been opened again, send it again.`,
      vi: `Được biết sau khi khóa sổ: không tính cho ${places.vi} vì các năm này đã khóa sổ hoặc báo cáo đã duyệt; tính từ năm đầu tiên còn mở. Khi năm đó được mở lại, hãy gửi lại.`,
    },
  ];
}

/** How many accepted reports a directive judges by something else than before. */
export function rejudgedHint(count: number): Words[] {
  if (count === 0) return [];
  return [
    {
      en: `${count === 1 ? "1 accepted report is" : `${count} accepted reports are`} judged anew by it: another deadline, target, term or set of regulations holds for ${count === 1 ? "its unit" : "their units"}.`,
      vi: `${count} báo cáo đã duyệt được đánh giá lại theo văn bản này: thời hạn, chỉ tiêu, nhiệm kỳ hoặc bộ quy chế đã thay đổi.`,
    },
  ];
}
