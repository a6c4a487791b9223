import "reflect-metadata";
import { GraphQLEnumType, GraphQLSchema, lexicographicSortSchema, printSchema } from "graphql";
import { buildSchemaSync } from "type-graphql";
import { REQUEST_ERROR_CODES } from "../domain/ground/request-fault.js";
import { ClusterRankingResolver, UnitClustersResolver } from "./analysis/emulation-cluster.resolver.js";
import { GrowthResolver } from "./analysis/growth.resolver.js";
import { RankingResolver } from "./analysis/ranking.resolver.js";
import { UnitReconciliationResolver } from "./analysis/unit-reconciliation.resolver.js";
import { LimitsResolver } from "./cost/limits.resolver.js";
import { answerInStretches } from "./engine/answer-stretches.js";
import { tellDecisions } from "./engine/decisions.js";
import { enumDescription } from "./engine/enums.js";
import { boundInputLists } from "./engine/input-lists.js";
import { meterFields } from "./engine/metered-fields.js";
import { FederationResolver } from "./federation.resolver.js";
import { effectResolvers } from "./figure/effect.type.js";
import { ExplainResolver } from "./figure/explain.resolver.js";
import { IndicatorResolver } from "./figure/indicator.resolver.js";
import { BreakUnitsResolver, RollupBreaksResolver } from "./figure/trend-break.type.js";
import { UnitFiguresResolver } from "./figure/unit-figures.resolver.js";
import { FindingResolver } from "./finding/finding.resolver.js";
import { NodeResolver } from "./node.resolver.js";
import { BatchMutations } from "./record/batch.mutations.js";
import { recordResolvers } from "./record/record.mutations.js";
import { recordTypes } from "./record/record.type.js";
import { UnitRecordsResolver } from "./record/unit-records.resolver.js";
import { ReportMutations } from "./report/report.mutations.js";
import { PeriodResolver, ReportResolver } from "./report/report.resolver.js";
import { LineageResolver } from "./unit/lineage.resolver.js";
import { QueryResolver } from "./unit/query.resolver.js";
import { SchoolYearMutations } from "./unit/school-year.mutations.js";
import { SchoolYearResolver } from "./unit/school-year.resolver.js";
import { UnitMergingResolver } from "./unit/unit-merging.resolver.js";
import { UnitMutations } from "./unit/unit.mutations.js";
import { UnitResolver } from "./unit/unit.resolver.js";
import { UnitVersionResolver } from "./unit/unit-version.type.js";
import { UnitVoidingResolver } from "./unit/unit-voiding.resolver.js";
import { Confederation, DistrictFederation, GrassrootsUnion, ProvincialFederation, School } from "./unit/unit.type.js";
import { CorrectionRecordResolver, VintageCausesResolver } from "./vintage/vintage-change.resolver.js";
import { KnownLateRecordResolver, VintageKnownLateResolver } from "./vintage/vintage-known-late.type.js";
import { UnitVintagesResolver, VintageQueries, VintageResolver } from "./vintage/vintage.resolver.js";

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
      UnitMutations,
      UnitVoidingResolver,
      UnitMergingResolver,
      SchoolYearMutations,
      SchoolYearResolver,
      UnitRecordsResolver,
      ...recordResolvers,
      BatchMutations,
      UnitFiguresResolver,
      IndicatorResolver,
      ExplainResolver,
      RollupBreaksResolver,
      BreakUnitsResolver,
      GrowthResolver,
      RankingResolver,
      UnitClustersResolver,
      ClusterRankingResolver,
      UnitReconciliationResolver,
      ReportMutations,
      ReportResolver,
      PeriodResolver,
      FindingResolver,
      VintageQueries,
      UnitVintagesResolver,
      VintageResolver,
      VintageCausesResolver,
      CorrectionRecordResolver,
      VintageKnownLateResolver,
      KnownLateRecordResolver,
      ...effectResolvers(),
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
