import { randomBytes } from "node:crypto";
import { openAccess } from "../../src/access/access.js";
import { readConfig } from "../../src/config.js";
import { indicators } from "../../src/domain/figures/catalogue.js";
import { rebuild } from "../../src/ledger/audit.js";
import { atEnd, cleanUp, runScript } from "../script.js";
import { type ServerProcess, startProcess } from "./child.js";
import { type Client, openClient } from "./client.js";
import { loadWarning, machine } from "./conditions.js";
import { loadNation, type Nation, nationOf, YEAR } from "./nation.js";
import { type Place, serverPlace, sqlitePlace } from "./place.js";
import { changesOn } from "./prices-changes.js";
import { CONFEDERATION, NOW, REPORTED_YEARS } from "./province.js";
import { openDatabase } from "../../src/storage/database/open-database.js";

const SERVER = process.env.TONGHOP_TEST_DATABASE || "mysql://root@127.0.0.1:3306";
const SECRET = randomBytes(32).toString("hex");
/** Points of a millisecond of one processor. */
const POINTS = 100;
/** What settled and measured may differ by, of operations above a millisecond. */
const BAR = 5;
/** `enoughMs`: what takes so long is not asked again. */
const PLAN = { warm: 4, leastMs: 400, most: 60, enoughMs: 4_000 };

const PLACES = [
  { name: "a province of 2,000 schools", nation: () => nationOf(1, 2_000, REPORTED_YEARS) },
  { name: "a nation of 54,000 schools", nation: () => nationOf(34, 54_000, REPORTED_YEARS.slice(-2)) },
];

const EXPLANATION = `
What whole requests are reserved and settled at, and the processor time of the hub's process that they took, all in points (a hundredth of a
millisecond).
One at a time, in a process of their own; "times" is settled over measured; the bar: within ${BAR} times where more than a millisecond was measured.
Of changes of whole branches what is reserved is held to the same bar, over what is settled.
All data is made. Words after "--" say which places are wanted, e.g. npm run bench:prices -- SQLite 2,000
`;

const out = (text: string) => process.stdout.write(text);
const wanted = process.argv.slice(2);

export interface Priced {
  name: string;
  query: string;
  variables?: () => { input?: object };
  /** A change of a whole branch. */
  isBranchWide?: true;
  /** Whose figures are read before: they are decided on. */
  decidesOn?: string;
  /** Asked once before it, with the fingerprint of these. */
  first?: (fingerprint: string) => string;
}

async function main(): Promise<boolean> {
  out(`${machine()}\n${loadWarning()}${EXPLANATION}`);
  let holds = true;
  for (const { name, nation } of PLACES)
    for (const place of [sqlitePlace, () => serverPlace(SERVER)]) {
      const made = await place();
      atEnd(() => made.remove());
      const title = `${made.name}, ${name}`;
      if (wanted.every((word) => title.includes(word))) holds = (await measure(made, title, nation())) && holds;
      await cleanUp();
    }
  out(holds ? "\nThe bar holds.\n" : "\nThe bar does not hold.\n");
  return holds;
}

async function measure(place: Place, title: string, nation: Nation): Promise<boolean> {
  const config = readConfig({ ...place.environment, PORT: "0", TONGHOP_SEED: "none", TONGHOP_SECRET: SECRET });
  if ("faults" in config) throw new Error(config.faults.join(" "));
  const token = await prepare(place, nation);
  const hub = await startProcess("hub", config);
  atEnd(() => hub.stop());
  const client = openClient(hub.port, "/graphql", token);
  out(`\n${title}\n${line(["", "reserved", "settled", "measured", "times"])}`);
  let holds = true;
  for (const operation of operationsOn(nation)) {
    const priced = await priceOf(operation, client, hub).catch((error: unknown) => String(error));
    if (typeof priced === "string") {
      out(`${operation.name.padEnd(44)}  ${priced.slice(0, 200)}\n`);
      continue;
    }
    const { reserved, settled, measured } = priced;
    const times = settled / measured;
    const isNear = (ratio: number) => ratio <= BAR && ratio >= 1 / BAR;
    const isWithin = measured <= POINTS || (isNear(times) && (!operation.isBranchWide || isNear(reserved / settled)));
    holds &&= isWithin;
    out(
      line([
        operation.name,
        ...[reserved, settled, measured].map((points) => points.toFixed(0)),
        times.toFixed(2),
        isWithin ? "" : "BEYOND",
      ]),
    );
  }
  client.close();
  return holds;
}

async function prepare(place: Place, nation: Nation): Promise<string> {
  const database = await openDatabase(place.hub);
  try {
    // Of an empty ledger: it marks every measure as filled, so that the hub has nothing to fill when it starts.
    await rebuild(database);
    await loadNation(database, nation);
    const access = openAccess({ secret: SECRET, formerSecret: null, oidc: null }, database, () => NOW);
    return (await access.issue({ name: "bench", role: "ADMINISTRATOR", unitId: null, days: null })).token;
  } finally {
    await database.close();
  }
}

async function priceOf({ query, variables = () => ({}), decidesOn, first }: Priced, client: Client, hub: ServerProcess) {
  const fingerprint = decidesOn ? await seen(client, decidesOn) : "";
  const ask = async () => {
    const sent = variables();
    if (decidesOn) Object.assign(sent.input!, { fingerprint });
    const { data, errors, extensions } = JSON.parse(await client.post({ query, variables: sent })) as Answer;
    const isRefused = Object.values(data ?? {}).some((of) => of?.outcome === "REJECTED");
    if (errors || !data || isRefused) throw new Error(JSON.stringify(errors ?? data));
    return { reserved: extensions.cost.requested, settled: extensions.cost.spent };
  };
  const cpuMs = async (since = 0) => (await hub.usage()).cpuMs - since;
  if (first) await client.post({ query: first(fingerprint) });
  const began = await cpuMs();
  for (let warm = 0; warm < PLAN.warm && (await cpuMs(began)) < PLAN.enoughMs; warm++) await ask();
  const before = await cpuMs();
  let [asked, settled, reserved] = [0, 0, 0];
  for (let ms = 0; ms < PLAN.enoughMs && (asked < 3 || (ms < PLAN.leastMs && asked < PLAN.most)); asked++) {
    const told = await ask();
    settled += told.settled;
    reserved = told.reserved;
    ms = await cpuMs(before);
  }
  const measured = (await cpuMs(before)) / asked;
  return { reserved, settled: settled / asked, measured: measured * POINTS };
}

/** The fingerprint of a branch, as it is read before a decision. */
async function seen(client: Client, unit: string): Promise<string> {
  const answer = await client.post({ query: `{ unit(code: "${unit}") { report(schoolYear: "${YEAR.label}") { branchFingerprint } } }` });
  return /"branchFingerprint":"([^"]+)"/.exec(answer)![1]!;
}

interface Answer {
  data?: Record<string, { outcome?: string } | null>;
  errors?: unknown;
  extensions: { cost: { requested: number; spent: number } };
}

function line([name = "", ...cells]: readonly string[]): string {
  return `${name.padEnd(44)}${cells.map((cell) => cell.padStart(10)).join("")}\n`;
}

function operationsOn(nation: Nation): Priced[] {
  const { provinces } = nation;
  const year = `schoolYear: "${YEAR.label}"`;
  const of = (code: string) => (name: string, field: string) => ({ name, query: `{ unit(code: "${code}") { ${field} } }` });
  const [top, province] = [of(CONFEDERATION), of(provinces[0]!)];
  const ranking = (level: string, more = "") =>
    `ranking(level: ${level}, indicator: "staffConferenceCompletion", ${year}${more}, first: 50) { ranked nodes { rank unit { name } } }`;
  const worklist = `worklist(${year}, indicator: "staffConferenceCompletion", status: NO_REPORT) { totalCount nodes { unit { name } } }`;
  const listed = (name: string, args: string, inside: string) => ({ name, query: `{ units(${args}) { nodes { ${inside} } } }` });
  const figures = indicators.map(({ key }) => `${key} { value numerator denominator }`).join(" ");
  return [
    { name: "me", query: "{ me { name } }" },
    top("a rollup, all indicators", `rollup(${year}) { ${figures} }`),
    top("children, all indicators", `children(first: 50) { nodes { rollup(${year}) { ${figures} } } }`),
    listed("500 schools, all indicators", "first: 500, filter: { level: [SCHOOL] }", `rollup(${year}) { indicators { value } }`),
    listed("500 schools with records", "first: 500, filter: { level: [SCHOOL] }", "records(first: 10) { nodes { id kind } }"),
    listed("units by name", 'first: 50, filter: { search: "S1" }', "name ancestors { name }"),
    listed("units by an indicator", `first: 50, orderBy: [{ by: INDICATOR, indicator: "members", ${year} }]`, "name"),
    listed("units between limits", `first: 50, filter: { indicator: { indicator: "members", ${year}, atLeast: 10 } }`, "name"),
    top("ranking of schools", ranking("SCHOOL")),
    top("ranking of unions", ranking("GRASSROOTS")),
    top("ranking of districts", ranking("DISTRICT")),
    top("ranking of schools, tree TODAY", ranking("SCHOOL", ", tree: TODAY")),
    province("ranking of a province's schools", ranking("SCHOOL")),
    top("worklist", worklist),
    province("worklist of a province", worklist),
    top("rollup, tree TODAY", `rollup(${year}, tree: TODAY) { members { value } }`),
    top("children, tree TODAY", `children(first: 50) { nodes { rollup(${year}, tree: TODAY) { members { value } } } }`),
    top("findings", `findings(first: 50) { nodes { unit { name } } }`),
    top("findings, counted", `findings(first: 50) { totalCount }`),
    top("counts of findings", `findingCounts(${year}) { open acknowledged }`),
    top("growth", `growth(${year}) { change parts { members } }`),
    top("growth with units", `growth(${year}) { parts { units(first: 50) { totalCount nodes { members } } } }`),
    top("growth, tree TODAY", `growth(${year}, tree: TODAY) { change }`),
    top("explanation", `explain(indicator: "members", ${year}) { value formula { en } }`),
    top("contributions", `explain(indicator: "members", ${year}) { contributions(first: 50) { nodes { share } } }`),
    top("left out", `explain(indicator: "members", ${year}) { leftOut { count units(first: 50) { totalCount nodes { name } } } }`),
    ...changesOn(nation),
  ];
}

runScript(main);
