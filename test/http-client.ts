import { request as httpRequest } from "node:http";

/**
 * A request whose answer has been read to its end. Node's own `fetch` (20.20) sometimes never settles under load: it kept
 * the body of a request back until the server gave up waiting, and an answer whose socket had closed stayed pending.
 */
export function request(
  url: string,
  { method = "GET", headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Response> {
  return new Promise((resolve, reject) => {
    // Node gives no length with the methods that usually have no body; what follows would be taken for another request.
    const length = body === undefined || "transfer-encoding" in headers ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const outgoing = httpRequest(url, { method, headers: { ...length, ...headers } }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () => {
        const status = incoming.statusCode ?? 0;
        const pairs = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)] as [string, string]);
        resolve(new Response(status === 204 || status === 304 ? null : Buffer.concat(chunks), { status, headers: pairs }));
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
