import { randomUUID } from "node:crypto";
import { draft, report, schoolYear } from "../desk.js";
import { type Client, fingerprintRead, type Running, serve } from "./server.js";

let running: Running;

const DEADLINE = { indicator: "staffConferenceCompletion", schoolYear: "2024-2025", deadline: "2024-10-31" };
const YEAR = { schoolYear: "2024-2025" };

/** The confederation VN has closed 2024-2025, P has published it, and then more became known. */
beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const done = [
    ...(await desk.register(
      draft.confederation("VN"),
      draft.province("P", "VN"),
      draft.province("Q", "VN"),
      ...["A", "B"].flatMap((code) => [
        draft.district(code, "P"),
        draft.union(`${code}-CD`, code),
        draft.school(`${code}1`, `${code}-CD`),
        draft.school(`${code}2`, `${code}-CD`, { ownership: "PRIVATE" }),
      ]),
      draft.district("Z", "Q"),
    )),
    await desk.openYear(schoolYear(2023)),
    await desk.openYear(schoolYear(2024)),
    await desk.send(report.directive("VN", [DEADLINE], { number: "0" })),
    await desk.send(report.conference("B1")),
    await desk.closePeriod("VN", YEAR),
  ];
  const steward = await running.as("STEWARD", "P");
  const fingerprint = await fingerprintRead(steward, "P", "2024-2025", "branch");
  const { outcome } = await steward
    .data(
      `mutation { publishVintage(input: {unit: "P", schoolYear: "2024-2025", title: "Báo cáo", fingerprint: "${fingerprint}", idempotencyKey: "${randomUUID()}"}) { outcome } }`,
    )
    .then(({ publishVintage }: any) => publishVintage);
  expect([done.flatMap(({ problems }) => problems), outcome]).toEqual([[], "STORED"]);
  const late = [
    await desk.send(report.agreement("A2")),
    await desk.send(report.agreement("B2")),
    await desk.send(report.directive("VN", [{ ...DEADLINE, deadline: "2024-09-20" }], { number: "7", issuedOn: "2024-09-02" })),
    await desk.send(report.directive("B", [{ ...DEADLINE, deadline: "2024-09-10" }], { number: "8", issuedOn: "2024-09-02" })),
    ...(await desk.register(draft.school("A3", "A-CD"))),
    ...(await desk.register(draft.school("Z2", "Z"))),
  ];
  expect(late.map(({ outcome: one, hints }) => [one, hints?.length])).toEqual(Array(6).fill(["STORED", 1]));
});
afterAll(() => running.close());

const told = async (client: Client, page = "first: 10") => {
  const QUERY = `{ vintage(id: "P-2024-2025-1") { changed knownLate(${page}) { totalCount pageInfo { hasNextPage endCursor } nodes { unit { code } withBelow record { kind } } } } }`;
  const { changed, knownLate } = (await client.data(QUERY)).vintage;
  const lines = knownLate.nodes.map(
    ({ unit, withBelow, record }: any) => `${unit.code} ${record?.kind ?? "itself"}${withBelow ? ", all below" : ""}`,
  );
  return { changed, lines: lines as string[], totalCount: knownLate.totalCount as number, ...knownLate.pageInfo };
};

test("a vintage lists what became known after closing, which changes none of its figures", async () => {
  const OF_P = ["A2 collectiveAgreement", "A3 itself", "B directive, all below", "B2 collectiveAgreement", "P directive, all below"];
  for (const client of [await running.as("STEWARD", "P"), await running.as("ANALYST", "VN"), await running.as("ADMINISTRATOR")])
    expect(await told(client)).toMatchObject({ changed: false, lines: OF_P, totalCount: 5 });
});

test("each caller is told that of its branch; what is marked for a larger one of its top", async () => {
  expect((await told(await running.as("RECORDER", "A"))).lines).toEqual(["A directive, all below", "A2 collectiveAgreement", "A3 itself"]);
  expect((await told(await running.as("RECORDER", "B2"))).lines.sort()).toEqual([
    "B2 collectiveAgreement",
    "B2 directive, all below",
    "B2 directive, all below",
  ]);
});

test("its pages continue each other", async () => {
  const steward = await running.as("STEWARD", "P");
  const all = (await told(steward)).lines;
  const [first, last] = [await told(steward, "first: 2"), await told(steward, "last: 2")];
  const rest = await told(steward, `first: 10, after: "${first.endCursor}"`);
  expect([[...first.lines, ...rest.lines], last.lines, first.hasNextPage, rest.hasNextPage]).toEqual([all, all.slice(-2), true, false]);
});

test("a directive that does not count is no cause of a change; where the year was opened again and it is sent again it is one", async () => {
  const { desk } = running;
  const CAUSES = `{ vintage(id: "P-2024-2025-1") { changes(first: 100) { nodes { unit { code } indicator { key } causes(first: 5) { nodes { unit { code } corrections(first: 5) { nodes { code } } } } } } } }`;
  const causes = async () => {
    const { changes } = (await (await running.as("STEWARD", "P")).data(CAUSES)).vintage;
    const onTime = changes.nodes.filter(({ unit, indicator }: any) => unit.code === "B1" && indicator.key === "conferenceOnTime");
    return onTime.flatMap(({ causes: of }: any) =>
      of.nodes.flatMap(({ corrections }: any) => corrections.nodes.map(({ code }: any) => code)),
    );
  };
  const conference = (
    await running.hub.database.read(async (stores) => stores.records.reportedBy([await desk.id("B1")], "conference"))
  )[0]!;
  expect((await desk.actOn("REOPEN", "B1", { ...YEAR, reason: "a correction" })).outcome).toBe("STORED");
  expect((await desk.withdraw("conference", conference.recordId)).outcome).toBe("STORED");
  // The directives that do not count for B1 are no causes.
  expect(await causes()).toEqual(["WITHDRAWN"]);
  const again = report.directive("B", [{ ...DEADLINE, deadline: "2024-09-10" }], { number: "8", issuedOn: "2024-09-02" });
  expect((await desk.send(again)).outcome).toBe("STORED");
  expect(await causes()).toEqual(["WITHDRAWN", "DIRECTIVE"]);
  const steward = await running.as("STEWARD", "P");
  expect((await told(steward)).lines).toEqual([
    "A2 collectiveAgreement",
    "A3 itself",
    "B directive",
    "B-CD directive",
    "B2 collectiveAgreement",
    "B2 directive",
    "P directive, all below",
  ]);
});
