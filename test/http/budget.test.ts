import { Budgets } from "../../src/http/budget.js";

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
