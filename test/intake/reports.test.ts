import { audit } from "../../src/ledger/audit.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { asked, Desk, draft, refusals, report, schoolYear } from "../desk.js";

let database: TestDatabase;
let desk: Desk;
let school: Desk;
let district: Desk;
let province: Desk;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

beforeEach(async () => {
  await database.empty();
  desk = new Desk(database);
  await desk.register(
    ...[draft.confederation("VN"), draft.province("P", "VN"), draft.district("D", "P"), draft.district("E", "P"), draft.union("U", "D")],
    ...[draft.school("S", "U"), draft.school("T", "U"), draft.school("X", "E")],
  );
  await desk.openYear(schoolYear(2023));
  await desk.openYear(schoolYear(2024));
  school = await desk.of("RECORDER", "S");
  district = await desk.of("RECORDER", "D");
  province = await desk.of("STEWARD", "P");
});

const HALF = { period: "FIRST_HALF" } as const;
const WHY = { reason: "The number of members is wrong." };
const correction = (changes: object = {}) => report.conference("S", { remark: "corrected", ...changes }, { expectedVersion: 1 });

describe("a report goes its way", () => {
  test("from the school to the district, back with a reason and again, and each step is a version with who and when", async () => {
    expect(await school.actOn("SUBMIT", "S")).toMatchObject({
      outcome: "STORED",
      report: { version: 1, content: { reportState: "SUBMITTED" } },
    });
    expect(await district.actOn("RETURN", "S", WHY)).toMatchObject({ outcome: "STORED", report: { reason: WHY.reason } });
    expect(await school.on("2025-06-25").actOn("SUBMIT", "S")).toMatchObject({ outcome: "STORED" });
    const { report: accepted } = await district.on("2025-06-26").actOn("ACCEPT", "S", { expectedVersion: 3 });
    expect(accepted?.content).toEqual({
      fingerprint: expect.stringMatching(/^[\w-]{22}-0$/),
      ...{ period: "WHOLE_YEAR", reportState: "ACCEPTED", submittedOn: "2025-06-25", submittedBy: "RECORDER of the test" },
      ...{ submittedByToken: "RECORDER", submittedByUnit: "Đơn vị S" },
      ...{ acceptedOn: "2025-06-26", acceptedBy: "Đơn vị D", confirmedOn: null, reopenedAfterClosing: null },
    });
    const versions = await database.read((stores) => stores.records.versions([{ recordId: accepted!.recordId, from: 1, to: 9 }]));
    expect(versions.map(({ version, content, reason }) => [version, content.reportState, reason])).toEqual([
      ...[
        [4, "ACCEPTED", null],
        [3, "SUBMITTED", null],
        [2, "RETURNED", WHY.reason],
      ],
      [1, "SUBMITTED", null],
    ]);
    expect((await audit(database)).differences).toEqual([]);
  });

  test("sent again it changes nothing", async () => {
    for (const action of ["SUBMIT", "ACCEPT"] as const) {
      const first = await district.actOn(action, "S");
      const again = await district.actOn(action, "S", { expectedVersion: 99 });
      expect(again).toEqual({ ...first, outcome: "UNCHANGED", missing: [] });
    }
    expect(await school.actOn("SUBMIT", "S")).toMatchObject({ outcome: "UNCHANGED", report: { content: { reportState: "ACCEPTED" } } });
  });

  test("is submitted with what is missing as a warning; of the first half only what was due by then", async () => {
    const missing = async (more: object = {}) => (await school.actOn("SUBMIT", "S", more)).missing.map(({ key }) => key);
    await school.submit(report.membership("S"));
    expect(await missing()).toEqual(expect.arrayContaining(["staffConference", "activityReport", "democracyRegulation"]));
    expect(await missing()).not.toContain("membershipReport");
    await desk.send(report.directive("P", [{ indicator: "activityReportSubmission", schoolYear: "2024-2025", deadline: "2024-11-20" }]));
    expect(await missing(HALF)).toEqual(expect.arrayContaining(["activityReport"]));
    expect(await missing({ ...HALF, schoolYear: "2023-2024" })).not.toContain("activityReport");
  });

  test("before the cut-off it comes only as early as a directive allows, as an estimate, and is made final after it", async () => {
    const [early, content] = [school.on("2025-05-30"), async () => (await school.actOn("SUBMIT", "S")).report!.content];
    expect(refusals(await early.actOn("SUBMIT", "S"))).toEqual(["OUT_OF_RANGE"]);
    expect(refusals(await school.on("2024-11-29").actOn("SUBMIT", "S", HALF))).toEqual(["OUT_OF_RANGE"]);
    expect((await school.on("2024-11-30").actOn("SUBMIT", "S", HALF)).outcome).toBe("STORED");
    await desk.send(report.directive("P", [{ indicator: "reportSubmission", schoolYear: "2024-2025", daysEarly: 1 }]));
    expect(refusals(await school.on("2025-05-29").actOn("SUBMIT", "S"))).toEqual(["OUT_OF_RANGE"]);
    expect((await early.actOn("SUBMIT", "S")).outcome).toBe("STORED");
    expect((await early.actOn("SUBMIT", "S")).outcome).toBe("UNCHANGED");
    expect(await content()).toMatchObject({ reportState: "SUBMITTED", submittedOn: "2025-05-30", confirmedOn: school.today });
    expect((await school.actOn("SUBMIT", "S")).outcome).toBe("UNCHANGED");
    expect(await desk.tally("S")).toMatchObject({ yearReportYes: 1, yearReportOnTimeYes: 1 });
  });

  test("where a directive asks for two people, the token that submitted it does not accept it", async () => {
    await desk.send(report.directive("P", [{ indicator: "reportAcceptance", schoolYear: "2024-2025", twoPeople: true }]));
    await district.actOn("SUBMIT", "S");
    expect(refusals(await district.actOn("ACCEPT", "S"))).toEqual(["FORBIDDEN"]);
    expect((await desk.actOn("ACCEPT", "S")).outcome).toBe("STORED");
    await desk.actOn("SUBMIT", "T");
    expect((await district.actOn("ACCEPT", "T")).outcome).toBe("STORED");
  });

  test("the day of the first submission counts, also when an accepted report is opened again", async () => {
    await desk.send(report.directive("P", [{ indicator: "reportSubmission", schoolYear: "2024-2025", daysEarly: 5 }]));
    await school.on("2025-05-30").actOn("SUBMIT", "S");
    await district.on("2025-06-02").actOn("ACCEPT", "S");
    expect(await desk.tally("S")).toMatchObject({ yearReportYes: 1, yearReportOnTimeYes: 1, yearReportAcceptanceYes: 1 });
    await district.actOn("REOPEN", "S", WHY);
    expect(await desk.tally("S")).toMatchObject({ yearReportNoReport: 1, yearReportOnTimeNoReport: 1, yearReportAcceptanceNoReport: 1 });
    await school.actOn("SUBMIT", "S");
    expect(await desk.tally("S")).toMatchObject({ yearReportYes: 1, yearReportOnTimeYes: 1 });
    await district.actOn("RETURN", "S", WHY);
    expect(await desk.tally("S")).toMatchObject({ yearReportNo: 1, yearReportOnTimeNo: 1, yearReportAcceptanceNo: 1 });
    await school.actOn("SUBMIT", "S");
    expect(await desk.tally("S")).toMatchObject({ yearReportYes: 1, yearReportOnTimeNo: 1, yearReportAcceptanceNoReport: 1 });
  });

  test("80 reports are accepted at once, row by row, and the district's rates are right when the answer comes", async () => {
    const codes = Array.from({ length: 80 }, (_, index) => `N${index}`);
    await desk.register(...codes.map((code) => draft.school(code, "D")));
    await district.act("SUBMIT", ...codes.slice(0, 79).map((code) => asked(code)));
    const answers = await district.act("ACCEPT", ...codes.map((code) => asked(code)), asked("N0"), asked("X"), asked("nowhere"));
    expect(answers.slice(0, 79).every(({ outcome }) => outcome === "STORED")).toBe(true);
    expect(answers.slice(79).map(refusals)).toEqual([["WRONG_STATE"], ["REPEATED unit"], ["UNIT_NOT_FOUND unit"], ["UNIT_NOT_FOUND unit"]]);
    // The district itself, its union and the schools S and T owe a report, too.
    expect(await desk.tally("D")).toMatchObject({ yearReportAcceptanceYes: 79, yearReportAcceptanceNoReport: 5 });
    expect((await audit(database)).differences).toEqual([]);
  });
});

describe("a report is refused", () => {
  test("to whoever only reads, does not stand above, or gives no reason", async () => {
    const analyst = await desk.of("ANALYST", "D");
    expect(refusals(await analyst.actOn("SUBMIT", "S"))).toEqual(["FORBIDDEN"]);
    await school.actOn("SUBMIT", "S");
    for (const action of ["ACCEPT", "RETURN", "REOPEN"] as const)
      expect(refusals(await school.actOn(action, "S", WHY))).toEqual(["FORBIDDEN"]);
    expect(refusals(await district.actOn("RETURN", "S"))).toEqual(["REQUIRED reason"]);
    expect(refusals(await district.actOn("RETURN", "S", { reason: "x".repeat(501) }))).toEqual(["OUT_OF_RANGE reason"]);
  });

  test("on a year or a version that is not there, with all problems at once", async () => {
    expect(refusals(await school.actOn("REOPEN", "nowhere", { schoolYear: "2030-2031" }))).toEqual([
      ...["UNIT_NOT_FOUND unit", "SCHOOL_YEAR_NOT_FOUND schoolYear", "REQUIRED reason"],
    ]);
    expect(refusals(await school.actOn("SUBMIT", "S", { expectedVersion: 1 }))).toEqual(["VERSION_CONFLICT expectedVersion"]);
  });

  test("where nobody stands above, where the unit does not count, and before the period has begun", async () => {
    expect(refusals(await desk.actOn("SUBMIT", "VN"))).toEqual(["WRONG_LEVEL"]);
    await desk.close("T", "2025-03-01");
    expect(refusals(await desk.actOn("SUBMIT", "T"))).toEqual(["UNIT_CLOSED"]);
    expect(refusals(await desk.on("2024-05-31").actOn("SUBMIT", "S"))).toEqual(["OUT_OF_RANGE"]);
  });
});

describe("an accepted report locks its records", () => {
  beforeEach(async () => {
    await school.send(report.conference("S"));
    await school.submit(report.membership("S"));
  });

  test("against corrections, first reports and withdrawals by everybody, with who accepted it and whom to ask", async () => {
    await school.actOn("SUBMIT", "S");
    await district.actOn("ACCEPT", "S");
    const before = await database.dump();
    for (const by of [school, district, province, desk]) {
      const { outcome, problems } = await by.send(correction());
      expect([outcome, problems]).toEqual([
        "REJECTED",
        [
          {
            code: "PERIOD_LOCKED",
            field: null,
            message: expect.objectContaining({
              en: "This would change what is locked of S in 2024-2025. Accepted by Đơn vị D on 2025-06-20; ask somebody of Đơn vị D to reopen the report of the whole year 2024-2025.",
            }),
          },
        ],
      ]);
    }
    const { record } = await desk.send(report.conference("S"));
    expect(refusals(await desk.withdraw("conference", record!.recordId))).toEqual(["PERIOD_LOCKED"]);
    expect(refusals(await school.send(report.conference("S", { occasion: "EXTRAORDINARY" })))).toEqual(["PERIOD_LOCKED"]);
    expect(refusals(await school.send(report.membership("S", 20, { admitted: -1 }, { expectedVersion: 7 })))).toEqual([
      ...["OUT_OF_RANGE admitted", "PERIOD_LOCKED", "VERSION_CONFLICT expectedVersion"],
    ]);
    expect(await database.dump()).toEqual(before);
  });

  test("but neither what is sent again unchanged, nor other units, other years, directives or published figures", async () => {
    await school.actOn("SUBMIT", "S");
    await district.actOn("ACCEPT", "S");
    expect((await school.send(report.conference("S"))).outcome).toBe("UNCHANGED");
    const others = await desk.submit(
      report.conference("T"),
      report.conference("S", { heldOn: "2023-09-25" }, { schoolYear: "2023-2024" }),
      report.figure("S", { indicator: "members", value: 1 }),
      report.directive("D", [{ indicator: "members", schoolYear: "2024-2025", target: 3 }]),
    );
    expect(others.map(({ outcome }) => outcome)).toEqual(Array(4).fill("STORED"));
  });

  test("until the district opens it again; then a correction goes through and the report is submitted anew", async () => {
    await school.actOn("SUBMIT", "S");
    await district.actOn("ACCEPT", "S");
    expect(await district.actOn("REOPEN", "S", WHY)).toMatchObject({
      outcome: "STORED",
      report: { content: { reportState: "DRAFT", acceptedOn: null } },
    });
    expect((await school.send(correction())).outcome).toBe("STORED");
    expect((await school.actOn("SUBMIT", "S")).outcome).toBe("STORED");
  });

  test("of the first half only records of a day up to 30 November; the year's locks these, too", async () => {
    await school.actOn("SUBMIT", "S", HALF);
    await district.actOn("ACCEPT", "S", HALF);
    expect(refusals(await school.send(correction()))).toEqual(["PERIOD_LOCKED"]);
    expect((await school.send(report.membership("S", 21, {}, { expectedVersion: 1 }))).outcome).toBe("STORED");
    expect((await school.send(report.conference("S", { occasion: "EXTRAORDINARY", heldOn: "2024-12-01" }))).outcome).toBe("STORED");
    await school.actOn("SUBMIT", "S");
    await district.actOn("ACCEPT", "S");
    expect((await school.send(correction())).problems.map(({ message }) => message.en)).toEqual([
      expect.stringContaining("reopen the report of the first half of 2024-2025"),
      expect.stringContaining("reopen the report of the whole year 2024-2025"),
    ]);
    await district.actOn("REOPEN", "S", { ...HALF, ...WHY });
    expect(refusals(await school.send(correction()))).toEqual(["PERIOD_LOCKED"]);
  });

  test("a record is moved neither into an accepted period nor out of one", async () => {
    await school.actOn("SUBMIT", "S", HALF);
    await district.actOn("ACCEPT", "S", HALF);
    const late = report.conference("S", { occasion: "EXTRAORDINARY", heldOn: "2024-12-01" });
    expect((await school.send(late)).outcome).toBe("STORED");
    expect(refusals(await school.send(correction({ heldOn: "2024-12-02" })))).toEqual(["PERIOD_LOCKED"]);
    await district.send(report.conference("T", { heldOn: "2024-12-02" }));
    await district.act("SUBMIT", asked("T", HALF));
    await district.act("ACCEPT", asked("T", HALF));
    expect(refusals(await district.send(report.conference("T", { heldOn: "2024-11-30" }, { expectedVersion: 1 })))).toEqual([
      "PERIOD_LOCKED",
    ]);
  });

  test("a record without a school year is held by its figures of the report of the year of its day; one of several schools by its reporter's, too", async () => {
    await desk.register(draft.school("V", "U", { ownership: "PRIVATE", schoolLevel: "PRESCHOOL" }));
    const agreement = (changes: object = {}, more: object = {}) => report.agreement("U", { schools: ["V"], ...changes }, more);
    await district.send(agreement());
    const both = async (unit: string, label: string) => {
      await district.actOn("SUBMIT", unit, { schoolYear: label });
      await district.actOn("ACCEPT", unit, { schoolYear: label });
    };
    await both("V", "2023-2024");
    await both("U", "2024-2025");
    expect((await district.send(agreement({ remark: "1" }, { expectedVersion: 1 }))).outcome).toBe("STORED");
    await both("U", "2023-2024");
    const another = { signedOn: "2024-07-01", filedOn: "2024-07-05", expiresOn: "2026-06-30" };
    expect(refusals(await district.send(agreement(another, { expectedVersion: 2 })))).toEqual(["PERIOD_LOCKED", "PERIOD_LOCKED"]);
    expect((await district.send(agreement({ remark: "2" }, { expectedVersion: 2 }))).outcome).toBe("STORED");
  });
});

test("a record that counts in many years changes no figure of a locked one, whatever its own day; what changes none may be told", async () => {
  await desk.register(draft.school("V", "D", { ownership: "PRIVATE", schoolLevel: "PRESCHOOL" }));
  // Signed before the first opened year, in force in both.
  const agreement = (changes: object = {}, more: object = {}) =>
    report.agreement(
      "V",
      { signedOn: "2023-03-01", effectiveOn: "2023-03-01", expiresOn: "2026-02-28", filedOn: "2023-03-05", ...changes },
      more,
    );
  const sent = await district.send(agreement());
  expect([sent.outcome, sent.problems]).toEqual(["STORED", []]);
  await province.closePeriod("P");
  const before = await database.dump();
  expect(refusals(await district.send(agreement({ expiresOn: "2024-06-30" }, { expectedVersion: 1 })))).toEqual(["PERIOD_LOCKED"]);
  expect(refusals(await district.withdraw("collectiveAgreement", sent.record!.recordId))).toEqual(["PERIOD_LOCKED"]);
  expect(await database.dump()).toEqual(before);
  expect((await district.send(agreement({ remark: "Bản gốc lưu tại trường." }, { expectedVersion: 1 }))).outcome).toBe("STORED");
  await province.reopenPeriod("P", WHY);
  expect((await district.withdraw("collectiveAgreement", sent.record!.recordId)).outcome).toBe("STORED");
});

test("the union of a school submits its report and does not decide on it, nor opens what the district accepted", async () => {
  const union = await desk.of("RECORDER", "U");
  expect((await union.actOn("SUBMIT", "S")).outcome).toBe("STORED");
  expect(refusals(await union.actOn("ACCEPT", "S"))).toEqual(["FORBIDDEN"]);
  expect((await district.actOn("ACCEPT", "S")).outcome).toBe("STORED");
  expect(refusals(await union.actOn("REOPEN", "S", WHY))).toEqual(["FORBIDDEN"]);
});

test("who closes the whole year closes its first half, for records and for the steps of its report, until that unit is opened again", async () => {
  await school.send(report.conference("S"));
  await school.actOn("SUBMIT", "S", HALF);
  await district.actOn("ACCEPT", "S", HALF);
  await province.closePeriod("P");
  expect(refusals(await district.actOn("REOPEN", "S", { ...HALF, ...WHY }))).toEqual(["PERIOD_LOCKED"]);
  expect(refusals(await district.actOn("SUBMIT", "T", HALF))).toEqual(["PERIOD_LOCKED"]);
  expect((await province.actOn("REOPEN", "S", WHY)).outcome).toBe("STORED");
  expect((await district.actOn("REOPEN", "S", { ...HALF, ...WHY })).outcome).toBe("STORED");
  expect((await school.send(correction())).outcome).toBe("STORED");
  await province.reopenPeriod("P", WHY);
  await province.closePeriod("P");
  expect(refusals(await school.send(correction({ remark: "again" })))).toContain("PERIOD_LOCKED");
  expect(refusals(await school.actOn("SUBMIT", "S", HALF))).toEqual(["PERIOD_LOCKED"]);
});

test("a second return is not taken for the first: its reason would be lost", async () => {
  await school.actOn("SUBMIT", "S");
  await district.actOn("RETURN", "S", WHY);
  expect((await district.actOn("RETURN", "S", WHY)).outcome).toBe("UNCHANGED");
  expect(refusals(await district.actOn("RETURN", "S", { reason: "Another one." }))).toEqual(["WRONG_STATE"]);
});

test("a reason has 500 characters at most, as people count them", async () => {
  expect((await school.actOn("SUBMIT", "S", { reason: "😀".repeat(500) })).outcome).toBe("STORED");
  const { problems } = await district.actOn("RETURN", "S", { reason: "😀".repeat(501) });
  expect(problems.map(({ message }) => message.en)).toEqual(["The reason has 501 characters; expected at most 500."]);
});

describe("a closed period", () => {
  const closedBy = "Đơn vị P closed the whole year 2024-2025 on 2025-06-20; ask it to reopen the report of this unit.";
  beforeEach(async () => {
    await school.send(report.conference("S"));
    expect((await province.closePeriod("P")).outcome).toBe("STORED");
  });

  test("locks every record below, accepted or not, and every step of a report; closing it again changes nothing", async () => {
    expect((await school.send(correction())).problems.map(({ message }) => message.en)).toEqual([
      `This would change what is locked of S in 2024-2025. ${closedBy.replace("ask it", "ask somebody of Đơn vị P")}`,
    ]);
    expect((await school.actOn("SUBMIT", "S")).problems.map(({ message }) => message.en)).toEqual([closedBy]);
    expect(refusals(await desk.send(report.conference("X")))).toEqual(["PERIOD_LOCKED"]);
    expect((await province.closePeriod("P")).outcome).toBe("UNCHANGED");
    expect((await desk.send(report.conference("S", { heldOn: "2023-09-25" }, { schoolYear: "2023-2024" }))).outcome).toBe("STORED");
  });

  test("the province may still report to the confederation, but its own records are locked", async () => {
    const own = { kind: "activityReport", unit: "P", schoolYear: "2024-2025", content: {}, expectedVersion: null, reason: null };
    expect(refusals(await province.send(own))).toEqual(["PERIOD_LOCKED"]);
    expect((await province.actOn("SUBMIT", "P")).outcome).toBe("STORED");
  });

  test("is opened for one unit by whoever closed it, not by its district, until that report is accepted or the period closed anew", async () => {
    expect(refusals(await district.actOn("REOPEN", "S", WHY))).toEqual(["PERIOD_LOCKED"]);
    expect((await province.actOn("REOPEN", "S", WHY)).outcome).toBe("STORED");
    expect((await school.send(correction())).outcome).toBe("STORED");
    expect(refusals(await desk.send(report.conference("T")))).toEqual(["PERIOD_LOCKED"]);
    expect((await school.actOn("SUBMIT", "S")).outcome).toBe("STORED");
    expect((await district.actOn("ACCEPT", "S")).outcome).toBe("STORED");
    expect(refusals(await school.send(report.conference("S", {}, { expectedVersion: 2 })))).toEqual(["PERIOD_LOCKED"]);
    expect(refusals(await district.actOn("REOPEN", "S", WHY))).toEqual(["PERIOD_LOCKED"]);
  });

  test("closed anew it locks units that had been opened", async () => {
    await province.actOn("REOPEN", "S", WHY);
    expect((await province.reopenPeriod("P", WHY)).outcome).toBe("STORED");
    expect((await province.closePeriod("P", { expectedVersion: 2 })).outcome).toBe("STORED");
    expect(refusals(await school.send(correction()))).toEqual(["PERIOD_LOCKED"]);
    const { report: opened } = await province.actOn("REOPEN", "S", WHY);
    expect(opened).toMatchObject({ version: 3, content: { reopenedAfterClosing: true } });
  });

  test("is opened again with a reason; reports that were accepted stay accepted", async () => {
    expect(refusals(await province.reopenPeriod("P"))).toEqual(["REQUIRED reason"]);
    expect((await province.reopenPeriod("P", WHY)).outcome).toBe("STORED");
    expect((await province.reopenPeriod("P", WHY)).outcome).toBe("UNCHANGED");
    expect((await school.send(correction())).outcome).toBe("STORED");
  });

  test("two closings are both in the way of a unit: only whoever keeps both opens it", async () => {
    await desk.closePeriod("VN");
    expect(refusals(await province.actOn("REOPEN", "S", WHY))).toEqual(["PERIOD_LOCKED"]);
    expect((await desk.actOn("REOPEN", "S", WHY)).outcome).toBe("STORED");
    expect((await school.send(correction())).outcome).toBe("STORED");
  });
});

test("a period is closed by a steward of a province or of a top, when its cut-off has come", async () => {
  expect(refusals(await (await desk.of("RECORDER", "P")).closePeriod("P"))).toEqual(["FORBIDDEN"]);
  expect(refusals(await desk.closePeriod("D"))).toEqual(["WRONG_LEVEL unit"]);
  expect(refusals(await (await desk.of("STEWARD", "D")).closePeriod("P"))).toEqual(["UNIT_NOT_FOUND unit"]);
  expect(refusals(await province.on("2025-05-30").closePeriod("P"))).toEqual(["OUT_OF_RANGE period"]);
  expect(refusals(await province.closePeriod("P", { expectedVersion: 1, schoolYear: "2030-2031" }))).toEqual([
    "SCHOOL_YEAR_NOT_FOUND schoolYear",
  ]);
  expect(refusals(await province.closePeriod("P", { expectedVersion: 1 }))).toEqual(["VERSION_CONFLICT expectedVersion"]);
  expect((await province.on("2025-05-31").closePeriod("P")).outcome).toBe("STORED");
});
