import { indexSettings, type SettingInForce } from "../../src/domain/records/kinds/settings-in-force.js";
import { ALWAYS, NEVER } from "../../src/domain/ground/day.js";
import { type Dossier, type DossierRecord } from "../../src/domain/counting/dossier.js";
import { findingsOfRecord } from "../../src/domain/findings/examination.js";
import { type RecordFinding } from "../../src/domain/findings/finding.js";
import { type UnitHistory } from "../../src/domain/tree/history.js";
import { directedTo, extensionsIn } from "../../src/domain/figures/directed.js";
import { indicatorKeys } from "../../src/domain/figures/catalogue.js";
import { account } from "../../src/domain/counting/measures.js";
import { type Problem } from "../../src/domain/ground/problem.js";
import { readContent } from "../../src/domain/records/content.js";
import { type Content, type Fields } from "../../src/domain/records/field.js";
import { type RuleContext } from "../../src/domain/records/kind.js";
import { kindOf } from "../../src/domain/records/catalogue.js";
import { FOLLOWED_NONE } from "../../src/domain/records/predecessors.js";
import { type SchoolYear } from "../../src/domain/tree/school-year.js";
import { sum, type Tally } from "../../src/domain/counting/tally.js";
import { levelOf, type Provenance } from "../../src/domain/tree/unit.js";
import { type RecordDraft, type Seed, type UnitDraft } from "../../src/seeding/seed.js";

/** Nothing that is seeded lies later: in June 2025 the law changed. */
export const LAST_DAY = "2025-05-31";

/** A draft as the rules read it. */
export interface ReadDraft {
  draft: RecordDraft;
  provenance: Provenance;
  content: Content;
  problems: Problem[];
  findings: RecordFinding[];
  /** What makes it the same record when it is sent again. */
  naturalKey: string;
}

/** Seeds as the hub would hold them, without a database: codes serve as ids. */
export function hubOf(seeds: readonly Seed[], today: string) {
  const schoolYears = seeds.flatMap((seed) => seed.schoolYears);
  const units = new Map(seeds.flatMap((seed) => seed.units.map((unit) => [unit.code, unit] as const)));
  const histories = new Map(seeds.flatMap((seed) => seed.units.map((unit) => [unit.code, historyOf(unit, seed.provenance)] as const)));
  const records = seeds.flatMap((seed) => seed.records.map((draft) => read(draft, seed.provenance)));
  const settings = indexSettings(records.filter(({ draft }) => draft.kind === "directive").flatMap(settingsOf));
  const byUnit = new Map<string, ReadDraft[]>();
  for (const record of records)
    for (const code of new Set([record.draft.unit, ...kindOf(record.draft.kind).covered(record.content)]))
      byUnit.set(code, [...(byUnit.get(code) ?? []), record]);

  return { schoolYears, units, records, lineOf, tallyOf };

  function read(draft: RecordDraft, provenance: Provenance): ReadDraft {
    const kind = kindOf(draft.kind);
    const unit = histories.get(draft.unit);
    if (!unit) throw new Error(`no unit ${draft.unit}`);
    const schoolYear = schoolYears.find(({ label }) => label === draft.schoolYear) ?? null;
    const context: RuleContext = {
      today,
      unit,
      schoolYear,
      named: histories,
      schoolYears,
      indicators: indicatorKeys,
      provenance,
      findings: [],
      deadlines: new Map(),
      followed: FOLLOWED_NONE,
    };
    const first = readContent(kind.fields, draft.content);
    const content = kind.complete(first.content, context);
    const unknown = Object.keys(draft.content).filter((name) => !(name in kind.fields));
    if (unknown.length > 0) throw new Error(`${draft.kind} of ${draft.unit} has unknown fields ${unknown.join()}`);
    if (draft.schoolYear && !schoolYear) throw new Error(`no school year ${draft.schoolYear}`);
    const problems = [...first.problems, ...kind.rules(content, context)];
    const naturalKey = [draft.unit, draft.kind, draft.schoolYear, kind.keyOf(content)].join(" | ");
    return { draft, provenance, content, problems, findings: findingsOfRecord(kind, content, schoolYear, today), naturalKey };
  }

  /** The unit and all above it, nearest first. */
  function lineOf(code: string): UnitDraft[] {
    const unit = units.get(code);
    return unit ? [unit, ...(unit.parent ? lineOf(unit.parent) : [])] : [];
  }

  /** The tally of a unit's whole branch. */
  function tallyOf(code: string, label: string): Tally {
    const year = schoolYears.find((candidate) => candidate.label === label);
    if (!year) throw new Error(`no school year ${label}`);
    return [...units.values()]
      .filter((unit) => unit.openedOn <= year.referenceDate && lineOf(unit.code).some((above) => above.code === code))
      .reduce<Tally>((total, unit) => sum(total, account(dossierOf(unit, year)).tally), {});
  }

  function dossierOf(unit: UnitDraft, schoolYear: SchoolYear): Dossier {
    const line = lineOf(unit.code).map(({ code }) => code);
    const records = (byUnit.get(unit.code) ?? [])
      .filter(({ draft }) => draft.schoolYear === null || draft.schoolYear === schoolYear.label)
      .map(({ draft, content }): DossierRecord => ({
        kind: draft.kind,
        lead: draft.unit === unit.code,
        schoolYear: draft.schoolYear,
        provenance: "DEMONSTRATION",
        content,
      }));
    const parent = unit.parent ? units.get(unit.parent) : undefined;
    return {
      unitId: unit.code,
      provenance: "DEMONSTRATION",
      schoolYear,
      level: levelOf(unit.kind),
      kind: unit.kind,
      schoolLevel: unit.schoolLevel ?? null,
      ownership: unit.ownership ?? null,
      autonomyGroup: unit.autonomyGroup ?? null,
      parentLevel: parent ? levelOf(parent.kind) : null,
      lastDay: schoolYear.referenceDate,
      openSince: unit.openedOn,
      ...directedTo(settings, line, schoolYear.label),
      records,
      extensions: extensionsIn(records),
      inSuccessors: [],
    };
  }
}

function historyOf(unit: UnitDraft, provenance: Provenance): UnitHistory {
  const { code, name, kind, parent, openedOn, schoolLevel = null, ownership = null, autonomyGroup = null } = unit;
  return {
    unit: { id: code, code, codeKey: code, level: levelOf(kind), version: 1, provenance },
    placements: [{ unitId: code, parentId: parent, from: openedOn, until: NEVER }],
    profiles: [{ unitId: code, name, kind, schoolLevel, ownership, autonomyGroup, from: ALWAYS, until: NEVER }],
  };
}

function settingsOf({ draft, content }: ReadDraft): SettingInForce[] {
  const { number, issuedOn, settings } = content as unknown as { number: string; issuedOn: string; settings: Content<Fields>[] };
  return settings.map(
    (setting) => ({ unitId: draft.unit, recordId: draft.unit + number, number, issuedOn, ...setting }) as unknown as SettingInForce,
  );
}
