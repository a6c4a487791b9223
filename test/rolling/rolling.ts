import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { openAccess } from "../../src/access/access.js";
import { audit } from "../../src/ledger/audit.js";
import { Desk, draft, schoolYear } from "../desk.js";
import { request } from "../http-client.js";
import { atEnd, runScript } from "../script.js";
import { ownMariadb } from "../server/own-mariadb.js";
import { freePort, RollingHub } from "./hub.js";
import { startNginx, whatIsMissing } from "./nginx.js";
import { openDatabase } from "../../src/storage/database/open-database.js";

const CLIENTS = 12;
const ROUNDS = 2;
/** Under load before, between and after the restarts. */
const BETWEEN_MS = 1_500;
const EXPLANATION = `
Three hubs on one MariaDB behind nginx, which is set up as README says, restarted one after the other, ${ROUNDS} times, while ${CLIENTS} clients
change records (each change with a key, sent once) and read. Nothing may fail, and each change may be stored once only.
`;
const CHANGE = `mutation ($input: RecordConferenceInput!) {
  recordConference(input: $input) { outcome version userErrors { code } } }`;
const READ = `query ($code: String!) { unit(code: $code) { rollup(schoolYear: "2024-2025") { staffConferenceCompletion { numerator } } } }`;

const began = Date.now();
const say = (text: string) => process.stdout.write(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}\n`);

async function main(): Promise<boolean> {
  const missing = whatIsMissing();
  if (missing) throw new Error(missing);
  process.stdout.write(EXPLANATION);
  const server = await ownMariadb();
  atEnd(() => server.close());
  const secret = randomBytes(32).toString("hex");
  const database = await openDatabase({ type: "mysql", url: server.url });
  atEnd(() => database.close());
  const schools = Array.from({ length: CLIENTS }, (_, index) => `S${index}`);
  const desk = new Desk(database);
  await desk.register(draft.province("P"), draft.district("D", "P"));
  await desk.register(...schools.map((code) => draft.school(code, "D")));
  await desk.openYear(schoolYear(2024));
  const access = openAccess({ secret, formerSecret: null, oidc: null }, database, () => new Date());
  const tokens = await Promise.all(
    schools.map(async (name) => (await access.issue({ name, role: "ADMINISTRATOR", unitId: null, days: null })).token),
  );

  const hubs = await Promise.all(
    [1, 2, 3].map(async () => new RollingHub(await freePort(), { DATABASE_URL: server.url, TONGHOP_SECRET: secret })),
  );
  for (const hub of hubs) {
    atEnd(() => hub.stop());
    await hub.start();
  }
  const nginx = await startNginx(
    await freePort(),
    hubs.map(({ port }) => port),
  );
  atEnd(() => nginx.close());
  say(`three hubs run at ${hubs.map(({ port }) => port).join(", ")}, nginx before them at ${nginx.port}`);

  const failures: string[] = [];
  let sent = 0;
  const acknowledged = new Map(schools.map((code) => [code, 0]));
  let isOver = false;
  const ask = async (token: string, query: string, variables: object): Promise<any> => {
    sent++;
    const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
    const body = JSON.stringify({ query, variables });
    try {
      const answer = await request(`http://127.0.0.1:${nginx.port}/graphql`, { method: "POST", headers, body });
      const text = await answer.text();
      if (answer.status === 200 && !text.includes('"errors"')) return JSON.parse(text).data;
      failures.push(`${answer.status} ${text.slice(0, 200)}`);
    } catch (error) {
      failures.push(String(error));
    }
    return null;
  };
  const client = async (unit: string, token: string) => {
    for (let change = 1; !isOver; change++) {
      const facts = { schoolYear: "2024-2025", heldOn: "2024-10-25", workers: change, convened: change, present: change, pactSigned: true };
      const input = { unit, ...facts, votesFor: change, idempotencyKey: randomUUID(), expectedVersion: acknowledged.get(unit) || null };
      const data = await ask(token, CHANGE, { input });
      if (data?.recordConference.outcome === "STORED") acknowledged.set(unit, data.recordConference.version as number);
      else if (data) failures.push(JSON.stringify(data));
      await ask(token, READ, { code: "P" });
    }
  };
  const clients = schools.map((unit, index) => client(unit, tokens[index]!));

  const codes: (number | null)[] = [];
  await pause(BETWEEN_MS);
  for (let round = 1; round <= ROUNDS; round++)
    for (const hub of hubs) {
      const { code, ms } = await hub.stop();
      codes.push(code);
      await hub.start();
      say(
        `the hub at ${hub.port} ended with ${code} after ${(ms / 1000).toFixed(1)} s and is ready again; ${failures.length} of ${sent} have failed`,
      );
      await pause(BETWEEN_MS);
    }
  isOver = true;
  await Promise.all(clients);

  const changes = [...acknowledged.values()].reduce((sum, versions) => sum + versions, 0);
  const versions = await database.read(async (stores) => {
    const records = await stores.records.reportedBy(await stores.units.allIds(), "conference");
    return records.reduce((sum, { version }) => sum + version, 0);
  });
  const { differences } = await audit(database);
  process.stdout.write(`
sent ${sent}, failed ${failures.length}
changes acknowledged ${changes}, versions stored ${versions}
places in which the ledger differs from the records: ${differences.length}
exit codes ${codes.join(" ")}
`);
  for (const failure of [...new Set(failures)].slice(0, 10)) process.stdout.write(`FAILED: ${failure}\n`);
  if (failures.length > 0) process.stdout.write(`\nnginx's log ends:\n${(await nginx.log()).slice(-2_000)}\n`);
  return failures.length === 0 && changes === versions && differences.length === 0 && codes.every((code) => code === 0);
}

runScript(main);
