import { draft, noon, report, schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let app: Client;
beforeAll(async () => {
  running = await serve("none");
  await running.desk.register(draft.province("P"), draft.district("D", "P"), draft.school("S", "D"));
  await running.desk.openYear(schoolYear(2024));
  app = await running.as("STEWARD", "D");
});
afterAll(() => running.close());

const SUBMIT = `mutation ($rows: [RecordRowInput!]!) { payload: submitRecords(input: {rows: $rows, idempotencyKey: "once"}) {
  stored rejected replayed rows { outcome record { id recordedAt } findings { code message { en vi } } userErrors { code field message { en vi } } } } }`;

/** The answer as 0.4.0 stored it: sentences were texts, of findings with the Vietnamese beside. */
const asOfOld = (answer: string) =>
  JSON.stringify(
    JSON.parse(answer, (key, value) => {
      if (key === "problems") return value.map((one: any) => ({ ...one, message: one.message.en }));
      if (key === "findings") return value.map((one: any) => ({ ...one, message: one.message.en, messageVi: one.message.vi }));
      return value;
    }),
  );

test("what 0.4.0 answered under a key, its sentences English alone, is answered again in the shape of today", async () => {
  const { content: people } = report.membership("S", 20, { admitted: 1 });
  const of = { unit: "S", schoolYear: "2024-2025" };
  const rows = [
    { membershipReport: { ...of, ...people } },
    { conference: { ...of, heldOn: "2024-09-25", workers: 30, convened: 30, present: 31 } },
  ];
  const first = (await app.data(SUBMIT, { rows })).payload;
  expect(first).toMatchObject({ stored: 1, rejected: 1, replayed: false });
  const [key] = (await running.dump()).idempotency_key!.map((row) => (JSON.parse(row) as { id: string }).id);
  await running.hub.database.write(async ({ idempotency }) => {
    const { digest, answer } = (await idempotency.find(key!))!;
    await idempotency.forget(noon("9999-01-01"));
    await idempotency.insert(key!, { digest, answer: asOfOld(answer) }, noon("2025-06-19"));
  });
  const again = (await app.data(SUBMIT, { rows })).payload;
  const en = "present is 31 and convened is 30: only people who were convened are counted as present.";
  expect([again.replayed, again.rows[0]]).toEqual([true, first.rows[0]]);
  expect(first.rows[0].findings).toMatchObject([{ code: "MEMBERSHIP_DOES_NOT_BALANCE" }]);
  expect(first.rows[1].userErrors).toEqual([
    {
      ...{ code: "RULE", field: "rows.1.conference.present" },
      message: { en, vi: "Số có mặt (present) là 31, số được triệu tập (convened) là 30: chỉ tính người được triệu tập." },
    },
  ]);
  expect(again.rows[1].userErrors).toEqual([
    {
      ...{ code: "RULE", field: "rows.1.conference.present" },
      message: { en, vi: `Câu trả lời được lưu từ phiên bản trước, chỉ có tiếng Anh: ${en}` },
    },
  ]);
});
