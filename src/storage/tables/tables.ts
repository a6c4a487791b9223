import { type EntitySchemaColumnOptions } from "typeorm";
import { measureKeys, obligations } from "../../domain/counting/measures.js";
import {
  code,
  type Columns,
  day,
  fingerprint,
  id,
  identity,
  instant,
  key,
  longText,
  longTextOrNull,
  optional,
  print,
  table,
  tokenId,
  zero,
  vintageId,
  whole,
  word,
  year,
} from "../database/columns.js";
import { schoolYearTables } from "./school-year.tables.js";
import { unitTables } from "./unit.tables.js";

export const measureColumn: EntitySchemaColumnOptions = { type: "bigint", default: 0 };
export const dueColumn: EntitySchemaColumnOptions = { ...day, nullable: true };
/** Column of the day until which a missing report of an obligation is not due. */
export const dueName = (obligation: string): string => `${obligation}Due`;
const measureColumns = (): Columns => Object.fromEntries(measureKeys.map((measure) => [measure, measureColumn]));
const dueColumns = (): Columns => Object.fromEntries(obligations.map((duty) => [dueName(duty.key), dueColumn]));

const version: Columns = {
  version: whole,
  state: word,
  content: { type: "text" },
  provenance: word,
  recorded_at: instant,
  recorded_by: { type: "varchar", length: 200 },
  recorded_by_token: optional(tokenId),
  recorded_by_unit: optional(id),
  reason: { type: "varchar", length: 500, nullable: true },
};

export const tables = [
  ...unitTables,
  ...schoolYearTables,
  table(
    "record",
    { id: key(id), kind: word, unit_id: id, school_year: year, record_key: identity, counts_others: zero, ...version },
    { record_counting_others: ["counts_others", "kind", "school_year"] },
    { record_identity: ["unit_id", "kind", "school_year", "record_key"] },
  ),
  table("record_version", { record_id: key(id), ...version, version: key(whole) }),
  /** Whose dossiers hold the record. */
  table("record_subject", { record_id: key(id), unit_id: key(id) }, { record_subject_unit: ["unit_id"] }),
  /** Which record, directive or unit (`fact_id`) does not count for a unit in a school year, because it became known when that was locked. */
  table("known_late", { unit_id: key(id), school_year: key(year), fact_id: key(id), with_below: zero }, { known_late_fact: ["fact_id"] }),
  /** A unit's own tally of a school year, with its stratum and its line of that year: one ancestor a level at most. */
  table(
    "dossier",
    {
      unit_id: key(id),
      school_year: key(year),
      counted: whole,
      closed_in_year: zero,
      level: word,
      school_level: optional(word),
      ownership: optional(word),
      confederation_id: optional(id),
      province_id: optional(id),
      district_id: optional(id),
      grassroots_id: optional(id),
      whole_year_print: print,
      first_half_print: print,
      ...measureColumns(),
      ...dueColumns(),
    },
    {
      dossier_confederation: ["confederation_id", "school_year"],
      dossier_province: ["province_id", "school_year"],
      dossier_district: ["district_id", "school_year"],
      dossier_grassroots: ["grassroots_id", "school_year"],
    },
  ),
  /** The ledger: one row a unit, school year and cell of the cube (school level or ALL) × (ownership, NON_PUBLIC or ALL). */
  table("ledger", { unit_id: key(id), school_year: key(year), school_level: key(word), ownership: key(word), ...measureColumns() }),
  /** What the checks find in a unit, school year by school year. */
  table("finding", {
    unit_id: key(id),
    school_year: key(year),
    name: key({ type: "varchar", length: 160 }),
    check_key: { type: "varchar", length: 60 },
    field: { type: "varchar", length: 60 },
    record_id: optional(id),
    gravity: whole,
    since: day,
    content: { type: "text" },
    fingerprint: { type: "varchar", length: 16 },
    acknowledgement_id: optional(id),
    is_open: whole,
  }),
  table("token", {
    id: key(id),
    name: { type: "varchar", length: 200 },
    role: word,
    unit_id: optional(id),
    issued_at: instant,
    expires_at: optional(instant),
    revoked_at: optional(instant),
  }),
  /** Whose tokens of the OpenID Connect provider are refused, up to those of that time. */
  table("revoked_subject", { id: key(tokenId), revoked_at: instant }),
  /** Changes that came with an idempotency key; `id`: the digest of caller and key. A long answer takes several rows. */
  table(
    "idempotency_key",
    {
      id: key({ type: "varchar", length: 64 }),
      part: key(whole),
      digest: { type: "varchar", length: 64 },
      stored_at: instant,
      answer: { type: "text" },
    },
    { idempotency_key_stored: ["stored_at"] },
  ),
  /** What a province published of a school year; with the three tables below it is never changed. */
  table(
    "vintage",
    {
      id: key(vintageId),
      unit_id: id,
      school_year: year,
      ordinal: whole,
      title: { type: "varchar", length: 300 },
      remark: { type: "varchar", length: 500, nullable: true },
      published_at: instant,
      published_by: { type: "varchar", length: 200 },
      published_by_token: optional(tokenId),
      published_by_unit: optional(id),
      fingerprint: optional(fingerprint),
      digest: { type: "varchar", length: 64 },
    },
    {},
    { vintage_ordinal: ["unit_id", "school_year", "ordinal"] },
  ),
  table("vintage_definition", { vintage_id: key(vintageId), part: key(word), position: key(whole), content: { type: "text" } }),
  table(
    "vintage_dossier",
    {
      vintage_id: key(vintageId),
      unit_id: key(id),
      unit_version: whole,
      level: word,
      school_level: optional(word),
      ownership: optional(word),
      confederation_id: optional(id),
      province_id: optional(id),
      district_id: optional(id),
      grassroots_id: optional(id),
      code,
      name: { type: "varchar", length: 300 },
      tally: { type: "text" },
      records: longText,
      due: longTextOrNull,
    },
    { vintage_dossier_unit: ["unit_id"], vintage_dossier_grassroots: ["grassroots_id"] },
  ),
  table("vintage_cell", {
    vintage_id: key(vintageId),
    unit_id: key(id),
    school_level: key(word),
    ownership: key(word),
    tally: { type: "text" },
    due: longTextOrNull,
  }),
  table("ledger_audit", { at: key(instant), differences: whole }),
  /**
   * The first row: shared by whoever writes records, taken alone by whoever changes the tree. The second: on a Galera
   * cluster written by whoever commits.
   */
  table("gate", { id: key(whole), turn: zero }),
];
