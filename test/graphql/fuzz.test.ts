import { buildClientSchema, getIntrospectionQuery, type GraphQLSchema } from "graphql";
import { PROBLEM_CODES } from "../../src/domain/ground/problem.js";
import { REQUEST_ERROR_CODES } from "../../src/domain/ground/request-fault.js";
import { draft, report, schoolYear } from "../desk.js";
import { request } from "../http-client.js";
import { dice, RandomDocument } from "./random-document.js";
import { type Client, type Running, serve } from "./server.js";
import { type Probe, probesOf } from "./string-arguments.js";

/** How many requests; `npm run test:fuzz` sends 10,000. */
const REQUESTS = Number(process.env.TONGHOP_TEST_RUNS ?? 300);
const FIRST_SEED = Number(process.env.TONGHOP_TEST_SEED ?? 1);

let running: Running;
let steward: Client;
let schema: GraphQLSchema;
beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const done = [
    ...(await desk.register(
      draft.province("P"),
      draft.district("D", "P"),
      draft.district("E", "P"),
      draft.union("U", "D"),
      draft.school("S", "U"),
      draft.school("T", "U"),
    )),
    await desk.openYear(schoolYear(2023)),
    await desk.openYear(schoolYear(2024)),
    ...(await desk.submit(report.conference("S"), report.membership("S"), report.cluster("P", ["D", "E"]))),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  steward = await running.as("STEWARD", "P");
  schema = buildClientSchema(await steward.data(getIntrospectionQuery()));
});
afterAll(() => running.close());

const ODD = [
  "",
  " ",
  "\u0000",
  "\u202e",
  "😀",
  "\ud800",
  "__proto__",
  "' OR 1=1 --",
  "%",
  "ế".normalize("NFD"),
  "-1",
  "null",
  "9".repeat(400),
];
const HUGE = [1e308, -1e308, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 0.1, -0, Number.NaN];

/** The codes that an answer may have: the closed list without the hub's own fault. */
const CODES = new Set([...Object.keys(REQUEST_ERROR_CODES), ...Object.keys(PROBLEM_CODES)]);
CODES.delete("INTERNAL_SERVER_ERROR");

interface Sent {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** Requests made of documents and variables that are right, partly spoilt, or no GraphQL at all. */
class Fuzzer {
  constructor(
    private readonly probes: readonly Probe[],
    private readonly below: (bound: number) => number,
  ) {}

  next(): Sent {
    const ways = [
      () => this.valid(),
      () => this.valid(),
      () => this.spoiltDocument(),
      () => this.spoiltVariables(),
      () => this.spoiltBody(),
      () => this.spoiltHttp(),
    ];
    return this.one(ways)();
  }

  private post(body: unknown): Sent {
    return { method: "POST", path: "/graphql", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  }

  private document(odd: boolean): string {
    const texts = odd ? ODD.filter((text) => !/[\0\u202e\ud800]/.test(text)) : ["x"];
    const pools = {
      inside: ["P", "D", "U", "S", "T"],
      outside: ["E", ...texts],
      names: texts,
      vintages: texts,
      schoolYears: ["2023-2024", "2024-2025", ...texts],
      indicators: ["members", "emulationPact", ...texts],
      days: ["2024-09-25", "2023-10-01", ...(odd ? ["0000-00-00", "9999-12-31"] : [])],
      cursors: texts,
      numbers: odd ? [0, -1, 1, 5, 2 ** 31 - 1] : [1, 5],
    };
    const random = new RandomDocument(schema, pools, this.below);
    return this.below(2) ? random.query(3) : random.mutation(this.one(Object.keys(schema.getMutationType()!.getFields())), 2);
  }

  private valid = (): Sent => this.post({ query: this.document(this.below(2) === 0) });

  /** Some characters or tokens taken away, doubled, exchanged or put in. */
  private spoiltDocument(): Sent {
    const tokens = this.document(true).split(/(?<=[\s{}():,])/);
    for (let times = 1 + this.below(4); times > 0; times--) {
      const at = this.below(tokens.length);
      const put = this.one([
        ...ODD,
        "{",
        "}",
        "...",
        "@skip(if: $x)",
        "@x",
        "fragment F on Unit { ...F }",
        "$v",
        "query Q",
        '"""',
        "#",
        "&",
        "\\u{110000}",
        "__schema { types { fields { type { ofType { name } } } } }",
      ]);
      this.one([
        () => tokens.splice(at, 1),
        () => tokens.splice(at, 0, put),
        () => tokens.splice(at, 1, put, put),
        () => tokens.splice(at, 0, tokens[this.below(tokens.length)]!),
      ])();
    }
    return this.post({ query: tokens.join("") });
  }

  /** A value of any kind at a place of the variables. */
  private spoiltVariables(): Sent {
    const { query, variables } = this.one(this.probes);
    const spoil = (value: unknown): unknown => {
      if (this.below(3) === 0 || typeof value !== "object" || value === null) return this.anything(2);
      const entries = Object.entries(value);
      const at = this.below(entries.length + 1);
      const spoilt = entries.map(([key, inner], index) => [key, index === at ? spoil(inner) : inner] as const);
      if (at === entries.length) spoilt.push([this.one(["x", "constructor", "toString", ""]), this.anything(1)]);
      return Array.isArray(value) ? spoilt.map(([, inner]) => inner) : Object.fromEntries(spoilt);
    };
    return this.post({ query, variables: spoil(variables(this.one(ODD))) });
  }

  private anything(depth: number): unknown {
    const list = () => Array.from({ length: this.below(4) }, () => this.anything(depth - 1));
    const leaves = [null, true, false, 0, ...HUGE, ...ODD, "2024-2025", "S", "2024-10-01"];
    return this.one([
      () => this.one(leaves),
      () => this.one(leaves),
      ...(depth > 0 ? [list, () => Object.fromEntries(list().map((value, n) => [`x${n}`, value]))] : []),
    ])();
  }

  /** A body that is no request, or one with other parts. */
  private spoiltBody(): Sent {
    const sent = this.valid();
    const parts = {
      ...(JSON.parse(sent.body!) as object),
      [this.one(["variables", "operationName", "extensions", "query", "x", "id"])]: this.anything(3),
    };
    const text = JSON.stringify(parts);
    const at = this.below(text.length);
    return {
      ...sent,
      body: this.one([
        text,
        `[${text}]`,
        text.slice(0, at),
        text.slice(at),
        text.slice(0, at) + this.one(ODD) + text.slice(at),
        "[".repeat(9_999),
        "",
        "null",
      ]),
    };
  }

  private spoiltHttp(): Sent {
    const sent = this.valid();
    const query = encodeURIComponent((JSON.parse(sent.body!) as { query: string }).query);
    return this.one<() => Sent>([
      () => ({ method: "GET", path: `/graphql?query=${query.slice(0, 6_000)}`, headers: { "apollo-require-preflight": "1" } }),
      () => ({
        method: "GET",
        path: `/graphql?query=${query.slice(0, this.below(300))}&variables=${this.one(["{", "5", "%7B%22a%22:1%7D"])}`,
        headers: {},
      }),
      () => ({ ...sent, method: this.one(["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"]) }),
      () => ({
        ...sent,
        path: this.one(["/%ff", "/graphql/..;/", "/graphql%00", "//", "/graphql?%", "/readyz/x", `/${"x".repeat(3_000)}`, "/__proto__"]),
      }),
      () => ({
        ...sent,
        headers: {
          "content-type": this.one([
            "text/plain",
            "application/json; charset=utf-7",
            "application/xml",
            "x",
            "multipart/form-data; boundary=x",
          ]),
        },
      }),
      () => ({
        ...sent,
        headers: { ...sent.headers, accept: this.one(["text/html", "*/*;q=0", "application/graphql-response+json", "x".repeat(500)]) },
      }),
      () => ({
        ...sent,
        headers: {
          ...sent.headers,
          authorization: this.one([
            "Bearer",
            "Bearer x.y.z",
            `Bearer ${"x".repeat(5_000)}`,
            "Basic eDp5",
            "Bearer eyJhbGciOiJub25lIn0.e30.",
          ]),
        },
      }),
      () => ({
        ...sent,
        headers: {
          ...sent.headers,
          [this.one(["content-encoding", "expect", "x-http-method-override", "origin", "x-request-id", "host"])]: this.one([
            "gzip",
            "x",
            "null",
            "GET",
          ]),
        },
      }),
    ])();
  }

  private one<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }
}

test(`${REQUESTS} requests of every kind of nonsense: no fault of the hub, only codes of the closed list`, async () => {
  const probes = probesOf(schema, {
    code: "U",
    ID: "S",
    schoolYear: "2024-2025",
    indicator: "members",
    String: "x",
    Day: "2024-10-01",
    Int: 1,
    Boolean: true,
  });
  const seen: Record<string, number> = {};
  const count = (what: string) => (seen[what] = (seen[what] ?? 0) + 1);
  for (let seed = FIRST_SEED; seed < FIRST_SEED + REQUESTS; seed++) {
    const { method, path, headers, body } = new Fuzzer(probes, dice(seed)).next();
    const told = (why: string) => new Error(`seed ${seed}: ${why}\n${method} ${path} ${JSON.stringify(headers)}\n${body?.slice(0, 2_000)}`);
    const response = await request(`${running.origin}${path}`, {
      method,
      headers: { authorization: `Bearer ${steward.token}`, ...headers },
      body,
    }).catch((error: Error) => {
      throw told(error.message);
    });
    const text = await response.text();
    count(String(response.status));
    if (response.status >= 500) throw told(`${response.status} ${text}`);
    if (text === "") continue;
    if (/SQLITE|\bER_[A-Z]|node_modules|\.[jt]s:\d|stacktrace/.test(text)) throw told(text.slice(0, 2_000));
    const { errors, data } = JSON.parse(text) as { errors?: { extensions: { code: string } }[]; data?: unknown };
    if (errors === undefined && data === undefined) throw told(`neither data nor errors: ${text}`);
    for (const { extensions } of errors ?? []) {
      if (!CODES.has(extensions?.code)) throw told(`code ${extensions?.code}: ${text.slice(0, 2_000)}`);
      count(extensions.code);
    }
  }
  expect(await steward.data("{ me { role } }")).toEqual({ me: { role: "STEWARD" } });
  expect(seen["200"]).toBeGreaterThan(REQUESTS / 5);
  expect(Object.keys(seen)).toEqual(
    expect.arrayContaining([
      "400",
      "401",
      "404",
      "405",
      "415",
      "BAD_REQUEST",
      "BAD_USER_INPUT",
      "GRAPHQL_PARSE_FAILED",
      "GRAPHQL_VALIDATION_FAILED",
      "UNIT_NOT_FOUND",
    ]),
  );
  if (process.env.TONGHOP_TEST_RUNS) process.stdout.write(`${JSON.stringify(seen, null, 1)}\n`);
});
