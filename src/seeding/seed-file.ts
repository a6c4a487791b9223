import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Where a file of the top folder `seeds/` lies, e.g. "documents/units.json". Walks up from this file, so that it is found
 * from `src/` and from `dist/src/` alike.
 */
export function seedFile(path: string): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, "seeds", path);
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) throw new Error(`seeds/${path} is in no folder above ${start}`);
  }
}

/** The data of a JSON file in `seeds/`. The files belong to the code: their shape is not checked here, their content is by the intake. */
export function readSeedFile<T>(path: string): T {
  return JSON.parse(readFileSync(seedFile(path), "utf8")) as T;
}
