import { periodClosing } from "../../src/domain/records/kinds/period-closing.js";
import { unitReport } from "../../src/domain/records/kinds/unit-report.js";
import { kindOf, recordKinds } from "../../src/domain/records/catalogue.js";
import { report } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

/** Every kind of record, read over HTTP on the demonstration and sent back by its own mutation. */
let running: Running;
let administrator: Client;
beforeAll(async () => {
  running = await serve("demo");
  administrator = await running.as("ADMINISTRATOR");
  const { desk } = running;
  const sent = [
    await desk.actOn("SUBMIT", "CB-TP", { schoolYear: "2023-2024" }),
    await desk.closePeriod("CB", { schoolYear: "2022-2023" }),
    await desk.send(report.extension("CB-TP", { indicator: "reportSubmission", until: "2025-08-15" })),
    await desk.send(report.figure("CB", { indicator: "members", value: 100, document: "Không thuộc năm học nào" }, { schoolYear: null })),
  ];
  expect(sent.flatMap(({ problems }) => problems)).toEqual([]);
}, 600_000);
afterAll(() => running.close());

interface Read {
  id: string;
  kind: string;
  version: number;
  versions: { nodes: { content: Record<string, unknown> }[] };
}

/** All standing records of a kind, as the API gives them. */
async function readAll(kind: string): Promise<Read[]> {
  const ids = await running.hub.database.read(async (stores) => {
    const held = await stores.records.heldBy(await stores.units.allIds(), [kind]);
    return [...new Set(held.map(({ record }) => record.recordId))];
  });
  const read: Read[] = [];
  for (let start = 0; start < ids.length; start += 500) {
    const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Record { id kind version versions(first: 1) { nodes { content } } } } }`;
    read.push(...(await administrator.data(query, { ids: ids.slice(start, start + 500) })).nodes);
  }
  return read;
}

async function sendBack(kind: string, input: object): Promise<unknown> {
  const { record } = kindOf(kind).mutations;
  const type = kind === unitReport.key || kind === periodClosing.key ? "ReportInput" : `${record[0]!.toUpperCase()}${record.slice(1)}Input`;
  const answer = await administrator.data(
    `mutation ($input: ${type}!) { payload: ${record}(input: $input) { outcome version userErrors { code field message { en } } } }`,
    { input },
  );
  return answer.payload;
}

/** What the mutations of reports and closings take of their records. */
const namedBy = ({ unit, schoolYear, period, fingerprint }: Record<string, unknown>) => ({ unit, schoolYear, period, fingerprint });

test.each(recordKinds.map(({ key, typeName }) => [typeName, key] as const))(
  "a %s sent back as it was read is unchanged",
  async (_, kind) => {
    const read = await readAll(kind);
    expect(read.length).toBeGreaterThan(0);
    const step = Math.ceil(read.length / 8);
    for (const [index, { id, version, versions }] of read.entries()) {
      if (index % step !== 0) continue;
      const content = versions.nodes[0]!.content;
      const input = kindOf(kind).ownMutations ? namedBy(content) : content;
      const unchanged = { outcome: "UNCHANGED", version, userErrors: [] };
      expect([id, await sendBack(kind, input)]).toEqual([id, unchanged]);
      expect([id, await sendBack(kind, { ...input, expectedVersion: version, idempotencyKey: `back ${id}` })]).toEqual([id, unchanged]);
    }
  },
);

test("a whole batch read is unchanged, too", async () => {
  const kinds = recordKinds.filter(({ ownMutations }) => !ownMutations);
  const rows = (await Promise.all(kinds.map(({ key }) => readAll(key)))).flatMap((of) =>
    of.slice(0, 3).map(({ kind, versions }) => ({ [kind]: versions.nodes[0]!.content })),
  );
  const { submitRecords } = await administrator.data(
    "mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) { stored unchanged rejected } }",
    { input: { rows, idempotencyKey: "a batch read" } },
  );
  expect(submitRecords).toEqual({ stored: 0, unchanged: rows.length, rejected: 0 });
});
