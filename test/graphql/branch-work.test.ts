import { getOperationAST, parse } from "graphql";
import { recordKinds } from "../../src/domain/records/catalogue.js";
import { MOST_COST } from "../../src/domain/ground/limits.js";
import { BranchSizes } from "../../src/graphql/cost/branch-sizes.js";
import { worksOf } from "../../src/graphql/cost/branch-work.js";
import { priceOf } from "../../src/graphql/cost/price.js";
import { costOf } from "../../src/graphql/cost/query-cost.js";
import { buildGraphqlSchema } from "../../src/graphql/schema.js";
import { draft, noon, schoolYear, TODAY } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

const schema = buildGraphqlSchema();
const mutations = schema.getMutationType()!.getFields();
const branchesOf = (text: string, variables: Record<string, unknown> = {}) => {
  const document = parse(text);
  return costOf({ schema, document, operation: getOperationAST(document)!, variables }).branches;
};

describe("every mutation has a price for the units of a branch, or works on the units that it names", () => {
  /** Whose work is one unit's, or one's for each row. */
  const OF_ONE_UNIT = new Set([
    ...["registerUnits", "updateUnit", "reopenPeriod"],
    ...["submitReport", "acceptReport", "returnReport", "reopenReport", "submitReports", "acceptReports"],
    ...recordKinds.flatMap(({ mutations: { record, withdraw }, ownMutations, touches }) =>
      ownMutations || touches === "BRANCH" ? [] : [record, withdraw],
    ),
  ]);

  test.each(Object.keys(mutations))("%s", (name) => {
    expect(priceOf(mutations[name]!)?.branches !== undefined).toBe(!OF_ONE_UNIT.has(name));
  });
});

const SETTING = { indicator: "staffConferenceCompletion", schoolYear: "2024-2025" };
const deadline = (label: string, indicator = "staffConferenceCompletion") => ({ indicator, schoolYear: label, deadline: "2024-10-31" });
const BATCH = "mutation ($rows: [RecordRowInput!]!) { submitRecords(input: { rows: $rows }) { stored } }";
const batchOf = (...directives: object[]) => branchesOf(BATCH, { rows: directives.map((directive) => ({ directive })) });

test("directives are priced for each school year of which they say something, dearer where dossiers rest on it, once for all of a unit", () => {
  const pointsOf = (...settings: object[]) => (batchOf({ unit: "P", settings }).get('"P"') as { once: number } | undefined)?.once;
  const [target, one] = [pointsOf({ ...SETTING, target: 0.5 })!, pointsOf(deadline("2024-2025"))!];
  expect([target > 0, one > target, pointsOf()]).toEqual([true, true, 0]);
  expect(pointsOf(deadline("2024-2025"), deadline("2024-2025", "labourConferenceCompletion"))).toBe(one);
  expect(pointsOf(deadline("2024-2025"), deadline("2023-2024"))).toBe(2 * one);
  expect(pointsOf({ ...SETTING, term: "2023-2028" })).toBe(one);
  const all = batchOf({ unit: "P", settings: [deadline("2024-2025")] }, { unit: "P", settings: deadline("2024-2025") }, { unit: "Q" });
  expect([...all]).toEqual([
    ['"P"', { unit: "P", once: one, yearly: 0 }],
    ['"Q"', { unit: "Q", once: 0, yearly: 0 }],
  ]);
  // What GraphQL will refuse has some price.
  expect(batchOf({ unit: null, settings: [null, "x", 1] }).size).toBe(1);
  const noText = { toString: 1, valueOf: 1 };
  const odd = { ...SETTING, deadline: noText, term: noText, requiredRegulations: [noText] };
  expect(batchOf({ unit: noText, settings: [odd] }).size).toBe(1);
  const withdraw = "mutation ($input: WithdrawInput!) { withdrawDirective(input: $input) { outcome } }";
  expect(branchesOf(withdraw, { input: { record: noText, reason: "x" } }).size).toBe(1);
});

test("a directive that corrects another is priced as judging a year at least, as that may be what it takes back", () => {
  const once = (more: object) => (batchOf({ unit: "D", number: "1", settings: [], ...more }).get('"D"') as { once: number }).once;
  const judging = (batchOf({ unit: "D", number: "1", settings: [deadline("2024-2025")] }).get('"D"') as { once: number }).once;
  expect([once({}), once({ expectedVersion: 0 }), once({ expectedVersion: 1 })]).toEqual([0, 0, judging]);
  const taken = (row: object) => [...branchesOf(BATCH, { rows: [{ withdraw: { reason: "x", ...row } }] }).values()];
  expect(taken({ directive: { unit: "D", number: "1" } })).toEqual([{ unit: "D", once: judging, yearly: 0 }]);
  expect(taken({ kind: "directive", record: "R" })).toEqual([{ directive: "R" }]);
  expect(taken({ kind: "conference", record: "R" })).toEqual([]);
});

test("works of one branch add up, in fragments that double each other, too; what is withdrawn twice is withdrawn once", () => {
  const move = (alias: string) => `${alias}: moveUnit(input: { unit: "D", parent: "P", on: "2024-09-01" }) { outcome }`;
  const yearly = (text: string) => (branchesOf(text).get('"D"') as { yearly: number }).yearly;
  expect(yearly(`mutation { ${move("a")} ${move("b")} }`)).toBe(2 * yearly(`mutation { ${move("a")} }`));
  const bomb = Array.from({ length: 40 }, (_, i) => `fragment f${i} on Mutation { ...f${i + 1} ...f${i + 1} }`).join(" ");
  expect(yearly(`mutation { ...f0 } ${bomb} fragment f40 on Mutation { ${move("a")} }`)).toBe(
    2 ** 40 * yearly(`mutation { ${move("a")} }`),
  );
  const withdraw = (alias: string) => `${alias}: withdrawDirective(input: { record: "R", reason: "x" }) { outcome }`;
  expect([...branchesOf(`mutation { ${withdraw("a")} ${withdraw("b")} }`).values()]).toEqual([{ directive: "R" }]);
});

describe("what is reserved", () => {
  let running: Running;
  let [steward, top]: Client[] = [];
  const SCHOOLS = Array.from({ length: 120 }, (_, index) => `S${index}`);
  beforeAll(async () => {
    running = await serve("none", { clock: () => noon(TODAY) });
    const { desk } = running;
    await desk.register(draft.province("P"), draft.district("D", "P"), draft.district("E", "P"), draft.province("Q"));
    await desk.register(...SCHOOLS.map((code) => draft.school(code, "D")));
    await desk.openYear(schoolYear(2024));
    steward = await running.as("STEWARD", "P");
    top = await running.as("ADMINISTRATOR");
  });
  afterAll(() => running.close());

  const requested = async (client: Client, query: string, variables?: object) =>
    (await client.ask(query, variables)).extensions!.cost.requested;
  const DIRECTIVE = "mutation ($input: RecordDirectiveInput!) { recordDirective(input: $input) { outcome record { id } } }";
  const directing = (unit: string) => ({ unit, number: "1", issuedOn: "2024-08-15", settings: [deadline("2024-2025")] });
  const recording = (unit: string, more: object = {}) => ({ input: { ...directing(unit), ...more } });
  const CHANGES: [string, (unit: string) => [string, object?]][] = [
    ["a directive", (unit) => [DIRECTIVE, recording(unit, { dryRun: true })]],
    [
      "a batch",
      (unit) => [BATCH.replace("$rows }", '$rows, dryRun: true, idempotencyKey: "k" }'), { rows: [{ directive: directing(unit) }] }],
    ],
    ...['moveUnit(input: { dryRun: true, parent: "Q",', "closeUnit(input: { dryRun: true,", "reopenUnit(input: { dryRun: true,"].map(
      (head): [string, (unit: string) => [string]] => [
        head.slice(0, 9),
        (unit) => [`mutation { ${head} unit: "${unit}", on: "2025-06-01" }) { outcome } }`],
      ],
    ),
    ["voidUnit", (unit) => [`mutation { voidUnit(input: { dryRun: true, unit: "${unit}" }) { outcome } }`]],
    ["mergeDuplicateUnit", (unit) => [`mutation { mergeDuplicateUnit(input: { dryRun: true, into: "Q", unit: "${unit}" }) { outcome } }`]],
    ["closePeriod", (unit) => [`mutation { closePeriod(input: { dryRun: true, unit: "${unit}", schoolYear: "2024-2025" }) { outcome } }`]],
    [
      "publishVintage",
      (unit) => [
        `mutation { publishVintage(input: { unit: "${unit}", schoolYear: "2024-2025", title: "T", idempotencyKey: "k" }) { outcome } }`,
      ],
    ],
  ];

  test.each(CHANGES)("for %s follows the size of the branch that it names; of units of others nobody learns it", async (_, change) => {
    const [ofLarge, ofSmall, again] = [
      await requested(steward!, ...change("D")),
      await requested(steward!, ...change("E")),
      await requested(steward!, ...change("E")),
    ];
    expect(ofLarge - again).toBeGreaterThan(10);
    expect(ofSmall).toBeGreaterThanOrEqual(again);
    const others = await running.as("STEWARD", "Q");
    await requested(others, ...change("D"));
    expect(await requested(others, ...change("D"))).toBe(await requested(others, ...change("E")));
  });

  test("for what names none follows the caller's own branch", async () => {
    const open =
      'mutation { openSchoolYear(input: { dryRun: true, idempotencyKey: "k", label: "2025-2026", startsOn: "2025-09-05", endsOn: "2026-05-31" }) { outcome } }';
    const below = await running.as("STEWARD", "E");
    expect((await requested(top!, open)) - (await requested(below, open))).toBeGreaterThan(1_000);
  });

  test("for withdrawing a directive is what recording it was", async () => {
    const { data } = await top!.ask(DIRECTIVE, recording("D"));
    const { id } = data.recordDirective.record;
    const withdraw = (record: string) =>
      requested(top!, `mutation { withdrawDirective(input: { dryRun: true, record: "${record}", reason: "x" }) { outcome } }`);
    const none = await withdraw("00000000-0000-7000-8000-000000000000");
    const known =
      (await requested(top!, DIRECTIVE, recording("D", { dryRun: true }))) -
      (await requested(top!, DIRECTIVE, recording("X", { dryRun: true })));
    expect([(await withdraw(id)) - none, known > 1_000]).toEqual([known, true]);
    expect(
      await requested(
        await running.as("STEWARD", "E"),
        `mutation { withdrawDirective(input: { dryRun: true, record: "${id}", reason: "x" }) { outcome } }`,
      ),
    ).toBe(none);
  });

  test("for many branches is that of each, also of one whose size was believed before", async () => {
    const { desk, hub } = running;
    const codes = Array.from({ length: 1_000 }, (_, index) => `E${index}`);
    await desk.register(...codes.map((code) => draft.school(code, "E")));
    const caller = { name: "top", role: "ADMINISTRATOR" as const, unitId: null, tokenId: "top" };
    const asker = { caller, today: TODAY, now: noon(TODAY), database: hub.database };
    const sizes = new BranchSizes();
    const pointsOf = (...units: string[]) =>
      sizes.pointsOf(worksOf(units.map((unit) => ({ unit, once: 1, yearly: 0 }))), asker as Parameters<BranchSizes["pointsOf"]>[1]);
    expect([await pointsOf("D"), await pointsOf("D", ...codes)]).toEqual([121, 1_121]);
  });

  test("a branch however large makes no change too dear: the most is reserved, and what it takes beyond is owed", async () => {
    const many = Array.from({ length: 290 }, (_, k) => `a${k}: moveUnit(input: $input) { outcome }`);
    const input = { dryRun: true, unit: "D", parent: "Q", on: "2024-09-01" };
    const analyst = await running.as("ANALYST", "P");
    const { extensions, errors } = await analyst.ask(`mutation ($input: MoveUnitInput!) { ${many.join(" ")} }`, { input });
    expect([errors, extensions!.cost.requested]).toEqual([undefined, MOST_COST]);
  });
});
