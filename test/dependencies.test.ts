import { readFileSync } from "node:fs";

interface Locked {
  version: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  dev?: boolean;
  license?: string;
  deprecated?: string;
  hasInstallScript?: boolean;
}

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  overrides: Record<string, string>;
  allowScripts: Record<string, boolean>;
}

const json = <T>(file: string) => JSON.parse(readFileSync(file, "utf8")) as T;
const manifest = json<Manifest>("package.json");
const lock = json<{ lockfileVersion: number; packages: Record<string, Locked & Partial<Manifest>> }>("package-lock.json");
const installed = Object.entries(lock.packages)
  .filter(([path]) => path !== "")
  .map(([path, locked]) => ({ ...locked, path, name: path.replace(/^.*node_modules\//, "") }));
const shipped = installed.filter(({ dev }) => !dev);

/** Licences that ask for no more than to be named. */
const PERMISSIVE = ["MIT", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "BlueOak-1.0.0", "WTFPL"];
/** Why a dependency of a dependency is held at another version than it asks for. */
const OVERRIDES: Record<string, string> = {
  cookie: "2.x is for Node 22 and cannot be loaded by Jest; fastify uses only what 1.x has, too.",
  "@whatwg-node/promise-helpers": "2.x is for Node 22.15; the hub runs on Node 20.",
  "@whatwg-node/disposablestack": "A later one is for Node 22; the hub runs on Node 20.",
};

test("what is installed is what the lock says: every package has its SHA-512 and comes from the registry", () => {
  expect(lock.lockfileVersion).toBe(3);
  expect(installed.length).toBeGreaterThan(100);
  const fromElsewhere = ({ resolved }: Locked) => resolved !== undefined && !resolved.startsWith("https://registry.npmjs.org/");
  expect(installed.filter((one) => !/^sha512-[\w+/]{86}==$/.test(one.integrity ?? "") || one.link || fromElsewhere(one))).toEqual([]);
  const { dependencies, devDependencies } = lock.packages[""]!;
  expect({ dependencies, devDependencies }).toEqual({ dependencies: manifest.dependencies, devDependencies: manifest.devDependencies });
});

test("every direct dependency is one exact version, and the lock has it", () => {
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
    expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+(-[\w.]+)?$/)]);
    expect([name, lock.packages[`node_modules/${name}`]?.version]).toEqual([name, version]);
  }
});

test("versions that are overridden have a reason", () => {
  expect(Object.keys(manifest.overrides).sort()).toEqual(Object.keys(OVERRIDES).sort());
});

test("install scripts are decided one by one, and only the database's driver runs one", () => {
  const scripted = [...new Set(installed.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name))];
  expect(scripted.filter((name) => !(name in manifest.allowScripts))).toEqual([]);
  expect(Object.keys(manifest.allowScripts).filter((name) => manifest.allowScripts[name])).toEqual(["better-sqlite3"]);
});

test("everything that is shipped has a licence that allows it", () => {
  // "(A OR B)" leaves the choice, "(A AND B)" asks for both.
  const isFree = (license: string): boolean =>
    license.includes(" AND ")
      ? license.replace(/[()]/g, "").split(" AND ").every(isFree)
      : license
          .replace(/[()]/g, "")
          .split(" OR ")
          .some((one) => PERMISSIVE.includes(one));
  expect(shipped.length).toBeGreaterThan(100);
  expect(shipped.filter(({ license }) => !isFree(license ?? "none"))).toEqual([]);
});

test("nothing is shipped that its makers have given up", () => {
  expect(shipped.filter(({ deprecated }) => deprecated)).toEqual([]);
});
