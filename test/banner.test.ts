import { banner } from "../src/banner.js";
import { type Config, readConfig } from "../src/config.js";

const TOKENS = { analyst: "token-of-the-analyst", districtApp: "token-of-the-app" };
/** What is said at the start of a demonstration with these settings. */
const said = (env: NodeJS.ProcessEnv) => banner(readConfig(env) as Config, 4000, TOKENS, true);

const ON_A_SERVER = { DATABASE_URL: "mysql://hub@db.example/tonghop", TONGHOP_SECRET: "x".repeat(32) };

test.each([
  ["served", {}, true],
  ["turned off", { TONGHOP_GRAPHIQL: "off" }, false],
  ["off as with every DATABASE_URL", ON_A_SERVER, false],
])("where GraphiQL is %s the banner speaks of it, else not", (_, env, served) => {
  expect(/GraphiQL/.test(said(env))).toBe(served);
  expect(/GraphiQL has it already/.test(said(env))).toBe(served);
  expect(said(env)).toContain("token-of-the-analyst\n");
});

test("who listens on all addresses is told whom the tokens are for, and only a page that gives them away is said to", () => {
  const all = { HOST: "0.0.0.0" };
  expect(said({})).not.toContain("everybody");
  expect(said(all)).toContain("These tokens are for everybody who can reach 0.0.0.0:4000: GraphiQL gives them away.");
  expect(said({ ...all, TONGHOP_GRAPHIQL: "off" })).not.toContain("everybody");
});
