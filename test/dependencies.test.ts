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

/**
 * What the advisories that were known on 22 November 2026 ask for: the first version without the fault, of each major version
 * that was mended. `npm audit` asks for newer ones; its endpoint does not answer everywhere, and this list needs no network.
 */
const MENDED: Record<string, { by: string; in: readonly string[] }> = {
  "@apollo/federation-internals": { by: "CVE-2026-32621", in: ["2.10.5"] },
  "@apollo/protobufjs": { by: "CVE-2026-41242", in: ["1.2.8"] },
  "@apollo/server": { by: "CVE-2026-23897 and the media types of GET", in: ["5.5.0"] },
  "brace-expansion": { by: "GHSA-3jxr-9vmj-r5cp, GHSA-rgw5-rvv9-x895", in: ["1.1.18", "2.1.4", "5.0.9"] },
  "fast-uri": { by: "GHSA-7p8r-x3mc-p8w7, GHSA-f65p-4m7j-42xc and others", in: ["3.1.6", "4.1.3"] },
  fastify: { by: "CVE-2025-32442, CVE-2026-25223, CVE-2026-3419, CVE-2026-3635", in: ["5.8.3"] },
  mysql2: { by: "CVE-2024-21508 to CVE-2024-21512", in: ["3.9.8"] },
  protobufjs: { by: "GHSA-xq3m-2v4x-88gg, GHSA-f38q-mgvj-vph7", in: ["7.6.5", "8.6.6"] },
  "sha.js": { by: "CVE-2025-9288", in: ["2.4.12"] },
  "tar-fs": { by: "CVE-2025-59343", in: ["2.1.4"] },
  typeorm: { by: "CVE-2025-60542", in: ["0.3.26"] },
  validator: { by: "CVE-2025-56200", in: ["13.15.20"] },
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

test("nothing is installed that a known advisory is about", () => {
  const numbers = (version: string) => version.split(".").map(Number);
  const isBefore = (a: string, b: string) => {
    const [left, right] = [numbers(a), numbers(b)];
    const first = left.findIndex((number, index) => number !== right[index]);
    return first >= 0 && left[first]! < right[first]!;
  };
  const inSameMajor = (version: string, mended: readonly string[]) =>
    mended.find((one) => numbers(one)[0] === numbers(version)[0]) ?? mended.at(-1)!;
  expect(isBefore("3.1.5", inSameMajor("3.1.5", MENDED["fast-uri"]!.in))).toBe(true);
  expect(Object.keys(MENDED).filter((name) => !installed.some((one) => one.name === name))).toEqual([]);
  const open = installed.filter(({ name, version }) => MENDED[name] && isBefore(version, inSameMajor(version, MENDED[name].in)));
  expect(open.map(({ path, version }) => `${path} ${version}`)).toEqual([]);
});
