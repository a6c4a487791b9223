import { day, id, instant, key, optional, table, tokenId, whole, word, year } from "../database/columns.js";

export const schoolYearTables = [
  /** `edition`: by which edition of the account its ledger was worked out; null: by that of 0.4.0. */
  table("school_year", { label: key(year), starts_on: day, ends_on: day, reference_date: day, edition: optional(word) }),
  /** All versions of school years, also of those that were withdrawn; null in who and when where a hub up to 0.4.0 opened it. */
  table("school_year_version", {
    ...{ label: key(year), version: key(whole), action: word, starts_on: day, ends_on: day, reference_date: day },
    recorded_at: optional(instant),
    recorded_by: optional({ type: "varchar", length: 200 }),
    recorded_by_token: optional(tokenId),
    recorded_by_unit: optional(id),
    reason: optional({ type: "varchar", length: 500 }),
  }),
];
