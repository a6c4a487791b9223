import { type Day } from "../../src/domain/ground/day.js";
import type { UnitDraft } from "../../src/intake/units/register.js";
import { type Desk, draft, schoolYear } from "../desk.js";

/** What is known of a history so far: which units, years and records there are, and what day it is. */
export interface Known {
  today: Day;
  units: Pick<UnitDraft, "code" | "kind" | "ownership">[];
  closed: string[];
  /** Codes of units that the step has just made void. */
  gone: string[];
  years: string[];
  records: { id: string; kind: string }[];
  /** Newest version of each record, by what makes it the same when sent again. */
  versions: Map<string, number>;
  registered: number;
}

/** A small forest to begin with: two provinces, one of them without a parent, and levels skipped here and there. */
export async function plant(desk: Desk): Promise<Known> {
  const drafts = [
    draft.confederation("VN"),
    draft.province("CB", "VN"),
    draft.province("HN"),
    draft.district("CB-TP", "CB", { kind: "CITY" }),
    draft.district("CB-GD", "CB", { kind: "SECTOR_UNION" }),
    draft.district("HN-TT", "HN"),
    draft.district("HN-P", "HN", { kind: "COMMUNE_UNION", openedOn: "2025-07-01" }),
    draft.union("CB-TP-U", "CB-TP"),
    draft.union("CB-U", "CB"),
    draft.union("HN-TT-U", "HN-TT"),
    draft.union("HN-TT-N", "HN-TT", { kind: "OCCUPATIONAL" }),
    draft.school("S1", "CB-TP-U"),
    draft.school("S2", "CB-TP-U", { schoolLevel: "PRESCHOOL", ownership: "PRIVATE" }),
    draft.school("S3", "CB-GD", { schoolLevel: "UPPER_SECONDARY", autonomyGroup: "GROUP_3" }),
    draft.school("S4", "CB-U", { schoolLevel: "PRESCHOOL", ownership: "COMMUNITY" }),
    draft.school("S5", "HN-TT-U"),
    draft.school("S6", "HN-TT-U", { schoolLevel: "PRESCHOOL", ownership: "PRIVATE" }),
    draft.school("S7", "HN", { openedOn: "2024-01-15" }),
    draft.school("S8", "VN", { schoolLevel: "UPPER_SECONDARY", ownership: "PRIVATE" }),
  ];
  await desk.register(...drafts);
  await desk.openYear(schoolYear(2024));
  return { today: desk.today, units: drafts, closed: [], gone: [], years: ["2024-2025"], records: [], versions: new Map(), registered: 0 };
}

/** Something of either province went to the other, and HN has closed the year before: what the rules of the past and of the locks are about. */
export async function plantPast(desk: Desk, known: Known): Promise<void> {
  const drafts = [
    draft.union("CAME-U", "HN-TT"),
    draft.school("CAME", "CAME-U", { ownership: "PRIVATE" }),
    draft.school("LEFT", "CB-TP-U", { ownership: "PRIVATE" }),
  ];
  const done = [
    ...(await desk.register(...drafts)),
    await desk.openYear(schoolYear(2023)),
    await desk.move("CAME-U", "CB-TP", "2024-07-01"),
    await desk.move("LEFT", "HN-TT-U", "2024-07-01"),
    await desk.closePeriod("HN", { schoolYear: "2023-2024" }),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  known.units.push(...drafts);
  known.years.unshift("2023-2024");
}
