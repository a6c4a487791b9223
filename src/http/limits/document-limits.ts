import type { ApolloServerPlugin } from "@apollo/server";
import { Lexer, Source, TokenKind, visit } from "graphql";
import { DOCUMENT_LIMITS } from "../../domain/ground/limits.js";

/** What is counted word by word. */
type Limit = "tokens" | "nesting" | "aliases" | "directives" | "spreads" | "fragments";

const WORDS: Record<Limit, string> = {
  tokens: "tokens (words and signs)",
  nesting: "brackets inside each other",
  aliases: "aliases",
  directives: "directives",
  spreads: "fragment spreads",
  fragments: "fragments",
};

/** Longer documents are counted each time that they come. */
const LONGEST_KEPT = 20_000;
const MOST_KEPT = 300;

/** Makes the check of documents. Those that passed are remembered: screens ask the same thing all day. */
export function documentCheck(): (text: string) => string | null {
  const passed = new Set<string>();
  return (text) => {
    if (passed.has(text)) return null;
    const refusal = excess(text);
    if (refusal === null && text.length <= LONGEST_KEPT) {
      if (passed.size >= MOST_KEPT) passed.clear();
      passed.add(text);
    }
    return refusal;
  };
}

/**
 * The first limit that a document breaks, as a sentence. It reads words, not meaning, in one pass that ends there: parsing
 * deep documents overflows the stack, and validating takes a time that grows with the square of some of these numbers.
 */
function excess(text: string): string | null {
  const { characters, lines } = DOCUMENT_LIMITS;
  if (text.length > characters) return tooMany(characters, "characters");
  if ((text.match(/\r\n|[\n\r]/g)?.length ?? 0) > lines) return tooMany(lines, "lines");
  const lexer = new Lexer(new Source(text));
  const found: Record<Limit, number> = { tokens: 0, nesting: 0, aliases: 0, directives: 0, spreads: 0, fragments: 0 };
  let parentheses = 0;
  for (;;) {
    const token = nextOf(lexer);
    if (token === null || token.kind === TokenKind.EOF) return null;
    found.tokens++;
    if (OPENING.has(token.kind)) found.nesting++;
    else if (CLOSING.has(token.kind)) found.nesting--;
    if (token.kind === TokenKind.PAREN_L) parentheses++;
    else if (token.kind === TokenKind.PAREN_R) parentheses--;
    else if (token.kind === TokenKind.COLON && parentheses === 0) found.aliases++;
    else if (token.kind === TokenKind.AT) found.directives++;
    else if (token.kind === TokenKind.SPREAD) found.spreads++;
    else if (token.kind === TokenKind.NAME && token.value === "fragment" && found.nesting === 0) found.fragments++;
    for (const limit of LIMITS) if (found[limit] > DOCUMENT_LIMITS[limit]) return tooMany(DOCUMENT_LIMITS[limit], WORDS[limit]);
  }
}

export const tooMany = (limit: number, what: string) => `The document has more than ${limit} ${what}; that is the most for one request.`;

const LIMITS = Object.keys(WORDS) as Limit[];
const OPENING = new Set<string>([TokenKind.BRACE_L, TokenKind.PAREN_L, TokenKind.BRACKET_L]);
const CLOSING = new Set<string>([TokenKind.BRACE_R, TokenKind.PAREN_R, TokenKind.BRACKET_R]);

/** Nothing where the text is no GraphQL any more: the parser will say so. */
function nextOf(lexer: Lexer) {
  try {
    return lexer.advance();
  } catch {
    return null;
  }
}

/**
 * Lets a validated document forget where its parts stood. A request may fail at ten thousand fields, and finding out line and
 * column of each would take longer than all its work; the path says where.
 */
export function forgetPlaces(): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        // Apollo keeps documents, and validates each once.
        validationDidStart:
          async ({ document }) =>
          async (errors) => {
            if (!errors?.length) visit(document, { enter: (node) => void delete (node as { loc?: unknown }).loc });
          },
      };
    },
  };
}
