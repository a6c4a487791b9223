import { kindOf } from "./catalogue.js";
import { type StoredRecord } from "./record.js";

/** The units whose dossiers hold a record: the one that reported it and those that it covers. */
export function subjectsOf({ kind, unitId, content }: Pick<StoredRecord, "kind" | "unitId" | "content">): string[] {
  return [...new Set([unitId, ...kindOf(kind).covered(content)])];
}
