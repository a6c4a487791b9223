import { type Args } from "./by-arguments.js";

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
  const weight: Weight = { points: 0, texts: 0 };
  weigh(value, weight, false);
  return weight;
}

/** Adds a value to a weight, without an object for each of hundreds of thousands. */
function weigh(value: unknown, into: Weight, inList: boolean): void {
  if (typeof value === "string") {
    into.points += VALUE + value.length * CHARACTER;
    if (inList) into.texts++;
  } else if (typeof value !== "object" || value === null) into.points += VALUE;
  else {
    const before = weights.get(value);
    if (before) {
      into.points += before.points;
      into.texts += before.texts;
      return;
    }
    const { points, texts } = into;
    into.points += VALUE;
    if (Array.isArray(value)) for (const inner of value as unknown[]) weigh(inner, into, true);
    else for (const inner of Object.values(value)) weigh(inner, into, false);
    if (into.points - points > WORTH_KEEPING) weights.set(value, { points: into.points - points, texts: into.texts - texts });
  }
}
