import type { ApolloServerPlugin, BaseContext, GraphQLRequestContext } from "@apollo/server";
import type { OperationDefinitionNode } from "graphql";
import { takeRows } from "../../graphql/change/rows-of-variables.js";

type Asked = Pick<GraphQLRequestContext<BaseContext>, "request" | "contextValue"> & { operation?: OperationDefinitionNode };

/**
 * Rows of a batch are read one by one, and those that do not fit their type are answered as rows, not as a fault of the request. After the
 * operation was priced, by its variables as they came. `suggesting`: whether names of the schema may be guessed at.
 */
export function rowsOneByOne(suggesting: boolean): ApolloServerPlugin {
  return {
    async requestDidStart({ schema }) {
      return {
        async responseForOperation({ operation, request, contextValue }: Asked) {
          // It is asked, too, where a document has none of the name that is asked for.
          if (operation?.operation === "mutation" && request.variables)
            request.variables = await takeRows(contextValue, schema, operation, request.variables, suggesting);
          return null;
        },
      };
    },
  };
}
