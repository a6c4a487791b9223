import { type Day, vietnameseDay } from "../ground/day.js";
import { placementOn } from "../tree/history.js";
import { type Problem, problem } from "../ground/problem.js";
import { capital, vietnameseNumber, type Words } from "../ground/words.js";
import { type Content, type Fields } from "./field.js";
import { inVietnamese, missing } from "./field-words.js";
import { type RecordKind, type RuleContext } from "./kind.js";
import { termYears } from "./term.js";

/**
 * The checks that most kinds of records make, each a line in their rules. A value that is missing passes all but those
 * that ask for it: what is not there has been refused already or may be missing.
 */
export interface Checks<F extends Fields> {
  /** `field`: a field, a path inside one ("regulations.0.kind"), the unit itself or its school year. */
  refuse(code: Problem["code"], field: (keyof F & string) | `${keyof F & string}.${string}` | "schoolYear" | "unit", message: Words): void;
  /** These must be given, unless the record stands in a printed document, which may leave them out. */
  needed(...fields: (keyof F & string)[]): void;
  /** The unit was open on this day. */
  open(field: keyof F & string): void;
  /** One day is not before another. */
  inOrder(earlier: keyof F & string, later: keyof F & string, why: Words): void;
  /** A part is not larger than its whole. */
  atMost(part: keyof F & string, whole: keyof F & string, why: Words): void;
  /** A name of a term is two years. */
  term(field: keyof F & string): void;
  /** Either it was done, on a day, or it is said why not; in that case none of the others is given. */
  doneOrNot(doneOn: keyof F & string, notBecause: keyof F & string, others: readonly (keyof F & string)[]): void;
}

/** The rules of a kind as a list of checks; all problems come out, in the order of the checks. */
export function refusals<F extends Fields>(
  fields: F,
  rules: (check: Checks<F>, content: Content<F>, context: RuleContext) => void,
): RecordKind<F>["rules"] {
  return (content, context) => {
    const problems: Problem[] = [];
    rules(checksOf(fields, content, context, problems), content, context);
    return problems;
  };
}

function checksOf<F extends Fields>(fields: F, content: Content<F>, { unit, provenance }: RuleContext, problems: Problem[]): Checks<F> {
  type Name = keyof F & string;
  const dayOf = (name: Name) => content[name] as Day | null;
  const countOf = (name: Name) => content[name] as number | null;
  const refuse = (code: Problem["code"], field: string, message: Words) => void problems.push(problem(code, field, message));
  const vi = (name: Name) => inVietnamese(fields, name);
  const isGiven = (name: Name) => {
    const value: unknown = content[name];
    return Array.isArray(value) ? value.length > 0 : value !== null && value !== false && value !== 0;
  };
  return {
    refuse,
    needed(...names) {
      for (const name of names)
        if (content[name] === null && provenance !== "DOCUMENT") refuse("REQUIRED", name, missing(fields[name]!, name));
    },
    open(name) {
      const on = dayOf(name);
      if (on && !placementOn(unit, on)) refuse("UNIT_CLOSED", name, notOpen(on));
    },
    inOrder(earlier, later, why) {
      const [first, second] = [dayOf(earlier), dayOf(later)];
      if (first && second && second < first)
        refuse("OUT_OF_RANGE", later, {
          en: `${later} is ${second} and ${earlier} is ${first}: ${why.en}.`,
          vi: `${capital(vi(later))} là ${vietnameseDay(second)}, ${vi(earlier)} là ${vietnameseDay(first)}: ${why.vi}.`,
        });
    },
    atMost(part, whole, why) {
      const [few, many] = [countOf(part), countOf(whole)];
      if (few !== null && many !== null && few > many)
        refuse("RULE", part, {
          en: `${part} is ${few} and ${whole} is ${many}: ${why.en}.`,
          vi: `${capital(vi(part))} là ${vietnameseNumber(few)}, ${vi(whole)} là ${vietnameseNumber(many)}: ${why.vi}.`,
        });
    },
    term(name) {
      const term = content[name] as string | null;
      if (term && !termYears(term)) refuse("INVALID", name, noTerm(term));
    },
    doneOrNot(doneOn, notBecause, others) {
      if (isGiven(doneOn) && isGiven(notBecause))
        refuse("RULE", notBecause, {
          en: `Give ${doneOn} or ${notBecause}, not both.`,
          vi: `Chỉ ghi một trong hai: ${vi(doneOn)} hoặc ${vi(notBecause)}.`,
        });
      if (!isGiven(doneOn) && !isGiven(notBecause))
        refuse("REQUIRED", doneOn, {
          en: `Give ${doneOn}, or ${notBecause} where it was not done.`,
          vi: `Ghi ${vi(doneOn)}; nếu chưa thực hiện thì ghi ${vi(notBecause)}.`,
        });
      if (isGiven(notBecause))
        for (const name of others)
          if (isGiven(name))
            refuse("RULE", name, {
              en: `${name} is given, but ${notBecause} says that it was not done.`,
              vi: `Đã ghi ${vi(name)}, trong khi ${vi(notBecause)} cho biết là chưa thực hiện.`,
            });
    },
  };
}

/** The unit was not open on a day. */
export const notOpen = (on: Day): Words => ({
  en: `The unit was not open on ${on}.`,
  vi: `Đơn vị không hoạt động vào ngày ${vietnameseDay(on)}.`,
});

/** What was written for a term names none. */
export const noTerm = (term: string): Words => ({
  en: `"${term}" is not a term; expected two years, e.g. "2023-2028".`,
  vi: `"${term}" không phải là nhiệm kỳ; cần ghi hai năm, ví dụ "2023-2028".`,
});

/** There is no indicator of this key. */
export const noIndicator = (key: string): Words => ({
  en: `There is no indicator "${key}"; the query \`indicators\` lists them.`,
  vi: `Không có chỉ tiêu "${key}"; truy vấn \`indicators\` liệt kê các chỉ tiêu.`,
});

/** Nothing of an indicator is due on a day. `others`: those of which something is. */
export const takesNoDeadline = (key: string, others: readonly string[]): Words => ({
  en: `${key} takes no deadline; ${others.join(", ")} do.`,
  vi: `${key} không có thời hạn; các chỉ tiêu có thời hạn là ${others.join(", ")}.`,
});
