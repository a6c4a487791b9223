import { Args, Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from "type-graphql";
import { type LateFact } from "../../domain/counting/known-late.js";
import { knownLateBelow } from "../../rollup/known-late.js";
import { inStretches, sortInStretches } from "../../stretches.js";
import { Costs, Free } from "../cost/price.js";
import { compareKeys, connectionOf, type Page, PageArgs, pageOfSorted, pagingOf } from "../engine/connection.js";
import { TEXT } from "../engine/cursor.js";
import { type GraphContext } from "../engine/context.js";
import { recordOf, RecordType } from "../record/record.type.js";
import { unitOf, UnitType } from "../unit/unit.type.js";
import { VintageType } from "./vintage.type.js";
import type { UnitView } from "../../domain/tree/unit-view.js";

@ObjectType("KnownLate", {
  description:
    "What became known when a school year was closed over a unit, or its report accepted, and does not count for it in that year (biết sau khi khóa sổ). Sent again after the year has been opened again it counts.",
  simpleResolvers: true,
})
export class KnownLateType {
  @Free("HELD")
  @Field(() => UnitType, { description: "In whose figures it does not count." })
  unit: UnitType;
  @Field(() => Boolean, { description: "Nor in those of any unit that stood below it: of a directive." })
  withBelow: boolean;

  constructor(
    unit: UnitType,
    readonly of: LateFact,
  ) {
    this.unit = unit;
    this.withBelow = of.withBelow ?? false;
  }
}

const KnownLateConnection = connectionOf<KnownLateType>(
  "KnownLate",
  () => KnownLateType,
  "What became known when a school year was closed, by the codes of the units.",
);

@Resolver(() => VintageType)
export class VintageKnownLateResolver {
  @Costs({ points: 100, scans: 0.1 })
  @FieldResolver(() => KnownLateConnection, {
    description:
      "What became known after closing and changes none of its figures: records, directives and units of the caller's branch that do not count in its school year (biết sau khi khóa sổ). A directive that does not count in a larger branch is told of the top of this one.",
  })
  async knownLate(
    @Root() { row }: VintageType,
    @Ctx() context: GraphContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<KnownLateType>> {
    const { loaders, caller, database } = context;
    const paging = pagingOf(`known late ${row.id}`, [TEXT, TEXT], page);
    const top = (await loaders.unit(row.unitId)) ?? (caller.unitId === null ? null : await loaders.unit(caller.unitId));
    const facts = top ? await database.read((stores) => knownLateBelow(stores, top.id, top.level, row.schoolYear)) : [];
    const units = await Promise.all(facts.map(({ unitId }) => loaders.unit(unitId)));
    const seen: { fact: LateFact; unit: UnitView }[] = [];
    const see = (fact: LateFact, index: number) => {
      const unit = units[index];
      if (unit) seen.push({ fact, unit });
    };
    await inStretches(facts, see);
    const keyOf = ({ fact, unit }: (typeof seen)[number]) => [unit.code, fact.factId];
    const sorted = await sortInStretches(seen, (a, b) => compareKeys(keyOf(a), keyOf(b), [1, 1]));
    return pageOfSorted(sorted, paging, ({ fact, unit }) => new KnownLateType(unitOf(unit), fact), keyOf, [1, 1]);
  }
}

@Resolver(() => KnownLateType)
export class KnownLateRecordResolver {
  @Free("BATCHED")
  @FieldResolver(() => RecordType, {
    nullable: true,
    description:
      "The record or directive; null where it is the unit itself, registered with its true day, and where the caller may not see it.",
  })
  async record(@Root() { of: { factId, unitId } }: KnownLateType, @Ctx() context: GraphContext): Promise<RecordType | null> {
    const record = factId === unitId ? null : await context.loaders.record.load(factId);
    return record && (await context.loaders.sight.seesRecord(record)) ? recordOf(record) : null;
  }
}
