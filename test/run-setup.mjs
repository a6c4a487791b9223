import { statfsSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file system in memory, where there is one with room: each of some ten thousand commits would wait for a disk, for data that nobody keeps. */
const MEMORY = "/dev/shm";
const ROOM = 2 ** 30;

/** Gives a run of the tests a folder, in which its workers share the loaded demonstration (demo-database.ts). */
export default async function setUp() {
  if (process.env.TMPDIR === undefined && hasRoom(MEMORY)) process.env.TMPDIR = MEMORY;
  process.env.TONGHOP_TEST_RUN = await mkdtemp(join(tmpdir(), "tonghop-run-"));
}

function hasRoom(folder) {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= ROOM;
  } catch {
    return false;
  }
}
