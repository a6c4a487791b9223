import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataSource } from "typeorm";
import { type Database } from "../../src/storage/database/database.js";
import { Desk, draft, refusals, report, schoolYear } from "../desk.js";
import { openDatabase } from "../../src/storage/database/open-database.js";

/** Tables with a row for each unit, record or the like: of a nation they have hundreds of thousands. */
const LARGE = ["unit", "placement", "profile", "record", "record_version", "record_subject", "dossier", "ledger", "finding", "succession"];
/** What as many rows share: an index that begins with it finds a great part of the table. */
const SHARED = ["kind", "school_year", "level", "state", "counted"];

let folder: string;
let database: Database;
const sent = new Map<string, readonly unknown[]>();
let isHearing = false;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tonghop-test-"));
  database = await openDatabase(
    { type: "sqlite", file: join(folder, "hub.sqlite") },
    (sql, values = []) => isHearing && sent.set(sql, values),
  );
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

test("no statement of a change reads a large table by what many rows share, nor as a whole", async () => {
  const desk = new Desk(database);
  await desk.openYear(schoolYear(2023));
  await desk.openYear(schoolYear(2024));
  isHearing = true;
  const all = (code: string, more: object = {}) => report.membership(code, 50, { peopleCounted: "ALL_ITS_SCHOOLS", ...more });
  const done = [
    ...(await desk.register(
      ...[draft.province("P"), draft.district("D", "P"), draft.district("E", "P"), draft.union("U", "D"), draft.union("W", "D")],
      ...["S1", "S2", "S3", "S4"].map((code) => draft.school(code, "U")),
    )),
    ...(await desk.submit(
      report.conference("S1"),
      all("U"),
      report.directive("P", [{ indicator: "staffConferenceCompletion", schoolYear: "2024-2025", target: 0.5, deadline: "2024-11-01" }]),
    )),
    await desk.withdraw("conference", (await desk.send(report.conference("S1"))).record!.recordId),
    await desk.move("S4", "E", "2024-10-01"),
    await desk.merge("S4", "S3"),
    await desk.close("S2", "2025-02-01", null, { reason: "MERGED", successors: ["S1"] }),
    await desk.actOn("SUBMIT", "S1"),
    await desk.actOn("ACCEPT", "S1"),
  ];
  isHearing = false;
  expect(done.flatMap(refusals)).toEqual([]);
  const side = await new DataSource({ type: "better-sqlite3", database: join(folder, "hub.sqlite"), readonly: true }).initialize();
  const found: string[] = [];
  for (const [sql, values] of sent) {
    if (!/^\s*(SELECT|WITH|UPDATE|DELETE)/i.test(sql)) continue;
    const steps = await side.query<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${sql}`, [...values]);
    for (const { detail } of steps) if (isLong(detail, sql)) found.push(`${detail}: ${sql.slice(0, 200)}`);
  }
  await side.destroy();
  expect(found).toEqual([]);
});

function isLong(step: string, sql: string): boolean {
  const [, name = "", by = ""] = /^(?:SCAN|SEARCH) (\w+)(?:.*\((\w+))?/.exec(step) ?? [];
  const alias = new Map([...sql.matchAll(/(?:FROM|JOIN)\s+(\w+)\s+(?:AS\s+)?(\w+)/gi)].map(([, table, short]) => [short!, table!]));
  return LARGE.includes(alias.get(name) ?? name) && (step.startsWith("SCAN") || SHARED.includes(by));
}
