import type { ApolloServerPlugin } from "@apollo/server";

const GRAPHQL_JSON = "application/graphql-response+json";

/** The type of every answer. An Accept header that knows neither is no reason to refuse what may have been done already. */
export function answerType(accept = ""): string {
  return `${accept.includes(GRAPHQL_JSON) ? GRAPHQL_JSON : "application/json"}; charset=utf-8`;
}

/**
 * The status of a refused document. GraphQL over HTTP: whoever asks for plain JSON gets 200 for every well-formed request,
 * because a proxy may have written any other status. `application/graphql-response+json` gets the 400.
 */
export function statusOfRefusal(accept = ""): 200 | 400 {
  return accept.includes("application/json") && !accept.includes(GRAPHQL_JSON) ? 200 : 400;
}

/** Gives answers their type, and refused documents their status. */
export function answerAsAccepted(): ApolloServerPlugin {
  return {
    async requestDidStart({ request }) {
      const accept = request.http?.headers.get("accept");
      return {
        async willSendResponse({ response: { http } }) {
          http.headers.set("content-type", answerType(accept));
          if (http.status === 400) http.status = statusOfRefusal(accept);
        },
      };
    },
  };
}
