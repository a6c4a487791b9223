import { type ClassType } from "type-graphql";
import { ClusterRankingResolver, UnitClustersResolver } from "./emulation-cluster.resolver.js";
import { RankingResolver } from "./ranking.resolver.js";
import { BreakUnitsResolver, RollupBreaksResolver } from "../figure/trend-break.type.js";
import { CorrectionRecordResolver, VintageCausesResolver } from "../vintage/vintage-change.resolver.js";
import { KnownLateRecordResolver, VintageKnownLateResolver } from "../vintage/vintage-known-late.type.js";
import { UnitVintagesResolver, VintageQueries, VintageResolver } from "../vintage/vintage.resolver.js";

/** What compares units with each other, years with the years before, and published figures with live ones. */
export const comparisonResolvers: readonly ClassType[] = [
  RankingResolver,
  RollupBreaksResolver,
  BreakUnitsResolver,
  UnitClustersResolver,
  ClusterRankingResolver,
  VintageQueries,
  UnitVintagesResolver,
  VintageResolver,
  VintageCausesResolver,
  CorrectionRecordResolver,
  VintageKnownLateResolver,
  KnownLateRecordResolver,
];
