import { type Day, addDays } from "../../domain/ground/day.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { type RecordDraft } from "../seed.js";
import { type Dice, diceFor } from "./dice.js";
import { type Outcome, type Plan } from "./plan.js";
import { type School } from "./schools.js";
import { type StaffYear } from "./staff.js";

/** A public school with up to so many workers may do without; one with so many may convene delegates; a non-public one owes from so many on. */
const MAY_DO_WITHOUT = 7;
const MAY_CONVENE_DELEGATES = 100;
const OWES_LABOUR_CONFERENCE = 10;
/** Likelihood of a labour conference, of one held late, of a pact signed. */
const LABOUR_CONFERENCE = 0.82;
const LATE = 0.07;
const PACT = 0.97;
/** A little more is done every year. */
const PROGRESS: Readonly<Record<string, number>> = { "2022-2023": -0.03, "2023-2024": -0.01 };

/** The conference of a school in a school year; none where nothing was reported. */
export function conferenceOf(plan: Plan, school: School, year: SchoolYear, staff: StaffYear | undefined): RecordDraft[] {
  if (!staff || school.openedOn > year.startsOn) return [];
  const dice = diceFor(`${school.code} conference ${year.label}`);
  const content = contentOf(school, year, staff.workersOpening, outcomeOf(plan, school, year, dice), dice);
  return content ? [{ kind: "conference", unit: school.code, schoolYear: year.label, content }] : [];
}

function outcomeOf({ exceptions }: Plan, school: School, year: SchoolYear, dice: Dice): Outcome {
  const wanted = exceptions.conferences.find(({ unit, schoolYear }) => unit === school.code && schoolYear === year.label);
  if (wanted) return wanted.outcome;
  if (school.ownership !== "PUBLIC") return dice.chance(LABOUR_CONFERENCE) ? "HELD" : dice.pick(["NO_REPORT", "NO_REPORT", "NOT_HELD"]);
  if (keepsAll(school) || dice.chance(school.completion + (PROGRESS[year.label] ?? 0))) return "HELD";
  return dice.pick(["NO_REPORT", "NO_REPORT", "NOT_HELD", "NO_QUORUM"]);
}

function contentOf(school: School, year: SchoolYear, workers: number, outcome: Outcome, dice: Dice): Record<string, unknown> | null {
  const isPublic = school.ownership === "PUBLIC";
  if (outcome === "NO_REPORT") return null;
  if (!isPublic && (!school.union || workers < OWES_LABOUR_CONFERENCE)) return null;
  if (isPublic && workers <= MAY_DO_WITHOUT && dice.chance(0.6)) return { notHeldBecause: "NOT_MANDATORY", workers };
  if (outcome === "NOT_HELD") return { notHeldBecause: dice.pick(["POSTPONED", "POSTPONED", "REORGANISATION", "FORCE_MAJEURE"]), workers };
  const isLarge = isPublic && workers >= MAY_CONVENE_DELEGATES;
  const convened = isLarge ? Math.round(workers * 0.6) : workers;
  const present =
    outcome === "NO_QUORUM"
      ? Math.floor(convened * 0.6)
      : Math.max(Math.ceil((convened * 2) / 3), convened - dice.between(0, Math.ceil(convened * 0.1)));
  const heldOn = dayOf(school, year, dice);
  return {
    heldOn,
    workers,
    convened,
    present,
    votesFor: present - dice.between(0, Math.floor(present * 0.06)),
    ...(isLarge ? { form: "DELEGATES" } : {}),
    ...manner(outcome, keepsAll(school), dice),
    adopted: itemsOf(isPublic, dice),
    ...(isPublic ? publicMatters(school, year, workers, dice) : {}),
    ...(dice.chance(0.6) ? { sixMonthReviewOn: reviewOf(heldOn, year, dice) } : {}),
  };
}

/** Rarely a second call, hardly ever a ballot. */
function manner(outcome: Outcome, keeps: boolean, dice: Dice): Record<string, unknown> {
  const rolled = dice.next();
  if (outcome === "NO_QUORUM" || keeps || rolled > 0.03) return {};
  if (rolled > 0.008) return { attempt: 2 };
  return rolled > 0.004
    ? { method: "BALLOT", ballotBecause: "FORCE_MAJEURE" }
    : { attempt: 2, method: "BALLOT", ballotBecause: "SECOND_ATTEMPT_FAILED" };
}

/** Pact and people's inspection committee; a committee serves two years, in the city and elsewhere in half the schools from 2022 and 2024. */
function publicMatters(school: School, year: SchoolYear, workers: number, dice: Dice): Record<string, unknown> {
  const even = Number(year.label.slice(0, 4)) % 2 === 0;
  const elects = even === electsInEvenYears(school);
  return {
    ...(school.union ? { pactSigned: keepsAll(school) || dice.chance(PACT) } : {}),
    ...(elects && workers > MAY_DO_WITHOUT
      ? { inspectionCommitteeElected: true, inspectionCommitteeSize: dice.between(3, workers > 20 ? 5 : 3) }
      : {}),
  };
}

/** Whether the school's people's inspection committee is elected in 2022 and 2024, or in the years between. */
export function electsInEvenYears(school: School): boolean {
  return keepsAll(school) || diceFor(`${school.code} committee`).chance(0.5);
}

function itemsOf(isPublic: boolean, dice: Dice): string[] {
  const items = [
    "YEAR_PLAN",
    "EMULATION_SUMMARY",
    "LAW_AND_POLICY_REPORT",
    ...(isPublic ? ["RESOLUTION_REVIEW", "INSPECTION_COMMITTEE_REPORT"] : ["OPINIONS"]),
  ];
  for (const item of ["HEAD_ACCOUNTABILITY", "PUBLICITY", "VOLUNTARY_CONTRIBUTIONS"]) if (dice.chance(0.5)) items.push(item);
  return items;
}

/** A day of the federation's window, most often in its middle, never a Sunday; a few are late. */
function dayOf(school: School, year: SchoolYear, dice: Dice): Day {
  const [first, last] = school.window;
  const after = Math.round((dice.between(first, last) + dice.between(first, last)) / 2);
  if (school.ownership !== "PUBLIC") return weekday(addDays(year.startsOn, after + dice.between(20, 95)));
  return weekday(addDays(year.startsOn, !keepsAll(school) && dice.chance(LATE) ? dice.between(73, 112) : after));
}

function reviewOf(heldOn: Day, year: SchoolYear, dice: Dice): Day {
  const day = weekday(addDays(heldOn, dice.between(160, 200)));
  return day < year.endsOn ? day : addDays(year.endsOn, -dice.between(2, 10));
}

/** The day, or the Saturday before a Sunday. */
function weekday(day: Day): Day {
  return new Date(`${day}T00:00:00Z`).getUTCDay() === 0 ? addDays(day, -1) : day;
}

function keepsAll(school: School): boolean {
  return school.completion === 1;
}
