import fc from "fast-check";
import { periodCounted } from "../../../src/domain/figures/directed.js";
import { hasOwnTarget, indicators } from "../../../src/domain/figures/catalogue.js";
import { directive } from "../../../src/domain/records/kinds/directive.js";
import {
  indexSettings,
  NO_REPORTING_RULES,
  reportingRules,
  settingsInForce,
  type SettingInForce,
  targetsInForce,
} from "../../../src/domain/records/kinds/settings-in-force.js";
import { type RuleContext } from "../../../src/domain/records/kind.js";
import { cases, send } from "../harness.js";

const setting = { indicator: "staffConferenceCompletion", schoolYear: "2024-2025", deadline: "2024-10-13", target: 1 };
const sent = { number: "383/HD-UBND-LĐLĐ", issuedOn: "2024-09-01", settings: [setting] };

describe("rules", () => {
  const only = (changes: object) => ({ settings: [{ ...setting, ...changes }] });
  const early = (changes: object) => only({ indicator: "reportSubmission", deadline: null, target: null, daysEarly: 10, ...changes });
  cases<[object, string[], Partial<RuleContext>?]>(
    [
      ["a good directive has no problem", {}, []],
      ["a guidance may set nothing", { settings: [] }, []],
      ["a directive has a number and a day", { number: "", issuedOn: null }, ["REQUIRED number", "REQUIRED issuedOn"]],
      ["a directive is not issued tomorrow", { issuedOn: "2025-06-11" }, ["OUT_OF_RANGE issuedOn"]],
      ["it names an indicator of the catalogue", only({ indicator: "conferenceCompletion" }), ["INDICATOR_NOT_FOUND settings.0.indicator"]],
      ["it names an opened school year", only({ schoolYear: "2030-2031" }), ["SCHOOL_YEAR_NOT_FOUND settings.0.schoolYear"]],
      ["a setting sets something", only({ deadline: null, target: null }), ["REQUIRED settings.0"]],
      ["a deadline alone is enough", only({ target: null }), []],
      ["a target of 0 alone is enough", only({ deadline: null, target: 0 }), []],
      ["not every indicator takes a deadline", only({ indicator: "members" }), ["RULE settings.0.deadline"]],
      ["every indicator takes a target", only({ indicator: "members", deadline: null, target: 10_000 }), []],
      ["a deadline may be the first day of the school year", only({ deadline: "2024-09-05" }), []],
      ["a deadline does not lie before the school year", only({ deadline: "2024-09-04" }), ["OUT_OF_RANGE settings.0.deadline"]],
      ["a deadline may be the last day of the school year", only({ deadline: "2025-05-31" }), []],
      ["a deadline does not lie after the school year", only({ deadline: "2025-06-01" }), ["OUT_OF_RANGE settings.0.deadline"]],
      [
        "a deadline of a term may lie between two school years",
        only({ indicator: "congressCompletion", deadline: "2024-07-30", term: "2023-2028" }),
        [],
      ],
      [
        "but not on the reference date before, which counts in the year before",
        only({ indicator: "congressCompletion", deadline: "2024-05-31" }),
        ["OUT_OF_RANGE settings.0.deadline"],
      ],
      ["a term alone is enough", only({ indicator: "congressCompletion", deadline: null, target: null, term: "2023-2028" }), []],
      ["a term is two years", only({ indicator: "congressCompletion", term: "XV" }), ["INVALID settings.0.term"]],
      ["not every indicator speaks of a term", only({ term: "2023-2028" }), ["RULE settings.0.term"]],
      [
        "a set of regulations alone is enough",
        only({ indicator: "fullRegulationSet", deadline: null, target: null, requiredRegulations: ["EXECUTIVE_COMMITTEE"] }),
        [],
      ],
      ["regulations make the full set and no other", only({ requiredRegulations: ["OTHER"] }), ["RULE settings.0.requiredRegulations"]],
      [
        "regulations are of a known kind",
        only({ indicator: "fullRegulationSet", requiredRegulations: ["STATUTE"] }),
        ["INVALID settings.0.requiredRegulations.0"],
      ],
      ["reports may come some days early", early({}), []],
      ["not a year early", early({ daysEarly: 93 }), ["OUT_OF_RANGE settings.0.daysEarly"]],
      ["only reports come early", early({ indicator: "members" }), ["RULE settings.0.daysEarly"]],
      ["reports are accepted by somebody else", early({ indicator: "reportAcceptance", daysEarly: null, twoPeople: true }), []],
      ["only they are", early({ daysEarly: null, twoPeople: false }), ["RULE settings.0.twoPeople"]],
      ["a target is not negative", only({ target: -0.1 }), ["OUT_OF_RANGE settings.0.target"]],
      ["a target is not endless", only({ target: 1e13 }), ["OUT_OF_RANGE settings.0.target"]],
      [
        "an indicator stands once for each school year",
        { settings: [setting, { ...setting, schoolYear: "2023-2024", deadline: null }, { ...setting, target: 0.9 }] },
        ["REPEATED settings.2"],
      ],
      [
        "all problems of all settings are told",
        {
          settings: [
            { ...setting, indicator: "x" },
            { ...setting, schoolYear: "x" },
          ],
        },
        ["INDICATOR_NOT_FOUND settings.0.indicator", "SCHOOL_YEAR_NOT_FOUND settings.1.schoolYear"],
      ],
      ["without opened school years the sentence still stands", {}, ["SCHOOL_YEAR_NOT_FOUND settings.0.schoolYear"], { schoolYears: [] }],
    ],
    (changes, problems, around) => expect(send(directive, { ...sent, ...changes }, around).refused).toEqual(problems),
  );

  test("its number is its identity", () => {
    expect(directive.keyOf(send(directive, sent).content)).toBe("383/HD-UBND-LĐLĐ");
  });
});

describe("settings in force", () => {
  const set = (unitId: string, facts: Partial<SettingInForce> = {}): SettingInForce => ({
    ...{ unitId, recordId: `${unitId} ${facts.number ?? "1"}`, number: "1", issuedOn: "2024-08-01" },
    ...{ indicator: "staffConferenceCompletion", schoolYear: "2024-2025", deadline: null, target: null },
    ...{ term: null, requiredRegulations: [] },
    ...facts,
  });
  const line: [string, ...string[]] = ["school", "union", "district", "province"];
  test("of how reports are dealt with each part is the nearest unit's that says it", () => {
    const all = [
      set("province", { indicator: "reportSubmission", deadline: null, daysEarly: 10 }),
      set("province", { indicator: "reportAcceptance", deadline: null, twoPeople: true }),
      set("district", { indicator: "reportSubmission", deadline: null, daysEarly: 0 }),
      set("union", { indicator: "halfYearReportSubmission", deadline: null, daysEarly: 3 }),
    ];
    expect(reportingRules(indexSettings(all), line, "2024-2025", periodCounted)).toEqual({
      daysEarly: new Map([
        ["WHOLE_YEAR", 0],
        ["FIRST_HALF", 3],
      ]),
      twoPeople: true,
    });
    expect(reportingRules(indexSettings(all), line, "2023-2024", periodCounted)).toEqual(NO_REPORTING_RULES);
  });

  const holding = (...all: SettingInForce[]) => {
    const index = indexSettings(all);
    const { deadlines } = settingsInForce(index, line, "2024-2025");
    const targets = targetsInForce(index, line, "2024-2025", hasOwnTarget);
    return [deadlines.get("staffConferenceCompletion")?.deadline ?? null, targets.get("staffConferenceCompletion")?.target ?? null];
  };

  test("nothing set is nothing in force", () => expect(holding()).toEqual([null, null]));

  test("the nearest unit's setting holds, in whatever order they stand and whenever they were issued", () => {
    const near = set("district", { deadline: "2024-10-13", issuedOn: "2024-01-01" });
    const far = set("province", { deadline: "2024-11-30" });
    expect(holding(near, far)).toEqual(["2024-10-13", null]);
    expect(holding(far, near)).toEqual(["2024-10-13", null]);
    expect(holding(far)).toEqual(["2024-11-30", null]);
  });

  test("deadline and target are inherited each for itself", () => {
    expect(holding(set("district", { deadline: "2024-10-13" }), set("province", { deadline: "2024-11-30", target: 0.95 }))).toEqual([
      "2024-10-13",
      0.95,
    ]);
    expect(holding(set("district", { target: 0 }), set("province", { deadline: "2024-11-30", target: 0.95 }))).toEqual(["2024-11-30", 0]);
  });

  test("the target of a count holds for the unit alone whose directive sets it; that of a rate or a mean for all below", () => {
    for (const { key, denominator } of indicators) {
      const index = indexSettings([set("district", { indicator: key, target: 8 }), set("province", { indicator: key, target: 9 })]);
      const held = [line, line.slice(1), line.slice(2), line.slice(3)].map(
        (of) => targetsInForce(index, of as typeof line, "2024-2025", hasOwnTarget).get(key)?.target,
      );
      expect([key, ...held]).toEqual([key, ...(denominator ? [8, 8, 8, 9] : [undefined, undefined, 8, 9])]);
    }
    const own = indexSettings([set("district", { indicator: "members", target: 8 }), set("school", { indicator: "members", target: 3 })]);
    expect(targetsInForce(own, line, "2024-2025", hasOwnTarget).get("members")?.target).toBe(3);
  });

  test("of one unit's settings the later issued holds, on the same day that of the higher number", () => {
    const early = set("district", { number: "9", deadline: "2024-10-13", target: 1 });
    const late = set("district", { number: "2", issuedOn: "2024-09-01", deadline: "2024-10-31" });
    expect(holding(early, late)).toEqual(["2024-10-31", 1]);
    expect(holding(late, early)).toEqual(["2024-10-31", 1]);
    const sameDay = set("district", { number: "8", deadline: "2024-12-01" });
    expect(holding(sameDay, early)).toEqual(["2024-10-13", 1]);
    expect(holding(early, sameDay)).toEqual(["2024-10-13", 1]);
  });

  test("the term and the set of regulations are inherited each for itself, and nothing asked is no demand", () => {
    const asked = (...all: SettingInForce[]) => settingsInForce(indexSettings(all), line, "2024-2025").demands.get("fullRegulationSet");
    const near = set("district", { indicator: "fullRegulationSet", requiredRegulations: ["OTHER"] });
    const far = set("province", { indicator: "fullRegulationSet", term: "2023-2028", requiredRegulations: ["INTERNAL_SPENDING"] });
    expect(asked(far, near)).toEqual({ term: "2023-2028", regulations: ["OTHER"] });
    expect(asked(far)).toEqual({ term: "2023-2028", regulations: ["INTERNAL_SPENDING"] });
    expect(asked(set("province", { indicator: "fullRegulationSet", target: 1 }))).toBeUndefined();
  });

  test("settings of other branches, school years and indicators do not hold", () => {
    expect(
      holding(
        set("neighbour", { deadline: "2024-10-01" }),
        set("district", { schoolYear: "2023-2024", deadline: "2023-10-13" }),
        set("district", { indicator: "labourConferenceCompletion", deadline: "2024-10-02" }),
      ),
    ).toEqual([null, null]);
  });

  test("a setting in force names the unit and the document that set it", () => {
    const { deadlines } = settingsInForce(indexSettings([set("province", { number: "12/HD", deadline: "2024-11-30" })]), line, "2024-2025");
    expect(deadlines.get("staffConferenceCompletion")).toMatchObject({ unitId: "province", number: "12/HD", recordId: "province 12/HD" });
  });

  test("what holds does not depend on the order in which settings are stored, nor changes them", () => {
    const arbitrary = fc.record({
      unitId: fc.constantFrom(...line),
      day: fc.constantFrom("2024-08-01", "2024-08-02"),
      deadline: fc.option(fc.constantFrom("2024-10-01", "2024-11-01")),
      target: fc.option(fc.nat(9)),
    });
    const many = fc
      .array(arbitrary, { maxLength: 12 })
      .map((all) => all.map(({ day, ...facts }, index) => set(facts.unitId, { ...facts, issuedOn: day, number: `${100 + index}` })));
    fc.assert(
      fc.property(many, (all) => {
        const before = structuredClone(all);
        const held = holding(...all);
        expect(holding(...all.toReversed())).toEqual(held);
        expect(all).toEqual(before);
      }),
    );
  });
});

test.each([
  ["staffConferenceCompletion", "-1 is no target; expected 0 or more, as a fraction (1 is 100%)."],
  ["members", "-1 is no target; expected 0 to 1,000,000,000,000."],
])("the sentence about a target of %s speaks the indicator's unit", (indicator, sentence) => {
  const { problems } = send(directive, { ...sent, settings: [{ indicator, schoolYear: "2024-2025", target: -1 }] });
  expect(problems.map(({ message }) => message.en)).toContain(sentence);
});
