import { NO_WORDS, type Words } from "../domain/ground/words.js";
import { closest as nearest, distance } from "fastest-levenshtein";

/** What somebody may have meant: the nearest of some words, if it is near enough to be told. */
export function closest(word: string, words: readonly string[]): string | null {
  if (words.length === 0 || word.length > 100) return null;
  const upper = word.toUpperCase();
  const near = nearest(
    upper,
    words.map((candidate) => candidate.toUpperCase()),
  );
  const found = words.find((candidate) => candidate.toUpperCase() === near);
  return found && distance(upper, near) <= Math.max(1, Math.floor(word.length / 3)) ? found : null;
}

/** What may have been meant, behind a sentence; nothing where nothing is near. */
export function didYouMean(near: string | null): Words {
  return near === null ? NO_WORDS : { en: ` Did you mean "${near}"?`, vi: ` Có phải là "${near}"?` };
}
