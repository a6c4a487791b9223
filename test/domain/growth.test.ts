import { growthAmount, growthMeasures, growthParts } from "../../src/domain/analysis/growth.js";
import { COUNTED_BEFORE, COUNTED_NOW, type Fate, FATES, type Kinship, KINSHIPS } from "../../src/domain/analysis/growth-fates.js";
import { measureKeys } from "../../src/domain/counting/measures.js";

const standings = (Object.keys(FATES) as Fate[]).flatMap((fate) => KINSHIPS.map((kin): [Fate, Kinship] => [fate, kin]));

test.each(standings)(
  "of a unit %s with kin %s the parts add up to its members now less its members before, measure by measure",
  (fate, kin) => {
    const total = (measure: string, side: "now" | "before") => {
      const one = { [measure]: 1 };
      // Who was taken over has no members now, only what it did.
      const isGone = fate === "TAKEN_OVER" && side === "now" && measure === "members";
      const isThere = !isGone && (side === "now" ? COUNTED_NOW : COUNTED_BEFORE).includes(fate);
      const [now, before] = !isThere ? [{}, {}] : side === "now" ? [one, {}] : [{}, one];
      return growthParts.reduce((sum, part) => sum + growthAmount(part, { fate, kin }, now, before), 0);
    };
    const expected = (counted: readonly Fate[], measure: string, sign: 1 | -1) =>
      counted.includes(fate) && measure === "members" ? sign : 0;
    expect(growthMeasures.map((measure) => [measure, total(measure, "now"), total(measure, "before") + 0])).toEqual(
      growthMeasures.map((measure) => [
        measure,
        expected(
          COUNTED_NOW.filter((counted) => counted !== "TAKEN_OVER"),
          measure,
          1,
        ),
        expected(COUNTED_BEFORE, measure, -1),
      ]),
    );
  },
);

test("the parts are told in this order, in words of both languages, over declared measures", () => {
  expect(growthParts.map(({ key }) => key)).toEqual([
    ...[
      "ORGANIC",
      "ENTERED",
      "LEFT",
      "TRANSFERS",
      "STRUCTURAL",
      "OPENING_DIFFERS",
      "UNBALANCED",
      "NOT_SAID",
      "COUNTED_OTHERWISE",
      "NOT_REPORTED",
    ],
  ]);
  for (const { words, definition } of growthParts)
    for (const { en, vi } of [words, definition]) expect([vi === en, en === ""]).toEqual([false, false]);
  expect(growthMeasures.filter((measure) => !measureKeys.includes(measure))).toEqual([]);
});
