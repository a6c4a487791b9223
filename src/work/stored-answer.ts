import { type Problem } from "../domain/ground/problem.js";
import { type Content } from "../domain/records/field.js";
import { type Outcome } from "./change.js";

/** Whether an instant stands anywhere in a value of a type. What callers report (`Content`) is JSON. */
type HoldsInstant<T> = T extends Date
  ? true
  : T extends string | number | boolean | null | undefined | Outcome | Problem | Content
    ? false
    : T extends readonly (infer Entry)[]
      ? HoldsInstant<Entry>
      : T extends object
        ? true extends { [K in keyof T]-?: HoldsInstant<T[K]> }[keyof T]
          ? true
          : false
        : false;

/** The instants of a value: `true` where one stands, the same again where an object or a list holds some. One that is left out does not compile. */
export type Instants<T> = T extends readonly (infer Entry)[]
  ? Instants<Entry>
  : {
      [K in keyof T as HoldsInstant<T[K]> extends false ? never : K]-?: NonNullable<T[K]> extends Date ? true : Instants<NonNullable<T[K]>>;
    };

/** A value as it was before it was written as JSON, which knows no instants. */
export function revived<T>(value: T, instants: Instants<T>): T {
  return revive(value, instants as Shape) as T;
}

type Shape = Readonly<{ [key: string]: true | Shape }>;

function revive(value: unknown, shape: true | Shape): unknown {
  if (shape === true) return typeof value === "string" ? new Date(value) : value;
  if (Array.isArray(value)) return value.map((entry) => revive(entry, shape));
  if (typeof value !== "object" || value === null) return value;
  return {
    ...value,
    ...Object.fromEntries(
      Object.entries(shape).flatMap(([key, inner]) =>
        key in value ? [[key, revive((value as Record<string, unknown>)[key], inner)]] : [],
      ),
    ),
  };
}

/** What a result tells in sentences. */
interface Sentences {
  problems: readonly object[];
  findings?: readonly object[];
}

/** A stored result as results are now: the sentences of one that was stored before 0.5.0 are texts, English with at most the Vietnamese beside. */
export function inWords<T extends Sentences>(stored: T): T {
  const { problems, findings } = stored;
  return { ...stored, problems: problems.map(inTwoLanguages), ...(findings && { findings: findings.map(inTwoLanguages) }) };
}

function inTwoLanguages(told: { message?: unknown; messageVi?: string }): object {
  const { message, messageVi, ...others } = told;
  if (typeof message !== "string") return told;
  return { ...others, message: { en: message, vi: messageVi ?? `Câu trả lời được lưu từ phiên bản trước, chỉ có tiếng Anh: ${message}` } };
}

/** The instants of a record. */
export const RECORD_INSTANTS = { recordedAt: true } as const;
