import { readdirSync } from "node:fs";
import { dutyCounted, indicatorByKey, indicatorKeys, indicators } from "../../../src/domain/figures/catalogue.js";
import { DIRECTIONS, type Indicator, PERIODS, VALUE_UNITS } from "../../../src/domain/figures/indicator.js";
import { allMeasures, measuresOfClosed, obligations } from "../../../src/domain/counting/measures.js";
import { type Obligation } from "../../../src/domain/counting/obligation.js";
import { executiveMeetings } from "../../../src/domain/records/kinds/union-year.js";
import { type Sum } from "../../../src/domain/counting/sum.js";

const named = indicators.map((indicator) => [indicator.key, indicator] as const);
const terms = ({ numerator, denominator }: Indicator) =>
  ([numerator, denominator ?? { plus: [] }] as Sum[]).flatMap(({ plus, minus = [] }) => [...plus, ...minus]);

test("keys are unique", () => {
  expect(new Set(indicatorKeys.all).size).toBe(indicators.length);
});

test("every file of the folder is an indicator of the catalogue, by its name", () => {
  const files = readdirSync("src/domain/figures/list");
  const kebab = (key: string) => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) + ".ts";
  expect(indicatorKeys.all.map(kebab).sort()).toEqual(files.sort());
});

test.each(named)("%s has a key that GraphQL takes as a name", (key) => expect(key).toMatch(/^[a-z][A-Za-z0-9]*$/));

test.each(named)("%s is made of declared measures", (_, indicator) => {
  expect(terms(indicator).length).toBeGreaterThan(0);
  for (const measure of terms(indicator)) expect(allMeasures).toContain(measure);
});

test.each(named)("%s has words in English and Vietnamese", (_, indicator) => {
  const { name, definition, eligibility, numerator, denominator, source } = indicator;
  for (const { en, vi } of [name, definition, eligibility, numerator.words, ...(denominator ? [denominator.words] : [])]) {
    for (const text of [en, vi]) expect(text.trim()).toMatch(/^\S.{3,}$/su);
    expect(vi).not.toBe(en);
    expect(vi).toMatch(/[à-ỹđ]/iu);
    expect(vi.normalize("NFC")).toBe(vi);
    expect(en).not.toMatch(/  /);
  }
  for (const sentence of [definition.en, definition.vi, eligibility.en, eligibility.vi, source]) expect(sentence).toMatch(/\.$/);
});

test.each(named)("%s has a unit, a period, a direction and a known obligation", (_, indicator) => {
  expect(
    [VALUE_UNITS, PERIODS, DIRECTIONS].map((choices, at) =>
      Object.hasOwn(choices, [indicator.unit, indicator.period, indicator.direction][at]!),
    ),
  ).toEqual([true, true, true]);
  if (indicator.obligation) expect(obligations).toContain(indicator.obligation);
});

test.each(named)("%s has a denominator exactly if it is a rate or a mean", (_, indicator) => {
  expect(indicator.denominator !== null).toBe(indicator.unit === "RATE" || indicator.unit === "MEAN");
});

test.each(named)("%s has buckets of declared measures, with words of their own, or none", (_, { buckets = [], per }) => {
  for (const { plus, minus = [], words, key } of buckets) {
    for (const measure of [...plus, ...minus]) expect(allMeasures).toContain(measure);
    expect(key).toMatch(/^[A-Z][A-Z0-9_]*$/);
    expect(words.vi).toMatch(/[à-ỹđ]|^loại A$/iu);
    expect(words.vi).not.toBe(words.en);
  }
  expect(new Set(buckets.map(({ key }) => key)).size).toBe(buckets.length);
  const measures = buckets.flatMap(({ plus }) => plus);
  expect(new Set(measures).size).toBe(measures.length);
  for (const { plus: of } of per ? [per.numerator, per.base, per.apart, per.whole] : [])
    for (const measure of of) expect(allMeasures).toContain(measure);
});

test.each(named)("%s tells bounds only if it counts the YES of its obligation", (_, indicator) => {
  if (!indicator.countsYes) return;
  expect(indicator.numerator).toMatchObject({ plus: [indicator.obligation!.measures.YES] });
  expect(indicator.denominator?.plus).toEqual(
    (["YES", "NO", "NO_REPORT"] as const).map((status) => indicator.obligation!.measures[status]),
  );
});

test("a count of the state is made of stocks and duties, a count of the year of flows", () => {
  for (const indicator of indicators.filter(({ unit }) => unit !== "RATE"))
    for (const measure of terms(indicator))
      expect([indicator.key, measure.nature === "FLOW"]).toEqual([indicator.key, indicator.period === "FLOW"]);
});

test("in a rate a flow of a closed unit counts only with what it is set against: both sides count of it, or neither", () => {
  const ofClosed = (sum: Sum | null) => [sum?.plus ?? [], sum?.minus ?? []].flat().map(({ key }) => measuresOfClosed.includes(key));
  const mixed = indicators.flatMap(({ key, numerator, denominator, per }) => [
    ...(denominator && new Set([...ofClosed(numerator), ...ofClosed(denominator)]).size > 1 ? [key] : []),
    ...(per && [per.numerator, per.base, per.apart].some((sum) => ofClosed(sum).includes(true)) ? [`${key} per 100`] : []),
  ]);
  // Members now less members at the start: of a unit that closed the one is 0, and the other is what was lost.
  expect(mixed).toEqual(["membershipGrowth"]);
});

test("no two indicators have the same name", () => {
  for (const language of ["en", "vi"] as const) expect(new Set(indicators.map(({ name }) => name[language])).size).toBe(indicators.length);
});

test("deadlines are taken by those whose day the records look up", () => {
  expect(indicatorKeys.withDeadline).toEqual([
    ...["staffConferenceCompletion", "labourConferenceCompletion", "democracyRegulation", "membershipReportSubmission"],
    ...["congressCompletion", "federationCongressCompletion", "fullRegulationSet", "womensCommittee", "annualProgramme"],
    ...["ratedGoodOrBetter", "activityReportSubmission", "reportSubmission", "halfYearReportSubmission"],
  ]);
});

test("a deadline is that of a duty: each duty with a last day of its own has one indicator that takes its deadline, and no other takes one", () => {
  const taken = indicators.filter(({ takesDeadline }) => takesDeadline).map(({ obligation }) => obligation?.key);
  expect(taken.sort()).toEqual(obligations.flatMap(({ key, deadline }) => (deadline ? [key] : [])).sort());
});

test("an indicator is judged by the deadline of another exactly where its duty is judged with that of the other", () => {
  const judged = indicators.flatMap(({ key, judgedBy }) =>
    judgedBy === undefined ? [] : [[key, indicatorByKey(judgedBy)?.obligation?.key]],
  );
  const counting = ({ key }: Obligation) => indicators.find(({ countsYes, obligation }) => countsYes && obligation?.key === key)?.key;
  const following = obligations.flatMap((duty) => (duty.judgedWith ? [[counting(duty), duty.judgedWith.key]] : []));
  expect(judged.sort()).toEqual(following.sort());
  expect(judged).toHaveLength(5);
});

test("no two indicators count who did the same duty: directives name a duty by the one that does", () => {
  const duties = indicators.flatMap(({ countsYes, obligation }) => (countsYes && obligation ? [obligation.key] : []));
  expect(duties).toEqual([...new Set(duties)]);
  for (const { key, countsYes, obligation } of indicators) {
    expect(dutyCounted(key)).toBe(countsYes ? obligation : undefined);
    if (countsYes) expect(indicatorKeys.ofDuty(obligation!)).toBe(key);
  }
  expect(() => indicatorKeys.ofDuty(executiveMeetings.duty)).toThrow("no indicator counts who did executiveMeetings");
});

test("a directive may name the term of those that speak of one", () => {
  expect(indicatorKeys.ofTerm).toEqual([
    ...["agreementsSignedInTerm", "congressCompletion", "federationCongressCompletion", "fullRegulationSet"],
  ]);
});

test("the keys of published figures that the hub can compute are keys of indicators", () => {
  const printed = [
    ...["democracyRegulation", "inspectionCommitteeInTerm", "inspectionCommitteeElection", "inspectionCommitteeSize", "policyCompliance"],
    ...[
      "agreementsSignedInTerm",
      "fullRegulationSet",
      "meetingCadence",
      "womensCommittee",
      "congressCompletion",
      "federationCongressCompletion",
    ],
    ...["welfareRecipients", "initiativesRegistered", "awards", "grassrootsUnionCount", "occupationalUnionCount"],
  ];
  for (const key of printed) expect(indicatorKeys.all).toContain(key);
});

test("an indicator is found by its key, and nothing by another", () => {
  for (const indicator of indicators) expect(indicatorByKey(indicator.key)).toBe(indicator);
  for (const key of ["", "constructor", "__proto__", "Members"]) expect(indicatorByKey(key)).toBeUndefined();
});
