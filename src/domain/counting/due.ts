import { type Day } from "../ground/day.js";
import { type Dossier, recordsOf } from "./dossier.js";
import { deadlineExtension } from "../records/kinds/deadline-extension.js";

/**
 * The last day on which a unit does in time what the indicator asks for: the deadline of its branch, or a later one that was given to this unit alone.
 * `deadline`: the branch's, by directive, law or period.
 */
export function lastDayFor(dossier: Dossier, indicator: string, deadline: Day): Day {
  const given = recordsOf(dossier, deadlineExtension).find(({ lead, content }) => lead && content.indicator === indicator);
  return given && given.content.until > deadline ? given.content.until : deadline;
}

/** The day until which a missing report is not yet due: the unit's last day where a directive sets a deadline, else the end of the school year. */
export function dueFor(dossier: Dossier, indicator: string): Day {
  const directed = dossier.deadlines.get(indicator);
  return directed === undefined ? dossier.schoolYear.endsOn : lastDayFor(dossier, indicator, directed);
}
