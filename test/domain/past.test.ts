import { type Caller } from "../../src/domain/ground/caller.js";
import { ALWAYS, NEVER } from "../../src/domain/ground/day.js";
import { type UnitHistory } from "../../src/domain/tree/history.js";
import { type Forest, standsFor, keepsPast } from "../../src/domain/tree/past.js";
import { type Level } from "../../src/domain/tree/unit.js";

const TODAY = "2025-07-15";

/** A federation that has been open since 2010, under one parent all the time. */
function federation(id: string, level: Level, parentId: string | null, until = NEVER): UnitHistory {
  return {
    unit: { id, code: id, codeKey: id, level, version: 1, provenance: "REPORTED" },
    placements: [{ unitId: id, parentId, from: "2010-01-01", until }],
    profiles: [
      { unitId: id, from: ALWAYS, until: NEVER, name: id, kind: "DISTRICT", schoolLevel: null, ownership: null, autonomyGroup: null },
    ],
  };
}

const units = [
  federation("VN", "CONFEDERATION", null),
  federation("CB", "PROVINCE", "VN"),
  federation("HN", "PROVINCE", "VN"),
  federation("OPEN", "DISTRICT", "CB"),
  federation("A", "DISTRICT", "CB"),
  federation("B", "DISTRICT", "CB"),
  federation("C", "DISTRICT", "HN"),
  ...["ONE", "SEVERAL", "SCATTERED", "NONE", "RING1", "RING2"].map((id) => federation(id, "DISTRICT", "CB", "2025-07-01")),
  federation("GONE", "PROVINCE", "VN", "2025-07-01"),
  federation("UNDER-GONE", "DISTRICT", "GONE", "2025-07-01"),
  federation("MERGED-PROVINCE", "PROVINCE", null, "2025-07-01"),
  federation("ITS-DISTRICT", "DISTRICT", "MERGED-PROVINCE", "2025-07-01"),
  federation("ROOT-GONE", "PROVINCE", null, "2025-07-01"),
];
const federations: Forest = {
  histories: new Map(units.map((history) => [history.unit.id, history])),
  successors: new Map([
    ["ONE", ["A"]],
    ["SEVERAL", ["A", "B"]],
    ["SCATTERED", ["A", "C"]],
    ["MERGED-PROVINCE", ["HN"]],
    ["RING1", ["RING2"]],
    ["RING2", ["RING1"]],
  ]),
  on: TODAY,
};

test.each([
  ["itself while it is open", "OPEN", "OPEN"],
  ["its one successor", "ONE", "A"],
  ["the nearest ancestor of several successors", "SEVERAL", "CB"],
  ["the nearest common ancestor, however far up", "SCATTERED", "VN"],
  ["the federation above, where nobody followed", "NONE", "CB"],
  ["the nearest above that is open", "UNDER-GONE", "VN"],
  ["the successor of the province under which it stood", "ITS-DISTRICT", "HN"],
  ["nobody, where nothing above is open", "ROOT-GONE", null],
  ["nobody, where successions run in a ring", "RING1", null],
])("the past of a federation is kept by %s", (_, id, keeper) => {
  expect(standsFor(id, federations)).toBe(keeper);
});

const caller = (unitId: string | null): Caller => ({ tokenId: "t", name: "t", role: unitId ? "STEWARD" : "ADMINISTRATOR", unitId });

test.each<[string, string | null, string[], boolean]>([
  ["whose top stood in the line", "CB", ["S", "U", "OPEN", "CB", "VN"], true],
  ["who stands above it", "VN", ["S", "OPEN", "CB", "VN"], true],
  ["in whose branch nothing of it stands", "HN", ["S", "OPEN", "CB", "VN"], false],
  ["a union below the same federations", "U2", ["S", "U", "OPEN", "CB"], true],
  ["a successor of the district, for its part of a line whose province stands elsewhere", "C", ["S", "ONE", "CB"], false],
  ["the one successor of the district", "A", ["S", "ONE", "CB"], true],
  ["one of several successors", "A", ["S", "SEVERAL", "CB"], true],
  ["a stranger, of a line that nobody keeps", "HN", ["S", "ROOT-GONE"], false],
  ["an administrator", null, ["S", "ROOT-GONE"], true],
])("may change the past or not: a caller %s", (_, top, line, may) => {
  const withUnion: Forest = {
    ...federations,
    histories: new Map([...federations.histories, ["U2", { ...federation("U2", "GRASSROOTS", "OPEN") }]]),
  };
  const keptBy = line.filter((id) => federations.histories.has(id));
  expect(keepsPast(caller(top), { units: line, keptBy }, withUnion)).toBe(may);
});
