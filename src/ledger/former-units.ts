import { dayInVietnam } from "../domain/ground/day.js";
import { grouped } from "../domain/ground/grouped.js";
import { type Succession, tookOverIn } from "../domain/tree/lineage.js";
import { INCLUDING_KINDS } from "../domain/counting/measures.js";
import { countsEventOf, type SchoolYear } from "../domain/tree/school-year.js";
import type { Stores } from "../storage/stores/stores.js";
import { type CommonGrounds, groundsOf } from "./grounds.js";
import type { FormerUnit } from "../domain/findings/unit-file.js";

/**
 * The units that ended in some of the school years, known in time, and that others followed, by these, with what they reported themselves. In no
 * statement where nobody took over on a day of these years. `followed`: by successor.
 */
export async function formerUnits(
  stores: Stores,
  followed: ReadonlyMap<string, readonly Succession[]>,
  years: readonly SchoolYear[],
  common: CommonGrounds,
): Promise<Map<string, FormerUnit[]>> {
  const took = [...followed.values()].flat().filter(({ on }) => years.some((year) => countsEventOf(year, on)));
  if (took.length === 0) return new Map();
  const ids = [...new Set(took.map(({ predecessorId }) => predecessorId))];
  const grounds = await groundsOf(stores, ids, common);
  const held = await stores.records.heldBy(ids, INCLUDING_KINDS);
  const reports = grouped(
    held.filter(({ subjectId, record }) => record.unitId === subjectId),
    ({ subjectId, record }) => `${subjectId} ${record.schoolYear}`,
    ({ record: { kind, content, recordedAt } }) => ({ kind, content, recordedOn: dayInVietnam(recordedAt) }),
  );
  const formers = took.flatMap(({ predecessorId, successorId, on }) => {
    const history = grounds.histories.get(predecessorId);
    const ended = years.filter((year) => history && tookOverIn(year, history, { on }) && grounds.isTimely(predecessorId, year.label));
    return ended.map((year) => {
      const others = grounds.followersIn(history!, year).filter((id) => id !== successorId);
      const includedByOthers = INCLUDING_KINDS.filter((kind) => grounds.include(others, kind, year));
      const of = reports.get(`${predecessorId} ${year.label}`) ?? [];
      const former: FormerUnit = {
        ...{ unitId: predecessorId, schoolYear: year.label, isAlone: others.length === 0, includedByOthers },
        reports: of.sort((a, b) => (a.kind < b.kind ? -1 : 1)),
      };
      return { successorId, former };
    });
  });
  return grouped(
    formers.sort((a, b) => (a.former.unitId < b.former.unitId ? -1 : 1)),
    ({ successorId }) => successorId,
    ({ former }) => former,
  );
}
