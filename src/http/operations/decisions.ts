import { Counter, type Registry } from "prom-client";
import { PROBLEM_CODES } from "../../domain/ground/problem.js";
import type { Hearer } from "../../graphql/engine/context.js";
import type { Heard } from "../../storage/database/sql.js";
import { OutcomeEnum } from "../../graphql/engine/enums.js";
import { type Meter } from "../../graphql/engine/meter.js";
import type { OperationFacts } from "./request-log.js";

/** Notes on an operation the statements that it runs, the time that it takes and what it decides. */
export function hearerFor(operation: OperationFacts, meter: Meter): Hearer & Heard {
  return {
    statement: () => void operation.statements++,
    answered: (ms) => meter.worked(ms),
    decided({ outcomes, refusals }) {
      operation.outcomes = counted(operation.outcomes, outcomes);
      operation.refusals = counted(operation.refusals, refusals);
    },
  };
}

function counted(before: Readonly<Record<string, number>> = {}, words: readonly string[]): Record<string, number> {
  const counts = { ...before };
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

/** The figures of what was decided. Every label is there from the start, so that the first refusal already is a rise. */
export function decisionFigures(registry: Registry): (operation: OperationFacts) => void {
  const counter = (name: string, label: string, words: object, help: string) => {
    const figure = new Counter({ name, help, labelNames: [label], registers: [registry] });
    for (const word of Object.keys(words)) figure.inc({ [label]: word }, 0);
    return (counts: Readonly<Record<string, number>> = {}) => {
      for (const [word, count] of Object.entries(counts)) if (Object.hasOwn(words, word)) figure.inc({ [label]: word }, count);
    };
  };
  const changes = counter(
    "tonghop_changes_total",
    "outcome",
    OutcomeEnum,
    "Changes that were decided, each row of a batch by itself, by outcome; without dry runs and without replays under an idempotency key.",
  );
  const refusals = counter(
    "tonghop_refusals_total",
    "code",
    PROBLEM_CODES,
    "Reasons for which changes were refused (userErrors), by code; those of dry runs, too, but not of replays.",
  );
  return ({ outcomes, refusals: codes }) => {
    changes(outcomes);
    refusals(codes);
  };
}
