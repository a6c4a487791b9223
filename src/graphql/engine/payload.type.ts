import { Field, Int, ObjectType } from "type-graphql";
import { type Problem, type ProblemCode } from "../../domain/ground/problem.js";
import { type Outcome } from "../../work/change.js";
import { recordKinds } from "../../domain/records/catalogue.js";
import { Costs, Free, PROBLEMS } from "../cost/price.js";
import { Labels } from "./labels.type.js";
import { OutcomeEnum, ProblemCodeEnum } from "./enums.js";
import { type Words } from "../../domain/ground/words.js";

@ObjectType({ description: "Why a change was refused: what was wrong and what was expected.", simpleResolvers: true })
export class UserError implements Problem {
  @Field(() => ProblemCodeEnum, { description: "Clients may switch on it; the hub sends none that the enumeration does not list." })
  code: ProblemCode;
  @Field(() => String, {
    nullable: true,
    description: 'Path inside the input, e.g. "present" or "rows.17.conference.heldOn"; null where it is about the whole.',
  })
  field: string | null;
  @Free("HELD")
  @Field(() => Labels, { description: "A sentence for people: what was wrong and what was expected (nội dung)." })
  message: Words;
  @Costs({ most: Math.max(...recordKinds.map(({ fields }) => Object.keys(fields).length)) })
  @Field(() => [String], {
    nullable: true,
    description:
      "Of a VERSION_CONFLICT the fields of the input whose values are others than those that stand now; of a withdrawal those of the record that have changed since the version expected. null with every other code.",
  })
  differing?: readonly string[];
}

/** What every mutation answers besides its object. */
@ObjectType({ simpleResolvers: true })
export abstract class Payload {
  @Field(() => OutcomeEnum, { description: "What became of the change." })
  outcome: Outcome;
  @Costs({ most: PROBLEMS })
  @Field(() => [UserError], { description: "Everything that is wrong, at once; empty when nothing was refused." })
  userErrors: Problem[];
}

/** A payload's object is versioned. */
@ObjectType({ simpleResolvers: true })
export abstract class VersionedPayload extends Payload {
  @Field(() => Int, { nullable: true, description: "The version of the object now." })
  version: number | null;
}

/** What a change may do besides, and what it may not do. */
@ObjectType({ simpleResolvers: true })
export abstract class HintedPayload extends VersionedPayload {
  @Costs({ most: PROBLEMS })
  @Field(() => [Labels], {
    description:
      "What else there is to know of a change that was stored: where it does not count because the year was closed before it became known, how many accepted reports it judges anew. Empty otherwise.",
  })
  hints: Words[];
}

/** What a batch answers besides its rows. */
@ObjectType({ simpleResolvers: true })
export abstract class BatchPayload {
  @Field(() => Boolean, { description: "Whether it was a dry run: nothing has changed." })
  dryRun: boolean;
  @Field(() => Int, { description: "How many rows were stored, or would be." })
  stored: number;
  @Field(() => Int, { description: "How many rows said what was known already." })
  unchanged: number;
  @Field(() => Int, { description: "How many rows were refused." })
  rejected: number;
}

/** What `dryRun` of an input means. */
export const DRY_RUN = "Tries it (chạy thử): answers what it would answer, with its effects, and changes nothing.";

const IDEMPOTENCY_KEY =
  "A name of your own for this change, 1 to 200 characters, e.g. a UUID: sent again under its key it is not made again, but answers what it answered then. Keys belong to the token and are remembered for 30 days; a change that was refused, and a dry run, leave none.";

/** The idempotency key of an input: to be given where something is made that nothing else would recognise. */
export const KeyField = (presence: "required" | "optional") =>
  Field(() => String, { nullable: presence === "optional", description: IDEMPOTENCY_KEY });

/** What every mutation's input has besides its object. */
export interface ChangeInput {
  dryRun?: boolean | null;
  idempotencyKey?: string | null;
}

/** The payload of a batch out of its answered rows. */
export function batchOf<R extends { outcome: Outcome }>(dryRun: boolean, rows: R[]): BatchPayload & { rows: R[] } {
  const count = (outcome: Outcome) => rows.filter((row) => row.outcome === outcome).length;
  return { dryRun, stored: count("STORED"), unchanged: count("UNCHANGED"), rejected: count("REJECTED"), rows };
}
