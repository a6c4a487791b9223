import { join } from "node:path";
import { distance } from "fastest-levenshtein";

/** Where the data is kept: one file of our own, or a MySQL 8 / MariaDB server. */
export type DatabaseConfig =
  | { type: "sqlite"; file: string }
  | { type: "mysql"; url: string; host: string; port: number; user: string; password: string; name: string };

/** What is loaded into an empty database. */
export const SEEDS = {
  demo: "the facts of the source documents and a made demonstration around them",
  documents: "only the facts of the source documents",
  none: "nothing",
} as const;
export type SeedName = keyof typeof SEEDS;

/** What signs the tokens: a text from the environment, or a file that is made when it is missing. */
export type SecretSource = { from: "config"; value: string } | { from: "file"; path: string };

export const LOG_LEVELS = ["info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Config {
  host: string;
  port: number;
  /** The directory of the embedded database and of the generated secret. */
  home: string;
  database: DatabaseConfig;
  seed: SeedName;
  secret: SecretSource;
  graphiql: boolean;
  log: LogLevel;
}

/** Every setting, for people; also the list of the names that are known. */
export const SETTINGS = {
  PORT: "the port to listen on; 4000 unless set, 0 for any free one",
  HOST: "the address to listen on; 127.0.0.1 (this machine only) unless set, 0.0.0.0 for all",
  TONGHOP_HOME: "the directory of the embedded database; data unless set",
  DATABASE_URL: "a MySQL 8 or MariaDB database instead of the embedded one: mysql://user:password@host:3306/name",
  TONGHOP_SEED:
    "what is loaded into an empty database: demo, documents or none; demo on the embedded database unless set, none on a DATABASE_URL",
  TONGHOP_SECRET: "what signs the tokens, at least 32 characters; needed with DATABASE_URL, made and kept in TONGHOP_HOME otherwise",
  TONGHOP_GRAPHIQL: "on or off: whether GraphiQL is served at /graphiql; on unless set",
  TONGHOP_LOG: "how much is logged to standard error: info, warn, error or silent; info unless set",
} as const;
type Setting = keyof typeof SETTINGS;

const SHORTEST_SECRET = 32;

/** Reads the settings; every fault is named, not only the first. Values that may be secret never appear in a fault. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config | { faults: string[] } {
  const faults: string[] = unknownSettings(env);
  // An empty variable is what compose files and CI systems pass for "not set".
  const setting = (name: Setting) => env[name]?.trim() || undefined;
  const oneOf = <T extends string>(name: Setting, values: readonly T[], otherwise: T): T => {
    const value = setting(name);
    if (value === undefined) return otherwise;
    const found = values.find((known) => known === value.toLowerCase());
    if (found === undefined) faults.push(`${name} is "${value}"; expected ${listed(values)}.`);
    return found ?? otherwise;
  };

  const home = setting("TONGHOP_HOME") ?? "data";
  const url = setting("DATABASE_URL");
  const database: DatabaseConfig =
    url === undefined ? { type: "sqlite", file: join(home, "tonghop.sqlite") } : readDatabaseUrl(url, faults);
  const config: Config = {
    host: readHost(setting("HOST") ?? "127.0.0.1", faults),
    port: readPort("PORT", setting("PORT") ?? "4000", faults),
    home,
    database,
    seed: oneOf("TONGHOP_SEED", Object.keys(SEEDS) as SeedName[], database.type === "sqlite" ? "demo" : "none"),
    secret: readSecret(setting("TONGHOP_SECRET"), database, home, faults),
    graphiql: oneOf("TONGHOP_GRAPHIQL", ["on", "off"], "on") === "on",
    log: oneOf("TONGHOP_LOG", LOG_LEVELS, "info"),
  };
  return faults.length > 0 ? { faults } : config;
}

/** A misspelt setting would otherwise be silently ignored. TONGHOP_TEST_… belongs to the test suite. */
function unknownSettings(env: NodeJS.ProcessEnv): string[] {
  const known = Object.keys(SETTINGS);
  return Object.keys(env)
    .filter((name) => name.startsWith("TONGHOP_") && !name.startsWith("TONGHOP_TEST") && !known.includes(name))
    .sort()
    .map((name) => {
      const near = known.filter((other) => distance(name, other) <= 3);
      return `${name} is not a setting; ${near.length > 0 ? `did you mean ${listed(near)}?` : `expected one of ${known.join(", ")}.`}`;
    });
}

function readPort(name: string, text: string, faults: string[]): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  faults.push(`${name} is "${text}"; expected a whole number from 0 to 65535.`);
  return 0;
}

function readHost(text: string, faults: string[]): string {
  if (!/^[\w.:-]+$/.test(text)) faults.push(`HOST is "${text}"; expected an address or a host name, e.g. 0.0.0.0.`);
  return text;
}

function readSecret(value: string | undefined, database: DatabaseConfig, home: string, faults: string[]): SecretSource {
  if (value !== undefined) {
    if (value.length < SHORTEST_SECRET)
      faults.push(
        `TONGHOP_SECRET has ${value.length} characters; expected at least ${SHORTEST_SECRET}, e.g. the output of: openssl rand -base64 48`,
      );
    return { from: "config", value };
  }
  // Several processes may serve one database server: they must share a secret, so none is made up.
  if (database.type === "mysql")
    faults.push("TONGHOP_SECRET is not set; with a DATABASE_URL it is needed, e.g. the output of: openssl rand -base64 48");
  return { from: "file", path: join(home, "secret") };
}

function readDatabaseUrl(text: string, faults: string[]): DatabaseConfig {
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

function listed(values: readonly string[]): string {
  return values.length < 2 ? values.join("") : `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
}
