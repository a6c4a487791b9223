import { type Day } from "../ground/day.js";
import { type Dossier } from "./dossier.js";
import { type DatedObligation } from "./obligation.js";

/** The deadline of a unit's branch for a duty: the directive's, else that of the law or the hub; `null` where there is none. It says who owes the duty. */
export function deadlineFor({ deadlines, schoolYear }: Dossier, duty: DatedObligation): Day | null {
  return deadlines.get(duty) ?? duty.deadline.unlessDirected?.day(schoolYear) ?? null;
}

/** The last day on which a unit does its duty in time: the deadline of its branch, or a later one that was given to this unit alone; `null` without a deadline. */
export function lastDayFor(dossier: Dossier, duty: DatedObligation): Day | null {
  const deadline = deadlineFor(dossier, duty);
  const given = dossier.extensions.get(duty);
  return deadline !== null && given !== undefined && given > deadline ? given : deadline;
}

/** The day until which a missing report is not yet due: the unit's last day, where there is one, else the end of the school year. */
export function dueFor(dossier: Dossier, duty: DatedObligation): Day {
  return lastDayFor(dossier, duty) ?? dossier.schoolYear.endsOn;
}
