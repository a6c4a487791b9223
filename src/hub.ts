import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { GraphQLSchema } from "graphql";
import { type Access, openAccess } from "./access/access.js";
import { openSecret } from "./access/secret.js";
import { type Config } from "./config.js";
import { type Caller } from "./domain/caller.js";
import { GraphContext } from "./graphql/context.js";
import { buildGraphqlSchema } from "./graphql/schema.js";
import { rebuild } from "./ledger/audit.js";
import { loadSeed } from "./seeding/load.js";
import { type Database, openDatabase } from "./storage/database.js";

/** Everything wired together, without a socket. */
export interface Hub {
  readonly config: Config;
  readonly database: Database;
  readonly schema: GraphQLSchema;
  readonly clock: () => Date;
  readonly access: Access;
  context(caller: Caller): GraphContext;
  close(): Promise<void>;
}

/**
 * Opens the database, migrates it, fills measures that are new in the code and loads the seeds into an empty one.
 * `onStatement` hears every SQL statement.
 */
export async function openHub(config: Config, clock: () => Date = () => new Date(), onStatement?: (sql: string) => void): Promise<Hub> {
  if (config.database.type === "sqlite") mkdirSync(dirname(config.database.file), { recursive: true });
  const database = await openDatabase(config.database, onStatement);
  try {
    await prepare(database, config, clock());
    const access = openAccess(await openSecret(config.secret), database, clock);
    return {
      config,
      database,
      schema: buildGraphqlSchema(),
      clock,
      access,
      context: (caller) => new GraphContext(database, caller, clock()),
      close: () => database.close(),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function prepare(database: Database, config: Config, now: Date): Promise<void> {
  const { unfilled, empty } = await database.read(async (stores) => ({
    unfilled: await stores.unfilledMeasures(),
    empty: (await stores.units.allIds()).length === 0,
  }));
  if (unfilled.length > 0) await rebuild(database);
  if (empty && config.seed !== "none") await loadSeed(database, config.seed, now);
}
