import type { ApolloServerPlugin } from "@apollo/server";

/**
 * GraphQL over HTTP: whoever asks for plain JSON gets 200 for every well-formed request, also where its document is
 * refused, because a proxy may have written any other status. `application/graphql-response+json` gets the 400.
 */
export function statusOfPlainJson(): ApolloServerPlugin {
  return {
    async requestDidStart({ request }) {
      const accept = request.http?.headers.get("accept") ?? "";
      const isPlain = accept.includes("application/json") && !accept.includes("application/graphql-response+json");
      return {
        async willSendResponse({ response: { http } }) {
          if (isPlain && http.status === 400) http.status = 200;
        },
      };
    },
  };
}
