import { performance } from "node:perf_hooks";
import { type Caller } from "../../src/domain/ground/caller.js";
import { type Problem } from "../../src/domain/ground/problem.js";
import { changeBy } from "../../src/work/change.js";
import { registerUnits } from "../../src/intake/units/register.js";
import { openSchoolYear } from "../../src/intake/school-years/school-years.js";
import { type RecordDraft } from "../../src/intake/records/reading.js";
import { submit } from "../../src/intake/records/submit.js";
import { type Database } from "../../src/storage/database/database.js";
import {
  agreementDrafts,
  conferenceDrafts,
  directiveDrafts,
  membershipDrafts,
  NOW,
  REPORTED_YEARS,
  RUNNING_YEAR,
  runningDrafts,
  unitDrafts,
} from "./province.js";

/** Rows of one unit of work while loading. */
const BATCH = 2_500;

export interface LoadTimes {
  units: number;
  records: number;
  /** Seconds for everything, and for the parts of it. */
  total: number;
  registering: number;
  recording: number;
  /** Seconds to open one school year when all units are there. */
  openingYear: number;
}

const loader: Caller = { tokenId: "", name: "bench", role: "ADMINISTRATOR", unitId: null };

/** Loads the province by the hub's own doors: units first, then school years, then records in batches. */
export async function loadProvince(database: Database): Promise<LoadTimes> {
  const change = changeBy(loader, NOW, "DEMONSTRATION");
  const units = unitDrafts();
  const registering = await seconds(() => database.write(async (stores) => refuse(await registerUnits(stores, change, units))));
  const opening: number[] = [];
  for (const year of [...REPORTED_YEARS, RUNNING_YEAR])
    opening.push(await seconds(() => database.write(async (stores) => refuse([await openSchoolYear(stores, change, year)]))));
  const openingYears = opening.reduce((sum, each) => sum + each, 0);
  const ofYears = REPORTED_YEARS.flatMap((year) => [...conferenceDrafts(year), ...membershipDrafts(year)]);
  const records = [...directiveDrafts(), ...ofYears, ...runningDrafts().loaded, ...agreementDrafts()];
  const recording = await seconds(async () => {
    for (let start = 0; start < records.length; start += BATCH) await submitAll(records.slice(start, start + BATCH));
  });
  const total = registering + openingYears + recording;
  return { units: units.length, records: records.length, total, registering, recording, openingYear: openingYears / opening.length };

  async function submitAll(batch: readonly RecordDraft[]): Promise<void> {
    await database.write(async (stores) => refuse(await submit(stores, change, batch)));
  }
}

export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

function refuse(results: readonly { problems: readonly Problem[] }[]): void {
  for (const { problems } of results)
    if (problems.length > 0) throw new Error(`the province was refused: ${problems.map(({ message }) => message.en).join(" ")}`);
}
