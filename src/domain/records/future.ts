import { type Day, vietnameseDay } from "../ground/day.js";
import { type Problem, problem } from "../ground/problem.js";
import { type Content, type Fields } from "./field.js";

/** The future is not known: nothing that happened or was counted is dated after today. `path`: where the fields stand in the input. */
export function futureProblems(fields: Fields, content: Content, today: Day, path = ""): Problem[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const value: unknown = content[name];
    const listed = (Array.isArray(value) ? value : []) as unknown[];
    const late = (on: unknown, at: string) => (typeof on === "string" && on > today ? [notYet(on, path + at, today)] : []);
    if (field.type === "day") return field.mayBeAhead ? [] : late(value, name);
    if (field.type === "days") return listed.flatMap((on, index) => late(on, `${name}.${index}`));
    if (field.type !== "rows") return [];
    return listed.flatMap((row, index) => futureProblems(field.fields, row as Content, today, `${path}${name}.${index}.`));
  });
}

function notYet(on: Day, field: string, today: Day): Problem {
  return problem("OUT_OF_RANGE", field, {
    en: `${on} lies in the future (today is ${today}); record it when it has come.`,
    vi: `Ngày ${vietnameseDay(on)} là ngày trong tương lai (hôm nay là ${vietnameseDay(today)}); hãy ghi khi đã đến ngày đó.`,
  });
}
