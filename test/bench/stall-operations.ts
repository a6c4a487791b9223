import { randomUUID } from "node:crypto";
import { indicators } from "../../src/domain/figures/catalogue.js";
import { type Nation, YEAR } from "./nation.js";
import { CONFEDERATION, districtsOf } from "./province.js";
import { conferences, deadline, directives, newSchools, regulations, reports } from "./stall-rows.js";

/** A request that weighs the more the larger `n` is: how many aliases, rows or ids it has. */
export interface Operation {
  name: string;
  /** More is not tried: the hub refuses it, or it would be the same. */
  most: number;
  body(n: number): { query: string; variables?: object & { input?: object } };
  /** Whose figures are read before: they are decided on. */
  decidesOn?: string;
}

const YEAR_ARGUMENT = `schoolYear: "${YEAR.label}"`;
const FIGURE =
  "value numerator denominator coverage { expected reported missing notDue rate } statuses { yes no noReport notEligible } bounds { lower upper } buckets { count } target deadline attained attainment indicator { key }";

const keys = indicators.map(({ key }) => key);
const duties = indicators.flatMap(({ key, obligation }) => (obligation ? [key] : []));

/** The worst that the limits of the hub permit, of each kind that has come to mind. Changes are made and undone (dryRun) unless they say otherwise. */
export function operationsOn(nation: Nation, ids: ReadonlyMap<string, string>): Operation[] {
  const { schools, provinces, years } = nation;
  const unit = (code: string, field: (k: number) => string, name: string, most = 290): Operation => ({
    name,
    most,
    body: (n) => ({ query: `{ unit(code: "${code}") { ${aliases(n, field)} } }` }),
  });
  const top = (name: string, field: (k: number) => string, most?: number) => unit(CONFEDERATION, field, name, most);
  const page = (name: string, field: (k: number) => string, args = ""): Operation => ({
    name,
    most: 290,
    body: (n) => ({ query: `{ units(first: 500, filter: { level: [SCHOOL] }${args}) { nodes { ${aliases(n, field)} } } }` }),
  });
  const each = (k: number) => keys[k % keys.length]!;
  const duty = (k: number) => duties[k % duties.length]!;
  return [
    page("500 units x all indicators, values", () => `rollup(${YEAR_ARGUMENT}) { indicators { value } }`),
    page("500 units x all indicators, everything", () => `rollup(${YEAR_ARGUMENT}) { indicators { ${FIGURE} } }`),
    page("500 units x records", () => `records(first: 20) { nodes { id version kind } totalCount }`),
    top(
      "ranking of all schools",
      (k) => `ranking(level: SCHOOL, indicator: "${each(k)}", ${YEAR_ARGUMENT}, first: 500) { ranked nodes { rank change } }`,
    ),
    top("ranking of all unions", (k) => `ranking(level: GRASSROOTS, indicator: "${each(k)}", ${YEAR_ARGUMENT}, first: 1) { ranked }`),
    top(
      "ranking, tree TODAY",
      (k) => `ranking(level: SCHOOL, indicator: "${each(k)}", ${YEAR_ARGUMENT}, tree: TODAY, first: 1) { ranked }`,
    ),
    top(
      "worklists",
      (k) =>
        `worklist(${YEAR_ARGUMENT}, indicator: "${duty(k)}", status: [YES, NO, NO_REPORT, NOT_DUE], first: 500) { totalCount nodes { due status unit { name } } }`,
    ),
    top(
      "rollups, tree TODAY",
      (k) => `rollup(${YEAR_ARGUMENT}, tree: TODAY${k % 2 ? ", where: { ownership: PUBLIC }" : ""}) { indicators { value } }`,
    ),
    top("children, tree TODAY", () => `children(first: 500) { nodes { rollup(${YEAR_ARGUMENT}, tree: TODAY) { indicators { value } } } }`),
    top("findings", () => `findings(first: 500) { totalCount nodes { field message { en vi } since unit { name } record { id } } }`),
    top("counts of findings", () => `findingCounts(${YEAR_ARGUMENT}) { open acknowledged byCheck { open } }`),
    top(
      "growth",
      () => `growth(${YEAR_ARGUMENT}) { change parts { members units(first: 500) { totalCount nodes { members unit { name } } } } }`,
    ),
    top("growth, tree TODAY", () => `growth(${YEAR_ARGUMENT}, tree: TODAY) { change parts { members unitCount } }`),
    {
      name: "units ordered by indicators",
      most: 290,
      body: (n) => ({
        query: `{ ${aliases(n, (k) => `units(first: 500, orderBy: [${[0, 1, 2, 3, 4].map((order) => `{ by: INDICATOR, indicator: "${each(5 * k + order)}", ${YEAR_ARGUMENT} }`).join(", ")}]) { totalCount nodes { name } }`)} }`,
      }),
    },
    {
      name: "units between limits",
      most: 290,
      body: (n) => ({
        query: `{ ${aliases(n, (k) => `units(first: 1, filter: { indicator: { indicator: "${each(k)}", ${YEAR_ARGUMENT}, atLeast: 0 } }) { totalCount }`)} }`,
      }),
    },
    {
      name: "units found by name",
      most: 290,
      body: (n) => ({
        query: `{ ${aliases(n, (k) => `units(first: 500, filter: { search: "${k}" }) { totalCount nodes { name ancestors { name } } }`)} }`,
      }),
    },
    top(
      "explanations",
      (k) =>
        `explain(indicator: "${each(k)}", ${YEAR_ARGUMENT}) { value formula { en vi } contributions(first: 500) { totalCount nodes { share unit { name } } } leftOut { count units(first: 500) { totalCount nodes { name } } } }`,
    ),
    page(
      "500 units explained",
      (k) =>
        `explain(indicator: "${each(k)}", ${YEAR_ARGUMENT}) { value contributions(first: 5) { nodes { share } } records(first: 5) { nodes { id } } }`,
    ),
    {
      name: "nodes(ids), all indicators",
      most: 500,
      body: (n) => ({
        query: `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on School { name ancestors { name } rollup(${YEAR_ARGUMENT}) { indicators { value } } } } }`,
        variables: { ids: schools.slice(0, n).map(({ code }) => ids.get(code)) },
      }),
    },
    change("submitRecords: conferences", "submitRecords", 5_000, (n) => ({ dryRun: true, rows: conferences(schools, n) }), ROWS),
    change(
      "submitRecords: the same with effects",
      "submitRecords",
      5_000,
      (n) => ({ dryRun: true, rows: conferences(schools, n) }),
      `${ROWS} effects { totalCount }`,
    ),
    change("submitRecords (stored)", "submitRecords", 5_000, (n) => ({ rows: regulations(schools, n) }), ROWS),
    change("directives", "submitRecords", 240, (n) => ({ dryRun: true, rows: directives(provinces[0]!, years, n) }), "stored rejected"),
    change(
      "directives of the top",
      "submitRecords",
      240,
      (n) => ({ dryRun: true, rows: directives(CONFEDERATION, years, n) }),
      "stored rejected",
    ),
    change("a deadline of the top", "submitRecords", 1, () => ({ dryRun: true, rows: [deadline(CONFEDERATION)] }), "stored rejected"),
    change(
      "registerUnits",
      "registerUnits",
      5_000,
      (n) => ({ dryRun: true, units: newSchools(districtsOf(provinces[0]!)[0]!, n) }),
      "stored rejected rows { outcome unit { name } }",
    ),
    change("submitReports", "submitReports", 5_000, (n) => ({ dryRun: true, reports: reports(schools, n) }), "rows { outcome }"),
    change(
      "moveUnit: a district",
      "moveUnit",
      1,
      () => ({ dryRun: true, unit: districtsOf(provinces[0]!)[0], parent: CONFEDERATION, on: "2024-09-01" }),
      "outcome",
    ),
    change(
      "openSchoolYear",
      "openSchoolYear",
      1,
      () => ({ dryRun: true, label: "2025-2026", startsOn: "2025-09-05", endsOn: "2026-05-31" }),
      "outcome",
    ),
    {
      ...change("closePeriod (stored)", "closePeriod", 1, () => ({ unit: provinces[0], schoolYear: YEAR.label }), OUTCOME),
      decidesOn: provinces[0]!,
    },
    {
      ...change(
        "publishVintage (stored)",
        "publishVintage",
        1,
        () => ({ unit: provinces[0], schoolYear: YEAR.label, title: `Made by the bench ${randomUUID()}` }),
        OUTCOME,
      ),
      decidesOn: provinces[0]!,
    },
    {
      name: "branchFingerprint of the confederation",
      most: 1,
      body: () => ({ query: `{ unit(code: "${CONFEDERATION}") { report(${YEAR_ARGUMENT}) { branchFingerprint } } }` }),
    },
    change(
      "reopenPeriod (stored)",
      "reopenPeriod",
      1,
      () => ({ unit: provinces[0], schoolYear: YEAR.label, reason: "Made by the bench" }),
      OUTCOME,
    ),
    change("submitRecords: corrections (stored)", "submitRecords", 2_000, (n) => ({ rows: conferences(schools, n) }), "stored rejected"),
    unit(
      provinces[0]!,
      () =>
        `vintages(first: 5) { nodes { id changed changes(first: 500) { totalCount nodes { difference causes(first: 5) { totalCount } } } } }`,
      "changes since a vintage",
    ),
    {
      name: "a body of 5 MB that is refused",
      most: 1,
      body: () => ({ query: "{ me { name } }", variables: { texts: Array.from({ length: 2_500 }, () => "ô".repeat(990)) } }),
    },
    {
      name: "the largest document",
      most: 290,
      body: (n) => ({
        query: `{ ${aliases(n, (k) => `unit(code: "${randomUUID()}") { ${aliases(4, () => `rollup(${YEAR_ARGUMENT}) { ${each(k)} { value } }`, "b")} }`)} }`,
      }),
    },
  ];
}

const OUTCOME = "outcome userErrors { message { en } }";
const ROWS = "stored rejected rows { outcome record { id version } findings { field message { en } } }";

function aliases(n: number, field: (k: number) => string, name = "a"): string {
  return Array.from({ length: n }, (_, k) => `${name}${k}: ${field(k)}`).join(" ");
}

/** Those whose name is not that of the mutation. */
const INPUTS: Record<string, string> = { submitReports: "ReportsInput", closePeriod: "ReportInput", reopenPeriod: "ReasonedReportInput" };

function change(name: string, mutation: string, most: number, input: (n: number) => object, selection: string): Operation {
  const type = INPUTS[mutation] ?? `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  return {
    name,
    most,
    body: (n) => ({
      query: `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} } }`,
      variables: { input: { ...input(n), idempotencyKey: randomUUID() } },
    }),
  };
}
