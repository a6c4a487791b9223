import { type ChildProcess, spawn } from "node:child_process";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { noon, TODAY } from "../desk.js";
import { request } from "../http-client.js";
import { transpile } from "../transpile.js";
import { type DatabaseOptions } from "../../src/storage/database/open-database.js";

/** Where a server dies: before the statement with this number, from 0, or at one of the places between statements. */
export type Point = number | "in commit" | "after commit" | "before the answer";

/** What a server is started with, and what it tells. */
export interface Place {
  database: DatabaseOptions;
  now: string;
  /** Where it dies before it serves. */
  point: Point | null;
}
export type Told = { port: number } | { armed: true } | { heard: string[] };

/** A server in a process of its own. */
export interface Victim {
  /** Where it dies from now on; null: nowhere. Statements are counted from here. */
  arm(point: Point | null): Promise<void>;
  /** The statements since. */
  heard(): Promise<string[]>;
  /** The answer; null where the server died before it. */
  ask(token: string, query: string, variables: unknown): Promise<any>;
  /** Resolves when it has died. */
  ended: Promise<NodeJS.Signals | null>;
  kill(): void;
}

/** Servers as processes, out of the sources as they are; `close` ends those that still run. */
export interface Servers {
  /** `point`: where it dies while it starts; then this fails. */
  start(database: DatabaseOptions, point?: Point): Promise<Victim>;
  close(): Promise<void>;
}

export async function openServers(): Promise<Servers> {
  const folder = join("dist", `kill-${process.pid}`);
  await compile(folder);
  const running = new Set<ChildProcess>();
  return {
    async start(database, point) {
      const place: Place = { database, now: noon(TODAY).toISOString(), point: point ?? null };
      const child = spawn(process.execPath, [join(folder, "test/kill/server.process.js"), JSON.stringify(place)], {
        stdio: ["ignore", "ignore", "inherit", "ipc"],
        env: { PATH: process.env["PATH"], NODE_ENV: "production" },
      });
      running.add(child);
      const ended = new Promise<NodeJS.Signals | null>((resolve) =>
        child.once("exit", (_code, signal) => {
          running.delete(child);
          resolve(signal);
        }),
      );
      const told = (asked?: object | string) =>
        new Promise<Told>((resolve, reject) => {
          child.once("message", (message) => resolve(message as Told));
          void ended.then(() => reject(new Error("the server has ended")));
          if (asked) child.send(asked);
        });
      const { port } = (await told()) as { port: number };
      return {
        ended,
        kill: () => void child.kill("SIGKILL"),
        arm: async (point) => void (await told({ point })),
        heard: async () => ((await told("heard")) as { heard: string[] }).heard,
        async ask(token, query, variables) {
          const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
          const body = JSON.stringify({ query, variables });
          const answer = await request(`http://127.0.0.1:${port}/graphql`, { method: "POST", headers, body }).catch(() => null);
          return answer && (await answer.json());
        },
      };
    },
    async close() {
      for (const child of running) child.kill("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One file after the other, so that connections opened meanwhile are heard. */
async function compile(folder: string): Promise<void> {
  const below = async (path: string) => (await readdir(path, { recursive: true })).map((name) => join(path, name));
  const files = [...(await below("src")), ...(await below("test/kill")), "test/desk.ts", "test/http-client.ts"];
  for (const file of files.filter((name) => /(?<!\.test|\.sweep)\.(ts|mjs)$/.test(name))) await transpile(file, join(folder, file));
}
