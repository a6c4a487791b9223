import { type Caller, inBranch, roleAllows, type Role } from "../../src/domain/ground/caller.js";
import { KINDS, LEVELS, mayHaveUnion, mayParent, type UnitKind, levelOf, isPublic } from "../../src/domain/tree/unit.js";

test("a parent is of a higher level than its child, and levels may be skipped", () => {
  for (const [high, parent] of LEVELS.entries())
    for (const [low, child] of LEVELS.entries()) expect([parent, child, mayParent(parent, child)]).toEqual([parent, child, high < low]);
});

test("every kind has a level", () => {
  for (const kind of Object.keys(KINDS) as UnitKind[]) expect(LEVELS).toContain(levelOf(kind));
});

test("only PUBLIC is public", () => {
  expect((["PUBLIC", "COMMUNITY", "PRIVATE", null] as const).map(isPublic)).toEqual([true, false, false, false]);
});

test("a school of autonomy group 4 may have a union until 14 June 2025, others always", () => {
  expect(mayHaveUnion({ autonomyGroup: "GROUP_4" }, "2025-06-14")).toBe(true);
  expect(mayHaveUnion({ autonomyGroup: "GROUP_4" }, "2025-06-15")).toBe(false);
  expect(mayHaveUnion({ autonomyGroup: "GROUP_3" }, "2025-06-15")).toBe(true);
  expect(mayHaveUnion({ autonomyGroup: null }, "2025-06-15")).toBe(true);
});

const caller = (role: Role, unitId: string | null = "province"): Caller => ({ tokenId: "t", name: "app", role, unitId });

test("each role allows what the one before it allows, and more", () => {
  const allowed = (["ANALYST", "RECORDER", "STEWARD", "ADMINISTRATOR"] as const).map((role) =>
    (["READ", "RECORD", "STEWARD"] as const).filter((deed) => roleAllows(caller(role), deed)),
  );
  expect(allowed).toEqual([["READ"], ["READ", "RECORD"], ["READ", "RECORD", "STEWARD"], ["READ", "RECORD", "STEWARD"]]);
});

test("a branch is a unit and all below it; an administrator's is everything, and nobody else has one without a unit", () => {
  expect(inBranch(caller("ANALYST"), ["school", "district", "province"])).toBe(true);
  expect(inBranch(caller("ANALYST", "school"), ["school", "district", "province"])).toBe(true);
  expect(inBranch(caller("STEWARD"), ["school", "district", "other"])).toBe(false);
  expect(inBranch(caller("ADMINISTRATOR", null), ["anything"])).toBe(true);
  expect(inBranch(caller("STEWARD", null), ["anything"])).toBe(false);
});
