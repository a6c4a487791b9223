import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { serveParent } from "./child.js";

/** A process that does nothing: how long it takes to answer is what the machine lets everybody wait. */
serveParent(async () => {
  const server = createServer((_request, response) => response.end("ok"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
});
