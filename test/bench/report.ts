import { type LoadTimes } from "./load.js";
import { type ReadResult } from "./reads.js";
import { type WriteResult } from "./writes.js";

/** What was measured on one database. */
export interface Results {
  database: string;
  conditions: string;
  load: LoadTimes;
  reads: readonly ReadResult[];
  writes: readonly WriteResult[];
  /** Seconds. */
  audit: number;
  rebuild: number;
  residentMb: number;
  peakMb: number;
}

export function report({ database, conditions, load, reads, writes, audit, rebuild, residentMb, peakMb }: Results): string {
  return [
    `\n${database}: ${conditions}`,
    table([
      ["one request of a dashboard", "statements", "hub p50", "p95", "CPU", "floor p50", "p95", "CPU", "p50 x floor", "CPU x floor"],
      ...reads.map(({ name, statements, hub, floor, timesP50 }) => [
        name,
        String(statements),
        ms(hub.p50),
        ms(hub.p95),
        ms(hub.cpuMs),
        ms(floor.p50),
        ms(floor.p95),
        ms(floor.cpuMs),
        times(timesP50),
        times(hub.cpuMs / floor.cpuMs),
      ]),
    ]),
    table([
      ["writing", "hub rows/s", "p50", "p95", "CPU", "floor rows/s", "p50", "p95", "CPU", "rows/s of floor"],
      ...writes.map(({ name, rows, hub, floor, timesPerSecond }) => [
        name,
        whole(hub.perSecond * rows),
        ms(hub.p50),
        ms(hub.p95),
        ms(hub.cpuMs),
        whole(floor.perSecond * rows),
        ms(floor.p50),
        ms(floor.p95),
        ms(floor.cpuMs),
        `${(timesPerSecond * 100).toFixed(0)} %`,
      ]),
    ]),
    `load: ${load.units} units and ${load.records} records in ${s(load.total)} (units ${s(load.registering)}, records ${s(load.recording)}: ${whole(load.records / load.recording)} records/s)`,
    `open a school year: ${s(load.openingYear)}; ledger audit: ${s(audit)}; ledger rebuild: ${s(rebuild)}`,
    `memory of the hub's process at the end: ${residentMb.toFixed(0)} MB (peak ${peakMb.toFixed(0)} MB)\n`,
  ].join("\n");
}

const ms = (value: number) => value.toFixed(value < 10 ? 2 : 1);
const s = (value: number) => `${value.toFixed(2)} s`;
const times = (value: number) => `${value.toFixed(1)}`;
const whole = (value: number) => Math.round(value).toLocaleString("en-US");

/** Columns as wide as they must be; the first to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return `\n${rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join("  ")).join("\n")}\n`;
}
