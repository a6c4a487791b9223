import { isOnServer, openTestDatabase, type TestDatabase } from "../database.js";
import { plant, scenariosOn } from "./scenarios.js";
import { everywhere, sweep } from "./sweep.js";
import { openServers, type Servers } from "./victim.js";

/** `npm run test:kill:all`: a server killed before every statement of a record, a batch, a move and a closing, and between them. */
let database: TestDatabase;
let servers: Servers;
beforeAll(async () => void (servers = await openServers()));
afterAll(() => servers.close());
beforeEach(async () => void (database = await openTestDatabase()));
afterEach(() => database.close());

test.each(["a record", "a batch", "a move of a branch", "a closing"])("%s is stored as a whole or not at all", async (name) => {
  const deaths = await sweep(servers, database, await plant(database), scenariosOn(database)[name]!, everywhere);
  const lost = deaths.filter((death) => death.lost !== null);
  const stored = deaths.filter((death) => death.stored).length;
  const inTime = deaths.filter((death) => !death.acknowledged).length;
  process.stdout.write(
    `${isOnServer ? "MariaDB" : "SQLite"}, ${name}: killed at ${deaths.length} points, stored at ${stored}, lost ${lost.length}\n`,
  );
  expect(lost).toEqual([]);
  expect(deaths.length).toBeGreaterThan(12);
  // All but a few die before they answer: those of turns that take fewer statements than the first.
  expect(inTime).toBeGreaterThan(deaths.length * 0.8);
});
