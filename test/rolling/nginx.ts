import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const PROGRAM = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"].find((path) => existsSync(path));

/** What is missing on this machine, as a sentence; null when nothing is. */
export const whatIsMissing = (): string | null => (PROGRAM ? null : "The drill needs nginx: apt-get install nginx-light");

/** An nginx that stands before the hubs, set up as README says. */
export interface Nginx {
  readonly port: number;
  /** The lines of its log of errors. */
  log(): Promise<string>;
  close(): Promise<void>;
}

/** The two blocks of README with the ports of these hubs, so that what is documented is what is drilled. */
async function blocks(hubPorts: readonly number[]): Promise<{ upstream: string; location: string }> {
  const found = [...(await readFile("README.md", "utf8")).matchAll(/^```nginx\n(.*?)^```/gms)].map(([, block]) => block!);
  const [upstream, location] = found;
  if (!upstream?.startsWith("upstream") || !location) throw new Error("README has no longer the two blocks of nginx");
  const ports = [...upstream.matchAll(/127\.0\.0\.1:(\d+)/g)].map(([, port]) => port!);
  if (ports.length !== hubPorts.length) throw new Error(`README names ${ports.length} servers, the drill has ${hubPorts.length}`);
  return {
    upstream: ports.reduce((text, port, index) => text.replace(`:${port} `, `:${hubPorts[index]} `), upstream),
    // All clients of the drill come from one address.
    location: location.replace("limit_conn addresses 20", "limit_conn addresses 1000"),
  };
}

export async function startNginx(port: number, hubPorts: readonly number[]): Promise<Nginx> {
  const home = await mkdtemp(join(tmpdir(), "tonghop-nginx-"));
  await chmod(home, 0o755);
  const { upstream, location } = await blocks(hubPorts);
  const folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${join(home, name)};`).join("\n");
  const settings = `
worker_processes 1;
daemon off;
pid ${join(home, "pid")};
error_log ${join(home, "error.log")} info;
events { worker_connections 512; }
http {
access_log off;
${folders}
limit_conn_zone $binary_remote_addr zone=addresses:1m;
${upstream}
server {
listen 127.0.0.1:${port};
${location}
}
}
`;
  const file = join(home, "nginx.conf");
  await writeFile(file, settings);
  // A group of its own: Ctrl-C is for the script.
  const child: ChildProcess = spawn(PROGRAM!, ["-p", home, "-c", file], { stdio: ["ignore", "ignore", "inherit"], detached: true });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  while (child.exitCode === null && !(await listens(port))) await pause(20);
  return {
    port,
    log: () => readFile(join(home, "error.log"), "utf8"),
    async close() {
      child.kill("SIGTERM");
      await ended;
      await rm(home, { recursive: true, force: true });
    },
  };
}

const listens = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
