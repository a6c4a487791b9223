import { type Config, readConfig, unknownSettings } from "../config.js";
import type { Hub } from "../hub.js";
import { withProgress } from "./progress.js";
import { Failure, type Terminal } from "./terminal.js";

/** The settings; a Failure that names every fault of them. What is no setting is warned of. */
export function configOf(terminal: Terminal): Config {
  for (const warning of unknownSettings(terminal.env)) terminal.err(`Warning: ${warning}\n`);
  const config = readConfig(terminal.env);
  if ("faults" in config) throw new Failure(["The configuration has faults.", ...config.faults].join("\n"));
  return config;
}

/** Opens the hub that the settings name, does the work and closes it. Nothing is loaded into an empty database: that is for `seed` to say. */
export async function withHub<T>(terminal: Terminal, work: (hub: Hub, config: Config) => Promise<T>): Promise<T> {
  const config = configOf(terminal);
  // Imported late, so that --help and a wrong option answer at once.
  const { openHub } = await import("../hub.js");
  const hub = await withProgress(terminal, "Working all figures out anew, by the edition of this version", (progress) =>
    openHub({ ...config, seed: "none" }, undefined, undefined, progress),
  );
  try {
    return await work(hub, config);
  } finally {
    await hub.close();
  }
}
