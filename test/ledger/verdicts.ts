import { kindOf } from "../../src/domain/records/catalogue.js";
import { type StoredRecord } from "../../src/domain/records/record.js";
import { reportedIn } from "../../src/domain/reporting/reporting-period.js";
import { inUnitOfWork } from "../../src/work/unit-of-work.js";
import { repost } from "../../src/ledger/posting.js";
import type { Stores } from "../../src/storage/stores/stores.js";
import { administrator, Desk } from "../desk.js";
import { type Known } from "./forest.js";
import { type Answer, type Step, take } from "./histories.js";
import { isLocked as isLockedRecord } from "./locks.js";
import { isOfOthers } from "./past-of-others.js";
import { type Changed, changedFigures, changedProfiles, type Figures, figuresNow, FREE, lockOn, YEARLY } from "./untouched.js";
import type { Line } from "../../src/domain/tree/line.js";

/** How often a refusal, or a step of a steward, was found to be right: by what. */
export const judged = new Map<string, number>();
const count = (what: string) => judged.set(what, (judged.get(what) ?? 0) + 1);

/** What a step came to. */
interface Done {
  before: Figures;
  after: Figures;
  /** The versions of records that it stored, and those before them. `isNow`: it stands now. */
  records: readonly (Pick<StoredRecord, "recordId" | "version" | "kind" | "unitId" | "schoolYear" | "content"> & { isNow: boolean })[];
}

/** A steward changed nothing of a time that others keep, by the rule as `past-of-others.ts` states it. */
export async function expectOwnPast(desk: Desk, { verb }: Step, done: Omit<Done, "records">, answers: readonly Answer[]): Promise<void> {
  const top = desk.by.unitId;
  if (top === null || FREE.includes(verb)) return;
  const all = { ...done, records: await desk.database.read((stores) => versionsOf(stores, answers)) };
  const others = ofOthers(top, changedBy(all, new Set()), all, desk);
  expect({ verb, others }).toEqual({ verb, others: [] });
  count("own");
  const marks = [...done.after.late].filter((mark) => !done.before.late.has(mark)).map((mark) => mark.replace(/^\S+ /, ""));
  const left = marks.flatMap((key) => (done.after.dossiers.has(key) ? [{ key, lines: [done.after.dossiers.get(key)!.line] }] : []));
  if (ofOthers(top, left, all, desk).length > 0) count("late");
}

/**
 * A step that was refused for somebody's past, or for a lock, would have changed such a thing: an administrator takes it where nothing is locked,
 * and all of it is undone. `before`: with the places at which no record may change. Where that comes to nothing, because more is wrong with it, there is nothing to compare.
 */
export async function expectRightlyRefused(
  desk: Desk,
  step: Step,
  known: Known,
  before: Figures & { places: ReadonlySet<string> },
  answers: readonly Answer[],
): Promise<void> {
  const [answer] = answers;
  const problems = answer?.problems ?? [];
  if (FREE.includes(step.verb) || YEARLY.includes(step.verb) || answers.length !== 1 || answer?.outcome !== "REJECTED") return;
  // Of the top of a branch, and of a parent outside it, the place today is told, not the past.
  const isForbidden = problems.some(({ code, field }) => code === "FORBIDDEN" && field !== "unit" && field !== "parent");
  const isLocked = problems.some(({ code }) => code === "PERIOD_LOCKED");
  if (!isForbidden && !isLocked) return;
  const replay = new Replay(desk);
  const [again] = await take(step, replay, known, desk);
  if (!replay.done || again?.outcome === "REJECTED") return;
  const changed = changedBy(replay.done, before.places);
  const isLockedIn = (one: Changed) => lockOn(one, before) !== null || before.places.has(`${one.key} FIRST_HALF`);
  const touched = changed.filter((one) => !isLeftOut(step.verb, replay.done!, lockOn(one, before)));
  // A record of a unit that does not count stands in a closed year, too.
  const stood = replay.done.records.filter((record) => isLockedRecord(record, before.places, replay.done!.after.years));
  const found = isForbidden ? ofOthers(desk.by.unitId!, touched, replay.done, desk) : [...changed.filter(isLockedIn), ...stood];
  if (found.length === 0) throw new Error(`${step.verb} was refused without grounds: ${JSON.stringify({ problems, changed })}`);
  count(isForbidden ? "FORBIDDEN" : "PERIOD_LOCKED");
}

/** What spans years and is new does not count in one that is locked: it touches nothing there. A directive judges accepted reports anew. */
function isLeftOut(verb: Step["verb"], { records }: Done, lock: ReturnType<typeof lockOn>): boolean {
  if (verb === "register") return lock === "CLOSED";
  const isNew = records.length > 0 && records.every(({ version, schoolYear }) => version === 1 && schoolYear === null);
  return isNew && (verb === "direct" ? lock === "CLOSED" : lock !== null);
}

/**
 * The units and school years that a step touched, and those in whose reports the records stand that it stored: in none where they do not
 * count. What spans years is held by its figures alone, but for a first half that is closed while its year is not.
 */
function changedBy({ before, after, records }: Done, places: ReadonlySet<string>): Changed[] {
  const reported = records.flatMap(({ recordId, kind, unitId, schoolYear, content, isNow }): Changed[] => {
    const { belongsToReport, day } = kindOf(kind);
    const within = belongsToReport ? reportedIn(schoolYear, day(content), after.years) : null;
    const key = `${unitId} ${within?.schoolYear}`;
    const inClosedHalf = within?.periods.includes("FIRST_HALF") && places.has(`${key} FIRST_HALF`) && !places.has(`${key} WHOLE_YEAR`);
    if (schoolYear === null && !inClosedHalf) return [];
    const line = within && after.dossiers.get(key)?.counted && after.dossiers.get(key)?.line;
    return line && !(isNow ? after : before).late.has(`${recordId} ${key}`) ? [{ key, lines: [line] }] : [];
  });
  return [...changedFigures(before, after), ...changedProfiles(before, after), ...reported];
}

function ofOthers(top: string, changed: readonly Changed[], { before, after }: Omit<Done, "records">, { today }: Desk): Changed[] {
  // What was made void stood somewhere before.
  const units = new Map([...before.units, ...after.units]);
  return changed.filter(({ key, lines }) => {
    const [unitId = ""] = key.split(" ");
    return lines.some((line) => isOfOthers(top, upwardsIn(line, unitId), { ...after, units, today }));
  });
}

const upwardsIn = ({ GRASSROOTS, DISTRICT, PROVINCE, CONFEDERATION }: Line, unitId: string) => [
  ...new Set([unitId, GRASSROOTS, DISTRICT, PROVINCE, CONFEDERATION].flatMap((id) => id ?? [])),
];

async function versionsOf(stores: Stores, answers: readonly Answer[]): Promise<Done["records"]> {
  const spans = answers.flatMap(({ outcome, record }) =>
    outcome === "STORED" && record ? [{ recordId: record.recordId, from: record.version - 1, to: record.version }] : [],
  );
  const stored = await stores.records.byIds(spans.map(({ recordId }) => recordId));
  return (await stores.records.versions(spans)).flatMap(({ recordId, version, content }) => {
    const record = stored.get(recordId);
    return record ? [{ ...record, version, content, isNow: version === record.version && record.state === "STANDING" }] : [];
  });
}

/** A desk of an administrator at which no year is closed and no report accepted, and nothing is kept. */
class Replay extends Desk {
  done: Done | null = null;

  constructor(desk: Desk) {
    super(desk.database, administrator, desk.today, desk.provenance, true);
  }

  protected override work<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    return inUnitOfWork(this.database, true, async (stores) => {
      await liftLocks(stores);
      const before = await figuresNow(stores);
      const result = await work(stores);
      const answers = [result].flat() as unknown as Answer[];
      this.done = { before, after: await figuresNow(stores), records: await versionsOf(stores, answers) };
      return result;
    });
  }
}

async function liftLocks(stores: Stores): Promise<void> {
  const years = await stores.schoolYears.all();
  const ids = await stores.units.allIds();
  const all = await stores.reports.of(
    ids,
    years.map(({ label }) => label),
  );
  const open = all.flatMap((record): StoredRecord[] => {
    const next = { ...record, version: record.version + 1 };
    if (record.kind === "periodClosing") return [{ ...next, state: "WITHDRAWN" }];
    return record.content.reportState === "ACCEPTED" ? [{ ...next, content: { ...record.content, reportState: "SUBMITTED" } }] : [];
  });
  await stores.records.save(open.map((record) => ({ record, isNew: false, subjects: [record.unitId] })));
  const reported = open.flatMap(({ kind, unitId }) => (kind === "unitReport" ? [unitId] : []));
  if (reported.length > 0) await repost(stores, reported, years, true, years);
}
