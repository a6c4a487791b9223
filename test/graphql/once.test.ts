import { type Config, readConfig } from "../../src/config.js";
import { openHub } from "../../src/hub.js";
import { audit } from "../../src/ledger/audit.js";
import { draft, noon, report, schoolYear } from "../desk.js";
import { until } from "../until.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let app: Client;
beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const schools = Array.from({ length: 12 }, (_, index) => draft.school(`S${index}`, "D"));
  const done = [
    ...(await desk.register(draft.province("P"), draft.district("D", "P"), draft.district("E", "P"), ...schools)),
    await desk.openYear(schoolYear(2024)),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  app = await running.as("STEWARD", "D");
});
afterAll(() => running.close());

const CONFERENCE = `mutation ($input: RecordConferenceInput!) { payload: recordConference(input: $input) {
  outcome version replayed record { id version present unit { code } } userErrors { code field differing } } }`;
const conference = (unit: string, more: object = {}) => ({
  ...{ unit, schoolYear: "2024-2025", heldOn: "2024-09-25", convened: 30, present: 20 },
  ...more,
});
const record = async (input: object, client = app) => (await client.data(CONFERENCE, { input })).payload;
const codes = (input: object, client = app) => client.codes(CONFERENCE, { input });
const held = async () => {
  const { unit } = await app.data(`{ unit(code: "D") { rollup(schoolYear: "2024-2025") { staffConferenceCompletion { numerator } } } }`);
  return unit.rollup.staffConferenceCompletion.numerator as number;
};
const many = <T>(count: number, work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));
const keysStored = async () => {
  const { idempotency_key } = await running.dump();
  return idempotency_key!.length;
};

test("50 at once under one key make one change; 49 are told what it came to", async () => {
  const before = await held();
  const answers = await many(50, () => record(conference("S0", { idempotencyKey: "fifty" })));
  expect(answers.filter(({ replayed }) => replayed)).toHaveLength(49);
  expect(new Set(answers.map(({ outcome, version, record: { id } }) => [outcome, version, id].join(" "))).size).toBe(1);
  expect([answers[0].outcome, answers[0].version, await held()]).toEqual(["STORED", 1, before + 1]);
  expect((await audit(running.hub.database)).differences).toEqual([]);
});

test("50 at once of a batch, of a unit and of a refused change", async () => {
  const rows = ["S1", "S2"].map((unit) => ({ conference: conference(unit) }));
  const SUBMIT = `mutation ($rows: [RecordRowInput!]!) { payload: submitRecords(input: {rows: $rows, idempotencyKey: "a batch"}) { stored replayed } }`;
  const batches = await many(50, async () => (await app.data(SUBMIT, { rows })).payload);
  expect([batches.filter(({ replayed }) => replayed).length, batches.every(({ stored }) => stored === 2)]).toEqual([49, true]);
  const MOVE = `mutation { payload: updateUnit(input: {unit: "S3", name: "Tên mới", idempotencyKey: "a name"}) { version replayed } }`;
  const units = await many(50, async () => (await app.data(MOVE)).payload);
  expect([units.filter(({ replayed }) => replayed).length, units.every(({ version }) => version === 2)]).toEqual([49, true]);
  const keys = await keysStored();
  const refused = await many(50, () => record(conference("S4", { idempotencyKey: "refused", present: 31 })));
  expect(refused.every(({ outcome, replayed }) => outcome === "REJECTED" && !replayed)).toBe(true);
  expect(await keysStored()).toBe(keys);
  // What was refused is mended and sent under the same key.
  expect(await record(conference("S4", { idempotencyKey: "refused" }))).toMatchObject({ outcome: "STORED", replayed: false });
});

test("what is answered again is what was answered then, however the input is written", async () => {
  const sent = conference("S5", { idempotencyKey: "then" });
  const first = await record(sent);
  expect(await record(conference("S5", { present: 21, expectedVersion: 1 }))).toMatchObject({ version: 2 });
  for (const again of [Object.fromEntries(Object.entries(sent).reverse()), { ...sent, dryRun: false }])
    expect(await record(again)).toEqual({ ...first, replayed: true });
  const told = await app.data(
    `mutation ($input: RecordConferenceInput!) { payload: recordConference(input: $input) {
    replayed effects { totalCount } record { versions { nodes { version } } } } }`,
    { input: sent },
  );
  expect(told.payload).toEqual({ replayed: true, effects: null, record: { versions: { nodes: [{ version: 2 }, { version: 1 }] } } });
});

test("a key that comes with another change is refused, whatever differs, and so is one that is too long", async () => {
  const sent = conference("S6", { idempotencyKey: "one" });
  await record(sent);
  for (const other of [{ present: 21 }, { unit: "S7" }, { reason: "other" }, { expectedVersion: 1 }])
    expect(await codes({ ...sent, ...other })).toEqual(["IDEMPOTENCY_KEY_REUSED"]);
  const OTHER = `mutation { closeUnit(input: {unit: "S6", on: "2025-01-01", idempotencyKey: "one"}) { outcome } }`;
  expect(await app.codes(OTHER)).toEqual(["IDEMPOTENCY_KEY_REUSED"]);
  // Also behind a change of the same request that is stored.
  const BOTH = `mutation ($input: RecordConferenceInput!, $other: RecordConferenceInput!) { a: recordConference(input: $input) { outcome } b: recordConference(input: $other) { outcome } }`;
  const input = conference("S6", { present: 22, expectedVersion: 1, idempotencyKey: "two" });
  expect(await app.codes(BOTH, { input, other: { ...sent, present: 23 } })).toEqual(["IDEMPOTENCY_KEY_REUSED"]);
  expect(await record(input)).toMatchObject({ outcome: "STORED", replayed: true });
  for (const idempotencyKey of ["", "x".repeat(201)]) expect(await codes({ ...sent, idempotencyKey })).toEqual(["BAD_USER_INPUT"]);
});

test("keys are told apart by every character, and by who sends them; a dry run takes no notice", async () => {
  const odd = ["k", "K", "k ", " k", "é", "e\u0301", "😀".repeat(200), "'; DROP TABLE record; --", "%", "_", "__proto__"];
  for (const [index, idempotencyKey] of odd.entries())
    expect(
      await record(conference("S8", { idempotencyKey, present: 1 + index, ...(index ? { expectedVersion: index } : {}) })),
    ).toMatchObject({
      outcome: "STORED",
      version: index + 1,
      replayed: false,
    });
  const again = await record(conference("S8", { idempotencyKey: odd[2], present: 3, expectedVersion: 2 }));
  expect([again.replayed, again.version]).toEqual([true, 3]);

  const other = await running.as("RECORDER", "D");
  expect(await record(conference("S9", { idempotencyKey: "k" }), other)).toMatchObject({ outcome: "STORED", replayed: false });
  const keys = await keysStored();
  expect(await record(conference("S10", { idempotencyKey: "k", dryRun: true }))).toMatchObject({ outcome: "STORED", replayed: false });
  expect(await keysStored()).toBe(keys);
});

test("a replay tells nothing of a unit that has left the branch", async () => {
  const sent = conference("S11", { idempotencyKey: "leaving" });
  const rename = `mutation { payload: updateUnit(input: {unit: "S11", name: "Tên bí mật", idempotencyKey: "leaving too"}) { unit { name } } }`;
  await record(sent);
  await app.data(rename);
  expect((await running.desk.move("S11", "E", "2025-01-01")).outcome).toBe("STORED");
  const nothing = { outcome: "STORED", record: null, version: null, replayed: true, userErrors: [] };
  expect([await record(sent), (await app.data(rename)).payload]).toEqual([nothing, { unit: null }]);
});

test("of 100 corrections by one at once, each tried again where another came first, none is lost", async () => {
  const { record: made } = await record(conference("S9", { present: 0, expectedVersion: 1, convened: 500 }));
  const READ = `{ node(id: "${made.id}") { ... on Conference { version present } } }`;
  let conflicts = 0;
  const correct = async ({ version, present }: { version: number; present: number }) => {
    const answer = await record(conference("S9", { convened: 500, present: present + 1, expectedVersion: version }));
    if (answer.outcome === "STORED") return null;
    expect(answer.userErrors).toMatchObject([{ code: "VERSION_CONFLICT", field: "expectedVersion" }]);
    expect(Array.isArray(answer.userErrors[0].differing)).toBe(true);
    expect(answer.record.version).toBeGreaterThan(version);
    conflicts++;
    return answer.record;
  };
  // All hundred at once; who lost corrects what the refusal shows, eight at a time, or each would refuse all others again and again.
  const lost = await many(100, async () => correct((await app.data(READ)).node));
  await many(8, async () => {
    for (let seen = lost.pop(); seen !== undefined; seen = lost.pop()) while (seen !== null) seen = await correct(seen);
  });
  expect((await app.data(READ)).node).toEqual({ version: 102, present: 100 });
  expect(conflicts).toBeGreaterThan(0);
  expect((await audit(running.hub.database)).differences).toEqual([]);
});

test("keys are forgotten after 30 days, when the hub starts", async () => {
  const config = {
    ...(readConfig({ PORT: "0", TONGHOP_LOG: "silent", TONGHOP_SECRET: "the secret of a test, long enough" }) as Config),
    ...{ database: running.hub.config.database, seed: "none" as const },
  };
  const startOn = async (day: string) => {
    await (await openHub(config, () => noon(day))).close();
    return keysStored();
  };
  const keys = await keysStored();
  expect([await startOn("2025-07-20"), await startOn("2025-07-21")]).toEqual([keys, 0]);
  const sent = conference("S0", { idempotencyKey: "fifty" });
  expect(await record(sent)).toMatchObject({ outcome: "UNCHANGED", replayed: false });
});

test("keys are forgotten while the hub runs, too: by the first request of a day, and not before their time", async () => {
  let now = noon("2025-06-20");
  const lasting = await serve("none", { clock: () => now });
  try {
    await lasting.desk.register(draft.province("P"));
    const administrator = await lasting.as("ADMINISTRATOR");
    const rename = (key: string) =>
      administrator.data(`mutation { updateUnit(input: {unit: "P", name: "Tên ${key}", idempotencyKey: "${key}"}) { outcome } }`);
    const kept = async () => (await lasting.dump()).idempotency_key!.length;
    await rename("first");
    now = noon("2025-07-10");
    await rename("second");
    expect(await kept()).toBe(2);
    now = noon("2025-07-21");
    await administrator.data("{ me { name } }");
    await until("the first key is forgotten", async () => (await kept()) < 2);
    expect(await kept()).toBe(1);
  } finally {
    await lasting.close();
  }
});

test("a stale version is answered with what stands now and with the fields that differ", async () => {
  const { desk } = running;
  const differing = (result: { problems: readonly { code: string; differing?: readonly string[] }[] }) =>
    result.problems.filter(({ code }) => code === "VERSION_CONFLICT").map((problem) => problem.differing);
  const stale = await desk.send(report.conference("S1", { present: 29 }, { expectedVersion: 7 }));
  expect([stale.record?.version, differing(stale)]).toEqual([1, [["workers", "present", "votesFor", "pactSigned"]]]);
  expect(differing(await desk.send(report.membership("S1", 20, {}, { expectedVersion: 1 })))[0]).toContain("membersClosing");
  await desk.send(report.conference("S1", { present: 29 }, { expectedVersion: 1 }));
  expect(differing(await desk.withdraw("conference", stale.record!.recordId, "a test", 1))).toEqual([
    ["workers", "present", "votesFor", "pactSigned"],
  ]);
  expect(differing(await desk.update("S2", { name: "Tên", kind: "SCHOOL", expectedVersion: 9 }))).toEqual([["name"]]);
  expect(differing(await desk.move("S2", "E", "2025-01-01", 9))).toEqual([["parent"]]);
  expect(differing(await desk.move("S2", "D", "2025-01-01", 9))).toEqual([[]]);
  expect(differing(await desk.close("S2", "2025-01-01", 9, { reason: "SCHOOL_CLOSED" }))).toEqual([["on", "reason"]]);
  await desk.close("S2", "2025-01-01");
  expect(differing(await desk.reopen("S2", "2025-02-01", null, 9))).toEqual([["on"]]);
  const reason = "a remark";
  await desk.actOn("SUBMIT", "S1");
  expect(differing(await desk.actOn("ACCEPT", "S1", { expectedVersion: 9, reason }))).toEqual([["reason"]]);
  await desk.actOn("ACCEPT", "S1");
  // Accepted by somebody else meanwhile: it is told that it was read too early, too.
  const late = await desk.actOn("RETURN", "S1", { expectedVersion: 1, reason });
  expect([late.report?.version, late.problems.map(({ code }) => code)]).toEqual([2, ["WRONG_STATE", "VERSION_CONFLICT"]]);
  expect(differing(await desk.closePeriod("P", { expectedVersion: 3 }))).toEqual([[]]);
});
