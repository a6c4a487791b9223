import { v7 as newId } from "uuid";
import { ALWAYS, NEVER } from "../../src/domain/ground/day.js";
import { type UnitHistory } from "../../src/domain/tree/history.js";
import { canonical, readContent } from "../../src/domain/records/content.js";
import { kindOf } from "../../src/domain/records/catalogue.js";
import { type SchoolYear } from "../../src/domain/tree/school-year.js";
import { levelOf, type UnitKind } from "../../src/domain/tree/unit.js";
import { foundSo } from "../../src/domain/tree/unit-version.js";
import { identityFold } from "../../src/domain/ground/vietnamese.js";
import { type RecordDraft } from "../../src/intake/records/reading.js";
import { rebuild } from "../../src/ledger/audit.js";
import { type Database } from "../../src/storage/database/database.js";
import {
  type BenchSchool,
  CONFEDERATION,
  conferenceDrafts,
  districtsOf,
  makeSchools,
  membershipDrafts,
  NOW,
  REPORTED_YEARS,
} from "./province.js";

/** The school year with records. */
export const YEAR = REPORTED_YEARS.at(-1)!;

/** Provinces under one confederation, all of it made: so many schools each, with their districts and unions. */
export interface Nation {
  /** The school years that are opened: the one with records is the last. */
  years: readonly SchoolYear[];
  provinces: readonly string[];
  schools: readonly BenchSchool[];
}

export function nationOf(provinces: number, size: number, years: readonly SchoolYear[]): Nation {
  const codes = Array.from({ length: provinces }, (_, index) => `BENCH-P${index + 1}`);
  const share = (index: number) => Math.floor(((index + 1) * size) / provinces) - Math.floor((index * size) / provinces);
  return { years, provinces: codes, schools: codes.flatMap((code, index) => makeSchools(code, share(index))) };
}

/** Units and records that are stored at a time. */
const PORTION = 5_000;

/** Stores the units, the school years and the records past the doors of the hub, as these take minutes, and works the ledger out. */
export async function loadNation(database: Database, nation: Nation): Promise<{ ids: ReadonlyMap<string, string>; records: number }> {
  const ids = new Map<string, string>();
  const histories = historiesOf(nation, ids);
  const drafts = [...conferenceDrafts(YEAR, nation.schools), ...membershipDrafts(YEAR, nation.schools)];
  for (let start = 0; start < histories.length; start += PORTION)
    await database.write(({ units }) => units.insert(histories.slice(start, start + PORTION), () => foundSo));
  for (const year of nation.years) await database.write(({ schoolYears }) => schoolYears.insert(year));
  for (let start = 0; start < drafts.length; start += PORTION)
    await database.write(({ records }) => records.save(drafts.slice(start, start + PORTION).map((draft) => stored(draft, ids))));
  await rebuild(database);
  return { ids, records: drafts.length };
}

function historiesOf({ provinces, schools }: Nation, ids: Map<string, string>): UnitHistory[] {
  const unit = (code: string, kind: UnitKind, parent: string | null, school?: BenchSchool): UnitHistory => {
    const id = newId();
    ids.set(code, id);
    return {
      unit: { id, code, codeKey: identityFold(code), level: levelOf(kind), version: 1, provenance: "DEMONSTRATION" },
      placements: [{ unitId: id, parentId: parent === null ? null : ids.get(parent)!, from: "2010-01-01", until: NEVER }],
      profiles: [
        {
          ...{ unitId: id, from: ALWAYS, until: NEVER, name: `Đơn vị ${code}`, kind, autonomyGroup: null },
          ...{ schoolLevel: school?.level ?? null, ownership: school?.ownership ?? null },
        },
      ],
    };
  };
  const unions = new Map(schools.flatMap(({ union, district }) => (union ? [[union, district] as const] : [])));
  return [
    unit(CONFEDERATION, "CONFEDERATION", null),
    ...provinces.flatMap((province) => [
      unit(province, "PROVINCE", CONFEDERATION),
      ...districtsOf(province).map((district) => unit(district, "DISTRICT", province)),
    ]),
    ...[...unions].map(([code, district]) => unit(code, "GRASSROOTS", district)),
    ...schools.map((school) => unit(school.code, "SCHOOL", school.union ?? school.district, school)),
  ];
}

function stored({ kind, unit, schoolYear, content }: RecordDraft, ids: ReadonlyMap<string, string>) {
  const { fields, keyOf } = kindOf(kind);
  const read = readContent(fields, content).content;
  const unitId = ids.get(unit)!;
  const record = {
    ...{
      recordId: newId(),
      version: 1,
      state: "STANDING" as const,
      content: canonical(fields, read),
      provenance: "DEMONSTRATION" as const,
    },
    ...{
      recordedAt: NOW,
      recordedBy: "bench",
      recordedByToken: null,
      recordedByUnit: null,
      reason: null,
      unitId,
      kind,
      schoolYear,
      key: keyOf(read),
    },
  };
  return { record, isNew: true, subjects: [unitId] };
}
