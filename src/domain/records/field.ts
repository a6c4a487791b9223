import { isDay } from "../day.js";
import { type Problem, problem } from "../problem.js";
import { cleanText } from "../vietnamese.js";

/** What a field of a record takes. The declaration serves the checks, the API's types and its documentation alike. */
export type Field =
  DayField | CountField | NumberField | FlagField | ChoiceField | ChoicesField | TextField | DaysField | UnitsField | RowsField;

interface Described {
  description: string;
  required: boolean;
}
export interface DayField extends Described {
  type: "day";
}
/** A whole number: of people or papers, or of Vietnamese dong. */
export interface CountField extends Described {
  type: "count" | "money";
}
/** A number that may have decimals, e.g. a rate as a fraction. */
export interface NumberField extends Described {
  type: "number";
}
export interface FlagField extends Described {
  type: "flag";
}
export interface TextField extends Described {
  type: "text";
  longest: number;
}
export interface ChoiceField<C extends string = string> extends Described {
  type: "choice";
  /** Name of the enumeration in the API. */
  name: string;
  choices: Readonly<Record<C, string>>;
}
export interface ChoicesField<C extends string = string> extends Described {
  type: "choices";
  name: string;
  choices: Readonly<Record<C, string>>;
}
export interface DaysField extends Described {
  type: "days";
}
/** Ids of units. Callers may write codes instead; the intake turns them into ids. */
export interface UnitsField extends Described {
  type: "units";
}

/** A list of small records of their own. */
export interface RowsField<F extends Fields = Readonly<Record<string, Field>>> extends Described {
  type: "rows";
  name: string;
  fields: F;
}

export type Fields = Readonly<Record<string, Field>>;

type ValueOf<F> = F extends { type: "rows"; fields: infer R extends Fields }
  ? Content<R>[]
  : F extends { type: "count" | "money" | "number" }
    ? number
    : F extends { type: "flag" }
      ? boolean
      : F extends { type: "choice"; choices: Readonly<Record<infer C, string>> }
        ? C
        : F extends { type: "choices"; choices: Readonly<Record<infer C, string>> }
          ? C[]
          : F extends { type: "days" | "units" }
            ? string[]
            : string;

type ListType = "choices" | "days" | "units" | "rows";

/** The values of a record's fields: a required one is there, another may be `null`; a list is never `null`. */
export type Content<F extends Fields = Fields> = {
  [K in keyof F]: F[K]["required"] extends true ? ValueOf<F[K]> : F[K]["type"] extends ListType ? ValueOf<F[K]> : ValueOf<F[K]> | null;
};

export const day = (description: string) => ({ type: "day", description, required: false }) as const satisfies DayField;
export const count = (description: string) => ({ type: "count", description, required: false }) as const satisfies CountField;
export const money = (description: string) => ({ type: "money", description, required: false }) as const satisfies CountField;
export const number = (description: string) => ({ type: "number", description, required: false }) as const satisfies NumberField;
export const flag = (description: string) => ({ type: "flag", description, required: false }) as const satisfies FlagField;
export const text = (description: string, longest = 500) =>
  ({ type: "text", description, required: false, longest }) as const satisfies TextField;
export const days = (description: string) => ({ type: "days", description, required: false }) as const satisfies DaysField;
export const units = (description: string) => ({ type: "units", description, required: false }) as const satisfies UnitsField;
export const choice = <C extends string>(name: string, choices: Record<C, string>, description: string) =>
  ({ type: "choice", name, choices, description, required: false }) as const satisfies ChoiceField<C>;
export const choices = <C extends string>(name: string, all: Record<C, string>, description: string) =>
  ({ type: "choices", name, choices: all, description, required: false }) as const satisfies ChoicesField<C>;
export const rows = <F extends Fields>(name: string, fields: F, description: string) =>
  ({ type: "rows", name, fields, description, required: false }) as const satisfies RowsField<F>;
/** The same field, which must be given. */
export const required = <F extends Field>(field: F) => ({ ...field, required: true }) as Omit<F, "required"> & { required: true };

/** No count of people or papers in the federation is larger; what is, is a typing error. */
export const LARGEST_COUNT = 20_000_000;
/** No unit pays more dong in one record; sums over the whole federation stay below 2^53. */
export const LARGEST_AMOUNT = 100_000_000_000;
const LONGEST_LIST = 500;

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
      if (field.required) problems.push(problem("REQUIRED", name, `${name} is missing: ${field.description}`));
      continue;
    }
    const read = isList ? readList(field, name, value) : readValue(field, name, value);
    problems.push(...[read.problem ?? []].flat());
    content[name] = read.value ?? nothing;
    if (field.required && read.value === null && !read.problem)
      problems.push(problem("REQUIRED", name, `${name} is empty: ${field.description}`));
  }
  return { content: content as Content<F>, problems };
}

/** Whether a field takes a list. */
export function isListField(field: Field): field is Extract<Field, { type: ListType }> {
  return field.type === "choices" || field.type === "days" || field.type === "units" || field.type === "rows";
}

interface Reading {
  value: unknown;
  problem: Problem | Problem[] | null;
}

function readList(field: Field, name: string, value: unknown): Reading {
  if (!Array.isArray(value)) return { value: null, problem: problem("INVALID", name, `${name} takes a list.`) };
  if (value.length > LONGEST_LIST)
    return { value: null, problem: problem("OUT_OF_RANGE", name, `${name} takes at most ${LONGEST_LIST} entries, not ${value.length}.`) };
  const readings = value.map((item, index) => readValue(field, `${name}.${index}`, item));
  const problems = readings.flatMap((reading) => reading.problem ?? []);
  const values = readings.map((reading) => reading.value);
  if (problems.length === 0) return { value: values, problem: null };
  return { value: field.type === "units" ? values.map((id) => id ?? "") : null, problem: problems };
}

/** The content as it is stored: lists sorted and without repetition, so that the same said in another order is the same. */
export function canonical<F extends Fields>(fields: F, content: Content<F>): Content<F> {
  const entries = Object.entries(content).map(([name, value]): [string, unknown] => {
    const field = fields[name];
    return field && isListField(field) && field.type !== "rows" ? [name, [...new Set(value as unknown as string[])].sort()] : [name, value];
  });
  return Object.fromEntries(entries) as Content<F>;
}

function readValue(field: Field, name: string, value: unknown): Reading {
  const fault = (code: "INVALID" | "OUT_OF_RANGE", message: string): Reading => ({ value: null, problem: problem(code, name, message) });
  switch (field.type) {
    case "day":
    case "days":
      return typeof value === "string" && isDay(value)
        ? { value, problem: null }
        : fault("INVALID", `${shown(value)} is not a day of the calendar; expected YYYY-MM-DD, e.g. "2024-09-25".`);
    case "count":
    case "money": {
      const largest = field.type === "count" ? LARGEST_COUNT : LARGEST_AMOUNT;
      if (typeof value !== "number" || !Number.isInteger(value)) return fault("INVALID", `${shown(value)} is not a whole number.`);
      if (value < 0) return fault("OUT_OF_RANGE", `${value} is below zero; a count or an amount is 0 or more.`);
      return value > largest ? fault("OUT_OF_RANGE", `${value} is too large; expected at most ${largest}.`) : { value, problem: null };
    }
    case "number":
      return typeof value === "number" && Number.isFinite(value)
        ? { value, problem: null }
        : fault("INVALID", `${shown(value)} is not a number.`);
    case "rows": {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return fault("INVALID", `${shown(value)} is not an object.`);
      const row = readContent(field.fields, value as Record<string, unknown>);
      const problems = row.problems.map((found) => ({ ...found, field: `${name}.${found.field}` }));
      return { value: row.content, problem: problems.length > 0 ? problems : null };
    }
    case "flag":
      return typeof value === "boolean" ? { value, problem: null } : fault("INVALID", `${shown(value)} is neither true nor false.`);
    case "choice":
    case "choices":
      return typeof value === "string" && Object.hasOwn(field.choices, value)
        ? { value, problem: null }
        : fault("INVALID", `${shown(value)} is none of ${Object.keys(field.choices).join(", ")}.`);
    case "units":
    case "text": {
      if (typeof value !== "string") return fault("INVALID", `${shown(value)} is not a text.`);
      const longest = field.type === "text" ? field.longest : 64;
      const clean = cleanText(value);
      const length = [...clean].length;
      if (length > longest) return fault("OUT_OF_RANGE", `${name} has ${length} characters; expected at most ${longest}.`);
      if (clean === "" && field.type === "units") return fault("INVALID", `${shown(value)} is not the id or code of a unit.`);
      return { value: clean === "" ? null : clean, problem: null };
    }
  }
}

/** A sent value inside a sentence, cut short. */
function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}
