import { type Dossier } from "../../counting/dossier.js";
import { type Measure, side, measuresOfEach } from "../../counting/measure.js";
import { type TallyWriter } from "../../counting/tally.js";
import { type ActivityReport } from "./activity-report-fields.js";
import { membershipReportOf, membership } from "./membership-report.js";
import { countSamePeople } from "../people-counted.js";
import { type Ratio } from "../../counting/sum.js";

/** Counts of the activity report that are set against the people of the membership report: both sides must be of the same units. */
const RATIOS = {
  welfareGifts: "members",
  welfareRecipients: "members",
  welfareAmount: "members",
  communicationTurns: "members",
  initiativesRegistered: "workers",
  initiativesRecognised: "workers",
} as const;
export type RatioKey = keyof typeof RATIOS;
const CLOSING = { members: "membersClosing", workers: "workersClosing" } as const;
const KEYS = Object.keys(RATIOS) as RatioKey[];

const WORDS = {
  members: { en: "100 union members", vi: "100 đoàn viên" },
  workers: { en: "100 workers", vi: "100 lao động" },
} as const;

/** The count of units that reported both sides, the people of the same units, and the count of federations and unions without people of their own. */
const paired = measuresOfEach(KEYS, (key) => `${key}Paired`, side());
const base = measuresOfEach(KEYS, (key) => `${key}PairedBase`, side());
const apart = measuresOfEach(KEYS, (key) => `${key}Apart`, side());

/** What a count is set against, as its indicator declares it. */
export function ratioOf(key: RatioKey): Ratio {
  const people = RATIOS[key];
  return {
    words: WORDS[people],
    numerator: { plus: [paired[key]] },
    base: { plus: [base[key]] },
    apart: { plus: [apart[key]] },
    whole: { plus: [membership[people]] },
  };
}

export const ratioMeasures: readonly Measure[] = KEYS.flatMap((key) => [paired[key], base[key], apart[key]]);

/**
 * Adds a unit's counts to the ratios: with its own people where it reported them, both of its schools or neither; those of a federation or union
 * that reported no such people apart, to be set against what its branch reported. A school that reported no people is in no ratio, nor is a
 * report that leaves the count open (`null`).
 */
export function tallyRatios(
  dossier: Dossier,
  report: ActivityReport,
  counts: Readonly<Record<RatioKey, number | null>>,
  write: TallyWriter,
): void {
  const reported = membershipReportOf(dossier);
  const people = reported && countSamePeople(reported, report) ? reported : null;
  for (const key of KEYS) {
    const count = counts[key];
    if (count === null) continue;
    if (people !== null) {
      write.add(paired[key], count);
      write.add(base[key], people[CLOSING[RATIOS[key]]]);
    } else if (dossier.level !== "SCHOOL") write.add(apart[key], count);
  }
}
