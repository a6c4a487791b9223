import { vietnameseDay } from "../ground/day.js";
import { type Problem, problem } from "../ground/problem.js";
import { type Words } from "../ground/words.js";
import { type SchoolYear } from "../tree/school-year.js";
import { type Provenance } from "../tree/unit.js";
import { type Content, type Fields, flag } from "./field.js";
import { inVietnamese } from "./field-words.js";

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
  const refused = (code: "REQUIRED" | "RULE", message: Words) => [problem(code, INCLUDES, message)];
  const [from, until] = [vietnameseDay(countsFrom), vietnameseDay(referenceDate)];
  if (predecessors.count === 0)
    return said === null
      ? []
      : refused("RULE", {
          en: `This unit followed none that ended between ${countsFrom} and ${referenceDate}; leave ${INCLUDES} out.`,
          vi: `Đơn vị không kế tiếp đơn vị nào kết thúc trong khoảng ${from} đến ${until}; hãy bỏ ${inVietnamese(kind.fields, INCLUDES)}.`,
        });
  if (said === null && provenance !== "DOCUMENT")
    return refused("REQUIRED", {
      en: `${INCLUDES} is missing: this unit followed ${told(predecessors).en} between ${countsFrom} and ${referenceDate}; say whether the report includes what was done there.`,
      vi: `Thiếu ${inVietnamese(kind.fields, INCLUDES)}: đơn vị kế tiếp ${told(predecessors).vi} trong khoảng ${from} đến ${until}; ghi rõ báo cáo có gộp số liệu của đơn vị đó không.`,
    });
  if (said === true && includedBy.count > 0)
    return refused("RULE", {
      en: `${told(includedBy).en} says already that it includes what was done before the split; of several successors one at most does. Send false, or have the other report corrected first.`,
      vi: `Báo cáo của ${told(includedBy).vi} đã gộp số liệu trước khi tách; trong các đơn vị kế tiếp chỉ một đơn vị được gộp. Hãy ghi false, hoặc đề nghị sửa báo cáo kia trước.`,
    });
  if (said === true && countedBy.count > 0)
    return refused("RULE", {
      en: `What was done there stands in the report of ${told(countedBy).en}, which counts all its schools. Send false, or have that report corrected or withdrawn first.`,
      vi: `Số liệu đó đã có trong báo cáo của ${told(countedBy).vi}, báo cáo tính tất cả các trường. Hãy ghi false, hoặc đề nghị sửa hay rút báo cáo đó trước.`,
    });
  return [];
}

function told({ count, codes }: ToldUnits): Words {
  const unseen = count - codes.length;
  const en = unseen === 1 ? "1 unit outside your branch" : `${unseen} units outside your branch`;
  const listed = (others: string) => [...codes, ...(unseen > 0 ? [others] : [])].join(", ");
  return { en: listed(en), vi: listed(`${unseen} đơn vị ngoài phạm vi quản lý`) };
}
