import { ServerResponse } from "node:http";
import { type Config, readConfig } from "../../src/config.js";
import { openServer } from "../../src/http/edge/server.js";
import { openHub } from "../../src/hub.js";
import type { Place, Point, Told } from "./victim.js";

/**
 * The real server in a process of its own, which kills itself where it is told to. Statements are heard before they run, so
 * that to die at one is to die after the one before it.
 */
const { database, now, ...start } = JSON.parse(process.argv[2]!) as Place;
const tell = (told: Told) => process.send!(told);
const die = () => void process.kill(process.pid, "SIGKILL");
let point: Point | null = start.point;
let heard: string[] = [];

const given = readConfig({ PORT: "0", TONGHOP_LOG: "silent", TONGHOP_SECRET: "the secret of a test, long enough" }) as Config;
const hub = await openHub(
  { ...given, database: database as Config["database"], seed: "none" },
  () => new Date(now),
  (sql) => {
    heard.push(sql);
    if (point === heard.length - 1) die();
    // The statement is on its way when the next turn begins.
    if (point === "in commit" && sql === "COMMIT") setImmediate(die);
  },
);

const write = hub.database.write.bind(hub.database);
hub.database.write = async (...asked) => {
  const result = await write(...asked);
  if (point === "after commit") die();
  return result;
};
const writeHead = ServerResponse.prototype.writeHead as (this: ServerResponse, ...args: unknown[]) => ServerResponse;
ServerResponse.prototype.writeHead = function (this: ServerResponse, ...args: unknown[]) {
  if (point === "before the answer") die();
  return writeHead.apply(this, args);
} as typeof ServerResponse.prototype.writeHead;

const server = await openServer(hub, { ...given, graphiql: null });
process.on("message", (asked: { point: Point | null } | "heard") => {
  if (asked === "heard") return tell({ heard });
  point = asked.point;
  heard = [];
  tell({ armed: true });
});
tell({ port: server.port });
