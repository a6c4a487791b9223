import { type Words } from "../ground/words.js";
import { type Field, type Fields } from "./field.js";

/** A field inside a Vietnamese sentence: what people call it, and its name in the API for who wrote the request. `path`: where it stands, "present", "dialoguesOn.0". */
export function fieldInVietnamese({ name }: Field, path: string): string {
  return `${name.vi} (${path})`;
}

/** Of a field of a kind the same. */
export function inVietnamese(fields: Fields, name: string): string {
  return fieldInVietnamese(fields[name]!, name);
}

/** What must be given is not there. */
export function missing(field: Field, name: string): Words {
  return { en: `${name} is missing: ${field.description}`, vi: `Thiếu ${fieldInVietnamese(field, name)}.` };
}
