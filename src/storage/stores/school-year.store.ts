import { ledgerEdition } from "../../domain/edition.js";
import { RequestFault } from "../../domain/ground/request-fault.js";
import { type SchoolYearAction, type SchoolYearVersion } from "../../domain/tree/school-year-version.js";
import { besideEachOther, MOST_SCHOOL_YEARS, type SchoolYear, type SchoolYearDays } from "../../domain/tree/school-year.js";
import { partsOfSlice } from "../database/slice.js";
import { int, marks, type Row, type Sql, text, textOrNull } from "../database/sql.js";
import { type Slice } from "../../domain/ground/slice.js";

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
  /** Gives an open school year other days. */
  replace(year: SchoolYearDays): Promise<void>;
  /** Takes a school year away with all that was worked out for it: dossiers, cells, findings and marks. */
  remove(label: string): Promise<void>;
}

/** All versions of school years, the newest first, also of those that were withdrawn. They are numbered from 1 without a gap. */
export interface SchoolYearVersionStore {
  keep(versions: readonly SchoolYearVersion[]): Promise<void>;
  /** By label, in the order in which the slice is read; a school year without any is missing. */
  pages(labels: readonly string[], slice: Slice): Promise<Map<string, SchoolYearVersion[]>>;
  /** How many there are, by label; a school year without any is missing. */
  counts(labels: readonly string[]): Promise<Map<string, number>>;
  /** The latest of the school years whose newest version is their withdrawal, as they were. */
  withdrawn(): Promise<SchoolYearDays[]>;
}

const OTHER_EDITION =
  "The figures are being worked out anew by another version of the hub (số liệu đang được phiên bản khác tính lại); nothing was stored. Try again when every server runs that version.";

const DAYS = ["label", "starts_on", "ends_on", "reference_date"];
/** What is worked out for a school year. */
const DERIVED = ["dossier", "ledger", "finding", "known_late"];

export function schoolYearStore(sql: Sql): SchoolYearStore {
  const rows = () => sql.rows(`SELECT ${DAYS.join(", ")}, edition FROM school_year ORDER BY label`);
  const isOutdated = (row: Row) => row.edition !== ledgerEdition;
  const read = (all: readonly Row[]): SchoolYear[] => besideEachOther(all.map(daysOf));
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
      sql.insert("school_year", [...DAYS, "edition"], [[year.label, year.startsOn, year.endsOn, year.referenceDate, ledgerEdition]]),
    async replace({ label, startsOn, endsOn, referenceDate }) {
      const days = "starts_on = ?, ends_on = ?, reference_date = ?";
      await sql.change(`UPDATE school_year SET ${days} WHERE label = ?`, [startsOn, endsOn, referenceDate, label]);
    },
    async remove(label) {
      for (const table of DERIVED) await sql.change(`DELETE FROM ${table} WHERE school_year = ?`, [label]);
      await sql.change("DELETE FROM school_year WHERE label = ?", [label]);
    },
  };
}

const VERSION = [...[...DAYS, "version", "action"], ...["recorded_at", "recorded_by", "recorded_by_token", "recorded_by_unit", "reason"]];
const NEWEST = [{ sql: "version", descending: true }];

export function schoolYearVersionStore(sql: Sql): SchoolYearVersionStore {
  return {
    keep: (versions) =>
      sql.insert(
        "school_year_version",
        VERSION,
        versions.map((one) => [
          ...[one.label, one.startsOn, one.endsOn, one.referenceDate, one.version, one.action],
          ...[one.recordedAt && one.recordedAt.toISOString(), one.recordedBy, one.recordedByToken, one.recordedByUnit, one.reason],
        ]),
      ),
    async pages(labels, slice) {
      const found = new Map<string, SchoolYearVersion[]>();
      const { condition, order, values } = partsOfSlice(NEWEST, slice);
      const rows = await sql.rows(
        `SELECT * FROM (SELECT ${VERSION.join(", ")}, ROW_NUMBER() OVER (PARTITION BY label ORDER BY ${order}) AS place
           FROM school_year_version WHERE label IN (${marks(labels.length)})${condition}) AS placed
         WHERE place <= ${slice.limit} ORDER BY label, place`,
        [...labels, ...values],
      );
      for (const version of rows.map(versionOf)) if (!found.get(version.label)?.push(version)) found.set(version.label, [version]);
      return found;
    },
    async counts(labels) {
      const rows = await sql.rowsIn("SELECT label, COUNT(*) AS total FROM school_year_version WHERE label IN (??) GROUP BY label", labels);
      return new Map(rows.map((row) => [text(row.label), int(row.total)]));
    },
    async withdrawn() {
      const newest = "version = (SELECT MAX(version) FROM school_year_version newer WHERE newer.label = one.label)";
      const rows = await sql.rows(
        `SELECT ${DAYS.join(", ")} FROM school_year_version one WHERE action = 'WITHDRAWN' AND ${newest} ORDER BY label DESC LIMIT ${MOST_SCHOOL_YEARS}`,
      );
      return rows.map(daysOf);
    },
  };
}

const daysOf = (row: Row): SchoolYearDays => ({
  label: text(row.label),
  startsOn: text(row.starts_on),
  endsOn: text(row.ends_on),
  referenceDate: text(row.reference_date),
});

function versionOf(row: Row): SchoolYearVersion {
  const at = textOrNull(row.recorded_at);
  return {
    ...daysOf(row),
    version: int(row.version),
    action: text(row.action) as SchoolYearAction,
    recordedAt: at === null ? null : new Date(at),
    recordedBy: textOrNull(row.recorded_by),
    recordedByToken: textOrNull(row.recorded_by_token),
    recordedByUnit: textOrNull(row.recorded_by_unit),
    reason: textOrNull(row.reason),
  };
}
