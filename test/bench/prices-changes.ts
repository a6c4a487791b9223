import { randomUUID } from "node:crypto";
import { type Nation, YEAR } from "./nation.js";
import type { Priced } from "./prices.js";
import { CONFEDERATION, districtsOf } from "./province.js";
import { conferences, deadline, newSchools, reports } from "./stall-rows.js";

/** Changes of many units, of one, and of whole branches. They are tried and undone (dryRun) unless they say otherwise. */
export function changesOn({ provinces, schools }: Nation): Priced[] {
  const [province] = provinces as [string];
  const [district] = districtsOf(province) as [string];
  const target = (unit: string) => ({
    ...{ unit, number: randomUUID().slice(0, 8), issuedOn: "2024-09-15" },
    settings: [{ indicator: "staffConferenceCompletion", schoolYear: YEAR.label, target: 0.5 }],
  });
  const directive = (unit: string) => (deadline(unit) as { directive: object }).directive;
  const directives = () => Array.from({ length: 20 }, () => deadline(province));
  const move = () => ({ unit: district, parent: CONFEDERATION, on: "2024-09-01" });
  const opening = { label: "2025-2026", startsOn: "2025-09-05", endsOn: "2026-05-31" };
  const period = { unit: province, schoolYear: YEAR.label };
  return [
    change("500 conferences", "submitRecords", () => ({ rows: conferences(schools, 500) })),
    change("500 units are registered", "registerUnits", () => ({ units: newSchools(district, 500) })),
    change("500 reports", "submitReports", () => ({ reports: reports(schools, 500) }), "ReportsInput"),
    change("a unit is renamed", "updateUnit", () => ({ unit: schools[0]!.code, name: `Trường ${randomUUID()}` })),
    change("a school is closed", "closeUnit", () => ({ unit: schools[0]!.code, on: "2025-09-01" })),
    ...[
      change("a target of the top", "recordDirective", () => target(CONFEDERATION)),
      change("a deadline of a district", "recordDirective", () => directive(district)),
      change("a deadline of a province", "recordDirective", () => directive(province)),
      change("20 deadlines of a province", "submitRecords", () => ({ rows: directives() })),
      change("a deadline of the top", "recordDirective", () => directive(CONFEDERATION)),
      change("a district is moved", "moveUnit", move),
      change("a school year is opened", "openSchoolYear", () => opening),
      { ...change("a period is closed", "closePeriod", () => period, "ReportInput"), decidesOn: province },
      {
        ...change("a year is published (stored)", "publishVintage", () => ({ ...period, title: randomUUID() }), undefined, {}),
        first: (fingerprint: string) =>
          `mutation { closePeriod(input: { unit: "${province}", schoolYear: "${YEAR.label}", fingerprint: "${fingerprint}", idempotencyKey: "${randomUUID()}" }) { outcome } }`,
        decidesOn: province,
      },
    ].map((priced): Priced => ({ ...priced, isBranchWide: true })),
  ];
}

function change(name: string, mutation: string, input: () => object, type?: string, tried: object = { dryRun: true }): Priced {
  const inputType = type ?? `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const outcome = mutation.endsWith("s") ? "rows { outcome }" : "outcome userErrors { message { en } }";
  return {
    name,
    query: `mutation ($input: ${inputType}!) { ${mutation}(input: $input) { ${outcome} } }`,
    variables: () => ({ input: { ...tried, idempotencyKey: randomUUID(), ...input() } }),
  };
}
