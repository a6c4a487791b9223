import { Presets, SingleBar } from "cli-progress";
import { type Terminal } from "./terminal.js";

/** Shows how far a long command is: a bar for a person, a line for each tenth for a log. */
export async function withProgress<T>(
  terminal: Terminal,
  what: string,
  work: (progress: (done: number, total: number) => void) => Promise<T>,
): Promise<T> {
  if (!terminal.interactive) {
    let shown = -1;
    return work((done, total) => {
      const tenth = total === 0 ? 10 : Math.floor((10 * done) / total);
      if (tenth > shown) terminal.err(`${what}: ${tenth * 10} %\n`);
      shown = Math.max(shown, tenth);
    });
  }
  const bar = new SingleBar(
    { format: `${what} {bar} {percentage} % | {value} of {total}`, hideCursor: true, stream: process.stderr },
    Presets.shades_classic,
  );
  bar.start(0, 0);
  try {
    return await work((done, total) => {
      bar.setTotal(total);
      bar.update(done);
    });
  } finally {
    bar.stop();
  }
}
