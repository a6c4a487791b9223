import { join } from "node:path";
import { distance } from "fastest-levenshtein";
import { type DatabaseConfig, readDatabaseUrl } from "./config/database-url.js";
import { OIDC_SETTINGS, type OidcConfig, readOidc } from "./config/oidc.js";
import { listed, readOrigins, readPort, readSeconds } from "./config/reading.js";

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
  /** The secret before this one: its tokens go on until it is taken away. */
  formerSecret: string | null;
  oidc: OidcConfig | null;
  graphiql: boolean;
  introspection: boolean;
  /** Origins of web pages that may ask. */
  corsOrigins: readonly string[];
  /** Whether the hub is a subgraph of Apollo Federation. */
  federation: boolean;
  log: LogLevel;
  /** What opens /metrics; null: it is not served. */
  metricsToken: string | null;
  /** For how long after SIGTERM /readyz says 503 while requests are still taken. */
  shutdownDelaySeconds: number;
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
  TONGHOP_SECRET_FORMER: "the secret before this one, while tokens that it signed are still taken; take it away to refuse them",
  ...OIDC_SETTINGS,
  TONGHOP_GRAPHIQL: "on or off: whether GraphiQL is served at /graphiql; on with the embedded database unless set, off with a DATABASE_URL",
  TONGHOP_INTROSPECTION:
    "on or off: whether the schema may be asked for, and errors suggest names of it; on where GraphiQL is and with the embedded database",
  TONGHOP_CORS_ORIGINS: "web pages of other origins that may ask, e.g. https://app.example.vn,https://hq.example.vn; none unless set",
  TONGHOP_METRICS_TOKEN:
    "what Prometheus sends as its bearer token to read /metrics, at least 32 characters; it opens nothing else. /metrics is not served unless set",
  FEDERATION: "on or off: whether the hub is a subgraph of Apollo Federation 2 (_service, _entities); off unless set",
  TONGHOP_SHUTDOWN_DELAY:
    "seconds after SIGTERM in which /readyz says 503 while requests are still taken, so that a balancer that asks /readyz turns away first; 0 unless set",
  TONGHOP_LOG: "how much is logged to standard error: info, warn, error or silent; info unless set",
} as const;
type Setting = keyof typeof SETTINGS;

const SHORTEST_SECRET = 32;
/** Longer than this nothing that ends a process waits. */
const LONGEST_DELAY_S = 300;

/**
 * Reads the settings; every fault is named, not only the first. Values that may be secret never appear in a fault. A name that is
 * no setting is none of them (see `unknownSettings`): what a misspelt one was meant to set is missing, or as it is unless set.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config | { faults: string[] } {
  const faults: string[] = [];
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
  const embedded = database.type === "sqlite" ? "on" : "off";
  const graphiql =
    oneOf("TONGHOP_GRAPHIQL", ["on", "off"], setting("TONGHOP_INTROSPECTION")?.toLowerCase() === "off" ? "off" : embedded) === "on";
  const introspection = oneOf("TONGHOP_INTROSPECTION", ["on", "off"], graphiql ? "on" : embedded) === "on";
  if (graphiql && !introspection)
    faults.push("TONGHOP_GRAPHIQL is on and TONGHOP_INTROSPECTION is off; GraphiQL needs the schema: switch both on, or both off.");
  const config: Config = {
    host: readHost(setting("HOST") ?? "127.0.0.1", faults),
    port: readPort("PORT", setting("PORT") ?? "4000", faults),
    home,
    database,
    seed: oneOf("TONGHOP_SEED", Object.keys(SEEDS) as SeedName[], database.type === "sqlite" ? "demo" : "none"),
    secret: readSecret(setting("TONGHOP_SECRET"), database, home, faults),
    formerSecret: optionalSecret("TONGHOP_SECRET_FORMER", setting("TONGHOP_SECRET_FORMER"), faults),
    oidc: readOidc(setting, faults),
    graphiql,
    introspection,
    corsOrigins: readOrigins("TONGHOP_CORS_ORIGINS", setting("TONGHOP_CORS_ORIGINS"), faults),
    metricsToken: optionalSecret("TONGHOP_METRICS_TOKEN", setting("TONGHOP_METRICS_TOKEN"), faults),
    shutdownDelaySeconds: readSeconds("TONGHOP_SHUTDOWN_DELAY", setting("TONGHOP_SHUTDOWN_DELAY") ?? "0", LONGEST_DELAY_S, faults),
    federation: oneOf("FEDERATION", ["on", "off"], "off") === "on",
    log: oneOf("TONGHOP_LOG", LOG_LEVELS, "info"),
  };
  return faults.length > 0 ? { faults } : config;
}

/**
 * A warning for each TONGHOP_… that is no setting. A misspelt setting would otherwise be silently ignored; but the environment is
 * not the hub's alone (TONGHOP_TOKEN is a client's), so it stops nothing. TONGHOP_TEST_… belongs to the test suite.
 */
export function unknownSettings(env: NodeJS.ProcessEnv = process.env): string[] {
  const known = Object.keys(SETTINGS);
  return Object.keys(env)
    .filter((name) => name.startsWith("TONGHOP_") && !name.startsWith("TONGHOP_TEST") && !known.includes(name))
    .sort()
    .map((name) => {
      const [near] = known.filter((other) => distance(name, other) <= 2).sort((a, b) => distance(name, a) - distance(name, b));
      return `${name} is not a setting and is ignored; ${near ? `did you mean ${near}?` : `expected one of ${known.join(", ")}.`}`;
    });
}

function readHost(text: string, faults: string[]): string {
  if (!/^[\w.:-]+$/.test(text)) faults.push(`HOST is "${text}"; expected an address or a host name, e.g. 0.0.0.0.`);
  return text;
}

function readSecret(value: string | undefined, database: DatabaseConfig, home: string, faults: string[]): SecretSource {
  if (value !== undefined) {
    longEnough("TONGHOP_SECRET", value, faults);
    return { from: "config", value };
  }
  // Several processes may serve one database server: they must share a secret, so none is made up.
  if (database.type === "mysql")
    faults.push("TONGHOP_SECRET is not set; with a DATABASE_URL it is needed, e.g. the output of: openssl rand -base64 48");
  return { from: "file", path: join(home, "secret") };
}

function optionalSecret(name: Setting, value: string | undefined, faults: string[]): string | null {
  if (value !== undefined) longEnough(name, value, faults);
  return value ?? null;
}

function longEnough(name: Setting, secret: string, faults: string[]): void {
  if (secret.length < SHORTEST_SECRET)
    faults.push(
      `${name} has ${secret.length} characters; expected at least ${SHORTEST_SECRET}, e.g. the output of: openssl rand -base64 48`,
    );
}
