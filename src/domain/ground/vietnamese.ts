/** Vietnamese text: how names are kept, searched and sorted. */

const ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";
const LETTER_WEIGHTS = new Map([...ALPHABET].map((letter, index) => [letter, String.fromCharCode(0x61 + index)]));
/** Tones in dictionary order: ngang, huyền, hỏi, ngã, sắc, nặng. */
const TONES = new Map([..."\u0300\u0309\u0303\u0301\u0323"].map((mark, index) => [mark, String(index + 1)]));
const ANY_TONE = /[\u0300\u0309\u0303\u0301\u0323]/g;

/** Half of a 4-byte character: no database keeps it. */
const LONE_SURROGATE = /\p{Cs}/gu;

/** A name as it is kept: Unicode NFC, no control characters, no broken ones, runs of white space as one space. */
export function cleanText(text: string): string {
  return text
    .normalize("NFC")
    .replace(LONE_SURROGATE, "\ufffd")
    .replace(/[\p{Cc}\p{Zs}\p{Zl}\p{Zp}]+/gu, " ")
    .trim();
}

/** Nobody sees these, e.g. a zero-width space pasted from a page, a soft hyphen. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]+/gu;
/** What looks like đ: the eth of old Vietnamese fonts (Ð, U+00D0) and the African d (Ɖ, U+0189), as small letters. */
const LIKE_D_WITH_STROKE = /[ðɖ]/g;
/** Of "oa", "oe" and "uy" either letter may bear the tone. */
const TONE_ON_SECOND = /(o|u)([aey])([\u0300\u0309\u0303\u0301\u0323])/g;
/** Characters that the column of a search key holds. */
const LONGEST_SEARCH_KEY = 300;
/** Characters that the column of an identity holds; only characters that stand for many, such as \ufdfa, ever reach it. */
const LONGEST_IDENTITY = 600;

/**
 * What a search compares: no diacritics, no case, đ and its look-alikes as d, no invisible characters, and of characters that
 * stand for others (Ｔ, ②) those. "Thanh Trì" becomes "thanh tri", and so do "Hòa" and "Hoà", two spellings of one word.
 */
export function searchKey(text: string): string {
  const key = cleanText(
    text
      .normalize("NFKD")
      .replace(/\p{M}+/gu, "")
      .replace(INVISIBLE, ""),
  )
    .toLowerCase()
    .replace(LIKE_D_WITH_STROKE, "đ")
    .replaceAll("đ", "d");
  return cut(key, LONGEST_SEARCH_KEY);
}

/**
 * What two references, numbers or codes have in common when people read them as one: no case, no spaces, no invisible characters,
 * đ for its look-alikes, "-" for every dash, of characters that stand for others those (NFKC), and a tone in one place ("Hòa" is
 * "Hoà"). Other letters stay apart: "Tân An" is not "Tấn An". It is compared and never shown.
 */
export function identityFold(text: string): string {
  if (/^[!-~]*$/.test(text)) return cut(text.toLowerCase(), LONGEST_IDENTITY);
  const folded = caseFolded(caseFolded(text))
    .replace(LIKE_D_WITH_STROKE, "đ")
    .replace(/[\p{Pd}\u2212]/gu, "-")
    .replace(/[\p{Z}\p{Cc}]+/gu, "")
    .normalize("NFD")
    .replace(TONE_ON_SECOND, "$1$3$2")
    .normalize("NFC");
  return cut(folded, LONGEST_IDENTITY);
}

function caseFolded(text: string): string {
  return text.normalize("NFKC").replace(LONE_SURROGATE, "\ufffd").replace(INVISIBLE, "").toUpperCase().toLowerCase();
}

const cut = (text: string, longest: number) => (text.length > longest ? [...text].slice(0, longest).join("") : text);

/** What stands for what is no Vietnamese letter, in binary order: end of the letters, space, sign, number, a to z, foreign letter. */
const SORTED = { end: " ", space: "!", sign: "#", number: "0", foreign: "\u00ff" } as const;

/**
 * A text whose plain binary order is the order of a Vietnamese dictionary: a ă â b c d đ e ê … first by letters, then
 * by tones (ngang, huyền, hỏi, ngã, sắc, nặng). Numbers sort by value: "Trường số 2" comes before "Trường số 10".
 */
export function sortKey(text: string): string {
  let letters = "";
  let tones = "";
  for (const part of cleanText(text)
    .toLowerCase()
    .match(/\d+|\D/gu) ?? []) {
    if (/^\d/.test(part)) {
      const digits = part.replace(/^0+(?=\d)/, "");
      letters += `${SORTED.number}${String(digits.length).padStart(3, "0")}${digits}`;
      continue;
    }
    const decomposed = part.normalize("NFD");
    const bare = decomposed.replace(ANY_TONE, "").normalize("NFC");
    const weight = LETTER_WEIGHTS.get(bare) ?? LETTER_WEIGHTS.get(decomposed.replace(/\p{M}/gu, ""));
    letters += weight ?? (bare === " " ? SORTED.space : /\p{L}/u.test(bare) ? `${SORTED.foreign}${bare}` : SORTED.sign);
    const tone = [...decomposed].map((mark) => TONES.get(mark)).find(Boolean);
    tones += weight ? (tone ?? "0") : "";
  }
  return `${[...letters].slice(0, 300).join("")}${SORTED.end}${tones.replace(/0+$/, "").slice(0, 100)}`;
}
