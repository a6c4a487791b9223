import { type Day, addDays } from "../../domain/ground/day.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { type RecordDraft } from "../seed.js";
import { type Dice, diceFor } from "./dice.js";
import { type School } from "./schools.js";

/** Likelihood that a report is sent by a school with and without a union, and that policy was applied in full. */
const REPORTED = 0.97;
const REPORTED_WITHOUT_UNION = 0.8;
const POLICY_APPLIED = 0.985;
const DIALOGUE = 0.86;
/** Where the documents tell of a year that all schools applied the policy: all of them reported, too. */
const ALL_APPLIED = ["HB-CP 2021-2022"];

/** The school's activity report of a year, for so many workers and members; none where nothing was sent. */
export function activityOf(school: School, year: SchoolYear, workers: number, members: number): RecordDraft[] {
  const dice = diceFor(`${school.code} activity ${year.label}`);
  const all = ALL_APPLIED.includes(`${school.federation} ${year.label}`);
  if (!all && !dice.chance(school.union ? REPORTED : REPORTED_WITHOUT_UNION)) return [];
  const content = {
    ...(all || dice.chance(POLICY_APPLIED)
      ? { policyApplied: true }
      : { policyApplied: false, policyShortfall: dice.pick(["Chậm chi trả phụ cấp", "Chậm nâng lương", "Chưa chi trả đủ tiền thừa giờ"]) }),
    ...(school.ownership !== "PUBLIC" && dice.chance(DIALOGUE) ? { dialoguesOn: [addDays(year.startsOn, dice.between(30, 180))] } : {}),
    ...(school.union ? unionMatters(year, workers, members, dice) : {}),
  };
  return [{ kind: "activityReport", unit: school.code, schoolYear: year.label, content }];
}

function unionMatters(year: SchoolYear, workers: number, members: number, dice: Dice): Record<string, unknown> {
  const registered = Math.round(workers * (dice.between(10, 35) / 100));
  const sessions = dice.between(3, 8);
  const invited = dice.between(1, 4);
  return {
    welfare: welfareOf(year, members, dice),
    initiativesRegistered: registered,
    initiativesRecognised: recognisedOf(registered, dice),
    awards: awardsOf(workers, dice),
    trainingInvited: invited,
    trainingAttended: invited - (dice.chance(0.15) ? 1 : 0),
    communicationSessions: sessions,
    communicationTurns: Math.round(sessions * workers * (dice.between(65, 95) / 100)),
  };
}

/** Of those registered each is recognised once: most at the school, some in the district, few in the province. */
function recognisedOf(registered: number, dice: Dice): { level: string; count: number }[] {
  const recognised = Math.floor(registered * (dice.between(70, 100) / 100));
  const province = recognised > 3 && dice.chance(0.12) ? 1 : 0;
  const district = Math.floor((recognised - province) * (dice.between(10, 40) / 100));
  const levels = { SCHOOL: recognised - province - district, DISTRICT: district, PROVINCE: province };
  return Object.entries(levels).flatMap(([level, count]) => (count > 0 ? [{ level, count }] : []));
}

function awardsOf(workers: number, dice: Dice): { level: string; type: string; recipient: string; count: number }[] {
  const awards = [
    { level: "SCHOOL", type: "COMMENDATION", recipient: "INDIVIDUAL", count: dice.between(2, Math.max(3, Math.round(workers / 6))) },
  ];
  if (dice.chance(0.7)) awards.push({ level: "DISTRICT", type: "COMMENDATION", recipient: "INDIVIDUAL", count: dice.between(1, 3) });
  if (dice.chance(0.3)) awards.push({ level: "DISTRICT", type: "COMMENDATION", recipient: "COLLECTIVE", count: 1 });
  if (dice.chance(0.08)) awards.push({ level: "PROVINCE", type: "MERIT", recipient: "INDIVIDUAL", count: 1 });
  if (dice.chance(0.03)) awards.push({ level: "PROVINCE", type: "FLAG", recipient: "COLLECTIVE", count: 1 });
  return awards;
}

/** Tết for everybody, visits to those in need, now and then a gift of the federation or of donors. */
function welfareOf(year: SchoolYear, members: number, dice: Dice): Record<string, unknown>[] {
  const visits = dice.between(1, 6);
  const rows: Record<string, unknown>[] = [
    { occasion: "LUNAR_NEW_YEAR", paidBy: "UNION", gifts: members, recipients: members, amount: members * dice.between(2, 6) * 100_000 },
    { occasion: "HARDSHIP", paidBy: "UNION", gifts: 0, recipients: visits, amount: visits * dice.between(3, 6) * 100_000 },
  ];
  const children = dice.between(4, Math.max(5, members));
  if (dice.chance(0.6))
    rows.push({
      occasion: "CHILDREN",
      on: childrensDay(year),
      paidBy: "UNION",
      gifts: children,
      recipients: children,
      amount: children * 100_000,
    });
  const above = dice.between(1, 3);
  if (dice.chance(0.45))
    rows.push({ occasion: "LUNAR_NEW_YEAR", paidBy: "FEDERATION", gifts: above, recipients: above, amount: above * 500_000 });
  if (dice.chance(0.06))
    rows.push({ occasion: "HARDSHIP", paidBy: "DONOR", gifts: 0, recipients: 1, amount: dice.between(2, 20) * 1_000_000 });
  return rows.filter(({ recipients }) => recipients !== 0);
}

/** The mid-autumn festival, about. */
function childrensDay(year: SchoolYear): Day {
  return `${year.startsOn.slice(0, 4)}-09-15`;
}
