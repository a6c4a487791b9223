import { type Args } from "./field-costs.js";

/** What reading a value costs, and a character of it; arguments of a usual size are in the price of their field. */
export const VALUE = 0.1;
export const CHARACTER = 0.001;
const USUAL_WEIGHT = 10;
/** What is lighter is weighed again sooner than it is found. */
const WORTH_KEEPING = 5;

export interface Weight {
  points: number;
  /** How many texts stand in lists. */
  texts: number;
}

/** Of the larger values of variables, which a document may use a thousand times: each is weighed once. */
const weights = new WeakMap<object, Weight>();

/** What reading the arguments of a field costs beyond what is usual. */
export function weightOfArguments(args: Args): Weight {
  const { points, texts } = weightOf(args);
  return { points: Math.max(0, points - USUAL_WEIGHT), texts };
}

/** What reading a value costs. */
export function weightOf(value: unknown): Weight {
  if (typeof value === "string") return { points: VALUE + value.length * CHARACTER, texts: 0 };
  if (typeof value !== "object" || value === null) return { points: VALUE, texts: 0 };
  const before = weights.get(value);
  if (before) return before;
  const weight: Weight = { points: VALUE, texts: 0 };
  for (const inner of Object.values(value)) {
    const { points, texts } = weightOf(inner);
    weight.points += points;
    weight.texts += Array.isArray(value) && typeof inner === "string" ? 1 : texts;
  }
  if (weight.points > WORTH_KEEPING) weights.set(value, weight);
  return weight;
}
