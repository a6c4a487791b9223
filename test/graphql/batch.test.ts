import { randomUUID } from "node:crypto";
import { draft, schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let app: Client;
beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const unions = Array.from({ length: 400 }, (_, index) => draft.union(`D-${index}-CD`, "D"));
  const owned = (index: number) => ({ ownership: isPrivate(index) ? ("PRIVATE" as const) : ("PUBLIC" as const) });
  const schools = unions.map(({ code }, index) => draft.school(schoolOf(index), code, owned(index)));
  const done = [
    ...(await desk.register(
      draft.province("P"),
      draft.district("D", "P"),
      draft.district("E", "P"),
      draft.school("E-1", "E"),
      ...unions,
      ...schools,
    )),
    await desk.openYear(schoolYear(2024)),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  app = await running.as("RECORDER", "D");
});
afterAll(() => running.close());

const schoolOf = (index: number) => `D-${index}`;
const isPrivate = (index: number) => index % 4 === 0;

const SUBMIT = `mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) {
  dryRun stored unchanged rejected rows { row outcome version findings { code } userErrors { code field message { en } } record { kind version unit { code } } } } }`;
const submit = async (rows: object[], dryRun = false) =>
  (await app.data(SUBMIT, { input: { rows, dryRun, idempotencyKey: randomUUID() } })).submitRecords;
const outcomes = ({ rows }: any) => rows.map(({ outcome }: any) => outcome);
const problems = ({ userErrors }: any) => userErrors.map(({ code, field }: any) => `${code} ${field}`);

const conference = (unit: string, changes: object = {}) => ({
  conference: { unit, schoolYear: "2024-2025", heldOn: "2024-09-25", workers: 30, convened: 30, present: 28, votesFor: 27, ...changes },
});
const people = {
  workersOpening: 30,
  womenWorkersOpening: 20,
  membersOpening: 28,
  womenMembersOpening: 19,
  workersClosing: 30,
  womenWorkersClosing: 20,
  membersClosing: 28,
  womenMembersClosing: 19,
  ...{ admitted: 0, rejoined: 0, transferredIn: 0, transferredOut: 0, left: 0, retired: 0, structuralGain: 0, structuralLoss: 0 },
};
const membership = (unit: string, changes: object = {}) => ({ membershipReport: { unit, schoolYear: "2024-2025", ...people, ...changes } });
const agreement = (unit: string, changes: object = {}) => ({
  collectiveAgreement: {
    unit,
    reference: "1",
    ballotFor: 20,
    ballotTotal: 30,
    signedOn: "2024-01-10",
    expiresOn: "2026-01-09",
    filedOn: "2024-01-12",
    ...changes,
  },
});

/** Rows that are refused, each with what is wrong with it. */
const REFUSED: [object, (row: number) => string[]][] = [
  [{}, (row) => [`INVALID rows.${row}`]],
  [{ ...conference("D-1"), ...membership("D-1") }, (row) => [`INVALID rows.${row}`]],
  [conference("D-X"), (row) => [`UNIT_NOT_FOUND rows.${row}.conference.unit`]],
  [conference("E-1"), (row) => [`UNIT_NOT_FOUND rows.${row}.conference.unit`]],
  [conference("D-1-CD"), (row) => [`WRONG_LEVEL rows.${row}.conference.unit`]],
  [
    conference("D-1", { heldOn: "2025-08-01", present: 31, attempt: 7 }),
    (row) => ["OUT_OF_RANGE heldOn", "OUT_OF_RANGE attempt", "RULE present"].map((found) => found.replace(" ", ` rows.${row}.conference.`)),
  ],
  [
    membership("D-2", { schoolYear: "2023-2024", membersClosing: null, womenWorkersOpening: 31 }),
    (row) =>
      ["SCHOOL_YEAR_NOT_FOUND schoolYear", "REQUIRED membersClosing", "RULE womenWorkersOpening"].map((found) =>
        found.replace(" ", ` rows.${row}.membershipReport.`),
      ),
  ],
  [agreement("D-0", { schools: ["D-0", "E-1"] }), (row) => [`UNIT_NOT_FOUND rows.${row}.collectiveAgreement.schools.1`]],
  [{ directive: { unit: "D", number: "1", issuedOn: "2024-09-01" } }, (row) => [`FORBIDDEN rows.${row}`]],
  [conference("D-3", { present: 30 }), (row) => [`REPEATED rows.${row}.conference.unit`]],
];

const good = Array.from({ length: 400 }, (_, index) => [
  conference(schoolOf(index)),
  membership(schoolOf(index)),
  ...(isPrivate(index) ? [agreement(schoolOf(index))] : []),
]).flat();
const ROWS = [...good, ...REFUSED.map(([row]) => row), ...good.slice(0, 90)];

test("1,000 and more rows of mixed kinds are answered row by row; a dry run answers the same and changes nothing", async () => {
  expect(ROWS.length).toBeGreaterThanOrEqual(1_000);
  const empty = await running.dump();
  const tried = await submit(ROWS, true);
  expect(await running.dump()).toEqual(empty);
  const kept = await submit(ROWS);
  expect(kept).toEqual({ ...tried, dryRun: false });

  expect([kept.stored, kept.unchanged, kept.rejected]).toEqual([good.length, 90, REFUSED.length]);
  expect(outcomes(kept)).toEqual([
    ...Array(good.length).fill("STORED"),
    ...Array(REFUSED.length).fill("REJECTED"),
    ...Array(90).fill("UNCHANGED"),
  ]);
  expect(kept.rows.map(({ row }: any) => row)).toEqual(ROWS.map((_, index) => index));
  for (const [index, [, wrong]] of REFUSED.entries()) {
    const row = good.length + index;
    expect([row, problems(kept.rows[row]).sort()]).toEqual([row, wrong(row).sort()]);
  }
  expect(kept.rows[0]).toEqual({
    row: 0,
    outcome: "STORED",
    version: 1,
    findings: [],
    userErrors: [],
    record: { kind: "conference", version: 1, unit: { code: "D-0" } },
  });
});

test("the rows that were stored have moved every figure above them, and the refused ones none", async () => {
  const analyst = await running.as("ANALYST", "P");
  const fields =
    "staffConferenceCompletion { numerator denominator } labourConferenceCompletion { numerator denominator } agreementCoverage { numerator denominator } members { value }";
  const { unit } = await analyst.data(
    `{ unit(code: "P") { rollup(schoolYear: "2024-2025") { ${fields} } children { nodes { code rollup(schoolYear: "2024-2025") { ${fields} } } } } }`,
  );
  const [district, other] = unit.children.nodes;
  expect(district.rollup).toEqual({
    staffConferenceCompletion: { numerator: 300, denominator: 300 },
    labourConferenceCompletion: { numerator: 100, denominator: 100 },
    agreementCoverage: { numerator: 100, denominator: 100 },
    members: { value: 11_200 },
  });
  expect([other.code, other.rollup.staffConferenceCompletion, other.rollup.members.value]).toEqual([
    "E",
    { numerator: 0, denominator: 1 },
    null,
  ]);
  expect(unit.rollup).toEqual({ ...district.rollup, staffConferenceCompletion: { numerator: 300, denominator: 301 } });
});

test("the same batch sent again changes nothing, whatever became of the first answer", async () => {
  const before = await running.dump("idempotency_key");
  const again = await submit(ROWS);
  expect([again.stored, again.unchanged, again.rejected]).toEqual([0, good.length + 90, REFUSED.length]);
  expect(await running.dump("idempotency_key")).toEqual(before);
});

test("a batch of corrections stores those with the right version and flags what looks wrong", async () => {
  const { rows } = await submit([
    conference("D-5", { present: 10, votesFor: 9, expectedVersion: 1, reason: "counted again" }),
    conference("D-6", { present: 27 }),
    membership("D-6", { left: 2, expectedVersion: 1 }),
    conference("D-7", { present: 27, expectedVersion: 2 }),
  ]);
  expect(
    rows.map(({ outcome, version, findings, userErrors }: any) => [
      outcome,
      version,
      ...[...findings, ...userErrors].map(({ code }) => code),
    ]),
  ).toEqual([
    ["STORED", 2, "QUORUM_NOT_MET"],
    ["REJECTED", 1, "VERSION_CONFLICT"],
    ["STORED", 2, "MEMBERSHIP_DOES_NOT_BALANCE"],
    ["REJECTED", 1, "VERSION_CONFLICT"],
  ]);
});

test("a batch full of wrong codes is answered in full, with what may have been meant for the first of them only", async () => {
  const { rejected, rows } = await submit(Array.from({ length: 300 }, (_, index) => conference(`D_${index}`)));
  expect(rejected).toBe(300);
  const messages: string[] = rows.flatMap(({ userErrors }: any) => userErrors.map(({ message }: any) => message.en));
  expect(messages[0]).toBe('There is no unit "D_0" in your branch. Did you mean "D-0"?');
  expect(messages[299]).toBe('There is no unit "D_299" in your branch.');
});

test("an empty batch is no fault, one of more than 5,000 rows is refused as a whole", async () => {
  expect(await submit([])).toEqual({ dryRun: false, stored: 0, unchanged: 0, rejected: 0, rows: [] });
  expect(await app.codes(SUBMIT, { input: { rows: Array(5_001).fill({}) } })).toEqual(["BAD_USER_INPUT"]);
});

test("1,000 units are registered in one request, parents before their children, and an unknown parent hinders only those below it", async () => {
  const steward = await running.as("STEWARD", "E");
  const row = (code: string, parent: string, school: boolean) => ({
    code,
    parent,
    kind: school ? "SCHOOL" : "GRASSROOTS",
    name: `Đơn vị ${code}`,
    openedOn: "2020-01-01",
    ...(school ? { schoolLevel: "PRESCHOOL", ownership: "COMMUNITY" } : {}),
  });
  const units = Array.from({ length: 500 }, (_, index) => [
    row(`E-N${index}-CD`, index === 7 ? "D" : "E", false),
    row(`E-N${index}`, `E-N${index}-CD`, true),
  ]).flat();
  const REGISTER = `mutation ($input: RegisterUnitsInput!) { registerUnits(input: $input) { stored unchanged rejected rows { row outcome version unit { code parent { code } } userErrors { code field } } } }`;
  const register = async (dryRun: boolean) =>
    (await steward.data(REGISTER, { input: { units, dryRun, idempotencyKey: randomUUID() } })).registerUnits;
  const before = await running.dump();
  expect(outcomes(await register(true)).filter((outcome: string) => outcome === "STORED")).toHaveLength(998);
  expect(await running.dump()).toEqual(before);
  const kept = await register(false);
  expect([kept.stored, kept.rejected]).toEqual([998, 2]);
  expect(kept.rows.slice(14, 16).map(problems)).toEqual([["UNIT_NOT_FOUND units.14.parent"], ["UNIT_NOT_FOUND units.15.parent"]]);
  expect(kept.rows[17]).toEqual({
    row: 17,
    outcome: "STORED",
    version: 1,
    unit: { code: "E-N8", parent: { code: "E-N8-CD" } },
    userErrors: [],
  });
  expect(await register(false)).toMatchObject({ stored: 0, unchanged: 998, rejected: 2 });
});

describe("withdrawals as rows of a batch", () => {
  const SENT = `mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) {
    stored unchanged rejected rows { outcome version userErrors { code field } record { id kind state version reason } } } }`;
  const send = async (client: Client, rows: object[], more: object = {}) =>
    (await client.data(SENT, { input: { rows, idempotencyKey: randomUUID(), ...more } })).submitRecords;
  const figures = () => running.dump("record", "record_version", "record_subject", "idempotency_key", "unit", "gate");
  const schools = Array.from({ length: 30 }, (_, index) => `E-N${index}`).filter((code) => code !== "E-N7");
  const figure = { unit: "E", schoolYear: "2024-2025", indicator: "members", period: "2024-2025", value: 5, document: "Báo cáo" };
  const IMPORT = [
    // Some of what is imported looks wrong: findings come and go with it.
    ...schools.map((unit, index) => conference(unit, index % 9 === 0 ? { present: 10, votesFor: 9 } : {})),
    ...schools.map((unit, index) => membership(unit, { left: index % 7 === 0 ? 2 : 0 })),
    ...schools.slice(0, 10).map((unit) => agreement(`${unit}-CD`, { schools: [unit] })),
    {
      directive: {
        ...{ unit: "E", number: "12/HD", issuedOn: "2024-08-20" },
        settings: [{ indicator: "labourConferenceCompletion", schoolYear: "2024-2025", deadline: "2024-09-10", target: 0.5 }],
      },
    },
    { publishedFigure: figure },
  ];
  const undoing = (row: object) => ({ withdraw: { ...row, reason: "nhập nhầm tệp" } });

  test("undo an import in one request: every figure and every finding is as before", async () => {
    const steward = await running.as("STEWARD", "E");
    const before = await figures();
    const imported = await send(steward, IMPORT);
    expect([imported.stored, imported.rejected]).toEqual([IMPORT.length, 0]);
    expect(await figures()).not.toEqual(before);
    // Half of it by ids, as the answer told them; half by the rows as they were sent.
    const rows = imported.rows.map(({ record: { id, kind } }: any, row: number) =>
      undoing(row % 2 === 0 ? { kind, record: id } : IMPORT[row]!),
    );
    const tried = await send(steward, rows, { dryRun: true });
    const undone = await send(steward, rows);
    expect(undone).toEqual(tried);
    expect([undone.stored, undone.rejected]).toEqual([IMPORT.length, 0]);
    expect(await figures()).toEqual(before);
    expect(undone.rows[1]).toEqual({
      ...{ outcome: "STORED", version: 2, userErrors: [] },
      record: { id: imported.rows[1].record.id, kind: "conference", state: "WITHDRAWN", version: 2, reason: "nhập nhầm tệp" },
    });
    expect(await send(steward, rows)).toMatchObject({ stored: 0, unchanged: IMPORT.length });
    expect((await send(steward, IMPORT)).rows.map(({ outcome, version }: any) => `${outcome} ${version}`)).toEqual(
      IMPORT.map(() => "STORED 3"),
    );
  });

  test("are judged row by row like all others", async () => {
    const steward = await running.as("STEWARD", "E");
    const recorder = await running.as("RECORDER", "E");
    const [, , ofOthers] = await idsOf("conference", "D-0", "E-N0", "D-1");
    const [own] = await idsOf("conference", "E-N0");
    const cases: [object, string[]][] = [
      [{ withdraw: { reason: "x" } }, ["INVALID withdraw"]],
      [{ withdraw: { kind: "conference", reason: "x" } }, ["INVALID withdraw"]],
      [{ withdraw: { record: own, reason: "x" } }, ["INVALID withdraw"]],
      [{ withdraw: { kind: "periodClosing", record: own, reason: "x" } }, ["INVALID withdraw"]],
      [{ withdraw: { kind: "conference", record: own, reason: "x", ...conference("E-N0") } }, ["INVALID withdraw"]],
      [{ withdraw: { reason: "x", ...conference("E-N0"), ...membership("E-N0") } }, ["INVALID withdraw"]],
      [{ ...undoing(conference("E-N0")), ...conference("E-N0") }, ["INVALID"]],
      [undoing(conference("E-N0", { expectedVersion: 3 })), ["INVALID withdraw.conference.expectedVersion"]],
      [undoing(conference("E-N0", { dryRun: true })), ["INVALID withdraw.conference.dryRun"]],
      [{ withdraw: { kind: "conference", record: own } }, ["REQUIRED withdraw.reason"]],
      [{ withdraw: { kind: "conference", record: own, reason: " " } }, ["REQUIRED withdraw.reason"]],
      [{ withdraw: { kind: "conference", record: own, reason: "x", expectedVersion: 2 } }, ["VERSION_CONFLICT withdraw.expectedVersion"]],
      [{ withdraw: { kind: "conference", record: ofOthers, reason: "x" } }, ["RECORD_NOT_FOUND withdraw.record"]],
      [{ withdraw: { kind: "membershipReport", record: own, reason: "x" } }, ["RECORD_NOT_FOUND withdraw.record"]],
      [undoing(conference("D-1")), ["UNIT_NOT_FOUND withdraw.conference.unit"]],
      [undoing(conference("E-N0", { schoolYear: "1999-2000" })), ["SCHOOL_YEAR_NOT_FOUND withdraw.conference.schoolYear"]],
      [undoing(conference("E-N0", { heldOn: "2024-09-31" })), ["INVALID withdraw.conference.heldOn"]],
      [undoing(conference("E-1")), ["RECORD_NOT_FOUND"]],
      [undoing({ directive: { unit: "E", number: "12/HD" } }), ["FORBIDDEN"]],
      [undoing({ publishedFigure: figure }), ["FORBIDDEN"]],
      // In the order of the rows: what was corrected before is not withdrawn, and what was withdrawn not recorded again.
      [conference("E-N1", { present: 27, expectedVersion: 3 }), []],
      [undoing(conference("E-N1")), ["REPEATED withdraw.conference.unit"]],
      [undoing({ conference: { unit: "E-N2", schoolYear: "2024-2025" } }), []],
      [conference("E-N2"), ["REPEATED conference.unit"]],
    ];
    const { rows } = await send(
      recorder,
      cases.map(([row]) => row),
    );
    const wrong = rows.map(({ userErrors }: any, row: number) =>
      userErrors.map(({ code, field }: any) =>
        `${code} ${field}`
          .replace(` rows.${row}`, "")
          .replace(/^(\w+)\.?/, "$1 ")
          .trim(),
      ),
    );
    expect(wrong).toEqual(cases.map(([, found]) => found));
    await running.desk.actOn("SUBMIT", "E-N3");
    expect((await running.desk.actOn("ACCEPT", "E-N3")).outcome).toBe("STORED");
    const locked = await send(steward, [undoing(conference("E-N3")), undoing(membership("E-N4"))]);
    expect(locked.rows.map(problems)).toEqual([["PERIOD_LOCKED rows.0"], []]);
  });

  async function idsOf(kind: string, ...codes: string[]): Promise<string[]> {
    const read = `query ($code: String!, $kind: [RecordKind!]) { unit(code: $code) { records(kind: $kind, first: 1) { nodes { id } } } }`;
    const top = await running.as("ADMINISTRATOR");
    return Promise.all(codes.map(async (code) => (await top.data(read, { code, kind: [kind] })).unit.records.nodes[0].id));
  }
});
