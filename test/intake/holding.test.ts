import { recordedKinds } from "../../src/domain/records/catalogue.js";
import { type Content, type Field } from "../../src/domain/records/field.js";
import { collectiveAgreement } from "../../src/domain/records/kinds/collective-agreement.js";
import { democracyRegulation } from "../../src/domain/records/kinds/democracy-regulation.js";
import { directive } from "../../src/domain/records/kinds/directive.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, draft, refusals, report, schoolYear } from "../desk.js";

let database: TestDatabase;
let desk: Desk;

beforeAll(async () => {
  database = await openTestDatabase();
  desk = new Desk(database);
  const owned = { ownership: "PRIVATE" as const, schoolLevel: "PRESCHOOL" as const };
  await desk.register(draft.province("P"), draft.district("D", "P"), draft.union("U", "D"), draft.school("S", "U"));
  await desk.register(...["X", "Y"].map((code) => draft.school(code, "U", owned)));
  for (const first of [2023, 2024]) await desk.openYear(schoolYear(first));
});
afterAll(() => database.close());

const mostOf = (kind: { most(content: never): number | null }) => kind.most({} as never)!;
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => String(from + index));
const outcomes = (results: readonly { outcome: string }[]) =>
  Object.fromEntries(
    ["STORED", "UNCHANGED", "REJECTED"].map((outcome) => [outcome, results.filter((result) => result.outcome === outcome).length]),
  );

test("every kind of which a unit can name as many as it likes has a bound", () => {
  for (const kind of recordedKinds) {
    const choices = Object.values(kind.fields).flatMap((field) => (field.type === "choice" ? Object.keys(field.choices) : []));
    for (const choice of [null, ...choices]) {
      const content = (n: number) =>
        Object.fromEntries(Object.entries(kind.fields).map(([name, field]) => [name, sample(field, n, choice)])) as Content;
      const isFree = kind.keyOf(content(1)) !== kind.keyOf(content(2));
      expect([kind.key, choice, isFree && kind.most(content(1)) === null]).toEqual([kind.key, choice, false]);
    }
  }
});

function sample({ type }: Field, n: number, choice: string | null): unknown {
  if (type === "choice") return choice;
  if (type === "day") return `2024-01-0${n}`;
  if (type === "count" || type === "number") return n;
  return type === "text" ? `text ${n}` : [];
}

describe("a unit that holds the most of a kind", () => {
  const most = mostOf(democracyRegulation);
  const regulation = (number: string, changes: object = {}, expectedVersion: number | null = null) => ({
    ...{ kind: "democracyRegulation", unit: "S", schoolYear: null, expectedVersion, reason: null },
    content: { number, issuedOn: "2020-01-01", consulted: "UNION", ...changes },
  });

  test("takes no further one, in a batch or alone, and says what to do; a correction passes, a withdrawal makes room", async () => {
    const results = await desk.submit(...numbers(0, most + 2).map((number) => regulation(number)));
    expect(outcomes(results)).toEqual({ STORED: most, UNCHANGED: 0, REJECTED: 2 });
    const [refused] = results.slice(-1);
    expect(refused!.problems).toEqual([
      {
        code: "TOO_MANY",
        field: "unit",
        message: {
          en: `S has ${most} records of type DemocracyRegulation in force, the most that a unit may have. Correct one of them, or withdraw those that were recorded by mistake.`,
          vi: `S đang có ${most} hồ sơ quy chế thực hiện dân chủ có hiệu lực, là số tối đa của một đơn vị. Hãy sửa một hồ sơ đã có, hoặc rút những hồ sơ ghi nhầm.`,
        },
      },
    ]);
    expect(refusals(await desk.send(regulation("another")))).toEqual(["TOO_MANY unit"]);
    expect((await desk.send(regulation("7"))).outcome).toBe("UNCHANGED");
    expect((await desk.send(regulation("7", { remark: "corrected" }, 1))).outcome).toBe("STORED");
    await desk.withdraw("democracyRegulation", results[3]!.record!.recordId);
    expect(outcomes(await desk.submit(regulation("another"), regulation("3")))).toEqual({ STORED: 1, UNCHANGED: 0, REJECTED: 1 });
    const taken = { kind: "democracyRegulation", record: results[4]!.record!.recordId, expectedVersion: null, reason: "sent by mistake" };
    const inOneBatch = await desk.submit(regulation("before"), taken, regulation("after"), regulation("too many"));
    expect(inOneBatch.map(({ outcome }) => outcome)).toEqual(["REJECTED", "STORED", "STORED", "REJECTED"]);
  });
});

test("changes at the same time do not pass the bound together; a correction that brings a record to a full school is refused", async () => {
  const most = mostOf(collectiveAgreement);
  const agreements = (from: number, to: number) =>
    desk.submit(...numbers(from, to).map((reference) => report.agreement("U", { reference, schools: ["X"] })));
  await agreements(0, most - 10);
  const both = await Promise.all([agreements(2_000, 2_008), agreements(3_000, 3_008)]);
  expect(both.map(outcomes).reduce((sum, { STORED }) => sum + STORED!, 0)).toBe(10);
  expect(refusals(await desk.send(report.agreement("X", { reference: "its own" })))).toEqual(["TOO_MANY unit"]);
  expect((await desk.send(report.agreement("D", { schools: ["Y"] }))).outcome).toBe("STORED");
  expect(refusals(await desk.send(report.agreement("D", { schools: ["X", "Y"] }, { expectedVersion: 1 })))).toEqual([
    expect.stringMatching(/^TOO_MANY schools\.[01]$/),
  ]);
  expect((await desk.send(report.agreement("U", { reference: "0", schools: ["X", "Y"] }, { expectedVersion: 1 }))).outcome).toBe("STORED");
});

test("directives are bounded for each school year for which they set something", async () => {
  const most = mostOf(directive);
  const setting = (label: string) => [{ indicator: "staffConferenceCompletion", schoolYear: label, deadline: null, target: 0.9 }];
  const of2024 = numbers(0, most + 1).map((number) => report.directive("P", setting("2024-2025"), { number }));
  expect(outcomes(await desk.submit(...of2024))).toEqual({ STORED: most, UNCHANGED: 0, REJECTED: 1 });
  expect((await desk.send(report.directive("P", setting("2023-2024"), { number: "of the year before" }))).outcome).toBe("STORED");
  const moved = report.directive("P", setting("2024-2025"), { number: "of the year before" }, { expectedVersion: 1 });
  expect(refusals(await desk.send(moved))).toEqual(["TOO_MANY unit"]);
  expect((await desk.send(report.directive("D", setting("2024-2025")))).outcome).toBe("STORED");
});
