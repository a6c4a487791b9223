import { defaultFieldResolver, type GraphQLSchema } from "graphql";
import { type Problem, type ProblemCode } from "../../domain/ground/problem.js";
import { type Outcome } from "../../work/change.js";

/** What became of one change that was asked for; TRIED: it was a dry run. REPLAYED: it had been decided before, under the same key. */
export type Decided = Outcome | "TRIED" | "REPLAYED";

/** What a field of Mutation came to: of each of its changes the outcome, and every reason for a refusal. Words of the schema only, no data. */
export interface Decisions {
  readonly outcomes: readonly Decided[];
  /** Those of dry runs as well, but not of replays: they were told before. */
  readonly refusals: readonly ProblemCode[];
}

interface Answer {
  outcome: Outcome;
  userErrors: readonly Problem[];
}
/** A payload answers one change, or a batch row by row. */
type AnyPayload = (Answer | { rows: readonly Answer[] }) & { replayed?: boolean };

/** Has every field of Mutation tell the context what it decided, whatever of its payload is selected. */
export function tellDecisions(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()!.getFields())) {
    const { resolve = defaultFieldResolver } = field;
    field.resolve = async (
      source,
      args: { input: { dryRun?: boolean | null } },
      context: { decided(decisions: Decisions): void },
      info,
    ) => {
      const payload = (await resolve(source, args, context, info)) as AnyPayload;
      context.decided(decisionsIn(payload, args.input.dryRun ?? false));
      return payload;
    };
  }
}

function decisionsIn(payload: AnyPayload, dryRun: boolean): Decisions {
  const answers = "rows" in payload ? payload.rows : [payload];
  if (payload.replayed) return { outcomes: answers.map(() => "REPLAYED"), refusals: [] };
  return {
    outcomes: answers.map(({ outcome }) => (dryRun ? "TRIED" : outcome)),
    refusals: answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code)),
  };
}
