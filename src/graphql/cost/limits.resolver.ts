import type { GraphQLResolveInfo } from "graphql";
import { Info, Query, Resolver } from "type-graphql";
import {
  ANSWER_LIMITS,
  BODY_LIMITS,
  BUDGET,
  DOCUMENT_LIMITS,
  MOST_COST,
  MOST_ROWS,
  PAGE_LIMITS,
  REQUEST_COST,
  VARIABLE_LIMITS,
  WORK_MS,
} from "../../domain/ground/limits.js";
import { ANSWER, SURE_ROWS } from "./batch-limits.js";
import { Limits } from "./limits.type.js";
import { CHANGE, DIRECTIVE, Free, NAMED, priceOf } from "./price.js";

/** What fits into a request, before one is made. */
@Resolver()
export class LimitsResolver {
  @Free("MADE")
  @Query(() => Limits, { description: "What a request may hold and cost, e.g. how many rows a batch." })
  limits(@Info() { schema }: GraphQLResolveInfo): Limits {
    return {
      points: MOST_COST,
      requestPoints: REQUEST_COST,
      seconds: WORK_MS / 1_000,
      budget: BUDGET,
      body: BODY_LIMITS,
      document: DOCUMENT_LIMITS,
      variables: VARIABLE_LIMITS,
      answer: ANSWER_LIMITS,
      page: PAGE_LIMITS,
      batches: Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap((field) => {
        const row = priceOf(field)?.row;
        return row
          ? [
              {
                mutation: field.name,
                sureRows: SURE_ROWS,
                mostRows: MOST_ROWS,
                points: CHANGE,
                rowPoints: row({}),
                answerPoints: ANSWER,
                namedUnitPoints: NAMED,
                directivePoints: row({ directive: {} }) > row({}) ? DIRECTIVE : null,
              },
            ]
          : [];
      }),
    };
  }
}
