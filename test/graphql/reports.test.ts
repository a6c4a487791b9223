import { randomUUID } from "node:crypto";
import { draft, report, schoolYear } from "../desk.js";
import { type Client, fingerprintRead, type Running, serve } from "./server.js";

let running: Running;
let school: Client;
let district: Client;
let province: Client;
let analyst: Client;

const CODES = ["S0", "S1", "S2", "S3", "S4", "S5", "S6", "S7"];

beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const done = [
    ...(await desk.register(
      ...[
        draft.province("P", null, { name: "Liên đoàn Lao động tỉnh P" }),
        draft.district("D", "P", { name: "Liên đoàn Lao động huyện D" }),
      ],
      ...[draft.district("E", "P"), draft.school("X", "E"), ...CODES.map((code) => draft.school(code, "D"))],
    )),
    await desk.openYear(schoolYear(2023)),
    await desk.openYear(schoolYear(2024)),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  [school, district] = [await running.as("RECORDER", "S0", "app of S0"), await running.as("RECORDER", "D", "app of D")];
  [province, analyst] = [await running.as("STEWARD", "P", "steward of P"), await running.as("ANALYST", "P")];
});
afterAll(() => running.close());

const FIELDS = `state isEstimate version dueOn late submittedOn submittedBy { name tokenId unit } acceptedOn acceptedBy reason closing { by on } missing { key }`;
const act = (mutation: string, unit: string, more = "") =>
  `mutation { answer: ${mutation}(input: {unit: "${unit}", schoolYear: "2024-2025"${more}}) { outcome version userErrors { code field message { en } } report { ${FIELDS} } } }`;
const WHY = `, reason: "Thiếu số đoàn viên"`;
const seen = async (unit: string) => `, fingerprint: "${await fingerprintRead(district, unit, "2024-2025")}"`;
const MAY = ["mayRecord", "maySubmit", "mayAccept", "mayReturn", "mayReopen"]
  .map((name) => `${name} { allowed code why { en vi } }`)
  .join(" ");

test("a school year tells its periods", async () => {
  const { schoolYears } = await analyst.data(`{ schoolYears { label periods { period from cutOff dueOn } } }`);
  expect(schoolYears[1].periods[0]).toEqual({ period: "FIRST_HALF", from: "2024-06-01", cutOff: "2024-11-30", dueOn: "2024-12-15" });
});

test("a report goes from the school over the district to the province, and everybody reads where it stands", async () => {
  const read = async (client: Client) =>
    (await client.data(`{ unit(code: "S0") { report(schoolYear: "2024-2025") { ${FIELDS} history { nodes { version } } } } }`)).unit.report;
  expect(await read(school)).toMatchObject({ state: "DRAFT", version: 0, dueOn: "2025-05-31", late: true, history: { nodes: [] } });
  expect((await school.data(act("submitReport", "S0"))).answer).toMatchObject({
    ...{ outcome: "STORED", version: 1, userErrors: [] },
    report: {
      state: "SUBMITTED",
      submittedOn: "2025-06-20",
      isEstimate: false,
      submittedBy: { name: "app of S0", tokenId: await school.tokenId(), unit: "Đơn vị S0" },
      late: true,
    },
  });
  expect((await district.data(act("returnReport", "S0", WHY))).answer.report).toMatchObject({
    state: "RETURNED",
    reason: "Thiếu số đoàn viên",
  });
  await school.data(act("submitReport", "S0", ", expectedVersion: 2"));
  await district.data(act("acceptReport", "S0", await seen("S0")));
  expect(await read(analyst)).toMatchObject({
    ...{ state: "ACCEPTED", version: 4, acceptedOn: "2025-06-20", acceptedBy: "Liên đoàn Lao động huyện D", reason: null },
    history: { nodes: [{ version: 4 }, { version: 3 }, { version: 2 }, { version: 1 }] },
  });
  const { unit } = await analyst.data(
    `{ unit(code: "P") { rollup(schoolYear: "2024-2025") { reportSubmission { numerator denominator } reportOnTime { numerator } reportAcceptance { numerator deadline } reportEvidence { numerator denominator } } } }`,
  );
  expect(unit.rollup).toEqual({
    ...{ reportSubmission: { numerator: 1, denominator: 11 }, reportOnTime: { numerator: 0 } },
    ...{ reportAcceptance: { numerator: 1, deadline: null }, reportEvidence: { numerator: 0, denominator: 11 } },
  });
});

test("a report that is only tried says what it would do to the figures above, and changes nothing", async () => {
  const before = await running.dump();
  const { answer } = await province.data(
    `mutation { answer: submitReport(input: {unit: "S7", schoolYear: "2024-2025", dryRun: true}) { outcome version report { state version } effects(indicators: ["reportSubmission"]) { nodes { level sentence { en } } } } }`,
  );
  expect(answer).toMatchObject({ outcome: "STORED", version: 1, report: { state: "SUBMITTED", version: 1 } });
  expect(answer.effects.nodes.map(({ level, sentence }: any) => `${level} ${sentence.en}`)).toEqual([
    expect.stringMatching(/^SCHOOL .* from 0 of 1 to 1 of 1$/),
    expect.stringMatching(/^DISTRICT .* from 1 of 9 to 2 of 9$/),
    expect.stringMatching(/^PROVINCE .* from 1 of 11 to 2 of 11$/),
  ]);
  expect(await running.dump()).toEqual(before);
});

test("a locked record is refused with the lock that mayRecord tells and whom to ask, single and in a batch", async () => {
  const { why, code } = (await school.data(`{ unit(code: "S0") { report(schoolYear: "2024-2025") { ${MAY} } } }`)).unit.report.mayRecord;
  expect([code, why.en]).toEqual([
    "PERIOD_LOCKED",
    "Accepted by Liên đoàn Lao động huyện D on 2025-06-20; ask it to reopen the report of the whole year 2024-2025.",
  ]);
  const message = `This would change what is locked of S0 in 2024-2025. ${why.en.replace("ask it", "ask somebody of Liên đoàn Lao động huyện D")}`;
  const RECORD = `unit: "S0", schoolYear: "2024-2025", heldOn: "2024-09-25", convened: 30, present: 28`;
  const one = await school.data(`mutation { recordConference(input: {${RECORD}}) { outcome userErrors { code field message { en } } } }`);
  expect(one.recordConference).toEqual({ outcome: "REJECTED", userErrors: [{ code, field: null, message: { en: message } }] });
  const many = await school.data(
    `mutation { submitRecords(input: {idempotencyKey: "${randomUUID()}", rows: [{conference: {${RECORD}}}]}) { rows { userErrors { code field } } } }`,
  );
  expect(many.submitRecords.rows).toEqual([{ userErrors: [{ code, field: "rows.0" }] }]);
});

test("what the report says may be done is what the mutations do, in every state and for everybody", async () => {
  const ACTIONS = { maySubmit: "SUBMIT", mayAccept: "ACCEPT", mayReturn: "RETURN", mayReopen: "REOPEN" } as const;
  const branch = await fingerprintRead(province, "P", "2024-2025", "branch");
  const CLOSE = `mutation { answer: closePeriod(input: {unit: "P", schoolYear: "2024-2025", fingerprint: "${branch}"}) { outcome } }`;
  const why = `${WHY}${await seen("S1")}`;
  const steps = ["submitReport", "acceptReport", "reopenReport", "submitReport", "returnReport"].map((step) => act(step, "S1", why));
  const everybody = [
    ...[{ role: "RECORDER", code: "S1" } as const, { role: "RECORDER", code: "D" } as const],
    ...[{ role: "STEWARD", code: "P" } as const, { role: "ANALYST", code: "P" } as const],
  ];
  const looked = new Set<string>();
  for (const step of [null, ...steps, CLOSE]) {
    if (step) expect((await province.data(step)).answer.outcome).toBe("STORED");
    for (const { role, code } of everybody) {
      const client = await running.as(role, code);
      const desk = (await running.desk.of(role, code)).trying();
      const told = (await client.data(`{ unit(code: "S1") { report(schoolYear: "2024-2025") { state ${MAY} } } }`)).unit.report;
      for (const [may, action] of Object.entries(ACTIONS)) {
        const result = await desk.actOn(action, "S1", { reason: "x" });
        expect([told.state, may, told[may].allowed]).toEqual([told.state, may, result.outcome === "STORED"]);
        if (result.outcome === "REJECTED") expect(result.problems.map(({ message }) => message.en)).toEqual([told[may].why.en]);
        looked.add(`${told.state} ${may} ${told[may].allowed}`);
      }
      expect(told.mayRecord.allowed).toBe((await desk.send(report.conference("S1"))).outcome === "STORED");
    }
  }
  expect(looked.size).toBeGreaterThan(20);
});

test("closed by the province: the district asks it, and it opens one unit again or the whole period", async () => {
  const closed = (await district.data(act("reopenReport", "S1", WHY))).answer;
  expect(closed.userErrors).toEqual([
    {
      code: "PERIOD_LOCKED",
      field: null,
      message: {
        en: "Liên đoàn Lao động tỉnh P closed the whole year 2024-2025 on 2025-06-20; ask it to reopen the report of this unit.",
      },
    },
  ]);
  expect(closed.report.closing).toEqual({ by: "Liên đoàn Lao động tỉnh P", on: "2025-06-20" });
  expect((await province.data(act("reopenReport", "S1", WHY))).answer.report).toMatchObject({ state: "DRAFT", closing: null });
  const CLOSING = `outcome version closing { version state reason ... on PeriodClosing { closedBy } } userErrors { code field }`;
  const reopened = await province.data(
    `mutation { reopenPeriod(input: {unit: "P", schoolYear: "2024-2025", reason: "Sửa số liệu"}) { ${CLOSING} } }`,
  );
  expect(reopened.reopenPeriod).toEqual({
    ...{ outcome: "STORED", version: 2, userErrors: [] },
    closing: { version: 2, state: "WITHDRAWN", reason: "Sửa số liệu", closedBy: "Liên đoàn Lao động tỉnh P" },
  });
});

test("a district submits and accepts many at once, row by row, and may try before", async () => {
  const rows = async (codes: string[], accepts: boolean) => {
    const told = codes.map(async (unit) => `{unit: "${unit}", schoolYear: "2024-2025"${accepts ? await seen(unit) : ""}}`);
    return `[${(await Promise.all(told)).join(", ")}]`;
  };
  const many = async (mutation: string, codes: string[], dry = false) =>
    district.data(
      `mutation { answer: ${mutation}(input: {idempotencyKey: "${randomUUID()}", reports: ${await rows(codes, mutation === "acceptReports")}, dryRun: ${dry}}) { dryRun stored unchanged rejected rows { row outcome unit { code } missing { key } userErrors { code field } report { state } } } }`,
    );
  const before = await running.dump();
  expect((await many("submitReports", CODES.slice(2), true)).answer).toMatchObject({ dryRun: true, stored: 6 });
  expect(await running.dump()).toEqual(before);
  const { answer } = await many("submitReports", [...CODES.slice(2), "X", "S0"]);
  expect([answer.stored, answer.unchanged, answer.rejected]).toEqual([6, 1, 1]);
  expect(answer.rows[6]).toMatchObject({
    row: 6,
    unit: null,
    report: null,
    userErrors: [{ code: "UNIT_NOT_FOUND", field: "reports.6.unit" }],
  });
  expect(answer.rows[0].missing.map(({ key }: any) => key)).toContain("staffConferenceCompletion");
  expect((await many("acceptReports", CODES.slice(2))).answer.rows.every(({ report: { state } }: any) => state === "ACCEPTED")).toBe(true);
});

test("the reports of all units of a list take the same statements as one", async () => {
  const list = (first: number) =>
    `{ unit(code: "D") { children(first: ${first}) { nodes { code reports(schoolYear: "2024-2025") { ${FIELDS} ${MAY} history { nodes { recordedBy { name } } } } } } } }`;
  const one = (await running.statements(() => district.data(list(1)))).length;
  const all = (await running.statements(() => district.data(list(8)))).length;
  expect(all).toBe(one);
});

test("a question that is wrong is told so", async () => {
  expect(await analyst.codes(`{ unit(code: "S0") { report(schoolYear: "2030-2031") { state } } }`)).toEqual(["SCHOOL_YEAR_NOT_FOUND"]);
  expect(await analyst.codes(`mutation { returnReport(input: {unit: "S0", schoolYear: "2024-2025"}) { outcome } }`)).toEqual([
    "GRAPHQL_VALIDATION_FAILED",
  ]);
  expect((await analyst.data(act("submitReport", "S2"))).answer.userErrors).toMatchObject([{ code: "FORBIDDEN" }]);
});
