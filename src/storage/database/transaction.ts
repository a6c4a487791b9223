import { RequestFault } from "../../domain/ground/request-fault.js";
import type { Dialect } from "./dialect.js";
import { type Heard, type Runner, Sql } from "./sql.js";
import { type Stores, storesOn } from "../stores/stores.js";

/**
 * Runs work between the statements that begin a transaction and COMMIT. Its statements run one after the other: after the
 * first that fails none is sent any more, because a deadlock or a full disk has ended the transaction, and what came later
 * would stand alone. `drop`: called when it could not be undone, so that the connection serves nobody else. `limited`: the
 * same connection, whose statements end with a request's time; COMMIT and ROLLBACK never do.
 */
export async function inTransaction<T>(
  runner: Runner,
  dialect: Dialect,
  begin: readonly string[],
  work: (stores: Stores) => Promise<T>,
  { drop = () => {}, heard, limited = runner }: { drop?: () => void; heard?: Heard | undefined; limited?: Runner } = {},
): Promise<T> {
  let failed: { error: unknown } | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const send = async (...statement: Parameters<Runner["query"]>): Promise<unknown> => {
    if (failed) throw failed.error;
    try {
      return await limited.query(...statement);
    } catch (error) {
      failed ??= { error };
      throw error;
    }
  };
  const query = (...statement: Parameters<Runner["query"]>): Promise<unknown> => {
    const answer = last.then(() => send(...statement));
    last = answer.catch(() => undefined);
    return answer;
  };
  let committing = false;
  try {
    for (const statement of begin) await send(statement);
    const result = await work(storesOn(new Sql({ query, check: () => limited.check?.() }, dialect, heard)));
    await last;
    if (failed) throw (failed as { error: unknown }).error;
    failed = { error: new Error("the unit of work is over") };
    committing = true;
    await runner.query("COMMIT");
    return result;
  } catch (error) {
    failed ??= { error };
    await last;
    const isUnknown = committing && !dialect.isUndone(error);
    if (isUnknown) drop();
    await runner.query("ROLLBACK").catch(drop);
    throw isUnknown ? new RequestFault("OUTCOME_UNKNOWN", error) : error;
  }
}
