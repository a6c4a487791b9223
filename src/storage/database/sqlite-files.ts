import { type Stats, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { RequestFault } from "../../domain/ground/request-fault.js";

/** What SQLite keeps beside the file of a database while it is open. */
const BESIDE = ["-wal", "-shm"];
/** What stays when a database has been taken away: our mark, the secret of its tokens, changes not yet in the file. */
const tracesOf = (file: string): string[] => [`${file}-made`, join(dirname(file), "secret"), `${file}-wal`];

const statOf = (path: string): Stats | undefined => statSync(path, { throwIfNoEntry: false });
const isThere = (path: string) => (statOf(path)?.size ?? 0) > 0;

/**
 * Fails when a database was here and is here no more: a new one in its place would look like a hub that has forgotten
 * everything, and SQLite would throw away the changes that a file beside it still holds.
 */
export function refuseToReplaceLost(file: string): void {
  // The traces first: another process that starts at the same time makes the file before it leaves one.
  const trace = tracesOf(file).find(isThere);
  if (trace !== undefined && !isThere(file))
    throw new Error(
      `The database ${file} is missing, and ${trace} says that there was one. To restore it, remove what else begins with ${basename(file)} and put a backup in its place; to begin anew with an empty database, remove all files in ${dirname(file)}.`,
    );
}

/** Leaves the mark by which a later start knows that there was a database. */
export function leaveTrace(file: string): void {
  const mark = tracesOf(file)[0]!;
  if (!isThere(mark))
    writeFileSync(mark, "The hub has made its database beside this file; where only this is left, it was lost.\n", { mode: 0o600 });
}

/**
 * Watches the files of an open database. The function that is returned fails, with the code that is given, when one of them
 * was deleted, replaced or cut short since: SQLite goes on with the files that it has open, and what it writes there is lost
 * when the process ends.
 */
export function watchFiles(file: string): (code?: "UNAVAILABLE" | "OUTCOME_UNKNOWN") => void {
  const watched = ["", ...BESIDE].map((suffix) => ({ path: file + suffix, was: statOf(file + suffix) }));
  return (code = "UNAVAILABLE") => {
    for (const { path, was } of watched) {
      const now = statOf(path);
      const what = now === undefined ? "deleted" : now.ino !== was?.ino || now.dev !== was.dev ? "replaced" : null;
      const isCut = path === file && now !== undefined && was !== undefined && now.size < was.size;
      if (what === null && !isCut) continue;
      const cause = new Error(`${path} was ${what ?? "cut short"} while the hub has it open; stop the hub and restore a backup`);
      throw new RequestFault(code, cause, code === "UNAVAILABLE" ? LOST : LOST_MEANWHILE);
    }
  };
}

const LOST = "The file of the hub's database was deleted or replaced while it runs; nothing was stored. Its operator has to restore it.";
const LOST_MEANWHILE =
  "The file of the hub's database was deleted or replaced while the change was being stored; it may be lost. Send it again with the same idempotencyKey when the hub is back.";
