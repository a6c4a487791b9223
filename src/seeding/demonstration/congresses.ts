import { type Day, addDays } from "../../domain/ground/day.js";
import { type RecordDraft } from "../seed.js";
import { type Dice, diceFor } from "./dice.js";
import { keepsEveryRule, type Union } from "./unions.js";

export const TERM = "2023-2028";
/** Nothing of the demonstration lies later. */
const LAST_DAY: Day = "2025-05-31";
/** The round of grassroots congresses in Cao Bằng ends before 31 May 2023. */
const ROUND: { first: Day; days: number } = { first: "2022-11-20", days: 185 };
/** Likelihood that a congress is late or not reported, where the documents do not say that all were held. */
const LATE = 0.03;
const UNREPORTED = 0.02;
/** Federations whose unions all held their congress in the round. */
const ALL_HELD = ["CB-GD", "CB-TP", "HN-BTL"];

/** A union's congress of the term 2023-2028; none where nothing was reported. */
export function congressOf(union: Union): RecordDraft | null {
  const dice = diceFor(`${union.code} congress`);
  const day = dayOf(union, dice);
  if (!day || day.heldOn > LAST_DAY) return null;
  const { members, women } = union;
  const committeeSize = members < 50 ? 3 : members < 150 ? 5 : 7;
  const share = members > 0 ? women / members : 1;
  const content = {
    term: TERM,
    ...day,
    members,
    convened: members,
    present: Math.max(Math.ceil(members * 0.8), members - dice.between(0, 4)),
    committeeSize,
    committeeWomen: Math.min(committeeSize, Math.round(committeeSize * share)),
  };
  return { kind: "congress", unit: union.code, schoolYear: null, content };
}

function dayOf(union: Union, dice: Dice): { heldOn: Day; termEnd?: Day } | null {
  if (union.isOccupational) return { heldOn: union.openedOn };
  if (union.openedOn > ROUND.first) return { heldOn: addDays(union.openedOn, dice.between(70, 200)), termEnd: "2028-05-31" };
  const inRound = addDays(ROUND.first, dice.between(0, ROUND.days));
  if (ALL_HELD.includes(union.federation)) return { heldOn: inRound };
  if (dice.chance(UNREPORTED)) return null;
  return { heldOn: dice.chance(LATE) ? addDays("2023-06-02", dice.between(0, 80)) : inRound };
}

/** The congresses of the federations: districts first, the sector union before 31 July 2023, then the provinces and the confederation. */
export function federationCongresses(units: readonly { code: string; kind: string }[]): RecordDraft[] {
  const windows: Record<string, { first: Day; days: number; size: [number, number] }> = {
    SECTOR_UNION: { first: "2023-07-12", days: 16, size: [15, 19] },
    DISTRICT: { first: "2023-06-05", days: 50, size: [15, 21] },
    CITY: { first: "2023-06-05", days: 50, size: [15, 21] },
    PROVINCE: { first: "2023-09-12", days: 40, size: [31, 45] },
    CONFEDERATION: { first: "2023-12-01", days: 2, size: [155, 168] },
  };
  return units.flatMap(({ code, kind }) => {
    const window = windows[kind];
    if (!window) return [];
    const dice = diceFor(`${code} congress`);
    const convened = kind === "CONFEDERATION" ? 1_100 : kind === "PROVINCE" ? dice.between(240, 300) : dice.between(110, 150);
    const committeeSize = dice.between(...window.size);
    const content = {
      term: TERM,
      heldOn: addDays(window.first, dice.between(0, window.days)),
      convened,
      present: convened - dice.between(0, 6),
      committeeSize,
      committeeWomen: Math.round(committeeSize * (dice.between(30, 48) / 100)),
    };
    return [{ kind: "congress", unit: code, schoolYear: null, content }];
  });
}

const KINDS = ["EXECUTIVE_COMMITTEE", "INSPECTION_COMMITTEE", "COORDINATION_WITH_MANAGEMENT", "INTERNAL_SPENDING"] as const;

/** The regulations of a union for the term, adopted some weeks after its congress: the full set, one short of it, or none reported. */
export function regulationsOf(union: Union, heldOn: Day): RecordDraft[] {
  const dice = diceFor(`${union.code} regulations`);
  const rolled = keepsEveryRule(union) ? 0 : dice.next();
  if (rolled > 0.97) return [];
  const missing = rolled > 0.92 ? dice.pick(["INSPECTION_COMMITTEE", "COORDINATION_WITH_MANAGEMENT"]) : null;
  const adoptedOn = addDays(heldOn, dice.between(15, 60));
  if (adoptedOn > LAST_DAY) return [];
  const regulations = KINDS.filter((kind) => kind !== missing).map((kind) => ({ kind, adoptedOn }));
  return [{ kind: "unionRegulationSet", unit: union.code, schoolYear: null, content: { term: TERM, regulations } }];
}
