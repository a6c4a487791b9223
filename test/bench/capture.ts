import { graphql } from "graphql";
import { openAccess } from "../../src/access/access.js";
import { BranchSizes } from "../../src/graphql/cost/branch-sizes.js";
import { GraphContext } from "../../src/graphql/engine/context.js";
import { Meter } from "../../src/graphql/engine/meter.js";
import { buildGraphqlSchema } from "../../src/graphql/schema.js";
import { NOW } from "./province.js";
import { type Screen } from "./screens.js";
import { openDatabase, type DatabaseOptions } from "../../src/storage/database/open-database.js";

/** A statement as the hub sent it. */
export interface Statement {
  sql: string;
  values: readonly unknown[];
}

/** A screen with every statement that the hub sends for it, the look at the token included. */
export interface CapturedScreen extends Screen {
  statements: Statement[];
}

/** Asks the hub each screen once and writes down what it asks the database. */
export async function capture(
  options: DatabaseOptions,
  secret: string,
  token: string,
  screens: readonly Screen[],
): Promise<CapturedScreen[]> {
  let heard: Statement[] = [];
  const database = await openDatabase(options, (sql, values) => heard.push({ sql, values: [...(values ?? [])] }));
  const access = openAccess({ secret, formerSecret: null, oidc: null }, database, () => NOW);
  const schema = buildGraphqlSchema();
  const captured: CapturedScreen[] = [];
  for (const screen of screens) {
    heard = [];
    const caller = await access.authenticate(token);
    if (!caller) throw new Error("the bench's own token is refused");
    const contextValue = new GraphContext(
      database,
      caller,
      NOW,
      () => undefined,
      new Meter(),
      new BranchSizes(),
      async () => () => {},
    );
    const { errors } = await graphql({ schema, source: screen.query, contextValue });
    if (errors) throw errors[0]!;
    captured.push({ ...screen, statements: heard });
  }
  await database.close();
  return captured;
}
