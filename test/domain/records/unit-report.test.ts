import { account } from "../../../src/domain/counting/measures.js";
import { activityReport, activityReported } from "../../../src/domain/records/kinds/activity-report.js";
import { conference } from "../../../src/domain/records/kinds/conference.js";
import { kindOf, recordedKinds, recordKinds } from "../../../src/domain/records/catalogue.js";
import {
  halfYearReportSubmitted,
  unitReport,
  yearReportAccepted,
  yearReportOnTime,
  yearReportSubmitted,
} from "../../../src/domain/records/kinds/unit-report.js";
import { missingEvidence, missingIn, yearReportEvidenced } from "../../../src/domain/counting/report-evidence.js";
import { cases, dossier, record, statusOf, tallyOf, year } from "../harness.js";

const report = (reportState: string, submittedOn: string | null = null, period = "WHOLE_YEAR") =>
  record(unitReport, { period, reportState, submittedOn });

describe("submitted, on time, accepted", () => {
  cases<[ReturnType<typeof report>[], string]>(
    [
      ["without a report nothing has been said", [], "NO_REPORT NO_REPORT NO_REPORT"],
      ["a draft says nothing", [report("DRAFT")], "NO_REPORT NO_REPORT NO_REPORT"],
      ["submitted on the last day is in time and waits", [report("SUBMITTED", "2025-05-31")], "YES YES NO_REPORT"],
      ["a day later is late", [report("SUBMITTED", "2025-06-01")], "YES NO NO_REPORT"],
      ["accepted is submitted, too", [report("ACCEPTED", "2025-05-31")], "YES YES YES"],
      ["returned is a no until it is sent again", [report("RETURNED")], "NO NO NO"],
      ["opened again it is a draft, whatever its day was", [report("DRAFT", "2025-05-20")], "NO_REPORT NO_REPORT NO_REPORT"],
      ["the report of the first half is another", [report("ACCEPTED", "2024-12-01", "FIRST_HALF")], "NO_REPORT NO_REPORT NO_REPORT"],
    ],
    (reports, expected) => {
      const subject = dossier({}, ...reports);
      expect([yearReportSubmitted, yearReportOnTime, yearReportAccepted].map((duty) => statusOf(duty, subject)).join(" ")).toBe(expected);
    },
  );

  test("the directive's day judges what is in time and until when nothing is due, each period its own", () => {
    const deadlines = new Map([
      [yearReportSubmitted, "2025-06-10"],
      [halfYearReportSubmitted, "2024-12-05"],
    ]);
    expect(statusOf(yearReportOnTime, dossier({ deadlines }, report("SUBMITTED", "2025-06-10")))).toBe("YES");
    expect(account(dossier({ deadlines })).due).toMatchObject({ yearReport: "2025-06-10", halfYearReport: "2024-12-05" });
    expect(account(dossier()).due).toMatchObject({ yearReport: "2025-05-31", halfYearReport: "2024-12-15" });
  });
});

describe("a report is owed by", () => {
  cases<[Parameters<typeof dossier>[0], string]>(
    [
      ["a school with a union and one without", { parentLevel: "DISTRICT" }, "NO_REPORT NO_REPORT"],
      ["a union", { kind: "GRASSROOTS" }, "NO_REPORT NO_REPORT"],
      ["a federation below another", { kind: "CITY", parentLevel: "PROVINCE" }, "NO_REPORT NO_REPORT"],
      ["nobody who stands at the top", { kind: "PROVINCE", parentLevel: null }, "NOT_ELIGIBLE NOT_ELIGIBLE"],
      ["one opened after the cut-off of the half only for the year", { openSince: "2024-12-01" }, "NO_REPORT NOT_ELIGIBLE"],
    ],
    (facts, expected) => {
      const subject = dossier(facts);
      expect([yearReportSubmitted, halfYearReportSubmitted].map((duty) => statusOf(duty, subject)).join(" ")).toBe(expected);
      expect(statusOf(yearReportEvidenced, subject) === "NOT_ELIGIBLE").toBe(expected.startsWith("NOT"));
    },
  );
});

describe("the evidence", () => {
  const missing = (subject: ReturnType<typeof dossier>) => missingEvidence(tallyOf(subject)).map(({ key }) => key);

  test("is what other records say, not what the report declares", () => {
    const bare = dossier({}, report("ACCEPTED", "2025-05-20"));
    expect([statusOf(yearReportSubmitted, bare), statusOf(yearReportEvidenced, bare)]).toEqual(["YES", "NO_REPORT"]);
    expect(missing(bare)).toEqual(expect.arrayContaining(["staffConference", "membershipReport", "activityReport"]));
    expect(missing(bare)).not.toContain("yearReport");
  });

  test("is complete when nothing that is owed is silent; what was said not to be done is said", () => {
    const federation = dossier({ kind: "DISTRICT", parentLevel: "PROVINCE", openSince: "2025-01-01" });
    expect([missing(federation), statusOf(yearReportEvidenced, federation)]).toEqual([[], "YES"]);
    const postponed = record(conference, { notHeldBecause: "POSTPONED", workers: 30 });
    expect(missing(dossier({}, postponed))).not.toContain("staffConference");
  });

  test("of the first half is what was due by its cut-off", () => {
    const deadlines = new Map([[activityReported, "2024-11-30"]]);
    const keys = (facts: Parameters<typeof dossier>[0]) => missingIn("FIRST_HALF", year, account(dossier(facts))).map(({ key }) => key);
    expect(keys({ deadlines })).toContain("activityReport");
    expect(keys({})).not.toContain("activityReport");
    expect(missingIn("WHOLE_YEAR", year, account(dossier())).map(({ key }) => key)).toContain("activityReport");
  });
});

test("what counts in a unit's own dossier belongs to its report; what is said about units, reports and closings does not", () => {
  const others = recordKinds.filter(({ belongsToReport }) => !belongsToReport).map(({ key }) => key);
  expect(others.sort()).toEqual([
    "directive",
    "emulationCluster",
    "findingAcknowledgement",
    "periodClosing",
    "publishedFigure",
    "unitReport",
  ]);
  expect(recordKinds.filter((kind) => !recordedKinds.includes(kind)).map(({ key }) => key)).toEqual(["unitReport", "periodClosing"]);
});

test("the day of a record is that of what it speaks of", () => {
  expect(conference.day(record(conference, { heldOn: "2024-09-25" }).content as never)).toBe("2024-09-25");
  expect(activityReport.day(record(activityReport, {}).content as never)).toBeNull();
  expect(kindOf("unitRating").day({ year: 2024 } as never)).toBe("2024-12-31");
  const set = { regulations: [{ adoptedOn: "2024-10-01" }, { adoptedOn: "2024-12-01" }] };
  expect(kindOf("unionRegulationSet").day(set as never)).toBe("2024-12-01");
});
