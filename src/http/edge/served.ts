import type { GraphQLSchema } from "graphql";
import type { Access } from "../../access/access.js";
import { type Caller } from "../../domain/ground/caller.js";
import type { Hearer } from "../../graphql/engine/context.js";
import type { Heard } from "../../storage/database/sql.js";
import type { Meter } from "../../graphql/engine/meter.js";
import type { LedgerAudit } from "../../storage/stores/audit.store.js";
import type { DatabaseStats } from "../../storage/database/database.js";
import type { TimeLimit } from "../../storage/database/deadline.js";
import { type Metered } from "../limits/metered.js";

/** What the server puts on a socket. */
export interface Served {
  readonly schema: GraphQLSchema;
  readonly access: Pick<Access, "authenticate">;
  readonly database: { ping(): Promise<void>; stats(): DatabaseStats };
  lastAudit(): Promise<LedgerAudit | null>;
  context(caller: Caller, hearer: Hearer & Heard, limit: TimeLimit, meter: Meter): Metered;
}
