import { cpus, loadavg } from "node:os";
import { openRaw } from "./driver.js";
import { type Place } from "./place.js";

/** Above so many waiting processes a core, absolute times say little. */
const BUSY = 0.5;

export function machine(): string {
  const [model] = cpus();
  return `Node ${process.version}, NODE_ENV=${process.env.NODE_ENV ?? "(unset)"}, ${cpus().length} cores (${model?.model.trim() ?? "unknown"}), load average ${load()}`;
}

function load(): string {
  return loadavg()
    .map((value) => value.toFixed(2))
    .join(" ");
}

/** A warning when others are at work on this machine; empty when it is quiet. */
export function loadWarning(): string {
  const [now = 0] = loadavg();
  if (now < BUSY * cpus().length) return "";
  return `WARNING: the machine was busy before this began (load ${load()} on ${cpus().length} cores): look at the ratios, not at the milliseconds.\n`;
}

/** What the database promises while it is measured. */
export async function durability({ hub }: Place): Promise<string> {
  const raw = openRaw(hub);
  try {
    return await raw.read(async ({ query }) => {
      if (hub.type === "sqlite") {
        const [version] = await query("SELECT sqlite_version() AS version");
        return `SQLite ${String(version?.version)}, in a file, WAL, synchronous=FULL`;
      }
      const names = ["innodb_flush_log_at_trx_commit", "sync_binlog", "log_bin", "innodb_buffer_pool_size"];
      const [found] = await query(`SELECT @@version AS version, ${names.map((name) => `@@${name} AS ${name}`).join(", ")}`);
      return `${String(found?.version)}, ${names.map((name) => `${name}=${String(found?.[name])}`).join(", ")}, READ COMMITTED`;
    });
  } finally {
    await raw.close();
  }
}
