import { type Words } from "../../src/domain/ground/words.js";
import { figures } from "../../src/domain/figures/indicator.js";
import { indicatorByKey } from "../../src/domain/figures/catalogue.js";
import { audit } from "../../src/ledger/audit.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { caller, Desk, draft, refusals, report, schoolYear, TODAY } from "../desk.js";

let database: TestDatabase;
let desk: Desk;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const PRIVATE = { ownership: "PRIVATE" as const };

/** A province of a district with a union and its schools; A2 is A, and R2 is R, registered twice. */
beforeEach(async () => {
  await database.empty();
  desk = new Desk(database);
  const done = [
    ...(await desk.register(
      draft.province("P"),
      draft.district("D", "P"),
      draft.district("E", "P"),
      draft.province("Q"),
      draft.district("F", "Q"),
      draft.union("U", "D"),
      draft.school("A", "U", { name: "Mầm non Hợp Giang" }),
      draft.school("A2", "D", { name: "MN Hợp Giang (cơ sở 1)" }),
      draft.school("B", "U"),
      draft.school("C", "U"),
      draft.school("R", "U", PRIVATE),
      draft.school("R2", "D", PRIVATE),
    )),
    await desk.openYear(schoolYear(2024)),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
});
afterEach(async () => expect((await audit(database)).differences).toEqual([]));

async function rate(code: string, label = "2024-2025"): Promise<string> {
  const { numerator, denominator } = figures(indicatorByKey("staffConferenceCompletion")!, await desk.tally(code, label));
  return `${numerator}/${denominator}`;
}
const recordNow = async (id: string) => (await database.read((stores) => stores.records.byIds([id]))).get(id)!;
const sent = async (...rows: Parameters<Desk["submit"]>) => {
  const results = await desk.submit(...rows);
  expect(results.flatMap(({ problems }) => problems)).toEqual([]);
  return results.map(({ record }) => record!);
};
const stored = (result: { outcome: string; problems: readonly object[] }) =>
  expect([result.outcome, result.problems]).toEqual(["STORED", []]);
/** Nothing is done, and this is said. */
async function refused(
  merging: () => Promise<{ outcome: string; problems: readonly { code: string; field: string | null; message: Words }[] }>,
) {
  const before = await database.dump();
  const result = await merging();
  expect(result.outcome).toBe("REJECTED");
  expect(await database.dump()).toEqual(before);
  return { codes: refusals(result), message: result.problems.map(({ message }) => message.en).join("\n") };
}

describe("a duplicate that is joined to the right unit", () => {
  test("takes its records there with their ids and versions; the figure above counts the school once, with what it did", async () => {
    const [conference, membership] = await sent(report.conference("A2"), report.membership("A2", 20));
    await sent(report.membership("A2", 25, {}, { expectedVersion: 1 }));
    expect([await rate("P"), await rate("A")]).toEqual(["1/4", "0/1"]);
    const result = await desk.merge("A2", "A", 1, " nhập hai lần ");
    stored(result);
    expect(result.unitId).toBe(await desk.id("A"));
    expect([await rate("P"), await rate("D"), await rate("U"), await rate("A")]).toEqual(["1/3", "1/3", "1/3", "1/1"]);
    expect(result.hints?.map(({ en }) => en)).toEqual([
      "2 records of A2 are those of A now; in 0 of others it has taken its place. The code A2 leads to A.",
    ]);
    const reason = "nhập hai lần";
    const common = { unitId: await desk.id("A"), state: "STANDING", recordedBy: "ADMINISTRATOR of the test", reason };
    expect(await recordNow(conference!.recordId)).toMatchObject({ ...common, version: 2, content: conference!.content });
    expect(await recordNow(membership!.recordId)).toMatchObject({ ...common, version: 3, content: { membersClosing: 25 } });
    const versions = await database.read((stores) => stores.records.versions([{ recordId: membership!.recordId, from: 1, to: 3 }]));
    expect(versions.map(({ version, content, reason: why }) => [version, content.membersClosing, why])).toEqual([
      [3, 25, reason],
      [2, 25, null],
      [1, 20, null],
    ]);
  });

  test("is found by its code, and whoever names it names the right one", async () => {
    stored(await desk.merge("A2", "A"));
    expect(await desk.id("A2")).toBe(await desk.id("A"));
    const [record] = await sent(report.conference("a2"));
    expect(record!.unitId).toBe(await desk.id("A"));
    const [again] = await desk.register(draft.school("A2", "D", { name: "MN Hợp Giang (cơ sở 1)" }));
    expect([refusals(again!), again!.problems[0]?.message.en]).toEqual([
      ["ALREADY_EXISTS code"],
      'The code "A2" is that of a duplicate that was joined to "A"; choose another code, or name that unit by its own.',
    ]);
    stored(await desk.move("A2", "E", "2025-01-01"));
    expect(await rate("E")).toBe("1/1");
  });

  test("keeps its versions, the last with who merged it and why", async () => {
    const id = await desk.id("A2");
    stored(await desk.merge("A2", "A", null, "trùng với A"));
    const { pages } = await database.read(async ({ unitVersions }) => ({
      pages: await unitVersions.pages([id], { after: null, before: null, backwards: false, limit: 5 }),
    }));
    expect(pages.get(id)).toMatchObject([
      { version: 2, action: "MERGED", code: "A2", placements: [], recordedBy: "ADMINISTRATOR of the test", reason: "trùng với A" },
      { version: 1, action: "REGISTERED", profiles: [{ name: "MN Hợp Giang (cơ sở 1)" }] },
    ]);
  });

  test("sent again it is unchanged; what it was joined to may be joined further, and both codes lead there", async () => {
    await desk.register(draft.school("A3", "D"));
    const id = await desk.id("A3");
    stored(await desk.merge("A3", "A2"));
    expect((await desk.merge("A3", "A2")).outcome).toBe("UNCHANGED");
    stored(await desk.merge("A2", "A"));
    expect([await desk.id("A3"), await desk.id("A2")]).toEqual([await desk.id("A"), await desk.id("A")]);
    expect((await desk.merge(id, "A")).outcome).toBe("UNCHANGED");
    const [merged, ids] = await database.read(async (stores) => [
      await stores.mergedUnits.of([await desk.id("A")]),
      await stores.units.allIds(),
    ]);
    expect([...merged.values()].flat().map(({ code }) => code)).toEqual(["A2", "A3"]);
    expect(ids).toHaveLength(11);
  });

  test("keeps the one to which it was joined from being made void: its code leads there", async () => {
    stored(await desk.merge("A2", "A"));
    const { codes, message } = await refused(() => desk.void("A"));
    expect([codes, message]).toEqual([["IN_USE unit"], expect.stringContaining("1 duplicate that was joined to it (A2)")]);
    expect((await refused(() => desk.void("A2"))).message).toContain("A cannot be made void");
  });

  test("is replaced in records of others: each gets a version of whoever merges", async () => {
    const [agreement, cluster, both] = await sent(
      report.agreement("U", { schools: ["R2"], participations: [{ school: "R2", joinedOn: "2024-01-10", leftOn: null }] }),
      report.cluster("P", ["B", "R2"]),
      report.cluster("P", ["B", "R", "R2"], { name: "Cụm thi đua số 2" }),
    );
    stored(await desk.merge("R2", "R"));
    const [r, b] = [await desk.id("R"), await desk.id("B")];
    expect(await recordNow(agreement!.recordId)).toMatchObject({
      ...{ unitId: await desk.id("U"), version: 2, reason: "registered twice" },
      content: { schools: [r], participations: [{ school: r, joinedOn: "2024-01-10" }] },
    });
    expect((await recordNow(cluster!.recordId)).content).toMatchObject({ members: [b, r].sort() });
    expect((await recordNow(both!.recordId)).content).toMatchObject({ members: [b, r].sort() });
    const held = await database.read((stores) => stores.records.heldBy([r], ["collectiveAgreement", "emulationCluster"]));
    expect(held.map(({ record: { recordId } }) => recordId).sort()).toEqual([agreement, cluster, both].map((one) => one!.recordId).sort());
  });

  test("gives a record that the right unit has withdrawn its next version", async () => {
    const [theirs, own] = await sent(report.conference("A2", { present: 29 }), report.conference("A"));
    stored(await desk.withdraw("conference", own!.recordId));
    stored(await desk.merge("A2", "A"));
    expect(await recordNow(own!.recordId)).toMatchObject({
      version: 3,
      state: "STANDING",
      content: { present: 29 },
      unitId: await desk.id("A"),
    });
    expect(await recordNow(theirs!.recordId)).toMatchObject({ version: 2, state: "WITHDRAWN" });
    const subjects = await database.read((stores) => stores.records.subjectsOf([theirs!.recordId, own!.recordId]));
    expect([...subjects.values()]).toEqual([[await desk.id("A")], [await desk.id("A")]]);
  });

  test("takes what it published along; what differs there is found anew", async () => {
    await desk.register(draft.district("E2", "P"));
    await sent(report.figure("E2", { indicator: "schoolCount", value: 3, scope: "SCHOOLS" }));
    stored(await desk.move("B", "E", "2010-01-01"));
    stored(await desk.merge("E2", "E"));
    const found = await database.raw("SELECT unit_id, check_key FROM finding WHERE check_key = 'PUBLISHED_DIFFERS'");
    expect(found).toEqual([{ unit_id: await desk.id("E"), check_key: "PUBLISHED_DIFFERS" }]);
  });

  test("no longer follows the right one, nor goes before it", async () => {
    stored(await desk.close("A2", "2025-01-10", null, { reason: "MERGED", successors: ["A"] }));
    stored(await desk.merge("A2", "A"));
    expect(await database.raw("SELECT predecessor_id FROM succession")).toEqual([]);
  });

  test("leaves no report of its own: what was submitted spoke of its records alone", async () => {
    const submitted = await desk.actOn("SUBMIT", "A2");
    const result = await desk.merge("A2", "A");
    stored(result);
    expect(result.hints?.at(-1)?.vi).toBe(
      "Báo cáo của A2 các năm học 2024-2025 được rút vì chỉ nói về hồ sơ của A2: hãy nộp báo cáo của A.",
    );
    expect(await recordNow(submitted.report!.recordId)).toMatchObject({ state: "WITHDRAWN" });
    stored(await desk.actOn("SUBMIT", "A"));
  });

  test("may stand in records that were withdrawn: these are recorded again without it", async () => {
    stored(await desk.move("R2", "U", "2010-01-01"));
    const [agreement] = await sent(report.agreement("U", { schools: ["R2", "R"] }));
    stored(await desk.withdraw("collectiveAgreement", agreement!.recordId));
    stored(await desk.merge("R2", "R"));
    const [again] = await sent(report.agreement("U", { schools: ["R"] }));
    expect(again).toMatchObject({ recordId: agreement!.recordId, version: 3, content: { schools: [await desk.id("R")] } });
  });

  test("that became known late is counted nowhere; what goes over from it is marked late where the right one is closed", async () => {
    await desk.openYear(schoolYear(2023));
    await desk.closePeriod("P", { schoolYear: "2023-2024" });
    const agreed = { signedOn: "2023-10-01", expiresOn: "2025-09-30" };
    await desk.register(draft.school("R3", "D", PRIVATE));
    const [agreement] = await sent(report.agreement("R3", agreed));
    stored(await desk.merge("R3", "R"));
    const late = await database.read(async (stores) => stores.knownLate.ofUnits(await stores.units.allIds()));
    expect(late).toEqual([{ factId: agreement!.recordId, unitId: await desk.id("R"), schoolYear: "2023-2024" }]);
  });
});

describe("nothing is done", () => {
  test("where both have the same record in force: all are named", async () => {
    const [a, a2] = await sent(report.conference("A"), report.conference("A2"), report.membership("A"), report.membership("A2"));
    const { codes, message } = await refused(() => desk.merge("A2", "A"));
    expect(codes).toEqual(["ALREADY_EXISTS unit"]);
    expect(message).toContain(`Conference REGULAR of 2024-2025 (${a2!.recordId} and ${a!.recordId}); MembershipReport of 2024-2025 (`);
  });

  test("where a record of others says something else of each", async () => {
    const participations = [{ school: "R2", joinedOn: "2024-01-10", leftOn: null }];
    await sent(report.agreement("U", { schools: ["R", "R2"], participations }));
    expect((await refused(() => desk.merge("R2", "R"))).message).toContain(
      "CollectiveAgreement 01, which says something else of each of them",
    );
  });

  test("while something depends on it that cannot go over: units below, relatives, directives, tokens", async () => {
    await desk.register(draft.union("U2", "D"), draft.school("V", "U2"));
    await desk.register(draft.union("W", "D", { openedOn: "2024-01-01", predecessors: ["U2"] }));
    const token = {
      id: "T",
      name: "app",
      role: "RECORDER" as const,
      unitId: await desk.id("U2"),
      issuedAt: new Date(0),
      expiresAt: null,
      revokedAt: null,
    };
    await database.write((stores) => stores.tokens.insert(token));
    const { codes, message } = await refused(() => desk.merge("U2", "U"));
    expect([codes, message]).toEqual([
      ["IN_USE unit"],
      "U2 cannot be joined to U yet: 1 unit that stands or stood below it (V); 1 successor (W); 1 token for its branch. Move what is below it from the day on which it came, name its successors and predecessors anew, withdraw or revoke the rest.",
    ]);
    await sent(report.directive("E", []));
    expect((await refused(() => desk.merge("E", "D"))).message).toContain("1 record that speaks for its branch (Directive)");
  });

  test("until what is below has been moved from the day on which it came", async () => {
    await desk.register(draft.union("U2", "D"), draft.school("V", "U2"));
    await sent(report.conference("V"));
    stored(await desk.move("V", "U", "2024-10-01"));
    expect((await refused(() => desk.merge("U2", "U"))).codes).toEqual(["IN_USE unit"]);
    stored(await desk.move("V", "U", "2010-01-01"));
    stored(await desk.merge("U2", "U"));
    expect(await rate("U")).toBe("1/4");
  });

  test("where its figures are accepted or closed, or those of the right one are", async () => {
    await sent(report.conference("A2"));
    stored(await desk.actOn("SUBMIT", "A2"));
    stored(await desk.actOn("ACCEPT", "A2"));
    expect((await refused(() => desk.merge("A2", "A"))).codes).toEqual(["PERIOD_LOCKED unit"]);
    stored(await desk.actOn("REOPEN", "A2", { reason: "a mistake" }));
    stored(await desk.actOn("SUBMIT", "A"));
    stored(await desk.actOn("ACCEPT", "A"));
    expect((await refused(() => desk.merge("A2", "A"))).codes).toEqual(["PERIOD_LOCKED unit"]);
    stored(await desk.actOn("REOPEN", "A", { reason: "a mistake" }));
    stored(await desk.closePeriod("P"));
    expect((await refused(() => desk.merge("A2", "A"))).codes).toEqual(["PERIOD_LOCKED unit"]);
  });

  test("where the first half of its year is accepted, which would be withdrawn", async () => {
    const half = { period: "FIRST_HALF" } as const;
    stored(await desk.actOn("SUBMIT", "A2", half));
    stored(await desk.actOn("ACCEPT", "A2", half));
    const { codes, message } = await refused(() => desk.merge("A2", "A"));
    expect([codes, message]).toEqual([["PERIOD_LOCKED unit"], expect.stringContaining("ask somebody of Đơn vị D to reopen")]);
    stored(await desk.actOn("REOPEN", "A2", { ...half, reason: "a duplicate" }));
    stored(await desk.merge("A2", "A"));
  });

  test("by whoever would change a time that others keep", async () => {
    await desk.openYear(schoolYear(2023));
    await desk.register(draft.school("S", "F"));
    stored(await desk.move("S", "D", "2024-07-01"));
    const steward = await desk.of("STEWARD", "P");
    expect((await refused(() => steward.merge("S", "A"))).codes).toEqual(["FORBIDDEN unit"]);
    stored(await desk.merge("S", "A"));
  });

  test("where the rules refuse of the right one what the duplicate has", async () => {
    await sent(report.agreement("R2"));
    const { message } = await refused(() => desk.merge("R2", "A"));
    expect(message).toMatch(/^CollectiveAgreement 01: /);
  });

  test("where the rules refuse it of the right one in a record of others, which are not named to whoever does not see them", async () => {
    await desk.register(draft.school("S", "F"), draft.school("S2", "F"));
    await sent(report.cluster("Q", ["S", "S2"]));
    stored(await desk.move("S", "D", "2024-07-01"));
    const steward = await desk.of("STEWARD", "P");
    const { codes, message } = await refused(() => steward.merge("S", "A"));
    expect([codes, message]).toEqual([
      ["RULE unit"],
      "EmulationCluster Cụm thi đua số 1 of a unit outside your branch may not name A, as it does S.",
    ]);
    expect((await refused(() => desk.merge("S", "A"))).message).toContain("A has never stood below Q");
  });

  test("where the right one would hold more of a kind than it may", async () => {
    const days = Array.from({ length: 101 }, (_, index) => new Date(Date.UTC(2024, 8, 6 + index)).toISOString().slice(0, 10));
    const held = days.map((heldOn, index) => report.conference(index === 100 ? "A2" : "A", { occasion: "EXTRAORDINARY", heldOn }));
    await sent(...held);
    expect((await refused(() => desk.merge("A2", "A"))).codes).toEqual(["TOO_MANY unit"]);
  });

  test.each<[string, [string, string, number?], string[]]>([
    ["with itself", ["A", "a"], ["RULE into"]],
    ["with one of another level", ["A2", "U"], ["WRONG_LEVEL into"]],
    ["of a version that was changed since", ["A2", "A", 7], ["VERSION_CONFLICT expectedVersion"]],
    ["of nobody", ["X", "Y"], ["UNIT_NOT_FOUND unit", "UNIT_NOT_FOUND into"]],
  ])("%s", async (_, asked, codes) => expect((await refused(() => desk.merge(...asked))).codes).toEqual(codes));

  test("outside the branch, at its top, or by whoever only records", async () => {
    const at = async (role: "STEWARD" | "RECORDER", code: string) => new Desk(database, caller(role, await desk.id(code)), TODAY);
    expect((await refused(async () => (await at("STEWARD", "Q")).merge("A2", "A"))).codes).toEqual([
      "UNIT_NOT_FOUND unit",
      "UNIT_NOT_FOUND into",
    ]);
    expect((await refused(async () => (await at("STEWARD", "A2")).merge("A2", "A"))).codes).toEqual(["FORBIDDEN unit"]);
    expect((await refused(async () => (await at("RECORDER", "P")).merge("A2", "A"))).codes).toEqual(["FORBIDDEN"]);
  });
});
