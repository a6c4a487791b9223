import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { link, open, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { DataSource } from "typeorm";

/**
 * Copies an embedded database as it is at this moment, also while a server writes into it: the copy has what was committed
 * before and nothing by halves. It gets its name only when it is whole, has been checked and is on the disk; a file that is
 * there already is never replaced.
 */
export async function copySqlite(file: string, to: string): Promise<void> {
  if (!existsSync(file)) throw new Error(`There is no database at ${file}; check TONGHOP_HOME.`);
  if (existsSync(to)) throw new Error(`${to} is there already; a backup replaces nothing.`);
  const draft = `${to}.${randomUUID()}`;
  // For its owner only; SQLite fills it.
  const made = await open(draft, "wx", 0o600).catch((error: NodeJS.ErrnoException) => {
    const { code = "" } = error;
    if (!/^(ENOENT|ENOTDIR|EACCES|EPERM|EROFS)$/.test(code)) throw error;
    throw new Error(`The directory ${dirname(to)} does not exist or cannot be written (${code}).`);
  });
  await made.close();
  try {
    await query(file, "VACUUM INTO ?", [draft]);
    const [verdict] = await query(draft, "PRAGMA integrity_check");
    if (verdict?.["integrity_check"] !== "ok")
      throw new Error(`The copy is damaged, so ${file} is: ${String(verdict?.["integrity_check"])}`);
    await sync(draft);
    await link(draft, to);
  } finally {
    await unlink(draft).catch(() => undefined);
  }
  await sync(dirname(to));

  async function query(database: string, sql: string, values: string[] = []) {
    const source = await new DataSource({ type: "better-sqlite3", readonly: true, database }).initialize();
    try {
      return await source.query<Record<string, unknown>[]>(sql, values);
    } finally {
      await source.destroy();
    }
  }
}

/** Waits until a file, or the names in a folder, are on the disk. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  await handle.sync().finally(() => handle.close());
}
