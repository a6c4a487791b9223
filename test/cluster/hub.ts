import { type ChildProcess, spawn } from "node:child_process";
import { request } from "../http-client.js";

const START_MS = 60_000;

/** What a hub answered: the data, or the code of its first error. */
export type Answer = { data: any; code?: undefined } | { data?: undefined; code: string; message: string };

/** A hub in a process of its own, as `npm start` runs it, on the database of one node. */
export interface Hub {
  ask(query: string, variables?: object): Promise<Answer>;
  isReady(): Promise<boolean>;
  stop(): Promise<void>;
  /** The end of what it logged. */
  log(): string;
}

export async function startHub(databaseUrl: string, secret: string, token: () => string): Promise<Hub> {
  const child = spawn(process.execPath, ["dist/src/main.js"], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      PORT: "0",
      DATABASE_URL: databaseUrl,
      TONGHOP_SECRET: secret,
      TONGHOP_LOG: "warn",
    },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own: Ctrl-C is for the script, which takes the hubs down itself.
    detached: true,
  });
  let log = "";
  child.stderr.on("data", (data) => (log = (log + String(data)).slice(-20_000)));
  const origin = await started(child, () => log).catch((error: unknown) => {
    child.kill("SIGKILL");
    throw error;
  });
  return {
    log: () => log,
    async ask(query, variables) {
      const headers = { "content-type": "application/json", authorization: `Bearer ${token()}` };
      const response = await request(`${origin}/graphql`, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
      const { data, errors } = (await response.json()) as { data?: any; errors?: { message: string; extensions: { code: string } }[] };
      const [error] = errors ?? [];
      return error ? { code: error.extensions.code, message: `${response.status}: ${error.message}` } : { data };
    },
    isReady: async () => (await request(`${origin}/readyz`)).status === 200,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      const timer = setTimeout(() => child.kill("SIGKILL"), 15_000);
      child.kill("SIGTERM");
      await ended;
      clearTimeout(timer);
    },
  };
}

function started(child: ChildProcess, log: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`a hub was not ready after ${START_MS / 1000} s: ${log()}`)), START_MS);
    let said = "";
    child.stdout!.on("data", (data) => {
      said += String(data);
      const port = /GraphQL +http:\/\/localhost:(\d+)/.exec(said)?.[1];
      if (!port) return;
      clearTimeout(timer);
      resolve(`http://127.0.0.1:${port}`);
    });
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`a hub ended with ${code}: ${log()}`));
    });
  });
}
