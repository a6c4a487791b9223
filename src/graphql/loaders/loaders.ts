import DataLoader from "dataloader";
import { type Caller } from "../../domain/ground/caller.js";
import { Sight } from "../../work/sight.js";
import { type Day } from "../../domain/ground/day.js";
import { type Succession } from "../../domain/tree/lineage.js";
import { type Problem } from "../../domain/ground/problem.js";
import { directive } from "../../domain/records/kinds/directive.js";
import { type RecordVersion, type StoredRecord, type RecordOutline, type VersionSpan } from "../../domain/records/record.js";
import { type LeftOutReason, type ClosedPart } from "../../domain/analysis/left-out.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { type Tally } from "../../domain/counting/tally.js";
import { type Placement, type Profile } from "../../domain/tree/unit.js";
import { References } from "../../work/references.js";
import { type CountsKey, findingCounts } from "../../rollup/findings.js";
import { type Contribution, contributions } from "../../rollup/contributions.js";
import { type GrowthFigures } from "../../domain/analysis/growth-figures.js";
import { growth, type GrowthKey } from "../../rollup/growth.js";
import { judgedUntil } from "../../rollup/judged-until.js";
import { otherFigures, type OtherFiguresOfUnit, type ReadingKey } from "../../rollup/other-readings.js";
import { closedParts, leftOutCounts, type LeftOutKey } from "../../rollup/left-out.js";
import { notDueCounts, rollupName, tallies } from "../../rollup/tallies.js";
import { type RecordPages, recordPageLoaders, type UnitVersionPages, unitVersionLoaders } from "./page.loaders.js";
import { type VoidUnitLoader, voidUnitLoader } from "./void-unit.loader.js";
import { schoolYearVersionLoaders, type SchoolYearVersionPages } from "./school-year.loaders.js";
import { type FingerprintLoader, fingerprintLoader, type ReportLoader, reportLoader } from "./report.loader.js";
import { type Standards, standards } from "../../rollup/standards.js";
import type { Database } from "../../storage/database/database.js";
import type { Stores } from "../../storage/stores/stores.js";
import { byId } from "./by-id.js";
import { ComparisonLoaders } from "./comparison.loaders.js";
import { type JudgedUntil } from "../../domain/counting/frozen-due.js";
import type { UnitView } from "../../domain/tree/unit-view.js";
import { type RollupKey } from "../../domain/figures/rollup.js";
import type { FindingCount } from "../../domain/findings/finding-list.js";

/** What many fields of one request ask for, fetched in one statement for all of them. */
export class Loaders {
  /** Who may see what: asked before anything is told. */
  readonly sight: Sight;
  /** Any unit, also outside the caller's branch: only for names of ancestors. */
  readonly anyUnit: DataLoader<string, UnitView | null>;
  /** A unit that was made void, by its id, whoever asks: only for its name, and where it stood. */
  readonly voidUnit: VoidUnitLoader;
  private readonly coded: DataLoader<string, UnitView | null>;
  /** What to say of ids and codes that name no unit of the branch. */
  readonly unknownUnit: DataLoader<string, Problem>;
  readonly tally: DataLoader<RollupKey, Tally, string>;
  readonly notDue: DataLoader<RollupKey, Tally, string>;
  readonly judged: DataLoader<RollupKey, JudgedUntil, string>;
  readonly standards: DataLoader<{ unitId: string; schoolYear: SchoolYear }, Standards, string>;
  readonly placements: DataLoader<string, Placement[]>;
  readonly profiles: DataLoader<string, Profile[]>;
  /** By successor, and by predecessor. */
  readonly predecessors: DataLoader<string, Succession[]>;
  readonly successors: DataLoader<string, Succession[]>;
  readonly record: DataLoader<string, StoredRecord | null>;
  /** Of lists of a unit a page as it is read, and how long each is. */
  readonly records: RecordPages;
  readonly unitVersions: UnitVersionPages;
  readonly schoolYearVersions: SchoolYearVersionPages;
  readonly versions: DataLoader<VersionSpan, RecordVersion[], string>;
  /** Standing directives of a unit: the day of issue and the number. */
  readonly directives: DataLoader<string, RecordOutline[]>;
  /** Standing records of a kind that a unit itself reported. */
  readonly reported: DataLoader<{ unitId: string; kind: string }, StoredRecord[], string>;
  readonly findingCounts: DataLoader<CountsKey, FindingCount[], string>;
  readonly contributions: DataLoader<RollupKey, Contribution[], string>;
  readonly leftOut: DataLoader<LeftOutKey, Partial<Record<LeftOutReason, number>>, string>;
  readonly closedParts: DataLoader<LeftOutKey, ClosedPart | null, string>;
  readonly growth: DataLoader<GrowthKey, GrowthFigures, string>;
  /** What a published figure that differs is held beside. */
  readonly otherFigures: DataLoader<ReadingKey, OtherFiguresOfUnit, string>;
  readonly comparison: ComparisonLoaders;
  readonly reports: ReportLoader;
  readonly fingerprints: FingerprintLoader;
  private years: Promise<SchoolYear[]> | null = null;
  /** Thousands of units of a page stand in a few lines. */
  private readonly lines = new Map<string, Promise<UnitView[]>>();

  constructor(
    private readonly database: Database,
    caller: Caller,
    today: Day,
  ) {
    const read = database.read.bind(database);
    this.comparison = new ComparisonLoaders(database, today);
    this.sight = new Sight(caller, {
      unit: (id) => this.anyUnit.load(id),
      voidUnit: (id) => this.voidUnit.load(id),
      isFrozen: async (vintageId, unitId) => (await this.comparison.frozen.load({ vintageId, unitId })) !== null,
    });
    this.anyUnit = new DataLoader((ids) =>
      read(async (stores) => {
        const views = await stores.unitReader.views(ids, today);
        return ids.map((id) => views.get(id) ?? null);
      }),
    );
    this.voidUnit = voidUnitLoader(database);
    this.coded = new DataLoader((codes) =>
      read(async (stores) => {
        const views = await stores.unitReader.viewsByCode(codes, today);
        for (const view of views.values()) this.anyUnit.prime(view.id, view);
        return codes.map((code) => views.get(code) ?? null);
      }),
    );
    this.unknownUnit = new DataLoader((given) =>
      read(async (stores) => {
        const references = await References.find(stores, { caller, today }, given);
        return Promise.all(given.map((reference) => references.notFound(reference, "unit")));
      }),
    );
    this.tally = new DataLoader((keys) => read((stores) => tallies(stores, keys, today)), { cacheKeyFn: rollupName });
    this.notDue = new DataLoader((keys) => read((stores) => notDueCounts(stores, keys, today)), { cacheKeyFn: rollupName });
    this.judged = new DataLoader((keys) => read((stores) => judgedUntil(stores, keys, today)), { cacheKeyFn: rollupName });
    this.standards = new DataLoader((keys) => read((stores) => standards(stores, keys)), {
      cacheKeyFn: ({ unitId, schoolYear }) => `${unitId} ${schoolYear.label}`,
    });
    this.placements = new DataLoader((ids) =>
      read(async (stores) => byId(ids, await stores.unitReader.placements(ids), ({ unitId }) => unitId)),
    );
    this.profiles = new DataLoader((ids) =>
      read(async (stores) => byId(ids, await stores.unitReader.profiles(ids), ({ unitId }) => unitId)),
    );
    this.predecessors = new DataLoader((ids) =>
      read(async (stores) => byId(ids, await stores.lineage.into(ids), ({ successorId }) => successorId)),
    );
    this.successors = new DataLoader((ids) =>
      read(async (stores) => byId(ids, await stores.lineage.outOf(ids), ({ predecessorId }) => predecessorId)),
    );
    this.record = new DataLoader((ids) =>
      read(async (stores) => {
        const records = await stores.records.byIds(ids);
        return ids.map((id) => records.get(id) ?? null);
      }),
    );
    this.records = recordPageLoaders(database);
    this.unitVersions = unitVersionLoaders(database);
    this.schoolYearVersions = schoolYearVersionLoaders(database);
    this.versions = new DataLoader((spans) => read((stores) => versionsIn(stores, spans)), {
      cacheKeyFn: ({ recordId, from, to }) => `${recordId} ${from} ${to}`,
    });
    this.directives = new DataLoader((ids) =>
      read(async (stores) =>
        byId(ids, await stores.records.outlines(ids, directive.key, ["issuedOn", "number"]), ({ subjectId }) => subjectId),
      ),
    );
    this.reported = new DataLoader((keys) => read((stores) => reportedBy(stores, keys)), { cacheKeyFn: reportName });
    this.findingCounts = new DataLoader((keys) => read((stores) => findingCounts(stores, keys, caller.unitId, today)), {
      cacheKeyFn: ({ unitId, schoolYear }) => `${unitId} ${schoolYear}`,
    });
    this.contributions = new DataLoader((keys) => read((stores) => contributions(stores, keys, today)), { cacheKeyFn: rollupName });
    const figureName = ({ of, indicator }: LeftOutKey) => `${indicator.key} ${rollupName(of)}`;
    this.leftOut = new DataLoader((keys) => read((stores) => leftOutCounts(stores, keys, today)), { cacheKeyFn: figureName });
    this.closedParts = new DataLoader((keys) => read((stores) => closedParts(stores, keys, today)), { cacheKeyFn: figureName });
    this.growth = new DataLoader((keys: readonly GrowthKey[]) => read((stores) => growth(stores, keys, today)), { cacheKeyFn: rollupName });
    this.otherFigures = new DataLoader(
      (keys) =>
        read(async (stores) => {
          const found: OtherFiguresOfUnit[] = [];
          for (const key of keys) found.push(await otherFigures(stores, key, today));
          return found;
        }),
      { cacheKeyFn: ({ unitId, schoolYear, knownOn }) => `${unitId} ${schoolYear.label} ${knownOn}` },
    );
    this.reports = reportLoader(database);
    this.fingerprints = fingerprintLoader(database);
  }

  /** A unit of the caller's branch; `null` for any other, as if there were none. */
  unit(id: string): Promise<UnitView | null> {
    return this.sight.unit(id);
  }

  /** The same, by code. */
  async unitByCode(code: string): Promise<UnitView | null> {
    return this.sight.visible(await this.coded.load(code));
  }

  /** These units, also outside the caller's branch, in the order of their ids. */
  line(ids: readonly string[]): Promise<UnitView[]> {
    const name = ids.join();
    let found = this.lines.get(name);
    if (!found) {
      found = Promise.all(ids.map((id) => this.anyUnit.load(id))).then((views) => views.filter((view) => view !== null));
      this.lines.set(name, found);
    }
    return found;
  }

  schoolYears(): Promise<SchoolYear[]> {
    this.years ??= this.database.read((stores) => stores.schoolYears.all());
    return this.years;
  }
}

function reportName({ unitId, kind }: { unitId: string; kind: string }): string {
  return `${unitId} ${kind}`;
}

async function reportedBy(stores: Stores, keys: readonly { unitId: string; kind: string }[]): Promise<StoredRecord[][]> {
  const records: StoredRecord[] = [];
  for (const wanted of new Set(keys.map(({ kind }) => kind))) {
    const ids = keys.flatMap(({ unitId, kind }) => (kind === wanted ? [unitId] : []));
    for (const record of await stores.records.reportedBy(ids, wanted)) records.push(record);
  }
  return byId(keys.map(reportName), records, reportName);
}

async function versionsIn(stores: Stores, spans: readonly VersionSpan[]): Promise<RecordVersion[][]> {
  const found = byId(
    spans.map(({ recordId }) => recordId),
    await stores.records.versions(spans),
    ({ recordId }) => recordId,
  );
  return spans.map(({ from, to }, index) =>
    found[index]!.filter(({ version }) => from <= version && version <= to).sort((a, b) => b.version - a.version),
  );
}
