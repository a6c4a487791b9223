import { readdirSync } from "node:fs";
import { checkByKey, checks } from "../../../src/domain/findings/catalogue.js";
import { fingerprintOf, gravityOf, SEVERITIES } from "../../../src/domain/findings/finding.js";
import { digest } from "../../../src/domain/ground/digest.js";

const named = checks.map((check) => [check.key, check] as const);

test("keys are unique, and each finds its check", () => {
  expect(new Set(checks.map(({ key }) => key)).size).toBe(checks.length);
  for (const check of checks) expect(checkByKey(check.key)).toBe(check);
  expect(checkByKey("NO_SUCH_CHECK")).toBeNull();
});

test("every file of the folder is a check of the catalogue, by its name", () => {
  const files = readdirSync("src/domain/findings/list");
  expect(checks.map(({ key }) => `${key.toLowerCase().replaceAll("_", "-")}.ts`).sort()).toEqual(files.sort());
});

test("the gravest stand first", () => {
  const gravities = checks.map(({ severity }) => gravityOf(severity));
  expect(gravities).toEqual([...gravities].sort());
  expect(Object.keys(SEVERITIES)).toEqual(["ERROR", "WARNING", "NOTICE"]);
});

test.each(named)("%s has words in English and Vietnamese, and fits into its column", (key, check) => {
  expect(key).toMatch(/^[A-Z][A-Z_]{4,59}$/);
  const { name, rule, mending, source } = check;
  for (const { en, vi } of [name, rule, mending]) {
    for (const text of [en, vi]) expect(text.trim()).toMatch(/^\S.{3,}$/su);
    expect(vi).not.toBe(en);
    expect(vi).toMatch(/[à-ỹđ]/iu);
    expect(vi.normalize("NFC")).toBe(vi);
    expect(en).not.toMatch(/  /);
  }
  for (const sentence of [rule.en, rule.vi, mending.en, mending.vi, ...(source === null ? [] : [source])]) expect(sentence).toMatch(/\.$/);
});

test("a fingerprint follows from the values, whatever their order, and from nothing else", () => {
  expect(fingerprintOf({ a: 1, b: "2" })).toBe(fingerprintOf({ b: "2", a: 1 }));
  expect(fingerprintOf({ a: 1, b: "2" })).toMatch(/^[0-9a-f]{16}$/);
  expect(fingerprintOf({ a: 1, b: 2 })).not.toBe(fingerprintOf({ a: 1, b: "2" }));
  expect(fingerprintOf({ a: 1 })).not.toBe(fingerprintOf({ b: 1 }));
});

test("a hundred thousand texts that differ by little have as many digests", () => {
  const digests = new Set(Array.from({ length: 100_000 }, (_, index) => digest(`${index}`)));
  expect(digests.size).toBe(100_000);
});
