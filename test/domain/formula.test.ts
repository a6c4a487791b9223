import { formulaInWords, formulaTerms } from "../../src/domain/figures/formula.js";
import { indicatorByKey, indicators } from "../../src/domain/figures/catalogue.js";
import { evaluate, figures, type Indicator } from "../../src/domain/figures/indicator.js";
import { measureKeys } from "../../src/domain/counting/measures.js";
import { type Tally } from "../../src/domain/counting/tally.js";

const named = indicators.map((indicator) => [indicator.key, indicator] as const);
const byKey = (key: string): Indicator => indicatorByKey(key)!;
/** Every measure something else, so that no two can be taken for each other. */
const uneven: Tally = Object.fromEntries(measureKeys.map((key, index) => [key, 3 ** (index % 20) + index]));
const words = (key: string, tally: Tally) => formulaInWords(byKey(key), tally);

test.each(named)("the terms of %s add up to its numerator and denominator", (_, indicator) => {
  const { numerator, denominator } = figures(indicator, uneven);
  const terms = formulaTerms(indicator, uneven);
  const total = (part: string) => terms.filter((term) => term.part === part).reduce((sum, { factor, amount }) => sum + factor * amount, 0);
  expect([total("NUMERATOR"), indicator.denominator ? total("DENOMINATOR") : null]).toEqual([numerator, denominator]);
});

test.each(named)("each term of %s has words of its own in both languages", (_, indicator) => {
  for (const part of ["NUMERATOR", "DENOMINATOR"]) {
    const terms = formulaTerms(indicator, uneven).filter((term) => term.part === part);
    for (const language of ["en", "vi"] as const) {
      const told = terms.map((term) => term.words[language]);
      expect(new Set(told).size).toBe(told.length);
      expect(told.filter((text) => text.trim().length < 3)).toEqual([]);
    }
  }
});

test.each(named)("the formula of %s holds its figures and its words", (_, indicator) => {
  const { numerator, denominator } = indicator;
  for (const [language, locale] of [
    ["en", "en-US"],
    ["vi", "vi-VN"],
  ] as const) {
    const told = formulaInWords(indicator, uneven)[language];
    for (const part of [numerator, ...(denominator ? [denominator] : [])])
      expect(told).toContain(`${evaluate(part, uneven).toLocaleString(locale)} ${part.words[language]}`);
    expect(told).not.toMatch(/NaN|undefined|null/);
  }
});

test("a rate says how many of how many, and the percentage to two decimals, as each language writes numbers", () => {
  const tally = { staffConferenceYes: 31, staffConferenceNoReport: 1 };
  expect(words("staffConferenceCompletion", tally)).toEqual({
    en: "31 public schools whose staff conference is valid of 32 public schools that owe a staff conference = 96.88%",
    vi: "31 trường công lập có hội nghị hợp lệ trên 32 trường công lập phải tổ chức hội nghị = 96,88%",
  });
});

test.each([
  [99_996, 4, "99.996%", "99,996%"],
  [1, 999_999, "0.0001%", "0,0001%"],
  [9_999_999, 1, "99.99999%", "99,99999%"],
  [0, 7, "0%", "0%"],
  [7, 0, "100%", "100%"],
])("%d of those and %d others never read as none or all unless they are", (yes, no, en, vi) => {
  const told = words("staffConferenceCompletion", { staffConferenceYes: yes, staffConferenceNo: no });
  expect([told.en.split(" = ")[1], told.vi.split(" = ")[1]]).toEqual([en, vi]);
});

test("what is added and taken away is told amount by amount", () => {
  expect(words("membershipGrowth", { members: 1180, membersAtStart: 1200 })).toEqual({
    en: "1,180 − 1,200 = -20 members at the end less members at the start, of 1,200 members on the day after the last reference date = -1.67%",
    vi: "1.180 − 1.200 = -20 đoàn viên cuối kỳ trừ đoàn viên đầu kỳ, trên 1.200 đoàn viên đầu kỳ = -1,67%",
  });
  expect(words("memberNetChange", { membersAdmitted: 9, membersTransferredIn: 2, membersLeft: 4 }).en).toBe(
    "9 + 0 + 2 − 0 − 4 − 0 = 7 admitted, rejoined and transferred in less transferred out, left and retired",
  );
});

test("a mean is a division, a count only itself, and a rate of nobody has no value", () => {
  expect(words("meetingCadence", { executivesMeetingMonthly: 1, executivesMeetingEveryTwoMonths: 3 }).en).toBe(
    "7 months between meetings, added up ÷ 4 executive committees = 1.75",
  );
  expect(words("welfareGifts", { welfareGifts: 1204 }).vi).toBe("1.204 suất quà");
  expect(words("agreementCoverage", {})).toEqual({
    en: "0 non-public schools covered by an agreement in force of 0 non-public schools with a union = no value, because the denominator is 0",
    vi: "0 trường ngoài công lập có thỏa ước đang có hiệu lực trên 0 trường ngoài công lập có công đoàn = không có giá trị vì mẫu số bằng 0",
  });
});

test("a measure that counts twice stands once, with factor 2", () => {
  expect(formulaTerms(byKey("meetingCadence"), {}).map(({ part, measure, factor }) => [part, measure, factor])).toEqual([
    ["NUMERATOR", "executivesMeetingMonthly", 1],
    ["NUMERATOR", "executivesMeetingEveryTwoMonths", 2],
    ["NUMERATOR", "monthsOfExecutivesMeetingLessOften", 1],
    ["DENOMINATOR", "executivesMeetingMonthly", 1],
    ["DENOMINATOR", "executivesMeetingEveryTwoMonths", 1],
    ["DENOMINATOR", "executivesMeetingLessOften", 1],
  ]);
});
