import { type Words } from "../../src/domain/ground/words.js";
import { changeBy } from "../../src/work/change.js";
import { closePeriod } from "../../src/intake/reports/period-closing.js";
import { publishVintage } from "../../src/intake/reports/publish.js";
import { actOnReports, type AskedReport } from "../../src/intake/reports/reports.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { administrator, asked, Desk, draft, fingerprintOf, noon, refusals, report, schoolYear, TODAY } from "../desk.js";

/** What is accepted, closed or published is what was read. */
let database: TestDatabase;
let desk: Desk;
let district: Desk;
const SCHOOLS = ["S1", "S2", "S3"];
beforeEach(async () => {
  database = await openTestDatabase();
  desk = new Desk(database);
  await desk.register(
    draft.province("P"),
    draft.district("D", "P"),
    draft.union("U", "D"),
    ...SCHOOLS.map((code) => draft.school(code, "U")),
  );
  await desk.openYear(schoolYear(2023));
  await desk.openYear(schoolYear(2024));
  await desk.submit(...SCHOOLS.flatMap((code) => [report.conference(code), report.membership(code, 12)]));
  await desk.act("SUBMIT", ...SCHOOLS.map((code) => asked(code)));
  district = await desk.of("STEWARD", "D");
});
afterEach(() => database.close());

const read = (unit: string, more: Partial<AskedReport> = {}) => database.read((stores) => fingerprintOf(stores, asked(unit, more), false));
const readBranch = (unit: string, more: Partial<AskedReport> = {}) =>
  database.read((stores) => fingerprintOf(stores, asked(unit, more), true));
const told = ({ outcome, problems }: { outcome: string; problems: readonly { code: string; field: string | null; message: Words }[] }) => [
  outcome,
  ...problems.map(({ code, field, message }) => `${code} ${field}: ${/since then (.*)\. Read/.exec(message.en)?.[1] ?? ""}`),
];

test("a report that was corrected after it was read is not accepted", async () => {
  const seen = await read("S1");
  expect((await desk.on("2025-06-21").send(report.membership("S1", 90, {}, { expectedVersion: 1 }))).outcome).toBe("STORED");
  expect(told(await district.actOn("ACCEPT", "S1", { fingerprint: seen, expectedVersion: 1 }))).toEqual([
    "REJECTED",
    "VERSION_CONFLICT fingerprint: membershipReport was corrected (version 2)",
  ]);
  const accepted = await district.actOn("ACCEPT", "S1", { fingerprint: await read("S1"), expectedVersion: 1 });
  expect(accepted.outcome).toBe("STORED");
  expect(accepted.report?.content.fingerprint).toBe(await read("S1"));
  expect(told(await district.actOn("ACCEPT", "S1", { fingerprint: seen }))).toEqual(["REJECTED", "VERSION_CONFLICT fingerprint: "]);
  expect((await district.actOn("ACCEPT", "S1", { fingerprint: await read("S1") })).outcome).toBe("UNCHANGED");
});

test("of a batch only those are accepted that are as they were read", async () => {
  const rows = await Promise.all(SCHOOLS.map(async (code) => asked(code, { fingerprint: await read(code) })));
  const [conference] = await database.read(async (stores) => stores.records.reportedBy([await desk.id("S2")], "conference"));
  await desk.on("2025-06-21").withdraw("conference", conference!.recordId);
  expect((await district.act("ACCEPT", ...rows)).map(told)).toEqual([
    ["STORED"],
    ["REJECTED", "VERSION_CONFLICT fingerprint: conference was withdrawn"],
    ["STORED"],
  ]);
});

test("it says so, too, where no record changed but what judges it, and of a record of many years by its figures", async () => {
  const seen = await read("S1");
  await desk.send(report.directive("P", [{ indicator: "staffConferenceCompletion", schoolYear: "2024-2025", deadline: "2024-09-10" }]));
  expect(told(await district.actOn("ACCEPT", "S1", { fingerprint: seen }))).toEqual([
    "REJECTED",
    "VERSION_CONFLICT fingerprint: no record of the year has changed, but the tree, a profile, a directive or a record of many years",
  ]);
});

test("the report itself, records of other years and what changed and came back are other figures or not, as they should", async () => {
  const [before, branch] = [await read("S1"), await readBranch("P")];
  await district.actOn("RETURN", "S1", { reason: "the numbers are missing" });
  await desk.actOn("SUBMIT", "S1");
  await desk.send(report.conference("S1", { heldOn: "2023-09-25" }, { schoolYear: "2023-2024" }));
  expect([await read("S1"), await readBranch("P")]).toEqual([before, branch]);
  expect(await read("S1", { schoolYear: "2023-2024" })).not.toBe(before);
  await desk.send(report.conference("S1", { remark: "a remark" }, { expectedVersion: 1 }));
  expect(await read("S1")).not.toBe(before);
  expect(await readBranch("P")).not.toBe(branch);
});

test("the first half is what has a day in it", async () => {
  const half = { period: "FIRST_HALF" } as const;
  const digest = async () => (await read("S1", half))?.slice(0, 22);
  const before = await digest();
  await desk.send(report.membership("S1", 90, {}, { expectedVersion: 1 }));
  expect(await digest()).toBe(before);
  await desk.send(report.conference("S1", { present: 27 }, { expectedVersion: 1 }));
  expect(await digest()).not.toBe(before);
});

test("a year that moved below after it was read is neither closed nor published; it says how many units, and which", async () => {
  const seen = await readBranch("P");
  await desk.on("2025-06-21").submit(...["S1", "S3"].map((code) => report.membership(code, 90, {}, { expectedVersion: 1 })));
  expect(told(await desk.closePeriod("P", { fingerprint: seen }))).toEqual([
    "REJECTED",
    expect.stringMatching(/^VERSION_CONFLICT fingerprint: records of 2 units have changed \((S1, S3|S3, S1)\)$/),
  ]);
  const now = await readBranch("P");
  const closed = await desk.closePeriod("P", { fingerprint: now });
  expect([closed.outcome, closed.report?.content.fingerprint]).toEqual(["STORED", now]);
  expect(told(await desk.closePeriod("P", { fingerprint: seen }))).toEqual(["REJECTED", "VERSION_CONFLICT fingerprint: "]);
  expect(refusals(await desk.publish("P", "2024-2025", { fingerprint: seen }))).toEqual(["VERSION_CONFLICT fingerprint"]);
  const published = await desk.publish("P", "2024-2025", { fingerprint: now });
  expect([published.outcome, published.vintage?.fingerprint]).toEqual(["STORED", now]);
  expect((await desk.publish("P", "2024-2025", { fingerprint: now })).outcome).toBe("UNCHANGED");
});

test("a target set after the branch was read is another figure of it", async () => {
  const seen = await readBranch("P");
  await desk.send(report.directive("D", [{ indicator: "staffConferenceCompletion", schoolYear: "2024-2025", target: 1 }]));
  expect(refusals(await desk.closePeriod("P", { fingerprint: seen }))).toEqual(["VERSION_CONFLICT fingerprint"]);
});

test("without a fingerprint nothing is decided", async () => {
  const change = changeBy(administrator, noon(TODAY));
  const none = asked("P");
  const refused = await database.write(async (stores) => [
    ...(await actOnReports(stores, change, "ACCEPT", [asked("S1")])),
    await closePeriod(stores, change, none),
    await publishVintage(stores, change, { unit: "P", schoolYear: "2023-2024", title: "Báo cáo", remark: null, fingerprint: null }),
  ]);
  expect(refused.map((one) => refusals(one)[0])).toEqual(["REQUIRED fingerprint", "REQUIRED fingerprint", "REQUIRED fingerprint"]);
});

test("what is no fingerprint, or none where one is needed, is refused by itself", async () => {
  expect(refusals(await district.actOn("ACCEPT", "S1", { fingerprint: "as I saw it" }))).toEqual(["INVALID fingerprint"]);
  expect(refusals(await district.actOn("ACCEPT", "S1", { fingerprint: "" }))).toEqual(["INVALID fingerprint"]);
  expect(refusals(await desk.closePeriod("P", { fingerprint: "x".repeat(100_000) }))).toEqual(["INVALID fingerprint"]);
});
