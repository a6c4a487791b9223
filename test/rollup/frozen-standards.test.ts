import { frozenUnits } from "../../src/rollup/vintages.js";
import { type Standards, standards } from "../../src/rollup/standards.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, draft, report, schoolYear } from "../desk.js";

let database: TestDatabase;
beforeAll(async () => void (database = await openTestDatabase()));
afterAll(() => database.close());

test("a vintage freezes for each unit what held for it: a directive that came after closing, where the unit had been opened again", async () => {
  const desk = new Desk(database);
  const year = schoolYear(2023);
  await desk.register(
    ...[draft.province("P"), draft.district("A", "P"), draft.district("B", "P")],
    ...[draft.school("A1", "A"), draft.school("A2", "A"), draft.school("B1", "B")],
  );
  await desk.openYear(year);
  const of = { schoolYear: year.label };
  const setting = { indicator: "staffConferenceCompletion", ...of, deadline: "2023-10-20", target: 0.9 };
  const done = [
    await desk.closePeriod("P", of),
    await desk.actOn("REOPEN", "A1", { ...of, reason: "a correction" }),
    await desk.send(report.directive("P", [setting], { issuedOn: "2023-10-01" })),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  const { vintage } = await desk.publish("P", year.label);
  const codes = ["P", "A", "A1", "A2", "B", "B1"];
  const ids = await Promise.all(codes.map((code) => desk.id(code)));
  const [opened] = await database.read(({ schoolYears }) => schoolYears.all());
  const live = await database.read((stores) =>
    standards(
      stores,
      ids.map((unitId) => ({ unitId, schoolYear: opened! })),
    ),
  );
  const frozen = await database.read((stores) => frozenUnits(stores, vintage!.id, ids));
  const held = (all: readonly Standards[]) => codes.filter((_, index) => all[index]!.targets.has(setting.indicator));
  expect(held(live)).toEqual(["A1"]);
  expect(held(ids.map((id) => frozen.get(id)!.standards))).toEqual(["A1"]);
});

test("a vintage of 0.4.0 goes on giving all below the target of a count; one of today gives it to its unit alone", async () => {
  const desk = new Desk(database);
  const year = schoolYear(2024);
  await desk.register(draft.province("R"), draft.district("RD", "R"), draft.school("RS", "RD"));
  await desk.openYear(year);
  await desk.send(report.directive("RD", [{ indicator: "membersAdmitted", schoolYear: year.label, target: 8 }]));
  await desk.closePeriod("R", { schoolYear: year.label });
  const { vintage } = await desk.publish("R", year.label);
  const ids = await Promise.all(["R", "RD", "RS"].map((code) => desk.id(code)));
  const targets = async () => {
    const frozen = await database.read((stores) => frozenUnits(stores, vintage!.id, ids));
    return ids.map((id) => frozen.get(id)!.standards.targets.get("membersAdmitted")?.target);
  };
  expect(await targets()).toEqual([undefined, 8, undefined]);
  await database.raw(`DELETE FROM vintage_definition WHERE vintage_id = '${vintage!.id}' AND part = 'edition'`);
  expect(await targets()).toEqual([undefined, 8, 8]);
});
