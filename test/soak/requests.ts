import { randomUUID } from "node:crypto";
import { type Client, type Answer } from "./client.js";
import { examples } from "../../src/http/graphiql/examples.js";
import { diceFor } from "../../src/seeding/demonstration/dice.js";

/** One thing that clients do; a sentence where the answer is not what it must be. */
export interface Deed {
  name: string;
  /** How often among the others. */
  weight: number;
  run(client: Client): Promise<string | null>;
}

export interface Tokens {
  analyst: string;
  districtApp: string;
}

/** What opens /metrics. */
export const MONITOR = "the monitor of a soak, long enough for its token";

const dice = diceFor("soak");
const YEARS = ["2022-2023", "2023-2024", "2024-2025"] as const;
const INDICATORS = ["staffConferenceCompletion", "agreementCoverage", "unionisationRate", "conferenceOnTime"] as const;
const SCHOOL = "CB-TP-TH-SONGHIEN";

const DEFENCE = `query ($year: String!, $indicator: String!) { unit(code: "CB") {
  explain(indicator: $indicator, schoolYear: $year) { formula { en } contributions(first: 20) { nodes { unit { code name } numerator denominator } }
    leftOut { reason count units(first: 5) { nodes { code } } } records { nodes { kind version } } }
  ranking(indicator: $indicator, level: DISTRICT, schoolYear: $year) { nodes { rank unit { name } figure { value } change } }
  findings(schoolYear: $year) { totalCount nodes { unit { code } message { en } } }
  worklist(schoolYear: $year, indicator: $indicator, status: NO_REPORT, first: 30) { totalCount nodes { unit { code name } status } } } }`;
const CORRECT = `mutation ($input: RecordConferenceInput!) { recordConference(input: $input) { outcome record { version } effects { nodes { sentence { en } } } userErrors { code } } }`;
const BATCH = `mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) { stored rejected unchanged rows { outcome userErrors { code message { en } } } } }`;

export function deedsOf(tokens: Tokens): Deed[] {
  const headers = (token: string) => ({ "content-type": "application/json", authorization: `Bearer ${token}` });
  const post = (client: Client, token: string, query: string, variables: object = {}) =>
    client.ask("POST", "/graphql", headers(token), JSON.stringify({ query, variables }));
  const posting = (
    name: string,
    weight: number,
    token: string,
    make: () => { query: string; variables?: object },
    status = 200,
    has = "",
  ): Deed => ({
    name,
    weight,
    async run(client) {
      const { query, variables } = make();
      return wrong(await post(client, token, query, variables), status, has);
    },
  });
  const getting = (path: string, status: number, has = "", sent: Record<string, string> = {}): Deed => ({
    name: `GET ${path}`,
    weight: 1,
    run: async (client) => wrong(await client.ask("GET", path, sent), status, has),
  });

  let version: number | null = null;
  const correction = (dryRun: boolean): Deed => ({
    name: dryRun ? "a correction that is only tried" : "a correction",
    weight: 3,
    async run(client) {
      const people = dice.between(20, 60);
      const meeting = { heldOn: "2023-10-05", workers: people, convened: people, present: people, votesFor: dice.between(5, people) };
      const input = { unit: SCHOOL, schoolYear: "2023-2024", ...meeting, dryRun, expectedVersion: version };
      const answer = await post(client, tokens.districtApp, CORRECT, { input });
      // The reports of this school year are open; of two that come at once one is told the version of the other.
      const refusal =
        wrong(answer, 200, '"userErrors"') ??
        (/"userErrors":\[(\{"code":"VERSION_CONFLICT"\})?\]/.test(answer.text) ? null : short(answer));
      if (!refusal && !dryRun) version = Number(/"version":(\d+)/.exec(answer.text)![1]);
      return refusal;
    },
  });
  const batch: Deed = {
    name: "a batch, some rows refused",
    weight: 2,
    async run(client) {
      const row = (unit: string, more: object) => ({
        membershipReport: { unit, schoolYear: "2023-2024", ...membership(dice.between(20, 60)), ...more },
      });
      const rows = [row(SCHOOL, {}), row("NO-SUCH-SCHOOL", {}), row(SCHOOL, { womenMembersClosing: 1_000 })];
      const answer = await post(client, tokens.districtApp, BATCH, { input: { idempotencyKey: randomUUID(), rows } });
      return wrong(answer, 200, `UNIT_NOT_FOUND`);
    },
  };
  const abandoned: Deed = {
    name: "a connection cut",
    weight: 2,
    async run(client) {
      const body = JSON.stringify({ query: DEFENCE, variables: { year: dice.pick(YEARS), indicator: dice.pick(INDICATORS) } });
      await client.abandon("/graphql", headers(tokens.analyst), body, dice.chance(0.7), dice.between(0, 40));
      return null;
    },
  };
  const { analyst } = tokens;
  return [
    ...examples.map(({ name, document, variables, as }) => posting(`tab ${name}`, 3, tokens[as], () => ({ query: document, variables }))),
    posting("a figure defended", 4, analyst, () => ({
      query: DEFENCE,
      variables: { year: dice.pick(YEARS), indicator: dice.pick(INDICATORS) },
    })),
    correction(false),
    correction(true),
    batch,
    abandoned,
    posting("no GraphQL", 1, analyst, () => ({ query: `{ unit(code: "${dice.between(1, 1e9)}" ` }), 400, "GRAPHQL_PARSE_FAILED"),
    posting("an unknown field", 1, analyst, () => ({ query: `{ nothing${dice.between(1, 1e9)} }` }), 400, "GRAPHQL_VALIDATION_FAILED"),
    posting("a wrong variable", 1, analyst, () => ({ query: DEFENCE, variables: { year: 7 } }), 400, "BAD_USER_INPUT"),
    posting("a wrong token", 1, `${analyst.slice(0, -6)}abcdef`, () => ({ query: "{ me { name } }" }), 401, "UNAUTHENTICATED"),
    {
      name: "no JSON",
      weight: 1,
      run: async (client) => wrong(await client.ask("POST", "/graphql", headers(analyst), "{"), 400, "BAD_REQUEST"),
    },
    getting("/graphiql", 200),
    getting("/livez", 200),
    getting("/readyz", 200),
    getting("/metrics", 200, "tonghop_operations_total", { authorization: `Bearer ${MONITOR}` }),
    getting("/nothing", 404),
  ];
}

function membership(people: number) {
  const women = { womenWorkersOpening: 0, womenMembersOpening: 0, womenWorkersClosing: 0, womenMembersClosing: 0 };
  return { ...women, workersOpening: 60, membersOpening: 20, workersClosing: 60, membersClosing: people };
}

function wrong(answer: Answer, status: number, has: string): string | null {
  const isAsExpected = answer.status === status && answer.text.includes(has) && (status !== 200 || !answer.text.startsWith('{"errors"'));
  return isAsExpected ? null : short(answer);
}

const short = ({ status, text }: Answer) => `${status}: ${text.slice(0, 300)}`;
