import { readPort } from "./reading.js";

/** Where the data is kept: one file of our own, or a MySQL 8 / MariaDB server. */
export type DatabaseConfig =
  | { type: "sqlite"; file: string }
  | { type: "mysql"; url: string; host: string; port: number; user: string; password: string; name: string };

/** Takes a DATABASE_URL apart; its password never appears in a fault. */
export function readDatabaseUrl(text: string, faults: string[]): DatabaseConfig {
  const expected = "expected mysql://user:password@host:3306/name.";
  const empty: DatabaseConfig = { type: "mysql", url: "", host: "", port: 3306, user: "", password: "", name: "" };
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) {
    faults.push(`DATABASE_URL is not a URL (characters such as @ / # in a password are written %40 %2F %23); ${expected}`);
    return empty;
  }
  if (url.protocol !== "mysql:" && url.protocol !== "mariadb:") {
    faults.push(`DATABASE_URL begins with "${url.protocol}"; ${expected}`);
    return empty;
  }
  const part = (name: string, encoded: string): string => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      faults.push(`DATABASE_URL: the ${name} is not properly encoded (a percent sign is written %25); ${expected}`);
      return "";
    }
  };
  const user = part("user", url.username);
  const name = part("database name", url.pathname.slice(1));
  const password = part("password", url.password);
  if (url.hostname === "") faults.push(`DATABASE_URL names no host; ${expected}`);
  if (url.username === "") faults.push(`DATABASE_URL names no user; ${expected}`);
  if (url.pathname.length < 2 || name.includes("/")) faults.push(`DATABASE_URL names no database; ${expected}`);
  if (url.search !== "" || url.hash !== "") faults.push(`DATABASE_URL has parameters after "?" or "#"; none are understood, ${expected}`);
  // An IPv6 address stands in brackets in a URL and without them everywhere else.
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  return {
    type: "mysql",
    url: text,
    host,
    port: url.port === "" ? 3306 : readPort("The port of DATABASE_URL", url.port, faults),
    user,
    password,
    name,
  };
}
