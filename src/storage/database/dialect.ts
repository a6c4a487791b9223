import { type Failure, isMysqlUndone, isSqliteUndone, mysqlFailure, sqliteFailure } from "./failure.js";

/**
 * Every sentence that SQLite and MySQL/MariaDB say differently, in one place. All other SQL of the hub runs unchanged on
 * both.
 */
export interface Dialect {
  name: "sqlite" | "mysql";
  /** Appended to a SELECT whose rows are locked until the end of the transaction. SQLite has one writer and needs none. */
  forUpdate: string;
  /** As above, shared with others that only share. */
  forShare: string;
  /**
   * On a Galera cluster a lock holds on one node only. There whoever locks rows writes them, and whoever commits writes the
   * gate's second row: so the changes of two nodes that would not have waited for each other collide, and one begins again.
   */
  isCluster: boolean;
  /** Appended to CREATE TABLE, after ENGINE=: texts compare by code point, as SQLite's do. */
  engine: string | undefined;
  /** Type of a text that may pass 65,535 bytes, where TEXT of MySQL ends; SQLite's ends nowhere. */
  longText: "text" | "mediumtext";
  /**
   * Appended to an INSERT of many rows: where the key is there already, these columns are changed instead. `to`: what a
   * column becomes, of what it is and what the row brings.
   */
  onPresent(key: readonly string[], columns: readonly string[], to: (present: string, given: string) => string): string;
  /** The condition that a column holds one of these ids, however many they are, with its values. */
  oneOf(column: string, ids: readonly string[]): { sql: string; values: string[] };
  /** What of the database made a statement fail; `null` where the statement, or the code around it, is wrong. */
  failureOf(error: unknown): Failure | null;
  /** Whether a COMMIT that failed so has certainly stored nothing. */
  isUndone(error: unknown): boolean;
}

export const sqlite: Dialect = {
  name: "sqlite",
  forUpdate: "",
  forShare: "",
  isCluster: false,
  engine: undefined,
  longText: "text",
  onPresent: (key, columns, to) =>
    ` ON CONFLICT (${key.join(", ")}) DO UPDATE SET ${columns.map((name) => `\`${name}\` = ${to(`\`${name}\``, `excluded.\`${name}\``)}`).join(", ")}`,
  // SQLite takes no more than 32,766 values in a statement.
  oneOf: (column, ids) => ({ sql: `${column} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(ids)] }),
  failureOf: sqliteFailure,
  isUndone: isSqliteUndone,
};

export const mysql: Dialect = {
  name: "mysql",
  forUpdate: " FOR UPDATE",
  forShare: " LOCK IN SHARE MODE",
  isCluster: false,
  engine: "InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin",
  longText: "mediumtext",
  onPresent: (_key, columns, to) =>
    ` ON DUPLICATE KEY UPDATE ${columns.map((name) => `\`${name}\` = ${to(`\`${name}\``, `VALUES(\`${name}\`)`)}`).join(", ")}`,
  oneOf: (column, ids) => ({ sql: ids.length === 0 ? "1 = 0" : `${column} IN (${ids.map(() => "?").join(", ")})`, values: [...ids] }),
  failureOf: mysqlFailure,
  isUndone: isMysqlUndone,
};

export const galera: Dialect = { ...mysql, isCluster: true };
