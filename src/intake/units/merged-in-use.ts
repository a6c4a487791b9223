import { type Problem, problem } from "../../domain/ground/problem.js";
import { kindOf } from "../../domain/records/catalogue.js";
import { type StoredRecord } from "../../domain/records/record.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Change } from "../../work/change.js";
import { inUse, sortInUse } from "./in-use.js";
import { type Twins } from "./merged-words.js";

/** Duplicates that a unit may have: above that somebody joins what is no duplicate. */
export const MOST_DUPLICATES = 50;

/**
 * What cannot go over to another unit with a duplicate, each sort named, of units outside the caller's branch only how many they are. Units below it are
 * moved first, each from the day on which it came: so each of them is judged, told and kept as a move of its own.
 */
export async function mergedInUse(
  stores: Stores,
  change: Change,
  { duplicate, right }: Twins,
  staying: readonly StoredRecord[],
): Promise<Problem[]> {
  const { id, code } = duplicate.unit;
  const labels = (await stores.schoolYears.all()).map(({ label }) => label);
  const published = (await stores.vintages.ofYears(labels)).filter(({ unitId }) => unitId === id).map(({ id: vintage }) => vintage);
  const { units, tokens } = await inUse(stores, change, id, { but: right.unit.id });
  const kinds = staying.map(({ kind }) => kindOf(kind).typeName);
  const sorts = [
    ...units,
    ...sortInUse(kinds, "record that speaks for its branch", "records that speak for its branch", "hồ sơ áp dụng cho cả phạm vi quản lý"),
    ...sortInUse(published, "vintage that it published", "vintages that it published", "bản công bố"),
    ...tokens,
  ];
  const problems: Problem[] = [];
  if (sorts.length > 0)
    problems.push(
      problem("IN_USE", "unit", {
        en: `${code} cannot be joined to ${right.unit.code} yet: ${sorts.map(({ en }) => en).join("; ")}. Move what is below it from the day on which it came, name its successors and predecessors anew, withdraw or revoke the rest.`,
        vi: `Chưa thể ghép ${code} vào ${right.unit.code}: ${sorts.map(({ vi }) => vi).join("; ")}. Hãy chuyển các đơn vị cấp dưới kể từ ngày trực thuộc, ghi lại đơn vị kế tiếp và tiền thân, rút hoặc thu hồi phần còn lại.`,
      }),
    );
  const known = await stores.mergedUnits.of([id, right.unit.id]);
  const duplicates = [...known.values()].flat().length;
  if (duplicates >= MOST_DUPLICATES)
    problems.push(
      problem("TOO_MANY", "into", {
        en: `${right.unit.code} would have more than ${MOST_DUPLICATES} duplicates, the most that a unit may have.`,
        vi: `${right.unit.code} sẽ có hơn ${MOST_DUPLICATES} đơn vị ghi trùng, là số tối đa của một đơn vị.`,
      }),
    );
  return problems;
}
