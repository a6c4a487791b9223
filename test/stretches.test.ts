import fc from "fast-check";
import { graphql } from "graphql";
import { buildGraphqlSchema } from "../src/graphql/schema.js";
import { answerText } from "../src/http/edge/answer-text.js";
import { inStretches, letOthersIn, mapInStretches, sortInStretches, Stretches } from "../src/stretches.js";
import { openTestDatabase } from "./database.js";
import { askedBy } from "../src/storage/database/request-database.js";

/** How many turns others get while something is done. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let working = true;
  const others = (async () => {
    for (; working; turns++) await letOthersIn();
  })();
  await work();
  working = false;
  await others;
  return turns;
}

/** Keeps the thread for longer than a stretch. */
function holdOn(): void {
  for (const begun = performance.now(); performance.now() - begun < 11;);
}

describe("long work", () => {
  test("is done in stretches: others have their turn after each", async () => {
    expect(await turnsDuring(() => inStretches([1, 2, 3, 4, 5, 6], holdOn))).toBeGreaterThanOrEqual(5);
  });

  test("of many that run at once, one goes on in each turn", async () => {
    let done = 0;
    const inEachTurn: number[] = [];
    let working = true;
    const watch = () => {
      inEachTurn.push(done);
      done = 0;
      if (working) setImmediate(watch);
    };
    setImmediate(watch);
    const work = () => {
      holdOn();
      done++;
    };
    await Promise.all(Array.from({ length: 8 }, () => letOthersIn().then(() => inStretches([1, 2, 3], work))));
    working = false;
    expect(inEachTurn.reduce((sum, some) => sum + some, done)).toBe(24);
    expect(Math.max(...inEachTurn)).toBeLessThanOrEqual(2);
  });

  test("comes to the same", async () => {
    expect(await mapInStretches([3, 1, 2], (value, index) => `${index}: ${value}`)).toEqual(["0: 3", "1: 1", "2: 2"]);
    const pairs = fc.array(fc.record({ key: fc.integer({ min: 0, max: 40 }), place: fc.nat() }), { maxLength: 4_000, size: "max" });
    await fc.assert(
      fc.asyncProperty(pairs, async (list) => {
        const compare = (a: { key: number }, b: { key: number }) => a.key - b.key;
        expect(await sortInStretches(list, compare)).toEqual([...list].sort(compare));
      }),
      { numRuns: 10, seed: 8 },
    );
  });

  test("ends where the pause fails", async () => {
    const done: number[] = [];
    const work = (value: number) => {
      done.push(value);
      holdOn();
    };
    await expect(inStretches([1, 2, 3], work, () => Promise.reject(new Error("the time is over")))).rejects.toThrow("the time is over");
    expect(done).toEqual([1]);
  });

  test("small works beyond a stretch wait for the next, and keep their order", async () => {
    const stretches = new Stretches(3);
    const done: number[] = [];
    const works = Array.from({ length: 10 }, (_, index) =>
      stretches.run(() => {
        stretches.count(1);
        done.push(index);
      }),
    );
    expect(done).toEqual([0, 1, 2]);
    expect(await turnsDuring(() => Promise.all(works.map(async (work) => work)))).toBeGreaterThanOrEqual(2);
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("ends with the time of its request, within a change and a read", async () => {
    const database = await openTestDatabase();
    const controller = new AbortController();
    const asked = askedBy(database, {}, { until: Infinity, signal: controller.signal });
    let passed = 0;
    const work = async (stores: { pause(): Promise<void> }) => {
      await stores.pause();
      passed++;
      controller.abort();
      await stores.pause();
      passed++;
    };
    await expect(asked.write(work)).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
    await expect(asked.read(work)).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
    expect(passed).toBe(1);
    await database.close();
  });

  test("that ends with the time of its request is told of that in stretches, too", async () => {
    const database = await openTestDatabase();
    const controller = new AbortController();
    const asked = askedBy(database, {}, { until: Infinity, signal: controller.signal });
    let turn: number | null = 0;
    const told = new Set<number | null>();
    setImmediate(function next() {
      if (turn === null) return;
      turn++;
      setImmediate(next);
    });
    // Eight run at a time, the others wait for them.
    const reads = Array.from({ length: 30 }, () => asked.read((stores) => stores.units.allIds()).catch(() => told.add(turn)));
    controller.abort();
    await Promise.all(reads);
    turn = null;
    expect(told.size).toBeGreaterThan(20);
    await database.close();
  });
});

describe("a large answer", () => {
  test("is made in stretches", async () => {
    const source = `{ ${Array.from({ length: 100 }, (_, index) => `a${index}: indicators { key name { en vi } definition { en vi } }`).join(" ")} }`;
    const turns = await turnsDuring(async () => {
      const { data, errors } = await graphql({ schema: buildGraphqlSchema(), source });
      expect(errors).toBeUndefined();
      expect(Object.keys(data!)).toHaveLength(100);
    });
    expect(turns).toBeGreaterThan(10);
  });

  test("is written as JSON.stringify writes it", async () => {
    const large = { data: { nodes: Array.from({ length: 3_000 }, (_, index) => ({ index, name: `Trường "${index}"`, none: null })) } };
    for (const answer of [large, { ...large, errors: undefined, at: new Date(0), list: [undefined, [], {}] }])
      expect(await answerText(answer)).toBe(`${JSON.stringify(answer)}\n`);
    await fc.assert(
      fc.asyncProperty(fc.object({ maxDepth: 4 }), async (value) => {
        const answer = { ...large, value };
        expect(await answerText(answer)).toBe(`${JSON.stringify(answer)}\n`);
      }),
      { numRuns: 30, seed: 8 },
    );
  });
});
