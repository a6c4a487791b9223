/**
 * What of a database made a statement fail. CONFLICT: others were in the way, and the whole unit of work may be tried
 * again. UNAVAILABLE: the connection broke or none is to be had, and another one may do. READ_ONLY: it takes no changes.
 */
export type Failure = "CONFLICT" | "UNAVAILABLE" | "READ_ONLY";

interface DriverError {
  code?: string;
  errno?: number;
  message?: string;
  /** mysql2: the connection is of no use any more. */
  fatal?: boolean;
  driverError?: DriverError;
}

const innermost = (error: unknown): DriverError => {
  const outer = (error ?? {}) as DriverError;
  return outer.driverError ?? outer;
};

/** Server errors of MySQL and MariaDB by their number. */
const NUMBERS: Record<Failure, readonly number[]> = {
  // Lock wait, deadlock (on Galera also a failed certification), row changed since it was read, somebody stored the same key first.
  CONFLICT: [1205, 1213, 1020, 1062],
  // Too many connections (of all, of this user, in this hour), shutdown, packets cut short, statement or connection killed, Galera node
  // not ready, idle for too long.
  UNAVAILABLE: [1040, 1203, 1226, 1053, 1077, 1079, 1152, 1158, 1159, 1160, 1161, 1184, 1317, 1927, 1047, 4031],
  // Disk full when writing a file, disk full, table full, error on write; --read-only, read-only transaction, read-only engine.
  READ_ONLY: [3, 20, 1021, 1114, 1026, 1290, 1792, 1836, 1874],
};
const FAILURES = new Map(Object.entries(NUMBERS).flatMap(([failure, numbers]) => numbers.map((number) => [number, failure as Failure])));
/** ER_GET_ERRNO, which tells the storage engine's error in its text: disk full, quota exceeded, engine read-only. */
const ENGINE_ERROR = 1030;
const ENGINE_IS_FULL = /\b(28|122|165)\b/;

/** What the network says, as Node names it. */
const NETWORK = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_AGAIN|PROTOCOL_)/;

export function mysqlFailure(error: unknown): Failure | null {
  const { errno = 0, code = "", message = "", fatal } = innermost(error);
  // The numbers of Node's own errors are negative.
  if (errno > 0) return errno === ENGINE_ERROR ? (ENGINE_IS_FULL.test(message) ? "READ_ONLY" : null) : (FAILURES.get(errno) ?? null);
  return fatal || NETWORK.test(code) ? "UNAVAILABLE" : null;
}

export function isMysqlUndone(error: unknown): boolean {
  const failure = mysqlFailure(error);
  // The driver knew that the connection was closed, and sent nothing.
  return failure === "UNAVAILABLE" ? /in closed state/.test(innermost(error).message ?? "") : failure !== null;
}

export function sqliteFailure(error: unknown): Failure | null {
  const { code = "" } = innermost(error);
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return "CONFLICT";
  if (/^SQLITE_(FULL|READONLY|IOERR_(WRITE|FSYNC|TRUNCATE|SHMSIZE))/.test(code)) return "READ_ONLY";
  return /^SQLITE_(CANTOPEN|IOERR)/.test(code) ? "UNAVAILABLE" : null;
}

/** After a failed write or flush the change may be in the file all the same, and stand after a crash. */
export function isSqliteUndone(error: unknown): boolean {
  return sqliteFailure(error) !== null && !innermost(error).code?.startsWith("SQLITE_IOERR");
}

/** Table, column or index there already, nothing to drop: another hub that starts at the same time has just done it. */
const DONE_BY_ANOTHER = [1050, 1060, 1061, 1091];

export function isDoneByAnother(error: unknown): boolean {
  return DONE_BY_ANOTHER.includes(innermost(error).errno ?? 0) || mysqlFailure(error) === "CONFLICT";
}
