import fc from "fast-check";
import { LARGEST_AMOUNT, LARGEST_COUNT, canonical, readContent } from "../../../src/domain/records/content.js";
import {
  choice,
  choices,
  count,
  day,
  days,
  flag,
  money,
  number,
  required,
  rows,
  text,
  unit,
  units,
} from "../../../src/domain/records/field.js";
import { cases } from "../harness.js";

const NAME = { en: "field", vi: "trường số liệu" };
const fields = {
  heldOn: day(NAME, "The day."),
  present: count(NAME, "People."),
  spent: money(NAME, "Dong."),
  share: number(NAME, "A rate."),
  signed: flag(NAME, "Signed?"),
  form: choice(NAME, "Form", { PLENARY: "All.", DELEGATES: "Some." }, "The form."),
  items: choices(NAME, "Item", { PLAN: "The plan.", REPORT: "The report." }, "What was adopted."),
  remark: text(NAME, "A remark.", 5),
  amendedOn: days(NAME, "Days of amendment."),
  schools: units(NAME, "Schools."),
  stays: rows(NAME, "Stay", { school: required(unit(NAME, "The school.")), since: day(NAME, "Since when.") }, "Stays of schools."),
  settings: rows(NAME, "Setting", { indicator: required(text(NAME, "Which.", 100)), target: number(NAME, "How much.") }, "Settings."),
} as const;

const empty = {
  heldOn: null,
  present: null,
  spent: null,
  share: null,
  signed: null,
  form: null,
  items: [],
  remark: null,
  amendedOn: [],
  schools: [],
  stays: [],
  settings: [],
};

function read(sent: Record<string, unknown>) {
  const { content, problems } = readContent(fields, sent);
  return { content, refused: problems.map(({ code, field }) => `${code} ${field}`) };
}

test("nothing sent is content without values, with lists empty", () => {
  expect(read({})).toEqual({ content: empty, refused: [] });
  expect(read(Object.fromEntries(Object.keys(fields).map((name) => [name, null])))).toEqual({ content: empty, refused: [] });
});

test("good values are kept as they are", () => {
  const sent = {
    ...empty,
    heldOn: "2024-09-25",
    present: 0,
    spent: LARGEST_AMOUNT,
    share: -0.125,
    signed: false,
    form: "PLENARY",
    remark: "đủ",
    settings: [{ indicator: "members", target: null }],
  };
  expect(read(sent)).toEqual({ content: sent, refused: [] });
});

cases<[Record<string, unknown>, string]>(
  [
    ["a number is no day", { heldOn: 20240925 }, "INVALID heldOn"],
    ["30 February is no day", { heldOn: "2024-02-30" }, "INVALID heldOn"],
    ["a day with a time is no day", { heldOn: "2024-09-25T00:00:00Z" }, "INVALID heldOn"],
    ["a text is no count", { present: "12" }, "INVALID present"],
    ["a decimal is no count", { present: 12.5 }, "INVALID present"],
    ["not a number is no count", { present: NaN }, "INVALID present"],
    ["infinity is no count", { present: Infinity }, "INVALID present"],
    ["a count is not below zero", { present: -1 }, "OUT_OF_RANGE present"],
    ["a count has a largest value", { present: LARGEST_COUNT + 1 }, "OUT_OF_RANGE present"],
    ["a huge count is too large", { present: 1e300 }, "OUT_OF_RANGE present"],
    ["money is whole", { spent: 0.5 }, "INVALID spent"],
    ["money is not below zero", { spent: -1 }, "OUT_OF_RANGE spent"],
    ["money has a largest value", { spent: LARGEST_AMOUNT + 1 }, "OUT_OF_RANGE spent"],
    ["true is no count", { present: true }, "INVALID present"],
    ["a list is no count", { present: [1] }, "INVALID present"],
    ["a number is finite", { share: Infinity }, "INVALID share"],
    ["a text is no number", { share: "0.5" }, "INVALID share"],
    ["a flag is not a text", { signed: "true" }, "INVALID signed"],
    ["a flag is not a number", { signed: 1 }, "INVALID signed"],
    ["a choice is one of the known", { form: "BALLOT" }, "INVALID form"],
    ["a choice is written as declared", { form: "plenary" }, "INVALID form"],
    ["__proto__ is no choice", { form: "__proto__" }, "INVALID form"],
    ["constructor is no choice", { form: "constructor" }, "INVALID form"],
    ["toString is no choice in a list", { items: ["toString"] }, "INVALID items.0"],
    ["a single value is no list", { items: "PLAN" }, "INVALID items"],
    ["an object is no list", { amendedOn: { 0: "2024-01-01", length: 1 } }, "INVALID amendedOn"],
    ["null is no entry of a list", { amendedOn: [null] }, "INVALID amendedOn.0"],
    ["a wrong entry is told with its place", { amendedOn: ["2024-01-01", "2023-02-29"] }, "INVALID amendedOn.1"],
    ["a list has at most 500 entries", { schools: Array.from({ length: 501 }, (_, index) => `s${index}`) }, "OUT_OF_RANGE schools"],
    ["an object is no text", { remark: { text: "x" } }, "INVALID remark"],
    ["a text has a longest length", { remark: "abcdef" }, "OUT_OF_RANGE remark"],
    ["a row is an object", { settings: ["members"] }, "INVALID settings.0"],
    ["a row is not a list", { settings: [[]] }, "INVALID settings.0"],
    ["a row is not null", { settings: [null] }, "INVALID settings.0"],
    [
      "a required value of a row is told with its place",
      { settings: [{ indicator: "members" }, { target: 1 }] },
      "REQUIRED settings.1.indicator",
    ],
    ["a row of a unit names it", { stays: [{ since: "2024-01-01" }] }, "REQUIRED stays.0.school"],
    ["an empty text names no unit", { stays: [{ school: " " }] }, "INVALID stays.0.school"],
    ["a wrong value of a row is told with its place", { settings: [{ indicator: "members", target: "1" }] }, "INVALID settings.0.target"],
  ],
  (sent, problem) => {
    expect(read(sent)).toEqual({ content: empty, refused: [problem] });
  },
);

test("of units those that can be read are kept in their places, so that all problems of the others are told, too", () => {
  expect(read({ schools: ["a", " ", 7, "x".repeat(65), "b"] })).toEqual({
    content: { ...empty, schools: ["a", "", "", "", "b"] },
    refused: ["INVALID schools.1", "INVALID schools.2", "OUT_OF_RANGE schools.3"],
  });
});

test("all problems are told at once", () => {
  expect(read({ heldOn: "soon", present: -3, form: "X", amendedOn: ["a", "b"] }).refused).toEqual([
    "INVALID heldOn",
    "OUT_OF_RANGE present",
    "INVALID form",
    "INVALID amendedOn.0",
    "INVALID amendedOn.1",
  ]);
});

test("a list is stored sorted, and what it repeats once", () => {
  const { content, refused } = read({
    amendedOn: ["2024-03-01", "2024-01-01", "2024-03-01"],
    schools: ["b", "a", "b "],
    items: ["REPORT", "PLAN", "REPORT"],
  });
  expect(refused).toEqual([]);
  expect(canonical(fields, content)).toMatchObject({
    amendedOn: ["2024-01-01", "2024-03-01"],
    schools: ["a", "b"],
    items: ["PLAN", "REPORT"],
  });
});

test("rows keep their order and may repeat", () => {
  const settings = [
    { indicator: "members", target: 2 },
    { indicator: "members", target: 1 },
  ];
  expect(read({ settings }).content.settings).toEqual(settings);
});

test("rows of units are stored in the order of their units", () => {
  const stays = [
    { school: "b", since: "2024-01-01" },
    { school: "a", since: null },
  ];
  expect(canonical(fields, read({ stays }).content).stays).toEqual([stays[1], stays[0]]);
});

test("a text is cleaned, and an empty one is none", () => {
  expect(read({ remark: " Tri\u0300 \n" }).content.remark).toBe("Trì");
  expect(read({ remark: " \t " })).toEqual({ content: empty, refused: [] });
});

test("a 4-byte character counts as one", () => {
  expect(read({ remark: "🏫🏫🏫🏫🏫" }).refused).toEqual([]);
  expect(read({ remark: "🏫🏫🏫🏫🏫🏫" }).refused).toEqual(["OUT_OF_RANGE remark"]);
});

test("an empty text stands for no value, as an empty cell does", () => {
  expect(read({ heldOn: "", present: "", form: "", items: "" })).toEqual({ content: empty, refused: [] });
});

test("a required value that is missing or empty is told with its description", () => {
  const must = { number: required(text(NAME, "Number of the document.")), issuedOn: required(day(NAME, "The day.")) };
  for (const sent of [{}, { number: null, issuedOn: "" }, { number: "  ", issuedOn: null }]) {
    const { problems } = readContent(must, sent);
    expect(problems.map(({ code, field }) => `${code} ${field}`)).toEqual(["REQUIRED number", "REQUIRED issuedOn"]);
    expect(problems[0]!.message.en).toContain("Number of the document.");
  }
});

test("what is not declared is not read", () => {
  const sent = JSON.parse('{"__proto__": {"present": 5}, "unknown": 1}') as Record<string, unknown>;
  expect(read(sent)).toEqual({ content: empty, refused: [] });
});

test("whatever is sent, every field is read or has a problem, and nothing is thrown", () => {
  const anything = fc.oneof(
    fc.anything({ withNullPrototype: true, withBigInt: false }),
    fc.constantFrom("2024-09-25", "PLENARY", 5, true, ["PLAN"]),
  );
  const sent = fc.record(Object.fromEntries(Object.keys(fields).map((name) => [name, anything])), { requiredKeys: [] });
  fc.assert(
    fc.property(sent, (values) => {
      const { content, refused } = read(values);
      expect(Object.keys(content)).toEqual(Object.keys(fields));
      expect(refused.every((problem) => /^(REQUIRED|INVALID|OUT_OF_RANGE) /.test(problem))).toBe(true);
      if (refused.length === 0) expect(read(content)).toEqual({ content, refused: [] });
    }),
  );
});
