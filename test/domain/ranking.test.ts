import fc from "fast-check";
import { indicatorByKey } from "../../src/domain/figures/catalogue.js";
import { type Direction, DIRECTIONS } from "../../src/domain/figures/indicator.js";
import { changeSince, compareRanks, competitionRanks, rankingNote, type Unranked, whyUnranked } from "../../src/domain/analysis/ranking.js";
import { type Tally } from "../../src/domain/counting/tally.js";
import { cases } from "./harness.js";

const row = (unitId: string, value: number | null) => ({ unitId, value, sortKey: `name of ${unitId}` });
const ranks = (rows: ReturnType<typeof row>[], direction: Direction) => [...competitionRanks(rows.sort(compareRanks(direction)))];
const places = (values: (number | null)[], direction: Direction) =>
  ranks(
    values.map((value, index) => row("abcdefgh"[index]!, value)),
    direction,
  ).map(({ unitId, rank, tied }) => `${rank ?? "-"}${tied ? "=" : ""} ${unitId}`);

describe("ranks", () => {
  cases<[(number | null)[], Direction, string[]]>(
    [
      ["the largest first where higher is better", [0.5, 1, 0.75], "HIGHER", ["1 b", "2 c", "3 a"]],
      ["the smallest first where lower is better", [3, 0, 1], "LOWER", ["1 b", "2 c", "3 a"]],
      ["the largest first where neither is", [3, 9, 1], "NEUTRAL", ["1 b", "2 a", "3 c"]],
      ["ties share a rank and the next ones are left out", [9, 7, 7, 1], "HIGHER", ["1 a", "2= b", "2= c", "4 d"]],
      ["equal fractions tie, whatever their terms", [1 / 3, 31 / 93, 0], "HIGHER", ["1= a", "1= b", "3 c"]],
      ["0 is a value", [0, 1], "HIGHER", ["1 b", "2 a"]],
      ["what has no value comes last, whichever direction", [null, 2, null, 1], "LOWER", ["1 d", "2 b", "- a", "- c"]],
      ["nobody", [], "HIGHER", []],
    ],
    (values, direction, expected) => expect(places(values, direction)).toEqual(expected),
  );

  test("a rank is one more than there are better units, and tied is who has an equal", () => {
    const values = fc.array(fc.option(fc.integer({ min: 0, max: 6 })), { maxLength: 20 });
    fc.assert(
      fc.property(values, fc.constantFrom(...(Object.keys(DIRECTIONS) as Direction[])), (list, direction) => {
        const ranked = ranks(
          list.map((value, index) => row(String(index), value)),
          direction,
        );
        const better = (a: number, b: number) => (direction === "LOWER" ? a < b : a > b);
        for (const { value, rank, tied, unitId } of ranked) {
          const others = ranked.filter((other) => other.unitId !== unitId && other.value !== null);
          expect(rank).toBe(value === null ? null : 1 + others.filter((other) => better(other.value!, value)).length);
          expect(tied).toBe(value !== null && others.some((other) => other.value === value));
        }
        expect(ranked.map(({ value }) => value === null)).toEqual([...ranked.map(({ value }) => value === null)].sort());
      }),
      { seed: 20_241_122 },
    );
  });
});

describe("a unit has no rank", () => {
  const why = (key: string, tally: Tally, counted = true) => whyUnranked(indicatorByKey(key)!, tally, counted);
  cases<[string, Tally, Unranked | null, boolean?]>(
    [
      ["that was not open on the reference date", "members", { membershipReportYes: 1, membersClosing: 9 }, "NOT_COUNTED", false],
      ["whose count rests on no report", "members", { membershipReportNoReport: 3 }, "NO_REPORT"],
      ["whose rate over people rests on no report", "unionisationRate", { membershipReportNoReport: 3 }, "NO_REPORT"],
      ["in which nobody has the duty", "staffConferenceCompletion", { staffConferenceNotEligible: 4 }, "NOT_ELIGIBLE"],
      ["whose denominator is 0 although it reported", "unionisationRate", { membershipReportYes: 1 }, "ZERO_DENOMINATOR"],
    ],
    (key, tally, expected, counted) => expect(why(key, tally, counted)).toBe(expected),
  );
  test("but a reported 0, and a rate of duties that counts the missing as not done", () => {
    expect(why("members", { membershipReportYes: 1 })).toBeNull();
    expect(why("staffConferenceCompletion", { staffConferenceNoReport: 2 })).toBeNull();
    expect(why("unreportedUnits", { membershipReportNoReport: 2 })).toBeNull();
    expect(why("schoolCount", {})).toBeNull();
  });
});

test("the note says which comes first, in both languages", () => {
  const of = (key: string) => rankingNote(indicatorByKey(key)!);
  expect(of("staffConferenceCompletion").en).toMatch(/^The largest value comes first: higher is better\..*\(1, 2, 2, 4\)/);
  expect(of("unreportedUnits").vi).toMatch(/^Giá trị nhỏ nhất xếp đầu/);
  expect(of("schoolCount").en).toMatch(/no judgement/);
});

describe("the change on the year before", () => {
  type Year = { value: number | null; tally: Tally } | null;
  const change = (key: string, now: Year, last: Year) => {
    const found = changeSince(indicatorByKey(key)!, now!, last);
    return found.changeMissing ?? found.change;
  };
  const reported = (value: number | null, yes: number, missing: number): Year => ({
    value,
    tally: { membershipReportYes: yes, membershipReportNoReport: missing, membershipReportInUnionReport: 0 },
  });
  cases<[string, Year, Year, number | string]>(
    [
      ["is the value less that of then", "members", reported(90, 3, 0), reported(80, 2, 0), 10],
      ["stands where as many have not reported", "members", reported(90, 3, 1), reported(80, 2, 1), 10],
      [
        "of a count is none where others have not reported: a fall may be only reports",
        "members",
        reported(60, 2, 1),
        reported(80, 3, 0),
        "OTHER_COVERAGE",
      ],
      [
        "of a rate over duties stands: who has not reported is in it",
        "staffConferenceCompletion",
        reported(0.5, 1, 1),
        reported(1, 2, 0),
        -0.5,
      ],
      [
        "of a count of who has not reported stands: it is these that it counts",
        "unreportedUnits",
        reported(1, 2, 1),
        reported(3, 0, 3),
        -2,
      ],
      ["of what the register counts stands", "schoolCount", reported(3, 0, 3), reported(4, 4, 0), -1],
      ["is none without a value", "members", reported(null, 0, 3), reported(80, 3, 0), "NO_VALUE"],
      ["is none on a year without a value", "members", reported(80, 3, 0), reported(null, 0, 3), "NO_VALUE_BEFORE"],
      ["is none on a year that is not open", "members", reported(80, 3, 0), null, "NO_YEAR_BEFORE"],
    ],
    (key, now, last, expected) => expect(change(key, now, last)).toBe(expected),
  );
});
