import { readdirSync, readFileSync } from "node:fs";
import { indicators } from "../../src/domain/figures/catalogue.js";
import { figures } from "../../src/domain/figures/indicator.js";

/** Every file that reads the value of a figure, and what it makes of one that is missing. Who reads one must say so here. */
const READERS: Record<string, string> = {
  "domain/figures/effect.ts": "nothing reported is told apart from 0, before and after",
  "domain/figures/formula.ts": "says that it is unknown, or that nothing can be divided",
  "domain/analysis/ranking.ts": "no rank, with the reason",
  "domain/analysis/reconciliation-causes.ts": "the missing reports are the cause",
  "domain/analysis/reconciliation-readings.ts": "no reading that agrees; not the difference",
  "domain/analysis/reconciliation.ts": "not comparable",
  "graphql/figure/contribution.type.ts": "null",
  "graphql/figure/explain.type.ts": "null",
  "graphql/figure/indicator.type.ts": "null; neither attainment nor attained",
  "rollup/growth.ts": "null members of that end and no change; the rates are over units known at both ends",
  "rollup/ranking.ts": "null; no change on last year",
  "rollup/vintage-beside.ts": "null: not attained",
  "rollup/vintage-causes.ts": "a part that was or became unknown is a cause of its own",
  "rollup/vintage-changes.ts": "becoming known, or unknown, is a change",
  "rollup/whole-lists.ts": "null: filters and orders leave the unit out and count it",
};

test("every reader of a value says what it does with a missing one", () => {
  const files = (readdirSync("src", { recursive: true }) as string[]).filter((file) => file.endsWith(".ts"));
  const isReader = (file: string) =>
    /import [^;]*\bfigures\b[^;]* from "[^"]*indicator\.js"/.test(readFileSync(`src/${file}`, "utf8")) &&
    /\bfigures\(/.test(readFileSync(`src/${file}`, "utf8"));
  expect(files.filter(isReader).sort()).toEqual(Object.keys(READERS).sort());
});

const counts = indicators.filter(({ denominator }) => denominator === null);

test("a count that rests on reports is unknown until one of those who owe it has reported; counts of the register are 0", () => {
  const values = (reports: "NO_REPORT" | "YES") =>
    counts.map((indicator) => {
      const tally = indicator.obligation ? { [indicator.obligation.measures[reports].key]: 3 } : {};
      return [indicator.key, figures(indicator, tally).value];
    });
  const facts = counts.filter(({ isReported }) => !isReported).map(({ key }) => key);
  expect(facts).toEqual([
    ...["agreementsSigned", "agreementsNew", "agreementsRenewed", "agreementsAmended", "agreementsProlonged", "agreementsExpiring"],
    "unreportedUnits",
    ...["schoolCount", "grassrootsUnionCount", "grassrootsUnionsFounded", "grassrootsUnionsEnded"],
    ...["occupationalUnionCount", "occupationalUnionsFounded", "occupationalUnionsEnded"],
  ]);
  expect(values("NO_REPORT")).toEqual(counts.map(({ key, isReported }) => [key, isReported ? null : key === "unreportedUnits" ? 3 : 0]));
  expect(values("YES")).toEqual(counts.map(({ key }) => [key, 0]));
});
