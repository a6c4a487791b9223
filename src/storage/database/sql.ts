import { letOthersIn, pauseWhereDue } from "../../stretches.js";
import { type Dialect } from "./dialect.js";

export type Row = Record<string, unknown>;
export type Value = string | number | null;

/**
 * What sends statements; TypeORM's query runners do. `structured`: answers how many rows a change affected, too. `worked`: hears for
 * how many milliseconds a thread of this process worked for it; a server's is another process.
 */
export interface Runner {
  query(statement: string, values?: unknown[], structured?: boolean, worked?: (ms: number) => void): Promise<unknown>;
  /** Fails when the time of the request is over; where nobody has set one it is missing. */
  check?(): void;
}

/** What hears of the statements of a request. */
export interface Heard {
  /** One is sent. */
  statement?(): void;
  /** It has been answered, and the request goes on. `ms`: for how long a thread of this process worked for it. */
  answered?(ms: number): void;
}

/** One connection's SQL: inside a unit of work its transaction, else a reader. Identifiers are quoted with backticks. */
export class Sql {
  constructor(
    private readonly runner: Runner,
    readonly dialect: Dialect,
    private readonly heard: Heard = {},
  ) {}

  /** The rows of a SELECT. */
  async rows(statement: string, values: readonly Value[] = []): Promise<Row[]> {
    return (await this.send(statement, values, false)) as Row[];
  }

  /** Runs a change; the number of rows that it matched. */
  async change(statement: string, values: readonly Value[] = []): Promise<number> {
    const result = (await this.send(statement, values, true)) as { affected?: number };
    return result.affected ?? 0;
  }

  /** Lets others have their turn in the midst of long work, and fails when the time of the request is over. */
  async pause(): Promise<void> {
    await letOthersIn();
    this.runner.check?.();
  }

  /** SELECT … WHERE column IN (list), in portions that every database takes. `??` in the statement becomes the list. */
  async rowsIn(statement: string, list: readonly Value[], rest: readonly Value[] = []): Promise<Row[]> {
    const rows: Row[] = [];
    for (const part of portions([...new Set(list)], 900))
      for (const row of await this.rows(statement.replace("??", marks(part.length)), [...part, ...rest])) rows.push(row);
    return rows;
  }

  /** Inserts rows, many in a statement. `onPresent`: what becomes of rows that are there already, in the words of the dialect. */
  async insert(table: string, columns: readonly string[], rows: readonly (readonly Value[])[], onPresent = ""): Promise<void> {
    const names = columns.map((column) => `\`${column}\``).join(", ");
    const most = Math.max(1, Math.floor(9_000 / columns.length));
    for (const part of portions(rows, most).flatMap((some) => shortStatements(some))) {
      const row = `(${marks(columns.length)})`;
      await this.change(`INSERT INTO ${table} (${names}) VALUES ${part.map(() => row).join(", ")}${onPresent}`, part.flat());
    }
  }

  private async send(statement: string, values: readonly Value[], structured: boolean): Promise<unknown> {
    let ms = 0;
    this.heard.statement?.();
    try {
      const answer = await this.runner.query(statement, [...values], structured, (worked) => (ms = worked));
      // Answers may come by the thousand.
      await pauseWhereDue();
      return answer;
    } finally {
      this.heard.answered?.(ms);
    }
  }
}

/** Characters in a statement: up to three bytes each, doubled where they are escaped, they stay below MariaDB's `max_allowed_packet` of 16 MB. */
const LONGEST_STATEMENT = 2_500_000;

/** Rows in portions that fit into a statement; a row is never cut. */
function shortStatements(rows: readonly (readonly Value[])[]): (readonly Value[])[][] {
  const parts: (readonly Value[])[][] = [];
  let length = Infinity;
  for (const row of rows) {
    const own = row.reduce<number>((sum, value) => sum + (typeof value === "string" ? value.length : 20), 0);
    if (length + own > LONGEST_STATEMENT) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)!.push(row);
    length += own;
  }
  return parts;
}

export function portions<T>(list: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < list.length; start += size) parts.push(list.slice(start, start + size));
  return parts;
}

/** "?, ?, ?"; for none NULL, which nothing is in: an empty list is no SQL, although SQLite takes it. */
export function marks(count: number): string {
  if (count === 0) return "NULL";
  return Array.from({ length: count }, () => "?").join(", ");
}

export const text = (value: unknown): string => String(value);
export const textOrNull = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
/** SUM and BIGINT arrive as text from MySQL; the hub's integers stay below 2^53. */
export const int = (value: unknown): number => Number(value ?? 0);
