import { ThreadTime } from "../../src/graphql/engine/thread-time.js";

/** Keeps the processor busy until so much has been measured. */
function burn(time: ThreadTime, ms: number): void {
  time.work();
  for (const until = time.used() + ms; time.used() < until;);
}

test("the thread works for whoever was heard of last, and for nobody else; what other threads did is added", () => {
  const [one, other] = [new ThreadTime(), new ThreadTime()];
  burn(one, 20);
  other.work();
  const before = one.used();
  burn(other, 20);
  expect(one.used()).toBe(before);
  const after = other.used();
  expect([before >= 20, after >= 20]).toEqual([true, true]);
  one.add(5);
  expect([one.whole(), one.used()]).toEqual([before + 5, before]);
  // More than the process has had is not believed.
  one.add(1e9);
  expect(one.whole()).toBeLessThan(1e6);
});
