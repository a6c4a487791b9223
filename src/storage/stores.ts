import { type Role } from "../domain/caller.js";
import { type SchoolYear } from "../domain/school-year.js";
import { ledgerEdition } from "../domain/edition.js";
import { RequestFault } from "../domain/request-fault.js";
import { type AuditStore, auditStore } from "./audit.store.js";
import { type DossierReader, dossierReader } from "./dossier.reader.js";
import { type LineageStore, lineageStore } from "./lineage.store.js";
import { type FindingStore, findingStore } from "./finding.store.js";
import { type ExplainReader, explainReader } from "./explain.reader.js";
import { type GrowthReader, growthReader } from "./growth.reader.js";
import { type IdempotencyStore, idempotencyStore } from "./idempotency.store.js";
import { type KnownLateStore, knownLateStore } from "./known-late.store.js";
import { type LedgerStore, ledgerStore } from "./ledger.store.js";
import { type RecordStore, recordStore } from "./record.store.js";
import { type ScopeReader, scopeReader } from "./scope.reader.js";
import { type ReportReader, reportReader } from "./report.reader.js";
import { int, type Row, type Sql, text, textOrNull } from "./sql.js";
import { type UnitStore, unitStore } from "./unit.store.js";
import { type UnitReader, unitReader } from "./unit.reader.js";
import { type VintageStore, vintageStore } from "./vintage.store.js";

/** A token as it was issued; the token itself is not kept. */
export interface TokenRow {
  id: string;
  name: string;
  role: Role;
  unitId: string | null;
  issuedAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
}

export interface TokenStore {
  insert(row: TokenRow): Promise<void>;
  byId(id: string): Promise<TokenRow | null>;
  all(): Promise<TokenRow[]>;
  /** False where there is no such token, or it was revoked before. */
  revoke(id: string, at: Date): Promise<boolean>;
  /** Revokes what a person of the provider has got until then; `id`: "oidc:" and the subject. */
  revokeSubject(id: string, at: Date): Promise<void>;
  subjectRevokedAt(id: string): Promise<Date | null>;
  revokedSubjects(): Promise<RevokedSubject[]>;
}

/** A person of the OpenID Connect provider whose tokens were revoked. */
export interface RevokedSubject {
  id: string;
  revokedAt: Date;
}

export interface SchoolYearStore {
  /** All that are open. UNAVAILABLE where the figures of one are not those of this code's edition: nobody reads or posts among them then. */
  all(): Promise<SchoolYear[]>;
  /** All that are open, whatever their figures rest on. */
  ofAnyEdition(): Promise<SchoolYear[]>;
  /** Those whose ledger was worked out by another edition than this code's. */
  outdated(): Promise<SchoolYear[]>;
  /** Remembers that the ledger of a school year is of this code's edition. */
  markCurrent(label: string): Promise<void>;
  insert(year: SchoolYear): Promise<void>;
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
  lineage: LineageStore;
  schoolYears: SchoolYearStore;
  records: RecordStore;
  reports: ReportReader;
  knownLate: KnownLateStore;
  ledger: LedgerStore;
  dossiers: DossierReader;
  findings: FindingStore;
  explain: ExplainReader;
  growth: GrowthReader;
  scopes: ScopeReader;
  vintages: VintageStore;
  tokens: TokenStore;
  audits: AuditStore;
  idempotency: IdempotencyStore;
  gate: Gate;
  /** Between stretches of long work: lets others have their turn, and fails when the time of the request is over. */
  pause(): Promise<void>;
}

export function storesOn(sql: Sql): Stores {
  return {
    units: unitStore(sql),
    unitReader: unitReader(sql),
    lineage: lineageStore(sql),
    schoolYears: schoolYearStore(sql),
    records: recordStore(sql),
    reports: reportReader(sql),
    knownLate: knownLateStore(sql),
    ledger: ledgerStore(sql),
    dossiers: dossierReader(sql),
    findings: findingStore(sql),
    explain: explainReader(sql),
    growth: growthReader(sql),
    scopes: scopeReader(sql),
    vintages: vintageStore(sql),
    tokens: tokenStore(sql),
    audits: auditStore(sql),
    idempotency: idempotencyStore(sql),
    pause: () => sql.pause(),
    gate: {
      share: async () => void (await sql.rows(`SELECT id FROM gate WHERE id = 1${sql.dialect.forShare}`)),
      alone: async () => {
        // Both rows: so nothing that another node commits meanwhile goes unseen.
        if (sql.dialect.isCluster) await sql.change("UPDATE gate SET turn = turn + 1");
        else await sql.rows(`SELECT id FROM gate WHERE id = 1${sql.dialect.forUpdate}`);
      },
      async seal() {
        if (sql.dialect.isCluster) await sql.change("UPDATE gate SET turn = turn + 1 WHERE id = 2");
      },
    },
  };
}

function schoolYearStore(sql: Sql): SchoolYearStore {
  const rows = () => sql.rows("SELECT label, starts_on, ends_on, reference_date, edition FROM school_year ORDER BY label");
  const isOutdated = (row: Row) => row.edition !== ledgerEdition;
  const read = (row: Row): SchoolYear => ({
    label: text(row.label),
    startsOn: text(row.starts_on),
    endsOn: text(row.ends_on),
    referenceDate: text(row.reference_date),
  });
  return {
    async all() {
      const all = await rows();
      if (all.some(isOutdated)) throw new RequestFault("UNAVAILABLE", undefined, OTHER_EDITION);
      return all.map(read);
    },
    ofAnyEdition: async () => (await rows()).map(read),
    outdated: async () => (await rows()).filter(isOutdated).map(read),
    markCurrent: async (label) => void (await sql.change("UPDATE school_year SET edition = ? WHERE label = ?", [ledgerEdition, label])),
    insert: (year) =>
      sql.insert(
        "school_year",
        ["label", "starts_on", "ends_on", "reference_date", "edition"],
        [[year.label, year.startsOn, year.endsOn, year.referenceDate, ledgerEdition]],
      ),
  };
}

function tokenStore(sql: Sql): TokenStore {
  const columns = ["id", "name", "role", "unit_id", "issued_at", "expires_at", "revoked_at"] as const;
  const select = `SELECT ${columns.join(", ")} FROM token`;
  const instant = (value: unknown) => (value ? new Date(text(value)) : null);
  const read = (row: Row): TokenRow => ({
    id: text(row.id),
    name: text(row.name),
    role: text(row.role) as Role,
    unitId: textOrNull(row.unit_id),
    issuedAt: new Date(text(row.issued_at)),
    expiresAt: instant(row.expires_at),
    revokedAt: instant(row.revoked_at),
  });
  return {
    insert: (row) =>
      sql.insert("token", columns, [
        [
          row.id,
          row.name,
          row.role,
          row.unitId,
          row.issuedAt.toISOString(),
          row.expiresAt?.toISOString() ?? null,
          row.revokedAt?.toISOString() ?? null,
        ],
      ]),
    async byId(id) {
      const [row] = await sql.rows(`${select} WHERE id = ?`, [id]);
      return row ? read(row) : null;
    },
    all: async () => (await sql.rows(`${select} ORDER BY issued_at, id`)).map(read),
    revoke: async (id, at) =>
      int(await sql.change("UPDATE token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", [at.toISOString(), id])) > 0,
    revokeSubject: (id, at) =>
      sql.insert(
        "revoked_subject",
        ["id", "revoked_at"],
        [[id, at.toISOString()]],
        sql.dialect.onPresent(["id"], ["revoked_at"], (_present, given) => given),
      ),
    async subjectRevokedAt(id) {
      const [row] = await sql.rows("SELECT revoked_at FROM revoked_subject WHERE id = ?", [id]);
      return row ? new Date(text(row.revoked_at)) : null;
    },
    revokedSubjects: async () =>
      (await sql.rows("SELECT id, revoked_at FROM revoked_subject ORDER BY revoked_at, id")).map((row) => ({
        id: text(row.id),
        revokedAt: new Date(text(row.revoked_at)),
      })),
  };
}
