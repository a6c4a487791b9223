import { type Measure } from "../../domain/counting/measure.js";
import type { GraphQLResolveInfo } from "graphql";
import { Arg, Field, InputType, Int, ObjectType } from "type-graphql";
import { indicators } from "../../domain/figures/catalogue.js";
import { type Indicator, measuresOf } from "../../domain/figures/indicator.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { type Tally } from "../../domain/counting/tally.js";
import { measureKeys, recordsBySource, sourceMeasures, standing } from "../../domain/counting/measures.js";
import { type OwnershipFilter, type SchoolLevel } from "../../domain/tree/unit.js";
import { type GraphContext } from "../engine/context.js";
import { OwnershipFilterEnum, SchoolLevelEnum, TreeEnum } from "../engine/enums.js";
import { indicatorOf } from "../engine/faults.js";
import { IndicatorValue, type Standing } from "./indicator.type.js";
import { SchoolYearType } from "../unit/school-year.type.js";
import { needed, NeedsMeasures } from "../engine/selection.js";
import { unitOf, UnitType } from "../unit/unit.type.js";
import { indicatorsOf } from "../cost/by-arguments.js";
import { Costs, Free } from "../cost/price.js";
import type { Where } from "../../domain/tree/filter.js";
import type { UnitView } from "../../domain/tree/unit-view.js";
import { type RollupKey, type Tree } from "../../domain/figures/rollup.js";

@InputType({
  description:
    "Only these schools. A union's own records have no school level and drop out of a filtered rollup. A filter costs nothing more.",
})
export class RollupFilter {
  @Field(() => SchoolLevelEnum, { nullable: true, description: "Only schools of this level (cấp học)." })
  schoolLevel: SchoolLevel | null;
  @Field(() => OwnershipFilterEnum, { nullable: true, description: "Only schools of this ownership (công lập, ngoài công lập)." })
  ownership: OwnershipFilter | null;
}

/** A filter as given, as the stores take it. */
export function whereOf(filter: RollupFilter | null | undefined): Where {
  return { schoolLevel: filter?.schoolLevel ?? null, ownership: filter?.ownership ?? null };
}

@ObjectType({
  description: "Where the records come from on which the figures of a rollup rest. Made figures are believable, not real.",
  simpleResolvers: true,
})
export class Sources {
  @Field(() => Int, { description: "Records that callers reported." })
  reported: number;
  @Field(() => Int, { description: "Records that stand in published documents." })
  documents: number;
  @Field(() => Int, { description: "Records that were made for demonstration." })
  made: number;
  @Field(() => Int, { description: "Units that were made for demonstration; they count in the denominators." })
  unitsMade: number;
}

export function sourcesOf(tally: Tally): Sources {
  const of = ({ key }: Measure) => tally[key] ?? 0;
  const { REPORTED, DOCUMENT, DEMONSTRATION } = recordsBySource;
  return { reported: of(REPORTED), documents: of(DOCUMENT), made: of(DEMONSTRATION), unitsMade: of(standing.unitsMade) };
}

/** The indicators of a unit for a school year, all out of one row of the ledger. */
@ObjectType({
  description: "The indicators of a unit for a school year (số liệu tổng hợp): the sum of all below it, right at the moment of asking.",
  simpleResolvers: true,
})
export class Rollup {
  constructor(
    private readonly view: UnitView,
    readonly key: RollupKey,
    private readonly tally: Tally,
    private readonly standing: Standing,
  ) {}

  @Free("MADE")
  @Field(() => SchoolYearType, { description: "The school year whose figures they are." })
  get schoolYear(): SchoolYearType {
    return new SchoolYearType(this.key.schoolYear);
  }

  @Free("MADE")
  @Field(() => TreeEnum, { description: "Under which tree they were summed." })
  get tree(): Tree {
    return this.key.tree;
  }

  @Free("MADE")
  @Field(() => UnitType, { description: "The unit whose figures they are." })
  get unit(): UnitType {
    return unitOf(this.view);
  }

  @Free("MADE")
  @NeedsMeasures(sourceMeasures)
  @Field(() => Sources, { description: "How much of it was reported, stands in documents or was made for demonstration (nguồn số liệu)." })
  get sources(): Sources {
    return sourcesOf(this.tally);
  }

  value(indicator: Indicator): IndicatorValue {
    return new IndicatorValue(indicator, this.key, this.tally, this.standing);
  }

  @Costs({ entries: indicatorsOf })
  @NeedsMeasures(measureKeys)
  @Field(() => [IndicatorValue], { description: "The indicators of these keys, or all of them, in the order of the catalogue." })
  indicators(
    @Arg("keys", () => [String], { nullable: true, description: "Keys of indicators; all unless given." })
    keys: string[] | null | undefined,
  ): IndicatorValue[] {
    const wanted = keys && new Set(keys.map(indicatorOf));
    return indicators.filter((indicator) => wanted?.has(indicator) ?? true).map((indicator) => this.value(indicator));
  }
}

/** Loads one rollup with all that is selected of it (`info`: of its field), together with all others of the request. */
export async function loadRollup(
  { loaders }: GraphContext,
  info: GraphQLResolveInfo,
  unit: UnitView,
  schoolYear: SchoolYear,
  where: RollupFilter | null | undefined,
  tree: Tree,
): Promise<Rollup> {
  const { loads, measures } = needed(info);
  const key: RollupKey = {
    unitId: unit.id,
    level: unit.level,
    schoolYear,
    where: whereOf(where),
    tree,
    measures: inOrder(measures),
  };
  const [tally, notDue, standards, judged] = await Promise.all([
    loaders.tally.load(key),
    loads.has("notDue") ? loaders.notDue.load(key) : null,
    loads.has("standards") ? loaders.standards.load(key) : null,
    loads.has("judged") ? loaders.judged.load(key) : null,
  ]);
  return new Rollup(unit, key, tally, { notDue, standards, judged });
}

/** All rollups of one selection want the same: those that want the same list are read together. */
const ordered = new WeakMap<ReadonlySet<string>, readonly string[]>();

function inOrder(measures: ReadonlySet<string>): readonly string[] {
  const list =
    ordered.get(measures) ?? (measures.size === measureKeys.length ? measureKeys : measureKeys.filter((key) => measures.has(key)));
  ordered.set(measures, list);
  return list;
}

/** Gives the type a field for each indicator, with the definition as its description. */
export function declareIndicatorFields(list: readonly Indicator[]): void {
  for (const indicator of list) {
    const { key, name, definition } = indicator;
    Object.defineProperty(Rollup.prototype, key, {
      configurable: true,
      get(this: Rollup) {
        return this.value(indicator);
      },
    });
    Field(() => IndicatorValue, { description: `${name.en} (${name.vi}). ${definition.en}` })(Rollup.prototype, key);
    Free("MADE")(Rollup.prototype, key);
    NeedsMeasures(measuresOf(indicator))(Rollup.prototype, key);
  }
}

declareIndicatorFields(indicators);
