import { type UnitHistory } from "../../domain/tree/history.js";
import { type Problem, problem } from "../../domain/ground/problem.js";
import { kindOf } from "../../domain/records/catalogue.js";
import { type VoidUnit } from "../../domain/tree/unit-version.js";
import { adds } from "../../ledger/posting.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Change } from "../../work/change.js";
import { inUse, sortInUse } from "./in-use.js";
import { changeUnit } from "./one-unit.js";
import { type UnitResult } from "./register.js";
import { verdictOn } from "../locks/verdict.js";

/** A registration that was a mistake. */
export interface UnitVoiding {
  unit: string;
  expectedVersion: number | null;
  changeReason: string | null;
}

export interface VoidingResult extends UnitResult {
  /** What it last was; null where it was not made void. */
  gone: VoidUnit | null;
}

/**
 * Makes void what was registered by mistake: as any other change of a unit it becomes one without placements, is posted and judged, and only then
 * its rows go. Refused where anything depends on it. Its versions stay, and its code is free.
 */
export async function voidUnit(
  stores: Stores,
  change: Change,
  { unit, expectedVersion, changeReason }: UnitVoiding,
): Promise<VoidingResult> {
  const asked = {
    ...{ reference: unit, expectedVersion, action: "VOIDED" as const, changeReason, days: [] },
    onlyItself: true,
    differing: () => [],
  };
  const result = await changeUnit(stores, change, asked, async (history) => {
    const problems = [...(await standsAgainst(stores, change, history)), ...(await dependents(stores, change, history))];
    return problems.length > 0 ? problems : { ...history, placements: [] };
  });
  const { unitId } = result;
  if (result.outcome !== "STORED" || unitId === null) return { ...result, gone: null };
  const gone = (await stores.unitVersions.voided([unitId])).get(unitId);
  if (!gone) throw new Error(`unit ${unitId} was made void without a version`);
  await stores.voiding.remove(unitId);
  return { ...result, about: gone.parentId === null ? [] : [gone.parentId], gone };
}

/** Whose past it would change, and what is locked of it, while it still stands where it is: then the sentences can name it. */
async function standsAgainst(stores: Stores, change: Change, { unit }: UnitHistory): Promise<Problem[]> {
  const years = await stores.schoolYears.all();
  const dossiers = await stores.ledger.dossiers(
    [unit.id],
    years.map(({ label }) => label),
  );
  const places = dossiers.filter(adds).map(({ unitId, schoolYear, line }) => ({ unitId, schoolYear, lines: [line] }));
  return verdictOn(stores, change, "unit", places, years);
}

/** What depends on a unit, sort by sort: codes as far as the caller sees the units, of all others only how many they are. */
async function dependents(stores: Stores, change: Change, { unit }: UnitHistory): Promise<Problem[]> {
  const records = await stores.voiding.recordsOn(unit.id);
  const vintages = (await stores.vintages.holding([unit.id])).map(({ vintage }) => vintage);
  const duplicates = ((await stores.mergedUnits.of([unit.id])).get(unit.id) ?? []).map(({ code }) => code);
  const { codeOf, units, tokens } = await inUse(stores, change, unit.id, { also: [...records, ...vintages].map(({ unitId }) => unitId) });
  const own = records.filter(({ unitId }) => unitId === unit.id).map(({ kind }) => kindOf(kind).typeName);
  const others = records.filter(({ unitId }) => unitId !== unit.id);
  const naming = others.map(({ kind, unitId }) => {
    const code = codeOf(unitId);
    return code && `${kindOf(kind).typeName} of ${code}`;
  });
  const published = vintages.map(({ id, unitId }) => codeOf(unitId) && id);
  const sorts = [
    ...sortInUse(own, "record in force", "records in force", "hồ sơ đang hiệu lực"),
    ...sortInUse(
      naming,
      "record in force of another unit that names it",
      "records in force of other units that name it",
      "hồ sơ đang hiệu lực của đơn vị khác có ghi đơn vị này",
    ),
    ...units,
    ...sortInUse(published, "published vintage", "published vintages", "bản công bố"),
    ...sortInUse(duplicates, "duplicate that was joined to it", "duplicates that were joined to it", "đơn vị ghi trùng đã ghép vào"),
    ...tokens,
  ];
  if (sorts.length === 0) return [];
  const advice = {
    en: "Withdraw, move or revoke these first; what was published, stood above others or followed others is closed instead.",
    vi: "Hãy rút, chuyển hoặc thu hồi trước; đơn vị đã công bố, từng là cấp trên hoặc kế tiếp đơn vị khác thì đóng thay vì hủy.",
  };
  return [
    problem("IN_USE", "unit", {
      en: `${unit.code} cannot be made void, as something depends on it: ${sorts.map(({ en }) => en).join("; ")}. ${advice.en}`,
      vi: `Không thể hủy đăng ký ${unit.code} vì còn liên quan: ${sorts.map(({ vi }) => vi).join("; ")}. ${advice.vi}`,
    }),
  ];
}
