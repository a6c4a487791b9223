import { draft, noon, report, schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

/** Midnight in Vietnam at which S moves from district A to district B. */
const MIDNIGHT = new Date("2025-06-30T17:00:00Z");
const BEFORE = new Date(MIDNIGHT.getTime() - 1);

let running: Running;
let now = noon("2025-06-20");
let a: Client;
let b: Client;
let recordId: string;

beforeAll(async () => {
  running = await serve("none", { clock: () => now });
  const { desk } = running;
  const done: { problems: unknown[] }[] = [
    ...(await desk.register(
      ...[draft.province("P"), draft.district("A", "P"), draft.district("B", "P"), draft.union("A-CD", "A"), draft.union("B-CD", "B")],
      ...[draft.school("S", "A-CD"), draft.school("PAST", "A-CD"), draft.school("STAYS", "A-CD")],
    )),
    await desk.openYear(schoolYear(2023)),
    await desk.openYear(schoolYear(2024)),
  ];
  for (const code of ["S", "PAST", "STAYS"])
    done.push(
      await desk.send(report.conference(code)),
      await desk.send(report.conference(code, { heldOn: "2023-09-25" }, { schoolYear: "2023-2024" })),
    );
  recordId = (await desk.send(report.membership("S"))).record!.recordId;
  done.push(await desk.move("PAST", "B-CD", "2024-09-01"), await desk.move("S", "B-CD", "2025-07-01"));
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  [a, b] = [await running.as("STEWARD", "A"), await running.as("STEWARD", "B")];
});
afterAll(() => running.close());

/** Everything that can be done to the school, tried. */
const WRITES: Record<string, string> = {
  record: `recordConference(input: {unit: "S", schoolYear: "2024-2025", heldOn: "2024-09-26", workers: 30, convened: 30, present: 28, votesFor: 27, expectedVersion: 1, dryRun: true})`,
  recordOfPastYear: `recordConference(input: {unit: "S", schoolYear: "2023-2024", heldOn: "2023-09-26", workers: 30, convened: 30, present: 28, votesFor: 27, expectedVersion: 1, dryRun: true})`,
  withdraw: `withdrawMembershipReport(input: {record: "RECORD", reason: "a test", dryRun: true})`,
  submitReport: `submitReport(input: {unit: "S", schoolYear: "2023-2024", dryRun: true})`,
  acceptReport: `acceptReport(input: {unit: "S", schoolYear: "2023-2024", dryRun: true})`,
  acknowledge: `acknowledgeFinding(input: {unit: "S", schoolYear: "2024-2025", check: "REPORT_LATE", because: "a test", dryRun: true})`,
  update: `updateUnit(input: {unit: "S", name: "Trường mới", dryRun: true})`,
};
/** What would change figures of the years before the move: they stay with the district that the school left. */
const OF_THE_PAST = ["record", "recordOfPastYear", "withdraw", "update"];
/** What a client may do, and what it is forbidden although it knows the school; nothing else of it is to be found. */
async function may(client: Client): Promise<{ allowed: string[]; forbidden: string[] }> {
  const [allowed, forbidden]: [string[], string[]] = [[], []];
  for (const [name, mutation] of Object.entries(WRITES)) {
    const { done } = await client.data(`mutation { done: ${mutation.replace("RECORD", recordId)} { outcome userErrors { code } } }`);
    const codes = done.userErrors.map(({ code }: { code: string }) => code) as string[];
    if (codes.includes("FORBIDDEN")) forbidden.push(name);
    else if (!codes.some((code) => code === "UNIT_NOT_FOUND" || code === "RECORD_NOT_FOUND")) allowed.push(name);
  }
  return { allowed, forbidden };
}
const sees = async (client: Client, code: string) => (await client.ask(`{ unit(code: "${code}") { code } }`)).data?.unit?.code === code;
const schoolsOf = async (client: Client, code: string, year: string) =>
  (await client.data(`{ unit(code: "${code}") { rollup(schoolYear: "${year}") { staffConferenceCompletion { numerator } } } }`)).unit.rollup
    .staffConferenceCompletion.numerator;

test("a district loses a unit, to write and to read, at midnight of the day on which it moves away, and the other gets it then", async () => {
  for (const [at, holder, other] of [
    [noon("2025-06-20"), a, b],
    [BEFORE, a, b],
    [MIDNIGHT, b, a],
    [noon("2026-06-20"), b, a],
  ] as const) {
    now = at;
    const forbidden = holder === a ? [] : OF_THE_PAST;
    const allowed = Object.keys(WRITES).filter((name) => !forbidden.includes(name));
    expect([at, await may(holder), await may(other)]).toEqual([at, { allowed, forbidden }, { allowed: [], forbidden: [] }]);
    expect([at, await sees(holder, "S"), await sees(other, "S")]).toEqual([at, true, false]);
    const { node } = await other.data(`{ node(id: "${recordId}") { id } }`);
    expect([at, node]).toEqual([at, null]);
  }
  now = noon("2025-06-20");
});

test("a unit that moved away long ago is the other's to read, and its years before are not the other's to change", async () => {
  expect([await sees(a, "PAST"), await sees(b, "PAST")]).toEqual([false, true]);
  const correct = `mutation { recordConference(input: {unit: "PAST", schoolYear: "2023-2024", heldOn: "2023-09-27", workers: 30, convened: 30, present: 28, votesFor: 27, expectedVersion: 1, dryRun: true}) { outcome userErrors { code } } }`;
  expect((await a.data(correct)).recordConference.userErrors).toEqual([{ code: "UNIT_NOT_FOUND" }]);
  expect((await b.data(correct)).recordConference.userErrors).toEqual([{ code: "FORBIDDEN" }]);
});

test("figures of past years stay where they were earned: the old district's hold the unit, and do not name it", async () => {
  for (const at of [BEFORE, MIDNIGHT]) {
    now = at;
    expect([await schoolsOf(a, "A", "2023-2024"), await schoolsOf(b, "B", "2023-2024")]).toEqual([3, 0]);
    expect([await schoolsOf(a, "A", "2024-2025"), await schoolsOf(b, "B", "2024-2025")]).toEqual([2, 1]);
    const { unit } = await a.data(
      `{ unit(code: "A") { explain(indicator: "staffConferenceCompletion", schoolYear: "2023-2024") { contributions(first: 50) { nodes { unit { code } numerator } } } children(first: 50) { nodes { code } } } }`,
    );
    expect(JSON.stringify(unit)).not.toMatch(/"PAST"/);
    expect(JSON.stringify(unit).includes('"S"')).toBe(false);
  }
  now = noon("2025-06-20");
});
