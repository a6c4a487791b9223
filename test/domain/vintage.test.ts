import { indicatorByKey, indicators } from "../../src/domain/figures/catalogue.js";
import { figures, type Indicator, perHundred } from "../../src/domain/figures/indicator.js";
import { frozenDefinitions, sameFormula, sameMissing } from "../../src/domain/analysis/vintage.js";

const gifts = indicatorByKey("welfareGifts")!;
const year = { label: "2023-2024", startsOn: "2023-09-05", endsOn: "2024-05-31", referenceDate: "2024-05-31" };

test("a vintage of 0.4.0 keeps its 0 for a count that nobody had reported, and its ratio of whoever reported any", () => {
  const { isReported, per, ...before } = gifts;
  expect([isReported, per?.words.en]).toEqual([true, "100 union members"]);
  const published = { ...before, per: { plus: ["members"], words: { en: "100 union members", vi: "100 đoàn viên" } } };
  const parts = [
    { part: "schoolYear", content: JSON.stringify(year) },
    { part: "indicator", content: JSON.stringify(published) },
  ];
  const [frozen] = frozenDefinitions(parts).indicators;
  const silent = { activityReportNoReport: 3 };
  expect([figures(frozen!, silent).value, figures(gifts, silent).value]).toEqual([0, null]);
  expect(perHundred(frozen!, { welfareGifts: 100, members: 50 })).toMatchObject({ value: 200, numerator: 100, base: 50, apart: null });
  expect([sameFormula(frozen!, gifts), sameMissing(frozen!, gifts)]).toEqual([true, false]);
});

test("a vintage keeps each indicator with its measures by their keys, and reads it as it was", () => {
  const parts = indicators.map((indicator) => ({ part: "indicator", content: JSON.stringify(indicator) }));
  expect(JSON.parse(parts[indicators.indexOf(gifts)]!.content)).toMatchObject({
    numerator: { plus: ["welfareGifts"] },
    obligation: { measures: { YES: "activityReportYes" }, throughUnion: { inUnionReport: "activityReportInUnionReport" } },
    unsaid: "welfareGiftsUnsaid",
    per: { base: { plus: ["welfareGiftsPairedBase"] } },
  });
  const frozen = frozenDefinitions([{ part: "schoolYear", content: JSON.stringify(year) }, ...parts]).indicators;
  const kept = ({ obligation, ...indicator }: Indicator) => ({ ...indicator, obligation: obligation?.toJSON() });
  expect(frozen.map(kept)).toEqual(indicators.map(kept));
  expect(Object.keys(JSON.parse(parts[0]!.content).obligation)).toEqual(["key", "measures"]);
});

test("a measure that is declared no longer is read by its key", () => {
  const former = { ...gifts, numerator: { plus: ["formerGifts"], words: gifts.numerator.words } };
  const [frozen] = frozenDefinitions([
    { part: "schoolYear", content: JSON.stringify(year) },
    { part: "indicator", content: JSON.stringify(former) },
  ]).indicators;
  expect(figures(frozen!, { formerGifts: 7 }).value).toBe(7);
});
