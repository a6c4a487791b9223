import { account } from "../../../src/domain/counting/measures.js";
import {
  conference,
  conferenceHeldOnTime,
  labourConferenceHeld,
  staffConferenceHeld,
} from "../../../src/domain/records/kinds/conference.js";
import { deadlineExtension } from "../../../src/domain/records/kinds/deadline-extension.js";
import { inspectionCommitteeInTerm } from "../../../src/domain/records/kinds/inspection-committee.js";
import { type RuleContext } from "../../../src/domain/records/kind.js";
import { halfYearReportSubmitted, yearReportAccepted, yearReportSubmitted } from "../../../src/domain/records/kinds/unit-report.js";
import { type Dossier } from "../../../src/domain/counting/dossier.js";
import { yearReportEvidenced } from "../../../src/domain/counting/report-evidence.js";
import { cases, dossier, record, send, statusOf } from "../harness.js";

const staff = "staffConferenceCompletion";
const sent = { indicator: staff, until: "2025-01-31", because: "Trường bị ngập lụt, sửa chữa đến tháng 12." };
const deadlines = new Map([
  [staff, "2024-12-05"],
  ["reportSubmission", "2025-05-31"],
]);

describe("rules", () => {
  cases<[object, string[], Partial<RuleContext>?]>(
    [
      ["a good extension has no problem", {}, []],
      ["it may name its document", { number: "12/CV-LĐLĐ", issuedOn: "2024-11-20" }, []],
      ["a day of a document is that of a numbered one", { issuedOn: "2024-11-20" }, ["REQUIRED number"]],
      ["a document is not issued tomorrow", { number: "1", issuedOn: "2025-06-11" }, ["OUT_OF_RANGE issuedOn"]],
      [
        "it has an indicator, a day and a reason",
        { indicator: "", until: null, because: " " },
        ["REQUIRED indicator", "REQUIRED until", "REQUIRED because"],
      ],
      ["it names an indicator of the catalogue", { indicator: "conferences" }, ["INDICATOR_NOT_FOUND indicator"]],
      ["what no day judges has nothing to extend", { indicator: "members" }, ["RULE indicator"]],
      ["nor has what the day of another indicator judges", { indicator: "conferenceOnTime" }, ["RULE indicator"]],
      ["nor a duty without a deadline in force", { indicator: "labourConferenceCompletion" }, ["RULE indicator"]],
      ["it may be a day later than the deadline", { until: "2024-12-06" }, []],
      ["the deadline itself is no extension", { until: "2024-12-05" }, ["OUT_OF_RANGE until"]],
      ["an earlier day is none", { until: "2024-11-01" }, ["OUT_OF_RANGE until"]],
      ["it may be the last day of the school year", { until: "2025-05-31" }, []],
      ["it does not lie after the school year", { until: "2025-06-01" }, ["OUT_OF_RANGE until"]],
      ["but that of reports may, by three months", { indicator: "reportSubmission", until: "2025-08-31" }, []],
      ["and by no day more", { indicator: "reportSubmission", until: "2025-09-01" }, ["OUT_OF_RANGE until"]],
    ],
    (changes, problems, around) =>
      expect(send(deadlineExtension, { ...sent, ...changes }, { deadlines, ...around }).refused).toEqual(problems),
  );

  test("says which deadline is in force, in both languages", () => {
    const { problems } = send(deadlineExtension, { ...sent, until: "2024-11-01" }, { deadlines });
    expect(problems[0]!.message).toEqual({
      en: "2024-11-01 is no extension: the deadline of school-1 is 2024-12-05 already. Give a later day.",
      vi: "Ngày 1/11/2024 không phải là gia hạn: thời hạn hiện hành của school-1 là 5/12/2024. Hãy ghi ngày muộn hơn.",
    });
  });
});

describe("a unit that was given more time", () => {
  const extended = (changes: object = {}) => record(deadlineExtension, { ...sent, ...changes }, { around: { deadlines } });
  const held = (heldOn: string) => record(conference, { heldOn, workers: 30, convened: 30, present: 28, votesFor: 27 });
  const due = (subject: Dossier) => account(subject).due;

  test("is judged by its last day, in all that the deadline judges", () => {
    expect(statusOf(conferenceHeldOnTime, dossier({}, held("2025-01-31")))).toBe("NO");
    expect(statusOf(conferenceHeldOnTime, dossier({}, held("2025-01-31"), extended()))).toBe("YES");
    expect(statusOf(conferenceHeldOnTime, dossier({}, held("2025-02-01"), extended()))).toBe("NO");
    const days = due(dossier({}, extended()));
    for (const { key } of [staffConferenceHeld, conferenceHeldOnTime, inspectionCommitteeInTerm])
      expect([key, days[key]]).toEqual([key, sent.until]);
    expect({ ...due(dossier({}, extended({ indicator: "reportSubmission", until: "2025-07-31" }))) }).toMatchObject({
      ...Object.fromEntries([yearReportSubmitted, yearReportAccepted, yearReportEvidenced].map(({ key }) => [key, "2025-07-31"])),
      [halfYearReportSubmitted.key]: "2024-12-15",
    });
  });

  test("keeps the deadline of its branch where that is later by now", () => {
    const later = { deadlines: new Map([[staffConferenceHeld, "2025-03-01"]]) };
    expect(due(dossier(later, extended()))[staffConferenceHeld.key]).toBe("2025-03-01");
  });

  test("has no deadline where its branch has none any more", () => {
    const labour = extended({ indicator: "labourConferenceCompletion" });
    const of = (facts: Partial<Dossier>) => dossier({ ownership: "PRIVATE", schoolLevel: "PRESCHOOL", ...facts }, labour);
    expect(statusOf(conferenceHeldOnTime, of({}))).toBe("NOT_ELIGIBLE");
    expect(due(of({}))[labourConferenceHeld.key]).toBe("2025-05-31");
    expect(due(of({ deadlines: new Map([[labourConferenceHeld, "2024-10-15"]]) }))[labourConferenceHeld.key]).toBe(sent.until);
  });

  test("owes nothing that it did not owe: opened after the deadline of its branch", () => {
    expect(statusOf(staffConferenceHeld, dossier({ openSince: "2024-12-20" }, extended()))).toBe("NOT_ELIGIBLE");
  });

  test("has told nothing of its own work by it: no figure but the judged ones is another", () => {
    expect(account(dossier({}, extended())).tally).toEqual(account(dossier()).tally);
  });
});
