import { type Day, addDays, addMonths } from "../../domain/ground/day.js";
import { type RecordDraft } from "../seed.js";
import { type Dice, diceFor } from "./dice.js";
import { type School } from "./schools.js";
import { type StaffYear } from "./staff.js";

/** Nothing of the demonstration lies later: in June 2025 the law changed. */
const LAST_DAY: Day = "2025-05-31";
/** Likelihood that a school has begun to bargain, that its first agreement is still being bargained, that an ended one is renewed. */
const BARGAINS = 0.88;
const STILL_BARGAINING = 0.1;
const RENEWED = 0.7;

/**
 * The agreements of schools that have one union in common (or of one school): one after the other, each renewed after
 * its end, running on in grace, or expired. `unit` reports them.
 */
export function agreementsOf(
  unit: string,
  schools: readonly School[],
  staff: (school: School) => ReadonlyMap<string, StaffYear>,
): RecordDraft[] {
  const dice = diceFor(`${unit} agreements`);
  const bargaining = schools.filter((school) => school.ownership !== "PUBLIC" && school.union);
  const opened = bargaining
    .map(({ openedOn }) => openedOn)
    .sort()
    .at(-1);
  if (!opened || !dice.chance(BARGAINS)) return [];
  const shared = bargaining.length > 1;
  const common = shared ? { type: "MULTI_ENTERPRISE", schools: bargaining.map(({ code }) => code) } : {};
  const draft = (content: Record<string, unknown>): RecordDraft => ({
    kind: "collectiveAgreement",
    unit,
    schoolYear: null,
    content: { ...content, ...common },
  });
  if (!shared && dice.chance(STILL_BARGAINING)) return [draft({ reference: "Dự thảo 01/TƯLĐTT", origin: "NEW" })];

  const voters = () => bargaining.reduce((sum, school) => sum + (staff(school).get("2024-2025")?.workersOpening ?? 0), 0);
  const drafts: RecordDraft[] = [];
  let signedOn = opened > "2021-01-01" ? addDays(opened, dice.between(40, 120)) : addDays("2021-03-15", dice.between(0, 900));
  let effectiveOn = addDays(signedOn, dice.between(0, 15));
  while (signedOn <= LAST_DAY) {
    const expiresOn = addDays(addMonths(effectiveOn, dice.pick([12, 24, 24, 36, 36])), -1);
    const renewed = dice.chance(RENEWED);
    const origin = drafts.length === 0 ? "NEW" : "RENEWED";
    const content = { origin, signedOn, effectiveOn, expiresOn, ...ballot(voters(), dice), ...fate(signedOn, expiresOn, dice) };
    const number = `0${drafts.length + 1}/${signedOn.slice(0, 4)}/TƯLĐTT`;
    const talks = !renewed && dice.chance(0.6) ? { renewalTalksSince: addDays(expiresOn, -dice.between(5, 85)) } : {};
    drafts.push(draft({ reference: number, ...content, ...(isPast(talks.renewalTalksSince) ? talks : {}) }));
    if (!renewed) break;
    signedOn = addDays(expiresOn, dice.between(-25, 20));
    effectiveOn = signedOn > expiresOn ? signedOn : addDays(expiresOn, 1);
  }
  return drafts;
}

function ballot(ballotTotal: number, dice: Dice): Record<string, number> {
  return { ballotTotal, ballotFor: Math.max(Math.floor(ballotTotal / 2) + 1, Math.round(ballotTotal * (dice.between(72, 100) / 100))) };
}

/** What became of a signed agreement: filed in time, late or not at all; amended; graded. */
function fate(signedOn: Day, expiresOn: Day, dice: Dice): Record<string, unknown> {
  const filedOn = addDays(signedOn, dice.chance(0.88) ? dice.between(1, 10) : dice.between(12, 35));
  const amendedOn = addDays(signedOn, dice.between(120, 330));
  return {
    ...(isPast(filedOn) && dice.chance(0.94) ? { filedOn } : {}),
    ...(isPast(amendedOn) && amendedOn < expiresOn && dice.chance(0.18) ? { amendedOn: [amendedOn] } : {}),
    ...(signedOn >= "2023-08-01" && dice.chance(0.8) ? { grade: dice.pick(["A", "B", "B", "C"]) } : {}),
  };
}

function isPast(day: Day | undefined): boolean {
  return day !== undefined && day <= LAST_DAY;
}
