import { draft, report, schoolYear } from "../desk.js";
import { isOnServer } from "../database.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let analyst: Client;
let steward: Client;

/**
 * A province: A has held all its conferences, B and C half of theirs, D has no school, E closed in the year, F and its
 * school were opened after the year before, which is G, the sector union. Members were reported in A and F only.
 */
beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const schools = (code: string, count: number) =>
    Array.from({ length: count }, (_, index) =>
      draft.school(`${code}${index + 1}`, `${code}-CD`, index === 2 ? { ownership: "PRIVATE" } : {}),
    );
  const done = [
    ...(await desk.register(
      draft.province("P"),
      draft.province("Q"),
      ...["A", "B", "C"].flatMap((code) => [draft.district(code, "P"), draft.union(`${code}-CD`, code), ...schools(code, 3)]),
      draft.district("D", "P"),
      draft.district("E", "P"),
      draft.district("F", "P", { openedOn: "2024-07-01" }),
      draft.school("F1", "F", { openedOn: "2024-08-01" }),
      draft.district("G", "P", { kind: "SECTOR_UNION" }),
      draft.district("Z", "Q"),
      draft.school("Z1", "Z"),
    )),
    await desk.openYear(schoolYear(2022)),
    await desk.openYear(schoolYear(2023)),
    await desk.openYear(schoolYear(2024)),
    await desk.close("E", "2025-03-01"),
    await desk.move("C3", "G", "2025-01-10"),
    ...(await desk.submit(
      ...["A1", "A2", "B1", "C1", "F1"].map((code) => report.conference(code)),
      ...["A1", "B1", "B2"].map((code) => report.conference(code, { heldOn: "2023-09-25" }, { schoolYear: "2023-2024" })),
      ...["A1", "F1"].map((code) => report.membership(code, 20)),
      report.directive("P", [{ indicator: "staffConferenceCompletion", schoolYear: "2024-2025", target: 0.8 }]),
      report.directive("B", [{ indicator: "staffConferenceCompletion", schoolYear: "2024-2025", target: 0.4 }]),
      report.cluster("P", ["A", "B", "C"], { from: "2024-2025" }),
      report.cluster("A", ["A1", "A2"], { name: "Cụm trường" }),
    )),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  [analyst, steward] = [await running.as("ANALYST", "P"), await running.as("STEWARD", "B")];
});
afterAll(() => running.close());

test("a ranked figure tells its target in every way in which a rollup does", async () => {
  for (const field of ["target", "attained", "attainment", "deadline"]) {
    const { unit } = await analyst.data(
      `{ unit(code: "P") { ranking(indicator: "staffConferenceCompletion", level: DISTRICT, schoolYear: "2024-2025", first: 1) { nodes { unit { rollup(schoolYear: "2024-2025") { staffConferenceCompletion { ${field} } } } figure { ${field} } } } } }`,
    );
    const [{ figure, unit: ranked }] = unit.ranking.nodes;
    expect(figure).toEqual(ranked.rollup.staffConferenceCompletion);
  }
});

const ENTRY =
  "rank tied unit { code } figure { value numerator denominator target attained } change changeMissing distance unranked because { vi }";
const ranked = async (args: string, fields = ENTRY, client = analyst) =>
  (
    await client.data(
      `{ unit(code: "P") { ranking(${args}) { totalCount ranked tied missing pageInfo { hasNextPage endCursor } nodes { ${fields} } } } }`,
    )
  ).unit.ranking;
const CONFERENCES = 'indicator: "staffConferenceCompletion", level: DISTRICT, schoolYear: "2024-2025"';

describe("a ranking", () => {
  test("says rank, change and distance of each unit, ties and what is missing", async () => {
    const { nodes, ...totals } = await ranked(CONFERENCES);
    expect(totals).toMatchObject({ totalCount: 7, ranked: 4, tied: 4, missing: 3 });
    expect(
      nodes.map(({ unit, rank, tied, change, changeMissing, distance, unranked }: any) => [
        unit.code,
        rank,
        tied,
        change,
        changeMissing,
        distance,
        unranked,
      ]),
    ).toEqual([
      ["A", 1, true, 0.5, null, 1 - 0.8, null],
      ["F", 1, true, null, "NO_VALUE_BEFORE", 1 - 0.8, null],
      ["B", 3, true, -0.5, null, 0.5 - 0.4, null],
      ["C", 3, true, 0.5, null, 0.5 - 0.8, null],
      ["D", null, false, null, "NO_VALUE", null, "NOT_ELIGIBLE"],
      ["E", null, false, null, "NO_VALUE", null, "NOT_COUNTED"],
      ["G", null, false, null, "NO_VALUE", null, "NOT_ELIGIBLE"],
    ]);
    expect(nodes[2].figure).toEqual({ value: 0.5, numerator: 1, denominator: 2, target: 0.4, attained: true });
    expect(nodes[4].because.vi).toBe("không thuộc diện thực hiện");
  });

  test("tells a missing report from a 0, and has no change on a year that was not opened", async () => {
    const of = async (year: string) =>
      (await ranked(`indicator: "members", level: DISTRICT, schoolYear: "${year}"`)).nodes.map((row: any) => [
        row.unit.code,
        row.rank,
        row.changeMissing,
        row.unranked,
      ]);
    expect(await of("2024-2025")).toEqual([
      ["A", 1, "NO_VALUE_BEFORE", null],
      ["F", 1, "NO_VALUE_BEFORE", null],
      ...["B", "C"].map((code) => [code, null, "NO_VALUE", "NO_REPORT"]),
      ...["D"].map((code) => [code, null, "NO_VALUE", "NOT_ELIGIBLE"]),
      ["E", null, "NO_VALUE", "NOT_COUNTED"],
      ["G", null, "NO_VALUE", "NO_REPORT"],
    ]);
    expect((await ranked(`indicator: "schoolCount", level: DISTRICT, schoolYear: "2022-2023"`)).nodes[0]).toMatchObject({
      rank: 1,
      tied: true,
      changeMissing: "NO_YEAR_BEFORE",
    });
  });

  test("is of a level, a kind, some schools and a tree", async () => {
    const codes = async (args: string) =>
      (await ranked(`indicator: "schoolCount", schoolYear: "2024-2025", ${args}`)).nodes.map(
        ({ unit, figure }: any) => `${unit.code} ${figure.value}`,
      );
    expect(await codes("level: DISTRICT, kind: SECTOR_UNION")).toEqual(["G 1"]);
    expect(await codes("level: SCHOOL, where: {ownership: PRIVATE}")).toEqual(["A3 1", "B3 1", "C3 1"]);
    expect(await codes("level: DISTRICT, tree: TODAY")).toEqual(["A 3", "B 3", "C 2", "F 1", "G 1", "D 0"]);
    expect(await codes("level: DISTRICT, where: {ownership: PRIVATE}, first: 3")).toEqual(["A 1", "B 1", "G 1"]);
    expect(await codes("level: GRASSROOTS")).toEqual(["A-CD 3", "B-CD 3", "C-CD 2"]);
  });

  test("comes in pages that continue each other", async () => {
    const whole = (await ranked(CONFERENCES)).nodes;
    const found: any[] = [];
    for (let after = "null"; ;) {
      const { nodes, pageInfo } = await ranked(`${CONFERENCES}, first: 2, after: ${after}`);
      found.push(...nodes);
      after = JSON.stringify(pageInfo.endCursor);
      if (!pageInfo.hasNextPage) break;
    }
    expect(found).toEqual(whole);
    const { pageInfo } = await ranked(`${CONFERENCES}, first: 2`);
    const other = CONFERENCES.replace("2024-2025", "2023-2024");
    expect(await analyst.codes(`{ unit(code: "P") { ranking(${other}, after: "${pageInfo.endCursor}") { totalCount } } }`)).toEqual([
      "BAD_USER_INPUT",
    ]);
  });

  test.each<[string, string, string]>([
    ["of a level that is not below", CONFERENCES.replace("DISTRICT", "PROVINCE"), "BAD_USER_INPUT"],
    ["by an indicator that is none", CONFERENCES.replace("staff", "stuff"), "INDICATOR_NOT_FOUND"],
    ["of a year that is none", CONFERENCES.replace("2024-2025", "2030-2031"), "SCHOOL_YEAR_NOT_FOUND"],
    ["with a page of nobody", `${CONFERENCES}, first: 0`, "BAD_USER_INPUT"],
  ])("%s is refused", async (_, args, code) =>
    expect(await analyst.codes(`{ unit(code: "P") { ranking(${args}) { totalCount } } }`)).toEqual([code]),
  );

  test("takes the same statements however many units there are", async () => {
    const fields = "rank unit { code } figure { value coverage { rate } target attained } change distance unranked";
    const heard: number[] = [];
    const administrator = await running.as("ADMINISTRATOR");
    const lists = [
      ["Q", "DISTRICT"],
      ["P", "DISTRICT"],
      ["P", "SCHOOL"],
    ];
    const ask = ([code, level]: string[]) => {
      const ranking = `ranking(indicator: "staffConferenceCompletion", level: ${level}, schoolYear: "2024-2025") { nodes { ${fields} } }`;
      return administrator.data(`{ unit(code: "${code}") { ${ranking} } }`);
    };
    // The first counts the caller's branch, for its price.
    await ask(lists[0]!);
    for (const list of lists) heard.push((await running.statements(() => ask(list))).length);
    // The token, the unit, the years, who is compared, the ledger or the schools, the units, what is not due, the lines, the directives, what is known late.
    if (!isOnServer) expect(heard).toEqual([10, 10, 10]);
    expect(Math.max(...heard)).toBeLessThanOrEqual(11);
  });
});

describe("breaks", () => {
  const BREAKS = "breaks { code unitCount days words { en } units { totalCount nodes { reason unit { code } } } }";
  const breaksOf = async (code: string, args = "", client = analyst) =>
    (await client.data(`{ unit(code: "${code}") { trend(from: "2022-2023", to: "2024-2025"${args}) { ${BREAKS} } } }`)).unit.trend.map(
      ({ breaks }: any) =>
        breaks.map(({ code: of, units }: any) => [of, ...units.nodes.map(({ reason, unit }: any) => `${unit.code} ${reason}`)]),
    );

  test("say which units came and went, and why", async () => {
    expect(await breaksOf("P")).toEqual([
      [["FIRST_YEAR"]],
      [],
      [["UNITS_ENTERED", "F OPENED", "F1 OPENED"], ["UNITS_LEFT", "E CLOSED"], ["OTHER_COVERAGE"]],
    ]);
    expect(await breaksOf("C")).toEqual([[["FIRST_YEAR"]], [], [["UNITS_LEFT", "C3 WENT"]]]);
    expect(await breaksOf("G")).toEqual([[["FIRST_YEAR"]], [], [["UNITS_ENTERED", "C3 CAME"]]]);
    expect(await breaksOf("C3")).toEqual([[["FIRST_YEAR"]], [], [["OTHER_PARENT"]]]);
  });

  test("under today's tree only openings and closings are left", async () => {
    expect(await breaksOf("G", ", tree: TODAY")).toEqual([[["FIRST_YEAR"]], [], []]);
    expect(await breaksOf("P", ", tree: TODAY")).toEqual([
      [["FIRST_YEAR"]],
      [],
      [["UNITS_ENTERED", "F OPENED", "F1 OPENED"], ["UNITS_LEFT", "E CLOSED"], ["OTHER_COVERAGE"]],
    ]);
  });

  test("of a filter are of the schools that pass it", async () => {
    expect(await breaksOf("P", ", where: {ownership: PRIVATE}")).toEqual([[["FIRST_YEAR"]], [], []]);
    expect((await breaksOf("C", ", where: {ownership: PRIVATE}"))[2]).toEqual([["UNITS_LEFT", "C3 WENT"]]);
  });

  test("count units outside the caller's branch and do not name them", async () => {
    const client = await running.as("ANALYST", "C");
    const { unit } = await client.data(`{ unit(code: "C") { rollup(schoolYear: "2024-2025") { ${BREAKS} } } }`);
    expect(unit.rollup.breaks).toMatchObject([{ code: "UNITS_LEFT", unitCount: 1, units: { totalCount: 0, nodes: [] } }]);
  });
});

describe("an emulation cluster", () => {
  const CLUSTER =
    'id name members { nodes { code } } reporter { name } ranking(indicator: "staffConferenceCompletion", schoolYear: "2024-2025") { totalCount nodes { rank unit { code } change distance } }';
  const clusters = async (client: Client, code: string, year = "2024-2025") =>
    (await client.data(`{ unit(code: "${code}") { emulationClusters(schoolYear: "${year}") { nodes { ${CLUSTER} } } } }`)).unit
      .emulationClusters.nodes;

  test("is found at its federation and at its members, and ranks them", async () => {
    const [cluster] = await clusters(analyst, "P");
    expect(cluster).toMatchObject({ name: "Cụm thi đua số 1", members: { nodes: [{ code: "A" }, { code: "B" }, { code: "C" }] } });
    expect(cluster.ranking.nodes.map(({ rank, unit }: any) => [rank, unit.code])).toEqual([
      [1, "A"],
      [2, "B"],
      [2, "C"],
    ]);
    expect(await clusters(analyst, "B")).toEqual([cluster]);
    expect((await clusters(analyst, "A")).map(({ name }: any) => name)).toEqual(["Cụm thi đua số 1", "Cụm trường"]);
    expect(await clusters(analyst, "D")).toEqual([]);
  });

  test("holds for its school years", async () => {
    expect((await clusters(analyst, "P", "2023-2024")).length).toBe(0);
    expect((await clusters(analyst, "A", "2023-2024")).map(({ name }: any) => name)).toEqual(["Cụm trường"]);
  });

  test("tells a member of itself only, not even how many others there are", async () => {
    const [cluster] = await clusters(steward, "B");
    expect(cluster).toMatchObject({ name: "Cụm thi đua số 1", members: { nodes: [{ code: "B" }] }, reporter: { name: "Đơn vị P" } });
    expect(cluster.ranking).toMatchObject({ totalCount: 1, nodes: [{ rank: 1, unit: { code: "B" } }] });
  });

  test("is recorded by a steward, of units below; it is corrected, withdrawn and changes no figure", async () => {
    const before = await running.dump();
    const RECORD = `mutation ($input: RecordEmulationClusterInput!) { recordEmulationCluster(input: $input) { outcome record { id version } userErrors { code field } } }`;
    const record = async (input: object, client = steward) =>
      (await client.data(RECORD, { input: { unit: "B", name: "Cụm 2", ...input } })).recordEmulationCluster;
    expect(await record({ members: ["B1", "A1"] })).toMatchObject({
      outcome: "REJECTED",
      userErrors: [{ code: "UNIT_NOT_FOUND", field: "members.1" }],
    });
    expect(await record({ members: ["B1", "B2"] }, await running.as("RECORDER", "B"))).toMatchObject({
      userErrors: [{ code: "FORBIDDEN" }],
    });
    expect(await record({ unit: "P", members: ["B1", "B2"] })).toMatchObject({ userErrors: [{ code: "UNIT_NOT_FOUND", field: "unit" }] });
    const stored = await record({ members: ["B2", "B1"] });
    expect(stored.outcome).toBe("STORED");
    expect((await record({ members: ["B1", "B2"] })).outcome).toBe("UNCHANGED");
    expect(await record({ members: ["B1", "B3"], expectedVersion: 1 })).toMatchObject({ outcome: "STORED", record: { version: 2 } });
    expect((await clusters(steward, "B3"))[0].members.nodes.map(({ code }: any) => code)).toEqual(["B1", "B3"]);
    expect(await clusters(steward, "B2")).toEqual([]);
    const WITHDRAW = `mutation ($id: ID!) { withdrawEmulationCluster(input: {record: $id, reason: "thử"}) { outcome } }`;
    expect(await steward.data(WITHDRAW, { id: stored.record.id })).toEqual({ withdrawEmulationCluster: { outcome: "STORED" } });
    expect(await clusters(steward, "B3")).toEqual([]);
    const after = await running.dump();
    for (const table of ["dossier", "ledger"]) expect(after[table]).toEqual(before[table]);
  });
});
