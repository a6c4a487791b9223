import { verifyVintage } from "../../src/ledger/vintage.js";
import { administrator, Desk, draft, report, schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let steward: Client;

const label = "2024-2025";
const staff = (more: object) => ({ indicator: "staffConferenceCompletion", schoolYear: label, ...more });

/** A province with two districts: A judges its two schools by a day of its own, B1 by the province's. B1 has not met. */
beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const done = [
    ...(await desk.register(
      draft.province("P"),
      ...[draft.district("A", "P"), draft.school("A1", "A"), draft.school("A2", "A")],
      ...[draft.district("B", "P"), draft.school("B1", "B")],
    )),
    await desk.openYear(schoolYear(2024)),
    ...(await desk.submit(
      report.directive("P", [
        staff({ deadline: "2024-11-30", target: 0.8 }),
        { indicator: "reportSubmission", schoolYear: label, deadline: "2025-08-01" },
      ]),
      report.directive("A", [staff({ deadline: "2024-10-15" })]),
      ...["A1", "A2"].map((code) => report.conference(code)),
    )),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  steward = await running.as("STEWARD", "P");
});
afterAll(() => running.close());

const published = async () => {
  await running.desk.closePeriod("P", { schoolYear: label });
  const { vintage, outcome } = await running.desk.publish("P", label);
  await running.desk.reopenPeriod("P", { schoolYear: label, reason: "a correction" });
  return [outcome, vintage?.id];
};
const FIGURE =
  "value target attained attainment deadline otherDeadlines { nodes { deadline units } } coverage { expected reported missing notDue }";
const shown = async (unit: string, key = "staffConferenceCompletion") =>
  (
    await steward.data(
      `{ vintage(id: "P-2024-2025-1") { rollup(unit: "${unit}") { sources { reported } indicators(keys: ["${key}"]) { ${FIGURE} } } } }`,
    )
  ).vintage.rollup;
const BESIDE = "target attained deadline reported missing otherDeadlines { nodes { deadline units } }";
const changes = async () =>
  (
    await steward.data(
      `{ vintage(id: "P-2024-2025-1") { changed changes(first: 500) { totalCount nodes { unit { code } schoolLevel ownership indicator { key } differs difference
        publishedBeside { ${BESIDE} } liveBeside { ${BESIDE} } causes(first: 5) { nodes { unit { code } numerator corrections(first: 5) { nodes { code record { id } } } } } } } } }`,
    )
  ).vintage;
const find = ({ changes: { nodes } }: any, code: string, key = "staffConferenceCompletion") =>
  nodes.find(
    ({ unit, indicator, schoolLevel, ownership }: any) => unit.code === code && indicator.key === key && !schoolLevel && !ownership,
  );

test("a vintage shows what was shown, with the deadlines of others and who was not due yet; the same again is not published twice", async () => {
  const live = async (unit: string, key: string) =>
    (
      await steward.data(
        `{ unit(code: "${unit}") { rollup(schoolYear: "${label}") { sources { reported } indicators(keys: ["${key}"]) { ${FIGURE} } } } }`,
      )
    ).unit.rollup;
  expect(await published()).toEqual(["STORED", "P-2024-2025-1"]);
  for (const key of ["staffConferenceCompletion", "reportSubmission", "conferenceOnTime", "members"])
    for (const unit of ["P", "A", "B", "A1", "B1"]) expect([unit, key, await shown(unit, key)]).toEqual([unit, key, await live(unit, key)]);
  expect((await shown("P")).indicators[0]).toMatchObject({
    ...{ target: 0.8, attained: false, deadline: "2024-11-30" },
    otherDeadlines: { nodes: [{ deadline: "2024-10-15", units: 2 }] },
  });
  expect((await shown("P", "reportSubmission")).indicators[0].coverage).toMatchObject({ missing: 0, notDue: 5 });
  expect(await published()).toEqual(["UNCHANGED", "P-2024-2025-1"]);
  expect((await changes()).changed).toBe(false);
});

test("what was corrected and put back shows the same: it is not published twice", async () => {
  const { desk } = running;
  await desk.submit(report.conference("A1", { workers: 31 }, { expectedVersion: 1, reason: "nhầm" }));
  await desk.submit(report.conference("A1", {}, { expectedVersion: 2, reason: "đúng" }));
  expect(await published()).toEqual(["UNCHANGED", "P-2024-2025-1"]);
});

test("a target that is lowered after the publication turns missed into attained: that is a change, caused by the directive", async () => {
  const before = await shown("P");
  const setting = { schoolYear: label, deadline: "2025-08-01", indicator: "reportSubmission" };
  await running.desk.send({ ...report.directive("P", [staff({ deadline: "2024-11-30", target: 0.6 }), setting]), expectedVersion: 1 });
  const vintage = await changes();
  expect(vintage.changed).toBe(true);
  expect(find(vintage, "P")).toMatchObject({
    ...{ differs: ["TARGET", "ATTAINED"], difference: 0 },
    ...{ publishedBeside: { target: 0.8, attained: false }, liveBeside: { target: 0.6, attained: true } },
    causes: { nodes: [{ unit: { code: "P" }, numerator: 0, corrections: { nodes: [{ code: "DIRECTIVE" }] } }] },
  });
  expect(find(vintage, "B1")).toMatchObject({
    differs: ["TARGET"],
    causes: { nodes: [{ unit: { code: "B1" }, corrections: { nodes: [{ code: "DIRECTIVE" }] } }] },
  });
  expect(await shown("P")).toEqual(before);
});

test("so are a deadline, the deadlines of others, and who reported", async () => {
  const { desk } = running;
  await desk.send({ ...report.directive("A", [staff({ deadline: "2024-10-20" })]), expectedVersion: 1 });
  await desk.submit(report.membership("B1", 20));
  const vintage = await changes();
  expect(find(vintage, "A")).toMatchObject({
    differs: ["TARGET", "DEADLINE"],
    ...{ publishedBeside: { deadline: "2024-10-15" }, liveBeside: { deadline: "2024-10-20" } },
  });
  expect(find(vintage, "P", "conferenceOnTime")).toMatchObject({
    differs: ["OTHER_DEADLINES"],
    publishedBeside: { otherDeadlines: { nodes: [{ deadline: "2024-10-15", units: 2 }] } },
    liveBeside: { otherDeadlines: { nodes: [{ deadline: "2024-10-20", units: 2 }] } },
    causes: { nodes: [{ unit: { code: "P" }, corrections: { nodes: [{ code: "DIRECTIVE" }, { code: "DIRECTIVE" }] } }] },
  });
  expect(find(vintage, "P", "members")).toMatchObject({
    differs: ["FIGURE", "COVERAGE", "PARTS"],
    ...{ publishedBeside: { reported: 0, missing: 3 }, liveBeside: { reported: 1, missing: 2 } },
    causes: { nodes: [{ unit: { code: "B1" }, corrections: { nodes: [{ code: "RECORDED" }] } }] },
  });
});

test("so is more time for one school: the cause is that it was given, and that it was taken back", async () => {
  const given = await running.desk.send(report.extension("B1", { indicator: "reportSubmission", until: "2025-08-20" }));
  const causes = async (code: string) =>
    find(await changes(), code, "reportSubmission")?.causes.nodes.map(({ unit, corrections }: any) => [
      unit.code,
      ...corrections.nodes.flatMap(({ code: what, record }: any) => (what === "DIRECTIVE" ? [] : [[what, record?.id]])),
    ]);
  expect(find(await changes(), "P", "reportSubmission")).toMatchObject({
    differs: ["OTHER_DEADLINES"],
    liveBeside: { deadline: "2025-08-01", otherDeadlines: { nodes: [{ deadline: "2025-08-20", units: 1 }] } },
  });
  for (const code of ["P", "B", "B1"]) expect(await causes(code)).toEqual([[code, ["RECORDED", given.record!.recordId]]]);
  await running.desk.withdraw("deadlineExtension", given.record!.recordId);
  expect([await causes("P"), await causes("B1")]).toEqual([undefined, undefined]);
});

test("so are its sources: a record that came in, and one of the same figures that stands in a document now", async () => {
  const sources = async () =>
    (
      await steward.data(
        `{ vintage(id: "P-2024-2025-1") { changed sourcesChanges { totalCount nodes { unit { code } schoolLevel ownership published { reported documents } live { reported documents } } } } }`,
      )
    ).vintage.sourcesChanges;
  const of = ({ nodes }: any, code: string) => nodes.filter(({ unit }: any) => unit.code === code);
  const plain = { schoolLevel: null, ownership: null };
  const before = await sources();
  expect(of(before, "B1")).toEqual([
    { unit: { code: "B1" }, ...plain, published: { reported: 0, documents: 0 }, live: { reported: 1, documents: 0 } },
  ]);
  expect(of(before, "A2")).toEqual([]);
  const { desk } = running;
  const [held] = await desk.submit(report.conference("A2", {}, { expectedVersion: 1 }));
  await desk.withdraw("conference", held!.record!.recordId);
  const documents = new Desk(desk.database, administrator, desk.today, "DOCUMENT");
  expect((await documents.send({ ...report.conference("A2"), expectedVersion: 2 })).outcome).toBe("STORED");
  const after = await sources();
  expect(of(after, "A2")).toEqual([
    { unit: { code: "A2" }, ...plain, published: { reported: 1, documents: 0 }, live: { reported: 0, documents: 1 } },
  ]);
  expect(find(await changes(), "A2")).toMatchObject({ differs: ["TARGET", "DEADLINE"] });
});

test("its digest holds the days, too", async () => {
  const verified = await running.hub.database.read((stores) => verifyVintage(stores, "P-2024-2025-1"));
  expect(verified!.found).toBe(verified!.vintage.digest);
});
