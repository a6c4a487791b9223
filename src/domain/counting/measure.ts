import { type Words } from "../ground/words.js";

/** Of what a measure speaks. It decides what of a unit counts that closed before the reference date (decision 021). */
export const NATURES = {
  FLOW: "What happened on the days that count in the school year.",
  OPENING: "How things stood on the first of these days: what flows balance with.",
  STOCK: "How things stand on the reference date.",
  DUTY: "What is owed on the reference date.",
  SIDE: "A side of a rate over units that stand on the reference date: a flow counts there only with what it is set against.",
} as const;
export type Nature = keyof typeof NATURES;

/** A measure: an additive integer taken from a dossier. Only what is declared as one can be counted or stand in a formula. */
export class Measure {
  constructor(
    /** Name of its column. */
    readonly key: string,
    readonly nature: Nature,
    /** What it counts, where it stands beside others in a formula and neither a bucket nor the formula says so. */
    readonly words?: Words,
  ) {}

  /** In JSON, e.g. of an indicator in a vintage, it is its key. */
  toJSON(): string {
    return this.key;
  }
}

/** What is declared of a measure besides its name. */
type Declared = Pick<Measure, "nature" | "words">;

export const flow = (words?: Words): Declared => ({ nature: "FLOW", words });
export const opening = (words?: Words): Declared => ({ nature: "OPENING", words });
export const stock = (words?: Words): Declared => ({ nature: "STOCK", words });
export const side = (words?: Words): Declared => ({ nature: "SIDE", words });

/** Declares measures, each under the name of its column. */
export function measures<D extends Readonly<Record<string, Declared>>>(declared: D): { readonly [K in keyof D]: Measure } {
  const made = Object.entries(declared).map(([key, { nature, words }]) => [key, new Measure(key, nature, words)]);
  return Object.fromEntries(made) as { readonly [K in keyof D]: Measure };
}

/** Declares a measure for each of some choices, e.g. of who paid. `keyOf`: the name of its column. */
export function measuresOfEach<C extends string>(
  choices: readonly C[],
  keyOf: (choice: C) => string,
  { nature }: Declared,
): Readonly<Record<C, Measure>> {
  return Object.fromEntries(choices.map((choice) => [choice, new Measure(keyOf(choice), nature)])) as Record<C, Measure>;
}

/** Declares the measures of units whose report leaves open what each of some indicators counts: they have reported, and not said it. */
export function unsaid<I extends string>(indicators: readonly I[]): Readonly<Record<I, Measure>> {
  return measuresOfEach(indicators, (indicator) => `${indicator}Unsaid`, stock());
}

/** Whether a measure counts also of a unit that was open on a day of the school year and closed before its reference date. */
export const countsOfClosed = ({ nature }: Measure): boolean => nature === "FLOW" || nature === "OPENING";

export const keysOf = (all: readonly Measure[]): string[] => all.map(({ key }) => key);
