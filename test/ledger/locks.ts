import { kindOf } from "../../src/domain/records/catalogue.js";
import { type StoredRecord } from "../../src/domain/records/record.js";
import { type ReportContent } from "../../src/domain/records/kinds/unit-report.js";
import { type SchoolYear } from "../../src/domain/tree/school-year.js";
import type { TestDatabase } from "../database.js";
import { upwards } from "./past-of-others.js";

/** Everything that a database holds on which locks depend, and every record, by id. */
export interface Locked {
  records: Map<string, StoredRecord>;
  /** Ids of records that nobody may change, and the places at which none may appear: "unit school-year period". */
  ids: Set<string>;
  places: Set<string>;
}

/** Works the locks out anew and naively, from all records and placements. */
export async function lockedNow(database: TestDatabase): Promise<Locked> {
  return database.read(async (stores) => {
    const years = await stores.schoolYears.all();
    const units = await stores.units.histories(await stores.units.allIds());
    const ids = (await database.raw("SELECT id FROM record")).map(({ id }) => String(id));
    const records = await stores.records.byIds(ids);
    const all = [...records.values()];
    const places = new Set<string>();
    for (const year of years)
      for (const unitId of units.keys())
        for (const period of ["FIRST_HALF", "WHOLE_YEAR"]) {
          const of = (unit: string, kind: string) =>
            all.find(
              (r) => r.unitId === unit && r.kind === kind && r.schoolYear === year.label && r.key === period && r.state === "STANDING",
            );
          const report = of(unitId, "unitReport")?.content as ReportContent | undefined;
          const closed = upwards(unitId, year.referenceDate, { units }).some((above) => of(above, "periodClosing") !== undefined);
          if (report?.reportState === "ACCEPTED" || (closed && !report?.reopenedAfterClosing))
            places.add(`${unitId} ${year.label} ${period}`);
        }
    const locked = all.filter((record) => record.state === "STANDING" && isLocked(record, places, years)).map(({ recordId }) => recordId);
    return { records, ids: new Set(locked), places };
  });
}

/** Whether a record stands where nothing of it may change. */
export function isLocked(
  record: Pick<StoredRecord, "kind" | "unitId" | "schoolYear" | "content">,
  places: ReadonlySet<string>,
  years: readonly SchoolYear[],
): boolean {
  const kind = kindOf(record.kind);
  if (kind.touches !== "SUBJECTS" || record.kind === "unitReport") return false;
  const on = kind.day(record.content);
  const year = years.find((candidate) =>
    record.schoolYear ? candidate.label === record.schoolYear : on !== null && on <= candidate.referenceDate && on >= candidate.countsFrom,
  );
  if (!year) return false;
  // A record of many years may change in what moves no figure of the locked one: `untouched.ts` looks at these.
  if (places.has(`${record.unitId} ${year.label} WHOLE_YEAR`) && record.schoolYear === null) return false;
  const periods =
    on !== null && on <= `${year.label.slice(0, 4)}-11-30` && on <= year.referenceDate ? ["FIRST_HALF", "WHOLE_YEAR"] : ["WHOLE_YEAR"];
  return periods.some((period) => places.has(`${record.unitId} ${year.label} ${period}`));
}
