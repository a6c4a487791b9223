import type { ApolloServerPlugin } from "@apollo/server";
import { setAsideUnreadable } from "../graphql/unreadable-rows.js";

/** Rows of a batch that do not fit their type are answered as rows, not as a fault of the request. `suggesting`: whether names of the schema may be guessed at. */
export function answerUnreadableRows(suggesting: boolean): ApolloServerPlugin {
  return {
    async requestDidStart({ schema }) {
      return {
        async didResolveOperation({ operation, request, contextValue }) {
          if (operation?.operation !== "mutation" || !request.variables) return;
          request.variables = await setAsideUnreadable(contextValue, schema, operation, request.variables, suggesting);
        },
      };
    },
  };
}
