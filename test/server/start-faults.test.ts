import { waitForServer } from "../../src/storage/database/mysql-server.js";
import { sentenceOf } from "../../src/fault.js";
import { type AddressInfo, type Server, createServer } from "node:net";
import { type OwnMariadb, ownMariadb } from "./own-mariadb.js";
import { openDatabase } from "../../src/storage/database/open-database.js";

let server: OwnMariadb;
beforeAll(async () => {
  server = await ownMariadb();
  await openDatabase({ type: "mysql", url: server.url }).then((opened) => opened.close());
  await server.run(
    "INSTALL SONAME 'auth_ed25519'",
    "CREATE USER tls@'127.0.0.1' IDENTIFIED BY 'x' REQUIRE SSL",
    "CREATE USER locked@'127.0.0.1' IDENTIFIED BY 'x' ACCOUNT LOCK",
    "CREATE USER socket@'127.0.0.1' IDENTIFIED VIA unix_socket",
    "CREATE USER ed25519@'127.0.0.1' IDENTIFIED VIA ed25519 USING PASSWORD('x')",
    "CREATE USER nothing@'127.0.0.1' IDENTIFIED BY 'x'",
    "CREATE USER reader@'127.0.0.1' IDENTIFIED BY 'x'",
    "GRANT SELECT ON hub.* TO reader@'127.0.0.1'",
    "CREATE USER busy@'127.0.0.1' IDENTIFIED BY 'x' WITH MAX_CONNECTIONS_PER_HOUR 1",
    "GRANT ALL ON hub.* TO busy@'127.0.0.1'",
  );
});
afterAll(() => server.close());

/** What a start says that waits for nothing. */
async function saidOf(url: URL): Promise<string> {
  try {
    await waitForServer(url.href, () => undefined, 0);
    await (await openDatabase({ type: "mysql", url: url.href })).close();
    return "It starts.";
  } catch (error) {
    return sentenceOf(error);
  }
}

/** As whom to connect. */
const as = (name: string) => (url: URL) => Object.assign(url, { username: name, password: "x" });
const REFUSED = /^The database refuses the account: Access denied.*; check user, password and database in DATABASE_URL, .* demands TLS\.$/;
const APART =
  /^The database and the hub do not come together: .*; DATABASE_URL has to lead to a MariaDB 10\.11 or MySQL 8 server or later, without TLS/;

test.each<[string, (url: URL) => unknown, RegExp]>([
  ["nothing wrong", () => undefined, /^It starts\.$/],
  ["a wrong password", (url) => (url.password = "wrong"), REFUSED],
  ["an unknown user", as("nobody"), REFUSED],
  ["an account that demands TLS", as("tls"), REFUSED],
  ["a locked account", as("locked"), REFUSED],
  ["an account of the machine itself", as("socket"), REFUSED],
  ["an account without a privilege", as("nothing"), REFUSED],
  ["an account that proves itself otherwise", as("ed25519"), APART],
  [
    "an account that may only read",
    as("reader"),
    /^The database account may do too little: INSERT command denied .*; README\.md, “Database account”, lists/,
  ],
  [
    "an account that has used up its connections",
    as("busy"),
    /^The database has no connection free: .*; each hub needs 21; raise max_connections/,
  ],
  [
    "no such database",
    (url) => (url.pathname = "/nowhere"),
    /^The server has no such database: Unknown database 'nowhere'; create it, or check DATABASE_URL\.$/,
  ],
  [
    "a name that no database can have",
    (url) => (url.pathname = `/${"x".repeat(99)}`),
    /^The server has no such database: Incorrect database name/,
  ],
  [
    "a wrong port",
    (url) => (url.port = "1"),
    /^The database does not answer: the connection was refused; check DATABASE_URL and whether the server runs\.$/,
  ],
  [
    "a wrong host",
    (url) => (url.hostname = "no.such.host.invalid"),
    /^(There is no address no\.such\.host\.invalid to use|The database does not answer: .*); check /,
  ],
])("%s: a sentence says what to do", async (_, spoil, sentence) => {
  const url = new URL(server.url);
  spoil(url);
  expect(await saidOf(url)).toMatch(sentence);
});

test.each<[string, string, RegExp]>([
  ["that speaks otherwise", "HTTP/1.1 400 Bad Request\r\n\r\n", APART],
  // A packet of an error: 1043, as servers send it that are too old or speak only TLS.
  [
    "that shakes hands otherwise",
    "\x10\x00\x00\x00\xff\x13\x04Bad handshake",
    /^The database and the hub do not come together: Bad handshake; DATABASE_URL has to lead to/,
  ],
])("something %s at the other end", async (_, words, sentence) => {
  const other: Server = createServer((socket) => void socket.on("error", () => undefined).end(Buffer.from(words, "latin1")));
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  expect(await saidOf(new URL(`mysql://hub:x@127.0.0.1:${(other.address() as AddressInfo).port}/hub`))).toMatch(sentence);
  other.close();
});

test("a server that demands TLS, and one that is read-only while tables are to be made", async () => {
  const url = new URL(server.url);
  await server.run(
    "SET GLOBAL read_only = 1",
    "CREATE DATABASE fresh",
    "CREATE USER clerk@'127.0.0.1' IDENTIFIED BY 'x'",
    "GRANT ALL ON fresh.* TO clerk@'127.0.0.1'",
  );
  url.pathname = "/fresh";
  expect(await saidOf(as("clerk")(url))).toMatch(
    /^The database takes no changes: .*read-only.*; it is read-only or a replica; DATABASE_URL has to lead to/,
  );
  await server.run("SET GLOBAL read_only = 0", "SET GLOBAL require_secure_transport = 1").catch(() => undefined);
  expect(await saidOf(new URL(server.url))).toMatch(REFUSED);
});
