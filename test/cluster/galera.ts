import { type ChildProcess, execFile, spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Connection, createConnection, type RowDataPacket } from "mysql2/promise";
import { until } from "./until.js";

const run = promisify(execFile);
const PROVIDERS = ["/usr/lib/galera/libgalera_smm.so", "/usr/lib64/galera-4/libgalera_smm.so", "/usr/lib/libgalera_smm.so"];
const START_MS = 75_000;
/** A group whose first member could not tell the others that it has changed does nothing until it changes again. */
const STARTS = 3;
/** Below the ports that the kernel gives to outgoing connections: a node must find its own free when it comes back. */
const FIRST_PORT = 15_000;
const LAST_PORT = 30_000;

/** A running or killed node of the cluster. */
export class Node {
  private process: ChildProcess | null = null;

  constructor(
    readonly name: string,
    readonly folder: string,
    readonly port: number,
    private readonly isRoot: boolean,
  ) {}

  get url(): string {
    return `mysql://root@127.0.0.1:${this.port}`;
  }

  /** Starts it and waits until it takes part in the cluster. `first`: as the beginning of a cluster. */
  async start(first = false): Promise<void> {
    for (let rest = first ? 0 : STARTS - 1; ; rest--)
      try {
        return await this.startOnce(first);
      } catch (error) {
        if (rest === 0) throw error;
        process.stdout.write(`${String(error)}; it is killed and started again\n`);
        await this.kill();
      }
  }

  private async startOnce(first: boolean): Promise<void> {
    const child = this.spawn(first ? ["--wsrep-new-cluster"] : []);
    this.process = child;
    await until(`node ${this.name} is synchronised`, START_MS, async () => {
      if (child.exitCode !== null) throw new Error(`node ${this.name} ended with ${child.exitCode}:\n${await this.lastLines()}`);
      return (await this.status("wsrep_local_state_comment").catch(() => "")) === "Synced" && (await this.status("wsrep_ready")) === "ON";
    });
  }

  /** SIGKILL: nothing is flushed, nobody is told. */
  async kill(): Promise<void> {
    const { process: child } = this;
    this.process = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    // The group: helpers of a state transfer, too.
    process.kill(-child.pid!, "SIGKILL");
    await ended;
  }

  /** The number of the last change that it holds, found out as Debian's galera_recovery does: by a start that only recovers. */
  async recoveredPosition(): Promise<number> {
    const log = join(this.folder, "recovery.log");
    const child = this.spawn(["--wsrep-recover", `--log-error=${log}`]);
    await new Promise((resolve) => child.once("exit", resolve));
    const found = [...(await readFile(log, "utf8")).matchAll(/Recovered position:? *[0-9a-f-]{36}:(-?\d+)/g)].at(-1)?.[1];
    if (found === undefined) throw new Error(`node ${this.name} does not say how far it got; see ${log}`);
    return Number(found);
  }

  /** Says that no other node holds more, so that a cluster may begin with it. */
  async makeSafeToBootstrap(): Promise<void> {
    const file = join(this.folder, "data", "grastate.dat");
    await writeFile(file, (await readFile(file, "utf8")).replace(/safe_to_bootstrap: *0/, "safe_to_bootstrap: 1"));
  }

  async status(name: string): Promise<string> {
    return this.using(async (connection) => {
      const [rows] = await connection.query<RowDataPacket[]>("SHOW GLOBAL STATUS LIKE ?", [name]);
      return String(rows[0]?.["Value"]);
    });
  }

  /** Rows, read when everything that was committed anywhere has come here. */
  rows(sql: string, database?: string): Promise<RowDataPacket[]> {
    return this.using(async (connection) => {
      await connection.query("SET SESSION wsrep_sync_wait = 1");
      return (await connection.query<RowDataPacket[]>(sql))[0];
    }, database);
  }

  private async using<T>(work: (connection: Connection) => Promise<T>, database?: string): Promise<T> {
    const connection = await createConnection({ uri: this.url, connectTimeout: 2_000, ...(database ? { database } : {}) });
    try {
      return await work(connection);
    } finally {
      connection.destroy();
    }
  }

  private spawn(more: string[]): ChildProcess {
    // A group of its own: Ctrl-C is for the script, which takes the nodes down itself.
    return spawn(serverProgram()!, [`--defaults-file=${join(this.folder, "my.cnf")}`, ...more], { stdio: "ignore", detached: true });
  }

  private async lastLines(): Promise<string> {
    return (await readFile(join(this.folder, "error.log"), "utf8").catch(() => "")).split("\n").slice(-15).join("\n");
  }

  async install(settings: string): Promise<void> {
    await mkdir(join(this.folder, "tmp"), { recursive: true });
    await writeFile(join(this.folder, "my.cnf"), settings);
    if (this.isRoot) await run("chown", ["-R", "mysql", this.folder]);
    const rights = ["--auth-root-authentication-method=normal", "--skip-test-db", "--wsrep-on=OFF"];
    await run("mariadb-install-db", [
      `--defaults-file=${join(this.folder, "my.cnf")}`,
      ...(this.isRoot ? ["--user=mysql"] : []),
      ...rights,
    ]);
  }
}

export interface Cluster {
  nodes: readonly Node[];
  /** Kills what runs and removes all of it. */
  remove(): Promise<void>;
}

/** What is missing on this machine to run a cluster, as a sentence; null when nothing is. */
export function whatIsMissing(): string | null {
  const found = [serverProgram(), program("mariadb-install-db"), program("rsync"), provider()];
  return found.every(Boolean) ? null : "A Galera cluster needs Debian's packages: apt-get install mariadb-server galera-4 rsync";
}

/** Nodes with folders of their own, not started yet. `onFolder`: hears what is to be removed before anything is there. */
export async function installCluster(size: number, onCluster: (cluster: Cluster) => void): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), "tonghop-cluster-"));
  const isRoot = process.getuid?.() === 0;
  const ports = await freePorts(size * 4);
  const nodes = Array.from({ length: size }, (_, index) => new Node(`n${index + 1}`, join(folder, `n${index + 1}`), ports[index]!, isRoot));
  const cluster: Cluster = {
    nodes,
    async remove() {
      await Promise.all(nodes.map((node) => node.kill()));
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  onCluster(cluster);
  // mariadbd runs as the user mysql, never as root: the state transfer by rsync fails otherwise.
  await chmod(folder, 0o755);
  const groupPorts = ports.slice(size, 2 * size);
  const address = `gcomm://${groupPorts.map((port) => `127.0.0.1:${port}`).join(",")}`;
  await Promise.all(
    nodes.map((node, index) => {
      const [group, incremental, snapshot] = [groupPorts[index]!, ports[2 * size + index]!, ports[3 * size + index]!];
      return node.install(settingsOf(node, isRoot, address, group, incremental, snapshot));
    }),
  );
  return cluster;
}

function settingsOf(node: Node, isRoot: boolean, cluster: string, group: number, incremental: number, snapshot: number): string {
  const options = {
    base_port: group,
    "gmcast.listen_addr": `tcp://127.0.0.1:${group}`,
    "ist.recv_addr": `127.0.0.1:${incremental}`,
    "gcache.size": "64M",
  };
  const settings = {
    ...(isRoot ? { user: "mysql" } : {}),
    datadir: join(node.folder, "data"),
    // A server that starts removes all temporary tables there, those of other servers, too.
    tmpdir: join(node.folder, "tmp"),
    socket: join(node.folder, "s"),
    "pid-file": join(node.folder, "pid"),
    "log-error": join(node.folder, "error.log"),
    "bind-address": "127.0.0.1",
    port: node.port,
    binlog_format: "ROW",
    default_storage_engine: "InnoDB",
    innodb_autoinc_lock_mode: 2,
    innodb_flush_log_at_trx_commit: 1,
    innodb_buffer_pool_size: "128M",
    wsrep_on: "ON",
    wsrep_provider: provider(),
    wsrep_cluster_name: "tonghop",
    wsrep_cluster_address: cluster,
    wsrep_node_name: node.name,
    wsrep_node_address: `127.0.0.1:${group}`,
    wsrep_node_incoming_address: `127.0.0.1:${node.port}`,
    wsrep_provider_options: `"${Object.entries(options)
      .map(([key, value]) => `${key}=${value}`)
      .join(";")}"`,
    wsrep_sst_method: "rsync",
    wsrep_sst_receive_address: `127.0.0.1:${snapshot}`,
  };
  return `[mysqld]\n${Object.entries(settings)
    .map(([key, value]) => `${key}=${value}`)
    .join("\n")}\n`;
}

function program(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(":"), "/usr/sbin", "/usr/local/sbin"];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

const serverProgram = () => program("mariadbd");
const provider = () => PROVIDERS.find((path) => existsSync(path));

async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  const from = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT) * 0.9);
  for (let port = from; ports.length < count && port <= LAST_PORT; port++) if (await isFree(port)) ports.push(port);
  if (ports.length < count) throw new Error(`fewer than ${count} ports are free from ${from} to ${LAST_PORT}`);
  return ports;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
