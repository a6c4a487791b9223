import { type Deed } from "../ground/caller.js";
import { type Day } from "../ground/day.js";
import { type Dossier } from "../counting/dossier.js";
import type { Finding } from "../findings/finding.js";
import { type UnitHistory } from "../tree/history.js";
import { type Problem } from "../ground/problem.js";
import { type Words } from "../ground/words.js";
import { type SchoolYear } from "../tree/school-year.js";
import { type Measure } from "../counting/measure.js";
import { type Obligation } from "../counting/obligation.js";
import { type TallyWriter } from "../counting/tally.js";
import { type Level, type Provenance } from "../tree/unit.js";
import { type Content, type Fields } from "./field.js";
import { futureProblems } from "./future.js";
import { type Followed, inclusionProblems } from "./predecessors.js";

/** Keys of all indicators, of those that are rates, of those that take a deadline and of those that speak of a term. */
export interface IndicatorKeys {
  all: readonly string[];
  rates: readonly string[];
  withDeadline: readonly string[];
  ofTerm: readonly string[];
  /** The key of the indicator that counts who did a duty: records name the duty by it. */
  ofDuty: (duty: Obligation) => string;
}

/** What the rules of a record may look at besides its content. */
export interface RuleContext {
  today: Day;
  unit: UnitHistory;
  /** The school year that the record speaks of; `null` for a kind that has none, or for none given. */
  schoolYear: SchoolYear | null;
  /** The units that the content names, by id. */
  named: ReadonlyMap<string, UnitHistory>;
  /** All opened school years, in order. */
  schoolYears: readonly SchoolYear[];
  /** The indicators that it may name. */
  indicators: IndicatorKeys;
  provenance: Provenance;
  /** What is found in the unit, for the kind that acknowledges it; empty for any other. */
  findings: readonly Finding[];
  /** The deadlines of the unit's branch in the school year by indicator, for the kind that extends them; empty for any other. */
  deadlines: ReadonlyMap<string, Day>;
  /** The predecessors of the unit in the school year, for the kinds that may include them; none for any other. */
  followed: Followed;
}

/**
 * A kind of record as a declaration: its fields, its rules and what it adds to the tally. From it follow its checks, its
 * place in batches, its versions, its mutations and its types in the API.
 */
export interface RecordKind<F extends Fields = Fields> {
  /** Key in the store and in batches, e.g. "conference". */
  key: string;
  /** Type name in the API, e.g. "Conference". */
  typeName: string;
  /** What people call it, as inside a sentence or above a sheet: "conference", "hội nghị". */
  name: Words;
  /** Names of its two mutations. */
  mutations: { record: string; withdraw: string };
  /** True where these are written by hand, as are others beside them: it has no generated ones and stands in no batch. */
  ownMutations: boolean;
  description: string;
  /** Levels of units that may report it. */
  levels: readonly Level[];
  /** What a caller must be allowed to do. */
  deed: Deed;
  /** Whether only a unit above the one of which it speaks may keep it: nobody gives it to itself. */
  fromAbove: boolean;
  /** ALWAYS: the record belongs to one school year; SOMETIMES: it may; NEVER: its days say where it counts. */
  schoolYear: "ALWAYS" | "SOMETIMES" | "NEVER";
  /**
   * Whose dossiers a change re-posts. BRANCH: all below the unit; FINDINGS: the unit's, for what is found in it, and PUBLISHED: none, but what is
   * found in what the unit published: both count in no figure.
   */
  touches: "SUBJECTS" | "BRANCH" | "FINDINGS" | "PUBLISHED" | "NOTHING";
  /** Whether its rules look at what ever stood above the units that it names: `named` then holds those, too. */
  seesLines?: boolean;
  /** Whether it stands in its unit's report of a period: then it is locked with it, and its obligations are what the report is about. */
  belongsToReport: boolean;
  /** Whether it tells something of its unit's own work, on which figures rest. */
  isEvidence: boolean;
  /** The day that says in which period it stands, e.g. that of a conference; `null` while there is none, and for a kind of the whole year. */
  day(content: Content<F>): Day | null;
  fields: F;
  /** What a missing value means when another is given; runs before the rules. */
  complete(content: Content<F>, context: RuleContext): Content<F>;
  /** What makes it the same record when sent again, within unit and school year. */
  keyOf(content: Content<F>): string;
  /** Whether people write what is in the key, e.g. a number: it is then the same record in every spelling that reads the same (`identityFold`). */
  keyIsWritten: boolean;
  /** Units besides the reporting one whose dossiers hold the record. */
  covered(content: Content<F>): readonly string[];
  /** Whether it counts people, who stand in one report of a school year only: a union's says whom it counts (`people-counted.ts`). */
  countsPeople: boolean;
  /**
   * Most records of the kind that a unit may hold in force, reported or covered by it, of one school year where they belong to
   * one or set something for one; far above what a real unit has. `null` where the identity allows but a few.
   */
  most(content: Content<F>): number | null;
  /** The school years for which it sets something, though it belongs to none. */
  setsFor(content: Content<F>): readonly string[];
  /** Of these, the years whose dossiers it judges. */
  judgesIn(content: Content<F>): readonly string[];
  /** Every reason to refuse the content. */
  rules(content: Content<F>, context: RuleContext): Problem[];
  measures: readonly Measure[];
  obligations: readonly Obligation[];
  /** What the records of this kind in a dossier add to its tally. Runs for every counted dossier, also without a record. */
  tally(dossier: Dossier, write: TallyWriter): void;
}

/** What most kinds answer alike. */
type Usual =
  | "belongsToReport"
  | "complete"
  | "countsPeople"
  | "covered"
  | "day"
  | "fromAbove"
  | "isEvidence"
  | "judgesIn"
  | "keyIsWritten"
  | "measures"
  | "most"
  | "obligations"
  | "ownMutations"
  | "setsFor"
  | "tally"
  | "touches";

/** Declares a kind, with the answers that most kinds give; the rules of all refuse what lies in the future, and what is said of predecessors wrongly. What counts in the unit's own dossier belongs to its report. */
export function recordKind<F extends Fields>(declared: Omit<RecordKind<F>, Usual> & Partial<Pick<RecordKind<F>, Usual>>): RecordKind<F> {
  const belongsToReport = declared.belongsToReport ?? (declared.touches ?? "SUBJECTS") === "SUBJECTS";
  return {
    complete: (content) => content,
    covered: () => [],
    countsPeople: false,
    most: () => null,
    setsFor: () => [],
    judgesIn: () => [],
    measures: [],
    obligations: [],
    tally: () => undefined,
    touches: "SUBJECTS",
    ownMutations: false,
    fromAbove: false,
    belongsToReport,
    isEvidence: belongsToReport,
    day: () => null,
    keyIsWritten: false,
    ...declared,
    rules(content, context) {
      const problems = [...futureProblems(declared.fields, content, context.today), ...inclusionProblems(declared, content, context)];
      const faulty = new Set(problems.map(({ field }) => field));
      return [...problems, ...declared.rules(content, context).filter(({ field }) => !faulty.has(field))];
    },
  };
}
