import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** Where a connection is cut when COMMIT comes along: it never reaches the server, its answer is not waited for, or its answer is swallowed. */
export type Moment = "before" | "during" | "after";

/** A TCP proxy before a MariaDB server, which does to connections what networks do. */
export class Proxy {
  /** What becomes of new connections and of bytes: they pass, are refused, or are swallowed. */
  state: "open" | "refusing" | "stalled" = "open";
  /** Asked at each COMMIT. */
  onCommit: () => Moment | null = () => null;
  /** After how many bytes, in both directions, a new connection is cut. */
  budget: () => number = () => Infinity;
  cuts = 0;
  private readonly held = new Set<() => void>();
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {
    server.on("connection", (client) => this.join(client));
  }

  static async to(url: string): Promise<Proxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new Proxy(server, new URL(url));
  }

  /** The address of the same database through the proxy. */
  get url(): string {
    const url = new URL(this.target);
    url.port = String((this.server.address() as AddressInfo).port);
    return url.href;
  }

  get connections(): number {
    return this.sockets.size;
  }

  /** Lets all that was swallowed go on. */
  open(): void {
    this.state = "open";
    for (const go of this.held) go();
    this.held.clear();
  }

  cutAll(): void {
    for (const socket of this.sockets) this.cut(socket);
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private cut(...sockets: Socket[]): void {
    if (sockets.some(({ destroyed }) => !destroyed)) this.cuts += 1;
    for (const socket of sockets) socket.resetAndDestroy();
  }

  private join(client: Socket): void {
    if (this.state === "refusing") return void client.resetAndDestroy();
    const server = connect(Number(this.target.port || 3306), this.target.hostname);
    let left = this.budget();
    let swallow = false;
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        this.sockets.delete(socket);
        other.destroy();
      });
      socket.on("data", (data: Buffer) => {
        const moment = socket === client && isCommit(data) ? this.onCommit() : null;
        left -= data.length;
        if (left < 0 || moment === "before") return this.cut(client, server);
        if (swallow) return this.cut(client, server);
        swallow = moment === "after";
        const go = () => void other.write(data);
        if (this.state === "stalled") return void this.held.add(go);
        go();
        if (moment === "during") {
          this.cuts += 1;
          // The server gets what was written before the end; the hub gets nothing.
          server.end();
          client.resetAndDestroy();
        }
      });
    }
  }
}

/** A packet of the protocol: three bytes of length, its number, 3 for a statement, the statement. */
function isCommit(packet: Buffer): boolean {
  return packet[4] === 3 && packet.subarray(5).toString("latin1") === "COMMIT";
}
