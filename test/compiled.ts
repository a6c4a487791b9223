import { execFile } from "node:child_process";
import { access, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { until } from "./until.js";

/** Compiles the hub into dist/, once in a run of the tests: a process must not be started from files that are being written. */
export async function compiled(): Promise<void> {
  const run = process.env["TONGHOP_TEST_RUN"]!;
  const done = join(run, "compiled");
  const isFirst = await mkdir(join(run, "compiling")).then(
    () => true,
    () => false,
  );
  if (isFirst) {
    await promisify(execFile)(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"]);
    await writeFile(done, "");
  }
  await until("the hub is compiled", () => access(done).then(() => true));
}
