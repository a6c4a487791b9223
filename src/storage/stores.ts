import { besideEachOther, type SchoolYear, type SchoolYearDays } from "../domain/school-year.js";
import { ledgerEdition } from "../domain/edition.js";
import { RequestFault } from "../domain/request-fault.js";
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
import { type RecordPageReader, recordPageReader } from "./record-page.reader.js";
import { type RecordStore, recordStore } from "./record.store.js";
import { type ScopeReader, scopeReader } from "./scope.reader.js";
import { type ReportReader, reportReader } from "./report.reader.js";
import { type Row, type Sql, text } from "./sql.js";
import { type TokenStore, tokenStore } from "./token.store.js";
import { type UnitStore, unitStore } from "./unit.store.js";
import { type UnitReader, unitReader } from "./unit.reader.js";
import { type UnitVersionStore, unitVersionStore } from "./unit-version.store.js";
import { type VintageStore, vintageStore } from "./vintage.store.js";

export interface SchoolYearStore {
  /** All that are open. UNAVAILABLE where the figures of one are not those of this code's edition: nobody reads or posts among them then. */
  all(): Promise<SchoolYear[]>;
  /** All that are open, whatever their figures rest on. */
  ofAnyEdition(): Promise<SchoolYear[]>;
  /** Those whose ledger was worked out by another edition than this code's. */
  outdated(): Promise<SchoolYear[]>;
  /** Remembers that the ledger of a school year is of this code's edition. */
  markCurrent(label: string): Promise<void>;
  insert(year: SchoolYearDays): Promise<void>;
}

const OTHER_EDITION =
  "The figures are being worked out anew by another version of the hub (số liệu đang được phiên bản khác tính lại); nothing was stored. Try again when every server runs that version.";

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
  lineage: LineageStore;
  schoolYears: SchoolYearStore;
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
  lineage: lineageStore,
  schoolYears: schoolYearStore,
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

function schoolYearStore(sql: Sql): SchoolYearStore {
  const rows = () => sql.rows("SELECT label, starts_on, ends_on, reference_date, edition FROM school_year ORDER BY label");
  const isOutdated = (row: Row) => row.edition !== ledgerEdition;
  const read = (all: readonly Row[]): SchoolYear[] => besideEachOther(all.map(daysOf));
  const daysOf = (row: Row): SchoolYearDays => ({
    label: text(row.label),
    startsOn: text(row.starts_on),
    endsOn: text(row.ends_on),
    referenceDate: text(row.reference_date),
  });
  return {
    async all() {
      const all = await rows();
      if (all.some(isOutdated)) throw new RequestFault("UNAVAILABLE", undefined, OTHER_EDITION);
      return read(all);
    },
    ofAnyEdition: async () => read(await rows()),
    async outdated() {
      const all = await rows();
      const labels = new Set(all.filter(isOutdated).map(({ label }) => label));
      return read(all).filter(({ label }) => labels.has(label));
    },
    markCurrent: async (label) => void (await sql.change("UPDATE school_year SET edition = ? WHERE label = ?", [ledgerEdition, label])),
    insert: (year) =>
      sql.insert(
        "school_year",
        ["label", "starts_on", "ends_on", "reference_date", "edition"],
        [[year.label, year.startsOn, year.endsOn, year.referenceDate, ledgerEdition]],
      ),
  };
}
