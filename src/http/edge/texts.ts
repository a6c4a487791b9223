import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError, visit } from "graphql";

/**
 * Characters that no text of the hub may hold: control characters but tab and line break, those that turn the direction of
 * writing (a name could be shown as another), and halves of characters.
 */
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\p{Cs}/u;

/** Vietnamese puts two marks on a letter. Putting a run of thousands into order (NFC) takes a time that grows with its square. */
const MARKS = /\p{M}{9}/u;

/** What is wrong with a text that holds such a character, or a letter under a heap of marks; null where there is none. */
export function forbiddenIn(text: string): string | null {
  if (MARKS.test(text)) return "holds more than 8 combining marks on one letter; expected letters with their accents. Send the text anew.";
  const found = FORBIDDEN.exec(text)?.[0];
  if (found === undefined) return null;
  const point = found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
  return `holds the character U+${point}; expected letters, signs, spaces and line breaks only. Remove it and send the request again.`;
}

/** Refuses a request, before anything runs, whose document holds such a text; those of variables are looked at before (variable-limits.ts). */
export function refuseForbiddenTexts(): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document }) {
          visit(document, {
            StringValue({ value }) {
              const found = forbiddenIn(value);
              if (found !== null)
                throw new GraphQLError(`a text of the document: ${found}`, {
                  extensions: { code: "BAD_USER_INPUT", http: { status: 400 } },
                });
            },
          });
        },
      };
    },
  };
}
