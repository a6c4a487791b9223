import { draft, report, schoolYear } from "../desk.js";
import { dice } from "./random-document.js";
import { type Running } from "./server.js";

/** Few names for many units, so that most keys of a list are equal. */
export const NAMES = ["Trường Hoà", "Trường Hòa", "Trường Ánh Dương"];

const PRIVATE = ["W0", "W1", "W2", "W3"];

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
    ...(await desk.register(draft.union("V8", "D0"), draft.union("V9", "D0"), draft.union("W", "D1"))),
    ...(await desk.register(...PRIVATE.map((code, index) => draft.school(code, "W", { ownership: "PRIVATE", name: NAMES[index % 3]! })))),
    await desk.openYear(schoolYear(2023)),
    await desk.openYear(schoolYear(2024)),
    await desk.correctYear("2024-2025", { referenceDate: "2025-04-30" }),
    await desk.correctYear("2024-2025", { referenceDate: "2025-06-30", expectedVersion: 2 }),
    await desk.correctYear("2024-2025", { referenceDate: "2025-05-31", expectedVersion: 3 }),
    ...(await desk.submit(
      ...years.flatMap(({ of, heldOn, ...year }) => some(of).map((code) => report.conference(code, { heldOn }, year))),
      ...early.map((code) => report.membership(code, one([10, 20]), {}, { schoolYear: "2023-2024" })),
      ...all.map((code) => report.membership(code, one([10, 20]))),
      report.membership("W", 20, { peopleCounted: "ALL_ITS_SCHOOLS" }),
      { ...report.conference("W"), kind: "activityReport", content: { peopleCounted: "ALL_ITS_SCHOOLS", policyApplied: true } },
      ...["1", "2", "10"].map((number) => report.cluster("P", ["D0", "D1", "D2", "D3"], { name: `Cụm thi đua số ${number}` })),
      ...["1", "2", "3", "4"].map((number) => report.directive("P", TARGETS, { number, issuedOn: one(["2023-09-01", "2023-10-01"]) })),
      ...["1", "2", "3", "4"].map((number) =>
        report.figure("P", { indicator: "members", period: "2024-2025", value: 10, document: `Báo cáo ${number}` }),
      ),
    )),
    await desk.publish("P", "2023-2024"),
    ...(await desk.submit(...late.map((code) => report.membership(code, one([10, 20]), {}, { schoolYear: "2023-2024" })))),
    ...(await plantHistory(desk, late[0]!)),
  ];
  const problems = done.flatMap(({ problems: found }) => found);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
}

/** After the first publication: a school was changed and corrected, a union was split, another covers private schools, a report went to and fro. */
async function plantHistory(desk: Running["desk"], corrected: string) {
  const heirs = ["V0", "V1", "V2"].map((code) => draft.union(code, "D0", { openedOn: "2025-01-01", predecessors: ["U8", "V8", "V9"] }));
  const done: { problems: readonly object[] }[] = [
    ...(await desk.register(...heirs)),
    await desk.update(corrected, { name: `${NAMES[0]} II` }),
    await desk.send(
      report.agreement("W", {
        ...{ schools: PRIVATE, signedOn: "2024-07-01", expiresOn: "2026-06-30", filedOn: "2024-07-05" },
        participations: PRIVATE.map((school, index) => ({ school, joinedOn: `2025-01-0${index + 1}`, leftOn: null })),
      }),
    ),
  ];
  for (const [index, parent] of ["D1", "D2", "D3"].entries()) {
    done.push(await desk.move("V9", parent, `2024-0${index + 7}-01`));
    done.push(await desk.update("V9", { name: `V9 at ${parent}`, from: `2024-0${index + 7}-01` }));
  }
  for (const expectedVersion of [1, 2, 3])
    done.push(await desk.send(report.membership(corrected, 10 + expectedVersion, {}, { schoolYear: "2023-2024", expectedVersion })));
  for (const action of ["SUBMIT", "RETURN", "SUBMIT", "RETURN"] as const)
    done.push(await desk.actOn(action, "S1", { reason: `members are missing ${done.length}` }));
  for (const edition of [2, 3]) done.push(await desk.publish("P", "2023-2024", { title: `Báo cáo tổng kết, bản ${edition}` }));
  done.push(await desk.closePeriod("P", { schoolYear: "2023-2024" }));
  const before = { signedOn: "2023-10-01", expiresOn: "2025-09-30", filedOn: "2023-10-05" };
  for (const reference of ["found later 1", "found later 2"])
    done.push(await desk.send(report.agreement("W", { ...before, reference, schools: PRIVATE })));
  return done;
}

/** Targets change no figure. */
const TARGETS = ["2023-2024", "2024-2025"].flatMap((label) =>
  ["members", "staffConferenceCompletion", "agreementCoverage"].map((indicator) => ({ indicator, schoolYear: label, target: 1 })),
);

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
    query: `unit(code: "P") { emulationClusters(schoolYear: "2024-2025", first: 1) { nodes { ranking(${figure}, ARGS) PAGE } } }`,
    node: "unit { id }",
  },
  contributions: { query: explained("contributions(ARGS) PAGE"), node: "by unit { id }" },
  "records known late": {
    query: 'unit(code: "W") { explain(indicator: "agreementCoverage", schoolYear: "2023-2024") { knownLate(ARGS) PAGE } }',
    node: "id",
  },
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
  "other sources since a vintage": {
    query: 'vintage(id: "P-2023-2024-1") { sourcesChanges(ARGS) PAGE }',
    node: "unit { id } schoolLevel ownership",
  },
  "known after the closing of a vintage": {
    query: 'vintage(id: "P-2023-2024-1") { knownLate(ARGS) PAGE }',
    node: "unit { id } record { id }",
  },
  placements: { query: 'unit(code: "V9") { placements(ARGS) PAGE }', node: "from parent { name }" },
  successors: { query: 'unit(code: "U8") { successors(ARGS) PAGE }', node: "on kind unit { id }" },
  predecessors: { query: 'unit(code: "V0") { predecessors(ARGS) PAGE }', node: "on kind unit { id }" },
  directives: { query: 'unit(code: "S1") { directives(ARGS) PAGE }', node: "number issuedOn" },
  "settings of a directive": {
    query: 'unit(code: "P") { directives(first: 1) { nodes { settings(ARGS) PAGE } } }',
    node: "indicator schoolYear",
  },
  "schools of an agreement": {
    query: `unit(code: "W") { records(kind: collectiveAgreement, first: 1) { nodes { ... on CollectiveAgreement { schools(ARGS) PAGE } } } }`,
    node: "id",
  },
  "schools of a membership report": {
    query: `unit(code: "W") { records(kind: membershipReport, first: 1) { nodes { ... on MembershipReport { schools(ARGS) PAGE } } } }`,
    node: "id",
  },
  "schools of an activity report": {
    query: `unit(code: "W") { records(kind: activityReport, first: 1) { nodes { ... on ActivityReport { schools(ARGS) PAGE } } } }`,
    node: "id",
  },
  "schools that joined or left an agreement": {
    query: `unit(code: "W") { records(kind: collectiveAgreement, first: 5) { nodes { ... on CollectiveAgreement { participations(ARGS) PAGE } } } }`,
    node: "school { id } joinedOn leftOn",
  },
  "emulation clusters": { query: 'unit(code: "D0") { emulationClusters(schoolYear: "2024-2025", ARGS) PAGE }', node: "id" },
  "members of a cluster": {
    query: 'unit(code: "P") { emulationClusters(schoolYear: "2024-2025", first: 1) { nodes { members(ARGS) PAGE } } }',
    node: "id",
  },
  reconciliation: { query: 'unit(code: "P") { reconciliation(schoolYear: "2024-2025", ARGS) PAGE }', node: "published { id }" },
  disagreements: { query: 'unit(code: "P") { disagreements(ARGS) PAGE }', node: "published { id }" },
  "history of a report": {
    query: 'unit(code: "S1") { report(schoolYear: "2024-2025") { history(ARGS) PAGE } }',
    node: "version recordedAt content",
  },
  "versions of a record": {
    query: 'unit(code: "S1") { records(kind: unitReport, first: 1) { nodes { versions(ARGS) PAGE } } }',
    node: "version state",
  },
  "versions of a school year": { query: "schoolYears { versions(ARGS) PAGE }", node: "version action" },
  "versions of a unit": { query: 'unit(code: "V9") { versions(ARGS) PAGE }', node: "version action" },
  "versions of a unit by its id or code": { query: 'unitVersions(unit: "V9", ARGS) PAGE', node: "version action" },
  "placements of a version": {
    query: 'unit(code: "V9") { versions(first: 1) { nodes { placements(ARGS) PAGE } } }',
    node: "from parent { name }",
  },
  "profiles of a version": { query: 'unit(code: "V9") { versions(first: 1) { nodes { profiles(ARGS) PAGE } } }', node: "from name" },
  vintages: { query: 'unit(code: "P") { vintages(ARGS) PAGE }', node: "id" },
  "settings of a vintage": {
    query: 'vintage(id: "P-2023-2024-1") { definitions { settings(ARGS) PAGE } }',
    node: "number indicator target",
  },
  corrections: {
    query: 'vintage(id: "P-2023-2024-1") { changes(first: 1) { nodes { causes { nodes { corrections(ARGS) PAGE } } } } }',
    node: "code record { id }",
  },
  "versions of a correction": {
    query:
      'vintage(id: "P-2023-2024-1") { changes(first: 1) { nodes { causes { nodes { corrections(first: 2) { nodes { versions(ARGS) PAGE } } } } } } }',
    node: "version reason",
  },
  "causes of a change": {
    query: 'vintage(id: "P-2023-2024-1") { changes(first: 1) { nodes { causes(ARGS) PAGE } } }',
    node: "unit { id }",
  },
};
