import { type Words } from "../../src/domain/ground/words.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, draft, schoolYear } from "../desk.js";

let database: TestDatabase;
let desk: Desk;

beforeEach(async () => {
  database = await openTestDatabase();
  desk = new Desk(database);
  await desk.register(draft.province("P"), draft.province("Q"), draft.district("D", "P"));
});
afterEach(() => database.close());

/** How many units and years the sentences of a refusal name or count. */
function told(problems: readonly { message: Words }[]): number {
  return problems.reduce((total, { message: { en: message } }) => {
    const named = message.match(/\S+ in \d{4}-\d{4}/g) ?? [];
    const more = /and (\d+) more/.exec(message) ?? /(\d+) more units? in/.exec(message);
    return total + named.length + Number(more?.[1] ?? 0);
  }, 0);
}

test("a refusal says of how many units and years it is, also beyond those that it looks up", async () => {
  const schools = Array.from({ length: 1_030 }, (_, index) => `S${index}`);
  await desk.register(...schools.map((code) => draft.school(code, "D")));
  await desk.openYear(schoolYear(2024));
  await desk.closePeriod("P");
  const refused = await desk.trying().move("D", "Q", "2025-01-01");
  expect(refused.problems.map(({ code }) => code)).toEqual(["PERIOD_LOCKED", "PERIOD_LOCKED"]);
  expect(told(refused.problems)).toBe(schools.length + 1);
});

test("and beyond the reasons that it gives", async () => {
  const days = ["2025-06-01", "2025-06-02", "2025-06-03", "2025-06-04", "2025-06-05", "2025-06-06", "2025-06-07"];
  await desk.register(...days.map((_, index) => draft.school(`S${index}`, "D")));
  await desk.openYear(schoolYear(2024));
  for (const [index, day] of days.entries()) {
    await desk.on(day).actOn("SUBMIT", `S${index}`);
    await desk.on(day).actOn("ACCEPT", `S${index}`);
  }
  const refused = await desk.trying().move("D", "Q", "2025-01-01");
  expect(refused.problems).toHaveLength(6);
  expect(refused.problems.at(-1)!.message.en).toBe("This would change what is locked of 2 more units in school years.");
  expect(told(refused.problems)).toBe(days.length);
});
