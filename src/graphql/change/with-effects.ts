import { type ClassType, Field } from "type-graphql";
import { type TallyChange } from "../../work/effects.js";

/** What every payload knows of its change. `changes`: the ground for telling effects; null where nobody asked. */
export interface WithChanges {
  changes?: readonly TallyChange[] | null;
  replayed?: boolean;
}

/** The payloads that tell effects. What an effect is made of, figures and units, stands above: `figure/effect.type.ts` gives each the field. */
export const payloadsWithEffects: ClassType<WithChanges>[] = [];

const REPLAYED =
  "true: this change had been made before under the same idempotencyKey, and this is the answer that it got then; what hangs on its objects is as it is now, and of what is not in your branch any more only the outcome is told.";

/** The field `replayed` of a payload. */
export const ReplayedField = () => Field(() => Boolean, { description: REPLAYED });

/** Gives a payload the fields `replayed` and `effects`. */
export function declareEffects(payload: ClassType): void {
  ReplayedField()(payload.prototype as object, "replayed");
  payloadsWithEffects.push(payload as ClassType<WithChanges>);
}
