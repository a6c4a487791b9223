import { stageOn } from "../../src/domain/records/kinds/collective-agreement-stages.js";
import { kindOf } from "../../src/domain/records/catalogue.js";
import { levelOf } from "../../src/domain/tree/unit.js";
import { demonstrationSeed } from "../../src/seeding/demonstration.js";
import { documentsSeed } from "../../src/seeding/documents.js";
import { hubOf, LAST_DAY } from "./drafts-as-hub.js";

const demonstration = demonstrationSeed();
const hub = hubOf([documentsSeed(), demonstration], LAST_DAY);

describe("records", () => {
  test("pass every rule of their kind", () => {
    const refused = hub.records.filter(({ problems }) => problems.length > 0);
    expect(refused.map(({ naturalKey, problems }) => ({ naturalKey, problems }))).toEqual([]);
  });

  test("have natural keys of their own, over both seeds", () => {
    const keys = hub.records.map(({ naturalKey }) => naturalKey);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  test("of the documents alone pass them, too", () => {
    expect(hubOf([documentsSeed()], LAST_DAY).records.flatMap(({ problems }) => problems)).toEqual([]);
  });

  test("are of a unit that may report them, for a school year where their kind has one", () => {
    for (const { draft } of hub.records) {
      const kind = kindOf(draft.kind);
      expect(kind.levels).toContain(levelOf(hub.units.get(draft.unit)?.kind ?? "CONFEDERATION"));
      if (kind.schoolYear !== "SOMETIMES") expect(draft.schoolYear !== null).toBe(kind.schoolYear === "ALWAYS");
    }
  });

  test("show each finding that a steward has to look for, and none that speaks of a wrong day", () => {
    const codes = hub.records.flatMap(({ findings }) => findings.map(({ code }) => code));
    expect([...new Set(codes)].sort()).toEqual([
      ...["AGREEMENT_FILED_LATE", "AGREEMENT_NOT_FILED", "INSPECTION_COMMITTEE_RECOGNISED_LATE"],
      ...["MEMBERSHIP_DOES_NOT_BALANCE", "QUORUM_NOT_MET", "REGULATION_NOT_PUBLISHED"],
    ]);
    expect(codes.length).toBeLessThan(150);
  });

  test("open each membership report where the one before closed", () => {
    const closed = new Map<string, unknown>();
    let followed = 0;
    for (const { draft } of hub.records.filter(({ draft: { kind } }) => kind === "membershipReport")) {
      const { content } = draft;
      const before = closed.get(`${draft.unit} ${Number(draft.schoolYear?.slice(0, 4)) - 1}`);
      const opening = [content.workersOpening, content.womenWorkersOpening, content.membersOpening, content.womenMembersOpening];
      if (before) followed += 1;
      if (before) expect(opening).toEqual(before);
      closed.set(`${draft.unit} ${draft.schoolYear?.slice(0, 4)}`, [
        content.workersClosing,
        content.womenWorkersClosing,
        content.membersClosing,
        content.womenMembersClosing,
      ]);
    }
    expect(followed).toBeGreaterThan(1000);
  });

  test("show agreements in every stage but void", () => {
    const contents = hub.records
      .filter(({ draft }) => draft.kind === "collectiveAgreement")
      .map(({ content }) => content as unknown as Parameters<typeof stageOn>[0]);
    const stages = hub.schoolYears.flatMap(({ referenceDate }) => contents.map((content) => stageOn(content, referenceDate)));
    expect([...new Set(stages)].sort()).toEqual(["BARGAINING", "EXPIRED", "GRACE", "IN_FORCE", "SIGNED"]);
    expect(contents.some((content) => content.schools.length > 1)).toBe(true);
  });

  test("show conferences held late, by delegates, at the second call, by ballot, and not held for each reason", () => {
    const contents = demonstration.records.filter(({ kind }) => kind === "conference").map(({ content }) => content);
    for (const [field, value] of [
      ["form", "DELEGATES"],
      ["attempt", 2],
      ["method", "BALLOT"],
      ["notHeldBecause", "NOT_MANDATORY"],
      ["notHeldBecause", "POSTPONED"],
      ["notHeldBecause", "REORGANISATION"],
      ["notHeldBecause", "FORCE_MAJEURE"],
    ] as const)
      expect({ field, value, found: contents.some((content) => content[field] === value) }).toEqual({ field, value, found: true });
  });
});
