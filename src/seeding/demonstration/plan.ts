import { type Day } from "../../domain/ground/day.js";
import { type UnitKind } from "../../domain/tree/unit.js";
import { readSeedFile } from "../seed-file.js";
import { type RecordDraft } from "../seed.js";

/** How big schools are: in the mountains, in a provincial city, in the capital. */
export type Area = "MOUNTAIN" | "CITY" | "CAPITAL";

/** How a federation's schools keep their conferences. */
export interface Conduct {
  area: Area;
  /** Likelihood that a public school holds its staff conference with effect; 1: all do, with a pact and in time. */
  completion: number;
  /** Days after the start of the school year between which conferences are held. */
  window: [number, number];
}

/** A district of the demonstration and what stands in it. `kind`, `name` and `parent` only where the documents have no such unit. */
export interface DistrictPlan extends Conduct {
  code: string;
  kind?: UnitKind;
  name?: string;
  parent?: string;
  communes: string[];
  /** Communes with one primary and lower-secondary school. */
  combined: string[];
  /** Communes whose primary and lower-secondary schools are boarding schools (phổ thông dân tộc bán trú). */
  boarding?: string[];
  twoPreschools?: string[];
  twoPrimaries?: string[];
  continuingEducation?: string[];
  privatePreschools?: string[];
  communityPreschools?: string[];
  privateMultiLevel?: string[];
  nurseryGroups?: string[];
  sharedUnions?: { name: string; schools: string[] }[];
  occupationalUnions?: { code: string; name: string; openedOn: Day; members: number }[];
}

export interface UpperSecondaryPlan extends Conduct {
  /** Code of the sector union. */
  union: string;
  schools: string[];
}

/** What became of a conference. NO_QUORUM: held, but without effect. */
export type Outcome = "HELD" | "NO_QUORUM" | "NOT_HELD" | "NO_REPORT";

/** What is wanted exactly and not left to the dice. */
export interface Exceptions {
  conferences: { unit: string; schoolYear: string; outcome: Outcome }[];
  schoolsWithoutUnion: string[];
  openedLater: { school: string; on: Day }[];
}

export interface Plan {
  districts: DistrictPlan[];
  upperSecondary: UpperSecondaryPlan;
  exceptions: Exceptions;
  directives: Omit<RecordDraft, "kind">[];
}

/** The plan of the demonstration as `seeds/demonstration/` has it. */
export function readPlan(): Plan {
  return {
    districts: readSeedFile("demonstration/districts.json"),
    upperSecondary: readSeedFile("demonstration/upper-secondary-schools.json"),
    exceptions: readSeedFile("demonstration/exceptions.json"),
    directives: readSeedFile("demonstration/directives.json"),
  };
}
