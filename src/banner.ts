import type { ReadyTokens } from "./access/ready-tokens.js";
import type { Config } from "./config.js";

const RATE = `fragment Rate on Unit { name rollup(schoolYear: "2023-2024") { staffConferenceCompletion { value numerator denominator } } }`;

/** What is said once the hub serves: where it is, and how to ask it something at once. */
export function banner(config: Config, port: number, tokens: ReadyTokens | null, hasUnits: boolean): string {
  const origin = `http://${hostForPeople(config.host)}:${port}`;
  const where = config.database.type === "sqlite" ? config.database.file : `${config.database.name} on ${config.database.host}`;
  return [
    "",
    "Tonghop is ready.",
    "",
    ...(config.graphiql ? [`  GraphiQL  ${origin}/graphiql`] : []),
    `  GraphQL   ${origin}/graphql`,
    `  Data      ${where}`,
    "",
    ...(tokens ? forTheDemonstration(config, origin, tokens) : hasUnits ? forEverybodyElse() : forTheFirst()),
    "",
    "",
  ].join("\n");
}

function forTheDemonstration(config: Config, origin: string, tokens: ReadyTokens): string[] {
  return [
    `Token of an analyst of Cao Bằng province (reads CB and all below it${config.graphiql ? "; GraphiQL has it already" : ""}):`,
    tokens.analyst,
    "",
    "Token of the app of Cao Bằng city (reads and writes the records of CB-TP):",
    tokens.districtApp,
    "",
    "Try it:",
    curl(origin, tokens.analyst, `{ province: unit(code: "CB") { ...Rate } city: unit(code: "CB-TP") { ...Rate } } ${RATE}`),
    ...(config.graphiql && !isLoopback(config.host)
      ? ["", `These tokens are for everybody who can reach ${config.host}:${config.port}: GraphiQL gives them away.`]
      : []),
  ];
}

function forEverybodyElse(): string[] {
  return ["Every request needs a token. To issue one:", 'npx tonghop token issue --role analyst --unit <code> --name "<whose>"'];
}

/** Any other token names a unit, and there is none yet. */
function forTheFirst(): string[] {
  return [
    "There are no units yet, and every request needs a token. The first is an administrator's, who registers the units:",
    'npx tonghop token issue --role administrator --name "<whose>"',
  ];
}

function curl(origin: string, token: string, query: string): string {
  return `curl -s ${origin}/graphql -H 'Content-Type: application/json' -H 'Authorization: Bearer ${token}' -d '${JSON.stringify({ query })}'`;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

function hostForPeople(host: string): string {
  if (isLoopback(host) || host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
