// The thread of one connection to an embedded database (sqlite-thread.ts is its other end). JavaScript, because a thread is
// started from a file, and tests run the sources as they stand.
import Sqlite from "better-sqlite3";
import { parentPort, workerData } from "node:worker_threads";

/** Values that are sent at a time: a few milliseconds of the receiver. */
const PORTION = 10_000;
const MOST_PREPARED = 200;
/**
 * Characters of a statement that is kept prepared. SQLite holds about 43 bytes for each, which V8 does not see, and lets go of them when
 * V8 collects the statement: soon where it was used once, seldom where it was kept. Long ones (lists of hundreds) hardly come again.
 */
const LONGEST_PREPARED = 2_000;

const { file, readonly, pragmas } = workerData;
const database = new Sqlite(file, { readonly });
for (const pragma of pragmas) database.pragma(pragma);

/** @type {Map<string, { statement: import("better-sqlite3").Statement, columns: string[] | null }>} */
const prepared = new Map();
/** What has been read and not been asked for yet, by the number of the statement. */
const unsent = new Map();
let closing = false;

parentPort.on("message", ({ id, sql, values, close }) => {
  if (close) closing = true;
  else answer(id, sql, values);
  if (!closing || unsent.size > 0) return;
  database.close();
  parentPort.close();
});

function answer(id, sql, values) {
  const begun = performance.now();
  let said;
  try {
    said = sql === undefined ? nextOf(id) : run(id, sql, values);
  } catch (error) {
    said = { error: { code: error.code, message: error.message } };
  }
  parentPort.postMessage({ id, ...said, ms: performance.now() - begun });
}

function run(id, sql, values) {
  const { statement, columns } = prepare(sql);
  if (columns === null) return { affected: statement.run(values).changes };
  const rows = statement.all(values);
  const size = Math.max(1, Math.floor(PORTION / columns.length));
  if (rows.length <= size) return { columns, rows };
  unsent.set(id, { rows, size, sent: size });
  return { columns, rows: rows.slice(0, size), more: true };
}

function nextOf(id) {
  const left = unsent.get(id);
  const rows = left.rows.slice(left.sent, (left.sent += left.size));
  const more = left.sent < left.rows.length;
  if (!more) unsent.delete(id);
  return { rows, more };
}

function prepare(sql) {
  let found = prepared.get(sql);
  if (!found) {
    const statement = database.prepare(sql);
    found = { statement: statement.reader ? statement.raw() : statement, columns: statement.reader ? namesOf(statement) : null };
    if (sql.length > LONGEST_PREPARED) return found;
    if (prepared.size >= MOST_PREPARED) prepared.delete(prepared.keys().next().value);
    prepared.set(sql, found);
  }
  return found;
}

function namesOf(statement) {
  return statement.columns().map(({ name }) => name);
}
