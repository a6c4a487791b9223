import { randomBytes, randomUUID } from "node:crypto";
import { link, mkdir, readFile, unlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

const SHORTEST = 32;

/** The secret that signs the tokens. A file that does not exist is made, readable by its owner only. */
export async function openSecret(source: { from: "config"; value: string } | { from: "file"; path: string }): Promise<string> {
  if (source.from === "config") return source.value;
  const secret = (await readIfThere(source.path)) ?? (await makeSecret(source.path));
  if (secret.length < SHORTEST)
    throw new Error(`The secret in ${source.path} has ${secret.length} characters; expected at least ${SHORTEST}.`);
  return secret;
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/**
 * Two processes may start at once on an empty directory: each writes a file of its own, and linking it to the name
 * succeeds for one of them only. Nobody ever reads half a secret.
 */
async function makeSecret(path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, `${randomBytes(48).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await unlink(draft);
  }
  return (await readFile(path, "utf8")).trim();
}
