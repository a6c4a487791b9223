import { type Dossier, type DossierRecord } from "../../src/domain/counting/dossier.js";
import { NEVER } from "../../src/domain/ground/day.js";
import { findingsOfRecord } from "../../src/domain/findings/examination.js";
import { type UnitHistory } from "../../src/domain/tree/history.js";
import { extensionsIn } from "../../src/domain/figures/directed.js";
import { indicatorKeys } from "../../src/domain/figures/catalogue.js";
import { account } from "../../src/domain/counting/measures.js";
import { readContent } from "../../src/domain/records/content.js";
import { type Content, type Fields } from "../../src/domain/records/field.js";
import { type RecordKind, type RuleContext } from "../../src/domain/records/kind.js";
import { FOLLOWED_NONE } from "../../src/domain/records/predecessors.js";
import { type SchoolYear } from "../../src/domain/tree/school-year.js";
import { type Obligation, type Status } from "../../src/domain/counting/obligation.js";
import { type Profile, type UnitKind, levelOf } from "../../src/domain/tree/unit.js";
import { identityFold } from "../../src/domain/ground/vietnamese.js";
import { inTwoLanguages } from "../sentences.js";

export const year: SchoolYear = {
  label: "2024-2025",
  startsOn: "2024-09-05",
  endsOn: "2025-05-31",
  referenceDate: "2025-05-31",
  countsFrom: "2024-06-01",
};
export const yearBefore: SchoolYear = {
  label: "2023-2024",
  startsOn: "2023-09-05",
  endsOn: "2024-05-31",
  referenceDate: "2024-05-31",
  countsFrom: "2023-06-01",
};
export const yearAfter: SchoolYear = {
  label: "2025-2026",
  startsOn: "2025-09-05",
  endsOn: "2026-05-31",
  referenceDate: "2026-05-31",
  countsFrom: "2025-06-01",
};

/** A unit that has been open since 2010; a public primary school unless said. */
export function unit(facts: Partial<Profile> & { id?: string } = {}, placements = [{ from: "2010-09-05", until: NEVER }]): UnitHistory {
  const { id = "school-1", kind = "SCHOOL", ...profile } = facts;
  const isSchool = kind === "SCHOOL";
  return {
    unit: { id, code: id, codeKey: identityFold(id), level: levelOf(kind), version: 1, provenance: "REPORTED" },
    placements: placements.map((interval) => ({ ...interval, unitId: id, parentId: "union-1" })),
    profiles: [
      {
        unitId: id,
        kind,
        from: "2010-09-05",
        until: NEVER,
        name: "Trường Tiểu học Hợp Giang",
        schoolLevel: isSchool ? "PRIMARY" : null,
        ownership: isSchool ? "PUBLIC" : null,
        autonomyGroup: null,
        ...profile,
      },
    ],
  };
}

export const privateSchool = (id = "school-1") => unit({ id, ownership: "PRIVATE", schoolLevel: "PRESCHOOL", name: "Mầm non Hoa Sen" });

/** What becomes of a record that a caller sends: the way every record goes, up to storing it. */
export function send<F extends Fields>(kind: RecordKind<F>, sent: Readonly<Record<string, unknown>>, around: Partial<RuleContext> = {}) {
  const context: RuleContext = {
    today: "2025-06-10",
    unit: unit(),
    schoolYear: kind.schoolYear === "NEVER" ? null : year,
    named: new Map(),
    schoolYears: [yearBefore, year],
    indicators: indicatorKeys,
    provenance: "REPORTED",
    findings: [],
    deadlines: new Map(),
    followed: FOLLOWED_NONE,
    ...around,
  };
  const read = readContent(kind.fields, sent);
  const content = kind.complete(read.content, context);
  const problems = inTwoLanguages([...read.problems, ...kind.rules(content, context)]);
  return {
    content,
    problems,
    /** Each problem as "CODE field". */
    refused: problems.map(({ code, field }) => `${code} ${field}`),
    findings: findingsOfRecord(kind, content as Content, context.schoolYear, context.today).map(({ code }) => code),
  };
}

/** A standing record of a dossier, from what was sent. */
export function record<F extends Fields>(
  kind: RecordKind<F>,
  sent: Readonly<Record<string, unknown>>,
  options: { lead?: boolean; around?: Partial<RuleContext> } = {},
): DossierRecord {
  const { content } = send(kind, sent, options.around);
  return {
    kind: kind.key,
    lead: options.lead ?? true,
    schoolYear: kind.schoolYear === "NEVER" ? null : year.label,
    provenance: "REPORTED",
    content: content as Content,
  };
}

/** A dossier of a public primary school with a union, unless said. */
export function dossier(facts: Partial<Dossier> = {}, ...records: DossierRecord[]): Dossier {
  const kind: UnitKind = facts.kind ?? "SCHOOL";
  const isSchool = kind === "SCHOOL";
  return {
    unitId: "school-1",
    provenance: "REPORTED",
    schoolYear: year,
    level: levelOf(kind),
    kind,
    schoolLevel: isSchool ? "PRIMARY" : null,
    ownership: isSchool ? "PUBLIC" : null,
    autonomyGroup: null,
    parentLevel: isSchool ? "GRASSROOTS" : "DISTRICT",
    lastDay: (facts.schoolYear ?? year).referenceDate,
    openSince: "2010-09-05",
    deadlines: new Map(),
    demands: new Map(),
    records,
    extensions: extensionsIn(records),
    inSuccessors: [],
    ...facts,
  };
}

export const tallyOf = (subject: Dossier) => account(subject).tally;

/** The status of an obligation in a dossier; fails unless there is exactly one. */
export function statusOf(duty: Obligation, subject: Dossier): Status {
  const tally = tallyOf(subject);
  const found = (Object.keys(duty.measures) as Status[]).filter((status) => tally[duty.measures[status].key] !== undefined);
  if (found.length !== 1 || tally[duty.measures[found[0]!].key] !== 1) throw new Error(`${duty.key} has statuses ${found.join(", ")}`);
  return found[0]!;
}

/** A table of cases: its rows are a sentence of what holds and what shows it. */
export function cases<A extends unknown[]>(table: readonly [sentence: string, ...shown: A][], check: (...shown: A) => void) {
  for (const [sentence, ...shown] of table) test(sentence, () => check(...(shown as A)));
}
