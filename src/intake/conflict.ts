import { type Problem, problem } from "../domain/ground/problem.js";
import { capital, type Words } from "../domain/ground/words.js";
import { readContent } from "../domain/records/content.js";
import { type Content } from "../domain/records/field.js";
import { type RecordKind } from "../domain/records/kind.js";
import { type StoredRecord } from "../domain/records/record.js";

/** A problem where the version is not the one expected. */
export function versionConflict(expected: number | null, actual: number, what: Words): Problem | null {
  return expected === null || expected === actual
    ? null
    : problem("VERSION_CONFLICT", "expectedVersion", {
        en: `${what.en} has version ${actual}, you expected ${expected}. Read it again and repeat your change on what is there now.`,
        vi: `${capital(what.vi)} đang ở phiên bản ${actual}, khác phiên bản ${expected} đã ghi (expectedVersion). Hãy xem lại rồi thực hiện thay đổi trên số liệu hiện có.`,
      });
}

/** A problem where a report, or a closing, has another version than the one expected; all that is sent of it is a reason. */
export function reportConflict(before: StoredRecord | null, expected: number | null, reason: string | null, what: Words): Problem[] {
  const conflict = versionConflict(expected, before?.version ?? 0, what);
  return conflict ? [{ ...conflict, differing: reason === null || reason === before?.reason ? [] : ["reason"] }] : [];
}

/** The fields of a kind in which two contents differ. */
export function differingFields({ fields }: RecordKind, a: Content, b: Content): string[] {
  return Object.keys(fields).filter((name) => JSON.stringify(a[name] ?? null) !== JSON.stringify(b[name] ?? null));
}

/** A problem where a record is sent as new and is there already, or as a correction of a version that is not the newest. */
export function conflictWith(kind: RecordKind, content: Content, before: StoredRecord | null, expected: number | null): Problem | null {
  const conflict = (message: Words) => ({
    ...problem("VERSION_CONFLICT", "expectedVersion", message),
    differing: differingFields(kind, content, before?.content ?? readContent(kind.fields, {}).content),
  });
  if (!before)
    return expected
      ? conflict({
          en: `You expected version ${expected}, but no such record is there yet; leave expectedVersion out.`,
          vi: `Đã ghi phiên bản ${expected} (expectedVersion), nhưng chưa có hồ sơ này; hãy bỏ expectedVersion.`,
        })
      : null;
  if (expected === before.version || (expected === null && before.state === "WITHDRAWN")) return null;
  return conflict(
    expected === null
      ? {
          en: `This record is there already, at version ${before.version}. To correct it send it again with expectedVersion: ${before.version}.`,
          vi: `Hồ sơ này đã có, phiên bản ${before.version}. Muốn sửa, hãy gửi lại với expectedVersion: ${before.version}.`,
        }
      : {
          en: `The record has version ${before.version}, you expected ${expected}. Read it again and repeat your correction on what is there now.`,
          vi: `Hồ sơ đang ở phiên bản ${before.version}, khác phiên bản ${expected} đã ghi (expectedVersion). Hãy xem lại rồi sửa trên số liệu hiện có.`,
        },
  );
}
