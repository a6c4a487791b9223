import { draft, report, schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let province: Client;
let city: Client;

const before = (code: string, members: number) => report.membership(code, members, {}, { schoolYear: "2023-2024" });
const now = (code: string, opening: number, changes: object) =>
  report.membership(code, opening, { workersClosing: 200, ...changes }, { schoolYear: "2024-2025" });

/**
 * Cao Bằng: in the city STAYED (20, then 18 by its own word, 25 in the end), SILENT (10, then no report) and NEW (opened, 7);
 * MOVED went from the city to the district (30), CLOSED closed (5). STAYED sends 3 members to MOVED, OTHER gains 4 by a merger.
 */
beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const preschool = { schoolLevel: "PRESCHOOL", ownership: "PRIVATE" } as const;
  const done = [
    ...(await desk.register(
      draft.province("CB"),
      draft.district("CB-TP", "CB", { kind: "CITY" }),
      draft.district("CB-HA", "CB"),
      draft.school("STAYED", "CB-TP"),
      draft.school("SILENT", "CB-TP"),
      draft.school("NEW", "CB-TP", { ...preschool, openedOn: "2024-09-01" }),
      draft.school("MOVED", "CB-TP"),
      draft.school("CLOSED", "CB-TP"),
      draft.school("OTHER", "CB-HA"),
    )),
    await desk.openYear(schoolYear(2023)),
    await desk.openYear(schoolYear(2024)),
    ...(await desk.submit(
      ...[before("STAYED", 20), before("SILENT", 10), before("MOVED", 30), before("CLOSED", 5), before("OTHER", 8)],
      now("STAYED", 18, { admitted: 6, rejoined: 1, left: 1, retired: 1, transferredOut: 3, membersClosing: 25 }),
      now("NEW", 0, { admitted: 7, membersClosing: 7 }),
      now("MOVED", 30, { transferredIn: 3, retired: 2, membersClosing: 31 }),
      now("OTHER", 8, { structuralGain: 4, membersClosing: 12 }),
    )),
    await desk.move("MOVED", "CB-HA", "2024-12-01"),
    await desk.close("CLOSED", "2024-12-01"),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  [province, city] = [await running.as("ANALYST", "CB"), await running.as("ANALYST", "CB-TP")];
});
afterAll(() => running.close());

const FIELDS = `comparedWith { label } notComparable { en vi } membersBefore membersNow change rate { value numerator denominator units } likeForLike { value numerator denominator units } organicRate { value numerator denominator units }
  parts { key members unitCount reasons { fate members units } units { totalCount nodes { unit { code } fate members membersBefore membersAtStart membersNow } } }`;
const growth = async (client: Client, code: string, args = "", fields = FIELDS, year = "2024-2025") =>
  (await client.data(`query ($code: String!) { unit(code: $code) { growth(schoolYear: "${year}"${args}) { ${fields} } } }`, { code })).unit
    .growth;
const parts = (found: any) => Object.fromEntries(found.parts.map(({ key, members }: any) => [key, members]));
const units = (found: any, key: string) =>
  found.parts.find((part: any) => part.key === key).units.nodes.map(({ unit, fate, members }: any) => [unit.code, fate, members]);

test("the growth of a city falls into its parts, with the units behind each", async () => {
  const found = await growth(province, "CB-TP");
  expect(found).toMatchObject({
    ...{ comparedWith: { label: "2023-2024" }, notComparable: null, membersBefore: 65, membersNow: 32, change: -33 },
    rate: { numerator: -23, denominator: 55, value: -23 / 55, units: 4 },
    likeForLike: { numerator: 5, denominator: 20, value: 0.25, units: 1 },
    organicRate: { numerator: 5, denominator: 20, value: 0.25, units: 1 },
  });
  expect(parts(found)).toEqual({
    ...{
      ORGANIC: 5,
      ENTERED: 7,
      LEFT: -35,
      TRANSFERS: -3,
      STRUCTURAL: 0,
      OPENING_DIFFERS: -2,
      UNBALANCED: 5,
      NOT_SAID: 0,
      COUNTED_OTHERWISE: 0,
      NOT_REPORTED: -10,
    },
  });
  expect(units(found, "LEFT")).toEqual([
    ["MOVED", "MOVED_AWAY", -30],
    ["CLOSED", "CLOSED", -5],
  ]);
  expect(units(found, "NOT_REPORTED")).toEqual([["SILENT", "NO_REPORT_NOW", -10]]);
  expect(units(found, "ENTERED")).toEqual([["NEW", "OPENED", 7]]);
  expect(found.parts[5].units.nodes).toEqual([
    { unit: { code: "STAYED" }, fate: "STAYED", members: -2, membersBefore: 20, membersAtStart: 18, membersNow: 25 },
  ]);
  expect(found.parts[2].reasons).toEqual([
    { fate: "CLOSED", members: -5, units: 1 },
    { fate: "MOVED_AWAY", members: -30, units: 1 },
  ]);
  expect(found.parts[0].reasons).toEqual([{ fate: "STAYED", members: 5, units: 1 }]);
});

test("above both a transfer and a move between two units cancel", async () => {
  const found = await growth(province, "CB");
  expect(parts(found)).toEqual({
    ...{
      ORGANIC: 3,
      ENTERED: 7,
      LEFT: -5,
      TRANSFERS: 0,
      STRUCTURAL: 4,
      OPENING_DIFFERS: -2,
      UNBALANCED: 5,
      NOT_SAID: 0,
      COUNTED_OTHERWISE: 0,
      NOT_REPORTED: -10,
    },
  });
  expect(units(found, "TRANSFERS")).toEqual([
    ["MOVED", "STAYED", 3],
    ["STAYED", "STAYED", -3],
  ]);
  expect(parts(await growth(province, "CB-HA"))).toMatchObject({ ENTERED: 28, TRANSFERS: 3, LEFT: 0 });
});

test("under today's tree nobody has moved", async () => {
  expect(parts(await growth(province, "CB-TP", ", tree: TODAY"))).toMatchObject({ LEFT: -5, NOT_REPORTED: -10, ENTERED: 7, ORGANIC: 5 });
  expect(parts(await growth(province, "CB-HA", ", tree: TODAY"))).toMatchObject({ LEFT: 0, ENTERED: 0, ORGANIC: -2, TRANSFERS: 3 });
});

test.each(["", ", tree: TODAY", ", where: {ownership: PRIVATE}", ", where: {schoolLevel: PRIMARY}, tree: TODAY"])(
  "the change is the difference of the members of both rollups, and the parts add up to it (%s)",
  async (args) => {
    for (const code of ["CB", "CB-TP", "CB-HA", "STAYED", "CLOSED"]) {
      const rollups = ["2023-2024", "2024-2025"].map(
        (year, index) => `y${index}: rollup(schoolYear: "${year}"${args}) { members { value } }`,
      );
      const { unit } = await province.data(
        `{ unit(code: "${code}") { ${rollups.join(" ")} growth(schoolYear: "2024-2025"${args}) { change parts { members } } } }`,
      );
      const [now, then] = [unit.y1.members.value, unit.y0.members.value];
      expect([code, unit.growth.change, unit.growth.parts.reduce((sum: number, part: any) => sum + part.members, 0)]).toEqual([
        code,
        now === null || then === null ? null : now - then,
        now - then,
      ]);
    }
  },
);

test("the change, the members and the rate of a branch in which nobody has reported are not made out of nothing", async () => {
  const found = await growth(province, "SILENT");
  expect(found).toMatchObject({ membersBefore: 10, membersNow: null, change: null, rate: { value: null, units: 0 } });
  expect(parts(found)).toMatchObject({ LEFT: 0, NOT_REPORTED: -10 });
});

test("9 of 10 schools that have not reported are no loss of 89%", async () => {
  const { desk } = running;
  const codes = Array.from({ length: 10 }, (_, index) => `TEN${index}`);
  const done = [
    ...(await desk.register(draft.district("TEN", "CB"), ...codes.map((code) => draft.school(code, "TEN")))),
    ...(await desk.submit(...codes.map((code) => before(code, 11)), now("TEN0", 11, { admitted: 1, membersClosing: 12 }))),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  const found = await growth(province, "TEN");
  const over = { numerator: 1, denominator: 11, value: 1 / 11, units: 1 };
  expect(found).toMatchObject({ membersBefore: 110, membersNow: 12, change: -98, rate: over, likeForLike: over });
  expect(parts(found)).toMatchObject({ ORGANIC: 1, LEFT: 0, NOT_REPORTED: -99 });
  for (const code of codes) await desk.close(code, "2023-09-10");
  await desk.close("TEN", "2023-09-10");
});

test("a unit and the one that follows it are one: where the successor has not reported, nobody has left", async () => {
  const { desk } = running;
  const codes = ["OLD", "HEIR", "OLD2", "HEIR2"];
  const merged = { reason: "MERGED" } as const;
  const done = [
    ...(await desk.register(draft.district("KIN", "CB"), ...codes.map((code) => draft.school(code, "KIN")))),
    ...(await desk.submit(...codes.map((code) => before(code, 50)))),
    await desk.close("OLD", "2024-09-01", null, { ...merged, successors: ["HEIR"] }),
    await desk.close("OLD2", "2024-09-01", null, { ...merged, successors: ["HEIR2"] }),
    ...(await desk.submit(now("HEIR2", 50, { structuralGain: 50, left: 3, membersClosing: 97, includesPredecessors: false }))),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  const found = await growth(province, "KIN");
  expect(found).toMatchObject({
    ...{ membersBefore: 200, membersNow: 97, rate: { numerator: -3, denominator: 100, units: 2 }, likeForLike: { value: null, units: 0 } },
  });
  expect(parts(found)).toMatchObject({ ORGANIC: -3, LEFT: 0, STRUCTURAL: 0, NOT_REPORTED: -100 });
  expect(units(found, "STRUCTURAL")).toEqual([
    ["HEIR2", "STAYED", 50],
    ["OLD2", "TAKEN_OVER_UNREPORTED", -50],
  ]);
  expect(units(found, "NOT_REPORTED")).toEqual([
    ["HEIR", "NO_REPORT_NOW", -50],
    ["OLD", "KIN_NOT_REPORTED", -50],
  ]);
});

test("the loss of a unit that ended pairs with its successor's gain, whichever of them reports it", async () => {
  const { desk } = running;
  const [told, included, founded] = ["TOLD", "INCLUDED", "FOUNDED"].map((name) => [`${name}1`, `${name}2`]) as [
    string[],
    string[],
    string[],
  ];
  const merge = (old: string, heir: string) => desk.close(old, "2025-03-01", null, { reason: "MERGED", successors: [heir] });
  const gone = { admitted: 10, structuralLoss: 60, membersClosing: 0, workersClosing: 0 };
  const done = [
    ...(await desk.register(
      draft.district("PAIRS", "CB"),
      ...[...told, ...included, founded[0]!].map((code) => draft.school(code, "PAIRS")),
      draft.school(founded[1]!, "PAIRS", { openedOn: "2024-09-01" }),
    )),
    ...(await desk.submit(...[...told, ...included, founded[0]!].map((code) => before(code, 50)))),
    ...[await merge(told[0]!, told[1]!), await merge(included[0]!, included[1]!), await merge(founded[0]!, founded[1]!)],
    ...(await desk.submit(
      now(told[0]!, 50, gone),
      now(told[1]!, 50, { structuralGain: 60, membersClosing: 110, includesPredecessors: false }),
      now(included[0]!, 50, gone),
      now(included[1]!, 100, { admitted: 12, membersClosing: 112, includesPredecessors: true }),
      now(founded[1]!, 50, { admitted: 1, membersClosing: 51, includesPredecessors: true }),
    )),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  const found = await growth(province, "PAIRS");
  expect(found).toMatchObject({ membersBefore: 250, membersNow: 273, change: 23, rate: { numerator: 23, denominator: 250 } });
  const none = { LEFT: 0, TRANSFERS: 0, STRUCTURAL: 0, OPENING_DIFFERS: 0, UNBALANCED: 0, NOT_REPORTED: 0 };
  expect(parts(found)).toMatchObject({ ...none, ORGANIC: 22, ENTERED: 1 });
  expect(units(found, "ORGANIC")).toEqual([
    [included[1], "INCLUDING", 12],
    [told[0], "TAKEN_OVER", 10],
  ]);
  expect(units(found, "ENTERED")).toEqual([[founded[1], "OPENED_INCLUDING", 1]]);
  expect(units(found, "STRUCTURAL")).toEqual([
    [told[0], "TAKEN_OVER", -60],
    [told[1], "STAYED", 60],
    [founded[0], "TAKEN_OVER_UNREPORTED", -50],
    [founded[1], "OPENED_INCLUDING", 50],
    [included[0], "TAKEN_OVER_UNREPORTED", -50],
    [included[1], "INCLUDING", 50],
  ]);
});

test("a filter sees who did not pass it before as one that moved in", async () => {
  const { problems } = await running.desk.update("OTHER", { ownership: "PRIVATE", from: "2024-10-01" });
  expect(problems).toEqual([]);
  const found = await growth(province, "CB-HA", ", where: {ownership: PRIVATE}");
  expect(units(found, "ENTERED")).toEqual([["OTHER", "MOVED_IN", 8]]);
  await running.desk.update("OTHER", { ownership: "PUBLIC", from: "2024-10-01" });
});

test("a unit that has left the caller's branch counts and is not named", async () => {
  const left = (await growth(city, "CB-TP")).parts[2];
  expect([left.members, left.unitCount, left.units.totalCount]).toEqual([-35, 2, 1]);
  expect(left.units.nodes.map(({ unit }: any) => unit.code)).toEqual(["CLOSED"]);
});

test("the units of a part come page by page, the largest change first", async () => {
  const seen: string[] = [];
  for (let after: string | null = null; ;) {
    const page = `units(first: 1, after: ${JSON.stringify(after)}) { totalCount nodes { unit { code } } pageInfo { hasNextPage endCursor } }`;
    const { parts: found }: any = await growth(province, "CB-TP", "", `parts(keys: LEFT) { key ${page} }`);
    expect(found).toMatchObject([{ key: "LEFT", units: { totalCount: 2 } }]);
    seen.push(found[0].units.nodes[0].unit.code);
    after = found[0].units.pageInfo.endCursor;
    if (!found[0].units.pageInfo.hasNextPage) break;
  }
  expect(seen).toEqual(["MOVED", "CLOSED"]);
});

test("without a year before there is nothing to compare with, and the answer says so", async () => {
  const found = await growth(province, "CB", "", FIELDS, "2023-2024");
  expect(found).toMatchObject({
    comparedWith: null,
    membersBefore: null,
    membersNow: null,
    change: null,
    rate: null,
    organicRate: null,
    parts: [],
  });
  expect(found.notComparable.en).toBe("The school year 2022-2023 is not open in the hub, so there is nothing to compare 2023-2024 with.");
  expect(found.notComparable.vi).toContain("2022-2023");
});

test("the growth of all children takes one statement", async () => {
  const alone = await running.statements(() => growth(province, "CB", "", "change"));
  const all = await running.statements(() =>
    province.data(`{ unit(code: "CB") { children { nodes { growth(schoolYear: "2024-2025") { change parts { members } } } } } }`),
  );
  expect(all.length).toBe(alone.length + 1);
});

test("a report that leaves movements open is in no part that is made of movements, and not in the organic rate", async () => {
  const other = await serve("none");
  try {
    const { desk } = other;
    const year = { schoolYear: "2023-2024" };
    const done = [
      ...(await desk.register(draft.province("P"), draft.district("D", "P"), draft.school("S", "D"), draft.school("T", "D"))),
      await desk.openYear(schoolYear(2023)),
      await desk.openYear(schoolYear(2024)),
      ...(await desk.submit(report.membership("S", 100, {}, year), report.membership("T", 100, {}, year))),
      ...(await desk.submit(
        report.membership("S", 100, { admitted: 10, membersClosing: 110, workersClosing: 140 }),
        report.membership("T", 100, { admitted: null, membersClosing: 130, workersClosing: 140 }),
      )),
    ];
    expect(done.flatMap(({ problems }) => problems)).toEqual([]);
    const found = await growth(await other.as("ANALYST", "P"), "D");
    expect(parts(found)).toMatchObject({ ORGANIC: 10, UNBALANCED: 0, NOT_SAID: 30, NOT_REPORTED: 0 });
    expect(found.organicRate).toMatchObject({ numerator: 10, denominator: 100, units: 1 });
    expect(found.likeForLike).toMatchObject({ numerator: 40, denominator: 200, units: 2 });
  } finally {
    await other.close();
  }
});
