import { randomUUID } from "node:crypto";
import { type RecordDraft } from "../../src/intake/records/reading.js";
import { type Client } from "./client.js";
import { conferenceDrafts, REPORTED_YEARS, runningDrafts } from "./province.js";
import { type Pair } from "./reads.js";
import { type Comparison, compare, type Side } from "./rounds.js";

/** How a kind of writing fared. `rows`: in one request. */
export interface WriteResult extends Comparison {
  name: string;
  rows: number;
}

export const BATCH_ROWS = 1_000;

const CORRECT = `mutation ($input: RecordConferenceInput!) {
  recordConference(input: $input) { outcome version record { id } findings { code } userErrors { code field message { en } } }
}`;
const SUBMIT = `mutation ($input: SubmitRecordsInput!) {
  submitRecords(input: $input) { stored rows { row outcome record { id } userErrors { code field message { en } } } }
}`;

/** Corrections of single records by one client and by many, then batches of new records. */
export async function measureWrites(clients: Pair<Client>, usage: Pair<Side["usage"]>): Promise<WriteResult[]> {
  const hub: Side = { usage: usage.hub, request: corrections((draft) => correctOnHub(clients.hub, draft)) };
  const floor: Side = { usage: usage.floor, request: corrections((draft) => correctOnFloor(clients.floor, draft)) };
  await compare(hub, floor, { rounds: 1, ms: 800, requests: 40, clients: 4 });
  const one = await compare(hub, floor, { rounds: 5, ms: 500, requests: 10, clients: 1 });
  const many = await compare(hub, floor, { rounds: 5, ms: 700, requests: 32, clients: MOST_CLIENTS });
  return [
    { name: "correct one record, 1 client", rows: 1, ...one },
    { name: `correct one record, ${MOST_CLIENTS} clients`, rows: 1, ...many },
    { name: "batch of 1,000 new records", rows: BATCH_ROWS, ...(await measureBatches(clients, usage)) },
  ];
}

const MOST_CLIENTS = 16;

type Correct = (draft: RecordDraft) => Promise<{ outcome: string; version: number }>;

/** Corrects held conferences to and fro, each client its own schools, so that every request changes something. */
function corrections(correct: Correct): Side["request"] {
  const { label } = REPORTED_YEARS.at(-1)!;
  const held = conferenceDrafts(REPORTED_YEARS.at(-1)!).filter(({ content }) => content.heldOn);
  const versions = new Map<string, number>();
  const turns = new Map<number, number>();
  return async (client) => {
    const turn = turns.get(client) ?? 0;
    turns.set(client, turn + 1);
    const { unit, content, ...draft } = held[(turn * MOST_CLIENTS + client) % held.length]!;
    const expectedVersion = versions.get(unit) ?? 1;
    const isOdd = expectedVersion % 2 === 1;
    const changed = {
      ...content,
      present: Number(content.votesFor) + (isOdd ? 0 : 1),
      pactSigned: !isOdd,
      workers: Number(content.workers) + (isOdd ? 1 : 0),
    };
    const { outcome, version } = await correct({ ...draft, unit, schoolYear: label, content: changed, expectedVersion });
    if (outcome !== "STORED") throw new Error(`the correction of ${unit} was ${outcome}`);
    versions.set(unit, version);
  };
}

async function correctOnHub(client: Client, { unit, schoolYear, content, expectedVersion }: RecordDraft) {
  const answer = await client.post({ query: CORRECT, variables: { input: { unit, schoolYear, expectedVersion, ...content } } });
  const { data } = JSON.parse(answer) as { data?: { recordConference: { outcome: string; version: number } } };
  if (!data) throw new Error(answer.slice(0, 500));
  return data.recordConference;
}

async function correctOnFloor(client: Client, draft: RecordDraft) {
  return JSON.parse(await client.post({ correct: draft })) as { outcome: string; version: number };
}

async function measureBatches(clients: Pair<Client>, usage: Pair<Side["usage"]>): Promise<Comparison> {
  const { coming } = runningDrafts();
  const batches = Array.from({ length: Math.floor(coming.length / BATCH_ROWS) }, (_, index) =>
    coming.slice(index * BATCH_ROWS, (index + 1) * BATCH_ROWS),
  );
  const [forHub, forFloor] = [batches.values(), batches.values()];
  const next = (from: Iterator<RecordDraft[]>) => from.next().value as RecordDraft[];
  const hub: Side = {
    usage: usage.hub,
    async request() {
      const rows = next(forHub).map(({ kind, unit, schoolYear, content }) => ({ [kind]: { unit, schoolYear, ...content } }));
      const answer = await clients.hub.post({ query: SUBMIT, variables: { input: { rows, idempotencyKey: randomUUID() } } });
      if (!answer.includes(`"stored":${BATCH_ROWS},`)) throw new Error(answer.slice(0, 500));
    },
  };
  const floor: Side = { usage: usage.floor, request: async () => void (await clients.floor.post({ insert: next(forFloor) })) };
  return compare(hub, floor, { rounds: batches.length, ms: 0, requests: 1, clients: 1 });
}
