import type { GraphQLResolveInfo } from "graphql";
import { type Problem } from "../../domain/ground/problem.js";
import type { Stores } from "../../storage/stores/stores.js";
import { isRefused, type Result } from "../../work/change.js";
import { type Answer, perform } from "../../work/performed.js";
import { type Instants } from "../../work/stored-answer.js";
import { type Told } from "../../work/told.js";
import { type GraphContext } from "../engine/context.js";
import { type ChangeInput } from "../engine/payload.type.js";
import { needed } from "../engine/selection.js";

/**
 * The change that a mutation asks for. What it does to the figures is looked at only where `effects` is selected; its key stands for the
 * mutation and its input, whose fields stand in the order of the schema, however they were sent.
 */
export async function performed<T extends Result>(
  context: GraphContext,
  info: GraphQLResolveInfo,
  input: ChangeInput,
  instants: NoInfer<Instants<T>>,
  work: (stores: Stores) => Promise<T | readonly T[]>,
): Promise<Answer<T>> {
  const { idempotencyKey = null, ...said } = input;
  const dryRun = input.dryRun ?? false;
  const { loads } = needed(info);
  const asked = { words: [info.fieldName, said], idempotencyKey, dryRun, effects: loads.has("effects"), judging: loads.has("judging") };
  const answer = await perform(context.database, context, asked, instants, work);
  context.renew(!dryRun && !isRefused(answer.results));
  return answer;
}

/** The same for a change of one thing. */
export async function performedOne<T extends Result>(
  ...change: Parameters<typeof performed<T>>
): Promise<Omit<Answer<T>, "results"> & Told<T>> {
  const { results, ...others } = await performed(...change);
  const [one] = results;
  if (!one) throw new Error("a change was made and nothing answered");
  return { ...one, ...others };
}

/** Of each row what is told of it; `denied`: why no row of the caller would be read at all, and then nothing else. */
export function rowByRow<T extends Result>(
  count: number,
  unread: ReadonlyMap<number, { problems: Problem[] }>,
  results: readonly Told<T>[],
  denied: Problem | null,
): Told<T>[] {
  const answers = results.values();
  return Array.from({ length: count }, (_, row) => {
    const problems = unread.get(row)?.problems;
    return problems ? { outcome: "REJECTED", problems: denied ? [denied] : problems, result: null } : answers.next().value!;
  });
}
