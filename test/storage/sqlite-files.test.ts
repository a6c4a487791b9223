import { copyFile, mkdir, mkdtemp, open, readdir, rename, rm, truncate, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Config, readConfig } from "../../src/config.js";
import { type Database } from "../../src/storage/database/database.js";
import { openHub } from "../../src/hub.js";
import { copySqlite } from "../../src/storage/database/sqlite-backup.js";
import { schoolYear } from "../desk.js";
import { openFaultyServer, faultyHub } from "../http/faulty-hub.js";
import { request } from "../http-client.js";
import { openDatabase } from "../../src/storage/database/open-database.js";

let home: string;
let file: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "tonghop-files-"));
  file = join(home, "tonghop.sqlite");
});
afterEach(() => rm(home, { recursive: true, force: true }));

const insert = (database: Database, year: number) => database.write((stores) => stores.schoolYears.insert(schoolYear(year)));
const years = (database: Database) => database.read(async (stores) => (await stores.schoolYears.all()).map(({ label }) => label));

describe("under a hub that runs", () => {
  const happens: [string, () => Promise<unknown>, RegExp][] = [
    ["deleted", () => unlink(file), /tonghop\.sqlite was deleted/],
    ["replaced", () => copyFile(file, `${file}.new`).then(() => rename(`${file}.new`, file)), /tonghop\.sqlite was replaced/],
    ["cut short", () => truncate(file, 0), /tonghop\.sqlite was cut short/],
    ["robbed of its changes", () => unlink(`${file}-wal`), /tonghop\.sqlite-wal was deleted/],
    ["robbed of its locks", () => unlink(`${file}-shm`), /tonghop\.sqlite-shm was deleted/],
    ["taken away with its directory", () => rm(home, { recursive: true }), /tonghop\.sqlite was deleted/],
  ];
  test.each(happens)("a database that is %s takes no change, and /readyz says so", async (_, happen, reason) => {
    const database = await openDatabase({ type: "sqlite", file });
    const server = await openFaultyServer(false, {}, { ...faultyHub, database });
    await insert(database, 2023);
    await database.ping();
    await happen();
    await expect(insert(database, 2024)).rejects.toMatchObject({ code: "UNAVAILABLE", cause: { message: expect.stringMatching(reason) } });
    const ready = await request(`http://127.0.0.1:${server.port}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { status: "unavailable", reason: expect.stringMatching(/file of the hub's database was deleted or replaced/) },
    ]);
    await server.close();
    await database.close();
  });

  test("a change during which it is deleted may be lost, and is told so", async () => {
    const database = await openDatabase({ type: "sqlite", file });
    const writing = database.write(async (stores) => {
      await stores.schoolYears.insert(schoolYear(2023));
      await unlink(file);
    });
    await expect(writing).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" });
    await database.close();
  });

  test("thousands of changes, their moving into the file, a backup and other processes are no such case", async () => {
    const database = await openDatabase({ type: "sqlite", file });
    const other = await openDatabase({ type: "sqlite", file });
    for (let year = 1950; year < 2020; year++) await insert(year % 2 ? database : other, year);
    await copySqlite(file, join(home, "copy.sqlite"));
    await other.snapshot((stores) => stores.schoolYears.all());
    await other.close();
    await insert(database, 2021);
    await database.ping();
    expect(await years(database)).toHaveLength(71);
    await database.close();
  });
});

describe("a start", () => {
  const config = (env: Record<string, string> = {}) =>
    ({ ...readConfig({ TONGHOP_HOME: home, TONGHOP_SEED: "none", ...env }), log: "silent" }) as Config;
  const start = async (env?: Record<string, string>) => (await openHub(config(env))).close();
  const refusal =
    /tonghop\.sqlite is missing, .* there was one\. To restore it, .* put a backup .*; to begin anew .*, remove all files in /;

  test.each([
    ["of 0.4.0, which left its secret only", async () => void (await unlink(`${file}-made`))],
    ["whose secret is gone, too", async () => void (await unlink(join(home, "secret")))],
    ["of which an empty file is left", async () => void (await writeFile(file, ""))],
  ])("makes no new database in the place of one %s", async (_, happen) => {
    await start();
    await unlink(file);
    await happen();
    const before = await readdir(home);
    await expect(start()).rejects.toThrow(refusal);
    expect(await readdir(home)).toEqual(before);
  });

  test("nor where the secret stands in the environment", async () => {
    const env = { TONGHOP_SECRET: "the secret of a test, long enough" };
    await start(env);
    await unlink(file);
    await expect(start(env)).rejects.toThrow(refusal);
  });

  test("nor where a crash has left changes beside it, which stay", async () => {
    await writeFile(`${file}-wal`, "changes that are not in the file yet");
    await expect(start()).rejects.toThrow(refusal);
    expect(await readdir(home)).toEqual(["tonghop.sqlite-wal"]);
  });

  test("goes on from a backup that is put into an empty directory with the secret, and begins anew where all files are removed", async () => {
    await start();
    const database = await openDatabase({ type: "sqlite", file });
    await insert(database, 2024);
    await database.close();
    const [kept, place] = [join(home, "kept"), join(home, "place")];
    await Promise.all([mkdir(kept), mkdir(place)]);
    await copySqlite(file, join(kept, "backup"));
    await copyFile(join(kept, "backup"), join(place, "tonghop.sqlite"));
    await copyFile(join(home, "secret"), join(place, "secret"));
    const restored = await openHub(config({ TONGHOP_HOME: place }));
    expect(await years(restored.database)).toEqual(["2024-2025"]);
    await restored.close();
    await rm(place, { recursive: true });
    const anew = await openHub(config({ TONGHOP_HOME: place }));
    expect(await years(anew.database)).toEqual([]);
    await anew.close();
  });

  test("that was broken off before it had made anything is no such case", async () => {
    await (await open(file, "a")).close();
    await start();
  });
});
