import "reflect-metadata";
import { GraphQLEnumType, GraphQLSchema, lexicographicSortSchema, printSchema } from "graphql";
import { buildSchemaSync } from "type-graphql";
import { REQUEST_ERROR_CODES } from "../domain/request-fault.js";
import { answerInStretches } from "./answer-stretches.js";
import { BatchMutations } from "./batch.mutations.js";
import { comparisonResolvers } from "./comparison.resolvers.js";
import { tellDecisions } from "./decisions.js";
import { effectResolvers } from "./effect.type.js";
import { boundInputLists } from "./input-lists.js";
import { LimitsResolver } from "./limits.resolver.js";
import { LineageResolver } from "./lineage.resolver.js";
import { meterFields } from "./metered-fields.js";
import { FederationResolver } from "./federation.resolver.js";
import { FindingResolver } from "./finding.resolver.js";
import { enumDescription } from "./enums.js";
import { ExplainResolver } from "./explain.resolver.js";
import { GrowthResolver } from "./growth.resolver.js";
import { NodeResolver } from "./node.resolver.js";
import { QueryResolver } from "./query.resolver.js";
import { recordResolvers } from "./record.mutations.js";
import { recordTypes } from "./record.type.js";
import { ReportMutations } from "./report.mutations.js";
import { PeriodResolver, ReportResolver } from "./report.resolver.js";
import { SchoolYearMutations } from "./school-year.mutations.js";
import { SchoolYearResolver } from "./school-year.resolver.js";
import { UnitMergingResolver } from "./unit-merging.resolver.js";
import { UnitMutations } from "./unit.mutations.js";
import { UnitResolver } from "./unit.resolver.js";
import { UnitVoidingResolver } from "./unit-voiding.resolver.js";
import { UnitVersionResolver } from "./unit-version.type.js";
import { Confederation, DistrictFederation, GrassrootsUnion, ProvincialFederation, School } from "./unit.type.js";

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
