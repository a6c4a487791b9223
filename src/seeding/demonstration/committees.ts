import { type Day, addDays } from "../../domain/ground/day.js";
import { type RecordDraft } from "../seed.js";
import { electsInEvenYears } from "./conferences.js";
import { type Dice, diceFor } from "./dice.js";
import { type School } from "./schools.js";
import { type StaffYear } from "./staff.js";

/** Up to so many workers a public school needs no committee. */
const NEEDS_NONE = 7;
/** Likelihood that a committee of the terms before the first made year is recorded, and that a result was recognised late. */
const FORMER = 0.97;
const LATE = 0.02;

/**
 * The people's inspection committees of a school: one for each conference that elected one with effect, and the one that
 * served when the first made year began.
 */
export function committeesOf(school: School, conferences: readonly RecordDraft[], staff: ReadonlyMap<string, StaffYear>): RecordDraft[] {
  if (school.ownership !== "PUBLIC") return [];
  const drafts = conferences.flatMap(({ content, schoolYear }) => {
    const { inspectionCommitteeElected: elected, heldOn, convened, present } = content;
    if (elected !== true || Number(present) * 3 < Number(convened) * 2) return [];
    return [committee(school, Number(schoolYear?.slice(0, 4)), String(heldOn), Number(content.inspectionCommitteeSize))];
  });
  const workers = staff.get("2022-2023")?.workersOpening ?? 0;
  const dice = diceFor(`${school.code} former committee`);
  if (workers <= NEEDS_NONE || !dice.chance(FORMER)) return drafts;
  const first = electsInEvenYears(school) ? 2020 : 2021;
  const former = committee(school, first, addDays(`${first}-09-05`, dice.between(...school.window)), dice.between(3, workers > 20 ? 5 : 3));
  return [former, ...drafts];
}

function committee(school: School, first: number, electedOn: Day, size: number): RecordDraft {
  const dice = diceFor(`${school.code} committee ${first}`);
  const recognisedOn = addDays(electedOn, dice.chance(LATE) ? dice.between(10, 20) : dice.between(1, 5));
  const content = { term: `${first}-${first + 2}`, electedOn, size, heads: 1, deputies: size >= 5 ? 1 : 0, recognisedOn };
  return { kind: "inspectionCommittee", unit: school.code, schoolYear: null, content };
}

/** Likelihood that a public, and a non-public, school has its democracy regulation, and that nobody wrote down when it was made public. */
const REGULATED = { PUBLIC: 0.95, OTHER: 0.84 };
const UNPUBLISHED = 0.01;
/** From so many workers on a non-public school issues one. */
const OWES_REGULATION = 10;

/** The democracy regulation of a school; none where it has not issued one. */
export function democracyRegulationOf(school: School, staff: ReadonlyMap<string, StaffYear>): RecordDraft[] {
  const dice = diceFor(`${school.code} democracy regulation`);
  const isPublic = school.ownership === "PUBLIC";
  const workers = Math.max(...[...staff.values()].map(({ workersClosing }) => workersClosing), 0);
  if (!isPublic && workers < OWES_REGULATION) return [];
  if (school.completion < 1 && !dice.chance(isPublic ? REGULATED.PUBLIC : REGULATED.OTHER)) return [];
  const issuedOn = issueDay(school, dice);
  const published = dice.chance(UNPUBLISHED) ? {} : { publishedOn: addDays(issuedOn, dice.between(1, 6)) };
  const content = {
    number: `${dice.between(11, 98)}/QĐ-${school.code.split("-").at(-1)}`,
    issuedOn,
    consulted: school.union ? "UNION" : "WORKERS",
    reasonsGiven: true,
    ...published,
  };
  return [{ kind: "democracyRegulation", unit: school.code, schoolYear: null, content }];
}

/** In the autumn of a year from 2015 to 2023; a young school's some weeks after it opened. */
function issueDay(school: School, dice: Dice): Day {
  const autumn = addDays(`${dice.between(2015, 2023)}-09-20`, dice.between(0, 60));
  return autumn > school.openedOn ? autumn : addDays(school.openedOn, dice.between(30, 90));
}
