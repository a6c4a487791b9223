import { createHash } from "node:crypto";
import { access, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/**
 * Packages that most tests load, put into one file: Jest reads, wraps and links every module anew for every file of tests, and these have 1,700. The code
 * is the same. graphql stays apart, as there may be one only and gateways of other packages bring it along.
 */
const PACKAGES = [
  ...["typeorm", "type-graphql", "class-validator", "reflect-metadata", "graphql-scalars", "dataloader", "uuid", "fast-check"],
  ...["@apollo/server", "@as-integrations/fastify", "fastify", "@fastify/cors", "mysql2", "mysql2/promise", "prom-client", "jose"],
];
const APART = /^(graphql|better-sqlite3)(\/|$)/;
const require = createRequire(import.meta.url);

/** The folder with the bundle and, for each package, what stands in its place (`typeorm.mjs`, `typeorm.cjs`); made once for an installation. */
export async function bundlePackages() {
  const text = (await readFile("package-lock.json", "utf8")) + (await readFile(new URL(import.meta.url), "utf8"));
  const folder = resolve("node_modules/.cache/tonghop-tests", createHash("sha256").update(text).digest("hex").slice(0, 16));
  if (await exists(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const made = await mkdtemp(join(dirname(folder), "new-"));
  await build({
    stdin: {
      contents: PACKAGES.map((name) => `exports[${JSON.stringify(name)}] = () => require(${JSON.stringify(name)});`).join("\n"),
      resolveDir: resolve("."),
    },
    ...{ bundle: true, platform: "node", format: "cjs", keepNames: true, outfile: join(made, "packages.cjs"), logLevel: "error" },
    plugins: [{ name: "apart", setup: leaveApart }],
  });
  for (const name of PACKAGES) await writeStandIns(made, name);
  // Another run may have been as fast.
  await rename(made, folder).catch(() => rm(made, { recursive: true }));
  return folder;
}

/** A package's drivers for databases that are not installed are asked for only by who uses them. */
function leaveApart(bundler) {
  bundler.onResolve({ filter: APART }, ({ path }) => ({ path, external: true }));
  bundler.onResolve({ filter: /^[^.]/ }, async ({ path, pluginData, ...asked }) => {
    if (pluginData === "looked up") return undefined;
    const found = await bundler.resolve(path, { ...asked, pluginData: "looked up" });
    return found.errors.length > 0 ? { path, external: true } : found;
  });
}

async function writeStandIns(folder, name) {
  const real = await import(pathToFileURL(require.resolve(name)).href);
  const names = Object.keys(real).filter((key) => /^[A-Za-z_$][\w$]*$/.test(key) && key !== "default");
  const [whole, path] = [`bundled[${JSON.stringify(name)}]()`, join(folder, fileOf(name))];
  await writeFile(`${path}.cjs`, `module.exports = require("./packages.cjs")[${JSON.stringify(name)}]();\n`);
  const main = "default" in real && real.default !== required(name) ? "it.default" : "it";
  const exported = names.map((key) => `const $${key} = it.${key};\nexport { $${key} as ${key} };`);
  await writeFile(
    `${path}.mjs`,
    `import bundled from "./packages.cjs";\nconst it = ${whole};\nexport default ${main};\n${exported.join("\n")}\n`,
  );
}

/** What who requires it gets: the default that importers get of a CommonJS package. */
function required(name) {
  try {
    return require(name);
  } catch {
    return undefined;
  }
}

const fileOf = (name) => name.replaceAll("/", "__");
const exists = (path) => access(path).then(() => true, () => false); // prettier-ignore
