import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { GraphQLSchema } from "graphql";
import { type Access, openAccess } from "./access/access.js";
import { openSecret } from "./access/secret.js";
import { type Config } from "./config.js";
import { type Caller } from "./domain/ground/caller.js";
import { WORK_MS } from "./domain/ground/limits.js";
import { BranchSizes } from "./graphql/cost/branch-sizes.js";
import { GraphContext, type Hearer } from "./graphql/engine/context.js";
import type { Heard } from "./storage/database/sql.js";
import type { Meter } from "./graphql/engine/meter.js";
import { buildGraphqlSchema } from "./graphql/schema.js";
import { bringUpToDate, type Progress } from "./ledger/audit.js";
import { loadSeed } from "./seeding/load.js";
import type { LedgerAudit } from "./storage/stores/audit.store.js";
import { type Database } from "./storage/database/database.js";
import { Deadline, type TimeLimit } from "./storage/database/deadline.js";
import type { Stores } from "./storage/stores/stores.js";
import { Turns } from "./storage/database/turns.js";
import { askedBy } from "./storage/database/request-database.js";
import { openDatabase } from "./storage/database/open-database.js";

/** The copy of an embedded database, which is made past the hub: opening one would migrate it. */
export { copySqlite } from "./storage/database/sqlite-backup.js";

/** Everything wired together, without a socket. */
export interface Hub {
  readonly config: Config;
  readonly database: Database;
  readonly schema: GraphQLSchema;
  readonly clock: () => Date;
  readonly access: Access;
  /** Whether any unit has been registered yet. */
  hasUnits(): Promise<boolean>;
  /** When the ledger was last audited, and what was found; null: never. */
  lastAudit(): Promise<LedgerAudit | null>;
  /** What the resolvers of one request share; what it does is heard, and its SQL statements end with its time and past its meter. */
  context(caller: Caller, hearer: Hearer & Heard, limit: TimeLimit, meter: Meter): GraphContext;
  close(): Promise<void>;
}

/**
 * Opens the database, migrates it, works out anew what another edition of the account has worked out, and loads the seeds into an
 * empty one. `onStatement` hears every SQL statement, `progress` how many dossiers of how many have been worked out.
 */
export async function openHub(
  config: Config,
  clock: () => Date = () => new Date(),
  onStatement?: (sql: string) => void,
  progress?: Progress,
): Promise<Hub> {
  if (config.database.type === "sqlite") mkdirSync(dirname(config.database.file), { recursive: true });
  const database = await openDatabase(config.database, onStatement);
  try {
    await bringUpToDate(database, progress);
    if (config.seed !== "none" && !(await database.read(hasUnits))) await loadSeed(database, config.seed, clock());
    await forgetKeys(database, clock());
    let forgottenAt = clock().getTime();
    const sizes = new BranchSizes();
    const long = new Turns(LONG_AT_ONCE, { waiting: LONG_WAITING, waitingOfOwner: LONG_WAITING_OF_ONE, waitMs: WORK_MS });
    const tokens = { ...database, within: (limit: TimeLimit) => askedBy(database, {}, limit) };
    const access = openAccess({ ...config, secret: await openSecret(config.secret) }, tokens, clock);
    return {
      config,
      database,
      schema: buildGraphqlSchema(config),
      clock,
      access,
      hasUnits: () => database.read(hasUnits),
      lastAudit: () => database.read((stores) => stores.audits.last()),
      context(caller, hearer, limit, meter) {
        const now = clock();
        if (now.getTime() - forgottenAt >= DAY_MS) {
          forgottenAt = now.getTime();
          void forgetKeys(database, now);
        }
        const asked = askedBy(database, hearer, { ...limit, meter });
        return new GraphContext(asked, caller, now, hearer.decided, meter, sizes, () => long.enter(new Deadline(limit), caller.tokenId));
      },
      close() {
        access.close();
        return database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Long operations that run at a time, that wait, and that wait of one caller: all at once would each take as long, and the memory of all. */
const LONG_AT_ONCE = 2;
const LONG_WAITING = 500;
const LONG_WAITING_OF_ONE = 50;

const DAY_MS = 24 * 60 * 60 * 1000;
/** How long an idempotency key is remembered at least. */
const KEY_KEPT_MS = 30 * DAY_MS;

/** Forgets old idempotency keys, at the start and once a day with a request; where that fails, the next day makes up for it. */
function forgetKeys(database: Database, now: Date): Promise<void> {
  return database.write(({ idempotency }) => idempotency.forget(new Date(now.getTime() - KEY_KEPT_MS))).catch(() => undefined);
}

const hasUnits = async ({ units }: Stores): Promise<boolean> => (await units.allIds()).length > 0;
