import { type Words } from "../ground/words.js";

/** What a field of a record takes. The declaration serves the checks, the API's types and its documentation alike. */
export type Field =
  DayField | CountField | NumberField | FlagField | ChoiceField | ChoicesField | TextField | DaysField | UnitField | UnitsField | RowsField;

interface Described {
  /** What people call it, as inside a sentence or above a column: "held on", "ngày tổ chức". */
  name: Words;
  description: string;
  required: boolean;
}
export interface DayField extends Described {
  type: "day";
  /** Whether it may lie after today, as an expiry, the end of a term or a deadline: all others are of what happened or was counted. */
  mayBeAhead: boolean;
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
  typeName: string;
  choices: Readonly<Record<C, string>>;
}
export interface ChoicesField<C extends string = string> extends Described {
  type: "choices";
  typeName: string;
  choices: Readonly<Record<C, string>>;
}
/** A list that takes at most so many entries. */
interface Listed extends Described {
  most: number;
}
export interface DaysField extends Listed {
  type: "days";
}
/** Ids of units. Callers may write codes instead; the intake turns them into ids. */
export interface UnitsField extends Listed {
  type: "units";
}
/** The unit that a row speaks of: its id, or its code as callers may write. A row has at most one. */
export interface UnitField extends Described {
  type: "unit";
}

/** A list of small records of their own. */
export interface RowsField<F extends Fields = Readonly<Record<string, Field>>> extends Listed {
  type: "rows";
  typeName: string;
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

export const day = (name: Words, description: string) =>
  ({ type: "day", name, description, required: false, mayBeAhead: false as boolean }) as const satisfies DayField;
/** A day that may lie after today. */
export const ahead = (name: Words, description: string): ReturnType<typeof day> => ({ ...day(name, description), mayBeAhead: true });
export const count = (name: Words, description: string) =>
  ({ type: "count", name, description, required: false }) as const satisfies CountField;
export const money = (name: Words, description: string) =>
  ({ type: "money", name, description, required: false }) as const satisfies CountField;
export const number = (name: Words, description: string) =>
  ({ type: "number", name, description, required: false }) as const satisfies NumberField;
export const flag = (name: Words, description: string) =>
  ({ type: "flag", name, description, required: false }) as const satisfies FlagField;
export const text = (name: Words, description: string, longest = 500) =>
  ({ type: "text", name, description, required: false, longest }) as const satisfies TextField;
/** Far more than a list within one record has. */
const USUAL_MOST = 50;
/** No list is longer. */
export const LONGEST_LIST = 500;

export const days = (name: Words, description: string) =>
  ({ type: "days", name, description, required: false, most: USUAL_MOST }) as const satisfies DaysField;
export const unit = (name: Words, description: string) =>
  ({ type: "unit", name, description, required: false }) as const satisfies UnitField;
export const units = (name: Words, description: string) =>
  ({ type: "units", name, description, required: false, most: LONGEST_LIST }) as const satisfies UnitsField;
export const choice = <C extends string>(name: Words, typeName: string, choices: Record<C, string>, description: string) =>
  ({ type: "choice", name, typeName, choices, description, required: false }) as const satisfies ChoiceField<C>;
export const choices = <C extends string>(name: Words, typeName: string, all: Record<C, string>, description: string) =>
  ({ type: "choices", name, typeName, choices: all, description, required: false }) as const satisfies ChoicesField<C>;
export const rows = <F extends Fields>(name: Words, typeName: string, fields: F, description: string, most = USUAL_MOST) =>
  ({ type: "rows", name, typeName, fields, description, required: false, most }) as const satisfies RowsField<F>;
/** The same field, which must be given. */
export const required = <F extends Field>(field: F) => ({ ...field, required: true }) as Omit<F, "required"> & { required: true };

export type ListField = Extract<Field, { type: ListType }>;

/** Whether a field takes a list. */
export function isListField(field: Field): field is ListField {
  return field.type === "choices" || field.type === "days" || field.type === "units" || field.type === "rows";
}

/** How many entries a list holds at most; of choices each once. */
export function mostOf(field: ListField): number {
  return field.type === "choices" ? Object.keys(field.choices).length : field.most;
}
