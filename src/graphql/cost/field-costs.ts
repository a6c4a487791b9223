import { growthParts } from "../../domain/analysis/growth.js";
import { indicators } from "../../domain/figures/catalogue.js";
import {
  type BranchWork,
  isDirecting,
  ofClosing,
  ofDirectives,
  ofOpening,
  ofRecords,
  ofSchoolYear,
  ofTree,
  ofVintage,
  ofWithdrawal,
} from "./branch-work.js";

/** What a field costs, in points of ten microseconds, besides what is selected below it. */
export interface FieldCost {
  /** The field itself, once. */
  points?: number | ((args: Args) => number);
  /** For each unit of the caller's branch, of which as many are looked at. */
  scans?: number | ((args: Args) => number);
  /** Its entries are different units of the branch, so that what lies below them is not more than the branch, a few times. */
  inBranch?: true;
  /** What it does besides to all units of whole branches. */
  branches?: (args: Args) => readonly BranchWork[];
  /** Of a batch, what a row costs besides its values and the units that it names. */
  row?: (row: unknown) => number;
  /** How many entries its list has, or how many `nodes`, `edges` or `rows` stand below it; pages need none, nor what `LIST_BOUNDS` bounds. */
  entries?: number | ((args: Args) => number);
}

/** The arguments of a field as they were given: of lists and objects in a document the parts that are there. */
export type Args = Readonly<Record<string, unknown>>;

/** A value that is read out of a loaded row. */
export const LEAF = 0.15;
/** An object that is made around loaded values. */
export const OBJECT = 0.2;
/** A row of a list: read, made and numbered. */
export const ENTRY = 3.5;
/** A mutation that is not named below: a record with its dossier, its findings and the ledger above it. */
export const CHANGE = 400;
/** A row of a batch. */
export const ROW = 150;
/** A unit that a change names in a list, as the schools of an agreement: each has figures that it may move. */
export const NAMED = 30;
/** A directive, besides what it does to the units of its branch. */
export const DIRECTIVE = 1_000;
/** Finding out what of a vintage is others today; once for all that is asked of it in a request. */
const COMPARISON = 15_000;
/**
 * Processor time that was measured (server and embedded database in one process, the demonstration and the province of
 * `npm run bench`) divided by ten microseconds. What looks through a branch costs so much of each unit of the caller's branch
 * (`scans`): more than a part of it takes, and settled in the end (`npm run bench:prices`).
 */
export const FIELD_COSTS: Readonly<Record<string, FieldCost>> = {
  "Query.units": { points: 50, scans: (args) => (looksIntoLedger(args) ? 4 : 0.12), inBranch: true },
  "Query.nodes": { points: ({ ids }) => sizeOf(ids) * ENTRY, entries: ({ ids }) => sizeOf(ids) },
  "Query._entities": {
    points: ({ representations }) => sizeOf(representations) * ENTRY,
    entries: ({ representations }) => sizeOf(representations),
  },
  "Unit.children": { points: (args) => (looksIntoLedger(args) ? 200 : 15), inBranch: true },
  "Unit.rollup": { points: (args) => 3 + (isToday(args) ? 10 : 0), scans: todayOf },
  "Unit.trend": {
    points: (args) => (3 + (isToday(args) ? 10 : 0)) * yearsOf(args),
    scans: (args) => todayOf(args) * yearsOf(args),
    entries: yearsOf,
  },
  "Query.unitVersions": { points: 15 },
  "Unit.records": { points: 15 },
  "Unit.worklist": { points: 100, scans: 0.15, inBranch: true },
  "Unit.ranking": { points: 150, scans: (args) => (isMany(args["level"]) ? 1.2 : 0.02) + todayOf(args), inBranch: true },
  "Unit.explain": { points: 60, scans: todayOf },
  "Unit.growth": { points: 150, scans: (args) => 0.2 + todayOf(args) },
  "Unit.findings": { points: 150, scans: 0.2 },
  "Unit.findingCounts": { points: 100, scans: 0.1 },
  "Unit.reconciliation": { points: 15 },
  "Unit.disagreements": { points: 150, scans: 0.2 },
  "UnitFinding.reconciliation": { points: 20 },
  /** What is worked out otherwise is so once for all figures of a unit, year and document's day. */
  "Reconciliation.causes": { points: 1_000 },
  "Unit.report": { points: 20 },
  "Unit.reports": { points: 35 },
  "ReportOfPeriod.fingerprint": { points: 5 },
  "ReportOfPeriod.branchFingerprint": { points: 150, scans: 0.5 },
  "Unit.emulationClusters": { points: 15 },
  "Unit.vintages": { points: 15 },
  "Unit.directives": { points: 15 },
  "Unit.duplicates": { points: 15 },
  "CollectiveAgreement.schools": { points: 30 },
  "CollectiveAgreement.participations": { points: 30 },
  "RecordVersion.content": { points: 5 },
  "EmulationCluster.members": { points: 30 },
  "EmulationCluster.ranking": { points: 100 },
  "IndicatorValue.otherDeadlines": { points: 2, scans: 0.03 },
  "Explanation.otherDeadlines": { points: 2, scans: 0.1 },
  "Effect.otherDeadlines": { points: 2 },
  "RankingConnection.deadlines": { points: 50, scans: 0.1 },
  "RankingConnection.unlikeDeadlines": { points: 50, scans: 0.1 },
  "Explanation.contributions": { points: 50 },
  "Explanation.leftOut": { points: 100 },
  "Explanation.closedUnits": { points: 100 },
  "LeftOut.units": { points: 100, scans: 0.02 },
  "Growth.parts": { points: 30, entries: ({ keys }) => Math.min(sizeOf(keys ?? growthParts), growthParts.length) },
  "GrowthPart.units": { points: 100, scans: 0.1 },
  "Rollup.breaks": { points: 100 },
  "Rollup.indicators": { entries: indicatorsOf },
  "PublishedRollup.indicators": { entries: indicatorsOf },
  "Vintage.changed": { points: COMPARISON },
  "Vintage.changes": { points: COMPARISON },
  "Vintage.changesCount": { points: COMPARISON },
  "Vintage.sourcesChanges": { points: COMPARISON },
  "Vintage.definitions": { points: 200 },
  "Vintage.knownLate": { points: 100, scans: 0.1 },
  "Vintage.rollup": { points: 30 },
  "VintageChange.causes": { points: 100 },
  "Mutation.recordDirective": { points: CHANGE + DIRECTIVE, branches: ({ input }) => ofDirectives([input]) },
  "Mutation.withdrawDirective": { points: CHANGE + DIRECTIVE, branches: ofWithdrawal },
  "Mutation.submitRecords": {
    ...batch((row) => ROW + (isDirecting(row) ? DIRECTIVE : 0)),
    branches: (args) => ofRecords(rowsOf(args)),
  },
  "Mutation.registerUnits": batch(() => ROW),
  "Mutation.submitReports": batch(() => ROW),
  "Mutation.acceptReports": batch(() => ROW),
  "Mutation.moveUnit": { points: CHANGE, branches: ofTree },
  "Mutation.closeUnit": { points: CHANGE, branches: ofTree },
  "Mutation.reopenUnit": { points: CHANGE, branches: ofTree },
  "Mutation.voidUnit": { points: CHANGE, branches: ofTree },
  "Mutation.mergeDuplicateUnit": { points: CHANGE, branches: ofTree },
  "Mutation.openSchoolYear": { points: CHANGE, branches: ofOpening },
  "Mutation.correctSchoolYear": { points: CHANGE, branches: ofSchoolYear },
  "Mutation.withdrawSchoolYear": { points: CHANGE, branches: ofSchoolYear },
  "Mutation.closePeriod": { points: CHANGE, branches: ofClosing },
  "Mutation.publishVintage": { points: CHANGE, branches: ofVintage },
  "Query._service": { points: 500 },
  "Query.__type": { points: 300 },
  "__Schema.types": { entries: 400 },
  "__Schema.directives": { entries: 6 },
  "__Type.fields": { entries: 6 },
  "__Type.enumValues": { entries: 2 },
  "__Type.inputFields": { entries: 3 },
  "__Type.possibleTypes": { entries: 1 },
  "__Type.interfaces": { entries: 1 },
  "__Field.args": { entries: 1 },
  "__Directive.args": { entries: 2 },
  "__Directive.locations": { entries: 5 },
};

/** `totalCount` of any list. */
export const TOTAL_COUNT = 60;

/** Under today's tree nothing is summed beforehand. */
function todayOf(args: Args): number {
  return isToday(args) ? 0.2 : 0;
}

function isToday({ tree }: Args): boolean {
  return tree === "TODAY";
}

/** Orders and limits by an indicator compute it for every unit of the list. */
function looksIntoLedger({ orderBy, filter }: Args): boolean {
  const orders = [orderBy].flat() as ({ by?: unknown } | null | undefined)[];
  return orders.some((order) => order?.by === "INDICATOR") || Boolean((filter as Args | null | undefined)?.["indicator"]);
}

function isMany(level: unknown): boolean {
  return level === "SCHOOL" || level === "GRASSROOTS";
}

/** From "2022-2023" to "2024-2025" are three; a text that is no school year will be refused. */
function yearsOf({ from, to }: Args): number {
  const years = Number.parseInt(String(to), 10) - Number.parseInt(String(from), 10) + 1;
  return Number.isNaN(years) ? 1 : Math.min(Math.max(years, 1), 100);
}

function indicatorsOf({ keys }: Args): number {
  return Math.min(sizeOf(keys ?? indicators), indicators.length);
}

function batch(row: (row: unknown) => number): FieldCost {
  return {
    row,
    points: (args) => rowsOf(args).reduce((sum: number, one) => sum + row(one), CHANGE),
    entries: (args) => rowsOf(args).length,
  };
}

/** The rows of a batch: the longest list of its input, whose other fields are words. GraphQL takes a single row for a list of it. */
export function rowsOf({ input }: Args): readonly unknown[] {
  const lists = Object.values(Object(input) as Args).map((value) => (typeof value === "object" && value !== null ? [value].flat() : []));
  return lists.reduce((longest, list) => (list.length > longest.length ? list : longest), []);
}

function sizeOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 1;
}
