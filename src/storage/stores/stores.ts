import { type AuditStore, auditStore } from "./audit.store.js";
import { type DossierReader, dossierReader } from "./dossier.reader.js";
import { type LineageStore, lineageStore } from "./lineage.store.js";
import { type FingerprintReader, fingerprintReader } from "./fingerprint.reader.js";
import { type FindingStore, findingStore } from "./finding.store.js";
import { type ExplainReader, explainReader } from "./explain.reader.js";
import { type GrowthReader, growthReader } from "./growth.reader.js";
import { type IdempotencyStore, idempotencyStore } from "./idempotency.store.js";
import { type JudgedReader, judgedReader } from "./judged.reader.js";
import { type KnownLateStore, knownLateStore } from "./known-late.store.js";
import { type LedgerStore, ledgerStore } from "./ledger.store.js";
import { type MergedUnitStore, mergedUnitStore } from "./merged-unit.store.js";
import { type RecordPageReader, recordPageReader } from "./record-page.reader.js";
import { type RecordStore, recordStore } from "./record.store.js";
import { type ScopeReader, scopeReader } from "./scope.reader.js";
import { type ReportReader, reportReader } from "./report.reader.js";
import { type SchoolYearStore, schoolYearStore, type SchoolYearVersionStore, schoolYearVersionStore } from "./school-year.store.js";
import { type Sql } from "../database/sql.js";
import { type TokenStore, tokenStore } from "./token.store.js";
import { type UnitStore, unitStore } from "./unit.store.js";
import { type UnitReader, unitReader } from "./unit.reader.js";
import { type UnitVersionStore, unitVersionStore } from "./unit-version.store.js";
import { type VintageStore, vintageStore } from "./vintage.store.js";
import { type VoidingStore, voidingStore } from "./voiding.store.js";

/**
 * Who may change what at the same time: writers of records share the gate, whoever changes the tree, a school year or a
 * directive has it alone. So a posting always goes to the ancestors that still stand when it is committed.
 */
export interface Gate {
  share(): Promise<void>;
  alone(): Promise<void>;
  /** The last statement of a unit of work: on a cluster two that overlap collide, whichever nodes they are on. */
  seal(): Promise<void>;
}

/** All stores on one connection. */
export interface Stores {
  units: UnitStore;
  unitReader: UnitReader;
  unitVersions: UnitVersionStore;
  voiding: VoidingStore;
  mergedUnits: MergedUnitStore;
  lineage: LineageStore;
  schoolYears: SchoolYearStore;
  schoolYearVersions: SchoolYearVersionStore;
  records: RecordStore;
  recordPages: RecordPageReader;
  reports: ReportReader;
  knownLate: KnownLateStore;
  ledger: LedgerStore;
  dossiers: DossierReader;
  judged: JudgedReader;
  findings: FindingStore;
  fingerprints: FingerprintReader;
  explain: ExplainReader;
  growth: GrowthReader;
  scopes: ScopeReader;
  vintages: VintageStore;
  tokens: TokenStore;
  audits: AuditStore;
  idempotency: IdempotencyStore;
  gate: Gate;
  /** Between stretches of long work: lets others have their turn, and fails when the time of the request is over. */
  readonly pause: () => Promise<void>;
  /** The same stores but for the ledger. (A copy by its properties would leave out those that have not been made.) */
  readonly withLedger: (ledger: LedgerStore) => Stores;
}

/** What makes each store; those that a unit of work does not use are not made. */
const MAKERS: { readonly [Name in keyof Stores]: (sql: Sql) => Stores[Name] } = {
  units: unitStore,
  unitReader,
  unitVersions: unitVersionStore,
  voiding: voidingStore,
  mergedUnits: mergedUnitStore,
  lineage: lineageStore,
  schoolYears: schoolYearStore,
  schoolYearVersions: schoolYearVersionStore,
  records: recordStore,
  recordPages: recordPageReader,
  reports: reportReader,
  knownLate: knownLateStore,
  ledger: ledgerStore,
  dossiers: dossierReader,
  judged: judgedReader,
  findings: findingStore,
  fingerprints: fingerprintReader,
  explain: explainReader,
  growth: growthReader,
  scopes: scopeReader,
  vintages: vintageStore,
  tokens: tokenStore,
  audits: auditStore,
  idempotency: idempotencyStore,
  gate: gateOn,
  pause: (sql) => () => sql.pause(),
  withLedger: (sql) => (ledger) => Object.create(storesOn(sql), { ledger: { value: ledger } }) as Stores,
};

class StoresOnSql {
  constructor(readonly sql: Sql) {}
}

for (const [name, make] of Object.entries(MAKERS))
  Object.defineProperty(StoresOnSql.prototype, name, {
    get(this: StoresOnSql) {
      const value: unknown = make(this.sql);
      Object.defineProperty(this, name, { value });
      return value;
    },
  });

export function storesOn(sql: Sql): Stores {
  return new StoresOnSql(sql) as unknown as Stores;
}

function gateOn(sql: Sql): Gate {
  return {
    share: async () => void (await sql.rows(`SELECT id FROM gate WHERE id = 1${sql.dialect.forShare}`)),
    alone: async () => {
      // Both rows: so nothing that another node commits meanwhile goes unseen.
      if (sql.dialect.isCluster) await sql.change("UPDATE gate SET turn = turn + 1");
      else await sql.rows(`SELECT id FROM gate WHERE id = 1${sql.dialect.forUpdate}`);
    },
    async seal() {
      if (sql.dialect.isCluster) await sql.change("UPDATE gate SET turn = turn + 1 WHERE id = 2");
    },
  };
}
