import { Arg, type ClassType, Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from "type-graphql";
import { type Day } from "../../domain/ground/day.js";
import { effectSentence, type IndicatorEffect, indicatorEffects } from "../../domain/figures/effect.js";
import { indicators as catalogue } from "../../domain/figures/catalogue.js";
import { type Level } from "../../domain/tree/unit.js";
import { mapInStretches } from "../../stretches.js";
import { type TallyChange } from "../../work/effects.js";
import { Costs, Free, TOTAL_COUNT } from "../cost/price.js";
import { type GraphContext } from "../engine/context.js";
import { DayScalar } from "../engine/day.scalar.js";
import { LevelEnum } from "../engine/enums.js";
import { fault, indicatorOf } from "../engine/faults.js";
import { Needs } from "../engine/selection.js";
import { Labels } from "../engine/labels.type.js";
import { Deadlines, OtherDeadlinesField, PlainFigure } from "./figure-parts.type.js";
import { IndicatorType } from "./indicator.type.js";
import { payloadsWithEffects, type WithChanges } from "../change/with-effects.js";
import { unitOf, UnitType } from "../unit/unit.type.js";
import { type Words } from "../../domain/ground/words.js";

@ObjectType({ description: "What a change does to one figure of a unit (tác động).", simpleResolvers: true })
export class Effect {
  @Field(() => String, { description: "Name of the unit whose figure it is (tên đơn vị)." })
  name: string;
  @Field(() => LevelEnum, { description: "Its level (cấp)." })
  level: Level;
  @Field(() => String, { description: 'School year of the figure, e.g. "2024-2025" (năm học).' })
  schoolYear: string;
  @Free("HELD")
  @Field(() => PlainFigure, { description: "Without the change (trước)." })
  before: PlainFigure;
  @Free("HELD")
  @Field(() => PlainFigure, { description: "With it (sau)." })
  after: PlainFigure;

  constructor(
    readonly change: TallyChange,
    readonly effect: IndicatorEffect,
  ) {
    const { unit, schoolYear } = change;
    Object.assign(this, { name: unit.name, level: unit.level, schoolYear, before: effect.before, after: effect.after });
  }

  @Free("MADE")
  @Field(() => IndicatorType, { description: "The definition of the figure." })
  get indicator(): IndicatorType {
    return new IndicatorType(this.effect.indicator);
  }

  @Free("MADE")
  @Needs("judging")
  @Field(() => DayScalar, {
    nullable: true,
    description: "The last day on which it is in time for the unit, after the change; null where there is none (thời hạn).",
  })
  get deadline(): Day | null {
    return this.judging?.deadline ?? null;
  }

  @Costs({ points: 2 })
  @Needs("judging")
  @OtherDeadlinesField()
  get otherDeadlines(): Deadlines | null {
    const others = this.judging?.others;
    return others ? new Deadlines(others) : null;
  }

  private get judging() {
    return this.change.judging?.[this.effect.indicator.key];
  }

  @Free("MADE")
  @Field(() => Labels, {
    description: 'As a sentence: "Thành phố Cao Bằng, 2024-2025, staff conferences held: from 31 of 32 to 32 of 32".',
  })
  get sentence(): Words {
    return effectSentence(this.change.unit.name, this.change.schoolYear, this.effect);
  }

  @Free("BATCHED")
  @Field(() => UnitType, {
    nullable: true,
    description: "The unit as it is; null for one that a dry run would only register, and for one that is void.",
  })
  async unit(@Ctx() context: GraphContext): Promise<UnitType | null> {
    const view = await context.loaders.unit(this.change.unit.id);
    return view && unitOf(view);
  }
}

@ObjectType({
  description: "What a change does to the figures of the caller's branch: the nearest unit first, then in the order of the catalogue.",
  simpleResolvers: true,
})
export class Effects {
  @Costs({ points: TOTAL_COUNT })
  @Field(() => Int, { description: "How many figures change in all." })
  totalCount: number;
  @Costs({ paged: true })
  @Field(() => [Effect], { description: "The first of them." })
  nodes: Effect[];
}

const MOST_EFFECTS = 500;

/** What tells the effects of each payload that has them. */
export function effectResolvers(): readonly ClassType[] {
  return payloadsWithEffects.map((payload) => resolvers.get(payload) ?? effectResolverOf(payload));
}

/** Several schemas may be built in one process; each payload is declared once. */
const resolvers = new Map<ClassType, ClassType>();

/** Gives a payload the field `effects`. */
function effectResolverOf(payload: ClassType): ClassType {
  const resolver = { [`${payload.name}Effects`]: class {} }[`${payload.name}Effects`] as ClassType;
  const descriptor: PropertyDescriptor = { value: effectsOf, configurable: true };
  Object.defineProperty(resolver.prototype, "effects", descriptor);
  FieldResolver(() => Effects, {
    nullable: true,
    description:
      "What the change does, in a dry run would do, to the figures: of the unit itself and of all above it up to the top of the caller's branch; only what changes (tác động đến số liệu). null where its arguments are wrong, with an error: the change was made all the same; and in a replay of an answer that told none.",
  })(resolver.prototype, "effects", descriptor);
  Free("PAGED")(resolver.prototype, "effects", descriptor);
  Needs("effects")(resolver.prototype, "effects", descriptor);
  Root()(resolver.prototype, "effects", 0);
  Arg("indicators", () => [String], { nullable: true, description: "Keys of indicators; all unless given." })(
    resolver.prototype,
    "effects",
    1,
  );
  Arg("first", () => Int, { defaultValue: 100, description: `How many at most: 1 to ${MOST_EFFECTS}.` })(resolver.prototype, "effects", 2);
  Resolver(() => payload)(resolver);
  resolvers.set(payload, resolver);
  return resolver;
}

async function effectsOf({ changes }: WithChanges, keys: readonly string[] | null | undefined, first: number): Promise<Effects | null> {
  if (first < 1 || first > MOST_EFFECTS) throw fault("BAD_USER_INPUT", `effects: first is ${first}; expected 1 to ${MOST_EFFECTS}.`);
  if (!changes) return null;
  const wanted = keys && new Set(keys.map(indicatorOf));
  const list = catalogue.filter((indicator) => wanted?.has(indicator) ?? true);
  const effects = await mapInStretches(changes, (change) =>
    indicatorEffects(change.before, change.after, list).map((effect) => new Effect(change, effect)),
  );
  const nodes = effects.flat();
  return { totalCount: nodes.length, nodes: nodes.slice(0, first) };
}
