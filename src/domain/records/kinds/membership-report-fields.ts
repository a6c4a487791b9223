import { asOfDay } from "../as-of.js";
import { type Content, count, required } from "../field.js";
import { peopleCountedFields } from "../people-counted.js";
import { inclusion, OF_MEMBERS } from "../predecessors.js";

/** What happens in the summer after a reference date is the new year's: its opening figures are what the last one closed with. */
const AT_THE_START = "on the day after the last reference date, the first that counts in the school year (schoolYear.countsFrom)";

/** What the membership report holds. */
export const membershipFields = {
  asOf: asOfDay("The day of the closing figures", "the reference date of the school year, of a unit that closed before it its last day"),
  ...peopleCountedFields,
  workersOpening: required(
    count({ en: "workers at the start", vi: "tổng số lao động đầu kỳ" }, `Everybody employed ${AT_THE_START} (tổng số lao động đầu kỳ).`),
  ),
  womenWorkersOpening: count(
    { en: "women workers at the start", vi: "lao động nữ đầu kỳ" },
    "Women among the workers on that day (lao động nữ đầu kỳ); null where it is not known.",
  ),
  membersOpening: required(
    count({ en: "members at the start", vi: "đoàn viên đầu kỳ" }, `Union members ${AT_THE_START} (đoàn viên đầu kỳ).`),
  ),
  womenMembersOpening: count(
    { en: "women members at the start", vi: "đoàn viên nữ đầu kỳ" },
    "Women among the members on that day (đoàn viên nữ đầu kỳ); null where it is not known.",
  ),
  workersClosing: required(
    count(
      { en: "workers at the end", vi: "tổng số lao động cuối kỳ" },
      "Everybody employed on the day of the report (tổng số lao động cuối kỳ).",
    ),
  ),
  womenWorkersClosing: count(
    { en: "women workers at the end", vi: "lao động nữ cuối kỳ" },
    "Women among the workers on that day (lao động nữ cuối kỳ); null where it is not known.",
  ),
  membersClosing: required(count({ en: "members at the end", vi: "đoàn viên cuối kỳ" }, "Union members on that day (đoàn viên cuối kỳ).")),
  womenMembersClosing: count(
    { en: "women members at the end", vi: "đoàn viên nữ cuối kỳ" },
    "Women among the members on that day (đoàn viên nữ cuối kỳ); null where it is not known.",
  ),
  admitted: count(
    { en: "newly admitted", vi: "kết nạp mới" },
    "Newly admitted since that day (kết nạp mới). null where it is not known: that is not 0.",
  ),
  rejoined: count(
    { en: "rejoined", vi: "kết nạp lại" },
    "Former members who came back (kết nạp lại). null where it is not known: that is not 0.",
  ),
  transferredIn: count(
    { en: "transferred in", vi: "chuyển đến" },
    "Members who came from another union (chuyển đến). null where it is not known: that is not 0.",
  ),
  transferredOut: count(
    { en: "transferred out", vi: "chuyển đi" },
    "Members who went to another union (chuyển đi). null where it is not known: that is not 0.",
  ),
  left: count(
    { en: "left", vi: "thôi việc, ra khỏi công đoàn" },
    "Members who left the union or their job (thôi việc, ra khỏi công đoàn). null where it is not known: that is not 0.",
  ),
  retired: count({ en: "retired", vi: "nghỉ hưu" }, "Members who retired (nghỉ hưu). null where it is not known: that is not 0."),
  structuralGain: count(
    { en: "gained by reorganisation", vi: "tăng do sắp xếp tổ chức" },
    "Members gained because units were merged or re-assigned (tăng do sắp xếp tổ chức). null where it is not known: that is not 0.",
  ),
  structuralLoss: count(
    { en: "lost by reorganisation", vi: "giảm do sắp xếp tổ chức" },
    "Members lost because units were dissolved, split or re-assigned (giảm do sắp xếp tổ chức). null where it is not known: that is not 0.",
  ),
  includesPredecessors: inclusion(OF_MEMBERS),
} as const;

export type MembershipReport = Content<typeof membershipFields>;

/** How members come and go. */
export const MOVEMENTS = [
  "admitted",
  "rejoined",
  "transferredIn",
  "transferredOut",
  "left",
  "retired",
  "structuralGain",
  "structuralLoss",
] as const;

/** Which movements an indicator is made of: a report that leaves one open has not said it. */
export const MADE_OF = {
  membersAdmitted: ["admitted", "rejoined"],
  membersLeft: ["left", "retired"],
  membersLostStructurally: ["structuralLoss"],
  memberNetChange: ["admitted", "rejoined", "transferredIn", "transferredOut", "left", "retired"],
  membershipGrowthOrganic: ["admitted", "rejoined", "left", "retired"],
} as const satisfies Record<string, readonly (typeof MOVEMENTS)[number][]>;
export const MADE_OF_MOVEMENTS = Object.keys(MADE_OF) as (keyof typeof MADE_OF)[];

/** Indicators of women, whom a report may not tell apart. */
export const WOMEN = ["womenWorkers", "womenMembers"] as const;

/** Members at the end as the opening figure and the movements make them; `null` where a movement is not known. */
export function expectedClosing(content: MembershipReport): number | null {
  if (MOVEMENTS.some((name) => content[name] === null)) return null;
  const of = (value: number | null) => value ?? 0;
  return (
    of(content.membersOpening) +
    of(content.admitted) +
    of(content.rejoined) +
    of(content.transferredIn) +
    of(content.structuralGain) -
    of(content.transferredOut) -
    of(content.left) -
    of(content.retired) -
    of(content.structuralLoss)
  );
}
