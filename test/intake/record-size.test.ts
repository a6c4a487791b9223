import { openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, draft, refusals, report, schoolYear } from "../desk.js";
import { type RecordDraft } from "../../src/intake/records/reading.js";

let database: TestDatabase;
let desk: Desk;
beforeAll(async () => {
  database = await openTestDatabase();
  desk = new Desk(database);
  await desk.register(draft.province("P"), draft.district("D", "P"), ...["S1", "S2", "S3"].map((code) => draft.school(code, "D")));
  await desk.openYear(schoolYear(2024));
});
afterAll(() => database.close());

const help = {
  occasion: "HARDSHIP",
  on: "2024-10-10",
  paidBy: "FEDERATION",
  gifts: 1_000_000,
  recipients: 1_000_000,
  amount: 99_000_000_000,
};
const activity = (unit: string, helps: number, words = ""): RecordDraft => ({
  ...{ kind: "activityReport", unit, schoolYear: "2024-2025", expectedVersion: null, reason: null },
  content: { policyApplied: false, policyShortfall: words, remark: words, welfare: Array.from({ length: helps }, () => help) },
});

test("a list longer than its record takes is a problem of its row; the good rows of its batch are stored", async () => {
  const results = await desk.submit(report.conference("S1"), activity("S2", 101, "𠀀".repeat(500)), activity("S1", 3, "ít"));
  expect(results.map(({ outcome }) => outcome)).toEqual(["STORED", "REJECTED", "STORED"]);
  expect(refusals(results[1]!)).toEqual(["OUT_OF_RANGE welfare"]);
});

test("the longest list and texts are stored and read back as they were sent", async () => {
  const sent = activity("S3", 100, "𠀀".repeat(500));
  const { record, outcome, problems } = await desk.send(sent);
  expect([outcome, problems]).toEqual(["STORED", []]);
  const { content } = (await database.read((stores) => stores.records.byIds([record!.recordId]))).get(record!.recordId)!;
  expect(content).toEqual(record!.content);
  expect(content).toMatchObject({ ...sent.content, welfare: Array.from({ length: 100 }, () => expect.objectContaining(help)) });
  expect(Buffer.byteLength(JSON.stringify(content))).toBeGreaterThan(14_000);
  expect((await desk.send(sent)).outcome).toBe("UNCHANGED");
});
