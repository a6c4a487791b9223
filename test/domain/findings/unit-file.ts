import { type Dossier } from "../../../src/domain/counting/dossier.js";
import { findingsOfFile, findingsOfYear } from "../../../src/domain/findings/examination.js";
import { type Finding } from "../../../src/domain/findings/finding.js";
import { type UnitHistory } from "../../../src/domain/tree/history.js";
import { account } from "../../../src/domain/counting/measures.js";
import { type Fields } from "../../../src/domain/records/field.js";
import { type RecordKind } from "../../../src/domain/records/kind.js";
import { type Followed, FOLLOWED_NONE } from "../../../src/domain/records/predecessors.js";
import { type SchoolYear } from "../../../src/domain/tree/school-year.js";
import { dossier, send, unit } from "../harness.js";
import { type FiledRecord, type UnitFile, type FormerUnit, type NamedUnion } from "../../../src/domain/findings/unit-file.js";

/** The school years from 2018-2019 to 2024-2025. */
export const years: SchoolYear[] = Array.from({ length: 7 }, (_, index) => {
  const first = 2018 + index;
  return {
    label: `${first}-${first + 1}`,
    startsOn: `${first}-09-05`,
    endsOn: `${first + 1}-05-31`,
    referenceDate: `${first + 1}-05-31`,
    countsFrom: `${first}-06-01`,
  };
});

let made = 0;

/** A record as it is filed, from what was sent; refused content fails. */
export function filed<F extends Fields>(
  kind: RecordKind<F>,
  sent: Readonly<Record<string, unknown>>,
  {
    of = unit(),
    year = "2024-2025",
    followed = FOLLOWED_NONE,
    ...more
  }: { of?: UnitHistory; year?: string; followed?: Followed } & Partial<FiledRecord> = {},
): FiledRecord {
  const schoolYear = kind.schoolYear === "NEVER" ? null : (years.find(({ label }) => label === year) ?? null);
  const around = { unit: of, schoolYear, named: new Map([[of.unit.id, of]]), schoolYears: years, followed };
  const { content, problems } = send(kind, sent, around);
  expect(problems).toEqual([]);
  return {
    ...{ kind: kind.key, lead: true, schoolYear: schoolYear?.label ?? null, provenance: "REPORTED" as const, content: content as never },
    ...{ recordId: `record-${++made}`, version: 1, recordedOn: "2025-06-01" },
    ...more,
  };
}

/** What is found in a unit's file, and in 2024-2025 of it. */
export function found(
  records: FiledRecord[],
  history: UnitHistory = unit(),
  facts: Partial<Dossier> = {},
  communeUnions: readonly NamedUnion[] = [],
  formers: readonly FormerUnit[] = [],
): Finding[] {
  const file: UnitFile = { history, schoolYears: years, records, communeUnions, formers };
  const ofYear = records.filter(({ schoolYear }) => schoolYear === null || schoolYear === "2024-2025");
  const { kind, schoolLevel, ownership, autonomyGroup } = history.profiles.at(-1)!;
  const own = dossier(
    { unitId: history.unit.id, kind, schoolLevel, ownership, autonomyGroup, schoolYear: years.at(-1)!, ...facts },
    ...ofYear,
  );
  return [...findingsOfFile(file), ...findingsOfYear({ dossier: own, account: account(own), records: ofYear })];
}

/** Findings of a check, as what is told of them. */
export function told(findings: readonly Finding[], check: string) {
  return findings
    .filter((finding) => finding.check === check)
    .map(({ schoolYear, field, since, values, recordId }) => ({ schoolYear, field, since, values, recordId }));
}
