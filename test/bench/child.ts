import { fork } from "node:child_process";
import { once } from "node:events";

/** What a server process has used since it started. */
export interface Usage {
  cpuMs: number;
  residentMb: number;
  peakMb: number;
}

/** A server in a process of its own, on 127.0.0.1. */
export interface ServerProcess {
  port: number;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** As `npm start` runs the hub: garbage is collected before the memory of a small server is full. */
const FLAGS: Readonly<Record<string, string[]>> = { hub: ["--max-old-space-size=640"] };

/** Starts `<name>.process.js` of this folder and hands it its settings; it answers with its port. */
export async function startProcess(name: string, settings: object): Promise<ServerProcess> {
  const program = new URL(`./${name}.process.js`, import.meta.url);
  const child = fork(program, { execArgv: FLAGS[name] ?? [], stdio: ["ignore", "ignore", "ignore", "ipc"] });
  const stopped = once(child, "exit").then(() => Promise.reject(new Error(`the process "${name}" ended`)));
  stopped.catch(() => undefined);
  const ask = async <T>(message: object): Promise<T> => {
    child.send(message);
    const [answer] = (await Promise.race([once(child, "message"), stopped])) as [T & { error?: string }];
    if (answer.error) throw new Error(`the process "${name}" failed: ${answer.error}`);
    return answer;
  };
  const { port } = await ask<{ port: number }>({ settings });
  return {
    port,
    usage: () => ask<Usage>({ usage: true }),
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

/** The other end: serves with the settings, tells the port and what it uses, and ends with its parent. */
export function serveParent<T>(serve: (settings: T) => Promise<{ port: number; close(): Promise<void> }>): void {
  let close: () => Promise<void> = () => Promise.resolve();
  process.on("message", (message: { settings?: T; usage?: true }) => {
    if (message.usage) return void process.send?.(usageNow());
    serve(message.settings!).then(
      (server) => {
        close = server.close;
        process.send?.({ port: server.port });
      },
      (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
    );
  });
  process.on("disconnect", () => void close().finally(() => process.exit(0)));
  // Ctrl-C reaches the whole group; the parent takes its children down itself.
  process.on("SIGINT", () => undefined);
}

function usageNow(): Usage {
  const { user, system } = process.cpuUsage();
  return {
    cpuMs: (user + system) / 1000,
    residentMb: process.memoryUsage.rss() / 2 ** 20,
    peakMb: process.resourceUsage().maxRSS / 2 ** 10,
  };
}
