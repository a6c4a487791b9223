import { createHash, timingSafeEqual } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";
import { decisionFigures } from "./decisions.js";
import { requestError } from "../edge/errors.js";
import { inTime } from "./health.js";
import type { Served } from "../edge/served.js";

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const STATEMENTS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000];

/**
 * `/metrics`: the hub's own figures for Prometheus. It has a secret of its own, which opens nothing else: a monitor need not
 * be able to read the unions' data, and it must be able to ask while the database, which knows the tokens, does not answer.
 * Returns the function that hears of each request that has been answered.
 */
export function serveMetrics(
  app: FastifyInstance,
  { database, lastAudit, dropped }: Pick<Served, "database" | "lastAudit"> & { dropped(): number },
  token: string,
) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const build = new Gauge({ name: "tonghop_build_info", help: "Always 1; says which version runs.", labelNames: ["version"], registers });
  build.set({ version: version() }, 1);

  const requests = new Counter({
    name: "tonghop_http_requests_total",
    help: "HTTP requests that have been answered.",
    labelNames: ["route", "status"],
    registers,
  });
  const operation = ["type", "operation"] as const;
  const operations = new Counter({
    name: "tonghop_operations_total",
    help: "GraphQL operations that have been answered, by root field and by the code of the first error (OK: none).",
    labelNames: [...operation, "code"],
    registers,
  });
  const duration = new Histogram({
    name: "tonghop_operation_duration_seconds",
    help: "From the head of the request to the end of the answer.",
    labelNames: operation,
    buckets: SECONDS,
    registers,
  });
  const statements = new Histogram({
    name: "tonghop_operation_sql_statements",
    help: "SQL statements that an operation ran.",
    labelNames: operation,
    buckets: STATEMENTS,
    registers,
  });
  const decided = decisionFigures(registry);

  const figure = (name: string, help: string) => new Gauge({ name, help, registers });
  const up = figure("tonghop_database_up", "1 when the database answered while these figures were asked for.");
  const inUse = figure("tonghop_database_connections_in_use", "Connections to the database that do something.");
  const waiting = figure("tonghop_database_waiting", "Reads and units of work that wait for a connection.");
  const retries = new Counter({
    name: "tonghop_database_retries_total",
    help: "Units of work begun anew, e.g. after a deadlock.",
    registers,
  });
  const auditedAt = figure("tonghop_ledger_audit_timestamp_seconds", "When the ledger was last audited (npx tonghop ledger audit).");
  const audited = figure("tonghop_ledger_audit_ok", "1 when the last audit found every stored integer to be what the records say.");
  const differences = figure(
    "tonghop_ledger_audit_differences",
    "Places in which the last audit found the ledger to differ from the records.",
  );

  const unwritten = new Counter({
    name: "tonghop_log_dropped_total",
    help: "Lines of the log that could not be written, e.g. because whoever reads standard error has ended.",
    registers,
  });

  async function look(): Promise<void> {
    unwritten.reset();
    unwritten.inc(dropped());
    const now = database.stats();
    inUse.set(now.connections);
    waiting.set(now.waiting);
    retries.reset();
    retries.inc(now.retries);
    const isUp = inTime(database.ping()).then(
      () => 1,
      () => 0,
    );
    // Where too many wait already, the database is up and this is not told.
    const audit = await inTime(lastAudit()).catch(() => undefined);
    up.set(await isUp);
    if (audit === undefined) return;
    auditedAt.set(audit ? audit.at.getTime() / 1_000 : 0);
    audited.set(audit ? Number(audit.differences === 0) : NaN);
    differences.set(audit ? audit.differences : NaN);
  }

  app.get("/metrics", async (request, reply) => {
    if (!isSame(request.headers.authorization ?? "", `Bearer ${token}`))
      return reply
        .code(401)
        .header("www-authenticate", "Bearer")
        .send(requestError("UNAUTHENTICATED", "Send the header Authorization: Bearer <the value of TONGHOP_METRICS_TOKEN>."));
    await look();
    return reply.type(registry.contentType).send(withoutUnknown(await registry.metrics()));
  });

  return (request: FastifyRequest, status: number, ms: number): void => {
    requests.inc({ route: request.routeOptions.url ?? "none", status });
    if (request.operation === null) return;
    const { type, field, code } = request.operation;
    const labels = { type, operation: field };
    operations.inc({ ...labels, code });
    duration.observe(labels, ms / 1_000);
    statements.observe(labels, request.operation.statements);
    decided(request.operation);
  };
}

/** What is not known yet (NaN: an audit that was never made, the mean of nothing) has no line: as a figure it would set off alarms, or break them. */
function withoutUnknown(figures: string): string {
  return figures.replace(/^[^#\n].* NaN\n/gim, "");
}

/** Takes as long whatever is given. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

/** That of the package, whose file lies above this one both in `src/` and in `dist/`. */
function version(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const file = join(folder, "package.json");
    if (existsSync(file)) return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
  }
}
