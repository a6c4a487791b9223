import { type UnitHistory } from "../../tree/history.js";
import { LEVEL_IN_VIETNAMESE } from "../../tree/unit.js";
import { required, text, units } from "../field.js";
import { recordKind } from "../kind.js";
import { refusals } from "../refusals.js";

const fields = {
  name: required(
    text(
      { en: "name", vi: "tên cụm" },
      'What it is called, e.g. "Cụm thi đua số 1" (tên cụm). With the federation it is the cluster\'s identity.',
      200,
    ),
  ),
  from: text(
    { en: "from", vi: "từ năm học" },
    'The first school year for which it holds, e.g. "2023-2024" (từ năm học); from the beginning unless given.',
    9,
  ),
  to: text({ en: "to", vi: "đến năm học" }, "The last school year for which it holds (đến năm học); until further notice unless given.", 9),
  members: required(
    units(
      { en: "members", vi: "đơn vị thành viên" },
      "The units that are compared: 2 to 500 of one level, all below the federation (đơn vị thành viên).",
    ),
  ),
  remark: text({ en: "remark", vi: "ghi chú" }, "Anything worth knowing (ghi chú)."),
} as const;

/** Emulation cluster: see the description, which the API prints. */
export const emulationCluster = recordKind({
  key: "emulationCluster",
  typeName: "EmulationCluster",
  name: { en: "emulation cluster", vi: "cụm thi đua" },
  mutations: { record: "recordEmulationCluster", withdraw: "withdrawEmulationCluster" },
  description:
    "Emulation cluster (cụm thi đua): units that a federation names to be compared with each other. It changes no figure; its `ranking` compares the members by any indicator. Each member may read it, but sees only the members in its own branch.",
  levels: ["CONFEDERATION", "PROVINCE", "DISTRICT"],
  deed: "STEWARD",
  schoolYear: "NEVER",
  touches: "NOTHING",
  seesLines: true,
  fields,
  keyOf: ({ name }) => name ?? "",
  keyIsWritten: true,
  most: () => 500,
  covered: ({ members }) => members,
  rules: refusals(fields, (check, { from, to, members }, { unit, named }) => {
    for (const [field, label] of [["from", from] as const, ["to", to] as const])
      if (label && !isSchoolYear(label))
        check.refuse("INVALID", field, {
          en: `"${label}" is not a school year; expected e.g. "2024-2025".`,
          vi: `"${label}" không phải là năm học; ví dụ đúng: "2024-2025".`,
        });
    if (from && to && to < from)
      check.refuse("OUT_OF_RANGE", "to", {
        en: `The cluster would end with ${to} before it begins with ${from}.`,
        vi: `Cụm thi đua kết thúc ở năm học ${to}, trước khi bắt đầu ở năm học ${from}.`,
      });
    // A member that was not understood is one, too.
    if (new Set(members.map((id, index) => id || index)).size < 2)
      check.refuse("OUT_OF_RANGE", "members", {
        en: "A cluster compares units with each other; name at least 2 of them.",
        vi: "Cụm thi đua so sánh các đơn vị với nhau; ghi ít nhất 2 đơn vị thành viên.",
      });
    const first = named.get(members[0] ?? "");
    for (const [index, id] of members.entries()) {
      const member = named.get(id);
      if (!member) continue;
      if (id === unit.unit.id) {
        check.refuse("RULE", `members.${index}`, {
          en: `${member.unit.code} names the cluster; it compares units below it, not itself.`,
          vi: `${member.unit.code} là đơn vị lập cụm thi đua; cụm so sánh các đơn vị cấp dưới, không gồm chính đơn vị đó.`,
        });
        continue;
      }
      if (!everStoodBelow(member, unit.unit.id, named))
        check.refuse("RULE", `members.${index}`, {
          en: `${member.unit.code} has never stood below ${unit.unit.code}; a federation compares units below it.`,
          vi: `${member.unit.code} chưa từng trực thuộc ${unit.unit.code}; liên đoàn chỉ so sánh các đơn vị cấp dưới của mình.`,
        });
      if (first && member.unit.level !== first.unit.level)
        check.refuse("WRONG_LEVEL", `members.${index}`, {
          en: `${member.unit.code} is of level ${member.unit.level}, ${first.unit.code} of level ${first.unit.level}; a cluster compares units of one level.`,
          vi: `${member.unit.code} là ${LEVEL_IN_VIETNAMESE[member.unit.level]}, ${first.unit.code} là ${LEVEL_IN_VIETNAMESE[first.unit.level]}; cụm thi đua so sánh các đơn vị cùng cấp.`,
        });
    }
  }),
});

/** Whether a cluster holds for a school year; a year that is not given sets no limit. */
export function holdsFor({ from, to }: { from: string | null; to: string | null }, schoolYear: string): boolean {
  return (from === null || from <= schoolYear) && (to === null || schoolYear <= to);
}

function isSchoolYear(label: string): boolean {
  const years = /^(\d{4})-(\d{4})$/.exec(label);
  return years !== null && Number(years[2]) === Number(years[1]) + 1;
}

/** A cluster of a past year keeps members that have moved away since. */
function everStoodBelow({ placements }: UnitHistory, top: string, named: ReadonlyMap<string, UnitHistory>): boolean {
  return placements.some(({ parentId }) => {
    const parent = parentId === null ? undefined : named.get(parentId);
    return parentId === top || (parent !== undefined && everStoodBelow(parent, top, named));
  });
}
