import { Worker } from "node:worker_threads";
import { RequestFault } from "../../src/domain/ground/request-fault.js";
import type { Stores } from "../../src/storage/stores/stores.js";
import { audit } from "../../src/ledger/audit.js";
import { Turns } from "../../src/storage/database/turns.js";
import { isOnServer, openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, report } from "../desk.js";
import { furnish, type HubAt, hubAt, type Heard } from "../hub-at.js";
import { until } from "../until.js";
import { openDatabase } from "../../src/storage/database/open-database.js";

/** Units of work that run at a time. */
const WRITERS = isOnServer ? 16 : 1;
/** Works of all kinds that run at a time, on a server. */
const CONNECTIONS = 20;
const WAITING = 3;

let database: TestDatabase;
let at: HubAt;
let schools: string[];
/** The threads in which SQLite writes, so that a test can fill their disk or take them away. */
const writers: Worker[] = [];

const { postMessage } = Worker.prototype;
beforeAll(async () => {
  Worker.prototype.postMessage = function (this: Worker, message: { sql?: string }) {
    if (message.sql === "BEGIN IMMEDIATE" && !writers.includes(this)) writers.push(this);
    return postMessage.call(this, message);
  };
  database = await openTestDatabase();
  writers.length = 0;
  at = await hubAt({ ...database.options, limits: { waiting: WAITING } });
  schools = await furnish(at.desk, 220);
});
afterAll(async () => {
  Worker.prototype.postMessage = postMessage;
  await at.close();
  await database.close();
});

const next = () => schools.pop()!;
const labels = (stores: Stores) => stores.schoolYears.all();
/** Another program holds what every writer needs: the province's gate, or SQLite's only lock. */
const hold = async () => {
  await database.raw(isOnServer ? "START TRANSACTION" : "BEGIN IMMEDIATE");
  if (isOnServer) await database.raw("SELECT id FROM gate WHERE id = 1 FOR UPDATE");
};
const letGo = () => database.raw("COMMIT");
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "DONE",
    (error: unknown) => (error instanceof RequestFault ? error.code : String(error)),
  );

describe("while others hold a lock", () => {
  test("as many writers wait as may; the rest hears 503 at once; readers and /readyz go on; then all is stored", async () => {
    await hold();
    const heard: Heard[] = [];
    const sent = Array.from({ length: WRITERS + WAITING + 4 }, async () => heard.push(await at.record(next())));
    await until("four are refused", () => heard.length === 4);
    expect(heard).toEqual(Array(4).fill({ status: 503, retryAfter: "2", answer: "OVERLOADED", recordId: null, replayed: null }));
    expect(at.hub.database.stats()).toMatchObject({ waiting: WAITING });
    expect([await at.ready(), (await at.ask("{ schoolYears { label } }")).status]).toEqual([200, 200]);
    await letGo();
    await Promise.all(sent);
    expect(heard.slice(4).map(({ answer }) => answer)).toEqual(Array(WRITERS + WAITING).fill("STORED"));
    expect(at.hub.database.stats()).toMatchObject({ connections: 0, waiting: 0 });
  });

  if (isOnServer)
    test("readers that fill all connections: the rest hears 503 at once, /readyz says that the database is there", async () => {
      await database.raw("LOCK TABLES school_year WRITE");
      const heard: number[] = [];
      const sent = Array.from({ length: CONNECTIONS + WAITING + 4 }, async () =>
        heard.push((await at.ask("{ schoolYears { label } }")).status),
      );
      await until("four are refused", () => heard.length === 4);
      expect(at.hub.database.stats()).toMatchObject({ connections: CONNECTIONS, waiting: WAITING });
      const ready = await at.ready();
      await database.raw("UNLOCK TABLES");
      await Promise.all(sent);
      expect([ready, heard]).toEqual([200, [...Array(4).fill(503), ...Array(CONNECTIONS + WAITING).fill(200)]]);
    });

  test("a change that waits too long is refused with a code and leaves nothing; later it is stored", async () => {
    const impatient = await openDatabase({ ...database.options, limits: { lockSeconds: 1, conflictMs: 200 } });
    const desk = new Desk(impatient);
    const draft = report.conference(next());
    await hold();
    expect(await codeOf(desk.send(draft))).toBe("OVERLOADED");
    expect(impatient.stats()).toMatchObject({ connections: 0, waiting: 0 });
    await letGo();
    expect((await desk.send(draft)).outcome).toBe("STORED");
    await impatient.close();
  });

  test("who waits too long for its turn hears OVERLOADED, and takes nobody's place", async () => {
    const turns = new Turns(1, { waiting: 5, waitMs: 50 });
    let end = () => {};
    const first = turns.run(() => new Promise<void>((resolve) => (end = resolve)));
    expect(await codeOf(turns.run(async () => {}))).toBe("OVERLOADED");
    expect([turns.running, turns.waiting]).toEqual([1, 0]);
    const second = turns.run(async () => "second");
    end();
    expect([await first, await second, turns.running]).toEqual([undefined, "second", 0]);
  });
});

test.each([4, 20, 50])(
  "%i clients that lock in opposite order: each is stored, once",
  async (clients) => {
    const patient = await openDatabase(database.options);
    const desk = new Desk(patient);
    const [a, b] = [await desk.id("S1"), await desk.id("S2")];
    let attempts = 0;
    const held = new Set<string>();
    let bothAreHeld = () => {};
    const both = new Promise<void>((resolve) => (bothAreHeld = resolve));
    const names = Array.from({ length: clients }, (_, client) => `${clients} ${client}`);
    await Promise.all(
      names.map((name, client) =>
        patient.write(async (stores) => {
          attempts += 1;
          const [first, second] = client % 2 ? [a, b] : [b, a];
          await stores.units.lock([first]);
          // SQLite has one writer: there the second never meets the first.
          if (held.add(first).size === 2 || !isOnServer) bothAreHeld();
          await both;
          await stores.units.lock([second]);
          const [issuedAt, expiresAt, revokedAt] = [new Date(0), null, null];
          await stores.tokens.insert({ id: `${name} ${attempts}`, name, role: "ANALYST", unitId: null, issuedAt, expiresAt, revokedAt });
        }),
      ),
    );
    const stored = (await patient.read((stores) => stores.tokens.all())).map(({ name }) => name).filter((name) => names.includes(name));
    expect(stored.sort()).toEqual([...names].sort());
    if (isOnServer) expect(attempts).toBeGreaterThan(clients);
    expect(patient.stats().retries).toBe(attempts - clients);

    // Batches that name units of two districts in opposite order.
    const before = (await desk.tally("P")).members ?? 0;
    const pairs = Array.from({ length: clients }, () => [next(), next()]);
    const told = await Promise.all(
      pairs.map((pair, client) => desk.submit(...(client % 2 ? pair : [...pair].reverse()).map((school) => report.membership(school, 20)))),
    );
    expect(told.flat().map(({ outcome }) => outcome)).toEqual(Array(clients * 2).fill("STORED"));
    expect((await desk.tally("P")).members).toBe(before + clients * 40);
    expect((await audit(patient)).differences).toEqual([]);
    await patient.close();
  },
  60_000,
);

test("after a statement that failed none is sent any more, though the work goes on and others were under way", async () => {
  const heard: string[] = [];
  const listening = await openDatabase(database.options, (sql) => heard.push(sql));
  const year = (label: string) => ({ label, startsOn: "2001-09-05", endsOn: "2002-05-31", referenceDate: "2002-05-31" });
  const work = listening.write(async (stores) => {
    heard.length = 0;
    const broken = stores.schoolYears.insert({ ...year("1999"), label: null as never });
    const beside = stores.schoolYears.insert(year("2000-2001"));
    await Promise.allSettled([broken, beside]);
    await stores.schoolYears.insert(year("2001-2002")).catch(() => undefined);
  });
  await expect(work).rejects.toThrow(/null/i);
  expect(heard.map((sql) => sql.split(" ", 1)[0])).toEqual(["INSERT", "ROLLBACK"]);
  expect((await listening.read(labels)).map(({ label }) => label)).toEqual(["2024-2025"]);
  await listening.close();
});

if (!isOnServer) {
  describe("SQLite", () => {
    const NONE_OF_THE_HUB = -1;
    /** What a pragma answers on the hub's own connection. */
    const pragma = (text: string) => {
      const writer = writers[0]!;
      return new Promise<unknown>((resolve) => {
        const onMessage = ({ id, rows }: { id: number; rows?: unknown[][] }) => {
          if (id !== NONE_OF_THE_HUB) return;
          writer.off("message", onMessage);
          resolve(rows?.[0]?.[0]);
        };
        writer.on("message", onMessage);
        writer.postMessage({ id: NONE_OF_THE_HUB, sql: `PRAGMA ${text}`, values: [] });
      });
    };

    test("flushes every commit to the disk", async () => {
      expect([await pragma("journal_mode"), await pragma("synchronous")]).toEqual(["wal", 2]);
    });

    test.each([
      ["a full disk", "max_page_count = 1", "max_page_count = 1073741823"],
      ["a read-only file", "query_only = 1", "query_only = 0"],
    ])("%s: changes are refused as such, reading goes on, and so does writing afterwards", async (_, harm, mend) => {
      await pragma(harm);
      // Small changes find room in pages that are there already; sooner or later one does not.
      let refused = await at.record(next());
      const stored: string[] = [];
      while (refused.answer === "STORED") {
        stored.push(refused.recordId!);
        refused = await at.record(next());
      }
      expect(refused).toMatchObject({ status: 200, answer: "READ_ONLY" });
      expect([await at.ready(), (await at.ask("{ schoolYears { label } }")).status]).toEqual([200, 200]);
      expect((await audit(at.hub.database)).differences).toEqual([]);
      await pragma(mend);
      expect((await at.record(next())).answer).toBe("STORED");
      const kept = await at.hub.database.read((stores) => stores.records.byIds(stored));
      expect(kept.size).toBe(stored.length);
    });
  });
}
