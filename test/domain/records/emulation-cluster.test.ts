import { emulationCluster, holdsFor } from "../../../src/domain/records/kinds/emulation-cluster.js";
import { NEVER } from "../../../src/domain/ground/day.js";
import { cases, send, unit } from "../harness.js";

const under = (id: string, parentId: string | null, kind: "DISTRICT" | "PROVINCE" | "SCHOOL" | "GRASSROOTS" = "DISTRICT") => {
  const history = unit({ id, kind });
  return { ...history, placements: [{ unitId: id, parentId, from: "2010-09-05", until: NEVER }] };
};
const moved = {
  ...under("MOVED", "OTHER"),
  placements: [
    { unitId: "MOVED", parentId: "CB", from: "2010-09-05", until: "2024-01-01" },
    { unitId: "MOVED", parentId: "OTHER", from: "2024-01-01", until: NEVER },
  ],
};
const province = under("CB", null, "PROVINCE");
const all = [
  province,
  ...[under("A", "CB"), under("B", "CB"), moved, under("ELSEWHERE", "OTHER"), under("OTHER", null, "PROVINCE")],
  ...[under("U", "A", "GRASSROOTS"), under("S1", "U", "SCHOOL"), under("S2", "B", "SCHOOL")],
];
const around = { unit: province, named: new Map(all.map((history) => [history.unit.id, history])) };
const cluster = { name: "Cụm 1", members: ["A", "B"] };

describe("rules", () => {
  cases<[Record<string, unknown>, string[]]>(
    [
      ["a good cluster has no problem", cluster, []],
      ["schools anywhere below may be compared", { ...cluster, members: ["S1", "S2"] }, []],
      ["a member that has moved away since may stand in it", { ...cluster, members: ["A", "MOVED"] }, []],
      ["it has a name and members", {}, ["REQUIRED name", "REQUIRED members", "OUT_OF_RANGE members"]],
      ["one is compared with nobody", { ...cluster, members: ["A", "A"] }, ["OUT_OF_RANGE members"]],
      ["none is no cluster", { ...cluster, members: [] }, ["OUT_OF_RANGE members"]],
      ["the federation is not one of them", { ...cluster, members: ["A", "B", "CB"] }, ["RULE members.2"]],
      ["nor is a unit of another", { ...cluster, members: ["A", "ELSEWHERE"] }, ["RULE members.1"]],
      ["they are of one level", { ...cluster, members: ["A", "S1"] }, ["WRONG_LEVEL members.1"]],
      ["years are school years", { ...cluster, from: "2024", to: "2024-2026" }, ["INVALID from", "INVALID to"]],
      ["it ends after it begins", { ...cluster, from: "2024-2025", to: "2023-2024" }, ["OUT_OF_RANGE to"]],
    ],
    (sent, problems) => expect(send(emulationCluster, sent, around).refused).toEqual(problems),
  );
});

describe("it holds", () => {
  cases<[string | null, string | null, boolean]>(
    [
      ["always unless said", null, null, true],
      ["from its first year", "2024-2025", null, true],
      ["not before", "2025-2026", null, false],
      ["until its last year", null, "2024-2025", true],
      ["not after", "2020-2021", "2023-2024", false],
    ],
    (from, to, expected) => expect(holdsFor({ from, to }, "2024-2025")).toBe(expected),
  );
});
