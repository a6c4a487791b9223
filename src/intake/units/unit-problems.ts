import { type Day, isDay, NEVER, vietnameseDay } from "../../domain/ground/day.js";
import { lives, type UnitHistory } from "../../domain/tree/history.js";
import { type Problem, problem } from "../../domain/ground/problem.js";
import { LEVEL_IN_VIETNAMESE, mayParent, type Profile, type Unit } from "../../domain/tree/unit.js";
import { identityFold } from "../../domain/ground/vietnamese.js";
import { idIn } from "../../work/references.js";

/** A unit without a parent, registered by somebody who has one. */
export const NEEDS_PARENT = problem("REQUIRED", "parent", {
  en: "Only an administrator registers a unit without a parent; name a unit of your branch.",
  vi: "Chỉ quản trị viên đăng ký đơn vị không có cấp trên; hãy ghi một đơn vị trong phạm vi quản lý (parent).",
});

/** A confederation with a parent. */
export const IS_TOP = problem("WRONG_LEVEL", "parent", {
  en: "A confederation is the top; it has no parent.",
  vi: "Tổng Liên đoàn là cấp cao nhất, không có cấp trên.",
});

/** What is wrong with a day. */
export function dayProblems(field: string, day: Day): Problem[] {
  if (isDay(day)) return [];
  return [
    problem("INVALID", field, {
      en: `"${day}" is not a day; expected YYYY-MM-DD.`,
      vi: `"${day}" không phải là ngày; cần ghi dạng NĂM-THÁNG-NGÀY.`,
    }),
  ];
}

/** What is wrong with a code. */
export function codeProblems(code: string): Problem[] {
  if (idIn(code) !== null) return [problem("INVALID", "code", { en: "A code must not look like an id.", vi: "Mã không được giống id." })];
  if (/^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,59}$/u.test(code)) return [];
  return [
    problem("INVALID", "code", {
      en: `"${code.slice(0, 70)}" is not a code; expected 1 to 60 letters, digits, ".", "_", "/" or "-", e.g. "CB-TP".`,
      vi: `"${code.slice(0, 70)}" không phải là mã; cần 1 đến 60 chữ cái, chữ số, ".", "_", "/" hoặc "-", ví dụ "CB-TP".`,
    }),
  ];
}

/** The refusal of a code that is taken. `present`: the unit that has it, or to which a duplicate that had it was joined; null where the caller does not see it. */
export function takenCode(code: string, present: Pick<Unit, "code"> | null): Problem {
  const other = { en: "choose another code, or name that unit by its own.", vi: "hãy chọn mã khác, hoặc ghi đơn vị đó bằng mã của nó." };
  const { en, vi } =
    !present || present.code === code
      ? {
          en: "belongs to another unit or to other values; choose another code, or change the unit with updateUnit.",
          vi: "đã thuộc đơn vị khác hoặc có thông tin khác; hãy chọn mã khác, hoặc sửa đơn vị bằng updateUnit.",
        }
      : identityFold(present.code) === identityFold(code)
        ? {
            en: `reads as "${present.code}", which another unit has; ${other.en}`,
            vi: `đọc giống mã "${present.code}" của đơn vị khác; ${other.vi}`,
          }
        : {
            en: `is that of a duplicate that was joined to "${present.code}"; ${other.en}`,
            vi: `là mã của đơn vị ghi trùng đã ghép vào "${present.code}"; ${other.vi}`,
          };
  return problem("ALREADY_EXISTS", "code", { en: `The code "${code}" ${en}`, vi: `Mã "${code}" ${vi}` });
}

/** What only schools have. */
const SCHOOL_FIELDS = { schoolLevel: "cấp học", ownership: "loại hình sở hữu" };

/** Everything that is wrong with what a unit is said to be. */
export function profileProblems(profile: Profile): Problem[] {
  const problems: Problem[] = [];
  if (profile.name === "" || profile.name.length > 200)
    problems.push(
      problem(profile.name === "" ? "REQUIRED" : "OUT_OF_RANGE", "name", {
        en: "A name has 1 to 200 characters.",
        vi: "Tên có từ 1 đến 200 ký tự.",
      }),
    );
  else if (!/[\p{L}\p{N}]/u.test(profile.name))
    problems.push(
      problem("REQUIRED", "name", {
        en: "The name has no letter and no digit: nobody could see it.",
        vi: "Tên không có chữ cái hay chữ số nào nên không ai thấy được.",
      }),
    );
  const isSchool = profile.kind === "SCHOOL";
  for (const field of ["schoolLevel", "ownership"] as const) {
    if (isSchool && profile[field] === null)
      problems.push(
        problem("REQUIRED", field, {
          en: `A school has ${field === "ownership" ? "an" : "a"} ${field}.`,
          vi: `Thiếu ${SCHOOL_FIELDS[field]} của trường (${field}).`,
        }),
      );
    if (!isSchool && profile[field] !== null)
      problems.push(
        problem("RULE", field, {
          en: `Only a school has ${field === "ownership" ? "an" : "a"} ${field}.`,
          vi: `Chỉ trường mới có ${SCHOOL_FIELDS[field]} (${field}).`,
        }),
      );
  }
  if (profile.autonomyGroup !== null && profile.ownership !== "PUBLIC")
    problems.push(
      problem("RULE", "autonomyGroup", {
        en: "Only a public school has an autonomy group (Decree 60/2021 Art. 9).",
        vi: "Chỉ trường công lập có nhóm tự chủ tài chính (Điều 9 Nghị định 60/2021).",
      }),
    );
  return problems;
}

/** What keeps a unit from standing under a parent from a day until another. */
export function underParentProblems(
  parent: UnitHistory,
  child: { level: UnitHistory["unit"]["level"]; from: Day; until: Day },
  field: string,
): Problem[] {
  if (!mayParent(parent.unit.level, child.level))
    return [
      problem("WRONG_LEVEL", field, {
        en: `${parent.unit.code} is of level ${parent.unit.level}; a parent of a ${child.level} is of a higher level.`,
        vi: `${parent.unit.code} là ${LEVEL_IN_VIETNAMESE[parent.unit.level]}; cấp trên của ${LEVEL_IN_VIETNAMESE[child.level]} phải ở cấp cao hơn.`,
      }),
    ];
  if (lives(parent.placements).some(({ from, until }) => from <= child.from && child.until <= until)) return [];
  const open = lives(parent.placements).map(({ from, until }) => (until === NEVER ? `from ${from}` : `from ${from} until ${until}`));
  return [
    problem("OUTSIDE_PARENT_LIFE", field, {
      en: `${parent.unit.code} is open ${open.join(" and ")}; the unit would stand under it from ${child.from}${child.until === NEVER ? "" : ` until ${child.until}`}.`,
      vi: `${parent.unit.code} hoạt động ${livesInVietnamese(parent)}; đơn vị này sẽ trực thuộc từ ${vietnameseDay(child.from)}${child.until === NEVER ? "" : ` đến ${vietnameseDay(child.until)}`}.`,
    }),
  ];
}

/** The days on which a unit was and is open, inside a Vietnamese sentence. */
export function livesInVietnamese({ placements }: UnitHistory): string {
  const days = lives(placements).map(
    ({ from, until }) => `từ ${vietnameseDay(from)}${until === NEVER ? "" : ` đến ${vietnameseDay(until)}`}`,
  );
  return days.join(" và ");
}
