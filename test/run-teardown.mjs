import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { createConnection } from "mysql2/promise";

/** Takes the folder of the run away, and the databases on a server that were made to be copied. */
export default async function tearDown() {
  const run = process.env.TONGHOP_TEST_RUN;
  for (const contents of await readdir(run)) {
    const { url } = JSON.parse(await readFile(join(run, contents, "made.json"), "utf8").catch(() => "{}"));
    if (!url) continue;
    const connection = await createConnection(url);
    await connection.query(`DROP DATABASE ${new URL(url).pathname.slice(1)}`);
    await connection.end();
  }
  await rm(run, { recursive: true });
}
