import { Presets, SingleBar } from "cli-progress";
import { byTenths } from "../output.js";
import { type Terminal } from "./terminal.js";

/** Shows how far a long command is, once it tells so: a bar for a person, a line for each tenth for a log. */
export async function withProgress<T>(
  terminal: Terminal,
  what: string,
  work: (progress: (done: number, total: number) => void) => Promise<T>,
): Promise<T> {
  if (!terminal.interactive) return work(byTenths((percent) => terminal.err(`${what}: ${percent} %\n`)));
  const bar = new SingleBar(
    { format: `${what} {bar} {percentage} % | {value} of {total}`, hideCursor: true, stream: process.stderr },
    Presets.shades_classic,
  );
  try {
    return await work((done, total) => {
      if (!bar.isActive) bar.start(total, done);
      bar.update(done);
    });
  } finally {
    bar.stop();
  }
}
