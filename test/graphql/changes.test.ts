import { randomUUID } from "node:crypto";
import { draft, report, schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let steward: Client;
beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const done = [
    ...(await desk.register(
      draft.confederation("VN"),
      draft.province("P", "VN"),
      ...["D", "E"].map((code) => draft.district(code, "P")),
      ...["A", "B", "C"].flatMap((name) => [draft.union(`${name}-CD`, "D"), draft.school(name, `${name}-CD`)]),
    )),
    ...[await desk.openYear(schoolYear(2022)), await desk.openYear(schoolYear(2023))],
    ...(await desk.submit(
      report.conference("A", { heldOn: "2023-10-20" }, { schoolYear: "2023-2024" }),
      report.conference("B", { heldOn: "2022-10-20" }, { schoolYear: "2022-2023" }),
    )),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  steward = await running.as("STEWARD", "VN");
});
afterAll(() => running.close());

/** Sends a change and answers its payload. */
const change = async (mutation: string, input: object, fields = "version unit { id code name open version }") => {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const data = await steward.data(
    `mutation ($input: ${type.replace(/^Withdraw.*/, "WithdrawInput")}!) { payload: ${mutation}(input: $input) { outcome ${fields} userErrors { code field message { en } } } }`,
    { input },
  );
  return data.payload;
};
const why = ({ outcome, userErrors }: any) => [outcome, ...userErrors.map(({ code, field }: any) => `${code} ${field}`)];
/** A figure of a unit. */
const figure = async (code: string, label: string, fields: string, more = "") =>
  (await steward.data(`{ unit(code: "${code}") { rollup(schoolYear: "${label}"${more}) { figure: ${fields} } } }`)).unit.rollup.figure;
const staff = async (code: string, label: string, more = "") => {
  const { numerator, denominator } = await figure(code, label, "staffConferenceCompletion { numerator denominator }", more);
  return `${numerator}/${denominator}`;
};

test("opening a school year makes every school owe at once; opening it again changes nothing, with other days it is refused", async () => {
  const open = (input: object) =>
    change(
      "openSchoolYear",
      { label: "2024-2025", startsOn: "2024-09-05", endsOn: "2025-05-31", idempotencyKey: randomUUID(), ...input },
      "schoolYear { label referenceDate }",
    );
  expect(await open({})).toEqual({ outcome: "STORED", userErrors: [], schoolYear: { label: "2024-2025", referenceDate: "2025-05-31" } });
  expect([await staff("VN", "2024-2025"), await staff("A", "2024-2025")]).toEqual(["0/3", "0/1"]);
  expect(why(await open({}))).toEqual(["UNCHANGED"]);
  expect(why(await open({ endsOn: "2025-06-01" }))).toEqual(["REJECTED", "ALREADY_EXISTS label"]);
  expect(why(await open({ label: "2025" }))).toEqual(["REJECTED", "INVALID label"]);
  expect(why(await open({ label: "2025-2026", startsOn: "2025-09-31", endsOn: "x" }))).toEqual([
    "REJECTED",
    "INVALID startsOn",
    "INVALID endsOn",
  ]);
});

describe("registering", () => {
  const row = (code: string, changes: object = {}) => ({
    code,
    kind: "SCHOOL",
    name: `Trường ${code}`,
    parent: "E",
    openedOn: "2020-01-01",
    schoolLevel: "PRIMARY",
    ownership: "PUBLIC",
    ...changes,
  });
  const register = async (units: object[]) =>
    (
      await steward.data(
        `mutation ($input: RegisterUnitsInput!) { registerUnits(input: $input) { stored rejected rows { outcome userErrors { code field } } } }`,
        { input: { units, idempotencyKey: randomUUID() } },
      )
    ).registerUnits;

  test("answers row by row with every problem, and a new school owes what its years ask for", async () => {
    const units = [
      row("E-1"),
      row("E-2", { kind: "GRASSROOTS", schoolLevel: null, ownership: null }),
      row("E-2-1", { parent: "E-2", openedOn: "2024-10-01" }),
      row("E 3", { name: " ", schoolLevel: null, openedOn: "2020-00-01" }),
      row("E-4", { parent: "E-9", autonomyGroup: "GROUP_2", ownership: "PRIVATE" }),
      row("A"),
      row("E-5", { kind: "PROVINCE", schoolLevel: null, ownership: null, parent: "P" }),
      row("E-6", { openedOn: "2009-12-31" }),
      row("E-7", { parent: null }),
    ];
    const { stored, rejected, rows } = await register(units);
    expect([stored, rejected]).toEqual([3, 6]);
    expect(rows.slice(3).map(why)).toEqual([
      ["REJECTED", "INVALID units.3.code", "REQUIRED units.3.name", "REQUIRED units.3.schoolLevel", "INVALID units.3.openedOn"],
      ["REJECTED", "UNIT_NOT_FOUND units.4.parent", "RULE units.4.autonomyGroup"],
      ["REJECTED", "ALREADY_EXISTS units.5.code"],
      ["REJECTED", "WRONG_LEVEL units.6.parent"],
      ["REJECTED", "OUTSIDE_PARENT_LIFE units.7.parent"],
      ["REJECTED", "REQUIRED units.8.parent"],
    ]);
    expect([await staff("E", "2022-2023"), await staff("E", "2024-2025"), await staff("E-2", "2023-2024")]).toEqual(["0/1", "0/2", "0/0"]);
  });
});

describe("updating", () => {
  const update = (input: object) => change("updateUnit", { unit: "C", ...input });

  test("from a day, a school that goes private owes the labour conference from the school year on, and not before", async () => {
    expect(await update({ ownership: "PRIVATE", from: "2024-01-01", expectedVersion: 1 })).toMatchObject({
      outcome: "STORED",
      version: 2,
      unit: { code: "C", version: 2 },
    });
    const labour = async (label: string) => (await figure("D", label, "labourConferenceCompletion { denominator }")).denominator;
    expect([await staff("D", "2022-2023"), await labour("2022-2023"), await staff("D", "2023-2024"), await labour("2023-2024")]).toEqual([
      "1/3",
      0,
      "1/2",
      1,
    ]);
    expect(why(await update({ ownership: "PRIVATE" }))).toEqual(["UNCHANGED"]);
    expect((await steward.data('{ unit(code: "C") { was: profile(on: "2023-12-31") { ownership } ownership } }')).unit).toEqual({
      was: { ownership: "PUBLIC" },
      ownership: "PRIVATE",
    });
  });

  test.each<[object, string]>([
    [{ name: "Tên khác", expectedVersion: 1 }, "VERSION_CONFLICT expectedVersion"],
    [{ name: "" }, "REQUIRED name"],
    [{ name: "x".repeat(201) }, "OUT_OF_RANGE name"],
    [{ kind: "GRASSROOTS" }, "WRONG_LEVEL kind"],
    [{ schoolLevel: null }, "REQUIRED schoolLevel"],
    [{ autonomyGroup: "GROUP_1" }, "RULE autonomyGroup"],
    [{ name: "Tên khác", from: "2024-02-30" }, "INVALID from"],
    [{ unit: "X", name: "Tên khác" }, "UNIT_NOT_FOUND unit"],
    [{ unit: "VN", name: "Tên khác" }, "FORBIDDEN unit"],
  ])("with %j is refused", async (input, problem) => expect(why(await update(input))).toContain(problem));

  test("without a day it corrects what holds; null leaves a name as it is", async () => {
    expect(await update({ name: " Trường  Sửa tên ", kind: null })).toMatchObject({ outcome: "STORED", unit: { name: "Trường Sửa tên" } });
    expect(why(await update({ name: null }))).toEqual(["UNCHANGED"]);
  });
});

describe("moving, closing and opening again", () => {
  test("a moved union takes its schools along: past years count where they were, or regrouped where they are today", async () => {
    const before = [await staff("D", "2023-2024"), await staff("E", "2023-2024"), await staff("P", "2023-2024")];
    expect(
      await change(
        "moveUnit",
        { unit: "A-CD", parent: "E", on: "2025-01-01", expectedVersion: 1 },
        'unit { parent { code rollup(schoolYear: "2024-2025") { staffConferenceCompletion { denominator } } } }',
      ),
    ).toMatchObject({ outcome: "STORED", unit: { parent: { code: "E", rollup: { staffConferenceCompletion: { denominator: 3 } } } } });
    expect(before).toEqual(["1/2", "0/1", "1/3"]);
    expect([await staff("D", "2023-2024"), await staff("E", "2023-2024"), await staff("P", "2023-2024")]).toEqual(before);
    const today = ", tree: TODAY";
    expect([await staff("D", "2023-2024", today), await staff("E", "2023-2024", today), await staff("P", "2023-2024", today)]).toEqual([
      "0/1",
      "1/2",
      "1/3",
    ]);
    expect([await staff("D", "2024-2025"), await staff("E", "2024-2025")]).toEqual(["0/1", "0/3"]);
  });

  test("moved from a day before the reference date, the past year counts anew, too", async () => {
    expect(why(await change("moveUnit", { unit: "A-CD", parent: "E", on: "2024-01-01" }))).toEqual(["STORED"]);
    expect([await staff("D", "2023-2024"), await staff("E", "2023-2024"), await staff("D", "2022-2023")]).toEqual(["0/1", "1/2", "1/3"]);
    expect(
      (await steward.data('{ unit(code: "A-CD") { placements { nodes { from until parent { name } } } } }')).unit.placements.nodes,
    ).toEqual([
      { from: "2010-01-01", until: "2024-01-01", parent: { name: "Đơn vị D" } },
      { from: "2024-01-01", until: null, parent: { name: "Đơn vị E" } },
    ]);
  });

  test.each<[string, object, string]>([
    ["under itself", { unit: "D", parent: "D" }, "WRONG_LEVEL parent"],
    ["under a unit below it", { unit: "D", parent: "B-CD" }, "WRONG_LEVEL parent"],
    ["under one of its own level", { unit: "B", parent: "C" }, "WRONG_LEVEL parent"],
    ["before it was open", { unit: "B", parent: "E", on: "2009-01-01" }, "UNIT_CLOSED on"],
    ["on no day", { unit: "B", parent: "E", on: "soon" }, "INVALID on"],
    ["to nobody", { unit: "B", parent: "X" }, "UNIT_NOT_FOUND parent"],
    ["read too long ago", { unit: "A-CD", parent: "D", expectedVersion: 1 }, "VERSION_CONFLICT expectedVersion"],
  ])("moving %s is refused", async (_, input, problem) =>
    expect(why(await change("moveUnit", { on: "2025-01-01", ...input }))).toEqual(["REJECTED", problem]),
  );

  test("a unit closes only after what stands below it, counts until then, and opens again", async () => {
    const close = (unit: string, on = "2025-01-01") => change("closeUnit", { unit, on });
    expect(why(await close("B-CD"))).toEqual(["REJECTED", "OUTSIDE_PARENT_LIFE unit"]);
    expect(await close("B")).toMatchObject({ outcome: "STORED", unit: { code: "B", open: false } });
    expect([await staff("D", "2024-2025"), await staff("D", "2023-2024")]).toEqual(["0/0", "0/1"]);
    expect(why(await close("B"))).toEqual(["UNCHANGED"]);
    expect([why(await close("B", "2025-03-01")), why(await close("B", "x"))]).toEqual([
      ["REJECTED", "UNIT_CLOSED on"],
      ["REJECTED", "INVALID on"],
    ]);
    expect(why(await close("B-CD"))).toEqual(["STORED"]);
    const reopen = (input: object) => change("reopenUnit", { unit: "B", on: "2025-01-01", ...input });
    expect(why(await reopen({}))).toEqual(["REJECTED", "OUTSIDE_PARENT_LIFE parent"]);
    expect(await reopen({ parent: "E", on: "2025-02-01" })).toMatchObject({ outcome: "STORED", unit: { open: true } });
    expect(why(await reopen({}))).toEqual(["REJECTED", "OUTSIDE_PARENT_LIFE parent"]);
    // It opened too late in the year to owe a conference.
    expect([await figure("E", "2024-2025", "schoolCount { value }"), await staff("E", "2024-2025")]).toEqual([{ value: 4 }, "0/3"]);
  });
});
