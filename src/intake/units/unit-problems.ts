import { type Day, NEVER } from "../../domain/ground/day.js";
import { lives, type UnitHistory } from "../../domain/tree/history.js";
import { type Problem, problem } from "../../domain/ground/problem.js";
import { mayParent, type Profile, type Unit } from "../../domain/tree/unit.js";
import { identityFold } from "../../domain/ground/vietnamese.js";
import { idIn } from "../../work/references.js";

/** What is wrong with a code. */
export function codeProblems(code: string): Problem[] {
  if (idIn(code) !== null) return [problem("INVALID", "code", "A code must not look like an id.")];
  if (/^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,59}$/u.test(code)) return [];
  return [
    problem(
      "INVALID",
      "code",
      `"${code.slice(0, 70)}" is not a code; expected 1 to 60 letters, digits, ".", "_", "/" or "-", e.g. "CB-TP".`,
    ),
  ];
}

/** The refusal of a code that is taken. `present`: the unit that has it, or to which a duplicate that had it was joined; null where the caller does not see it. */
export function takenCode(code: string, present: Pick<Unit, "code"> | null): Problem {
  const other = "choose another code, or name that unit by its own.";
  const sentence =
    !present || present.code === code
      ? "belongs to another unit or to other values; choose another code, or change the unit with updateUnit."
      : identityFold(present.code) === identityFold(code)
        ? `reads as "${present.code}", which another unit has; ${other}`
        : `is that of a duplicate that was joined to "${present.code}"; ${other}`;
  return problem("ALREADY_EXISTS", "code", `The code "${code}" ${sentence}`);
}

/** Everything that is wrong with what a unit is said to be. */
export function profileProblems(profile: Profile): Problem[] {
  const problems: Problem[] = [];
  if (profile.name === "" || profile.name.length > 200)
    problems.push(problem(profile.name === "" ? "REQUIRED" : "OUT_OF_RANGE", "name", "A name has 1 to 200 characters."));
  else if (!/[\p{L}\p{N}]/u.test(profile.name))
    problems.push(problem("REQUIRED", "name", "The name has no letter and no digit: nobody could see it."));
  const isSchool = profile.kind === "SCHOOL";
  for (const field of ["schoolLevel", "ownership"] as const) {
    if (isSchool && profile[field] === null)
      problems.push(problem("REQUIRED", field, `A school has ${field === "ownership" ? "an" : "a"} ${field}.`));
    if (!isSchool && profile[field] !== null)
      problems.push(problem("RULE", field, `Only a school has ${field === "ownership" ? "an" : "a"} ${field}.`));
  }
  if (profile.autonomyGroup !== null && profile.ownership !== "PUBLIC")
    problems.push(problem("RULE", "autonomyGroup", "Only a public school has an autonomy group (Decree 60/2021 Art. 9)."));
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
      problem(
        "WRONG_LEVEL",
        field,
        `${parent.unit.code} is of level ${parent.unit.level}; a parent of a ${child.level} is of a higher level.`,
      ),
    ];
  if (lives(parent.placements).some(({ from, until }) => from <= child.from && child.until <= until)) return [];
  const open = lives(parent.placements).map(({ from, until }) => (until === NEVER ? `from ${from}` : `from ${from} until ${until}`));
  return [
    problem(
      "OUTSIDE_PARENT_LIFE",
      field,
      `${parent.unit.code} is open ${open.join(" and ")}; the unit would stand under it from ${child.from}${child.until === NEVER ? "" : ` until ${child.until}`}.`,
    ),
  ];
}
