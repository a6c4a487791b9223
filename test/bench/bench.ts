import { randomBytes } from "node:crypto";
import { openAccess } from "../../src/access/access.js";
import { type Config, readConfig } from "../../src/config.js";
import { audit, rebuild } from "../../src/ledger/audit.js";
import { type Database } from "../../src/storage/database/database.js";
import { atEnd, cleanUp, runScript } from "../script.js";
import { capture } from "./capture.js";
import { startProcess } from "./child.js";
import { openClient } from "./client.js";
import { durability, loadWarning, machine } from "./conditions.js";
import { type LoadTimes, loadProvince, seconds } from "./load.js";
import { type Place, serverPlace, sqlitePlace } from "./place.js";
import { CONFEDERATION, NOW, PROVINCE, SCHOOLS } from "./province.js";
import { measureReads } from "./reads.js";
import { report, type Results } from "./report.js";
import { screens } from "./screens.js";
import { measureWrites } from "./writes.js";
import { openDatabase } from "../../src/storage/database/open-database.js";

const SERVER = process.env.TONGHOP_TEST_DATABASE || "mysql://root@127.0.0.1:3306";
const SECRET = randomBytes(32).toString("hex");

const EXPLANATION = `
Times in milliseconds over HTTP on kept connections, one client unless said; each line is the middle of several rounds, hub
and floor by turns. CPU: of the server's process, for one request; the database server's is not in it.
The floor of reading: bare node:http, the driver alone, the hub's own statements one after the other, the same figures as JSON.
The floor of writing: bare node:http and one transaction that reads the old version and stores the new one: no rules, no ledger.
`;

const out = (text: string) => process.stdout.write(text);

async function main(): Promise<void> {
  out(`A province of ${SCHOOLS} schools. ${machine()}\n${loadWarning()}${EXPLANATION}`);
  await measure(await sqlitePlace());
  const onServer = await serverPlace(SERVER).catch((error: unknown) => String(error));
  if (typeof onServer === "string")
    out(`\nMariaDB was left out: ${new URL(SERVER).host} does not answer (${onServer}). Set TONGHOP_TEST_DATABASE.\n`);
  else await measure(onServer);
  out(loadWarning() && `At the end: ${machine()}\n`);
}

async function measure(place: Place): Promise<void> {
  atEnd(() => place.remove());
  const config = readConfig({ ...place.environment, PORT: "0", TONGHOP_SEED: "none", TONGHOP_SECRET: SECRET });
  if ("faults" in config) throw new Error(config.faults.join(" "));
  const { load, token } = await withDatabase(place, prepare);
  const captured = await capture(place.hub, SECRET, token, screens);
  await place.copy();
  const served = await measureServed(config, place, token, captured);
  const ledger = await withDatabase(place, measureLedger);
  out(report({ database: place.name, conditions: await durability(place), load, ...served, ...ledger }));
  await cleanUp();
}

async function withDatabase<T>(place: Place, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(place.hub);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

async function prepare(database: Database): Promise<{ load: LoadTimes; token: string }> {
  // Of an empty ledger: it marks every measure as filled, so that the hub has nothing to fill when it starts.
  await rebuild(database);
  const load = await loadProvince(database);
  const unitId = (await database.read((stores) => stores.unitReader.idsByCode([PROVINCE]))).get(PROVINCE);
  if (!unitId) throw new Error(`${PROVINCE} was not loaded under ${CONFEDERATION}`);
  const { token } = await openAccess({ secret: SECRET, formerSecret: null, oidc: null }, database, () => NOW).issue({
    name: "bench",
    role: "RECORDER",
    unitId,
    days: null,
  });
  return { load, token };
}

async function measureServed(
  config: Config,
  place: Place,
  token: string,
  captured: Awaited<ReturnType<typeof capture>>,
): Promise<Pick<Results, "reads" | "writes" | "residentMb" | "peakMb">> {
  const hub = await startProcess("hub", config);
  atEnd(() => hub.stop());
  const floor = await startProcess("floor", { options: place.floor, screens: captured });
  atEnd(() => floor.stop());
  const clients = { hub: openClient(hub.port, "/graphql", token), floor: openClient(floor.port, "/") };
  const usage = { hub: hub.usage, floor: floor.usage };
  const reads = await measureReads(captured, clients, usage);
  const writes = await measureWrites(clients, usage);
  const { residentMb, peakMb } = await hub.usage();
  clients.hub.close();
  clients.floor.close();
  await floor.stop();
  await hub.stop();
  return { reads, writes, residentMb, peakMb };
}

/** The ledger after everything that was written: it must still be right. */
async function measureLedger(database: Database): Promise<Pick<Results, "audit" | "rebuild">> {
  let differences = 0;
  const audited = await seconds(async () => (differences = (await audit(database)).differences.length));
  if (differences > 0) throw new Error(`the ledger differs from the records in ${differences} places`);
  return { audit: audited, rebuild: await seconds(() => rebuild(database)) };
}

runScript(main);
