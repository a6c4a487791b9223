import {
  code,
  day,
  id,
  identity,
  instant,
  key,
  longText,
  longTextOrNull,
  optional,
  table,
  tokenId,
  whole,
  word,
  zero,
} from "../database/columns.js";

/** Units with their dated facts. */
export const unitTables = [
  /** `merged_into`: the unit of which it was a duplicate; then it has no other facts, and `former_names` is its code and names as a search compares them, a line each. */
  table(
    "unit",
    {
      ...{ id: key(id), code, code_key: { ...identity, default: "" }, level: word, version: whole, provenance: word, turn: zero },
      ...{ merged_into: optional(id), former_names: longTextOrNull },
    },
    { unit_merged_into: ["merged_into"] },
    { unit_code: ["code"], unit_code_key: ["code_key"] },
  ),
  /** A unit's days under a parent. `stands_*`: the days for which the placement stands, also after the unit was closed; `end_reason`: why it was. */
  table(
    "placement",
    {
      unit_id: key(id),
      from_day: key(day),
      until_day: day,
      stands_from: day,
      stands_until: day,
      parent_id: optional(id),
      end_reason: optional(word),
    },
    { placement_parent: ["parent_id"] },
  ),
  /** What a unit was after each change; null in who and when: as a hub up to 0.4.0 left it. */
  table("unit_version", {
    unit_id: key(id),
    version: key(whole),
    action: word,
    content: longText,
    recorded_at: optional(instant),
    recorded_by: { type: "varchar", length: 200, nullable: true },
    recorded_by_token: optional(tokenId),
    recorded_by_unit: optional(id),
    reason: { type: "varchar", length: 500, nullable: true },
  }),
  /** Which unit follows which since a day. */
  table(
    "succession",
    { predecessor_id: key(id), successor_id: key(id), on_day: key(day), kind: word },
    { succession_successor: ["successor_id"] },
  ),
  table("profile", {
    unit_id: key(id),
    from_day: key(day),
    until_day: day,
    name: { type: "varchar", length: 300 },
    search_key: { type: "varchar", length: 300 },
    sort_key: { type: "varchar", length: 450 },
    kind: word,
    school_level: optional(word),
    ownership: optional(word),
    autonomy_group: optional(word),
  }),
];
