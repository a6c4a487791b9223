import { indicators } from "../../src/domain/figures/catalogue.js";
import { schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let analyst: Client;
beforeAll(async () => {
  running = await serve("demo");
  const { problems } = await running.desk.openYear(schoolYear(2025));
  expect(problems).toEqual([]);
  analyst = await running.as("ANALYST", "CB");
}, 600_000);
afterAll(() => running.close());

const unit = async (code: string, fields: string) =>
  (await analyst.data(`query ($code: String!) { unit(code: $code) { ${fields} } }`, { code })).unit;

const owed = indicators.filter(({ obligation }) => obligation !== null).map(({ key }) => key);
const STATUSES = { YES: "yes", NO: "no", NO_REPORT: "noReport", NOT_DUE: "notDue", NOT_ELIGIBLE: "notEligible" } as const;
const all = `[${Object.keys(STATUSES).join(", ")}]`;

test.each([
  ["2023-2024", ""],
  ["2023-2024", ", where: {schoolLevel: PRESCHOOL, ownership: NON_PUBLIC}"],
  ["2025-2026", ""],
])("of every indicator has as many units in each status as the rollup says (%s%s)", async (year, where) => {
  const lists = (key: string) =>
    Object.keys(STATUSES)
      .map(
        (status) =>
          `${key}_${status}: worklist(schoolYear: "${year}", indicator: "${key}", status: ${status}${where}, first: 1) { totalCount }`,
      )
      .join(" ");
  for (let some = owed; some.length > 0; some = some.slice(15)) {
    const keys = some.slice(0, 15);
    const counted = await unit(
      "CB",
      `${keys.map(lists).join(" ")} rollup(schoolYear: "${year}"${where}) { ${keys.map((key) => `${key} { statuses { ${Object.values(STATUSES).join(" ")} } }`).join(" ")} }`,
    );
    for (const key of keys)
      expect([
        key,
        Object.fromEntries(Object.entries(STATUSES).map(([status, name]) => [name, counted[`${key}_${status}`].totalCount])),
      ]).toEqual([key, counted.rollup[key].statuses]);
  }
});

test("names the units behind the number, and all of them page by page", async () => {
  const { missing } = await unit(
    "CB-TP",
    `missing: worklist(schoolYear: "2023-2024", indicator: "staffConferenceCompletion", status: NO_REPORT) { totalCount nodes { status due unit { code } } }`,
  );
  expect(missing).toEqual({
    totalCount: 2,
    nodes: ["CB-TP-THCS-DETHAM", "CB-TP-TH-SONGHIEN"].map((code) => ({ status: "NO_REPORT", due: "2023-11-20", unit: { code } })),
  });
  const pages: string[][] = [];
  let after: string | null = null;
  do {
    const { worklist }: any = (
      await analyst.data(
        `query ($after: String) { unit(code: "CB") { worklist(schoolYear: "2023-2024", indicator: "membershipReportSubmission", status: ${all}, first: 150, after: $after) { totalCount nodes { unit { code } } pageInfo { endCursor hasNextPage } } } }`,
        { after },
      )
    ).unit;
    pages.push(worklist.nodes.map((entry: any) => entry.unit.code));
    after = worklist.pageInfo.hasNextPage ? worklist.pageInfo.endCursor : null;
    if (!after) expect(pages.flat()).toHaveLength(worklist.totalCount);
  } while (after);
  expect(pages.length).toBeGreaterThan(3);
  expect(new Set(pages.flat()).size).toBe(pages.flat().length);
});

test.each([
  ['indicator: "schoolCount", status: YES', "BAD_USER_INPUT"],
  ['indicator: "staffConference", status: YES', "INDICATOR_NOT_FOUND"],
  ['indicator: "staffConferenceCompletion", status: []', "BAD_USER_INPUT"],
  ['indicator: "staffConferenceCompletion", status: YES, first: 501', "BAD_USER_INPUT"],
])("with %s is refused", async (args, code) =>
  expect(await analyst.codes(`{ unit(code: "CB") { worklist(schoolYear: "2023-2024", ${args}) { totalCount } } }`)).toEqual([code]),
);

test("the demonstration has one year accepted and closed, and the next in every state; what was declared is not always there", async () => {
  const FIGURES = "reportSubmission { numerator denominator } reportAcceptance { numerator denominator } reportEvidence { numerator }";
  const { closed, report } = await unit(
    "CB",
    `closed: rollup(schoolYear: "2022-2023") { ${FIGURES} } report(schoolYear: "2022-2023") { state closing { by on } }`,
  );
  expect(closed.reportSubmission.numerator).toBe(closed.reportSubmission.denominator);
  // The province's own report waits for the confederation.
  expect(closed.reportAcceptance.numerator).toBe(closed.reportAcceptance.denominator - 1);
  expect(closed.reportEvidence.numerator).toBeLessThan(closed.reportSubmission.numerator);
  expect(report).toEqual({ state: "SUBMITTED", closing: { by: "Liên đoàn Lao động tỉnh Cao Bằng", on: "2023-06-30" } });
  const children = `children(first: 100) { nodes { report(schoolYear: "2023-2024") { state reason } children { nodes { report(schoolYear: "2023-2024") { state } } } } }`;
  const { nodes } = (await unit("CB-TP", children)).children;
  const states = nodes.flatMap(({ report: own, children: below }: any) => [own, ...below.nodes.map((node: any) => node.report)]);
  expect([...new Set(states.map(({ state }: any) => state))].sort()).toEqual(["ACCEPTED", "DRAFT", "RETURNED", "SUBMITTED"]);
  for (const { state, reason } of nodes.map((node: any) => node.report)) expect(reason !== null).toBe(state === "RETURNED");
});
