import { Query, Resolver } from "type-graphql";
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
import { CHANGE, DIRECTIVE, FIELD_COSTS, NAMED } from "./field-costs.js";
import { Limits } from "./limits.type.js";

/** What fits into a request, before one is made. */
@Resolver()
export class LimitsResolver {
  @Query(() => Limits, { description: "What a request may hold and cost, e.g. how many rows a batch." })
  limits(): Limits {
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
      batches: Object.entries(FIELD_COSTS).flatMap(([field, { row }]) =>
        row
          ? [
              {
                mutation: field.replace("Mutation.", ""),
                sureRows: SURE_ROWS,
                mostRows: MOST_ROWS,
                points: CHANGE,
                rowPoints: row({}),
                answerPoints: ANSWER,
                namedUnitPoints: NAMED,
                directivePoints: row({ directive: {} }) > row({}) ? DIRECTIVE : null,
              },
            ]
          : [],
      ),
    };
  }
}
