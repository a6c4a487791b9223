import { draft, report, schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let province: Client;
let school: Client;

const all = (code: string, members: number, year = "2024-2025", changes: object = {}) =>
  report.membership(code, members, { peopleCounted: "ALL_ITS_SCHOOLS", ...changes }, { schoolYear: year });
const own = (code: string, members: number, year = "2024-2025", changes: object = {}) =>
  report.membership(code, members, changes, { schoolYear: year });
const before = "2023-2024";

/**
 * D: the union U counts its schools S1 (public) and S2 (private) in 2024-2025, which reported 30 and 20 themselves in 2023-2024; T reports itself (40, 44).
 * E: V counts S3 and S4 in both years (60, 66); W counted S5 (50) in the first, and S5 reports itself in the second (53), after it went to T's district.
 * F: of X, which counts both its schools now (25), S7 had not reported before.
 */
beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const owned = { ownership: "PRIVATE", schoolLevel: "PRESCHOOL" } as const;
  const done = [
    ...(await desk.register(
      ...[draft.province("P"), draft.district("D", "P"), draft.district("E", "P"), draft.district("F", "P")],
      ...[draft.union("U", "D"), draft.school("S1", "U"), draft.school("S2", "U", owned), draft.school("T", "D")],
      ...[draft.union("V", "E"), draft.school("S3", "V"), draft.school("S4", "V"), draft.union("W", "E"), draft.school("S5", "W")],
      ...[draft.union("X", "F"), draft.school("S6", "X"), draft.school("S7", "X")],
    )),
    await desk.openYear(schoolYear(2023)),
    await desk.openYear(schoolYear(2024)),
    ...(await desk.submit(own("S1", 30, before), own("S2", 20, before), own("T", 40, before), all("V", 60, before), all("W", 50, before))),
    ...(await desk.submit(own("S6", 10, before))),
    await desk.move("S5", "D", "2024-09-01"),
    ...(await desk.submit(all("U", 50, "2024-2025", { membersClosing: 57, workersClosing: 90, admitted: 7, womenMembersClosing: null }))),
    ...(await desk.submit(own("T", 40, "2024-2025", { membersClosing: 44, admitted: 4 }), all("V", 66), own("S5", 53), all("X", 25))),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  [province, school] = [await running.as("ANALYST", "P"), await running.as("RECORDER", "S1")];
});
afterAll(() => running.close());

const FIGURE = "value coverage { expected reported missing unsaid }";
const rollup = async (code: string, key: string, args = "") =>
  (await province.data(`{ unit(code: "${code}") { rollup(schoolYear: "2024-2025"${args}) { ${key} { ${FIGURE} } } } }`)).unit.rollup[key];
const explained = async (code: string, indicator: string, fields: string) =>
  (await province.data(`{ unit(code: "${code}") { explain(indicator: "${indicator}", schoolYear: "2024-2025") { ${fields} } } }`)).unit
    .explain;

test("whom a union counts with its schools counts once, and all of them have reported", async () => {
  expect(await rollup("U", "members")).toMatchObject({ value: 57, coverage: { expected: 3, reported: 3, missing: 0, unsaid: 0 } });
  expect(await rollup("D", "members")).toMatchObject({ value: 154, coverage: { expected: 5, reported: 5, missing: 0, unsaid: 0 } });
  expect(await rollup("U", "unionisationRate")).toMatchObject({ value: 57 / 90 });
  expect((await rollup("D", "membershipReportSubmission")).value).toBe(1);
});

test("of a school alone, and of some schools only, nobody knows: no value, and not 0", async () => {
  const elsewhere = { value: null, coverage: { expected: 1, reported: 0, missing: 1, unsaid: 1 } };
  expect(await rollup("S1", "members")).toMatchObject(elsewhere);
  expect((await explained("S1", "members", "formula { en vi }")).formula).toEqual({
    en: expect.stringContaining("counted in the union's report"),
    vi: expect.stringContaining("đã tính trong báo cáo của công đoàn"),
  });
  expect(await rollup("S1", "unionisationRate")).toMatchObject(elsewhere);
  expect(await rollup("U", "members", ", where: {ownership: PUBLIC}")).toMatchObject(elsewhere);
  expect(await rollup("D", "members", ", where: {ownership: PUBLIC}")).toMatchObject({
    ...{ value: 97, coverage: { expected: 3, reported: 2, missing: 1, unsaid: 1 } },
  });
  // It is done all the same.
  expect(await rollup("S1", "membershipReportSubmission")).toMatchObject({ value: 1, coverage: { reported: 1, missing: 0 } });
});

test("what the union's report leaves open is open for each of its schools", async () => {
  expect(await rollup("U", "womenMembers")).toMatchObject({ value: null, coverage: { expected: 3, reported: 0, missing: 3, unsaid: 3 } });
  expect(await rollup("D", "womenMembers", ", where: {ownership: PUBLIC}")).toMatchObject({
    coverage: { expected: 3, reported: 2, unsaid: 1 },
  });
});

test("an explanation lists the schools that stand in a union's report, and a ranking says why they have no rank", async () => {
  const fields = "leftOut { reason count words { en vi } units { nodes { code } } }";
  const reasons = (await explained("U", "members", fields)).leftOut;
  expect(reasons.filter(({ count }: { count: number }) => count > 0)).toEqual([
    {
      ...{ reason: "IN_UNION_REPORT", count: 2, units: { nodes: [{ code: "S1" }, { code: "S2" }] } },
      words: {
        en: "Counted in the report of its union, with all its schools: it has no figure of its own.",
        vi: "Đã tính trong báo cáo của công đoàn cùng các trường khác: không có số liệu riêng.",
      },
    },
  ]);
  expect((await explained("U", "membershipReportSubmission", "leftOut { reason }")).leftOut.map(({ reason }: any) => reason)).not.toContain(
    "IN_UNION_REPORT",
  );
  const { unit } = await province.data(
    `{ unit(code: "D") { ranking(indicator: "members", schoolYear: "2024-2025", level: SCHOOL) { nodes { unit { code } rank unranked } } } }`,
  );
  expect(Object.fromEntries(unit.ranking.nodes.map(({ unit: { code }, rank, unranked }: any) => [code, rank ?? unranked]))).toEqual({
    ...{ S5: 1, T: 2, S1: "IN_UNION_REPORT", S2: "IN_UNION_REPORT" },
  });
});

test("a school reads the union's report that counts it, and is refused one of its own in words that name it", async () => {
  const query = `{ unit(code: "S1") { explain(indicator: "membershipReportSubmission", schoolYear: "2024-2025") { records { nodes { kind ... on MembershipReport { peopleCounted schools { nodes { code } } } } } } } }`;
  expect((await school.data(query)).unit.explain.records.nodes).toEqual([
    { kind: "membershipReport", peopleCounted: "ALL_ITS_SCHOOLS", schools: { nodes: [{ code: "S1" }] } },
  ]);
  const people = "workersOpening: 40, membersOpening: 30, workersClosing: 40, membersClosing: 30";
  const { reportMembership } = await school.data(
    `mutation { reportMembership(input: { unit: "S1", schoolYear: "2024-2025", ${people} }) { outcome userErrors { code field message { en } } } }`,
  );
  expect(reportMembership).toEqual({
    outcome: "REJECTED",
    userErrors: [
      { code: "RULE", field: "unit", message: { en: expect.stringContaining("counted in the MembershipReport of U for 2024-2025") } },
    ],
  });
});

const GROWTH = `membersBefore membersNow change rate { numerator denominator } likeForLike { numerator denominator units }
  parts { key members unitCount reasons { fate members } units { nodes { unit { code } fate } } }`;
async function growth(code: string, args = "") {
  const { unit } = await province.data(`{ unit(code: "${code}") { growth(schoolYear: "2024-2025"${args}) { ${GROWTH} } } }`);
  const parts = unit.growth.parts.filter(({ members, unitCount }: any) => members !== 0 || unitCount > 0);
  return { ...unit.growth, parts: Object.fromEntries(parts.map(({ key, members }: any) => [key, members])), of: unit.growth.parts };
}

test("a union that came to count its schools, and they, are one in the growth: known, and not like for like", async () => {
  const found = await growth("U");
  expect(found).toMatchObject({
    ...{ membersBefore: 50, membersNow: 57, change: 7, rate: { numerator: 7, denominator: 50 } },
    ...{ likeForLike: { numerator: 0, denominator: 0, units: 0 }, parts: { COUNTED_OTHERWISE: 7 } },
  });
  const part = found.of.find(({ key }: any) => key === "COUNTED_OTHERWISE");
  expect(part.units.nodes.map(({ unit: { code }, fate }: any) => [code, fate])).toEqual([
    ["U", "COUNTED_OTHERWISE"],
    ["S1", "COUNTED_OTHERWISE"],
    ["S2", "COUNTED_OTHERWISE"],
  ]);
  // S5 came from W, which had counted it; T grew by 4.
  expect(await growth("P")).toMatchObject({ parts: { ORGANIC: 4, COUNTED_OTHERWISE: 10, OPENING_DIFFERS: 6, NOT_REPORTED: 15 } });
});

test("one that counts the same schools in both years grows as a unit does", async () => {
  expect(await growth("V")).toMatchObject({ membersBefore: 60, membersNow: 66, likeForLike: { numerator: 6, denominator: 60, units: 1 } });
  expect((await growth("S3")).rate).toEqual({ numerator: 0, denominator: 0 });
});

test("under a filter, of a school alone, and where one of them had not reported, nothing is known of the growth", async () => {
  expect(await growth("U", ", where: {ownership: PUBLIC}")).toMatchObject({ rate: { denominator: 0 }, parts: { NOT_REPORTED: -30 } });
  expect(await growth("S1")).toMatchObject({ membersNow: null, change: null, rate: { denominator: 0 }, parts: { NOT_REPORTED: -30 } });
  const { parts, of } = await growth("F");
  expect(parts).toEqual({ NOT_REPORTED: 15 });
  const { reasons } = of.find(({ key }: any) => key === "NOT_REPORTED");
  expect(reasons.map(({ fate }: any) => fate)).toEqual(["NO_REPORT_BEFORE", "KIN_NOT_REPORTED"]);
});

test("a union that follows one with such a report, and includes it: every member stands in one of them, and the parts of the growth add up", async () => {
  const { desk } = running;
  const includes = {
    includesPredecessors: true,
    membersOpening: 40,
    admitted: 12,
    membersClosing: 52,
    workersOpening: 90,
    workersClosing: 90,
  };
  const done = [
    ...(await desk.register(
      ...[draft.province("Q"), draft.district("QD", "Q"), draft.union("OLD", "QD"), draft.union("NEW", "QD")],
      ...[draft.school("A", "OLD"), draft.school("B", "OLD")],
    )),
    ...(await desk.submit(all("OLD", 40, before), all("OLD", 45))),
    await desk.move("A", "NEW", "2025-03-01"),
    await desk.move("B", "NEW", "2025-03-01"),
    await desk.close("OLD", "2025-03-01", null, { reason: "MERGED", successors: ["NEW"] }),
    await desk.send(all("NEW", 52, "2024-2025", includes)),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  const analyst = await running.as("ANALYST", "Q");
  for (const code of ["QD", "Q", "NEW"]) {
    const { unit } = await analyst.data(
      `{ unit(code: "${code}") { rollup(schoolYear: "2024-2025") { members { ${FIGURE} } } growth(schoolYear: "2024-2025") { ${GROWTH} } } }`,
    );
    expect(unit.rollup.members).toEqual({ value: 52, coverage: { expected: 3, reported: 3, missing: 0, unsaid: 0 } });
    const { membersBefore, membersNow, parts } = unit.growth;
    expect(parts.reduce((sum: number, part: any) => sum + part.members, 0)).toBe(membersNow - membersBefore);
  }
});
