import { promisify } from "node:util";
import { deflate, inflate } from "node:zlib";
import { type Sql, text } from "../database/sql.js";

/** A change that came with an idempotency key: what it was, and what it was answered. */
export interface AnsweredChange {
  /** Tells whether the same change comes again under its key. */
  digest: string;
  answer: string;
}

/** The changes that came with an idempotency key. `id` stands for the caller and the key. */
export interface IdempotencyStore {
  find(id: string): Promise<AnsweredChange | null>;
  insert(id: string, change: AnsweredChange, at: Date): Promise<void>;
  /** Forgets what was stored before. */
  forget(before: Date): Promise<void>;
}

/** Characters of a row: MySQL's TEXT ends at 65,535. */
const LONGEST_PART = 65_000;

/** An answer is kept packed, as the answers of large batches take megabytes, in as many rows as it takes. */
export function idempotencyStore(sql: Sql): IdempotencyStore {
  return {
    async find(id) {
      const rows = await sql.rows("SELECT digest, answer FROM idempotency_key WHERE id = ? ORDER BY part", [id]);
      if (!rows[0]) return null;
      const packed = Buffer.from(rows.map(({ answer }) => text(answer)).join(""), "base64");
      return { digest: text(rows[0].digest), answer: (await promisify(inflate)(packed)).toString() };
    },
    async insert(id, { digest, answer }, at) {
      const packed = (await promisify(deflate)(answer)).toString("base64");
      const parts = Array.from({ length: Math.ceil(packed.length / LONGEST_PART) }, (_, part) => [
        ...[id, part, digest, at.toISOString()],
        packed.slice(part * LONGEST_PART, (part + 1) * LONGEST_PART),
      ]);
      await sql.insert("idempotency_key", ["id", "part", "digest", "stored_at", "answer"], parts);
    },
    forget: async (before) => void (await sql.change("DELETE FROM idempotency_key WHERE stored_at < ?", [before.toISOString()])),
  };
}
