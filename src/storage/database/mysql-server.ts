import { createConnection } from "mysql2/promise";
import type { DataSource } from "typeorm";
import { mysqlFailure } from "./failure.js";

/** How long a start waits for the server, how often it tries and how often it says so. */
const PATIENCE_MS = 5 * 60_000;
const EVERY_MS = 500;
const SAY_EVERY_MS = 5_000;
/** How long the server may take to let in, and to say what it is. */
const ANSWER_MS = 5_000;

/**
 * Waits until the server lets connections in; says meanwhile what it waits for, and why. Fails at once where waiting does not
 * help: a wrong password, no such database.
 */
export async function waitForServer(url: string, say: (host: string, why: unknown) => void, patienceMs = PATIENCE_MS): Promise<void> {
  const { host } = new URL(url);
  const end = performance.now() + patienceMs;
  let sayAt = 0;
  for (;;)
    try {
      return void (await serverType(url));
    } catch (error) {
      const now = performance.now();
      if (mysqlFailure(error) !== "UNAVAILABLE" || now > end) throw error;
      if (now >= sayAt) {
        say(host, error);
        sayAt = now + SAY_EVERY_MS;
      }
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
}

/** TypeORM reads the catalogue of the two differently. */
export async function serverType(url: string): Promise<"mysql" | "mariadb"> {
  const connection = await createConnection({ uri: url, connectTimeout: ANSWER_MS });
  try {
    const [rows] = await connection.query({ sql: "SELECT VERSION() AS version", timeout: ANSWER_MS });
    const { version } = (rows as [{ version: string }])[0];
    const lack = lackOfVersion(version);
    if (lack !== null) throw new Error(lack);
    return isMariadb(version) ? "mariadb" : "mysql";
  } finally {
    connection.destroy();
  }
}

const isMariadb = (version: string): boolean => /mariadb/i.test(version);

/** Why a server of a version ("10.11.6-MariaDB-log") cannot be used; null: it can. */
export function lackOfVersion(version: string): string | null {
  const [major = 0, minor = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  const [leastMajor, leastMinor] = isMariadb(version) ? [10, 11] : [8, 0];
  if (major > leastMajor! || (major === leastMajor && minor >= leastMinor!)) return null;
  return `The database server is of version ${version}; the hub needs MariaDB 10.11 or MySQL 8.0, or later. Upgrade it, or check DATABASE_URL.`;
}

/** Whether the server is a node of a Galera cluster. */
export async function isCluster(source: DataSource): Promise<boolean> {
  const rows = await source.query<{ Value: string }[]>("SHOW VARIABLES LIKE 'wsrep_on'");
  return rows[0]?.Value === "ON";
}

/** What every account of the hub has to be allowed; no row is changed. */
const CHANGES = [
  "INSERT INTO gate (id) SELECT id FROM gate WHERE 1 = 0",
  "UPDATE gate SET id = id WHERE 1 = 0",
  "DELETE FROM gate WHERE 1 = 0",
];

/** Fails at the start where the account lacks a privilege, which would otherwise show at the first change. A server that is read-only for now is no such case. */
export async function proveAccount(source: DataSource): Promise<void> {
  for (const change of CHANGES)
    await source.query(change).catch((error: unknown) => {
      if (mysqlFailure(error) !== "READ_ONLY") throw error;
    });
}

/** Settings of the server with which it may lose what it has acknowledged, or answer with something old; each says what to set. */
export async function warningsOf(source: DataSource): Promise<string[]> {
  const rows = await source.query<{ Variable_name: string; Value: string }[]>(
    `SHOW GLOBAL VARIABLES WHERE Variable_name IN ('innodb_flush_log_at_trx_commit', 'innodb_doublewrite', 'log_bin', 'sync_binlog', 'sql_mode')`,
  );
  const of = new Map(rows.map(({ Variable_name: name, Value: value }) => [name.toLowerCase(), value]));
  const warnings: string[] = [];
  if (of.get("innodb_flush_log_at_trx_commit") !== "1")
    warnings.push(
      `The database may lose changes that were answered as stored when its machine fails: innodb_flush_log_at_trx_commit is ${of.get("innodb_flush_log_at_trx_commit")}; set it to 1.`,
    );
  if (of.get("innodb_doublewrite") === "OFF")
    warnings.push("The database may be damaged when its machine fails while it writes: innodb_doublewrite is OFF; set it to ON.");
  if (of.get("log_bin") === "ON" && of.get("sync_binlog") !== "1")
    warnings.push(
      `Replicas and restored backups may miss changes after the database's machine failed: sync_binlog is ${of.get("sync_binlog")}; set it to 1.`,
    );
  if (!/STRICT_(ALL|TRANS)_TABLES|TRADITIONAL/.test(of.get("sql_mode") ?? ""))
    warnings.push(
      `The database is not strict: other programs that write to it may store cut values (the hub sets its own sessions strict). Add STRICT_TRANS_TABLES to sql_mode, which is "${of.get("sql_mode")}".`,
    );
  return warnings;
}

/** How long the server may take to let somebody in who tells it, and to hear: together what a request may take after its time. */
const STOP_MS = 2_000;

/**
 * Stops the statement that runs on a connection; one that rests is not hurt by it. On a connection outside the pool: that
 * may be used up by what is to be stopped. Fails where the server cannot be told in seconds.
 */
export async function stopStatement(url: string, threadId: number): Promise<void> {
  const connection = await createConnection({ uri: url, connectTimeout: STOP_MS });
  try {
    await connection.query({ sql: `KILL QUERY ${threadId}`, timeout: STOP_MS });
  } finally {
    connection.destroy();
  }
}
