import { openTestDatabase, type TestDatabase } from "../database.js";
import { plant, scenariosOn } from "./scenarios.js";
import { atWrites, sweep } from "./sweep.js";
import { openServers, type Servers } from "./victim.js";

let database: TestDatabase;
let servers: Servers;
beforeAll(async () => {
  [database, servers] = await Promise.all([openTestDatabase(), openServers()]);
});
afterAll(async () => {
  await servers.close();
  await database.close();
});

/** `npm run test:kill:all` does the same at every statement of larger mutations. */
test("a server that is killed anywhere in a mutation leaves all of it or nothing, and its key tells which", async () => {
  const token = await plant(database);
  const deaths = await sweep(servers, database, token, scenariosOn(database)["a record that moves no figure"]!, atWrites);
  expect(deaths.filter(({ lost }) => lost !== null)).toEqual([]);
  const stored = new Map(deaths.map((death) => [death.at.split(" ")[0]!, death.stored]));
  expect(Object.fromEntries(stored)).toMatchObject({ COMMIT: false, after: true, before: true });
  expect(deaths.length).toBeGreaterThan(6);
});
