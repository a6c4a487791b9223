import { type ChildProcess, spawn } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { request } from "../http-client.js";
import { until } from "../until.js";

/** A server as an operator runs it, always on the same port. */
export class RollingHub {
  private child: ChildProcess | null = null;
  private err = "";

  constructor(
    readonly port: number,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** Starts it and waits until it is ready. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ["dist/src/main.js"], {
      env: { PATH: process.env["PATH"], NODE_ENV: "production", TONGHOP_LOG: "warn", ...this.env, PORT: String(this.port) },
      stdio: ["ignore", "ignore", "pipe"],
      detached: true,
    });
    child.stderr.on("data", (data) => (this.err += String(data)));
    this.child = child;
    await until(`the hub at ${this.port} is ready`, async () => {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${this.err}`);
      return (await request(`http://127.0.0.1:${this.port}/readyz`)).status === 200;
    });
  }

  /** Asks it to end as an init system does; its exit code, and how long it took. */
  async stop(): Promise<{ code: number | null; ms: number }> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return { code: child?.exitCode ?? 0, ms: 0 };
    const began = performance.now();
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    return { code: await ended, ms: performance.now() - began };
  }

  log(): string {
    return this.err;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
