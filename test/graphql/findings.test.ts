import { audit, rebuild } from "../../src/ledger/audit.js";
import { checks } from "../../src/domain/findings/catalogue.js";
import { draft, report, schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let analyst: Client;
let recorder: Client;
const more = (year: string) => ({ schoolYear: year });

beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const isPrivate = { ownership: "PRIVATE", schoolLevel: "PRESCHOOL" } as const;
  const done = [
    ...(await desk.register(
      draft.province("P"),
      draft.district("D", "P"),
      draft.district("E", "P"),
      draft.union("D-U", "D"),
      draft.school("D-1", "D-U"),
      draft.school("D-2", "D-U", isPrivate),
      draft.school("E-1", "E"),
    )),
    await desk.openYear(schoolYear(2023)),
    await desk.openYear(schoolYear(2024)),
    ...(await desk.submit(
      report.conference("D-1"),
      report.membership("D-1", 20, {}, more("2023-2024")),
      report.membership("D-1", 20, { membersClosing: 23, membersOpening: 18 }),
      report.conference("E-1", { present: 10, votesFor: 9 }),
      report.agreement("D-2", { signedOn: "2022-10-01", expiresOn: "2024-09-30", filedOn: "2022-10-20" }),
    )),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  [analyst, recorder] = [await running.as("ANALYST", "P"), await running.as("RECORDER", "D", "the app of D")];
});
afterAll(() => running.close());

const FIELDS = `unit { code } schoolYear check { key } severity state message { en vi } field since fingerprint record { id kind } acknowledgement { id version ... on FindingAcknowledgement { because } }`;
const list = async (client: Client, unit: string, args = "") =>
  (await client.data(`{ unit(code: "${unit}") { findings${args && `(${args})`} { totalCount nodes { ${FIELDS} } } } }`)).unit.findings;
const names = ({ nodes }: any) =>
  nodes.map(({ unit, schoolYear: year, check, field }: any) => `${unit.code} ${year} ${check.key} ${field}`);
const total = (counts: any) => [counts.open, counts.acknowledged];

test("the list holds what looks wrong in the branch, the gravest first, with what to look at and since when", async () => {
  const found = await list(analyst, "P", 'schoolYear: "2024-2025"');
  expect(names(found).slice(0, 3)).toEqual([
    "D-1 2024-2025 MEMBERSHIP_DOES_NOT_BALANCE membersClosing",
    "D-1 2024-2025 OPENING_DIFFERS_FROM_CLOSING membersOpening",
    "E-1 2024-2025 QUORUM_NOT_MET present",
  ]);
  expect(found.totalCount).toBe(found.nodes.length);
  expect(found.nodes[0]).toMatchObject({
    ...{ severity: "ERROR", state: "OPEN", since: "2025-06-20", acknowledgement: null, record: { kind: "membershipReport" } },
    message: {
      en: "Members at the end are 23, but 18 at the start and the movements make 18. Correct the figures or the movements.",
      vi: expect.stringContaining("Đoàn viên cuối kỳ là 23"),
    },
  });
  const severities = found.nodes.map(({ severity }: any) => severity);
  expect(severities).toEqual(
    [...severities].sort((a, b) => ["ERROR", "WARNING", "NOTICE"].indexOf(a) - ["ERROR", "WARNING", "NOTICE"].indexOf(b)),
  );
});

test("it is filtered by year, check, severity and state, and what is due later than today is not in it", async () => {
  const checked = await list(analyst, "P", "check: [AGREEMENT_EXPIRED, AGREEMENT_FILED_LATE]".replace(/\b([A-Z_]{9,})\b/g, '"$1"'));
  expect(names(checked)).toEqual(["D-2 2024-2025 AGREEMENT_EXPIRED expiresOn", "D-2 2023-2024 AGREEMENT_FILED_LATE filedOn"]);
  expect(names(await list(analyst, "P", "severity: ERROR"))).toEqual(["D-1 2024-2025 MEMBERSHIP_DOES_NOT_BALANCE membersClosing"]);
  expect(names(await list(analyst, "E", 'severity: [ERROR, WARNING], schoolYear: "2024-2025"'))).toEqual([
    "E-1 2024-2025 QUORUM_NOT_MET present",
  ]);
  expect((await list(analyst, "P", "state: ACKNOWLEDGED")).totalCount).toBe(0);
  const open = await running.desk.openYear(schoolYear(2025));
  expect([open.outcome, (await list(analyst, "P", 'schoolYear: "2025-2026"')).totalCount]).toEqual(["STORED", 0]);
});

test("pages go on where the one before ended, and together they are the whole", async () => {
  const all = names(await list(analyst, "P", "first: 500"));
  const paged: string[] = [];
  for (let after: string | null = null; ;) {
    const { unit }: any = await analyst.data(
      `query ($after: String) { unit(code: "P") { findings(first: 2, after: $after) { pageInfo { hasNextPage endCursor } nodes { ${FIELDS} } } } }`,
      { after },
    );
    paged.push(...names(unit.findings));
    after = unit.findings.pageInfo.endCursor;
    if (!unit.findings.pageInfo.hasNextPage) break;
  }
  expect([new Set(all).size, paged]).toEqual([all.length, all]);
});

test("a wrong question is answered with what was expected", async () => {
  const codes = (args: string) => analyst.codes(`{ unit(code: "P") { findings(${args}) { totalCount } } }`);
  expect(await codes('check: "QUORUM_NOT_MEET"')).toEqual(["BAD_USER_INPUT"]);
  expect(await codes('schoolYear: "1999-2000"')).toEqual(["SCHOOL_YEAR_NOT_FOUND"]);
  expect(await codes("first: 0")).toEqual(["BAD_USER_INPUT"]);
  expect(await codes('after: "x"')).toEqual(["BAD_USER_INPUT"]);
  const { errors } = await analyst.ask(`{ unit(code: "P") { findings(check: "QUORUM_NOT_MEET") { totalCount } } }`);
  expect(errors![0]!.message).toContain('Did you mean "QUORUM_NOT_MET"?');
});

test("an empty list is no answer to what is wanted: nobody may read it as nothing found", async () => {
  for (const args of ["check: []", "severity: []"])
    expect(await analyst.codes(`{ unit(code: "P") { findings(${args}) { totalCount } } }`)).toEqual(["BAD_USER_INPUT"]);
});

test("the counts are those of the list, by severity and by check, for many units in one statement", async () => {
  const COUNTS = `findingCounts(schoolYear: "2024-2025") { open acknowledged bySeverity { severity open } byCheck { check { key } open } }`;
  const question = `{ unit(code: "P") { ${COUNTS} findings(schoolYear: "2024-2025", first: 500) { nodes { severity check { key } } } } }`;
  const { unit } = await analyst.data(question);
  const { nodes } = unit.findings;
  expect(total(unit.findingCounts)).toEqual([nodes.length, 0]);
  for (const { severity, open } of unit.findingCounts.bySeverity)
    expect(open).toBe(nodes.filter((node: any) => node.severity === severity).length);
  for (const { check, open } of unit.findingCounts.byCheck)
    expect(open).toBe(nodes.filter((node: any) => node.check.key === check.key).length);
  const children = `{ unit(code: "P") { findingCounts { open } children { nodes { code findingCounts { open } } } } }`;
  let data: any;
  const heard = await running.statements(async () => (data = await analyst.data(children)));
  expect(heard.filter((sql) => sql.includes("FROM finding"))).toHaveLength(2);
  const [d, e] = data.unit.children.nodes;
  expect([d.findingCounts.open > 2, d.findingCounts.open + e.findingCounts.open]).toEqual([true, data.unit.findingCounts.open]);
});

test("the catalogue tells every check, in both languages", async () => {
  const { findingChecks } = await analyst.data(`{ findingChecks { key severity name { en vi } rule { en vi } mending { en vi } source } }`);
  expect(findingChecks).toEqual(
    checks.map(({ key, severity, name, rule, mending, source }) => ({ key, severity, name, rule, mending, source })),
  );
});

test("a branch is told of its own units only", async () => {
  const codes = new Set((await list(recorder, "D", "first: 500")).nodes.map(({ unit }: any) => unit.code));
  expect([...codes].sort()).toEqual(["D-1", "D-2", "D-U"]);
  expect(await recorder.codes(`{ unit(code: "P") { findings { totalCount } } }`)).toEqual(["UNIT_NOT_FOUND"]);
});

describe("an acknowledgement", () => {
  const ACKNOWLEDGE = `mutation ($input: AcknowledgeFindingInput!) { acknowledgeFinding(input: $input) {
    outcome version userErrors { code field message { en } } record { id check field recordId fingerprint because recordedBy { name } } } }`;
  const acknowledge = async (input: object, client = recorder) =>
    (
      await client.data(ACKNOWLEDGE, {
        input: {
          unit: "D-1",
          schoolYear: "2024-2025",
          check: "OPENING_DIFFERS_FROM_CLOSING",
          because: "Hai giáo viên chuyển đi trong hè.",
          ...input,
        },
      })
    ).acknowledgeFinding;
  const opening = async () => (await list(analyst, "D-1", 'check: "OPENING_DIFFERS_FROM_CLOSING"')).nodes[0];

  test("of a finding says who and why, and takes it from the open ones, at every level above", async () => {
    const finding = await opening();
    const answer = await acknowledge({});
    expect(answer).toMatchObject({ outcome: "STORED", version: 1, userErrors: [] });
    expect(answer.record).toMatchObject({ field: "membersOpening", recordId: finding.record.id, fingerprint: finding.fingerprint });
    expect(answer.record.recordedBy).toEqual({ name: "the app of D" });
    expect(await opening()).toMatchObject({ state: "ACKNOWLEDGED", acknowledgement: { id: answer.record.id } });
    const { unit } = await analyst.data(`{ unit(code: "P") { findingCounts(schoolYear: "2024-2025") { acknowledged } } }`);
    expect(unit.findingCounts.acknowledged).toBe(1);
    expect(names(await list(analyst, "P", "state: ACKNOWLEDGED"))).toEqual(["D-1 2024-2025 OPENING_DIFFERS_FROM_CLOSING membersOpening"]);
    expect((await acknowledge({})).outcome).toBe("UNCHANGED");
  });

  test("covers the finding while its values stay; when they change it is open again, with the former acknowledgement", async () => {
    const { membersOpening: before, ...rest } = { membersOpening: 18, expectedVersion: 1 };
    const correct = (membersOpening: number, expectedVersion: number, admitted: number) =>
      running.desk.send(report.membership("D-1", 20, { membersClosing: 23, membersOpening, admitted }, { expectedVersion }));
    expect((await correct(before, rest.expectedVersion, 1)).outcome).toBe("STORED");
    expect((await opening()).state).toBe("ACKNOWLEDGED");
    expect((await correct(19, 2, 1)).outcome).toBe("STORED");
    expect(await opening()).toMatchObject({ state: "OPEN", acknowledgement: { version: 1 } });
    expect(await acknowledge({})).toMatchObject({ outcome: "REJECTED", userErrors: [{ code: "VERSION_CONFLICT" }] });
    expect(await acknowledge({ expectedVersion: 1 })).toMatchObject({ outcome: "STORED", version: 2 });
    expect((await opening()).state).toBe("ACKNOWLEDGED");
  });

  test("is refused, with all that is wrong, where there is no such finding, it has changed, or several fit", async () => {
    const errors = async (input: object, client = recorder) =>
      (await acknowledge(input, client)).userErrors.map(({ code, field }: any) => `${code} ${field}`);
    expect(await errors({ check: "QUORUM_NOT_MET" })).toEqual(["FINDING_NOT_FOUND check"]);
    expect(await errors({ check: "REPORT_LATE", schoolYear: "2025-2026" })).toEqual(["FINDING_NOT_FOUND check"]);
    expect(await errors({ fingerprint: "0123456789abcdef", expectedVersion: 2 })).toEqual(["VERSION_CONFLICT fingerprint"]);
    expect(await errors({ check: "REPORT_LATE", schoolYear: "2023-2024" })).toEqual(["REQUIRED recordId"]);
    expect(await errors({ check: null, because: " " })).toEqual(["REQUIRED check", "REQUIRED because"]);
    expect(await errors({ unit: "E-1", check: "QUORUM_NOT_MET" })).toEqual(["UNIT_NOT_FOUND unit"]);
    expect(await errors({}, await running.as("ANALYST", "D"))).toContain("FORBIDDEN null");
  });

  test("that is withdrawn leaves the finding open", async () => {
    const { acknowledgement } = await opening();
    const { withdrawAcknowledgement } = await recorder.data(
      `mutation ($input: WithdrawInput!) { withdrawAcknowledgement(input: $input) { outcome record { state } } }`,
      { input: { record: acknowledgement.id, reason: "Xác nhận nhầm." } },
    );
    expect(withdrawAcknowledgement).toEqual({ outcome: "STORED", record: { state: "WITHDRAWN" } });
    expect(await opening()).toMatchObject({ state: "OPEN", acknowledgement: null });
  });

  test("of what is late is seen at once, and its withdrawal, too", async () => {
    const late = async () => (await list(analyst, "D-1", 'check: "REPORT_LATE", schoolYear: "2024-2025"')).nodes[0];
    const { field } = await late();
    const answer = await acknowledge({ check: "REPORT_LATE", field });
    expect(answer).toMatchObject({ outcome: "STORED", userErrors: [] });
    expect((await late()).state).toBe("ACKNOWLEDGED");
    expect((await audit(running.hub.database)).differences).toEqual([]);
    await recorder.data(`mutation { withdrawAcknowledgement(input: { record: "${answer.record.id}", reason: "nhầm" }) { outcome } }`);
    expect((await late()).state).toBe("OPEN");
    expect((await audit(running.hub.database)).differences).toEqual([]);
  });

  test("counts as no record in any figure", async () => {
    const tally = await running.desk.tally("D");
    await acknowledge({ expectedVersion: 3, because: "Lại đúng." });
    expect(await running.desk.tally("D")).toEqual(tally);
  });
});

test("a report that is submitted without any record hides nothing: the button is no evidence", async () => {
  const nothing = async () => names(await list(analyst, "D-U", 'check: "NOTHING_REPORTED", schoolYear: "2024-2025"'));
  const sources = async () =>
    (await analyst.data('{ unit(code: "D-2") { rollup(schoolYear: "2024-2025") { sources { reported } } } }')).unit.rollup.sources.reported;
  const [before, reported] = [await nothing(), await sources()];
  expect(before).toContain("D-2 2024-2025 NOTHING_REPORTED ");
  const { submitReport } = await recorder.data('mutation { submitReport(input: { unit: "D-2", schoolYear: "2024-2025" }) { outcome } }');
  expect(submitReport.outcome).toBe("STORED");
  expect([await nothing(), await sources()]).toEqual([before, reported]);
});

test("a mended record takes its findings away at once, and one that is made wrong brings them", async () => {
  const balance = async () => (await list(analyst, "D", 'check: "MEMBERSHIP_DOES_NOT_BALANCE"')).totalCount;
  const send = (membersClosing: number, expectedVersion: number) =>
    running.desk.send(report.membership("D-1", 20, { membersClosing, membersOpening: 20 }, { expectedVersion }));
  expect(await balance()).toBe(1);
  expect([(await send(20, 3)).findings, await balance()]).toEqual([[], 0]);
  expect([(await send(21, 4)).findings.map(({ code }) => code), await balance()]).toEqual([["MEMBERSHIP_DOES_NOT_BALANCE"], 1]);
});

test("a school that has left the branch is told of by nobody there, though the tree of the year still has it below", async () => {
  const COUNT = `{ unit(code: "D") { findings(schoolYear: "2024-2025", first: 500) { totalCount } findingCounts(schoolYear: "2024-2025") { open acknowledged } } }`;
  const count = async (client: Client) => {
    const { findings, findingCounts } = (await client.data(COUNT)).unit;
    expect(findingCounts.open + findingCounts.acknowledged).toBe(findings.totalCount);
    return findings.totalCount as number;
  };
  const [before, above] = [await count(recorder), await count(analyst)];
  expect((await running.desk.move("D-2", "E", "2025-06-15")).outcome).toBe("STORED");
  const codes = new Set((await list(recorder, "D", "first: 500")).nodes.map(({ unit }: any) => unit.code));
  expect([...codes].sort()).toEqual(["D-1", "D-U"]);
  expect([(await count(recorder)) < before, await count(analyst)]).toEqual([true, above]);
});

test("the audit finds a finding that is missing, one too many and one that says something else; a rebuild mends them", async () => {
  const { database } = running.hub;
  const { finding: stored } = await running.dump();
  expect((await audit(database)).differences).toEqual([]);
  const [first, second, ...others] = await database.read(async (stores) => stores.findings.ofUnits(await stores.units.allIds()));
  expect(others.length).toBeGreaterThan(3);
  await database.write((stores) =>
    stores.findings.save(
      [first!],
      [
        { ...second!, since: "2020-01-01" },
        { ...second!, check: "OF_OLD" },
      ],
    ),
  );
  const { differences } = await audit(database);
  expect(differences.map(({ cell, stored: is, expected }) => `${cell} ${is} ${expected}`).sort()).toEqual([
    "finding 0 1",
    "finding 0 1",
    "finding 1 0",
  ]);
  await rebuild(database);
  expect((await running.dump()).finding).toEqual(stored);
  expect((await audit(database)).differences).toEqual([]);
});
