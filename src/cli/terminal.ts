/** Where a command writes, and what it reads its settings from. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Whether a person watches. */
  interactive: boolean;
  env?: NodeJS.ProcessEnv;
}

/** A reason, in words for people, why a command ends with exit code 1. */
export class Failure extends Error {}

/** Columns of a table, padded for people. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => [...(row[column] ?? "")].length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - [...cell].length))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}
