import { type Role } from "../../src/domain/ground/caller.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { caller, Desk, draft, refusals, report, schoolYear } from "../desk.js";

let database: TestDatabase;
let desk: Desk;

beforeAll(async () => {
  database = await openTestDatabase();
  desk = new Desk(database);
  const owned = { ownership: "PRIVATE" as const };
  await desk.register(draft.confederation("VN"), draft.province("CB", "VN"), draft.province("HN", "VN"));
  await desk.register(
    draft.district("CB-TP", "CB"),
    draft.district("HN-TT", "HN"),
    draft.union("CB-U", "CB-TP"),
    draft.union("HN-U", "HN-TT"),
  );
  await desk.register(
    draft.school("CB-S1", "CB-U"),
    draft.school("CB-S2", "CB-U", owned),
    draft.school("HN-S1", "HN-U"),
    draft.school("HN-S2", "HN-U", owned),
  );
  await desk.openYear(schoolYear(2024));
});
afterAll(() => database.close());

/** The problems of an answer, of whichever door. */
const problemsOf = (answer: unknown) => refusals((Array.isArray(answer) ? answer[0] : answer) as Parameters<typeof refusals>[0]);

type Deed = (at: Desk) => Promise<unknown>;
const deeds: Record<string, Deed> = {
  "record a conference": (at) => at.send(report.conference("CB-S1")),
  "report membership": (at) => at.send(report.membership("CB-S1")),
  "record an agreement": (at) => at.send(report.agreement("CB-S2")),
  "record a directive": (at) => at.send(report.directive("CB-TP", [])),
  "record a published figure": (at) => at.send(report.figure("CB-TP", { indicator: "members", value: 1 })),
  "register a unit": (at) => at.register(draft.school("CB-NEW", "CB-U")),
  "change a unit": (at) => at.update("CB-S1", { name: "Trường Tiểu học Sông Bằng" }),
  "move a unit": (at) => at.move("CB-S1", "CB-TP", "2025-06-02"),
  "close a unit": (at) => at.close("CB-S1", "2025-06-03"),
  "open a school year": (at) => at.openYear(schoolYear(2023)),
  "register a root": (at) => at.register(draft.province("ROOT")),
};

describe("a role allows its deeds", () => {
  const all = Object.keys(deeds);
  const records = all.slice(0, 3);
  const kept = all.slice(3, 9);
  test.each<[Role, string | null, string[]]>([
    ["ANALYST", "CB", []],
    ["RECORDER", "CB", records],
    ["STEWARD", "CB", [...records, ...kept]],
    ["STEWARD", "VN", [...records, ...kept, "open a school year"]],
    ["ADMINISTRATOR", null, all],
  ])("%s of %s", async (role, branch, allowed) => {
    const at = branch === null ? desk.trying() : (await desk.of(role, branch)).trying();
    const before = await database.dump();
    for (const [name, deed] of Object.entries(deeds)) {
      const problems = problemsOf(await deed(at));
      if (allowed.includes(name)) expect([name, problems]).toEqual([name, []]);
      else
        expect([name, problems[0]?.split(" ")[0]]).toEqual([
          name,
          name === "register a root" && role === "STEWARD" ? "REQUIRED" : "FORBIDDEN",
        ]);
    }
    expect(await database.dump()).toEqual(before);
  });

  test("to withdraw what it may record", async () => {
    const conference = (await desk.send(report.conference("CB-S1"))).record!;
    const figure = (await desk.send(report.figure("CB", { indicator: "members", value: 1 }))).record!;
    const withdrawals = async (role: Role) => {
      const at = (await desk.of(role, "CB")).trying();
      return Promise.all(
        [at.withdraw("conference", conference.recordId), at.withdraw("publishedFigure", figure.recordId)].map(
          async (answer) => (await answer).problems[0]?.code ?? "allowed",
        ),
      );
    };
    expect(await withdrawals("ANALYST")).toEqual(["FORBIDDEN", "FORBIDDEN"]);
    expect(await withdrawals("RECORDER")).toEqual(["allowed", "FORBIDDEN"]);
    expect(await withdrawals("STEWARD")).toEqual(["allowed", "allowed"]);
  });
});

describe("a unit outside the branch is not found, as if it were not there", () => {
  /** The same question about a foreign unit and about none: the answers must not tell them apart. */
  const questions: Record<string, (at: Desk, unit: string) => Promise<unknown>> = {
    "as the unit of a record": (at, unit) => at.send(report.conference(unit)),
    "with a wrong record": (at, unit) => at.send(report.membership(unit, -1)),
    "as a covered school": (at, unit) => at.send(report.agreement("CB-S2", { schools: ["CB-S2", unit] })),
    "as a parent": (at, unit) => at.register(draft.school("CB-NEW", unit)),
    "to be moved": (at, unit) => at.move(unit, "CB-TP", "2025-01-01"),
    "to move under": (at, unit) => at.move("CB-S1", unit, "2025-01-01"),
    "to be closed": (at, unit) => at.close(unit, "2025-01-01"),
    "to be closed on no day": (at, unit) => at.close(unit, "never"),
    "to be reopened": (at, unit) => at.reopen(unit, "2025-01-01"),
    "to be changed": (at, unit) => at.update(unit, { name: "Không tên" }),
    "to be changed at a version": (at, unit) => at.update(unit, { name: "Không tên", expectedVersion: 7 }),
  };
  test.each(Object.entries(questions))("%s", async (_, ask) => {
    const at = await desk.of("STEWARD", "CB");
    const [foreign, id, none] = ["HN-S1", await desk.id("HN-S1"), "XY-Z9"];
    const answers = await Promise.all([foreign, id, none].map(async (unit) => JSON.stringify(await ask(at, unit)).replaceAll(unit, "…")));
    expect(answers[0]).toContain("UNIT_NOT_FOUND");
    expect(answers).toEqual(Array(3).fill(answers[2]));
  });

  test("nor is its record", async () => {
    const { record } = await desk.send(report.conference("HN-S1"));
    const at = await desk.of("STEWARD", "CB");
    const foreign = await at.withdraw("conference", record!.recordId);
    const none = await at.withdraw("conference", "0190a000-0000-7000-8000-000000000000");
    expect(refusals(foreign)).toEqual(["RECORD_NOT_FOUND record"]);
    expect(JSON.stringify(foreign).replaceAll(record!.recordId, "…")).toBe(JSON.stringify(none).replaceAll(/0190a000[0-9a-f-]*/g, "…"));
  });

  test("nor is its code suggested for a mistyped one", async () => {
    const at = await desk.of("RECORDER", "CB");
    const [hint] = (await at.send(report.conference("HN-S"))).problems;
    expect(hint!.message.en).not.toContain("HN-S1");
  });

  test("a unit that has left the branch is not found any more; for whom it came to it is", async () => {
    await desk.register(draft.school("GONE", "CB-U"));
    await desk.move("GONE", "HN-U", "2025-02-01");
    expect(refusals(await (await desk.of("RECORDER", "CB")).send(report.conference("GONE")))).toEqual(["UNIT_NOT_FOUND unit"]);
    expect(refusals(await (await desk.of("RECORDER", "HN")).send(report.conference("GONE")))).toEqual([]);
  });

  test("of the days before a unit came into a branch those are its own that count in no figure of others", async () => {
    const school = "CB-CAME";
    await desk.register(draft.school(school, "HN-U"));
    await desk.move(school, "CB-U", "2025-03-01");
    const steward = await desk.of("STEWARD", "CB");
    const before = await desk.tally("HN-U");
    for (const deed of [
      () => steward.update(school, { name: "Trường khác", from: "2024-10-01" }),
      () => steward.move(school, "CB-TP", "2024-12-01"),
      () => steward.close(school, "2025-02-01"),
    ])
      expect((await deed()).outcome).toBe("STORED");
    expect(await desk.tally("HN-U")).toEqual(before);
  });

  test("a caller without a branch finds nothing unless it is an administrator", async () => {
    expect(refusals(await new Desk(database, caller("RECORDER")).send(report.conference("CB-S1")))).toEqual(["UNIT_NOT_FOUND unit"]);
  });
});

describe("whoever keeps a branch does not keep its top", () => {
  test.each<[string, Deed]>([
    ["move", (at) => at.move("CB", "VN", "2025-01-01")],
    ["close", (at) => at.close("CB", "2025-01-01")],
    ["change", (at) => at.update("CB", { name: "Khác" })],
  ])("it cannot %s it", async (_, deed) => expect(problemsOf(await deed(await desk.of("STEWARD", "CB")))).toEqual(["FORBIDDEN unit"]));

  test("the steward above it can change it", async () => {
    const at = (await desk.of("STEWARD", "VN")).trying();
    expect((await at.update("CB", { name: "Liên đoàn Lao động tỉnh Cao Bằng" })).outcome).toBe("STORED");
  });
});

describe("what somebody may have meant", () => {
  test.each<[string, string]>([
    ["CB-S3", "CB-S1"],
    ["cbb-s1", "CB-S1"],
    ["CBS1", "CB-S1"],
  ])("for %s is %s", async (typed, meant) => {
    const [hint] = (await desk.send(report.conference(typed))).problems;
    expect(hint!.message.en).toBe(`There is no unit "${typed}" in your branch. Did you mean "${meant}"?`);
  });

  test("is not guessed where nothing is near", async () => {
    expect((await desk.send(report.conference("QUANG-NINH"))).problems[0]!.message.en).toBe(
      'There is no unit "QUANG-NINH" in your branch.',
    );
  });

  test("of a school year names those that were opened", async () => {
    const [hint] = (await desk.send(report.conference("CB-S1", {}, { schoolYear: "2024-25" }))).problems;
    expect(hint!.message.en).toBe('School year "2024-25" has not been opened. Did you mean "2024-2025"? Opened are 2024-2025.');
  });
});
