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
  /** Appended to CREATE TABLE, after ENGINE=: texts compare by code point, as SQLite's do. */
  engine: string | undefined;
  /**
   * Appended to an INSERT of many rows: where the key is there already, these columns are changed instead. `to`: what a
   * column becomes, of what it is and what the row brings.
   */
  onPresent(key: readonly string[], columns: readonly string[], to: (present: string, given: string) => string): string;
  /** A failure after which the whole unit of work may be tried again: nothing of it was stored. */
  isRetryable(error: unknown): boolean;
}

function codesOf(error: unknown): (string | number | undefined)[] {
  const outer = error as { code?: string; errno?: number; driverError?: { code?: string; errno?: number } };
  return [outer?.code, outer?.errno, outer?.driverError?.code, outer?.driverError?.errno];
}

export const sqlite: Dialect = {
  name: "sqlite",
  forUpdate: "",
  forShare: "",
  engine: undefined,
  onPresent: (key, columns, to) =>
    ` ON CONFLICT (${key.join(", ")}) DO UPDATE SET ${columns.map((name) => `\`${name}\` = ${to(`\`${name}\``, `excluded.\`${name}\``)}`).join(", ")}`,
  isRetryable: (error) => codesOf(error).some((code) => typeof code === "string" && code.startsWith("SQLITE_BUSY")),
};

/** 1213 deadlock, 1205 lock wait, 1062 somebody stored the same key first, 1020 the row changed since it was read. */
const RETRYABLE = new Set<unknown>([1213, 1205, 1062, 1020]);

export const mysql: Dialect = {
  name: "mysql",
  forUpdate: " FOR UPDATE",
  forShare: " LOCK IN SHARE MODE",
  engine: "InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin",
  onPresent: (_key, columns, to) =>
    ` ON DUPLICATE KEY UPDATE ${columns.map((name) => `\`${name}\` = ${to(`\`${name}\``, `VALUES(\`${name}\`)`)}`).join(", ")}`,
  isRetryable: (error) => codesOf(error).some((code) => RETRYABLE.has(code)),
};
