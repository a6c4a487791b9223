/** Words in English and Vietnamese. */
export interface Words {
  en: string;
  vi: string;
}

/** The words of a choice, "English (tiếng Việt).", apart. */
export function wordsOf(choice: string): Words {
  const [, en = choice, vi = choice] = /^(.*?) \((.*)\)\.$/.exec(choice) ?? [];
  return { en, vi };
}

/** Nothing to say. */
export const NO_WORDS: Words = { en: "", vi: "" };

/** A sentence that begins with a word of small letters. */
export function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** A number as people in Việt Nam write it: "20.000.000". */
export function vietnameseNumber(value: number): string {
  return value.toLocaleString("vi-VN", { maximumFractionDigits: 20 });
}
