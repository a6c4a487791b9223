import { type Day } from "../domain/ground/day.js";
import { besideEachOther, type SchoolYearDays } from "../domain/tree/school-year.js";
import { readSeedFile } from "./seed-file.js";
import { type RecordDraft, type Seed, type UnitDraft } from "./seed.js";

type Draft = Omit<RecordDraft, "kind">;

/** A published figure names the document that printed it by its key in `documents.json`. */
type Figure = Draft & { document: string };
type Documents = Record<string, { title: string; date?: Day }>;

/** The facts of the five source documents: units, school years, directives, conferences and published figures. */
export function documentsSeed(): Seed {
  const documents = readSeedFile<Documents>("documents/documents.json");
  const figures = readSeedFile<Figure[]>("documents/published-figures.json").map(({ document, ...figure }) => {
    const source = documents[document];
    if (!source) throw new Error(`seeds/documents/documents.json has no "${document}"`);
    return { ...figure, content: { ...figure.content, document: source.title, documentDate: source.date ?? null } };
  });
  return {
    provenance: "DOCUMENT",
    schoolYears: besideEachOther(readSeedFile<SchoolYearDays[]>("documents/school-years.json")),
    units: readSeedFile<UnitDraft[]>("documents/units.json"),
    records: [
      ...ofKind("directive", readSeedFile<Draft[]>("documents/directives.json")),
      ...ofKind("conference", readSeedFile<Draft[]>("documents/conferences.json")),
      ...ofKind("publishedFigure", figures),
    ],
  };
}

function ofKind(kind: string, drafts: readonly Draft[]): RecordDraft[] {
  return drafts.map((draft) => ({ kind, ...draft }));
}
