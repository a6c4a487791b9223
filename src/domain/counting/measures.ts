import { type Day } from "../ground/day.js";
import { type Dossier, isClosed } from "./dossier.js";
import { recordKinds } from "../records/catalogue.js";
import { membership } from "../records/kinds/membership-report.js";
import { mayInclude } from "../records/predecessors.js";
import { tallyEvidence, yearReportEvidenced } from "./report-evidence.js";
import { countsOfClosed, flow, keysOf, Measure, measures, stock } from "./measure.js";
import { type Obligation, statusMeasures } from "./obligation.js";
import { type Tally, type TallyWriter } from "./tally.js";
import { schoolHasUnion, tallyUnionCoverage, unionCoverageMeasures } from "./union-coverage.js";
import { turnoverMeasures } from "./union-turnover.js";
import { type Provenance } from "../tree/unit.js";

/** What a unit adds by being there, with no record at all. */
export const standing = measures({
  schools: stock(),
  grassrootsUnions: stock(),
  occupationalUnions: stock(),
  /** Units of a demonstration. */
  unitsMade: stock(),
});

/** Where the records come from on which the figures rest, so that an answer can say how much of it is made. */
const sources = measures({ recordsReported: flow(), recordsOfDocuments: flow(), recordsMade: flow() });
export const recordsBySource: Readonly<Record<Provenance, Measure>> = {
  REPORTED: sources.recordsReported,
  DOCUMENT: sources.recordsOfDocuments,
  DEMONSTRATION: sources.recordsMade,
};

/** Of records and of units. */
export const sourceMeasures: readonly string[] = keysOf([...Object.values(sources), standing.unitsMade]);

/** Kinds of reports of which who follows a unit says whether its own includes that unit's. */
export const INCLUDING_KINDS: readonly string[] = recordKinds.filter(mayInclude).map(({ key }) => key);
/** The measure of closed units whose report of a kind is in that of who followed them. */
export const inSuccessor = (kind: string) => new Measure(`${kind}InSuccessor`, "FLOW");

/** Every measure of the ledger: a column each. */
export const allMeasures: readonly Measure[] = [
  ...Object.values(standing),
  ...Object.values(sources),
  ...INCLUDING_KINDS.map(inSuccessor),
  ...recordKinds.flatMap((kind) => kind.measures),
  ...unionCoverageMeasures,
  ...turnoverMeasures,
  ...statusMeasures(yearReportEvidenced),
];
export const measureKeys: readonly string[] = keysOf(allMeasures);
const byKey = new Map(allMeasures.map((measure) => [measure.key, measure]));
/** The measure with this key. Of one that is declared no longer, and that a vintage keeps, no more is known. */
export const measureByKey = (key: string): Measure => byKey.get(key) ?? new Measure(key, "STOCK");
/** Those that count also of a unit that closed before the reference date. */
export const measuresOfClosed: readonly string[] = keysOf(allMeasures.filter(countsOfClosed));

/** Measures that are no figures: they say on which records figures rest, and on which not. */
export const notFigures: ReadonlySet<string> = new Set(
  keysOf([...Object.values(sources), ...INCLUDING_KINDS.map(inSuccessor), membership.membershipReportIncluding]),
);

/** Every obligation of a dossier. */
export const obligations: readonly Obligation[] = [...recordKinds.flatMap((kind) => kind.obligations), schoolHasUnion, yearReportEvidenced];

/** What a dossier comes to: its tally, and until which day a missing report of each obligation is not yet due. */
export interface Account {
  tally: Tally;
  due: Readonly<Record<string, Day>>;
}

const ofClosed = new Set(measuresOfClosed);
/** Kinds of records on which figures rest: a report of a period only declares that these are complete. */
const evidence = new Set(recordKinds.filter(({ isEvidence }) => isEvidence).map(({ key }) => key));

/**
 * Dossier → tally. The only place where records become numbers; pure, so that the ledger can be rebuilt and proved. Of a unit that
 * closed before the reference date only flows count, and what they balance with; none of a kind of report that its successor says to include.
 */
export function account(dossier: Dossier): Account {
  const tally: Record<string, number> = {};
  const due: Record<string, Day> = {};
  const closed = isClosed(dossier);
  const add = ({ key }: Measure, amount: number) => {
    if (!byKey.has(key)) throw new Error(`measure ${key} is not one of those of the ledger`);
    if (!Number.isSafeInteger(amount)) throw new Error(`measure ${key} got ${amount}, which is not an integer`);
    if (amount !== 0 && (!closed || ofClosed.has(key))) tally[key] = (tally[key] ?? 0) + amount;
  };
  if (dossier.level === "SCHOOL") add(standing.schools, 1);
  if (dossier.kind === "GRASSROOTS") add(standing.grassrootsUnions, 1);
  if (dossier.kind === "OCCUPATIONAL") add(standing.occupationalUnions, 1);
  if (dossier.provenance === "DEMONSTRATION") add(standing.unitsMade, 1);
  const { inSuccessors } = dossier;
  for (const { kind, lead, provenance } of dossier.records)
    if (lead && evidence.has(kind) && !inSuccessors.includes(kind)) add(recordsBySource[provenance], 1);
  for (const kind of inSuccessors) add(inSuccessor(kind), 1);
  const write: TallyWriter = {
    add,
    status(duty, status, day) {
      add(duty.measures[status], 1);
      if (!closed) due[duty.key] = day;
    },
  };
  tallyUnionCoverage(dossier, write);
  for (const kind of recordKinds) if (!inSuccessors.includes(kind.key)) kind.tally(dossier, write);
  tallyEvidence(dossier, tally, write);
  return { tally, due };
}
