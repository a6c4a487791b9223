import DataLoader from "dataloader";
import { type StoredRecord } from "../../domain/records/record.js";
import { type Decided, fingerprints } from "../../intake/reports/fingerprints.js";
import type { Database } from "../../storage/database/database.js";
import type { DossierRow } from "../../domain/counting/stored-dossier.js";

export interface ReportKey {
  unitId: string;
  schoolYear: string;
}

/** A unit's reports of a school year, the closings over them, and the dossier that says what is due and what is missing. */
export interface Reports {
  held: StoredRecord[];
  dossier: DossierRow | null;
}

/** Fingerprints of reports and (`level`) of branches, as they are written. */
export type FingerprintLoader = DataLoader<Decided, string | null, string>;

/** Those of reports in one statement; each branch is looked through by itself. */
export function fingerprintLoader(database: Database): FingerprintLoader {
  return new DataLoader((keys) => database.read((stores) => fingerprints(stores, keys)), {
    cacheKeyFn: ({ unitId, level, schoolYear, period }) => [unitId, level, schoolYear, period].join(" "),
  });
}

export type ReportLoader = DataLoader<ReportKey, Reports, string>;

/** Reports of many units and years, in two statements. */
export function reportLoader(database: Database): ReportLoader {
  const name = ({ unitId, schoolYear }: ReportKey) => `${unitId} ${schoolYear}`;
  return new DataLoader(
    (keys) =>
      database.read(async (stores) => {
        const ids = [...new Set(keys.map(({ unitId }) => unitId))];
        const labels = [...new Set(keys.map(({ schoolYear }) => schoolYear))];
        const held = new Map<string, StoredRecord[]>();
        for (const { subjectId, record } of await stores.reports.over(ids, labels)) {
          const of = name({ unitId: subjectId, schoolYear: record.schoolYear ?? "" });
          held.set(of, [...(held.get(of) ?? []), record]);
        }
        const dossiers = new Map((await stores.ledger.dossiers(ids, labels)).map((row) => [name(row), row]));
        return keys.map((key) => ({ held: held.get(name(key)) ?? [], dossier: dossiers.get(name(key)) ?? null }));
      }),
    { cacheKeyFn: name },
  );
}
