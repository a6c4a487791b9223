import { basename } from "node:path";
import { schoolYearProblems } from "../../src/domain/tree/school-year.js";
import { levelOf, mayParent } from "../../src/domain/tree/unit.js";
import { cleanText } from "../../src/domain/ground/vietnamese.js";
import { demonstrationSeed } from "../../src/seeding/demonstration.js";
import { documentsSeed } from "../../src/seeding/documents.js";
import { seedFile } from "../../src/seeding/seed-file.js";
import { type UnitDraft } from "../../src/seeding/seed.js";
import { hubOf, LAST_DAY } from "./drafts-as-hub.js";

const documents = documentsSeed();
const demonstration = demonstrationSeed();
const hub = hubOf([documents, demonstration], LAST_DAY);
const units = [...documents.units, ...demonstration.units];
const below = (code: string) => units.filter((unit) => unit.code !== code && hub.lineOf(unit.code).some((above) => above.code === code));

describe("both seeds", () => {
  test("come out the same at every call", () => {
    expect(documentsSeed()).toEqual(documents);
    expect(demonstrationSeed()).toEqual(demonstration);
  });

  test("say where they come from", () => {
    expect([documents.provenance, demonstration.provenance]).toEqual(["DOCUMENT", "DEMONSTRATION"]);
  });

  test("find their files and say what is missing", () => {
    expect(basename(seedFile("README.md"))).toBe("README.md");
    expect(() => seedFile("nowhere.json")).toThrow("seeds/nowhere.json is in no folder above");
  });

  test("open school years that the hub accepts", () => {
    for (const year of hub.schoolYears) expect(schoolYearProblems(year, hub.schoolYears)).toEqual([]);
    expect(demonstration.schoolYears).toEqual([]);
  });
});

describe("units", () => {
  test("have codes of their own, in ASCII capitals", () => {
    expect(new Set(units.map(({ code }) => code)).size).toBe(units.length);
    for (const { code } of units) expect(code).toMatch(/^[A-Z0-9]+(-[A-Z0-9]+)*$/);
  });

  test("have clean names in NFC, and no two siblings have the same", () => {
    for (const { name } of units) expect(cleanText(name)).toBe(name);
    expect(new Set(units.map(({ name, parent }) => `${parent} ${name}`)).size).toBe(units.length);
  });

  test("stand after and under a parent of a higher level that is open when they open; one is the root", () => {
    const seen = new Map<string, UnitDraft>();
    for (const unit of units) {
      const parent = unit.parent === null ? null : seen.get(unit.parent);
      if (parent === undefined) throw new Error(`${unit.code} comes before its parent ${unit.parent}`);
      if (parent) expect(mayParent(levelOf(parent.kind), levelOf(unit.kind))).toBe(true);
      if (parent) expect(parent.openedOn <= unit.openedOn).toBe(true);
      seen.set(unit.code, unit);
    }
    expect(units.filter(({ parent }) => parent === null).map(({ code }) => code)).toEqual(["VN"]);
  });

  test("are schools with a level and an owner, public ones of the demonstration with an autonomy group, and nothing else has these", () => {
    for (const unit of units) {
      expect(Boolean(unit.schoolLevel && unit.ownership)).toBe(unit.kind === "SCHOOL");
      if (unit.autonomyGroup) expect(unit.ownership).toBe("PUBLIC");
    }
  });

  test("are 600 to 750 schools, all ten districts of Cao Bằng, its sector union with 30 upper-secondary schools and one occupational union", () => {
    const schools = units.filter(({ kind }) => kind === "SCHOOL");
    expect(schools.length).toBeGreaterThanOrEqual(600);
    expect(schools.length).toBeLessThanOrEqual(750);
    expect(
      units
        .filter(({ parent }) => parent === "CB")
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(["CITY", ...Array<string>(9).fill("DISTRICT"), "SECTOR_UNION"]);
    expect(below("CB-GD").filter(({ kind }) => kind === "SCHOOL")).toHaveLength(30);
    expect(units.filter(({ kind }) => kind === "OCCUPATIONAL").map(({ parent }) => parent)).toEqual(["HN-BTL"]);
  });

  test("stand in Cao Bằng city as 32 unions with one public school each", () => {
    const unions = units.filter(({ parent }) => parent === "CB-TP");
    expect(unions.map(({ kind }) => kind)).toEqual(Array(32).fill("GRASSROOTS"));
    for (const { code } of unions) expect(below(code).map(({ kind, ownership }) => `${kind} ${ownership}`)).toEqual(["SCHOOL PUBLIC"]);
  });

  test("are also schools without a union, and a union of several schools", () => {
    const withoutUnion = units.filter(
      ({ kind, parent }) => kind === "SCHOOL" && levelOf(hub.units.get(parent ?? "")?.kind ?? "SCHOOL") === "DISTRICT",
    );
    expect(withoutUnion.length).toBeGreaterThan(5);
    expect(withoutUnion.length).toBeLessThan(30);
    expect(units.filter(({ kind, code }) => kind === "GRASSROOTS" && below(code).length > 1)).toHaveLength(1);
  });
});
