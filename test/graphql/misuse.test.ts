import { randomUUID } from "node:crypto";
import { buildClientSchema, getIntrospectionQuery } from "graphql";
import { draft, report, schoolYear } from "../desk.js";
import { dice, RandomDocument } from "./random-document.js";
import { type Answer, type Client, type Running, serve } from "./server.js";
import { digest } from "../../src/domain/ground/digest.js";

let running: Running;
let steward: Client;
beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const done = [
    ...(await desk.register(
      draft.province("P"),
      draft.district("ĐẶC", "P"),
      draft.union("U", "ĐẶC"),
      draft.school("S", "U"),
      draft.school("T", "U"),
    )),
    await desk.openYear(schoolYear(2024)),
    ...(await desk.submit(report.conference("S"))),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  steward = await running.as("STEWARD", "P");
});
afterAll(() => running.close());

/** What no answer may hold: a stack, a statement, a driver's words, or a text of the caller's without end. */
function clean(answer: Answer): void {
  const text = JSON.stringify(answer);
  expect(text).not.toMatch(/SQLITE|\bER_[A-Z]|node_modules|\.[jt]s:\d|SELECT |stacktrace|INTERNAL_SERVER_ERROR/);
  expect([200, 400]).toContain(answer.status);
  for (const [, message] of text.matchAll(/"message":"((?:[^"\\]|\\.)*)"/g)) expect(message!.length).toBeLessThan(1_500);
}
const codesOf = ({ errors }: Answer) => (errors ?? []).map(({ extensions }) => extensions.code);

const HUGE = "x".repeat(200_000);
const ROWS =
  'mutation ($rows: [RecordRowInput!]!) { submitRecords(input: {rows: $rows, idempotencyKey: "key of the rows"}) { rows { outcome userErrors { code field } } } }';
const UNIT = "query ($code: String!) { unit(code: $code) { code } }";
const RECORD =
  "mutation ($input: RecordConferenceInput!) { recordConference(input: $input) { outcome userErrors { code field message { en } } } }";

test.each([
  ["", /^unit: give exactly one of id and code\.$/],
  ['(id: "x", code: "S")', /^unit: give exactly one of id and code\.$/],
  ["(id: null, code: null)", /^unit: give exactly one of id and code\.$/],
  ['(code: "")', /^unit: the code is empty; expected a UUID or a code, e\.g\. "CB-TP"\.$/],
  ['(id: null, code: " \\t")', /^unit: the code is empty/],
  ['(id: "")', /^unit: the id is empty/],
  ['(id: "", code: "S")', /^unit: the id is empty/],
])("unit%s is told what is wrong with it", async (args, sentence) => {
  const { status, errors } = await steward.ask(`{ unit${args} { code } }`);
  expect([status, errors]).toEqual([
    200,
    [expect.objectContaining({ message: expect.stringMatching(sentence), extensions: { code: "BAD_USER_INPUT" } })],
  ]);
});

test.each<[string, string, unknown, string]>([
  ["an unknown field", '{ unit(code: "S") { nam } }', undefined, "GRAPHQL_VALIDATION_FAILED"],
  ["an unknown argument", '{ unit(kode: "S") { name } }', undefined, "GRAPHQL_VALIDATION_FAILED"],
  ["no selection", '{ unit(code: "S") }', undefined, "GRAPHQL_VALIDATION_FAILED"],
  ["a number for a text", "{ unit(code: 5) { name } }", undefined, "GRAPHQL_VALIDATION_FAILED"],
  ["a text for a number", '{ units(first: "5") { totalCount } }', undefined, "GRAPHQL_VALIDATION_FAILED"],
  ["a number beyond 32 bits", "{ units(first: 2147483648) { totalCount } }", undefined, "GRAPHQL_VALIDATION_FAILED"],
  [
    "a number beyond 32 bits in a variable",
    "query ($first: Int!) { units(first: $first) { totalCount } }",
    { first: 4294967296 },
    "BAD_USER_INPUT",
  ],
  ["a fraction for a count", RECORD, { input: { unit: "S", schoolYear: "2024-2025", present: 1.5 } }, "BAD_USER_INPUT"],
  ["a misspelt value of an enumeration", "{ units(filter: {level: SCHOOLS}) { totalCount } }", undefined, "GRAPHQL_VALIDATION_FAILED"],
  [
    "a misspelt value in a variable",
    "query ($level: [Level!]) { units(filter: {level: $level}) { totalCount } }",
    { level: ["school"] },
    "BAD_USER_INPUT",
  ],
  [
    "a key of a prototype as a value",
    "query ($level: [Level!]) { units(filter: {level: $level}) { totalCount } }",
    { level: "constructor" },
    "BAD_USER_INPUT",
  ],
  ["a missing variable", UNIT, {}, "BAD_USER_INPUT"],
  ["a variable that nobody declared", "{ unit(code: $code) { code } }", { code: "S" }, "GRAPHQL_VALIDATION_FAILED"],
  ["null for a required variable", UNIT, { code: null }, "BAD_USER_INPUT"],
  ["null inside a list", "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids: [null] }, "BAD_USER_INPUT"],
  ["a list of lists", "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids: [[["x"]]] }, "BAD_USER_INPUT"],
  ["an object for an id", "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids: [{ id: "x" }] }, "BAD_USER_INPUT"],
  ["a number for a day", RECORD, { input: { unit: "S", schoolYear: "2024-2025", heldOn: 20240925 } }, "BAD_USER_INPUT"],
  ["an object without end for a day", RECORD, { input: { unit: "S", schoolYear: "2024-2025", heldOn: { text: HUGE } } }, "BAD_USER_INPUT"],
  ["a missing field of an input", RECORD, { input: { schoolYear: "2024-2025" } }, "BAD_USER_INPUT"],
  ["null for a required field of an input", RECORD, { input: { unit: null, schoolYear: "2024-2025" } }, "BAD_USER_INPUT"],
  ["an unknown field of an input", RECORD, { input: { unit: "S", schoolYear: "2024-2025", presnt: 3 } }, "BAD_USER_INPUT"],
  ["a field named constructor", RECORD, { input: { unit: "S", schoolYear: "2024-2025", constructor: 3 } }, "BAD_USER_INPUT"],
  [
    "null for a value with a default",
    `query ($withdrawn: Boolean = true) { unit(code: "S") { records(withdrawn: $withdrawn) { totalCount } } }`,
    { withdrawn: null },
    "BAD_USER_INPUT",
  ],
  [
    "an indicator named as a prototype's key",
    '{ unit(code: "S") { rollup(schoolYear: "2024-2025") { indicators(keys: ["__proto__", "constructor"]) { value } } } }',
    undefined,
    "INDICATOR_NOT_FOUND",
  ],
  [
    "a school year named as a prototype's key",
    '{ unit(code: "S") { rollup(schoolYear: "constructor") { tree } } }',
    undefined,
    "SCHOOL_YEAR_NOT_FOUND",
  ],
  ["an empty school year", '{ unit(code: "S") { records(schoolYear: "") { totalCount } } }', undefined, "SCHOOL_YEAR_NOT_FOUND"],
  ["a code without end", UNIT, { code: HUGE }, "UNIT_NOT_FOUND"],
  [
    "a school year without end",
    `query ($year: String!) { unit(code: "S") { rollup(schoolYear: $year) { tree } } }`,
    { year: HUGE },
    "SCHOOL_YEAR_NOT_FOUND",
  ],
  ["a cursor without end", "query ($after: String) { units(after: $after) { totalCount } }", { after: HUGE }, "BAD_USER_INPUT"],
  [
    "a cursor of deep lists",
    "query ($after: String) { units(after: $after) { totalCount } }",
    { after: Buffer.from("[".repeat(20_000)).toString("base64url") },
    "BAD_USER_INPUT",
  ],
])("%s is answered with a code and a sentence", async (_, query, variables, code) => {
  const answer = await steward.ask(query, variables);
  clean(answer);
  expect([...new Set(codesOf(answer))]).toEqual([code]);
});

test.each<[string, unknown, string]>([
  ["null", null, "rows.0"],
  ["one of an unknown kind", { __proto: { unit: "S" } }, "rows.0.__proto"],
])("a row that is %s is refused as a row", async (_, row, field) => {
  const { submitRecords } = await steward.data(ROWS, { rows: [row] });
  expect(submitRecords.rows).toEqual([{ outcome: "REJECTED", userErrors: [{ code: "INVALID", field }] }]);
});

test("the keys of JavaScript's own prototypes are refused like any other unknown key", async () => {
  const record = JSON.stringify(RECORD);
  const sent = (key: string) =>
    `{"query": ${record}, "variables": {"input": {"unit": "S", "schoolYear": "2024-2025", "${key}": {"unit": "T"}}}}`;
  for (const key of ["constructor", "toString", "hasOwnProperty"])
    expect([key, codesOf(await running.send(steward.token, sent(key)))]).toEqual([key, ["BAD_USER_INPUT"]]);
  expect(codesOf(await running.send(steward.token, sent("__proto__")))).toEqual(["BAD_REQUEST"]);
});

test("a value named a hundred times is asked for once; ten thousand times it is refused", async () => {
  const many = (value: string, count = 100) => Array<string>(count).fill(value);
  const filter = { level: many("SCHOOL"), kind: many("SCHOOL"), schoolLevel: many("PRIMARY") };
  expect(await steward.data("query ($filter: UnitFilter) { units(filter: $filter) { totalCount } }", { filter })).toEqual({
    units: { totalCount: 2 },
  });
  const { unit } = await steward.data(
    `query ($status: [WorklistStatus!]!, $kind: [RecordKind!], $keys: [String!]) { unit(code: "P") { worklist(schoolYear: "2024-2025", indicator: "emulationPact", status: $status) { totalCount }
       records(kind: $kind) { totalCount } rollup(schoolYear: "2024-2025") { indicators(keys: $keys) { value } } } }`,
    { status: many("YES"), kind: many("conference"), keys: many("members") },
  );
  expect(unit).toEqual({ worklist: { totalCount: 1 }, records: { totalCount: 0 }, rollup: { indicators: [{ value: null }] } });
  const tooMany = { filter: { level: many("SCHOOL", 10_000) } };
  expect(await steward.ask("query ($filter: UnitFilter) { units(filter: $filter) { totalCount } }", tooMany)).toMatchObject({
    errors: [{ message: "filter.level has 10000 entries; expected at most 100.", extensions: { code: "BAD_USER_INPUT" } }],
  });
});

describe("texts", () => {
  const register = async (code: string, name: string) =>
    (
      await steward.data(
        "mutation ($input: RegisterUnitsInput!) { registerUnits(input: $input) { rows { outcome unit { code name } userErrors { code field } } } }",
        {
          input: {
            idempotencyKey: randomUUID(),
            units: [{ code, name, kind: "SCHOOL", parent: "U", openedOn: "2020-01-01", schoolLevel: "PRIMARY", ownership: "PUBLIC" }],
          },
        },
      )
    ).registerUnits.rows[0];

  let number = 0;
  test.each([
    ["of 4 bytes", "Trường 😀 𠀀 Hoa", "Trường 😀 𠀀 Hoa"],
    ["decomposed", "Trường Đặng".normalize("NFD"), "Trường Đặng"],
    ["with line breaks and tabs", "Trường\r\n Hoa\t Mai", "Trường Hoa Mai"],
    ["from right to left", "مدرسة Hoa Mai", "مدرسة Hoa Mai"],
    ["with quotes and signs", "Trường 'Hoa'; DROP TABLE unit; -- \\ %_ \"x\"", "Trường 'Hoa'; DROP TABLE unit; -- \\ %_ \"x\""],
  ])("%s are kept, shown and found", async (_, name, kept) => {
    const code = `U-${number++}`;
    expect(await register(code, name)).toEqual({ outcome: "STORED", unit: { code, name: kept }, userErrors: [] });
    const { units } = await steward.data("query ($search: String) { units(filter: {search: $search}) { nodes { name } } }", {
      search: name,
    });
    expect(units.nodes).toEqual([{ name: kept }]);
  });

  test.each(["", " ", "A B", "😀", "a'b", "-A", "x".repeat(61), "01a200f4-20cd-7148-bde7-5cc005b1901b"])("%j is not a code", async (code) =>
    expect(await register(code, "Trường")).toEqual({
      outcome: "REJECTED",
      unit: null,
      userErrors: [{ code: "INVALID", field: "units.0.code" }],
    }),
  );

  test.each([
    ["NUL", "\u0000", "U+0000"],
    ["a bell", "\u0007", "U+0007"],
    ["a control character of the second block", "\u0085", "U+0085"],
    ["an override of the direction of writing", "\u202e", "U+202E"],
    ["an isolate", "\u2066", "U+2066"],
    ["half a character", "\ud83d", "U+D83D"],
  ])("with %s are refused wherever they stand, before anything is looked at", async (_, character, name) => {
    const text = `Trường ${character}Hoa`;
    const place = (path: string) => expect.stringMatching(new RegExp(`^${path}: holds the character ${name.replace("+", "\\+")};`));
    const asked: [string, string, unknown][] = [
      ["\\$code", UNIT, { code: text }],
      ["\\$ids\\.1", "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids: ["x", text] }],
      ["\\$rows\\.0\\.conference\\.remark", ROWS, { rows: [{ conference: { unit: "S", schoolYear: "2024-2025", remark: text } }] }],
      ["a text of the document", `{ unit(code: ${JSON.stringify(text)}) { code } }`, undefined],
    ];
    // Of halves the parser itself says what is wrong.
    for (const [path, query, variables] of asked.slice(0, name === "U+D83D" ? 3 : 4)) {
      const ran = await running.statements(async () => {
        const answer = await steward.ask(query, variables);
        expect([answer.status, answer.errors]).toEqual([
          400,
          [expect.objectContaining({ message: place(path), extensions: { code: "BAD_USER_INPUT" } })],
        ]);
      });
      expect(ran.filter((sql) => !/ FROM token /.test(sql))).toEqual([]);
    }
  });

  test("a code is found however it was composed, by queries and changes alike", async () => {
    const code = "ĐẶC".normalize("NFD");
    expect(await steward.data(UNIT, { code })).toEqual({ unit: { code: "ĐẶC" } });
    const input = { unit: ` ${code} `, number: "1", issuedOn: "2024-09-01" };
    expect(
      (await steward.data("mutation ($input: RecordDirectiveInput!) { recordDirective(input: $input) { outcome } }", { input }))
        .recordDirective.outcome,
    ).toBe("STORED");
  });

  test("a text without end is refused where it stands, without being sent back", async () => {
    for (const input of [{ unit: HUGE }, { remark: HUGE }, { reason: HUGE, expectedVersion: 1 }, { schoolYear: HUGE }, { heldOn: HUGE }]) {
      const answer = await steward.ask(RECORD, {
        input: { unit: "S", schoolYear: "2024-2025", heldOn: "2024-09-25", convened: 9, present: 9, ...input },
      });
      clean(answer);
      expect([Object.keys(input)[0], answer.data.recordConference.outcome, answer.data.recordConference.userErrors[0].field]).toEqual([
        Object.keys(input)[0],
        "REJECTED",
        Object.keys(input)[0],
      ]);
    }
  });
});

test("400 random documents full of nonsense are answered with codes, and with nothing from inside", async () => {
  const schema = buildClientSchema(await steward.data(getIntrospectionQuery()));
  const nonsense = [
    "",
    " ",
    "😀",
    "__proto__",
    "constructor",
    "' OR 1=1 --",
    "%",
    "ế".normalize("NFD"),
    "-1",
    "null",
    "[]",
    "9".repeat(400),
    "x".repeat(70),
  ];
  const pools = {
    inside: ["P", "ĐẶC", "U", "S", "T"],
    outside: nonsense,
    names: nonsense,
    vintages: nonsense,
    schoolYears: ["2024-2025", "2024-2025", ...nonsense],
    indicators: ["members", "emulationPact", ...nonsense],
    days: ["2024-09-25", "2024-02-30", "0000-00-00", "9999-12-31", "1900-01-01", ...nonsense],
    cursors: [
      ...nonsense,
      ...[
        ["NAME ASC", 1e308, null],
        ["NAME ASC", "", ""],
        ["records", "x", "y"],
      ]
        .map((key) => Buffer.from(JSON.stringify(key)).toString("base64url"))
        .map((place) => `${place}.${digest(place)}`),
    ],
    numbers: [0, -1, 1, 2, 500, 2_147_483_647, -2_147_483_648],
  };
  const mutations = Object.keys(schema.getMutationType()!.getFields());
  const seen = new Set<string>();
  for (let seed = 1; seed <= 400; seed++) {
    const random = new RandomDocument(schema, pools, dice(seed));
    const document = seed % 2 ? random.query(3) : random.mutation(mutations[(seed / 2) % mutations.length]!, 2);
    const answer = await steward.ask(document);
    try {
      clean(answer);
    } catch (error) {
      throw new Error(`seed ${seed}: ${document}\n${JSON.stringify(answer).slice(0, 600)}`, { cause: error });
    }
    for (const code of codesOf(answer)) seen.add(code);
    if (answer.data) seen.add("data");
  }
  expect(seen.has("GRAPHQL_VALIDATION_FAILED")).toBe(false);
  expect([...seen]).toEqual(
    expect.arrayContaining(["data", "BAD_USER_INPUT", "UNIT_NOT_FOUND", "SCHOOL_YEAR_NOT_FOUND", "INDICATOR_NOT_FOUND"]),
  );
});
