import { NEVER } from "../../domain/ground/day.js";
import { namesakesAmong } from "../../domain/findings/list/commune-unions-of-one-name.js";
import { type UnitHistory } from "../../domain/tree/history.js";
import { levelOf } from "../../domain/tree/unit.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Change } from "../../work/change.js";
import { References } from "../../work/references.js";
import { type Words } from "../../domain/ground/words.js";

/** The units in whose findings the names of these stand: all that were ever above a commune union. */
export function watchingNames(histories: readonly UnitHistory[]): string[] {
  const communes = histories.filter(({ unit }) => unit.level === levelOf("COMMUNE_UNION"));
  return [...new Set(communes.flatMap(({ placements }) => placements.flatMap(({ parentId }) => parentId ?? [])))];
}

/** A sentence for each unit whose name another commune union under its parent bears, and no end of that is known; `about`: the others that it names. */
export async function namesakeHints(
  stores: Stores,
  change: Change,
  histories: readonly UnitHistory[],
): Promise<Map<string, { hints: Words[]; about: string[] }>> {
  const unions = await stores.units.communeUnionsUnder(watchingNames(histories));
  const changed = new Set(histories.map(({ unit }) => unit.id));
  const pairs = [...unions.values()]
    .flatMap(namesakesAmong)
    .filter(({ union, other }) => union.until === NEVER && other.until === NEVER)
    .flatMap(({ union, other }) =>
      changed.has(union.unitId) ? [{ own: union, other }] : changed.has(other.unitId) ? [{ own: other, other: union }] : [],
    );
  if (pairs.length === 0) return new Map();
  const seen = await References.find(
    stores,
    change,
    pairs.map(({ other }) => other.unitId),
  );
  return new Map(
    pairs.map(({ own, other }) => {
      const isSeen = seen.id(other.unitId) !== null;
      const [en, vi] = isSeen ? [`: ${other.code}`, `: ${other.code}`] : ["", ""];
      const hint = {
        en: `Another commune union of that name stands under the same parent${en}. Where both are one, close one of them; else write in the names what tells them apart.`,
        vi: `Đã có công đoàn xã, phường, đặc khu cùng tên dưới cùng đơn vị cấp trên${vi}. Nếu là một thì đóng một đơn vị; nếu không hãy ghi rõ trong tên để phân biệt.`,
      };
      return [own.unitId, { hints: [hint], about: isSeen ? [other.unitId] : [] }];
    }),
  );
}
