import { randomUUID } from "node:crypto";
import { draft, report, schoolYear } from "../desk.js";
import { type Client, fingerprintRead, type Running, serve } from "./server.js";

let running: Running;
let steward: Client;
let analyst: Client;
let district: Client;
let stranger: Client;

/** Two provinces; in P two districts with two schools each, all of which have reported but B2. Today is 20 June 2025. */
beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const done = [
    ...(await desk.register(
      draft.confederation("VN"),
      draft.province("P", "VN"),
      draft.province("Q", "VN"),
      ...["A", "B"].flatMap((code) => [
        draft.district(code, "P"),
        draft.union(`${code}-CD`, code),
        draft.school(`${code}1`, `${code}-CD`),
        draft.school(`${code}2`, `${code}-CD`, { schoolLevel: "PRESCHOOL", ownership: "PRIVATE" }),
      ]),
      draft.district("Z", "Q"),
    )),
    await desk.openYear(schoolYear(2023)),
    await desk.openYear(schoolYear(2024)),
    await desk.openYear({ ...schoolYear(2025), startsOn: "2025-06-01" }),
    ...(await desk.submit(
      ...["A1", "A2", "B1"].flatMap((code) => [report.conference(code), report.membership(code, 20)]),
      report.directive("P", [{ indicator: "staffConferenceCompletion", schoolYear: "2024-2025", target: 0.9, deadline: "2024-10-31" }]),
      report.directive("B", [{ indicator: "members", schoolYear: "2024-2025", target: 5 }]),
    )),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  [steward, analyst] = [await running.as("STEWARD", "P"), await running.as("ANALYST", "VN")];
  [district, stranger] = [await running.as("RECORDER", "A"), await running.as("ANALYST", "Q")];
});
afterAll(() => running.close());

const PUBLISH = `mutation ($input: PublishVintageInput!) { publishVintage(input: $input) { outcome userErrors { code field message { en } } vintage {
  id title remark schoolYear publishedAt publishedBy { name tokenId unit } digest changed changesCount unit { code } publisher { name } } } }`;
const publish = async (input: object, client = steward) => {
  const fingerprint = await fingerprintRead(steward, "P", "2024-2025", "branch");
  const sent = { unit: "P", schoolYear: "2024-2025", title: "Báo cáo năm học", fingerprint, idempotencyKey: randomUUID(), ...input };
  return (await client.data(PUBLISH, { input: sent })).publishVintage;
};
const refusals = async (input: object, client = steward): Promise<string[]> => {
  const before = await running.dump();
  const { outcome, userErrors, vintage } = await publish(input, client);
  expect([outcome, vintage, await running.dump()]).toEqual(["REJECTED", null, before]);
  return userErrors.map(({ code, field }: any) => `${code} ${field}`);
};

/** Published as it is done: the year is closed, published, and opened again when something is to be corrected. */
const published = async (input: object, client = steward) => {
  expect((await running.desk.closePeriod("P", { schoolYear: "2024-2025" })).outcome).toBe("STORED");
  const answer = await publish(input, client);
  expect((await running.desk.reopenPeriod("P", { schoolYear: "2024-2025", reason: "a correction" })).outcome).toBe("STORED");
  return answer;
};

describe("publishing is refused", () => {
  test("while the period is not closed", async () => {
    expect(await refusals({})).toEqual(["PERIOD_OPEN schoolYear"]);
    expect((await publish({})).userErrors[0].message.en).toBe(
      "The reports of 2024-2025 are not closed yet; close the period (closePeriod), then publish it.",
    );
  });
  test("with all that is wrong at once", async () =>
    expect(await refusals({ unit: "A", schoolYear: "2030-2031", title: "  ", remark: "x".repeat(501) })).toEqual([
      "SCHOOL_YEAR_NOT_FOUND schoolYear",
      "REQUIRED title",
      "OUT_OF_RANGE remark",
      "WRONG_LEVEL unit",
    ]));
  test("before the school year has ended", async () => {
    expect(await refusals({ schoolYear: "2025-2026" })).toEqual(["PERIOD_OPEN schoolYear"]);
    const { userErrors } = await publish({ schoolYear: "2025-2026" });
    expect(userErrors[0].message.en).toBe("2025-2026 runs until 2026-05-31 (today is 2025-06-20); it is published when it has ended.");
  });
  test("to who only reads or records, and outside the branch", async () => {
    expect(await refusals({}, await running.as("RECORDER", "P"))).toEqual(["FORBIDDEN null"]);
    expect(await refusals({}, await running.as("STEWARD", "A"))).toEqual(["UNIT_NOT_FOUND unit"]);
    expect(await refusals({ unit: "Q" })).toEqual(["UNIT_NOT_FOUND unit"]);
  });
  test("of a province that was not open on the reference date", async () => {
    const { desk } = running;
    await desk.register(draft.province("NEW", "VN", { openedOn: "2025-06-10" }));
    await desk.closePeriod("NEW", { schoolYear: "2024-2025" });
    const its = await running.as("STEWARD", "NEW");
    const fingerprint = await fingerprintRead(its, "NEW", "2024-2025", "branch");
    expect(await refusals({ unit: "NEW", fingerprint }, its)).toEqual(["UNIT_CLOSED unit"]);
  });
});

const CHANGES = `changed changesCount changes(first: 200, after: $after) { totalCount pageInfo { endCursor } nodes { unit { code } schoolLevel ownership indicator { key } published { value numerator denominator }
  live { numerator denominator } difference causes(first: 10) { totalCount nodes { unit { code } numerator denominator corrections(first: 3) { nodes { code publishedVersion record { id kind } versions(first: 3) { nodes { version state reason recordedBy { name } } } } } } } } }`;
/** All changes, page by page. */
async function changesOf(client: Client, id = "P-2024-2025-1") {
  const page = async (after: string | null) =>
    (await client.data(`query ($id: ID!, $after: String) { vintage(id: $id) { ${CHANGES} } }`, { id, after })).vintage;
  const whole = await page(null);
  const { nodes, totalCount, pageInfo } = whole.changes;
  for (let after = pageInfo.endCursor; nodes.length < totalCount;) {
    const { changes } = await page(after);
    nodes.push(...changes.nodes);
    after = changes.pageInfo.endCursor;
  }
  return whole;
}
const FIGURES = `rollup(unit: $unit, where: $where) { publishedName unit { code } indicators(keys: ["staffConferenceCompletion", "members"]) { value numerator denominator target deadline attained coverage { missing } } }`;
const frozen = async (unit: string, where: object | null = null, client = analyst) =>
  (await client.data(`query ($unit: ID!, $where: RollupFilter) { vintage(id: "P-2024-2025-1") { ${FIGURES} } }`, { unit, where })).vintage
    .rollup;

describe("a vintage", () => {
  beforeAll(async () => {
    const { outcome, vintage } = await published({ title: " Báo cáo  năm học ", remark: "Kèm công văn 12" });
    expect(outcome).toBe("STORED");
    expect(vintage).toMatchObject({
      ...{ id: "P-2024-2025-1", title: "Báo cáo năm học", remark: "Kèm công văn 12", schoolYear: "2024-2025" },
      ...{
        publishedBy: { name: "STEWARD of P", tokenId: await steward.tokenId(), unit: "Đơn vị P" },
        publishedAt: "2025-06-20T05:00:00.000Z",
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      ...{ unit: { code: "P" }, publisher: { name: "Đơn vị P" }, changed: false, changesCount: 0 },
    });
  });

  test("is not made twice of the same figures, and counted on when they or its words are others", async () => {
    const again = await published({ remark: "Kèm công văn 12" });
    expect(again).toMatchObject({ outcome: "UNCHANGED", vintage: { id: "P-2024-2025-1" } });
    expect((await published({ remark: "Bản chính thức" })).vintage.id).toBe("P-2024-2025-2");
    const { unit } = await analyst.data(
      '{ unit(code: "P") { vintages(schoolYear: "2024-2025") { nodes { id } } all: vintages { nodes { id } } other: vintages(schoolYear: "2023-2024") { nodes { id } } } }',
    );
    const ids = ["P-2024-2025-1", "P-2024-2025-2"].map((id) => ({ id }));
    expect(unit).toEqual({ vintages: { nodes: ids }, all: { nodes: ids }, other: { nodes: [] } });
  });

  test("answers figures like a rollup, by the targets and deadlines of then", async () => {
    for (const code of ["P", "A", "B", "B-CD", "B1", "B2"])
      for (const where of [null, { ownership: "PUBLIC" }, { schoolLevel: "PRESCHOOL", ownership: "NON_PUBLIC" }]) {
        const { publishedName, ...rollup } = await frozen(code, where);
        const QUERY = `query ($where: RollupFilter) { unit(code: "${code}") { code rollup(schoolYear: "2024-2025", where: $where) { indicators(keys: ["staffConferenceCompletion", "members"]) {
          value numerator denominator target deadline attained coverage { missing } } } } }`;
        const { unit } = await analyst.data(QUERY, { where });
        expect({ code, where, rollup }).toEqual({ code, where, rollup: { unit: { code }, indicators: unit.rollup.indicators } });
        expect(publishedName).toBe(`Đơn vị ${code}`);
      }
    expect(await frozen("Z")).toBeNull();
    expect((await frozen("B")).indicators[0]).toMatchObject({
      numerator: 1,
      denominator: 1,
      target: 0.9,
      deadline: "2024-10-31",
      attained: true,
    });
  });

  test("holds the definitions, and of the settings those that the caller is bound by or may see", async () => {
    const DEFINITIONS =
      '{ vintage(id: "P-2024-2025-1") { definitions { indicators { key definition { vi } } settings { nodes { issuer { name } indicator target deadline } } } } }';
    const { definitions } = (await steward.data(DEFINITIONS)).vintage;
    const { indicators } = await steward.data("{ indicators { key definition { vi } } }");
    expect(definitions.indicators).toEqual(indicators);
    expect(definitions.settings.nodes.map(({ issuer, indicator }: any) => [issuer.name, indicator]).sort()).toEqual([
      ["Đơn vị B", "members"],
      ["Đơn vị P", "staffConferenceCompletion"],
    ]);
    expect((await district.data(DEFINITIONS)).vintage.definitions.settings.nodes).toMatchObject([{ issuer: { name: "Đơn vị P" } }]);
  });

  test("is read by whose figures it holds, and is nothing for others", async () => {
    const HEAD = '{ vintage(id: "P-2024-2025-1") { id unit { code } publisher { name } } }';
    expect((await district.data(HEAD)).vintage).toEqual({ id: "P-2024-2025-1", unit: null, publisher: { name: "Đơn vị P" } });
    expect([(await stranger.data(HEAD)).vintage, (await stranger.data('{ vintage(id: "none") { id } }')).vintage]).toEqual([null, null]);
    expect((await district.data('{ unit(code: "A1") { vintages { nodes { id } } } }')).unit.vintages.nodes.length).toBe(2);
    const rollup = (unit: string) => `{ vintage(id: "P-2024-2025-1") { rollup(unit: "${unit}") { publishedName } } }`;
    expect([await district.codes(rollup("A")), await district.codes(rollup("B")), await district.codes(rollup("P"))]).toEqual([
      [],
      ["UNIT_NOT_FOUND"],
      ["UNIT_NOT_FOUND"],
    ]);
    expect(
      await analyst.codes('{ vintage(id: "P-2024-2025-1") { rollup(unit: "P") { indicators(keys: ["nothing"]) { value } } } }'),
    ).toEqual(["INDICATOR_NOT_FOUND"]);
  });
});

describe("after corrections", () => {
  beforeAll(async () => {
    const { desk } = running;
    const conference = (
      await running.hub.database.read(async (stores) => stores.records.reportedBy([await desk.id("A1")], "conference"))
    )[0]!;
    const done = [
      ...(await desk.submit(report.membership("B1", 23, {}, { expectedVersion: 1, reason: "đính chính" }), report.membership("B2", 7))),
      await desk.withdraw("conference", conference.recordId, "nhập nhầm"),
      ...(await desk.register(draft.school("A3", "A-CD", { openedOn: "2024-10-01" }))),
      await desk.move("A2", "B-CD", "2025-02-01"),
      ...(await desk.submit(report.directive("P", [{ indicator: "members", schoolYear: "2024-2025", target: 90 }], { number: "2" }))),
    ];
    expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  });
  const find = ({ changes }: any, code: string, key: string) =>
    changes.nodes.find(
      ({ unit, indicator, schoolLevel, ownership }: any) => unit.code === code && indicator.key === key && !schoolLevel && !ownership,
    );
  const told = ({ causes }: any) =>
    causes.nodes.map(({ unit, numerator, corrections }: any) => [
      unit.code,
      numerator,
      ...corrections.nodes.map(({ code, versions }: any) => [code, ...versions.nodes.map(({ reason }: any) => reason)].join(" ")),
    ]);

  test("its own figures stay", async () => {
    expect((await frozen("P")).indicators).toMatchObject([{ numerator: 2, denominator: 2 }, { numerator: 60 }]);
    expect((await frozen("A2")).indicators).toMatchObject([{}, { numerator: 20 }]);
  });

  test("it says which figures are others today, by how much and by what; federations first", async () => {
    const vintage = await changesOf(steward);
    expect([vintage.changed, vintage.changesCount, vintage.changes.totalCount]).toEqual([
      true,
      vintage.changes.nodes.length,
      vintage.changes.nodes.length,
    ]);
    const held = find(vintage, "P", "staffConferenceCompletion");
    expect(held).toMatchObject({
      published: { value: 1, numerator: 2, denominator: 2 },
      live: { numerator: 1, denominator: 3 },
      difference: 1 / 3 - 1,
    });
    expect(told(held)).toEqual([
      ["A1", -1, "WITHDRAWN nhập nhầm"],
      ["A3", 0, "ENTERED"],
    ]);
    expect(told(find(vintage, "P", "members"))).toEqual([
      ["B1", 3, "CORRECTED đính chính"],
      ["B2", 7, "RECORDED "],
      ["P", 0, "DIRECTIVE "],
    ]);
    expect(told(find(vintage, "A", "members"))).toEqual([["A2", -20, "MOVED"]]);
    expect(told(find(vintage, "B", "members"))).toEqual([
      ["A2", 20, "MOVED"],
      ["B1", 3, "CORRECTED đính chính"],
      ["B2", 7, "RECORDED "],
    ]);
    expect(find(vintage, "B1", "members").causes.nodes[0].corrections.nodes).toMatchObject([
      { publishedVersion: 1, versions: { nodes: [{ version: 2, state: "STANDING", recordedBy: { name: "ADMINISTRATOR of the test" } }] } },
    ]);
    expect(find(vintage, "A3", "schoolCount")).toMatchObject({ published: null, live: { numerator: 1 }, difference: null });
    const order = vintage.changes.nodes.map(({ unit }: any) => unit.code);
    expect([...new Set(order)].slice(0, 5)).toEqual(["P", "A", "B", "A-CD", "B-CD"]);
    const filtered = vintage.changes.nodes.filter(
      ({ unit, ownership, schoolLevel, indicator }: any) =>
        unit.code === "B" && ownership === "PRIVATE" && !schoolLevel && indicator.key === "members",
    );
    expect(filtered).toMatchObject([{ published: { numerator: 0 }, live: { numerator: 27 } }]);
  });

  test("each caller sees the changes of its branch", async () => {
    const vintage = await changesOf(district);
    expect([...new Set(vintage.changes.nodes.map(({ unit }: any) => unit.code))]).toEqual(["A", "A-CD", "A1", "A3"]);
    expect(find(vintage, "A", "members")).toMatchObject({ live: { numerator: 20 }, causes: { totalCount: 0 } });
  });

  test("changes and causes come in pages that continue each other", async () => {
    const all = (await changesOf(steward)).changes.nodes.map(({ unit, indicator, schoolLevel, ownership }: any) => [
      unit.code,
      indicator.key,
      schoolLevel,
      ownership,
    ]);
    const found: any[] = [];
    for (let after: string | null = null; ;) {
      const QUERY =
        'query ($after: String) { vintage(id: "P-2024-2025-1") { changes(first: 17, after: $after) { pageInfo { hasNextPage endCursor } nodes { unit { code } indicator { key } schoolLevel ownership } } } }';
      const { changes }: any = (await steward.data(QUERY, { after })).vintage;
      found.push(
        ...changes.nodes.map(({ unit, indicator, schoolLevel, ownership }: any) => [unit.code, indicator.key, schoolLevel, ownership]),
      );
      after = changes.pageInfo.endCursor;
      if (!changes.pageInfo.hasNextPage) break;
    }
    expect(found).toEqual(all);
    const causes = (args: string) =>
      `{ vintage(id: "P-2024-2025-1") { changes(first: 1) { nodes { causes(${args}) { pageInfo { endCursor } nodes { unit { code } } } } } } }`;
    const first = (await steward.data(causes("first: 1"))).vintage.changes.nodes[0].causes;
    expect(first.nodes).toEqual([{ unit: { code: "A1" } }]);
    const rest = await steward.data(causes(`after: "${first.pageInfo.endCursor}"`));
    expect(rest.vintage.changes.nodes[0].causes.nodes).toEqual([{ unit: { code: "A3" } }]);
    expect(await steward.codes('{ vintage(id: "P-2024-2025-2") { changes(after: "x") { totalCount } } }')).toEqual(["BAD_USER_INPUT"]);
  });

  test("the next vintage holds them", async () => {
    const { vintage } = await published({ title: "Đính chính" });
    expect(vintage).toMatchObject({ id: "P-2024-2025-3", changed: false });
  });

  test("several vintages are compared with the branch as it is read once", async () => {
    const readings = async (question: string) =>
      (await running.statements(() => steward.data(question))).filter((statement) => / FROM dossier WHERE unit_id IN /.test(statement))
        .length;
    const once = await readings('{ vintage(id: "P-2024-2025-1") { changesCount } }');
    expect(once).toBeGreaterThan(0);
    expect(await readings('{ unit(code: "P") { vintages(first: 5) { nodes { changed changesCount changes { totalCount } } } } }')).toBe(
      once,
    );
  });
});

test("a union that is closed backdated into a published year changes its figures, and is told as the cause", async () => {
  const { desk } = running;
  await desk.register(draft.union("OLD", "B"));
  const { vintage } = await published({ title: "Bản có OLD" });
  expect((await desk.close("OLD", "2025-03-01")).outcome).toBe("STORED");
  const { changes } = await changesOf(steward, vintage.id);
  const ended = changes.nodes.find(({ unit, indicator }: any) => unit.code === "P" && indicator.key === "grassrootsUnionsEnded");
  expect(ended).toMatchObject({ difference: 1, causes: { totalCount: 1, nodes: [{ unit: { code: "OLD" }, numerator: 1 }] } });
});
