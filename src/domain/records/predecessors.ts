import { type Problem, problem } from "../ground/problem.js";
import { type SchoolYear } from "../tree/school-year.js";
import { type Provenance } from "../tree/unit.js";
import { type Content, type Fields, flag } from "./field.js";

/** The field by which a report says whether it includes what the units did that its unit followed. */
export const INCLUDES = "includesPredecessors";

/** Whether a kind of report can say so. */
export const mayInclude = ({ fields }: { fields: Fields }): boolean => INCLUDES in fields;

/** Whether a report says so; one that says nothing does not include them. */
export const includesPredecessors = (content: Content): boolean => content[INCLUDES] === true;

/** Units as somebody may be told them: how many, and the codes of those that are seen. */
export interface ToldUnits {
  count: number;
  codes: readonly string[];
}

/** What there is to include in a report. */
export interface Followed {
  /** Units that ended in the school year and that the unit of the report followed. */
  predecessors: ToldUnits;
  /** Others that follow these, too, and say that they include them. */
  includedBy: ToldUnits;
  /** Unions whose report counts some of these with all their schools. */
  countedBy: ToldUnits;
}

const NO_UNITS: ToldUnits = { count: 0, codes: [] };
export const FOLLOWED_NONE: Followed = { predecessors: NO_UNITS, includedBy: NO_UNITS, countedBy: NO_UNITS };

/** What it means in a report of people. */
export const OF_MEMBERS =
  "true: opening figures and movements are those of all of them, what came is no structuralGain, and their own reports add nothing. false: it opens with its own people, and what came is a structuralGain.";

/** The field. `means`: what the report of such a unit then holds. */
export const inclusion = (means: string) =>
  flag(
    { en: "includes predecessors", vi: "đã gộp số liệu của đơn vị tiền thân" },
    `Of a unit that followed others which ended in the school year: whether the report includes their figures (đã gộp số liệu của đơn vị tiền thân). ${means} Required where there is such a unit, refused elsewhere; of the successors of a split one at most says true. What a predecessor itself followed is in that one's report. null: not included, as in 0.4.0.`,
  );

/** What is known of a report besides its content. */
interface Sent {
  followed: Followed;
  schoolYear: SchoolYear | null;
  provenance: Provenance;
}

/** Why a report may not say that it includes its predecessors, or must say whether it does. */
export function inclusionProblems(
  kind: { fields: Fields },
  content: Content,
  { followed: { predecessors, includedBy, countedBy }, schoolYear, provenance }: Sent,
): Problem[] {
  if (!schoolYear || !mayInclude(kind)) return [];
  const said = content[INCLUDES];
  const { countsFrom, referenceDate } = schoolYear;
  const refused = (code: "REQUIRED" | "RULE", message: string) => [problem(code, INCLUDES, message)];
  if (predecessors.count === 0)
    return said === null
      ? []
      : refused("RULE", `This unit followed none that ended between ${countsFrom} and ${referenceDate}; leave ${INCLUDES} out.`);
  if (said === null && provenance !== "DOCUMENT")
    return refused(
      "REQUIRED",
      `${INCLUDES} is missing: this unit followed ${told(predecessors)} between ${countsFrom} and ${referenceDate}; say whether the report includes what was done there.`,
    );
  if (said === true && includedBy.count > 0)
    return refused(
      "RULE",
      `${told(includedBy)} says already that it includes what was done before the split; of several successors one at most does. Send false, or have the other report corrected first.`,
    );
  if (said === true && countedBy.count > 0)
    return refused(
      "RULE",
      `What was done there stands in the report of ${told(countedBy)}, which counts all its schools. Send false, or have that report corrected or withdrawn first.`,
    );
  return [];
}

function told({ count, codes }: ToldUnits): string {
  const unseen = count - codes.length;
  const others = unseen === 1 ? "1 unit outside your branch" : `${unseen} units outside your branch`;
  return [...codes, ...(unseen > 0 ? [others] : [])].join(", ");
}
