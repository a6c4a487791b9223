import fc from "fast-check";
import { Bill } from "../../src/http/limits/bill.js";
import { Budgets } from "../../src/http/limits/budget.js";

let now = 0;
const budgets = () => {
  now = 0;
  return new Budgets({ capacity: 100, refillPerSecond: 10 }, () => now);
};

test("a bucket gives what is in it, no more, and fills again up to its brim", () => {
  const some = budgets();
  expect([some.take("a", 60), some.take("a", 60), some.take("a", 40), some.remaining("a")]).toEqual([true, false, true, 0]);
  now = 2_500;
  expect([some.remaining("a"), some.take("a", 26), some.take("a", 25)]).toEqual([25, false, true]);
  now = 1_000_000;
  expect(some.remaining("a")).toBe(100);
});

test("every caller has its own", () => {
  const some = budgets();
  expect([some.take("a", 100), some.take("a", 1), some.take("b", 100)]).toEqual([true, false, true]);
});

test("what was spent unasked is owed, and the time to wait is told in whole seconds that suffice", () => {
  const some = budgets();
  some.charge("a", 150);
  expect([some.remaining("a"), some.take("a", 0)]).toEqual([-50, false]);
  const seconds = some.secondsUntil("a", 33);
  expect(seconds).toBe(9);
  now = (seconds - 1) * 1_000;
  expect(some.take("a", 33)).toBe(false);
  now = seconds * 1_000;
  expect(some.take("a", 33)).toBe(true);
});

test("of a hundred thousand callers the last ten thousand are remembered", () => {
  const some = budgets();
  for (let count = 0; count < 100_000; count++) some.take(`caller ${count}`, 10);
  expect([some.remaining("caller 99999"), some.remaining("caller 90000"), some.remaining("caller 89999")]).toEqual([90, 90, 100]);
});

test("an operation that was ended pays what it used, where that is more than its price", () => {
  now = 0;
  const some = budgets();
  const bill = new Bill(some, "a", 10);
  bill.begin();
  bill.ask(0, 20);
  bill.perform();
  bill.settle(15);
  expect(bill.told()).toMatchObject({ requested: 30, spent: 25, remaining: 75 });
  bill.settle(45);
  expect(bill.told()).toMatchObject({ requested: 30, spent: 55, remaining: 45 });
});

describe("the time to wait is told so that the same request passes then", () => {
  /** A request: what is taken ahead and what its body, document and operation cost, of which the hub may know the document. */
  const request = fc
    .record({
      body: fc.integer({ min: 50, max: 104_908 }),
      chunked: fc.boolean(),
      document: fc.integer({ min: 1, max: 20_000 }),
      isKnown: fc.boolean(),
      operation: fc.integer({ min: 0, max: 800_000 }),
    })
    .filter(({ body, document, operation }) => body + document + operation <= 800_000);
  type Request = typeof request extends fc.Arbitrary<infer T> ? T : never;

  /** Null where it passes, else the seconds to wait and whether its operation was known. */
  function send(some: Budgets, { body, chunked, document, isKnown, operation }: Request): { seconds: number; isKnown: boolean } | null {
    const bill = new Bill(some, "a", chunked ? 104_908 : body);
    const ahead = bill.begin();
    if (ahead !== null) return { seconds: ahead, isKnown: false };
    bill.read(body);
    if (!isKnown) bill.parse(document);
    bill.ask(document, operation);
    const seconds = bill.perform();
    return seconds === null ? null : { seconds, isKnown: true };
  }

  test("whatever was spent before, however the body comes, and whatever it asks", () => {
    const budget = fc.record({
      capacity: fc.integer({ min: 800_000, max: 3_000_000 }),
      refillPerSecond: fc.integer({ min: 1, max: 60_000 }),
    });
    let refused = 0;
    fc.assert(
      fc.property(budget, fc.integer({ min: 0, max: 4_000_000 }), request, (size, before, asked) => {
        now = 0;
        const some = new Budgets(size, () => now);
        some.charge("a", before);
        const first = send(some, asked);
        if (first === null) return;
        refused++;
        // Not longer than it takes: what is known suffices when it has come back, and a second before it does not.
        const needed = Math.max(asked.chunked ? 104_908 : asked.body, asked.body + asked.document + asked.operation);
        const missing = needed - some.remaining("a");
        if (first.isKnown) expect(first.seconds - missing / size.refillPerSecond).toBeLessThanOrEqual(1);
        now = first.seconds * 1_000;
        expect(send(some, asked)).toBeNull();
      }),
    );
    expect(refused).toBeGreaterThan(10);
  });
});
