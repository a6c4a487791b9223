import { type Config } from "../../src/config.js";
import { openServer } from "../../src/http/edge/server.js";
import { openHub } from "../../src/hub.js";
import { serveParent } from "./child.js";
import { NOW } from "./province.js";

/** The hub as `npm start` runs it, on the bench's database and day. */
serveParent(async (config: Config) => {
  const hub = await openHub(config, () => NOW);
  const server = await openServer(hub, { ...config, graphiql: null, budget: { capacity: 1e12, refillPerSecond: 1e12 } });
  return {
    port: server.port,
    async close() {
      await server.close();
      await hub.close();
    },
  };
});
