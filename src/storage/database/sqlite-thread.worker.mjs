// The thread of one connection to an embedded database (sqlite-thread.ts is its other end). JavaScript, because a thread is
// started from a file, and tests run the sources as they stand.
import Sqlite from "better-sqlite3";
import { parentPort, workerData } from "node:worker_threads";

/** Values that are sent at a time: a few milliseconds of the receiver. */
const PORTION = 10_000;
const MOST_PREPARED = 200;
/**
 * Characters of a statement that is kept prepared when it is first asked. SQLite holds about 43 bytes for each, which V8 does not see,
 * and lets go of them when V8 collects the statement: soon where it was used once, seldom where it was kept. Of longer ones (lists of
 * hundreds, which hardly come again, and all columns of a dossier, which do) the first few that come often are kept, for good.
 */
const LONGEST_PREPARED = 2_000;
const MOST_LONG = 30;
const OFTEN = 3;
/** Long statements of which it is remembered how often they came. */
const MOST_COUNTED = 1_000;

const { file, readonly, pragmas } = workerData;
const database = new Sqlite(file, { readonly });
for (const pragma of pragmas) database.pragma(pragma);

/** @type {Map<string, { statement: import("better-sqlite3").Statement, columns: string[] | null }>} */
const prepared = new Map();
/** Long ones. */
const keptLong = new Map();
/** How often other long ones came. @type {Map<number, number>} */
const counted = new Map();
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
  let found = prepared.get(sql) ?? keptLong.get(sql);
  if (!found) {
    const statement = database.prepare(sql);
    found = { statement: statement.reader ? statement.raw() : statement, columns: statement.reader ? namesOf(statement) : null };
    if (sql.length > LONGEST_PREPARED) {
      if (comesOften(sql)) keptLong.set(sql, found);
      return found;
    }
    if (prepared.size >= MOST_PREPARED) prepared.delete(prepared.keys().next().value);
    prepared.set(sql, found);
  }
  return found;
}

function comesOften(sql) {
  if (keptLong.size >= MOST_LONG) return false;
  const key = hashOf(sql);
  const times = (counted.get(key) ?? 0) + 1;
  if (counted.size >= MOST_COUNTED) counted.clear();
  counted.set(key, times);
  return times >= OFTEN;
}

/** FNV-1a in 32 bits: two texts of one hash are counted as one. */
function hashOf(text) {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}

function namesOf(statement) {
  return statement.columns().map(({ name }) => name);
}
