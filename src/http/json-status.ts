import type { ApolloServerPlugin } from "@apollo/server";

const GRAPHQL_JSON = "application/graphql-response+json";

/** The type of the answer to a request that is refused before GraphQL chooses one. */
export function typeOfRefusal(accept = ""): string {
  return accept.includes(GRAPHQL_JSON) ? `${GRAPHQL_JSON}; charset=utf-8` : "application/json; charset=utf-8";
}

/**
 * The status of a refused document. GraphQL over HTTP: whoever asks for plain JSON gets 200 for every well-formed request,
 * because a proxy may have written any other status. `application/graphql-response+json` gets the 400.
 */
export function statusOfRefusal(accept = ""): 200 | 400 {
  return accept.includes("application/json") && !accept.includes(GRAPHQL_JSON) ? 200 : 400;
}

/** Gives refused documents their status. */
export function statusOfPlainJson(): ApolloServerPlugin {
  return {
    async requestDidStart({ request }) {
      return {
        async willSendResponse({ response: { http } }) {
          if (http.status === 400) http.status = statusOfRefusal(request.http?.headers.get("accept"));
        },
      };
    },
  };
}
