import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { createConnection } from "mysql2/promise";

/** Takes the folder of the run away, and the demonstration's database on a server. */
export default async function tearDown() {
  const run = process.env.TONGHOP_TEST_RUN;
  const loaded = await readFile(join(run, "loaded.json"), "utf8").catch(() => "{}");
  const { url } = JSON.parse(loaded);
  if (url) {
    const connection = await createConnection(url);
    await connection.query(`DROP DATABASE ${new URL(url).pathname.slice(1)}`);
    await connection.end();
  }
  await rm(run, { recursive: true });
}
