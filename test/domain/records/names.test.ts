import { recordKinds } from "../../../src/domain/records/catalogue.js";
import { type Field, type Fields } from "../../../src/domain/records/field.js";

/** The fields of a kind, and those of its rows, each with its place. */
const fieldsIn = (fields: Fields): (readonly [string, Field])[] =>
  Object.entries(fields).flatMap(([path, field]) => [
    [path, field] as const,
    ...(field.type === "rows" ? fieldsIn(field.fields).map(([within, inner]) => [`${path}.${within}`, inner] as const) : []),
  ]);

test.each(recordKinds.map((kind) => [kind.key, kind] as const))("%s and each of its fields have a name in both languages", (_, kind) => {
  for (const [path, { name }] of [["the kind", kind] as const, ...fieldsIn(kind.fields)])
    for (const text of [name.en, name.vi]) {
      expect([path, text, text === text.trim().normalize("NFC")]).toEqual([path, text, true]);
      // They stand inside sentences and above columns.
      expect([path, text]).toEqual([path, expect.stringMatching(/^\p{Ll}[^.;:]*[^.;:\s]$/u)]);
    }
});

test.each(recordKinds.map((kind) => [kind.key, kind] as const))("no two columns of %s have one heading", (_, { fields }) => {
  for (const language of ["en", "vi"] as const) {
    const headings = Object.values(fields).map(({ name }) => name[language]);
    expect(headings.filter((heading, index) => headings.indexOf(heading) !== index)).toEqual([]);
  }
});
