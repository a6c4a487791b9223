import { Agent, type IncomingMessage, request as httpRequest } from "node:http";

export interface Answer {
  status: number;
  text: string;
}

/** A client that keeps its connections until it is told to let go of them. */
export class Client {
  private agent = new Agent({ keepAlive: true });

  constructor(readonly port: number) {}

  letGo(): void {
    this.agent.destroy();
    this.agent = new Agent({ keepAlive: true });
  }

  ask(method: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = this.open(method, path, headers, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }));
      });
      sent.on("error", reject);
      sent.end(body);
    });
  }

  /** Sends a part of the body, or all of it, and cuts the connection after a while, answered or not. */
  abandon(path: string, headers: Record<string, string>, body: string, whole: boolean, afterMs: number): Promise<void> {
    return new Promise((resolve) => {
      const length = { "content-length": String(Buffer.byteLength(body)) };
      const sent = this.open("POST", path, { ...headers, ...length }, (response) => response.on("error", () => undefined).resume());
      sent.on("error", () => undefined);
      sent.on("close", resolve);
      if (whole) sent.end(body);
      else sent.write(body.slice(0, body.length / 2));
      setTimeout(() => sent.destroy(), afterMs);
    });
  }

  private open(method: string, path: string, headers: Record<string, string>, hear: (response: IncomingMessage) => void) {
    return httpRequest({ host: "127.0.0.1", port: this.port, method, path, headers, agent: this.agent }, hear);
  }
}
