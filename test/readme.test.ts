import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { openTestPlace, type TestPlace } from "./database.js";
import { withDemo } from "./prepared.js";
import { request } from "./http-client.js";
import { transpile } from "./transpile.js";

/** A copy of the project, to be changed. */
let copy: string;
let place: TestPlace;
beforeAll(async () => {
  place = await openTestPlace(withDemo);
  copy = await mkdtemp(join(tmpdir(), "tonghop-readme-"));
  for (const part of ["src", "seeds", "package.json"]) await cp(part, join(copy, part), { recursive: true });
  await symlink(join(process.cwd(), "node_modules"), join(copy, "node_modules"));
});
afterAll(async () => {
  await place.close();
  await rm(copy, { recursive: true });
});

async function compile() {
  for (const file of await readdir(join(copy, "src"), { recursive: true }))
    if (/\.(ts|mjs)$/.test(file)) await transpile(join(copy, "src", file), join(copy, "dist/src", file));
}

async function serve<T>(work: (ask: (query: string) => Promise<any>) => Promise<T>): Promise<T> {
  const { options } = place;
  const where =
    options.type === "sqlite"
      ? { TONGHOP_HOME: dirname(options.file) }
      : {
          DATABASE_URL: options.url,
          TONGHOP_SEED: "demo",
          TONGHOP_INTROSPECTION: "on",
          TONGHOP_SECRET: "the secret of a test, long enough",
        };
  const env = { PATH: process.env["PATH"], PORT: "0", TONGHOP_LOG: "silent", ...where };
  const hub = spawn(process.execPath, ["dist/src/main.js"], { cwd: copy, env });
  const ended = once(hub, "close");
  try {
    let said = "";
    for await (const part of hub.stdout) {
      said += String(part);
      if (said.includes("Tonghop is ready.") && said.endsWith("\n\n")) break;
    }
    const origin = /http:\/\/localhost:\d+/.exec(said)![0];
    const headers = { "content-type": "application/json", authorization: `Bearer ${/^eyJ\S+$/m.exec(said)![0]}` };
    return await work(async (query) =>
      (await request(`${origin}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) })).json(),
    );
  } finally {
    hub.kill("SIGTERM");
    await ended;
  }
}

test("the queries of the README answer on the demonstration", async () => {
  await compile();
  const queries = [...(await readFile("README.md", "utf8")).matchAll(/```graphql\n(.*?)```/gs)].map(([, query]) => query!);
  expect(queries).toHaveLength(2);
  for (const { data, errors } of await serve((ask) => Promise.all(queries.map(ask)))) {
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).not.toMatch(/"(children|contributions|ranking|vintages)":{"nodes":\[\]|"totalCount":0|"parts":\[\]/);
  }
});

test("the new indicator of the README is one file and one line: every figure of it is there at once, also for what was recorded before", async () => {
  const before = await serve((ask) =>
    ask(`{ unit(code: "CB") { rollup(schoolYear: "2023-2024") { executiveCommitteeSize { denominator buckets { key count } } } } }`),
  );
  const { denominator, buckets } = before.data.unit.rollup.executiveCommitteeSize;
  const { count: numerator } = buckets.find(({ key }: { key: string }) => key === "UP_TO_3");
  expect([numerator > 0, numerator < denominator]).toEqual([true, true]);

  const [, path, code] = /```ts\n\/\/ (src\/domain\/figures\/list\/\S+)\n(.*?)```/s.exec(await readFile("README.md", "utf8"))!;
  const name = /export const (\w+)/.exec(code!)![1]!;
  await writeFile(join(copy, path!), code!);
  const catalogue = join(copy, "src/domain/figures/catalogue.ts");
  const list = await readFile(catalogue, "utf8");
  const file = path!.split("/").at(-1)!.replace(".ts", ".js");
  await writeFile(
    catalogue,
    `import { ${name} } from "./list/${file}";\n${list.replace("  womenMembers,\n", `  womenMembers,\n  ${name},\n`)}`,
  );
  await compile();

  const figure = `value numerator denominator coverage { expected }`;
  const answer = await serve((ask) =>
    ask(`{
      unit(code: "CB") {
        rollup(schoolYear: "2023-2024") { ${name} { ${figure} } }
        worklist(schoolYear: "2023-2024", indicator: "${name}", status: YES, first: 1) { totalCount }
        children(first: 1, orderBy: { by: INDICATOR, indicator: "${name}", schoolYear: "2023-2024", direction: DESC }) { nodes { rollup(schoolYear: "2023-2024") { ${name} { value } } } }
      }
      indicators { key }
      __type(name: "Rollup") { fields { name description } }
    }`),
  );
  expect(answer.errors).toBeUndefined();
  const { unit, indicators, __type } = answer.data;
  expect(unit.rollup[name]).toEqual({
    value: numerator / denominator,
    numerator,
    denominator,
    coverage: { expected: expect.any(Number) },
  });
  expect(unit.worklist.totalCount).toBeGreaterThan(0);
  expect(unit.children.nodes[0].rollup[name].value).toBeGreaterThan(unit.rollup[name].value);
  expect(indicators).toContainEqual({ key: name });
  expect(__type.fields).toContainEqual({
    name,
    description: expect.stringContaining("Executive committees of up to 3 members, of those whose size is known."),
  });
});
