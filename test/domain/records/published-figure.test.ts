import { publishedFigure } from "../../../src/domain/records/kinds/published-figure.js";
import { cases, send } from "../harness.js";

const printed = {
  indicator: "staffConferenceCompletion",
  period: "2018-2023",
  document: "Báo cáo tổng kết nhiệm kỳ",
  value: 0.733,
  decimals: 1,
};

cases<[object, string[]]>(
  [
    ["a printed rate has no problem", {}, []],
    ["an indicator that the hub does not compute may be named", { indicator: "welfareGifts", value: 758, decimals: null }, []],
    ["words may stand for a number", { value: null, words: "hàng trăm" }, []],
    ["a printed count may be given as a numerator alone", { value: null, numerator: 32 }, []],
    ["97% is 0.97, not 97", { value: 97, decimals: 0 }, ["OUT_OF_RANGE value"]],
    ["a count has no decimals and may be large", { value: 8552, decimals: null }, []],
    ["a count is a count, also with the decimals that were printed", { indicator: "welfareAmount", value: 328_239_523, decimals: 0 }, []],
    ["nor is a figure that the hub does not compute taken for a rate", { indicator: "libraryBooks", value: 8552, decimals: 0 }, []],
    ["a fall may be negative", { value: -0.05 }, []],
    ["a figure has a value, a numerator or words", { value: null }, ["REQUIRED value"]],
    ["a denominator alone says nothing", { value: null, denominator: 32 }, ["REQUIRED value", "REQUIRED numerator"]],
    [
      "a figure has an indicator, a period and a document",
      { indicator: null, period: "", document: " " },
      ["REQUIRED indicator", "REQUIRED period", "REQUIRED document"],
    ],
    ["a value is not endless", { value: 1e16 }, ["OUT_OF_RANGE value"]],
    ["a numerator is not endless either way", { numerator: -1e16 }, ["OUT_OF_RANGE numerator"]],
    ["a part of nothing is no figure", { numerator: 3, denominator: 0 }, ["OUT_OF_RANGE denominator"]],
    ["a denominator is not below zero", { numerator: 3, denominator: -5 }, ["OUT_OF_RANGE denominator"]],
    ["nine decimals are the most", { decimals: 9 }, []],
    ["ten decimals are too many", { decimals: 10 }, ["OUT_OF_RANGE decimals"]],
  ],
  (changes, problems) => expect(send(publishedFigure, { ...printed, ...changes }).refused).toEqual(problems),
);

test("schools are meant unless another scope is given", () => {
  expect(send(publishedFigure, printed).content.scope).toBe("SCHOOLS");
});

test("the same indicator, period, scope and document are the same figure", () => {
  const keyOf = (changes: object) => publishedFigure.keyOf(send(publishedFigure, { ...printed, ...changes }).content);
  expect(keyOf({ value: 0.74 })).toBe(keyOf({}));
  for (const changes of [{ indicator: "members" }, { period: "2018" }, { scope: "ENTERPRISES" }, { document: "Nghị quyết" }])
    expect(keyOf(changes)).not.toBe(keyOf({}));
});

test("the sentence about a value speaks of a percentage only where the indicator is a rate", () => {
  const sentence = (indicator: string) =>
    send(publishedFigure, { ...printed, indicator, value: 97 }).problems.map(({ message }) => message.en);
  expect(sentence("staffConferenceCompletion")).toEqual([
    "97 is 9700%; staffConferenceCompletion is a rate, given as a fraction, e.g. 0.97 for 97%. Of a count leave decimals out.",
  ]);
  expect(sentence("welfareAmount")).toEqual([]);
});
