import { createConnection } from "mysql2/promise";
import { audit } from "../../src/ledger/audit.js";
import { furnish, type HubAt, hubAt, type Heard } from "../hub-at.js";
import { until } from "../until.js";
import { type OwnMariadb, ownMariadb } from "./own-mariadb.js";

let server: OwnMariadb;
let at: HubAt;
afterAll(async () => {
  await at.close();
  await server.close();
});

test("a full disk: changes are refused as such, reading goes on, and so does writing when there is room again", async () => {
  // All tables in two files that cannot grow: the room of a disk.
  server = await ownMariadb("--innodb-file-per-table=0", "--innodb-data-file-path=ibdata1:12M;ibdata2:40M");
  at = await hubAt({ type: "mysql", url: server.url });
  const schools = await furnish(at.desk, 60);
  const other = await createConnection(server.url);
  await other.query("CREATE TABLE junk (id INT AUTO_INCREMENT PRIMARY KEY, filling VARCHAR(8000)) ENGINE=InnoDB");
  const fill = async (...sizes: number[]) => {
    for (const size of sizes) {
      let isFull = false;
      while (!isFull)
        isFull = await other.query("INSERT INTO junk (filling) VALUES (REPEAT('x', ?))", [size]).then(
          () => false,
          ({ errno }: { errno: number }) => errno === 1114,
        );
    }
  };
  await fill(7_000, 700, 70);

  // Small changes find room in pages that are there already; sooner or later one does not.
  let refused: Heard;
  const stored: string[] = [];
  while ((refused = await at.record(schools.pop()!)).answer === "STORED") {
    stored.push(refused.recordId!);
    // What the server has purged meanwhile.
    await fill(7_000, 70);
  }
  expect(refused).toMatchObject({ status: 200, answer: "READ_ONLY" });
  expect([await at.ready(), (await at.ask("{ schoolYears { label } }")).status]).toEqual([200, 200]);
  expect((await audit(at.hub.database)).differences).toEqual([]);

  await other.query("DROP TABLE junk");
  // MariaDB frees what a dropped table held a little after the statement.
  const last = schools.pop()!;
  await until("there is room", async () => (await at.record(last)).answer === "STORED");
  expect((await at.hub.database.read((stores) => stores.records.byIds(stored))).size).toBe(stored.length);
  await other.end();
});
