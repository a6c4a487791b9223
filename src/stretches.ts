/** How long the hub's thread works at one thing while others wait, in milliseconds. What it cannot break off is longer. */
const STRETCH_MS = 10;

/** Works that wait for their turn, in the order in which they came. */
const waiting = new Set<() => void>();
/** When the hub's thread began to work without having been free since; null: it is not known to work. */
let turnBegan: number | null = null;

/** Lets others have their turn: it ends when what has come meanwhile was heard, and all that waited before have had theirs. */
export function letOthersIn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.add(resolve);
    if (waiting.size === 1) setImmediate(takeTurn);
  });
}

/** One of those that wait goes on. The others have the next turns, so that many long works together hold the thread no longer than one. */
function takeTurn(): void {
  const [next] = waiting;
  waiting.delete(next!);
  if (waiting.size > 0) setImmediate(takeTurn);
  beginTurn();
  next!();
}

function beginTurn(): number {
  const began = performance.now();
  turnBegan = began;
  setImmediate(() => {
    if (turnBegan === began) turnBegan = null;
  });
  return began;
}

/** Whether the thread has worked for as long as a stretch, at whatever, since it was last free. */
function isTurnOver(): boolean {
  return performance.now() - (turnBegan ?? beginTurn()) > STRETCH_MS;
}

/** Lets others in where the thread has worked for a stretch: before the next part of something long. */
export async function pauseWhereDue(): Promise<void> {
  if (isTurnOver()) await letOthersIn();
}

/** Something done with each of many, with a pause between stretches. `pause`: lets others in, and may fail where the work is to end. */
export async function inStretches<T>(
  list: Iterable<T>,
  work: (item: T, index: number) => void | Promise<void>,
  pause: () => Promise<void> = letOthersIn,
): Promise<void> {
  let index = 0;
  for (const item of list) {
    // One is done in each turn, however long others have worked in it.
    if (isTurnOver() && index > 0) await pause();
    const done = work(item, index++);
    if (done) await done;
  }
}

/** What becomes of each of many. */
export async function mapInStretches<T, R>(
  list: readonly T[],
  work: (item: T, index: number) => R | Promise<R>,
  pause: () => Promise<void> = letOthersIn,
): Promise<R[]> {
  const made: R[] = [];
  const add = (result: R) => void made.push(result);
  const make = (item: T, index: number) => {
    const result = work(item, index);
    return result instanceof Promise ? result.then(add) : add(result);
  };
  await inStretches(list, make, pause);
  return made;
}

/** Entries that are sorted, or merged, without a look at the clock. */
const RUN = 1_000;

/** A sorted copy: runs are sorted by themselves, then merged. */
export async function sortInStretches<T>(
  list: readonly T[],
  compare: (a: T, b: T) => number,
  pause: () => Promise<void> = letOthersIn,
): Promise<T[]> {
  const starts = Array.from({ length: Math.ceil(list.length / RUN) }, (_, index) => index * RUN);
  let runs = await mapInStretches(starts, (start) => list.slice(start, start + RUN).sort(compare), pause);
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let index = 0; index < runs.length; index += 2)
      merged.push(await mergeInStretches(runs[index]!, runs[index + 1] ?? [], compare, pause));
    runs = merged;
  }
  return runs[0] ?? [];
}

async function mergeInStretches<T>(
  a: readonly T[],
  b: readonly T[],
  compare: (a: T, b: T) => number,
  pause: () => Promise<void>,
): Promise<T[]> {
  const merged: T[] = [];
  let [atA, atB] = [0, 0];
  const portions = { length: Math.ceil((a.length + b.length) / RUN) };
  await inStretches(
    Array.from(portions),
    () => {
      for (let taken = 0; taken < RUN && merged.length < a.length + b.length; taken++)
        merged.push(atB >= b.length || (atA < a.length && compare(a[atA]!, b[atB]!) <= 0) ? a[atA++]! : b[atB++]!);
    },
    pause,
  );
  return merged;
}

/** Small works that come in thousands, from wherever: those beyond what one stretch takes wait for the next. */
export class Stretches {
  private waiting: (() => void)[] = [];
  private next = 0;
  private done = 0;
  private turnComes = false;

  /** `most`: how much a stretch takes, in whatever the works count. */
  constructor(private readonly most: number) {}

  /** What the work comes to, at once where this stretch takes it. */
  run<T>(work: () => T): T | Promise<Awaited<T>> {
    if (this.done < this.most) return work();
    return new Promise<void>((resolve) => this.waiting.push(resolve)).then(work) as Promise<Awaited<T>>;
  }

  /** Tells how much is done in this stretch. */
  count(amount: number): void {
    if (!this.turnComes) this.callTurn();
    this.done += amount;
  }

  private callTurn(): void {
    this.turnComes = true;
    void letOthersIn().then(() => this.takeTurn());
  }

  private async takeTurn(): Promise<void> {
    this.done = 0;
    this.turnComes = false;
    while (this.next < this.waiting.length) {
      // Whoever counted has called the next turn.
      if (this.done >= this.most) return;
      this.waiting[this.next++]!();
      // It runs now, and what follows from it soon after.
      await Promise.resolve();
    }
    this.waiting = [];
    this.next = 0;
  }
}
