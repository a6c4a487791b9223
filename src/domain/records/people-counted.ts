import { type Dossier, recordsOf } from "../counting/dossier.js";
import { type Problem, problem } from "../ground/problem.js";
import { type Words } from "../ground/words.js";
import { type Obligation } from "../counting/obligation.js";
import { type TallyWriter } from "../counting/tally.js";
import { choice, type Content, type Fields, units } from "./field.js";
import { type RuleContext } from "./kind.js";
import { includesPredecessors } from "./predecessors.js";

/** Whom a union's report of people counts. */
export const PEOPLE_COUNTED = {
  OTHERS_ONLY:
    "Only people, and what was done, that stand in no report of its schools (không tính các trường): its schools report themselves.",
  ALL_ITS_SCHOOLS:
    "Everybody of all its schools, and of the union itself (tính cả các trường): its schools have reported through it and send no report of their own.",
} as const;
export type PeopleCounted = keyof typeof PEOPLE_COUNTED;

/** What reports of people say of whom they count. */
export const peopleCountedFields = {
  peopleCounted: choice(
    { en: "people counted", vi: "đối tượng tính trong báo cáo" },
    "PeopleCounted",
    PEOPLE_COUNTED,
    "Whom the report of a union counts (đối tượng tính trong báo cáo): a union must say it, so that nobody is counted twice. null in the report of a school, which counts its own people, and in reports of unions that 0.4.0 stored: they count OTHERS_ONLY.",
  ),
  schools: units(
    { en: "schools", vi: "các trường được tính trong báo cáo" },
    "With ALL_ITS_SCHOOLS the schools whose people the report counts (các trường được tính trong báo cáo): those that stand under the union on the reference date. Leave it out: the hub names them; a list that is sent must be the same. A school that goes elsewhere, or closes, afterwards stays in the report until that is corrected, one that comes owes a report of its own; what a school that closed before reports itself counts beside the union's.",
  ),
} as const;

type Counting = Pick<Content<typeof peopleCountedFields>, "schools"> & { peopleCounted: PeopleCounted | null };

/** The schools whose people a report counts for them. */
export function schoolsCounted({ peopleCounted, schools }: Counting): readonly string[] {
  return peopleCounted === "ALL_ITS_SCHOOLS" ? schools : [];
}

type CountingProblem = Problem & { field: keyof typeof peopleCountedFields };

/** Why a report of people may not say so of whom it counts. Whether the schools are the union's, and report nothing themselves, the intake asks. */
export function peopleCountedProblems({ peopleCounted, schools }: Counting, { unit: { unit } }: RuleContext): CountingProblem[] {
  const problems: CountingProblem[] = [];
  const refuse = (code: Problem["code"], field: CountingProblem["field"], message: Words) =>
    void problems.push({ ...problem(code, field, message), field });
  if (unit.level === "GRASSROOTS" && peopleCounted === null)
    refuse("REQUIRED", "peopleCounted", {
      en: "peopleCounted is missing: say whether the union's report counts only people who stand in no report of its schools (OTHERS_ONLY) or everybody of all its schools (ALL_ITS_SCHOOLS).",
      vi: "Thiếu đối tượng tính trong báo cáo (peopleCounted): ghi rõ báo cáo của công đoàn chỉ tính những người không có trong báo cáo của trường nào (OTHERS_ONLY) hay tính tất cả các trường của công đoàn (ALL_ITS_SCHOOLS).",
    });
  if (unit.level === "SCHOOL" && peopleCounted !== null)
    refuse("WRONG_LEVEL", "peopleCounted", {
      en: "A school's report counts its own people; only a union says whom its report counts.",
      vi: "Báo cáo của trường chỉ tính người của trường; chỉ công đoàn mới ghi đối tượng tính trong báo cáo (peopleCounted).",
    });
  if (unit.level !== "SCHOOL" && unit.level !== "GRASSROOTS" && peopleCounted === "ALL_ITS_SCHOOLS")
    refuse("WRONG_LEVEL", "peopleCounted", {
      en: "A federation reports what it did itself (OTHERS_ONLY); only a union reports for its schools.",
      vi: "Liên đoàn chỉ báo cáo phần việc của mình (OTHERS_ONLY); chỉ công đoàn cơ sở mới báo cáo thay các trường.",
    });
  if (schools.length > 0 && peopleCounted !== "ALL_ITS_SCHOOLS")
    refuse("RULE", "schools", {
      en: "Schools are named, and the report counts none of them; leave them out, or say ALL_ITS_SCHOOLS.",
      vi: "Có danh sách trường nhưng báo cáo không tính trường nào; hãy bỏ danh sách này, hoặc ghi ALL_ITS_SCHOOLS.",
    });
  return problems;
}

/**
 * The report of a kind that counts a dossier's unit: its own, or the one in which its union counts it with all its schools; of two unions, of which
 * one followed the other in the year, that which includes the other's.
 */
export function reportCounting<F extends Fields & typeof peopleCountedFields>(
  dossier: Dossier,
  kind: { key: string; fields: F },
): { own: Content<F> | null; ofUnion: Content<F> | null } {
  const reports = recordsOf(dossier, kind);
  const own = reports.find(({ lead }) => lead)?.content ?? null;
  const ofUnions = reports.filter(({ lead }) => !lead).map(({ content }) => content);
  return { own, ofUnion: own ? null : (ofUnions.find((content) => includesPredecessors(content)) ?? ofUnions[0] ?? null) };
}

/** Tells of a unit that its people stand in its union's report, and of a union for how many schools it spoke. */
export function tallySpokenFor(duty: Obligation, { own, ofUnion }: { own: Counting | null; ofUnion: Counting | null }, write: TallyWriter) {
  const { throughUnion } = duty;
  if (!throughUnion) throw new Error(`nobody reports ${duty.key} for others`);
  if (ofUnion) write.add(throughUnion.inUnionReport, 1);
  if (own) write.add(throughUnion.spokenFor, schoolsCounted(own).length);
}

/** For how many units a report speaks: what it leaves open it leaves open for all of them. */
export function unitsSpokenFor(report: Counting): number {
  return 1 + schoolsCounted(report).length;
}

/** Whether two reports of a unit count the same people, so that one may be set against the other. */
export function countSamePeople(a: Counting, b: Counting): boolean {
  return [...schoolsCounted(a)].sort().join() === [...schoolsCounted(b)].sort().join();
}
