import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives a run of the tests a folder, in which its workers share the loaded demonstration (demo-database.ts). */
export default async function setUp() {
  process.env.TONGHOP_TEST_RUN = await mkdtemp(join(tmpdir(), "tonghop-run-"));
}
