import { draft, report, schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let client: Client;

const activity = (code: string, gifts: number, changes: object = {}) => ({
  ...report.conference(code),
  kind: "activityReport",
  content: {
    ...(code.startsWith("S") ? { policyApplied: true } : {}),
    welfare: [{ paidBy: "UNION", gifts, recipients: 2 * gifts, amount: 1_000 * gifts }],
    ...{ initiativesRegistered: 5, communicationSessions: 1, communicationTurns: 30, ...changes },
  },
});

/** D1: two schools of 50 gifts, of which S1 reported 50 members. D2: S3 with 100 members and no activity report. D1 and P gave 20 and 10 themselves. */
beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const done = [
    ...(await desk.register(
      ...[draft.province("P"), draft.district("D1", "P"), draft.district("D2", "P")],
      ...[draft.school("S1", "D1"), draft.school("S2", "D1"), draft.school("S3", "D2")],
    )),
    await desk.openYear(schoolYear(2024)),
    ...(await desk.submit(activity("S1", 50), activity("S2", 50), activity("D1", 20), activity("P", 10))),
    ...(await desk.submit(report.membership("S1", 50), report.membership("S3", 100))),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  client = await running.as("ANALYST", "P");
});
afterAll(() => running.close());

const FIELDS = "value numerator perHundred { value numerator base leftOut { numerator base } apart { value numerator base } }";
const rollup = async (code: string, key: string) =>
  (await client.data(`{ unit(code: "${code}") { rollup(schoolYear: "2024-2025") { ${key} { ${FIELDS} } } } }`)).unit.rollup[key];

test("two schools of 50 gifts, one of which reported 50 members, give 100 for every 100 members, not 200; what is left out is told", async () => {
  expect(await rollup("D1", "welfareGifts")).toEqual({
    ...{ value: 120, numerator: 120 },
    perHundred: {
      ...{ value: 100, numerator: 50, base: 50 },
      leftOut: { numerator: 50, base: 0 },
      apart: { value: 40, numerator: 20, base: 50 },
    },
  });
});

test("what federations gave themselves is set against all members of their branch, apart", async () => {
  expect(await rollup("P", "welfareGifts")).toEqual({
    ...{ value: 130, numerator: 130 },
    perHundred: {
      ...{ value: 100, numerator: 50, base: 50 },
      leftOut: { numerator: 50, base: 100 },
      apart: { value: 20, numerator: 30, base: 150 },
    },
  });
  expect((await rollup("S2", "welfareGifts")).perHundred).toEqual({
    ...{ value: null, numerator: 0, base: 0, leftOut: { numerator: 50, base: 0 }, apart: null },
  });
});

test.each([
  ["welfareRecipients", 100, 50],
  ["welfareAmount", 50_000, 50],
  ["communicationTurns", 30, 50],
  ["initiativesRegistered", 5, 55],
  ["initiativesRecognised", 0, 55],
])("%s has both sides from the same units", async (key, numerator, base) => {
  const { perHundred } = await rollup("D1", key);
  expect(perHundred).toMatchObject({ numerator, base, value: (100 * numerator) / base });
});
