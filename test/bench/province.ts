import { type RecordDraft } from "../../src/intake/records/reading.js";
import { type UnitDraft } from "../../src/intake/units/register.js";
import { type SchoolYear } from "../../src/domain/tree/school-year.js";
import { type Ownership, type SchoolLevel } from "../../src/domain/tree/unit.js";
import { type Dice, diceFor } from "../../src/seeding/demonstration/dice.js";

/** The size of the province that is measured: the same schools and records at every run. */
export const SCHOOLS = 2_000;
const DISTRICTS = 14;
/** One school in so many shares the union of the school before it. */
const SHARES_UNION = 33;

export const CONFEDERATION = "BENCH";
export const PROVINCE = "BENCH-P";

/** The day on which everybody works: the last school year is running, the three before are over. */
export const NOW = new Date("2026-01-15T03:00:00Z");

const year = (from: number): SchoolYear => ({
  label: `${from}-${from + 1}`,
  startsOn: `${from}-09-05`,
  endsOn: `${from + 1}-05-31`,
  referenceDate: `${from + 1}-05-31`,
  countsFrom: `${from}-06-01`,
});
/** School years with records, and the running one, which batches fill. */
export const REPORTED_YEARS = [2022, 2023, 2024].map(year);
export const RUNNING_YEAR = year(2025);

/** How common the school levels are, and how many of 100 of each are not public. */
const LEVELS: readonly { level: SchoolLevel; share: number; nonPublic: number }[] = [
  { level: "PRESCHOOL", share: 35, nonPublic: 28 },
  { level: "PRIMARY", share: 30, nonPublic: 2 },
  { level: "LOWER_SECONDARY", share: 22, nonPublic: 2 },
  { level: "UPPER_SECONDARY", share: 6, nonPublic: 15 },
  { level: "MULTI_LEVEL", share: 3, nonPublic: 40 },
  { level: "INDEPENDENT_NURSERY_GROUP", share: 2, nonPublic: 100 },
  { level: "CONTINUING_EDUCATION", share: 2, nonPublic: 0 },
];

export interface BenchSchool {
  code: string;
  level: SchoolLevel;
  ownership: Ownership;
  district: string;
  /** A nursery group has none and hangs under its district. */
  union: string | null;
  workers: number;
}

export const districtsOf = (province: string) =>
  Array.from({ length: DISTRICTS }, (_, index) => `${province}-${String(index + 1).padStart(2, "0")}`);
export const districtCodes = districtsOf(PROVINCE);

export const schools: readonly BenchSchool[] = makeSchools(PROVINCE, SCHOOLS);

export function makeSchools(province: string, count: number): BenchSchool[] {
  const made: BenchSchool[] = [];
  const districts = districtsOf(province);
  for (let index = 0; index < count; index++) {
    const code = `${province}-S${String(index + 1).padStart(4, "0")}`;
    const dice = diceFor(`${code} bench`);
    const { level, nonPublic } = levelFor(dice.next() * 100);
    const ownership = dice.chance(nonPublic / 100) ? dice.pick<Ownership>(["PRIVATE", "PRIVATE", "PRIVATE", "COMMUNITY"]) : "PUBLIC";
    const before = made[index - 1];
    const shared = index % SHARES_UNION === SHARES_UNION - 1 && before?.union ? before : null;
    // Squared, so that some districts are several times as large as others.
    const district = shared?.district ?? districts[Math.floor(dice.next() ** 1.5 * DISTRICTS)]!;
    const union = level === "INDEPENDENT_NURSERY_GROUP" ? null : (shared?.union ?? `${code}-U`);
    made.push({ code, level, ownership, district, union, workers: dice.between(14, 90) });
  }
  return made;
}

function levelFor(position: number): { level: SchoolLevel; nonPublic: number } {
  let passed = 0;
  for (const candidate of LEVELS) {
    passed += candidate.share;
    if (position < passed) return candidate;
  }
  return { level: "PRIMARY", nonPublic: 0 };
}

/** All units, parents before children. */
export function unitDrafts(): UnitDraft[] {
  const common = { openedOn: "2010-01-01", schoolLevel: null, ownership: null, autonomyGroup: null };
  const unions = new Map(schools.flatMap(({ union, district }) => (union ? [[union, district] as const] : [])));
  return [
    { ...common, code: CONFEDERATION, kind: "CONFEDERATION", name: "Tổng Liên đoàn", parent: null },
    { ...common, code: PROVINCE, kind: "PROVINCE", name: "Liên đoàn Lao động tỉnh", parent: CONFEDERATION },
    ...districtCodes.map((code) => ({
      ...common,
      code,
      kind: "DISTRICT" as const,
      name: `Liên đoàn Lao động huyện ${code.slice(-2)}`,
      parent: PROVINCE,
    })),
    ...[...unions].map(([code, parent]) => ({ ...common, code, kind: "GRASSROOTS" as const, name: `Công đoàn cơ sở ${code}`, parent })),
    ...schools.map(({ code, level, ownership, district, union }) => ({
      ...common,
      code,
      kind: "SCHOOL" as const,
      name: `Trường ${code}`,
      parent: union ?? district,
      schoolLevel: level,
      ownership,
    })),
  ];
}

const draft = (kind: string, unit: string, schoolYear: string | null, content: Record<string, unknown>): RecordDraft => ({
  kind,
  unit,
  schoolYear,
  content,
  expectedVersion: null,
  reason: null,
});

/** Deadlines and targets of the province for every school year, and of one district that has its own. */
export function directiveDrafts(): RecordDraft[] {
  const settings = (target: number) =>
    [...REPORTED_YEARS, RUNNING_YEAR].flatMap(({ label }) => [
      { indicator: "staffConferenceCompletion", schoolYear: label, deadline: `${label.slice(0, 4)}-11-15`, target },
      { indicator: "labourConferenceCompletion", schoolYear: label, deadline: `${label.slice(5)}-03-31`, target: target - 0.1 },
      { indicator: "unionisationRate", schoolYear: label, deadline: null, target: 0.9 },
    ]);
  const issued = { issuedOn: "2022-08-15" };
  return [
    draft("directive", PROVINCE, null, { ...issued, number: "01/HD-LĐLĐ", settings: settings(0.95) }),
    draft("directive", districtCodes[0]!, null, { ...issued, number: "02/HD-LĐLĐ", settings: settings(1).slice(0, 1) }),
  ];
}

/** The agreements of non-public schools: one each, in force on the reference dates of the reported years. */
export function agreementDrafts(): RecordDraft[] {
  return schools.flatMap(({ code, ownership, union, workers }) => {
    const dice = diceFor(`${code} bench agreement`);
    if (ownership === "PUBLIC" || !union || !dice.chance(0.8)) return [];
    const signedOn = `2022-1${dice.between(0, 2)}-1${dice.between(0, 9)}`;
    const expiresOn = `2025-${signedOn.slice(5, 8)}01`;
    const ballot = { ballotTotal: workers, ballotFor: workers - dice.between(0, 5) };
    return [draft("collectiveAgreement", code, null, { reference: "01/2022/TƯLĐTT", signedOn, expiresOn, filedOn: signedOn, ...ballot })];
  });
}

/** The conferences of a school year. Of those who report, few say that none was held. */
export function conferenceDrafts({ label }: SchoolYear, of = schools): RecordDraft[] {
  return of.flatMap((school) => {
    const dice = diceFor(`${school.code} bench conference ${label}`);
    if (!dice.chance(0.93)) return [];
    const { workers } = school;
    if (dice.chance(0.03)) return [draft("conference", school.code, label, { notHeldBecause: "POSTPONED", workers })];
    return [draft("conference", school.code, label, heldConference(school, label, dice))];
  });
}

function heldConference({ ownership, workers }: BenchSchool, label: string, dice: Dice): Record<string, unknown> {
  const present = workers - dice.between(0, 4);
  const committee = ownership === "PUBLIC" && dice.chance(0.5) ? { inspectionCommitteeElected: true, inspectionCommitteeSize: 3 } : {};
  const heldOn = `${label.slice(0, 4)}-${dice.pick(["09", "10", "11", "12"])}-${dice.between(10, 28)}`;
  return { heldOn, workers, convened: workers, present, votesFor: present - 1, pactSigned: dice.chance(0.95), ...committee };
}

/** The membership reports of a school year; most balance. */
export function membershipDrafts({ label }: SchoolYear, of = schools): RecordDraft[] {
  return of.flatMap(({ code, union, workers }) => {
    const dice = diceFor(`${code} bench membership ${label}`);
    if (!dice.chance(0.96)) return [];
    const members = union ? workers - dice.between(0, 6) : 0;
    const [admitted, left, retired] = union ? [dice.between(0, 3), dice.between(0, 2), dice.between(0, 1)] : [0, 0, 0];
    const women = (people: number) => Math.round(people * 0.7);
    const closing = { workers: workers + 4, members: members + admitted - left - retired };
    const opening = {
      workersOpening: workers,
      womenWorkersOpening: women(workers),
      membersOpening: members,
      womenMembersOpening: women(members),
    };
    const atEnd = {
      workersClosing: closing.workers,
      womenWorkersClosing: women(closing.workers),
      membersClosing: closing.members,
      womenMembersClosing: women(closing.members),
    };
    return [draft("membershipReport", code, label, { ...opening, ...atEnd, admitted, left, retired })];
  });
}

/** Of the running school year: half of the conferences, which are loaded, and what the batches bring. */
export function runningDrafts(): { loaded: RecordDraft[]; coming: RecordDraft[] } {
  const conferences = conferenceDrafts(RUNNING_YEAR);
  const half = Math.floor(conferences.length / 2);
  return { loaded: conferences.slice(0, half), coming: [...conferences.slice(half), ...membershipDrafts(RUNNING_YEAR)] };
}
