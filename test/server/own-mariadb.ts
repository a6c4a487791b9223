import { type ChildProcess, execFile, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createConnection } from "mysql2/promise";
import { until } from "../until.js";

/** MariaDB will not run as root unless told to. */
const USER = process.getuid?.() === 0 ? ["--user=root"] : [];

/** A MariaDB server of a test's own, which it may kill. */
export interface OwnMariadb {
  /** A database on it. */
  readonly url: string;
  /** Starts it, with settings for this time; `ready` tells when it lets somebody in. */
  start(...settings: string[]): void;
  ready(): Promise<void>;
  /** Ends it as a power failure would. */
  kill(): Promise<void>;
  /** Lets it hang, as a machine does that has no disk any more: connections are let in and nothing answers. */
  freeze(): void;
  /** Lets it go on. */
  thaw(): void;
  /** Runs statements as its administrator. */
  run(...statements: string[]): Promise<void>;
  close(): Promise<void>;
}

export async function ownMariadb(...first: string[]): Promise<OwnMariadb> {
  const home = await mkdtemp(join(tmpdir(), "tonghop-mariadb-"));
  const data = join(home, "data");
  // A server that starts removes all temporary tables from this folder; in /tmp those of the other tests' server, too.
  const temporary = join(home, "tmp");
  await mkdir(temporary);
  const folders = [`--datadir=${data}`, `--tmpdir=${temporary}`];
  const quick = ["--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"];
  await promisify(execFile)("mariadb-install-db", ["--no-defaults", ...USER, ...folders, ...quick]);
  const port = await freePort();
  const administrator = `mysql://root@127.0.0.1:${port}`;
  let server: ChildProcess;
  let ended: Promise<unknown>;

  const own: OwnMariadb = {
    url: `${administrator}/hub`,
    start(...settings) {
      const place = [...folders, `--port=${port}`, "--bind-address=127.0.0.1", `--socket=${join(home, "socket")}`];
      const small = ["--innodb-log-file-size=16M", "--innodb-buffer-pool-size=64M", "--skip-name-resolve"];
      server = spawn("mariadbd", ["--no-defaults", ...USER, ...place, ...small, ...settings], { stdio: "ignore" });
      ended = new Promise((resolve) => server.once("exit", resolve));
    },
    ready: () => until("MariaDB lets in", () => own.run("SELECT 1").then(() => true)),
    async kill() {
      server.kill("SIGKILL");
      await ended;
    },
    freeze() {
      server.kill("SIGSTOP");
      while (!stands(server.pid!));
    },
    thaw: () => void server.kill("SIGCONT"),
    async run(...statements) {
      const connection = await createConnection(administrator);
      try {
        for (const statement of statements) await connection.query(statement);
      } finally {
        connection.destroy();
      }
    },
    async close() {
      await own.kill();
      await rm(home, { recursive: true, force: true });
    },
  };
  own.start(...first);
  await own.ready();
  await own.run("CREATE DATABASE hub");
  return own;
}

/** Whether every thread of a process has stopped: on a busy machine one may yet answer after the signal was sent. */
function stands(process: number): boolean {
  const threads = `/proc/${process}/task`;
  try {
    return readdirSync(threads).every((thread) => /\) [Tt] /.test(readFileSync(join(threads, thread, "stat"), "utf8")));
  } catch {
    return false; // A thread ended between the two looks.
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
