import { Readable } from "node:stream";
import { inStretches } from "../../stretches.js";

/** Values that are written in one go: a tenth of a millisecond. */
const AT_ONCE = 1_000;

/** The answer as JSON, as `JSON.stringify` writes it. That alone would take a third of a second for the largest answers, and keep everybody waiting. */
export async function answerText(answer: object): Promise<string> {
  const parts: string[] = [];
  await inStretches(partsOf(answer), (part) => void parts.push(part));
  parts.push("\n");
  return parts.join("");
}

/** Characters of an answer that are put into bytes and handed to the socket in one go: a tenth of a millisecond. */
const PIECE = 65_536;

/** A long answer as a stream of its bytes: those of megabytes, put into bytes at once, keep everybody waiting, and four of them four times. */
export function inPieces(answer: string): string | Readable {
  return answer.length > PIECE ? Readable.from(piecesOf(answer), { objectMode: false }) : answer;
}

function* piecesOf(text: string): Generator<Buffer> {
  for (let from = 0; from < text.length;) {
    let to = Math.min(from + PIECE, text.length);
    if (to < text.length && isFirstHalf(text.charCodeAt(to - 1))) to--;
    yield Buffer.from(text.slice(from, to));
    from = to;
  }
}

/** Of a character that JavaScript keeps in two. */
const isFirstHalf = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;

/** Its text in parts, each written in one go. */
function* partsOf(value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null || "toJSON" in value || sizeOf(value, AT_ONCE) < AT_ONCE)
    yield JSON.stringify(value) ?? "null";
  else if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) {
      yield index === 0 ? "[" : ",";
      yield* partsOf(entry);
    }
    yield "]";
  } else {
    let before = "{";
    for (const [key, entry] of Object.entries(value)) {
      if (entry === undefined) continue;
      yield `${before}${JSON.stringify(key)}:`;
      yield* partsOf(entry);
      before = ",";
    }
    yield before === "{" ? "{}" : "}";
  }
}

/** How many values it holds; counted only until they are `most`. */
function sizeOf(value: unknown, most: number): number {
  if (typeof value !== "object" || value === null) return 1;
  let size = 1;
  if (Array.isArray(value)) for (let index = 0; index < value.length && size < most; index++) size += sizeOf(value[index], most - size);
  else
    for (const key in value) {
      if (size >= most) break;
      size += sizeOf((value as Record<string, unknown>)[key], most - size);
    }
  return size;
}
