import { type Caller } from "../domain/ground/caller.js";
import { type Change, changeBy } from "../work/change.js";
import { type Decided, fingerprints } from "../intake/reports/fingerprints.js";
import { closePeriod } from "../intake/reports/period-closing.js";
import { publishVintage } from "../intake/reports/publish.js";
import { registerUnits } from "../intake/units/register.js";
import { openSchoolYear } from "../intake/school-years/school-years.js";
import { actOnReports } from "../intake/reports/reports.js";
import { submit } from "../intake/records/submit.js";
import { identityKey } from "../domain/records/record.js";
import { periodClosing } from "../domain/records/kinds/period-closing.js";
import { unitReport } from "../domain/records/kinds/unit-report.js";
import { type Problem } from "../domain/ground/problem.js";
import type { Database } from "../storage/database/database.js";
import type { Stores } from "../storage/stores/stores.js";
import { demonstrationSeed } from "./demonstration.js";
import { documentsSeed } from "./documents.js";
import { type RecordDraft, type Seed } from "./seed.js";

/** What can be loaded: the facts of the source documents, or these with a made demonstration around them. */
export type SeedName = "documents" | "demo";

/** The seeds come in by the same doors as everybody; only their provenance says where they are from. */
const seeder: Caller = { tokenId: "seeds", name: "seeds", role: "ADMINISTRATOR", unitId: null };

/** Loads a seed in one unit of work: all of it or nothing. Loading it again changes nothing. */
export async function loadSeed(database: Database, name: SeedName, now: Date): Promise<void> {
  const seeds = name === "demo" ? [documentsSeed(), demonstrationSeed()] : [documentsSeed()];
  await database.write(async (stores) => {
    for (const seed of seeds) await load(stores, seed, now);
  });
}

async function load(stores: Stores, seed: Seed, now: Date): Promise<void> {
  const change = changeBy(seeder, now, seed.provenance);
  const units = seed.units.map((unit) => ({ schoolLevel: null, ownership: null, autonomyGroup: null, ...unit }));
  refuseProblems(await registerUnits(stores, change, units), (row) => units[row]?.code);
  for (const year of seed.schoolYears) refuseProblems([await openSchoolYear(stores, change, year)], () => year.label);
  await loadRecords(stores, change, seed.records);
  await loadReports(stores, seed);
  await loadRecords(stores, change, seed.acknowledgements ?? []);
  for (const { unit, schoolYear, on, title } of seed.publications ?? []) {
    const then = changeBy(seeder, new Date(`${on}T02:00:00Z`), seed.provenance);
    const fingerprint = await seen(stores, unit, { schoolYear, period: "WHOLE_YEAR" }, true);
    refuseProblems([await publishVintage(stores, then, { unit, schoolYear, title, remark: null, fingerprint })], () => title);
  }
}

async function loadRecords(stores: Stores, change: Change, drafts: readonly RecordDraft[]): Promise<void> {
  const records = drafts.map((record) => ({ ...record, expectedVersion: null, reason: null }));
  refuseProblems(await submit(stores, change, records), (row) => `${records[row]?.kind} of ${records[row]?.unit}`);
}

/** Each step by the token of the unit that does it, on its day. Reports that were there before are left as they are. */
async function loadReports(stores: Stores, { reports = [], provenance }: Seed): Promise<void> {
  const ids = await stores.unitReader.idsByCode(reports.flatMap(({ by, units }) => [by, ...units]));
  const labels = [...new Set(reports.map(({ schoolYear }) => schoolYear))];
  const present = new Set((await stores.reports.over([...ids.values()], labels)).map(({ record }) => identityKey(record)));
  for (const { action, by, on, schoolYear, period, units, reason } of reports) {
    const change = changeBy({ ...seeder, role: "STEWARD", unitId: ids.get(by) ?? null }, new Date(`${on}T02:00:00Z`), provenance);
    const isNew = (kind: string) => (code: string) =>
      !present.has(identityKey({ unitId: ids.get(code) ?? "", kind, schoolYear, key: period }));
    const asked = async (unit: string) => {
      const fingerprint = action === "SUBMIT" ? null : await seen(stores, unit, { schoolYear, period }, action === "CLOSE");
      return { unit, schoolYear, period, expectedVersion: null, reason, fingerprint };
    };
    if (action === "CLOSE" && isNew(periodClosing.key)(by))
      refuseProblems([await closePeriod(stores, change, await asked(by))], () => `closing of ${by}`);
    const fresh = units.filter(isNew(unitReport.key));
    if (action === "CLOSE" || fresh.length === 0) continue;
    refuseProblems(await actOnReports(stores, change, action, await Promise.all(fresh.map(asked))), (row) => `report of ${fresh[row]}`);
  }
}

/** The fingerprint of a unit's report, or of its branch, as somebody reads it who then decides. */
async function seen(stores: Stores, code: string, of: Pick<Decided, "schoolYear" | "period">, isBranch: boolean): Promise<string | null> {
  const unitId = (await stores.unitReader.idsByCode([code])).get(code) ?? "";
  const level = isBranch ? ((await stores.unitReader.levels([unitId])).get(unitId) ?? null) : null;
  const [fingerprint] = await fingerprints(stores, [{ unitId, level, ...of }]);
  return fingerprint ?? null;
}

function refuseProblems(results: readonly { problems: readonly Problem[] }[], nameOf: (row: number) => string | undefined): void {
  for (const [row, { problems }] of results.entries())
    if (problems.length > 0)
      throw new Error(
        `the seed's ${nameOf(row)} was refused: ${problems.map(({ field, message }) => `${field}: ${message.en}`).join(" ")}`,
      );
}
