import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataSource } from "typeorm";
import { run } from "../../src/cli/program.js";
import { Desk, draft, report, schoolYear } from "../desk.js";
import { openDatabase } from "../../src/storage/database/open-database.js";

let home: string;
let digest: string;
const ID = "P-2024-2025-1";

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "tonghop-vintage-"));
  const database = await openDatabase({ type: "sqlite", file: join(home, "tonghop.sqlite") });
  const desk = new Desk(database);
  await desk.register(draft.province("P"), draft.district("D", "P"), draft.school("S", "D"));
  await desk.openYear(schoolYear(2024));
  await desk.submit(report.conference("S"));
  const { vintage } = await desk.publish("P", "2024-2025");
  digest = vintage!.digest;
  expect(vintage!.id).toBe(ID);
  await database.close();
});
afterAll(() => rm(home, { recursive: true }));

async function verify(id: string) {
  let [out, err] = ["", ""];
  const terminal = { out: (text: string) => void (out += text), err: (text: string) => void (err += text), interactive: false };
  const code = await run(["vintage", "verify", id], { ...terminal, env: { TONGHOP_HOME: home } });
  return { code, out, err };
}

test("a vintage as published is said to be so, with its digest", async () => {
  expect(await verify(ID)).toEqual({
    ...{ code: 0, err: "" },
    out: `Vintage ${ID} is as published on 2025-06-20T05:00:00.000Z by ADMINISTRATOR of the test: 3 dossiers and 8 cells, SHA-256 ${digest}.\n`,
  });
});

test("one that is not there is said not to be", async () => {
  expect(await verify("P-2024-2025-9")).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringContaining('There is no vintage "P-2024-2025-9"'),
  });
});

test.each([
  ["vintage_cell", "tally", "school_level = 'ALL' AND ownership = 'ALL' AND unit_id = (SELECT unit_id FROM vintage)"],
  ["vintage_dossier", "records", "level = 'SCHOOL'"],
  ["vintage_definition", "content", "part = 'schoolYear'"],
  ["vintage", "published_by", "ordinal = 1"],
])("one whose %s was changed past the hub is found out", async (table, column, where) => {
  const source = await new DataSource({ type: "better-sqlite3", database: join(home, "tonghop.sqlite") }).initialize();
  const [row] = await source.query<Record<string, string>[]>(`SELECT ${column} AS kept FROM ${table} WHERE ${where}`);
  await source.query(`UPDATE ${table} SET ${column} = ? WHERE ${where}`, [row!.kept!.replace(/[1t]/, "2")]);
  expect(await verify(ID)).toMatchObject({ code: 1, out: "", err: expect.stringContaining(`its digest was ${digest}`) });
  await source.query(`UPDATE ${table} SET ${column} = ? WHERE ${where}`, [row!.kept]);
  await source.destroy();
  expect((await verify(ID)).code).toBe(0);
});
