import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError, visit } from "graphql";

/**
 * Characters that no text of the hub may hold: control characters but tab and line break, those that turn the direction of
 * writing (a name could be shown as another), and halves of characters.
 */
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\p{Cs}/u;

/** Refuses a request, before anything runs, in which a text of the document or the variables holds such a character. */
export function refuseUnreadableTexts(): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, request }) {
          visit(document, { StringValue: ({ value }) => check(value, "a text of the document") });
          for (const waiting: [unknown, string][] = [[request.variables, "$"]]; waiting.length > 0;) {
            const [value, path] = waiting.pop()!;
            if (typeof value === "string") check(value, path);
            else if (typeof value === "object" && value !== null)
              for (const [key, inner] of Object.entries(value)) waiting.push([inner, path === "$" ? `$${key}` : `${path}.${key}`]);
          }
        },
      };
    },
  };
}

function check(text: string, path: string): void {
  const found = FORBIDDEN.exec(text)?.[0];
  if (found === undefined) return;
  const point = found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
  throw new GraphQLError(
    `${path.slice(0, 100)}: holds the character U+${point}; expected letters, signs, spaces and line breaks only. Remove it and send the request again.`,
    { extensions: { code: "BAD_USER_INPUT", http: { status: 400 } } },
  );
}
