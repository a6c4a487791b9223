import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type RecordDraft } from "../../src/intake/records/reading.js";
import { type CapturedScreen } from "./capture.js";
import { serveParent } from "./child.js";
import { openRaw, type RawDatabase, type Row } from "./driver.js";
import { answerOf } from "./floor-figures.js";
import { correct, insertAll } from "./floor-writes.js";
import { type DatabaseOptions } from "../../src/storage/database/open-database.js";

/** What a server costs that does no more than it must: node:http, the driver, the same SQL, JSON. */
serveParent(async ({ options, screens }: { options: DatabaseOptions; screens: CapturedScreen[] }) => {
  const database = openRaw(options);
  const server = createServer((request, response) => {
    answer(database, screens, request).then(
      (found) => response.setHeader("content-type", "application/json").end(JSON.stringify(found)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      server.close();
      await database.close();
    },
  };
});

async function answer(database: RawDatabase, screens: readonly CapturedScreen[], request: IncomingMessage): Promise<object> {
  const body = JSON.parse(await textOf(request)) as { screen?: number; correct?: RecordDraft; insert?: RecordDraft[] };
  if (body.correct) return correct(database, body.correct);
  if (body.insert) return insertAll(database, body.insert);
  const screen = screens[body.screen ?? -1];
  if (!screen) throw new Error("no such screen");
  const results: Row[][] = [];
  await database.read(async (connection) => {
    for (const { sql, values } of screen.statements) results.push(await connection.query(sql, values));
  });
  return answerOf(screen, results);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
