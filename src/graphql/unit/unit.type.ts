import { Arg, Args, Ctx, Field, Int, InterfaceType, ObjectType } from "type-graphql";
import { covers, type Day, NEVER } from "../../domain/ground/day.js";
import {
  type AutonomyGroup,
  type Level,
  type Ownership,
  type Placement,
  type Provenance,
  type SchoolLevel,
  type UnitKind,
  LEVELS,
} from "../../domain/tree/unit.js";
import { Costs, Free } from "../cost/price.js";
import { connectionOf, type Page, PageArgs, pageOfAll, pagingOf } from "../engine/connection.js";
import { DAY } from "../engine/cursor.js";
import { type GraphContext } from "../engine/context.js";
import { DayScalar } from "../engine/day.scalar.js";
import { AutonomyGroupEnum, KindEnum, LevelEnum, OwnershipEnum, ProvenanceEnum, SchoolLevelEnum } from "../engine/enums.js";
import { dayOf } from "../engine/faults.js";
import { NodeType } from "../engine/node.type.js";
import { ProfileType } from "./profile.type.js";
import type { UnitView } from "../../domain/tree/unit-view.js";

export const PlacementConnection = connectionOf<PlacementType>("Placement", () => PlacementType, "Where a unit stood, in order of time.");

/**
 * A unit of the federation: what the row says and what leads up the tree. What leads down is in
 * `unit.resolver.ts`; what counts in it, in the folders above.
 */
@InterfaceType("Unit", {
  description: "A unit of the federation (đơn vị): its level says which type it is. Only units of the caller's branch are ever answered.",
  implements: NodeType,
})
export abstract class UnitType extends NodeType {
  @Field(() => String, { description: 'Name for machines, unique in the hub, e.g. "CB-TP" (mã).' })
  code: string;
  @Field(() => String, { description: "Name today (tên)." })
  name: string;
  @Field(() => LevelEnum, { description: "Level in the federation (cấp)." })
  level: Level;
  @Field(() => KindEnum, { description: "Kind within its level, today (loại đơn vị)." })
  kind: UnitKind;
  @Field(() => SchoolLevelEnum, { nullable: true, description: "Of a school (cấp học)." })
  schoolLevel: SchoolLevel | null;
  @Field(() => OwnershipEnum, { nullable: true, description: "Of a school (loại hình)." })
  ownership: Ownership | null;
  @Field(() => AutonomyGroupEnum, { nullable: true, description: "Of a public school (nhóm tự chủ tài chính)." })
  autonomyGroup: AutonomyGroup | null;
  @Field(() => Boolean, { description: "Whether it is open today." })
  open: boolean;
  @Field(() => ProvenanceEnum, { description: "Whether the unit was reported, stands in a document or was made for demonstration." })
  provenance: Provenance;
  @Field(() => Int, { description: "Counts the changes of the unit; give it as expectedVersion." })
  version: number;

  readonly view: UnitView;

  constructor(view: UnitView) {
    super();
    this.view = view;
    const { id, code, name, level, kind, schoolLevel, ownership, autonomyGroup, open, provenance, version } = view;
    Object.assign(this, { id, code, name, level, kind, schoolLevel, ownership, autonomyGroup, open, provenance, version });
  }

  @Free("BATCHED")
  @Field(() => UnitType, {
    nullable: true,
    description: "The parent today, or the last one of a closed unit; null for a root and outside the caller's branch.",
  })
  async parent(@Ctx() context: GraphContext): Promise<UnitType | null> {
    const view = this.view.parentId ? await context.loaders.unit(this.view.parentId) : null;
    return view && unitOf(view);
  }

  @Costs({ most: LEVELS.length - 1 })
  @Field(() => [Ancestor], { description: "Everything above it, the nearest first; outside the caller's branch only by name." })
  async ancestors(@Ctx() context: GraphContext): Promise<Ancestor[]> {
    return ancestorsOf(context, this.view.ancestorIds);
  }

  @Free("PAGED")
  @Field(() => PlacementConnection, {
    description: "Under which parents it stood and stands, in order of time. A unit is open on the days of its placements.",
  })
  async placements(@Ctx() context: GraphContext, @Args(() => PageArgs) page: PageArgs): Promise<Page<PlacementType>> {
    const paging = pagingOf("placements", [DAY], page);
    const placements = await context.loaders.placements.load(this.id);
    return pageOfAll(
      placements,
      paging,
      (placement) => new PlacementType(placement),
      ({ from }) => [from],
      [1],
    );
  }

  @Free("BATCHED")
  @Field(() => ProfileType, { description: "What held for the unit on a day, today unless given." })
  async profile(
    @Arg("on", () => DayScalar, { nullable: true, description: "The day; today unless given." }) on: Day | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<ProfileType> {
    const day = on ? dayOf("on", on) : context.today;
    const profiles = await context.loaders.profiles.load(this.id);
    const profile = profiles.find((candidate) => covers(candidate, day));
    if (!profile) throw new Error(`unit ${this.id} has no profile on ${day}`);
    return new ProfileType(profile);
  }
}

@ObjectType({
  description: "General confederation (Tổng Liên đoàn Lao động Việt Nam).",
  implements: [NodeType, UnitType],
  simpleResolvers: true,
})
export class Confederation extends UnitType {}

@ObjectType({
  description: "Provincial federation of labour (Liên đoàn Lao động tỉnh, thành phố).",
  implements: [NodeType, UnitType],
  simpleResolvers: true,
})
export class ProvincialFederation extends UnitType {}

@ObjectType({
  description: "District federation: of a district, city or town; a sector union; since July 2025 a commune union. Its kind says which.",
  implements: [NodeType, UnitType],
  simpleResolvers: true,
})
export class DistrictFederation extends UnitType {}

@ObjectType({
  description: "Grassroots union (công đoàn cơ sở) or occupational union (nghiệp đoàn).",
  implements: [NodeType, UnitType],
  simpleResolvers: true,
})
export class GrassrootsUnion extends UnitType {}

@ObjectType({ description: "School (trường học), with or without a union.", implements: [NodeType, UnitType], simpleResolvers: true })
export class School extends UnitType {}

const TYPES: Record<Level, new (view: UnitView) => UnitType> = {
  CONFEDERATION: Confederation,
  PROVINCE: ProvincialFederation,
  DISTRICT: DistrictFederation,
  GRASSROOTS: GrassrootsUnion,
  SCHOOL: School,
};

/** Many lists of a request name the same units. */
const made = new WeakMap<UnitView, UnitType>();

export function unitOf(view: UnitView): UnitType {
  let unit = made.get(view);
  if (!unit) made.set(view, (unit = new TYPES[view.level](view)));
  return unit;
}

@ObjectType({
  description: "A unit above another. Outside the caller's branch, and of one that was made void, only its name and level are told.",
  simpleResolvers: true,
})
export class Ancestor {
  @Field(() => String, { description: "Its name (tên)." })
  name: string;
  @Field(() => LevelEnum, { description: "Its level (cấp)." })
  level: Level;
  @Free("HELD")
  @Field(() => UnitType, { nullable: true, description: "null outside the caller's branch, and of a unit that is void." })
  unit: UnitType | null;
}

export async function ancestorsOf(context: GraphContext, ids: readonly string[]): Promise<Ancestor[]> {
  const views = await context.loaders.line(ids);
  const standing = views.map((view) => {
    const visible = context.loaders.sight.visible(view);
    return { name: view.name, level: view.level, unit: visible && unitOf(visible) };
  });
  if (views.length === ids.length) return standing;
  const missing = ids.filter((id) => !views.some((view) => view.id === id));
  const gone = await Promise.all(missing.map((id) => context.loaders.voidUnit.load(id)));
  return [...standing, ...gone.flatMap((unit) => (unit ? [{ name: unit.name, level: unit.level, unit: null }] : []))];
}

@ObjectType("Placement", { description: "A dated fact: the unit stood under this parent from a day until a day.", simpleResolvers: true })
export class PlacementType {
  @Field(() => DayScalar, { description: "The first day." })
  from: Day;
  @Field(() => DayScalar, { nullable: true, description: "The first day on which it no longer holds; null while it does." })
  until: Day | null;

  constructor(private readonly placement: Placement) {
    this.from = placement.from;
    this.until = placement.until === NEVER ? null : placement.until;
  }

  @Free("BATCHED")
  @Field(() => Ancestor, { nullable: true, description: "null for a root." })
  async parent(@Ctx() context: GraphContext): Promise<Ancestor | null> {
    const { parentId } = this.placement;
    return parentId === null ? null : ((await ancestorsOf(context, [parentId]))[0] ?? null);
  }
}
