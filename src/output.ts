/** How much may wait for a reader that does not read. */
const WAITING_BYTES = 4 * 1024 * 1024;

/**
 * Standard output or standard error of a process that outlives whoever reads it. A pipe whose reader has ended, a terminal
 * that was closed and a full disk make a write fail; a reader that has stopped reading makes the text wait. Neither may end
 * the process or fill its memory: what cannot be written is dropped and counted.
 */
export class Output {
  private lost = 0;

  constructor(
    private readonly stream: NodeJS.WriteStream,
    private readonly waitingBytes = WAITING_BYTES,
  ) {
    // Each write hears of its own failure; without a listener the first would end the process.
    stream.on("error", () => undefined);
  }

  /** How many writes were dropped since the start. */
  get dropped(): number {
    return this.lost;
  }

  write(text: string): void {
    if (this.stream.writableLength > this.waitingBytes) this.lost += 1;
    else this.stream.write(text, (error) => void (error && (this.lost += 1)));
  }

  /** Resolves when all has been written or dropped, and after this time in any case. */
  flushed(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.stream.write("", () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

/** Tells each tenth of a long work once, in percent. */
export function byTenths(tell: (percent: number) => void): (done: number, total: number) => void {
  let shown = -1;
  return (done, total) => {
    const tenth = total === 0 ? 10 : Math.floor((10 * done) / total);
    if (tenth > shown) tell(tenth * 10);
    shown = Math.max(shown, tenth);
  };
}
