import "reflect-metadata";
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from "graphql";
import { buildSchemaSync } from "type-graphql";
import { BatchMutations } from "./batch.mutations.js";
import { comparisonResolvers } from "./comparison.resolvers.js";
import { effectResolvers } from "./effect.type.js";
import { LineageResolver } from "./lineage.resolver.js";
import { FindingResolver } from "./finding.resolver.js";
import { ExplainResolver } from "./explain.resolver.js";
import { GrowthResolver } from "./growth.resolver.js";
import { QueryResolver } from "./query.resolver.js";
import { recordResolvers } from "./record.mutations.js";
import { recordTypes } from "./record.type.js";
import { ReportMutations } from "./report.mutations.js";
import { PeriodResolver, ReportResolver } from "./report.resolver.js";
import { UnitMutations } from "./unit.mutations.js";
import { UnitResolver } from "./unit.resolver.js";
import { Confederation, DistrictFederation, GrassrootsUnion, ProvincialFederation, School } from "./unit.type.js";

/** The schema of the API. */
export function buildGraphqlSchema(): GraphQLSchema {
  return buildSchemaSync({
    resolvers: [
      QueryResolver,
      UnitResolver,
      LineageResolver,
      FindingResolver,
      ExplainResolver,
      GrowthResolver,
      UnitMutations,
      BatchMutations,
      ReportMutations,
      ReportResolver,
      PeriodResolver,
      ...comparisonResolvers,
      ...recordResolvers,
      ...effectResolvers,
    ] as unknown as [typeof QueryResolver],
    orphanedTypes: [Confederation, ProvincialFederation, DistrictFederation, GrassrootsUnion, School, ...recordTypes],
    validate: false,
  });
}

/** The schema as text, in the order of the alphabet: what `schema/schema.graphql` holds. */
export function printedSchema(): string {
  return `${printSchema(lexicographicSortSchema(buildGraphqlSchema()))}\n`;
}
