import { type Problem } from "../src/domain/ground/problem.js";
import { type Words } from "../src/domain/ground/words.js";

/** What is no word of people: something that a sentence was made of and that was not there. */
const NO_WORDS = /\bundefined\b|\[object|\bNaN\b|=>/;
/** Letters that only Vietnamese has. */
const VIETNAMESE = /[ăâđêôơư\u1ea0-\u1ef9]/i;

/** What is wrong with a sentence in two languages; empty where nothing is. */
export function faultsIn({ en, vi }: Words): string[] {
  const faults = [en, vi].flatMap((text) => [
    ...(/[.?]$/.test(text) ? [] : [`no full stop: ${text}`]),
    ...(NO_WORDS.test(text) ? [`not for people: ${text}`] : []),
    ...(text === text.normalize("NFC") ? [] : [`not NFC: ${text}`]),
    ...(/\s{2}|\s[.,;]/.test(text) ? [`spaces: ${text}`] : []),
  ]);
  return [...faults, ...(en === vi ? [`twice the same: ${en}`] : []), ...(VIETNAMESE.test(vi) ? [] : [`not Vietnamese: ${vi}`])];
}

/** Fails where the sentence of a problem is not one for people, in English and in Vietnamese. */
export function inTwoLanguages<P extends Pick<Problem, "message">>(problems: readonly P[]): readonly P[] {
  const faults = problems.flatMap(({ message }) => faultsIn(message));
  if (faults.length > 0) throw new Error(faults.join("\n"));
  return problems;
}
