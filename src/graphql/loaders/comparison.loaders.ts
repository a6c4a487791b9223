import DataLoader from "dataloader";
import { type Day } from "../../domain/ground/day.js";
import { emulationCluster } from "../../domain/records/kinds/emulation-cluster.js";
import { type TrendBreak } from "../../domain/analysis/trend-break.js";
import { type FrozenDefinitions, type VintageRow } from "../../domain/analysis/vintage.js";
import { trendBreaks } from "../../rollup/trend-breaks.js";
import { LiveBranches } from "../../rollup/counted.js";
import { Causes } from "../../rollup/vintage-causes.js";
import { type ChangedFigure, type SourcesChange, vintageChanges } from "../../rollup/vintage-changes.js";
import { happenedSince } from "../../rollup/vintage-happened.js";
import { definitionsOf, type FrozenUnit, frozenUnits } from "../../rollup/vintages.js";
import { mapInStretches } from "../../stretches.js";
import { byId } from "./by-id.js";
import type { Database } from "../../storage/database/database.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type RollupKey } from "../../domain/figures/rollup.js";
import type { RecordOutline } from "../../domain/records/record.js";

/** What fields that compare units and years ask for, fetched together for all of a request. */
export class ComparisonLoaders {
  readonly breaks: DataLoader<RollupKey, TrendBreak[], string>;
  /** Standing emulation clusters that a federation recorded or of which a unit is a member: the name, and from which school year to which. */
  readonly clusters: DataLoader<string, RecordOutline[]>;
  /** Vintages that hold figures of a unit, in order of time. */
  readonly vintages: DataLoader<string, VintageRow[]>;
  readonly vintage: DataLoader<string, VintageRow | null>;
  readonly definitions: DataLoader<string, FrozenDefinitions>;
  /** The published figures of a unit; `null` where the vintage holds none. */
  readonly frozen: DataLoader<{ vintageId: string; unitId: string }, FrozenUnit | null, string>;
  /** What is others today than a vintage says, in order, and the units behind it. */
  readonly vintageChanges: DataLoader<string, { changes: readonly ChangedFigure[]; sources: readonly SourcesChange[]; causes: Causes }>;

  constructor(database: Database, today: Day) {
    const read = database.read.bind(database);
    this.breaks = new DataLoader((keys) => read((stores) => trendBreaks(stores, keys, today)), {
      cacheKeyFn: ({ unitId, schoolYear, where, tree }) => [unitId, schoolYear.label, where.schoolLevel, where.ownership, tree].join("|"),
    });
    this.clusters = new DataLoader((ids) =>
      read(async (stores) => {
        const held = await stores.records.outlines(ids, emulationCluster.key, ["name", "from", "to"]);
        return byId(ids, held, ({ subjectId }) => subjectId);
      }),
    );
    this.vintages = new DataLoader((ids) =>
      read(async (stores) => {
        const held = await stores.vintages.holding(ids);
        return byId(ids, held, ({ unitId }) => unitId).map((of) => of.map(({ vintage }) => vintage));
      }),
    );
    this.vintage = new DataLoader((ids) =>
      read(async (stores) => {
        const found = await stores.vintages.byIds(ids);
        return ids.map((id) => found.get(id) ?? null);
      }),
    );
    this.definitions = new DataLoader((ids) => read((stores) => Promise.all(ids.map((id) => definitionsOf(stores, id)))));
    this.frozen = new DataLoader((keys) => read((stores) => frozenFigures(stores, keys)), {
      cacheKeyFn: ({ vintageId, unitId }) => `${vintageId} ${unitId}`,
    });
    this.vintageChanges = new DataLoader((ids) => read((stores) => changesSince(stores, ids)));
  }
}

/** Each vintage is read once for all units that are asked for. */
async function frozenFigures(stores: Stores, keys: readonly { vintageId: string; unitId: string }[]): Promise<(FrozenUnit | null)[]> {
  const found = new Map<string, Map<string, FrozenUnit>>();
  for (const id of new Set(keys.map(({ vintageId }) => vintageId))) {
    const units = keys.filter(({ vintageId }) => vintageId === id).map(({ unitId }) => unitId);
    found.set(id, await frozenUnits(stores, id, units));
  }
  return keys.map(({ vintageId, unitId }) => found.get(vintageId)?.get(unitId) ?? null);
}

/** One after the other: each takes the memory of a branch while it is compared. */
async function changesSince(stores: Stores, vintageIds: readonly string[]) {
  const branches = new LiveBranches(stores);
  return mapInStretches(
    vintageIds,
    async (id) => {
      const { changes, sources, compared } = await vintageChanges(stores, id, branches);
      return { changes, sources, causes: new Causes(compared, await happenedSince(stores, compared)) };
    },
    stores.pause,
  );
}
