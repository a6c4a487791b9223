import { type Words } from "../../domain/ground/words.js";
import { type Fingerprint, isSameFingerprint, readFingerprint, writtenFingerprint } from "../../domain/reporting/fingerprint.js";
import { type Problem, problem } from "../../domain/ground/problem.js";
import { directive } from "../../domain/records/kinds/directive.js";
import { kindOf } from "../../domain/records/catalogue.js";
import { type ReportingPeriod } from "../../domain/reporting/reporting-period.js";
import { type Level, isFederation } from "../../domain/tree/unit.js";
import { digestOfLines } from "../../ledger/fingerprint.js";
import { dossierKey } from "../../ledger/posting.js";
import { mapInStretches, sortInStretches } from "../../stretches.js";
import type { ChangedRecord, PrintRow } from "../../storage/stores/fingerprint.reader.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Change } from "../../work/change.js";
import { References } from "../../work/references.js";

/** A unit whose figures are meant, alone or (`level`) with its branch, in a period of a school year. */
export interface Decided {
  unitId: string;
  level: Level | null;
  schoolYear: string;
  period: ReportingPeriod;
}

/** What a unit's report of a period declares. */
export function reportFingerprint({ prints, changedAt }: PrintRow, period: ReportingPeriod): Fingerprint {
  return { digest: prints[period], changedAt };
}

/**
 * What a federation's branch comes to in a period: the dossiers of all that stood below it in the year, and the directives by which they
 * are judged.
 */
export async function branchFingerprint(
  stores: Stores,
  { unitId, level, schoolYear, period }: Decided & { level: Level },
): Promise<Fingerprint> {
  const rows = await stores.fingerprints.ofBranch(unitId, level, schoolYear);
  const sorted = await sortInStretches(rows, (a, b) => (a.unitId < b.unitId ? -1 : 1), stores.pause);
  const lines = await mapInStretches(sorted, (row) => `${row.unitId} ${row.prints[period]}`, stores.pause);
  const [own] = await stores.dossiers.lines([unitId], [schoolYear]);
  const above = Object.values(own?.line ?? {}).filter((id: string | null): id is string => id !== null);
  const federations = rows.filter((row) => isFederation(row.level)).map((row) => row.unitId);
  const directives = (await stores.records.reportedBy([...new Set([...above, ...federations])], directive.key)).filter(({ content }) =>
    kindOf(directive.key).setsFor(content).includes(schoolYear),
  );
  const directed = directives.map(({ recordId, version }) => `${recordId} ${version}`).sort();
  const last = [...rows.map(({ changedAt }) => changedAt ?? ""), ...directives.map(({ recordedAt }) => recordedAt.toISOString())].reduce(
    (a, b) => (a > b ? a : b),
    "",
  );
  return { digest: digestOfLines([...lines, ...directed]), changedAt: last || null };
}

/** The fingerprints of what may be decided, as they are written; `null` where it does not count in that year. */
export async function fingerprints(stores: Stores, all: readonly Decided[]): Promise<(string | null)[]> {
  const alone = all.filter(({ level }) => level === null);
  const rows = await stores.fingerprints.ofUnits(
    alone.map(({ unitId }) => unitId),
    [...new Set(alone.map(({ schoolYear }) => schoolYear))],
  );
  const prints = new Map(rows.map((row) => [dossierKey(row), row]));
  const found: (string | null)[] = [];
  for (const of of all) {
    const { level } = of;
    const print = level === null ? prints.get(dossierKey(of)) : undefined;
    const now = level !== null ? await branchFingerprint(stores, { ...of, level }) : print ? reportFingerprint(print, of.period) : null;
    found.push(now && writtenFingerprint(now));
  }
  return found;
}

/** Why a fingerprint that was given is none, or is missing where a decision needs one. */
export function unreadable(given: string | null, isRequired: boolean): Problem[] {
  if (given === null)
    return isRequired
      ? [
          problem("REQUIRED", "fingerprint", {
            en: "Give the fingerprint of the figures that you have read (Unit.report: fingerprint of a report, branchFingerprint of a branch); so nobody decides on others.",
            vi: "Ghi dấu vân số liệu (fingerprint) của số liệu đã xem (Unit.report: fingerprint của báo cáo, branchFingerprint của cả phạm vi quản lý), để không ai quyết định trên số liệu khác.",
          }),
        ]
      : [];
  return readFingerprint(given)
    ? []
    : [
        problem("INVALID", "fingerprint", {
          en: "This is no fingerprint of figures; copy it as it was read with them.",
          vi: "Đây không phải là dấu vân số liệu; hãy sao chép đúng như khi xem số liệu.",
        }),
      ];
}

/** A problem where what was decided before was decided on other figures than those read now; what 0.4.0 decided has none. */
export function decidedOnOthers(given: string | null, before: unknown): Problem[] {
  if (given === null || typeof before !== "string" || isSameFingerprint(readFingerprint(given), readFingerprint(before))) return [];
  return [
    conflict({
      en: `It has been decided already, and on other figures (${before}) than those that you read (${given}). Read it again.`,
      vi: `Đã quyết định rồi, trên số liệu khác (${before}) với số liệu đã xem (${given}). Hãy xem lại.`,
    }),
  ];
}

/** A problem where the figures are not those that somebody has read, with what has changed since. */
export async function changedSince(
  stores: Stores,
  change: Change,
  given: string | null,
  now: Fingerprint | null,
  of: Decided,
): Promise<Problem[]> {
  const read = given === null ? null : readFingerprint(given);
  if (!read || !now || isSameFingerprint(read, now)) return [];
  const { unitId, level, schoolYear } = of;
  const changed = await stores.fingerprints.changedAfter(read.changedAt ?? "", unitId, level, schoolYear);
  const what = level === null ? listedRecords(changed) : await listedUnits(stores, change, changed);
  return [
    conflict({
      en: `The figures are not those that you read (${given}, now ${writtenFingerprint(now)}): since then ${what.en}. Read them again, then decide with their fingerprint.`,
      vi: `Số liệu không còn như khi xem (${given}, nay là ${writtenFingerprint(now)}): từ đó đến nay ${what.vi}. Hãy xem lại số liệu, rồi quyết định với dấu vân mới.`,
    }),
  ];
}

function conflict(message: Words): Problem {
  return { ...problem("VERSION_CONFLICT", "fingerprint", message), differing: ["fingerprint"] };
}

/** How many are named; how many more there are it says. */
const MOST_NAMED = 5;
const OTHERWISE: Words = {
  en: "no record of the year has changed, but the tree, a profile, a directive or a record of many years",
  vi: "không hồ sơ nào của năm học thay đổi, nhưng hệ thống tổ chức, thông tin đơn vị, văn bản chỉ đạo hoặc hồ sơ nhiều năm đã thay đổi",
};

function listedRecords(changed: readonly ChangedRecord[]): Words {
  if (changed.length === 0) return OTHERWISE;
  const told = changed.map(({ kind, version, state }): Words => {
    const name = kindOf(kind).name.vi;
    if (state === "WITHDRAWN") return { en: `${kind} was withdrawn`, vi: `${name} đã được rút` };
    if (version === 1) return { en: `${kind} has come`, vi: `có thêm ${name}` };
    return { en: `${kind} was corrected (version ${version})`, vi: `${name} đã được sửa (phiên bản ${version})` };
  });
  return named(told, changed.length);
}

async function listedUnits(stores: Stores, change: Change, changed: readonly ChangedRecord[]): Promise<Words> {
  const ids = [...new Set(changed.map(({ unitId }) => unitId))];
  if (ids.length === 0) return OTHERWISE;
  const references = await References.find(stores, change, ids.slice(0, MOST_NAMED));
  const seen = ids.slice(0, MOST_NAMED).filter((id) => references.id(id) !== null);
  const codes = [...(await stores.units.histories(seen)).values()].map(({ unit: { code } }) => ({ en: code, vi: code }));
  const { en, vi } = named(codes, ids.length);
  const listed = (list: string) => (codes.length > 0 ? ` (${list})` : "");
  return {
    en: `${ids.length === 1 ? "records of 1 unit have changed" : `records of ${ids.length} units have changed`}${listed(en)}`,
    vi: `hồ sơ của ${ids.length} đơn vị đã thay đổi${listed(vi)}`,
  };
}

function named(told: readonly Words[], count: number): Words {
  const first = told.slice(0, MOST_NAMED);
  const more = count - first.length;
  return {
    en: `${first.map(({ en }) => en).join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
    vi: `${first.map(({ vi }) => vi).join(", ")}${more > 0 ? ` và ${more} trường hợp khác` : ""}`,
  };
}
