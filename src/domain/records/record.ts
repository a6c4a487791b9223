import { vietnameseNumber } from "../ground/words.js";
import { type Caller } from "../ground/caller.js";
import { type Problem, problem } from "../ground/problem.js";
import { type Provenance } from "../tree/unit.js";
import { type Content, type Fields } from "./field.js";

/** STANDING: counts. WITHDRAWN: was taken back, with a reason; it counts nowhere. */
export type RecordState = "STANDING" | "WITHDRAWN";

/** One version of what a unit reported, with who, when and why. A correction is a new version; none is ever changed. */
export interface RecordVersion<F extends Fields = Fields> {
  recordId: string;
  version: number;
  state: RecordState;
  content: Content<F>;
  provenance: Provenance;
  recordedAt: Date;
  /** Name of the caller's token. */
  recordedBy: string;
  /** Id of the token and of the unit whose branch it is for; null where versions up to 0.4.0 did not keep them, the unit also of an administrator. */
  recordedByToken: string | null;
  recordedByUnit: string | null;
  reason: string | null;
}

/** What a version says of who stored it. */
export function recordedBy({ name, tokenId, unitId }: Caller): Pick<RecordVersion, "recordedBy" | "recordedByToken" | "recordedByUnit"> {
  return { recordedBy: name, recordedByToken: tokenId, recordedByUnit: unitId };
}

/** What makes a record the same one when it is sent again. `key` is what its kind makes of the content. */
export interface RecordIdentity {
  unitId: string;
  kind: string;
  schoolYear: string | null;
  key: string;
}

/** A record: what a unit reports, once for its identity. What is here of a version is its newest. */
export interface StoredRecord<F extends Fields = Fields> extends RecordVersion<F>, RecordIdentity {}

/** The identity as one text. */
export function identityKey({ unitId, kind, schoolYear, key }: RecordIdentity): string {
  return [unitId, kind, schoolYear ?? "", key].join("\u0000");
}

/** Most bytes of a record's content as it is stored (JSON in UTF-8): TEXT of MySQL and MariaDB ends at 65,535, that of SQLite nowhere. */
export const LARGEST_CONTENT = 65_000;

/** The refusal of a content that is larger than every database keeps; its field is the largest one. Ids stand in it for the units. */
export function sizeProblems(content: Content): Problem[] {
  const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;
  const size = bytes(content);
  if (size <= LARGEST_CONTENT) return [];
  const [largest] = Object.entries(content)
    .map(([name, value]) => [name, bytes(value)] as const)
    .sort(([, a], [, b]) => b - a);
  const [name, of] = largest!;
  return [
    problem("OUT_OF_RANGE", name, {
      en: `The record takes ${size} bytes, ${of} of them for ${name}; expected at most ${LARGEST_CONTENT} in all. Shorten its texts and lists.`,
      vi: `Hồ sơ chiếm ${vietnameseNumber(size)} byte, riêng ${name} ${vietnameseNumber(of)} byte; tổng cộng tối đa ${vietnameseNumber(LARGEST_CONTENT)} byte. Hãy rút ngắn văn bản và danh sách.`,
    }),
  ];
}

/** Of a record what a list of many is sorted and filtered by, without the rest of its content. */
export interface RecordOutline {
  subjectId: string;
  recordId: string;
  /** The values of the fields that were asked for, in their order. */
  values: (string | null)[];
}

/** The versions of a record from one to another, both with it. */
export interface VersionSpan {
  recordId: string;
  from: number;
  to: number;
}

/** Which records of a unit a list has. */
export interface RecordFilter {
  kinds: readonly string[];
  schoolYear: string | null;
  /** Also those that were taken back. */
  withdrawn: boolean;
}
