import { isDay } from "../ground/day.js";
import { type Problem, problem } from "../ground/problem.js";
import { cleanText } from "../ground/vietnamese.js";
import { capital, vietnameseNumber, type Words } from "../ground/words.js";
import { type Content, type Field, type Fields, isListField, type ListField, LONGEST_LIST } from "./field.js";
import { fieldInVietnamese, missing } from "./field-words.js";
import { unitWithin } from "./unit-lists.js";

/** No count of people or papers in the federation is larger; what is, is a typing error. */
export const LARGEST_COUNT = 20_000_000;
/** No unit pays more dong in one record; sums over the whole federation stay below 2^53. */
export const LARGEST_AMOUNT = 100_000_000_000;

/**
 * Reads what a caller sent into the content of a record. Returns all problems at once; a field that has one is `null` in
 * the content (a list: empty; of units: "" in each wrong place), so that the rules can still look at the others.
 */
export function readContent<F extends Fields>(
  fields: F,
  sent: Readonly<Record<string, unknown>>,
): { content: Content<F>; problems: Problem[] } {
  const problems: Problem[] = [];
  const content: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = sent[name];
    const isList = isListField(field);
    const nothing = isList ? [] : null;
    content[name] = nothing;
    if (value === undefined || value === null || (value === "" && field.type !== "text")) {
      if (field.required) problems.push(problem("REQUIRED", name, missing(field, name)));
      continue;
    }
    const read = isList ? readList(field, name, value) : readValue(field, name, value);
    problems.push(...[read.problem ?? []].flat());
    content[name] = read.value ?? nothing;
    if (field.required && read.value === null && !read.problem)
      problems.push(
        problem("REQUIRED", name, {
          en: `${name} is empty: ${field.description}`,
          vi: `${capital(fieldInVietnamese(field, name))} để trống.`,
        }),
      );
  }
  return { content: content as Content<F>, problems };
}

/** A stored content with all the fields of its kind, its rows, too, in their order: one that was stored before a field was declared leaves it open. */
export function withAllFields<F extends Fields>(fields: F, stored: Readonly<Record<string, unknown>>): Content<F> {
  const content: Record<string, unknown> = {};
  for (const name in fields) {
    const field: Field = fields[name]!;
    const value = stored[name] ?? (isListField(field) ? [] : null);
    content[name] = field.type === "rows" ? (value as Record<string, unknown>[]).map((row) => withAllFields(field.fields, row)) : value;
  }
  return content as Content<F>;
}

interface Reading {
  value: unknown;
  problem: Problem | Problem[] | null;
}

function readList(field: ListField, name: string, value: unknown): Reading {
  if (!Array.isArray(value))
    return {
      value: null,
      problem: problem("INVALID", name, {
        en: `${name} takes a list.`,
        vi: `${capital(fieldInVietnamese(field, name))} phải là danh sách.`,
      }),
    };
  const most = field.type === "choices" ? LONGEST_LIST : field.most;
  if (value.length > most)
    return {
      value: null,
      problem: problem("OUT_OF_RANGE", name, {
        en: `${name} takes at most ${most} entries, not ${value.length}.`,
        vi: `${capital(fieldInVietnamese(field, name))} có tối đa ${most} mục, không phải ${vietnameseNumber(value.length)}.`,
      }),
    };
  const readings = value.map((item, index) => readValue(field, `${name}.${index}`, item));
  const problems = readings.flatMap((reading) => reading.problem ?? []);
  const values = readings.map((reading) => reading.value);
  if (problems.length === 0) return { value: field.type === "choices" ? [...new Set(values)] : values, problem: null };
  return { value: field.type === "units" ? values.map((id) => id ?? "") : null, problem: problems };
}

/** The content as it is stored: lists sorted and without repetition, rows of units in the order of their units, so that the same said in another order is the same. */
export function canonical<F extends Fields>(fields: F, content: Content<F>): Content<F> {
  const entries = Object.entries(content).map(([name, value]): [string, unknown] => {
    const field = fields[name];
    const within = field?.type === "rows" ? unitWithin(field) : null;
    if (within !== null) return [name, (value as unknown as Content[]).toSorted((a, b) => (a[within]! < b[within]! ? -1 : 1))];
    return field && isListField(field) && field.type !== "rows" ? [name, [...new Set(value as unknown as string[])].sort()] : [name, value];
  });
  return Object.fromEntries(entries) as Content<F>;
}

function readValue(field: Field, name: string, value: unknown): Reading {
  const fault = (code: "INVALID" | "OUT_OF_RANGE", message: Words) => unread(name, code, message);
  switch (field.type) {
    case "day":
    case "days":
      return typeof value === "string" && isDay(value)
        ? { value, problem: null }
        : fault("INVALID", {
            en: `${shown(value)} is not a day of the calendar; expected YYYY-MM-DD, e.g. "2024-09-25".`,
            vi: `${shown(value)} không phải là ngày có trong lịch; cần ghi dạng NĂM-THÁNG-NGÀY, ví dụ "2024-09-25".`,
          });
    case "count":
    case "money": {
      const largest = field.type === "count" ? LARGEST_COUNT : LARGEST_AMOUNT;
      if (typeof value !== "number" || !Number.isInteger(value))
        return fault("INVALID", { en: `${shown(value)} is not a whole number.`, vi: `${shown(value)} không phải là số nguyên.` });
      if (value < 0)
        return fault("OUT_OF_RANGE", {
          en: `${value} is below zero; a count or an amount is 0 or more.`,
          vi: `${vietnameseNumber(value)} nhỏ hơn 0; số lượng hoặc số tiền phải từ 0 trở lên.`,
        });
      return value > largest
        ? fault("OUT_OF_RANGE", {
            en: `${value} is too large; expected at most ${largest}.`,
            vi: `${vietnameseNumber(value)} quá lớn; tối đa là ${vietnameseNumber(largest)}.`,
          })
        : { value, problem: null };
    }
    case "number":
      return typeof value === "number" && Number.isFinite(value)
        ? { value, problem: null }
        : fault("INVALID", { en: `${shown(value)} is not a number.`, vi: `${shown(value)} không phải là số.` });
    case "rows": {
      if (typeof value !== "object" || value === null || Array.isArray(value))
        return fault("INVALID", {
          en: `${shown(value)} is not an object.`,
          vi: `${shown(value)} không phải là một dòng số liệu (object).`,
        });
      const row = readContent(field.fields, value as Record<string, unknown>);
      const problems = row.problems.map((found) => ({ ...found, field: `${name}.${found.field}` }));
      return { value: row.content, problem: problems.length > 0 ? problems : null };
    }
    case "flag":
      return typeof value === "boolean"
        ? { value, problem: null }
        : fault("INVALID", {
            en: `${shown(value)} is neither true nor false.`,
            vi: `${shown(value)} không phải là có hoặc không (true, false).`,
          });
    case "choice":
    case "choices":
      return typeof value === "string" && Object.hasOwn(field.choices, value)
        ? { value, problem: null }
        : fault("INVALID", {
            en: `${shown(value)} is none of ${Object.keys(field.choices).join(", ")}.`,
            vi: `${shown(value)} không thuộc các giá trị ${Object.keys(field.choices).join(", ")}.`,
          });
    case "unit":
    case "units":
    case "text":
      return readText(field, name, value);
  }
}

/** A text, cleaned: an empty one is none. What names a unit is one, too. */
function readText(field: Field & { type: "unit" | "units" | "text" }, name: string, value: unknown): Reading {
  if (typeof value !== "string")
    return unread(name, "INVALID", { en: `${shown(value)} is not a text.`, vi: `${shown(value)} không phải là văn bản.` });
  const longest = field.type === "text" ? field.longest : 64;
  const clean = cleanText(value);
  const length = [...clean].length;
  if (length > longest)
    return unread(name, "OUT_OF_RANGE", {
      en: `${name} has ${length} characters; expected at most ${longest}.`,
      vi: `${capital(fieldInVietnamese(field, name))} có ${vietnameseNumber(length)} ký tự; tối đa là ${longest}.`,
    });
  if (clean === "" && field.type !== "text")
    return unread(name, "INVALID", {
      en: `${shown(value)} is not the id or code of a unit.`,
      vi: `${shown(value)} không phải là id hoặc mã đơn vị.`,
    });
  return { value: clean === "" ? null : clean, problem: null };
}

function unread(name: string, code: "INVALID" | "OUT_OF_RANGE", message: Words): Reading {
  return { value: null, problem: problem(code, name, message) };
}

/** A sent value inside a sentence, cut short. */
function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}
