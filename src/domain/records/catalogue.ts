import { type RecordKind } from "./kind.js";
import { activityReport } from "./kinds/activity-report.js";
import { collectiveAgreement } from "./kinds/collective-agreement.js";
import { conference } from "./kinds/conference.js";
import { congress } from "./kinds/congress.js";
import { deadlineExtension } from "./kinds/deadline-extension.js";
import { democracyRegulation } from "./kinds/democracy-regulation.js";
import { directive } from "./kinds/directive.js";
import { findingAcknowledgement } from "./kinds/finding-acknowledgement.js";
import { emulationCluster } from "./kinds/emulation-cluster.js";
import { inspectionCommittee } from "./kinds/inspection-committee.js";
import { membershipReport } from "./kinds/membership-report.js";
import { periodClosing } from "./kinds/period-closing.js";
import { publishedFigure } from "./kinds/published-figure.js";
import { unionBody } from "./kinds/union-body.js";
import { unionRegulationSet } from "./kinds/union-regulation-set.js";
import { unionYear } from "./kinds/union-year.js";
import { unitReport } from "./kinds/unit-report.js";
import { unitRating } from "./kinds/unit-rating.js";

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
