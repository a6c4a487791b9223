import { type Judged } from "./judge.js";

/** The figures of all phases as a table, and everything that was wrong. */
export function report(phases: readonly Judged[]): string {
  const rows = [
    [
      "",
      "seconds",
      "acknowledged",
      "moves",
      "conflicts",
      "refused",
      "unknown",
      "certification",
      "read elsewhere",
      "slowest",
      "lost",
      "ledger",
    ],
    ...phases.map(({ name, seconds, observed, certificationFailures, lost, differences, checked }) => [
      name,
      seconds.toFixed(0),
      String(observed.acknowledged.length),
      String(observed.moves),
      String(observed.conflicts),
      String(observed.refused),
      String(observed.unknown),
      String(certificationFailures),
      String(observed.reads),
      `${(observed.slowestMs / 1000).toFixed(1)} s`,
      String(lost),
      `${differences} of ${checked}`,
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join("  "),
  );
  const violations = phases.flatMap((phase) => told(phase));
  const verdict = violations.length === 0 ? "Nothing acknowledged is lost, and the ledger is right on every node." : violations.join("\n");
  return `\n${lines.join("\n")}\n\n${verdict}\n`;
}

/** Each kind of violation once, with how often it came. */
function told({ name, violations }: Judged): string[] {
  const counts = new Map<string, { text: string; times: number }>();
  for (const text of violations) {
    const kind = text.replace(/[0-9a-f-]{36}|\d+/g, "#").slice(0, 120);
    const known = counts.get(kind);
    counts.set(kind, { text: known?.text ?? text, times: (known?.times ?? 0) + 1 });
  }
  return [...counts.values()].map(({ text, times }) => `VIOLATION, ${name}, ${times} times: ${text}`);
}
