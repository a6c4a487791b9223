import { type Day, addDays, addMonths } from "../../domain/ground/day.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { type RecordDraft } from "../seed.js";
import { TERM } from "./congresses.js";
import { type Dice, diceFor } from "./dice.js";
import { keepsEveryRule, type Union } from "./unions.js";

/** Likelihoods of a public union: its own inspection committee, its women's committee, the year reported, all meetings held. */
const INSPECTS = 0.9;
const WOMENS = 0.93;
const REPORTED = 0.96;
const MET = 0.9;

/** Whether executive committees meet every month (in the capital more often than not) or every two. */
function cadenceOf(union: Union): number {
  return diceFor(`${union.code} cadence`).chance(union.federation.startsWith("HN") ? 0.65 : 0.3) ? 1 : 2;
}

/** The bodies of a union from its congress on. */
export function bodiesOf(union: Union, formedOn: Day, executives: number): RecordDraft[] {
  const dice = diceFor(`${union.code} bodies`);
  const monthsBetweenMeetings = cadenceOf(union);
  const all = keepsEveryRule(union);
  const draft = (content: Record<string, unknown>): RecordDraft => ({
    kind: "unionBody",
    unit: union.code,
    schoolYear: null,
    content: { term: TERM, ...content },
  });
  const body = (kind: string, size: number, women: number) => draft({ body: kind, formedOn, size, women, monthsBetweenMeetings });
  const drafts = [body("EXECUTIVE_COMMITTEE", executives, Math.min(executives, dice.between(1, executives)))];
  if (all || (union.isPublic && dice.chance(INSPECTS))) drafts.push(body("INSPECTION_COMMITTEE", 3, dice.between(1, 3)));
  const size = union.members >= 40 ? 5 : 3;
  const rolled = all ? 0 : dice.next();
  if (rolled < WOMENS) drafts.push(body("WOMENS_COMMITTEE", size, size));
  else if (rolled < 0.98)
    drafts.push(draft({ body: "WOMENS_COMMITTEE", notFormedBecause: union.members < 15 ? "NOT_REQUIRED" : "NOT_YET" }));
  return drafts;
}

/** A union's working year: programmes and meetings; none where nothing was reported. */
export function unionYearOf(union: Union, year: SchoolYear): RecordDraft[] {
  const dice = diceFor(`${union.code} year ${year.label}`);
  if (union.openedOn > year.startsOn) return [];
  const all = keepsEveryRule(union);
  if (!all && !dice.chance(REPORTED)) return [];
  const enough = 9 / cadenceOf(union);
  const met = () =>
    all || dice.chance(MET) ? Math.floor(enough) + dice.between(0, 1) : Math.max(0, Math.floor(enough) - dice.between(1, 2));
  const content = {
    ...(all || dice.chance(0.98) ? { executiveProgrammeOn: addDays(year.startsOn, dice.between(5, 40)) } : {}),
    ...(all || dice.chance(0.93) ? { inspectionProgrammeOn: addDays(year.startsOn, dice.between(8, 45)) } : {}),
    ...{ executiveMeetings: met(), inspectionMeetings: met(), womensMeetings: met() },
  };
  return [{ kind: "unionYear", unit: union.code, schoolYear: year.label, content }];
}

/** The ratings of a union, calendar year by calendar year. */
export function ratingsOf(union: Union, years: readonly SchoolYear[]): RecordDraft[] {
  return years.flatMap(({ label }) => {
    const year = Number(label.slice(0, 4));
    const end = `${year}-12-31`;
    const dice = diceFor(`${union.code} rating ${year}`);
    if (union.openedOn > end || dice.chance(0.02)) return [];
    const level = addMonths(union.openedOn, 12) > end ? "NOT_RATED" : levelOf(dice);
    const selfRated = level === "NOT_RATED" || dice.chance(0.85) ? level : "EXCELLENT";
    const content = { year, level, selfRated, approvedOn: addDays(`${year + 1}-01-08`, dice.between(0, 50)) };
    return [{ kind: "unitRating", unit: union.code, schoolYear: null, content }];
  });
}

function levelOf(dice: Dice): string {
  const rolled = dice.next();
  return rolled < 0.27 ? "EXCELLENT" : rolled < 0.84 ? "GOOD" : rolled < 0.99 ? "COMPLETED" : "NOT_COMPLETED";
}
