import type { Stores } from "../../src/storage/stores/stores.js";
import { isOnServer, openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, draft, report, schoolYear } from "../desk.js";

let database: TestDatabase;
let desk: Desk;
const statements: string[] = [];

beforeAll(async () => {
  database = await openTestDatabase((sql) => statements.push(sql));
  desk = new Desk(database);
  await desk.register(draft.province("P"), draft.school("A", "P"), draft.school("B", "P"));
  await desk.openYear(schoolYear(2024));
});
afterAll(() => database.close());

const year = (first: number) => schoolYear(first);
const labels = (stores: Stores) => stores.schoolYears.all().then((years) => years.map(({ label }) => label));

/** A promise and what keeps it. */
function signal() {
  let give = () => {};
  const given = new Promise<void>((resolve) => (give = resolve));
  return { give, given };
}

describe("a unit of work", () => {
  test("that fails leaves nothing and tells why; the next one works", async () => {
    const before = await database.dump();
    const failing = database.write(async (stores) => {
      await stores.schoolYears.insert(year(2001));
      await stores.tokens.insert({
        id: "t",
        name: "n",
        role: "ANALYST",
        unitId: null,
        issuedAt: new Date(),
        expiresAt: null,
        revokedAt: null,
      });
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await database.dump()).toEqual(before);
    expect(await database.write(labels)).toEqual(["2024-2025"]);
  });

  test("that fails in the database leaves nothing either, and is not tried again for ever", async () => {
    const before = await database.dump();
    let attempts = 0;
    const failing = database.write(async (stores) => {
      attempts += 1;
      await stores.schoolYears.insert(year(2002));
      await stores.schoolYears.insert({ ...year(2003), label: null as never });
    });
    await expect(failing).rejects.toThrow(/null/i);
    expect(attempts).toBe(1);
    expect(await database.dump()).toEqual(before);
  });

  test("sees its own work; readers beside it do not until it is committed", async () => {
    const [written, read] = [signal(), signal()];
    const work = database.write(async (stores) => {
      await stores.schoolYears.insert(year(2004));
      written.give();
      await read.given;
      return labels(stores);
    });
    await written.given;
    expect(await database.read(labels)).toEqual(["2024-2025"]);
    expect(await database.snapshot(labels)).toEqual(["2024-2025"]);
    read.give();
    expect(await work).toEqual(["2004-2005", "2024-2025"]);
    expect(await database.read(labels)).toEqual(["2004-2005", "2024-2025"]);
  });

  test("that is rolled back takes nothing of another one with it", async () => {
    const [first, second] = [signal(), signal()];
    const failing = database.write(async (stores) => {
      await stores.schoolYears.insert(year(2005));
      first.give();
      await second.given;
      throw new Error("undone");
    });
    await first.given;
    const other = database.write((stores) => stores.schoolYears.insert(year(2006)));
    second.give();
    await expect(failing).rejects.toThrow("undone");
    await other;
    expect(await database.read(labels)).toEqual(["2004-2005", "2006-2007", "2024-2025"]);
  });

  test("that ran into a deadlock is tried again, all of it", async () => {
    const [a, b] = [await desk.id("A"), await desk.id("B")];
    let arrived = 0;
    let attempts = 0;
    const both = signal();
    const locking = (first: string, second: string) =>
      database.write(async (stores) => {
        attempts += 1;
        await stores.units.lock([first]);
        // SQLite has one writer: the second never meets the first.
        if (++arrived >= (isOnServer ? 2 : 1)) both.give();
        await both.given;
        await stores.units.lock([second]);
        return first;
      });
    expect(await Promise.all([locking(a, b), locking(b, a)])).toEqual([a, b]);
    expect(attempts).toBe(isOnServer ? 3 : 2);
  });
});

test("a snapshot sees one instant, whatever is committed while it reads", async () => {
  const [read, written] = [signal(), signal()];
  const looking = database.snapshot(async (stores) => {
    const before = await labels(stores);
    read.give();
    await written.given;
    return [before, await labels(stores)];
  });
  await read.given;
  await database.write((stores) => stores.schoolYears.insert(year(2007)));
  written.give();
  const [before, after] = await looking;
  expect(after).toEqual(before);
  expect(await database.snapshot(labels)).toContain("2007-2008");
});

test("while many writers wait for their turn, readers and sockets have theirs", async () => {
  let done = 0;
  // More statements than one reading of a message port carries.
  const work = () =>
    database.write(async (stores) => {
      for (let count = 0; count < 100; count += 1) await labels(stores);
    });
  const writers = Array.from({ length: 30 }, () => work().then(() => (done += 1)));
  const seen = new Set<number>();
  while (done < writers.length) {
    await new Promise(setImmediate);
    seen.add(done);
  }
  await Promise.all(writers);
  expect(seen.size).toBeGreaterThan(2);
});

test("a unit of work begins and ends in the database exactly once", async () => {
  statements.length = 0;
  await desk.send(report.conference("A"));
  const ends = statements.filter((sql) => /^(BEGIN|START TRANSACTION|COMMIT|ROLLBACK)/.test(sql));
  expect(ends).toEqual([isOnServer ? "START TRANSACTION" : "BEGIN IMMEDIATE", "COMMIT"]);
});

test("what is asked of no school year is nothing, on every database", async () => {
  const id = await desk.id("A");
  const found = (labels: string[]) =>
    database.read(async ({ records, dossiers }) => ({
      figures: await records.reportedBy([id], "publishedFigure", labels),
      tallies: await dossiers.sums([], [id], labels, { schoolLevel: null, ownership: null }, ["schools"]),
    }));
  expect(await found([])).toEqual({ figures: [], tallies: [] });
  expect((await found(["2024-2025"])).tallies).toMatchObject([{ tally: { schools: 1 } }]);
});
