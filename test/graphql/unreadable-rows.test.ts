import { randomUUID } from "node:crypto";
import { draft, schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let app: Client;
beforeAll(async () => {
  running = await serve("none");
  const schools = Array.from({ length: 8 }, (_, index) => draft.school(`S${index}`, "D"));
  await running.desk.register(draft.province("P"), draft.district("D", "P"), ...schools);
  await running.desk.openYear(schoolYear(2024));
  app = await running.as("STEWARD", "P");
});
afterAll(() => running.close());

const ROWS = "stored rejected rows { row outcome userErrors { code field message { en } } }";
const SUBMIT = `mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) { ${ROWS} replayed } }`;
const conference = (unit: string, changes: object = {}) => ({
  conference: { unit, schoolYear: "2024-2025", heldOn: "2024-09-25", workers: 30, convened: 30, present: 28, votesFor: 27, ...changes },
});
const keyed = (more: object, dryRun = false) => ({ input: { ...more, dryRun, idempotencyKey: randomUUID() } });
const errors = ({ rows }: any) => rows.flatMap(({ userErrors }: any) => userErrors.map(({ code, field }: any) => `${code} ${field}`));

const BAD: [string, unknown, string[]][] = [
  ["a fraction where a count belongs", conference("S1", { present: 27.5 }), ["INVALID rows.1.conference.present"]],
  ["a text where a count belongs", conference("S1", { present: "28" }), ["INVALID rows.1.conference.present"]],
  ["a count beyond 32 bits", conference("S1", { present: 3e9 }), ["OUT_OF_RANGE rows.1.conference.present"]],
  ["a misnamed field", conference("S1", { presnt: 28 }), ["INVALID rows.1.conference.presnt"]],
  ["an unknown word", conference("S1", { type: "STAF_CONFERENCE" }), ["INVALID rows.1.conference.type"]],
  ["a missing unit", { conference: { schoolYear: "2024-2025" } }, ["REQUIRED rows.1.conference.unit"]],
  ["a null unit", conference(null as never), ["REQUIRED rows.1.conference.unit"]],
  ["a kind that there is none of", { conferense: {} }, ["INVALID rows.1.conferense"]],
  ["no object", "conference", ["INVALID rows.1"]],
  ["a list", [conference("S1")], ["INVALID rows.1"]],
  ["null", null, ["INVALID rows.1"]],
  [
    "everything at once",
    conference({} as never, { heldOn: 5, pactSigned: "yes", nothing: 1 }),
    ["nothing", "unit", "heldOn", "pactSigned"].map((field) => `INVALID rows.1.conference.${field}`),
  ],
  [
    "a bad cell of a list inside the row",
    { directive: { unit: "P", settings: [{ target: "1" }, { targett: 1 }] } },
    ["INVALID rows.1.directive.settings.0.target", "INVALID rows.1.directive.settings.1.targett"],
  ],
  [
    "names that JavaScript knows",
    { toString: {}, constructor: 1, hasOwnProperty: null },
    ["toString", "constructor", "hasOwnProperty"].map((name) => `INVALID rows.1.${name}`),
  ],
];

test.each(BAD)("%s is a problem of its row; the other rows are stored", async (_, bad, problems) => {
  const variables = keyed({ rows: [conference("S0"), bad, conference("S2")] }, true);
  const { submitRecords } = await app.data(SUBMIT, variables);
  expect(submitRecords.rows.map(({ outcome }: any) => outcome)).toEqual(["STORED", "REJECTED", "STORED"]);
  expect(errors(submitRecords).sort()).toEqual(problems.sort());
  expect([submitRecords.stored, submitRecords.rejected]).toEqual([2, 1]);
});

test("whoever may not record is told that of every row, whatever stands in it", async () => {
  const analyst = await running.as("ANALYST", "P");
  const rows = [conference("S0"), conference("S1", { presnt: 28 }), {}, conference("NOWHERE")];
  const { submitRecords } = await analyst.data(SUBMIT, keyed({ rows }));
  expect(errors(submitRecords)).toEqual(rows.map((_, row) => `FORBIDDEN rows.${row}`));
});

test("an entry of a list that is null is named with its list", async () => {
  const { submitRecords } = await app.data(SUBMIT, keyed({ rows: [{ directive: { unit: "P", settings: [null] } }] }));
  const field = "rows.0.directive.settings.0";
  expect(submitRecords.rows[0].userErrors).toEqual([{ code: "REQUIRED", field, message: { en: "settings.0 is missing." } }]);
});

test("the sentences say what may have been meant, and what was expected", async () => {
  const rows = [conference("S1", { presnt: 28, type: "STAF_CONFERENCE", present: 1.5, pactSigned: 1 })];
  const { submitRecords } = await app.data(SUBMIT, keyed({ rows }));
  expect(submitRecords.rows[0].userErrors.map(({ message }: any) => message.en).sort()).toEqual(
    [
      '"STAF_CONFERENCE" is none of STAFF_CONFERENCE, LABOUR_CONFERENCE. Did you mean "STAFF_CONFERENCE"?',
      "1 is neither true nor false.",
      "1.5 is not a whole number.",
      'There is no field "presnt" here. Did you mean "present"?',
    ].sort(),
  );
});

test("the same key with another bad row is another change; with the same rows it is the same", async () => {
  const { input } = keyed({ rows: [conference("S3"), conference("S4", { present: 1.5 })] });
  const first = (await app.data(SUBMIT, { input })).submitRecords;
  expect([first.stored, first.rejected, first.replayed]).toEqual([1, 1, false]);
  expect((await app.data(SUBMIT, { input })).submitRecords).toEqual({ ...first, replayed: true });
  const other = { ...input, rows: [conference("S3"), conference("S4", { present: 2.5 })] };
  expect(await app.codes(SUBMIT, { input: other })).toEqual(["IDEMPOTENCY_KEY_REUSED"]);
});

test("rows that come in a variable of their own, and batches of bad rows only, are answered alike", async () => {
  const own = `mutation ($rows: [RecordRowInput!]!, $key: String!) { submitRecords(input: { rows: $rows, idempotencyKey: $key }) { ${ROWS} } }`;
  const before = await running.dump();
  const { submitRecords } = await app.data(own, { rows: [conference("S5", { present: 1.5 }), { x: 1 }], key: randomUUID() });
  expect(errors(submitRecords)).toEqual(["INVALID rows.0.conference.present", "INVALID rows.1.x"]);
  expect(await running.dump()).toEqual(before);
});

test("a batch means the same change written into the document or given as variables, in whatever order of its fields", async () => {
  const key = randomUUID();
  const literal = `mutation { submitRecords(input: { idempotencyKey: "${key}", rows: [{ conference: { present: 28, unit: "S6", convened: 30,
    schoolYear: "2024-2025", votesFor: 27, heldOn: "2024-09-25", workers: 30 } }] }) { ${ROWS} replayed } }`;
  expect((await app.data(literal)).submitRecords).toMatchObject({ stored: 1, replayed: false });
  const own = `mutation ($rows: [RecordRowInput!]!, $key: String!) { submitRecords(input: { rows: $rows, idempotencyKey: $key }) { ${ROWS} replayed } }`;
  expect((await app.data(own, { rows: [conference("S6")], key })).submitRecords).toMatchObject({ stored: 1, replayed: true });
  const whole = { input: { rows: [conference("S6")], idempotencyKey: key } };
  expect((await app.data(SUBMIT, whole)).submitRecords).toMatchObject({ stored: 1, replayed: true });
});

test("rows written into the document, and the rest of an input, are GraphQL's to judge", async () => {
  const literal = `mutation { submitRecords(input: { idempotencyKey: "1", rows: [{ conference: { unit: "S5", present: 1.5 } }] }) { stored } }`;
  expect(new Set(await app.codes(literal))).toEqual(new Set(["GRAPHQL_VALIDATION_FAILED"]));
  for (const more of [{ rows: [], nothing: 1 }, { rows: null }, { rows: [], dryRun: "no" }])
    expect(await app.codes(SUBMIT, { input: { ...more, idempotencyKey: "1" } })).toEqual(["BAD_USER_INPUT"]);
});

test("units and reports of a batch are answered in the same way", async () => {
  const unit = (code: string) => ({ code, kind: "DISTRICT", name: "Huyện", parent: "P", openedOn: "2010-01-01" });
  const register = `mutation ($input: RegisterUnitsInput!) { registerUnits(input: $input) { ${ROWS} } }`;
  const units = [unit("E1"), { ...unit("E2"), kind: "DISTRIKT" }, { code: "E3" }, { ...unit("E4"), parent: "E9" }, unit("E5")];
  const { registerUnits } = await app.data(register, keyed({ units }));
  expect(registerUnits.rows.map(({ outcome }: any) => outcome)).toEqual(["STORED", "REJECTED", "REJECTED", "REJECTED", "STORED"]);
  expect(errors(registerUnits)).toEqual([
    "INVALID units.1.kind",
    ...["kind", "name", "openedOn"].map((field) => `REQUIRED units.2.${field}`).sort(),
    "UNIT_NOT_FOUND units.3.parent",
  ]);
  for (const mutation of ["submitReports", "acceptReports"]) {
    const act = `mutation ($input: ReportsInput!) { ${mutation}(input: $input) { ${ROWS} } }`;
    const reports = [
      { unit: "S0", schoolYear: 2024 },
      { unit: "S0", schoolYear: "2024-2025", period: "YEAR" },
      { unit: "X", schoolYear: "2024-2025", fingerprint: "0123456789012345678901-0" },
    ];
    const answer = (await app.data(act, keyed({ reports })))[mutation];
    expect(errors(answer)).toEqual(["INVALID reports.0.schoolYear", "INVALID reports.1.period", "UNIT_NOT_FOUND reports.2.unit"]);
  }
});

test("of a heap of unknown names the first are told, with what may have been meant, and of each row at least one", async () => {
  const heap = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`present${String.fromCodePoint(0x61 + index)}`, 1]));
  const rows = Array.from({ length: 150 }, () => ({ conference: heap }));
  const { submitRecords } = await app.data(SUBMIT, keyed({ rows }, true));
  const messages: string[][] = submitRecords.rows.map(({ userErrors }: any) => userErrors.map(({ message }: any) => message.en));
  expect(messages.map(({ length }) => length)).toEqual(rows.map((_, index) => (index < 100 ? 50 : 1)));
  const isGuess = (message: string) => message.includes('Did you mean "present"?');
  expect(messages.slice(0, 4).flat().every(isGuess)).toBe(true);
  expect(messages.slice(4).flat().some(isGuess)).toBe(false);
});

test("one row in the place of the list is a list of it, and its bad cell a problem of the row", async () => {
  const one = await app.data(SUBMIT, keyed({ rows: conference("S1") }, true));
  expect(one.submitRecords.rows.map(({ outcome }: any) => outcome)).toEqual(["STORED"]);
  const bad = await app.data(SUBMIT, keyed({ rows: conference("S1", { present: 27.5 }) }, true));
  expect(errors(bad.submitRecords)).toEqual(["INVALID rows.0.conference.present"]);
});
