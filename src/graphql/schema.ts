import "reflect-metadata";
import { GraphQLEnumType, GraphQLSchema, lexicographicSortSchema, printSchema } from "graphql";
import { buildSchemaSync } from "type-graphql";
import { REQUEST_ERROR_CODES } from "../domain/ground/request-fault.js";
import { answerInStretches } from "./engine/answer-stretches.js";
import { BatchMutations } from "./change/batch.mutations.js";
import { comparisonResolvers } from "./analysis/comparison.resolvers.js";
import { tellDecisions } from "./change/decisions.js";
import { effectResolvers } from "./change/effect.type.js";
import { boundInputLists } from "./cost/input-lists.js";
import { LimitsResolver } from "./cost/limits.resolver.js";
import { LineageResolver } from "./unit/lineage.resolver.js";
import { meterFields } from "./engine/metered-fields.js";
import { FederationResolver } from "./engine/federation.resolver.js";
import { FindingResolver } from "./finding/finding.resolver.js";
import { enumDescription } from "./engine/enums.js";
import { ExplainResolver } from "./figure/explain.resolver.js";
import { GrowthResolver } from "./analysis/growth.resolver.js";
import { NodeResolver } from "./engine/node.resolver.js";
import { QueryResolver } from "./unit/query.resolver.js";
import { recordResolvers } from "./record/record.mutations.js";
import { recordTypes } from "./record/record.type.js";
import { ReportMutations } from "./report/report.mutations.js";
import { PeriodResolver, ReportResolver } from "./report/report.resolver.js";
import { SchoolYearMutations } from "./unit/school-year.mutations.js";
import { SchoolYearResolver } from "./unit/school-year.resolver.js";
import { UnitMergingResolver } from "./unit/unit-merging.resolver.js";
import { UnitMutations } from "./unit/unit.mutations.js";
import { UnitResolver } from "./unit/unit.resolver.js";
import { UnitVoidingResolver } from "./unit/unit-voiding.resolver.js";
import { UnitVersionResolver } from "./unit/unit-version.type.js";
import { Confederation, DistrictFederation, GrassrootsUnion, ProvincialFederation, School } from "./unit/unit.type.js";

/** No field answers it: it is there for clients, whose tools make the list of codes out of it. */
const requestErrorCode = new GraphQLEnumType({
  name: "RequestErrorCode",
  description: enumDescription(
    "RequestErrorCode",
    "`extensions.code` of every error at the top of an answer, where a code of UserErrorCode does not say it already. The hub sends no other.",
  ),
  values: Object.fromEntries(Object.entries(REQUEST_ERROR_CODES).map(([code, description]) => [code, { description }])),
});

/** The schema of the API. `federation`: as a subgraph of Apollo Federation, too. */
export function buildGraphqlSchema(options = { federation: false }): GraphQLSchema {
  const schema = resolvedSchema(options);
  tellDecisions(schema);
  answerInStretches(schema);
  // Outside: what waits for its turn is counted when it comes.
  boundInputLists(schema);
  meterFields(schema);
  const { types, ...rest } = schema.toConfig();
  return new GraphQLSchema({ ...rest, types: [...types, requestErrorCode] });
}

/** The same as its resolvers alone answer it: nothing is counted, and nothing waits for its turn. */
export function resolvedSchema({ federation } = { federation: false }): GraphQLSchema {
  return buildSchemaSync({
    resolvers: [
      QueryResolver,
      NodeResolver,
      LimitsResolver,
      UnitResolver,
      UnitVersionResolver,
      LineageResolver,
      FindingResolver,
      ExplainResolver,
      GrowthResolver,
      UnitMutations,
      UnitVoidingResolver,
      UnitMergingResolver,
      SchoolYearMutations,
      SchoolYearResolver,
      BatchMutations,
      ReportMutations,
      ReportResolver,
      PeriodResolver,
      ...comparisonResolvers,
      ...recordResolvers,
      ...effectResolvers,
      ...(federation ? [FederationResolver] : []),
    ] as unknown as [typeof QueryResolver],
    orphanedTypes: [Confederation, ProvincialFederation, DistrictFederation, GrassrootsUnion, School, ...recordTypes],
    validate: false,
    // It would run the introspection query at every start; the tests do.
    skipCheck: true,
  });
}

/** The schema as text, in the order of the alphabet: what `schema/schema.graphql` holds. */
export function printedSchema(): string {
  return `${printSchema(lexicographicSortSchema(buildGraphqlSchema()))}\n`;
}
