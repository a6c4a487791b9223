import { Agent, request } from "node:http";

/** Sends JSON to a server of this machine and gives the text of its answer. */
export interface Client {
  post(body: object): Promise<string>;
  close(): void;
}

/** A client that keeps its connections; `token` for the hub. */
export function openClient(port: number, path: string, token?: string): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const headers = { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) };
  return {
    post: (body) =>
      new Promise((resolve, reject) => {
        const text = JSON.stringify(body);
        const sent = request(
          { host: "127.0.0.1", port, path, method: "POST", agent, headers: { ...headers, "content-length": Buffer.byteLength(text) } },
          (response) => {
            const chunks: Buffer[] = [];
            response.on("data", (chunk: Buffer) => chunks.push(chunk));
            response.on("end", () => {
              const answer = Buffer.concat(chunks).toString("utf8");
              if (response.statusCode === 200) resolve(answer);
              else reject(new Error(`${response.statusCode}: ${answer.slice(0, 500)}`));
            });
          },
        );
        sent.on("error", reject);
        sent.end(text);
      }),
    close: () => agent.destroy(),
  };
}
