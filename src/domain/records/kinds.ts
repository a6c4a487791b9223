import { type RecordKind } from "./kind.js";
import { activityReport } from "./activity-report.js";
import { collectiveAgreement } from "./collective-agreement.js";
import { conference } from "./conference.js";
import { congress } from "./congress.js";
import { deadlineExtension } from "./deadline-extension.js";
import { democracyRegulation } from "./democracy-regulation.js";
import { directive } from "./directive.js";
import { findingAcknowledgement } from "./finding-acknowledgement.js";
import { emulationCluster } from "./emulation-cluster.js";
import { inspectionCommittee } from "./inspection-committee.js";
import { membershipReport } from "./membership-report.js";
import { periodClosing } from "./period-closing.js";
import { publishedFigure } from "./published-figure.js";
import { unionBody } from "./union-body.js";
import { unionRegulationSet } from "./union-regulation-set.js";
import { unionYear } from "./union-year.js";
import { unitReport } from "./unit-report.js";
import { unitRating } from "./unit-rating.js";

/** Every kind of record, in the order in which the API lists them. */
export const recordKinds = [
  conference,
  collectiveAgreement,
  membershipReport,
  inspectionCommittee,
  democracyRegulation,
  congress,
  unionRegulationSet,
  unionBody,
  unionYear,
  unitRating,
  activityReport,
  directive,
  deadlineExtension,
  publishedFigure,
  findingAcknowledgement,
  emulationCluster,
  unitReport,
  periodClosing,
] as unknown as readonly RecordKind[];

/** The kinds that are recorded by the mutations of their declaration, and in batches. */
export const recordedKinds: readonly RecordKind[] = recordKinds.filter(({ ownMutations }) => !ownMutations);

export function kindOf(key: string): RecordKind {
  const kind = recordKinds.find((candidate) => candidate.key === key);
  if (!kind) throw new Error(`no record kind ${key}`);
  return kind;
}
