import { isMainThread } from "node:worker_threads";

/** Sources are run as they stand; SQLite's threads (sqlite-thread.worker.mjs) are JavaScript, and there are two for every hub that a test opens. */
if (isMainThread) await import("tsx");
