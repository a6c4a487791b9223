import { effectSentence, indicatorEffects } from "../../src/domain/figures/effect.js";
import { indicatorByKey, indicators } from "../../src/domain/figures/catalogue.js";

const effectOn = (key: string, before: Record<string, number>, after: Record<string, number>) =>
  indicatorEffects(before, after, [indicatorByKey(key)!])[0]!;

test("a rate is told with its denominator, a count alone, thousands grouped as each language does", () => {
  const rate = effectOn("staffConferenceCompletion", { staffConferenceYes: 31, staffConferenceNoReport: 1 }, { staffConferenceYes: 32 });
  expect(effectSentence("Thành phố Cao Bằng", "2024-2025", rate)).toEqual({
    en: "Thành phố Cao Bằng, 2024-2025, staff conference held: from 31 of 32 to 32 of 32",
    vi: "Thành phố Cao Bằng, năm học 2024-2025, tỷ lệ tổ chức hội nghị cán bộ, công chức, viên chức: từ 31/32 thành 32/32",
  });
  const count = effectOn("members", { members: 999 }, { members: 1_234_567 });
  const words = effectSentence("Cao Bằng", "2024-2025", count);
  expect([words.en, words.vi]).toEqual([
    expect.stringMatching(/from 999 to 1,234,567$/),
    expect.stringMatching(/từ 999 thành 1\.234\.567$/),
  ]);
});

test("a mean is told as what was counted for how many", () => {
  const mean = effectOn("executiveCommitteeSize", {}, { executiveMembersInTerm: 12, executivesUpToFive: 3 });
  expect(effectSentence("A", "2024-2025", mean).en).toMatch(/from 0 for 0 to 12 for 3$/);
});

test("only what differs is an effect, also where only the denominator does, in the order of the catalogue", () => {
  const before = { staffConferenceYes: 1, schools: 2 };
  expect(indicatorEffects(before, before, indicators)).toEqual([]);
  const keys = indicatorEffects(before, { ...before, staffConferenceNoReport: 1, schools: 3 }, indicators).map(
    ({ indicator }) => indicator.key,
  );
  expect(keys).toEqual(indicators.map(({ key }) => key).filter((key) => keys.includes(key)));
  expect(keys).toEqual(expect.arrayContaining(["staffConferenceCompletion", "schoolCount"]));
});
