import { draft, report, schoolYear } from "../desk.js";
import { dice } from "./random-document.js";
import { type Running } from "./server.js";

/** Few names for many units, so that most keys of a list are equal. */
export const NAMES = ["Trường Hoà", "Trường Hòa", "Trường Ánh Dương"];

/**
 * A random province P of many equal names and equal figures: two school years of records, all recorded at one instant; the
 * first is published as P-2023-2024-1 before all of it has come. Every list of the API has entries in it.
 */
export async function plantProvince({ desk }: Running, seed: number): Promise<void> {
  const random = dice(seed);
  const one = <T>(list: readonly T[]): T => list[random(list.length)]!;
  const some = <T>(list: readonly T[]) => list.filter(() => random(3) > 0);
  const named = () => ({ name: one(NAMES) });
  const districts = Array.from({ length: 4 }, (_, index) => draft.district(`D${index}`, "P", named()));
  const unions = Array.from({ length: 9 }, (_, index) => draft.union(`U${index}`, one(districts).code, named()));
  const schools = Array.from({ length: 30 }, (_, index) =>
    draft.school(`S${index}`, one(unions).code, { ...named(), ...(index % 4 === 0 ? { openedOn: "2024-08-01" } : {}) }),
  );
  const old = schools.filter(({ openedOn }) => openedOn < "2024").map(({ code }) => code);
  const all = schools.map(({ code }) => code);
  const early = some(old);
  const late = old.filter((code) => !early.includes(code));
  const years = [
    { schoolYear: "2023-2024", heldOn: "2023-09-25", of: old },
    { schoolYear: "2024-2025", heldOn: "2024-09-25", of: all },
  ];
  const done = [
    ...(await desk.register(draft.province("P"), ...districts, ...unions, ...schools)),
    await desk.openYear(schoolYear(2023)),
    await desk.openYear(schoolYear(2024)),
    ...(await desk.submit(
      ...years.flatMap(({ of, heldOn, ...year }) => some(of).map((code) => report.conference(code, { heldOn }, year))),
      ...early.map((code) => report.membership(code, one([10, 20]), {}, { schoolYear: "2023-2024" })),
      ...all.map((code) => report.membership(code, one([10, 20]))),
      report.cluster("P", ["D0", "D1", "D2", "D3"]),
    )),
    await desk.publish("P", "2023-2024"),
    ...(await desk.submit(...late.map((code) => report.membership(code, one([10, 20]), {}, { schoolYear: "2023-2024" })))),
  ];
  const problems = done.flatMap(({ problems: found }) => found);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
}

const figure = 'indicator: "staffConferenceCompletion", schoolYear: "2024-2025"';
const explained = (list: string) => `unit(code: "P") { explain(indicator: "members", schoolYear: "2024-2025") { ${list} } }`;

/** Every list of the API in that province: how it is asked for, and what tells its entries apart. `PAGE` stands for the arguments and the selection. */
export const LISTS: Record<string, { query: string; node: string }> = {
  "units by name": { query: "units(ARGS) PAGE", node: "id" },
  "units by name, downwards": { query: "units(orderBy: {by: NAME, direction: DESC}, ARGS) PAGE", node: "id" },
  "units by code": { query: "units(orderBy: {by: CODE}, ARGS) PAGE", node: "id" },
  "units by an indicator": {
    query: 'units(orderBy: {by: INDICATOR, indicator: "members", schoolYear: "2024-2025", direction: DESC}, ARGS) PAGE',
    node: "id",
  },
  "units by two orders": {
    query: 'units(orderBy: [{by: INDICATOR, indicator: "emulationPact", schoolYear: "2023-2024"}, {by: NAME, direction: DESC}], ARGS) PAGE',
    node: "id",
  },
  children: { query: 'unit(code: "U0") { children(schoolYear: "2024-2025", ARGS) PAGE }', node: "id" },
  records: { query: 'unit(code: "S1") { records(withdrawn: true, ARGS) PAGE }', node: "id" },
  worklist: { query: `unit(code: "P") { worklist(${figure}, status: [YES, NO, NO_REPORT], ARGS) PAGE }`, node: "unit { id }" },
  findings: { query: 'unit(code: "P") { findings(ARGS) PAGE }', node: "check { key } field schoolYear unit { id } record { id }" },
  "ranking of schools": { query: `unit(code: "P") { ranking(${figure}, level: SCHOOL, ARGS) PAGE }`, node: "unit { id }" },
  "ranking downwards": {
    query: 'unit(code: "P") { ranking(indicator: "membershipBalance", schoolYear: "2024-2025", level: SCHOOL, ARGS) PAGE }',
    node: "unit { id }",
  },
  "ranking in a cluster": {
    query: `unit(code: "P") { emulationClusters(schoolYear: "2024-2025") { ranking(${figure}, ARGS) PAGE } }`,
    node: "unit { id }",
  },
  contributions: { query: explained("contributions(ARGS) PAGE"), node: "by unit { id }" },
  "units left out": {
    query: `unit(code: "P") { explain(${figure}) { leftOut(reasons: NO_REPORT) { units(ARGS) PAGE } } }`,
    node: "id",
  },
  "records behind a figure": {
    query: 'unit(code: "S1") { explain(indicator: "members", schoolYear: "2024-2025") { records(ARGS) PAGE } }',
    node: "id",
  },
  "units behind a growth": {
    query: 'unit(code: "P") { growth(schoolYear: "2024-2025") { parts(keys: ENTERED) { units(ARGS) PAGE } } }',
    node: "unit { id }",
  },
  "units behind a break": {
    query: 'unit(code: "P") { rollup(schoolYear: "2024-2025") { breaks { units(ARGS) PAGE } } }',
    node: "unit { id }",
  },
  "changes since a vintage": {
    query: 'vintage(id: "P-2023-2024-1") { changes(ARGS) PAGE }',
    node: "unit { id } indicator { key } schoolLevel ownership",
  },
  "causes of a change": {
    query: 'vintage(id: "P-2023-2024-1") { changes(first: 1) { nodes { causes(ARGS) PAGE } } }',
    node: "unit { id }",
  },
};
