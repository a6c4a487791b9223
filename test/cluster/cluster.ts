import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { openAccess } from "../../src/access/access.js";
import { type Database } from "../../src/storage/database/database.js";
import { Desk, draft, schoolYear } from "../desk.js";
import { DISTRICTS, ownSchools, SHARED, UNIONS } from "./writers.js";
import { atEnd, runScript } from "../script.js";
import { type Cluster, installCluster, type Node, whatIsMissing } from "./galera.js";
import { type Hub, startHub } from "./hub.js";
import { Load } from "./load.js";
import { type Judged, judge } from "./judge.js";
import { report } from "./report.js";
import { until } from "./until.js";
import { openDatabase } from "../../src/storage/database/open-database.js";

const SECRET = randomBytes(32).toString("hex");
const DATABASE = "tonghop";
const EXPLANATION = `
Three MariaDB nodes of a Galera cluster, a hub for each, writers on all of them: first reports, corrections with
expectedVersion, batches, moved unions and directives below one province, so that all post to the same ledger rows.
acknowledged: versions and moves that a hub said are stored. refused: clear answers that nothing was stored, tried again.
unknown: the outcome was not known, sent again. certification: transactions that Galera undid, which the hubs tried again.
lost: acknowledged, but not there on some node. ledger: places where it differs from the records, on any node.
`;

const began = Date.now();
const say = (text: string) => process.stdout.write(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}\n`);

async function main(): Promise<boolean> {
  const missing = whatIsMissing();
  if (missing) throw new Error(missing);
  process.stdout.write(EXPLANATION);
  const { nodes } = await installCluster(3, (cluster: Cluster) => atEnd(() => cluster.remove()));
  const [first, ...others] = nodes as [Node, Node, Node];
  await first.start(true);
  for (const node of others) await node.start();
  say(`three nodes run on the ports ${nodes.map(({ port }) => port).join(", ")}`);

  await first.rows(`CREATE DATABASE ${DATABASE}`);
  let token = "";
  const hubs: Hub[] = await Promise.all(nodes.map((node) => startHub(urlOf(node), SECRET, () => token)));
  atEnd(async () => void (await Promise.all(hubs.map((hub) => hub.stop()))));
  token = await withDatabase(first, prepare);
  say("three hubs have started at once on the empty database");

  const load = new Load(hubs, nodes);
  const phases: Judged[] = [];
  const finish = async (name: string, work: () => Promise<void>) => {
    await load.start();
    await work();
    phases.push(await judge(name, await load.stop(), load, nodes, hubs, DATABASE, withDatabase));
    say(`${name}: done`);
  };

  await finish("writers on all nodes", () => pause(25_000));
  await finish("one node killed", () => killOne(nodes[2]!, nodes, hubs[2]!, load));
  await finish("all nodes killed", () => killAll(nodes, hubs, load));
  process.stdout.write(report(phases));
  const violations = phases.flatMap((phase) => phase.violations);
  if (violations.length > 0) for (const hub of hubs) process.stdout.write(`\nA hub's log ends:\n${hub.log().slice(-3_000)}\n`);
  return violations.length === 0;
}

const urlOf = (node: Node) => `${node.url}/${DATABASE}`;

async function withDatabase<T>(node: Node, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ type: "mysql", url: urlOf(node) });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** A province, and a token that may write everywhere in it. */
async function prepare(database: Database): Promise<string> {
  const desk = new Desk(database);
  await desk.register(draft.confederation("C"), draft.province("P", "C"), ...DISTRICTS.map((code) => draft.district(code, "P")));
  await desk.register(...UNIONS.map((code, index) => draft.union(code, DISTRICTS[index % DISTRICTS.length]!)));
  const schools = [...SHARED, ...Load.numbers.flatMap(ownSchools)];
  await desk.register(...schools.map((code, index) => draft.school(code, UNIONS[index % UNIONS.length]!)));
  await desk.openYear(schoolYear(2024));
  const grant = { name: "test", role: "ADMINISTRATOR", unitId: null, days: null } as const;
  return (await openAccess({ secret: SECRET, formerSecret: null, oidc: null }, database, () => new Date()).issue(grant)).token;
}

async function killOne(victim: Node, nodes: readonly Node[], hub: Hub, load: Load): Promise<void> {
  await pause(4_000);
  await victim.kill();
  say(`node ${victim.name} is killed`);
  await until("the hub of the killed node says that it is not ready", 30_000, async () => !(await hub.isReady()));
  await load.nextAcknowledgements(50, 60_000);
  say("the other nodes go on");
  await pause(4_000);
  await victim.start();
  say(`node ${victim.name} has joined again`);
  await until("its hub is ready again", 60_000, () => hub.isReady());
  await until("the cluster is whole", 60_000, async () => (await nodes[0]!.status("wsrep_cluster_size")) === String(nodes.length));
  await load.nextAcknowledgements(100, 60_000);
}

async function killAll(nodes: readonly Node[], hubs: readonly Hub[], load: Load): Promise<void> {
  await pause(4_000);
  await Promise.all(nodes.map((node) => node.kill()));
  say("all nodes are killed");
  await until("no hub is ready", 60_000, async () => (await Promise.all(hubs.map((hub) => hub.isReady()))).every((ready) => !ready));
  const positions = await Promise.all(nodes.map((node) => node.recoveredPosition()));
  const furthest = nodes[positions.indexOf(Math.max(...positions))]!;
  await furthest.makeSafeToBootstrap();
  await furthest.start(true);
  say(`the cluster begins again with ${furthest.name}: the nodes recovered up to ${positions.join(", ")}`);
  for (const node of nodes) if (node !== furthest) await node.start();
  say("the others have joined");
  await until("all hubs are ready again", 60_000, async () => (await Promise.all(hubs.map((hub) => hub.isReady()))).every(Boolean));
  await load.nextAcknowledgements(100, 60_000);
}

runScript(main);
