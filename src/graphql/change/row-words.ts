import { type GraphQLLeafType, isEnumType } from "graphql";
import { NO_WORDS, type Words } from "../../domain/ground/words.js";
import { closest, didYouMean } from "../../work/closest.js";

/** What may still be told in a request: words of the schema at all, the nearest of them so often, so many problems. */
export interface Left {
  readonly suggesting: boolean;
  guesses: number;
  problems: number;
}

/** A row that is nothing. */
export const NO_ROW: Words = { en: "A row is an object; this one is null.", vi: "Mỗi dòng là một đối tượng (object); dòng này là null." };

/** Nothing stands where something must. */
export function missing(path: readonly string[]): Words {
  const name = /(\w+\.\d+|\w+)$/.exec(path.join("."))?.[0];
  return { en: `${name ?? "The row"} is missing.`, vi: `Thiếu ${name ?? "dòng số liệu"}.` };
}

export const tooLarge = (value: unknown): Words => ({ en: `${shown(value)} is too large.`, vi: `${shown(value)} quá lớn.` });

export const noObject = (value: unknown): Words => ({
  en: `${shown(value)} is not an object.`,
  vi: `${shown(value)} không phải là đối tượng (object).`,
});

export const oneOf = (fields: readonly string[]): Words => ({
  en: `Exactly one of ${fields.join(", ")} is to be given.`,
  vi: `Ghi đúng một trong ${fields.join(", ")}.`,
});

export function unknownField(name: string, fields: readonly string[], left: Left): Words {
  const near = meant(name, fields, left);
  return {
    en: `There is no field ${shown(name)} here.${near.en}`,
    vi: `Ở đây không có trường ${shown(name)}.${near.vi}`,
  };
}

function meant(word: string, words: readonly string[], left: Left): Words {
  return left.suggesting && left.guesses-- > 0 ? didYouMean(closest(word, words)) : NO_WORDS;
}

const EXPECTED: Readonly<Record<string, Words>> = {
  Int: { en: "is not a whole number", vi: "không phải là số nguyên" },
  Float: { en: "is not a number", vi: "không phải là số" },
  Boolean: { en: "is neither true nor false", vi: "không phải là có hoặc không (true, false)" },
  Day: { en: 'is not a day; expected e.g. "2024-09-25"', vi: 'không phải là ngày; ví dụ đúng: "2024-09-25"' },
};
const NO_TEXT: Words = { en: "is not a text", vi: "không phải là văn bản" };

/** What is wrong with a value that its scalar or enumeration does not take. */
export function unfit(type: GraphQLLeafType, value: unknown, left: Left): Words {
  if (!isEnumType(type)) {
    const { en, vi } = EXPECTED[type.name] ?? NO_TEXT;
    return { en: `${shown(value)} ${en}.`, vi: `${shown(value)} ${vi}.` };
  }
  const words = type.getValues().map(({ name }) => name);
  const near = typeof value === "string" ? meant(value, words, left) : NO_WORDS;
  const [en, vi] = left.suggesting ? [` of ${words.join(", ")}`, ` ${words.join(", ")}`] : [" of the words that it takes", " được nhận"];
  return {
    en: `${shown(value)} is none${en}.${near.en}`,
    vi: `${shown(value)} không thuộc các giá trị${vi}.${near.vi}`,
  };
}

/** A sent value inside a sentence, cut short. */
function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}
