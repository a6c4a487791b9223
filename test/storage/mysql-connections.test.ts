import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { readInPieces } from "../../src/storage/database/mysql-connections.js";

const ANSWER = Buffer.alloc(8 * 2 ** 20, "0");

test("a connection is read in pieces, and others have their turn between them", async () => {
  const server = createServer((socket) => void socket.end(ANSWER)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const stream = connect((server.address() as AddressInfo).port, "127.0.0.1");
  let [read, inThisTurn, most, ended] = [0, 0, 0, false];
  // The kernel takes megabytes of it before anybody reads.
  for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
  stream.on("data", ({ length }: Buffer) => {
    read += length;
    most = Math.max(most, (inThisTurn += length));
  });
  readInPieces(stream);
  stream.once("end", () => (ended = true));
  while (!ended) {
    await new Promise(setImmediate);
    inThisTurn = 0;
  }
  server.close();
  expect(read).toBe(ANSWER.length);
  expect(most).toBeLessThanOrEqual(4 * 64 * 1024);
});
