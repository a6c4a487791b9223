import { deadlineOfLaw } from "../../src/domain/figures/judged-until.js";
import { type SchoolYear } from "../../src/domain/tree/school-year.js";
import { standards } from "../../src/rollup/standards.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, draft, report, schoolYear } from "../desk.js";

const year = schoolYear(2024);
const staff = "staffConferenceCompletion";
const statements: string[] = [];

let database: TestDatabase;
let desk: Desk;

/** Two districts of a province, with a school each; the province sets both, the first district its own target. */
beforeAll(async () => {
  database = await openTestDatabase((sql) => statements.push(sql));
  desk = new Desk(database);
  await desk.register(
    draft.province("P"),
    draft.district("A", "P"),
    draft.district("B", "P"),
    draft.union("U", "A"),
    draft.school("SA", "U"),
    draft.school("SB", "B"),
  );
  for (const first of [2023, 2024]) await desk.openYear(schoolYear(first));
  const setting = { indicator: staff, schoolYear: year.label };
  await desk.send(report.directive("P", [{ ...setting, deadline: "2024-10-31", target: 0.9 }]));
  await desk.send(report.directive("A", [{ ...setting, target: 1 }]));
});
afterAll(() => database.close());

async function standardsOf(code: string, schoolYearOf: SchoolYear = year) {
  const unitId = await desk.id(code);
  const [found] = await database.read((stores) => standards(stores, [{ unitId, schoolYear: schoolYearOf }]));
  const [deadline, target] = [found!.deadlines.get(staff), found!.targets.get(staff)];
  return { deadline: deadline?.deadline, deadlineOf: deadline?.unitId, target: target?.target, targetOf: target?.unitId };
}

describe("the standards of a unit", () => {
  test("are inherited one by one: deadline and target each from the nearest unit that sets it", async () => {
    const [P, A] = [await desk.id("P"), await desk.id("A")];
    for (const code of ["SA", "U", "A"])
      expect(await standardsOf(code)).toEqual({ deadline: "2024-10-31", deadlineOf: P, target: 1, targetOf: A });
    for (const code of ["SB", "B", "P"])
      expect(await standardsOf(code)).toEqual({ deadline: "2024-10-31", deadlineOf: P, target: 0.9, targetOf: P });
  });

  test("hold for their school year only", async () => {
    expect(await standardsOf("SA", schoolYear(2023))).toEqual({
      deadline: undefined,
      deadlineOf: undefined,
      target: undefined,
      targetOf: undefined,
    });
  });

  test("follow the tree of the year: who moved after the reference date keeps them", async () => {
    await desk.register(draft.school("MOVED", "A"), draft.school("GONE", "A"));
    await desk.move("MOVED", "B", "2025-05-31");
    await desk.move("GONE", "B", "2025-06-01");
    expect([(await standardsOf("MOVED")).target, (await standardsOf("GONE")).target]).toEqual([0.9, 1]);
  });

  test("of any number of units are read in three statements", async () => {
    const ids = [...(await database.read((stores) => stores.units.allIds()))];
    statements.length = 0;
    await database.read((stores) =>
      standards(
        stores,
        ids.map((unitId) => ({ unitId, schoolYear: year })),
      ),
    );
    expect(statements.length).toBe(3);
  });
});

test("where no directive sets a deadline the law sets that of the staff conference: three months into the school year", () => {
  expect(deadlineOfLaw(staff, year)).toMatchObject({
    day: "2024-12-05",
    law: { en: expect.stringMatching(/^Law 10\/2022\/QH15 Art\. 51/) },
  });
  expect(deadlineOfLaw("members", year)).toBeNull();
});
