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
