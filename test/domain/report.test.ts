import { type Caller, type Role } from "../../src/domain/ground/caller.js";
import { dueOn, isLate, recordingRefused, reportsHolding } from "../../src/domain/reporting/permission.js";
import { periodOf } from "../../src/domain/reporting/reporting-period.js";
import { halfYearReportSubmitted, yearReportSubmitted } from "../../src/domain/records/kinds/unit-report.js";
import { schoolYear } from "../desk.js";
import { type Actor, decide, isEstimate, lockOf, REPORT_ACTIONS } from "../../src/domain/reporting/report.js";
import { NO_REPORTING_RULES } from "../../src/domain/records/kinds/settings-in-force.js";
import { type Closing, REPORT_STATES, type ReportState, type Standing } from "../../src/domain/reporting/standing.js";

const standing = (state: ReportState, more: Partial<Standing> = {}): Standing => ({
  ...{ schoolYear: "2024-2025", period: "WHOLE_YEAR", state, from: "2024-06-01", cutOff: "2025-05-31", hasSuperior: true, counted: true },
  submittedOn: state === "DRAFT" ? null : "2025-06-02",
  finalSince: state === "DRAFT" ? null : "2025-06-02",
  lastActor: state === "DRAFT" ? null : { name: "Trường", tokenId: "token-1" },
  acceptedOn: state === "ACCEPTED" ? "2025-06-03" : null,
  acceptedBy: state === "ACCEPTED" ? "LĐLĐ thành phố" : null,
  closedAbove: [],
  closedItself: null,
  ...more,
});
const closing: Closing = { unitId: "P", period: "WHOLE_YEAR", by: "LĐLĐ tỉnh", on: "2025-06-30" };
const token = { name: "Quận", tokenId: "token-2" };
const actors: Record<string, Actor> = {
  reader: { today: "2025-07-01", token, records: false, stands: "ABOVE", keepsClosings: true },
  unit: { today: "2025-07-01", token, records: true, stands: "INSIDE", keepsClosings: false },
  superior: { today: "2025-07-01", token, records: true, stands: "ABOVE", keepsClosings: false },
  province: { today: "2025-07-01", token, records: true, stands: "ABOVE", keepsClosings: true },
};
const STATES = Object.keys(REPORT_STATES) as ReportState[];

/** By action and actor: what becomes of DRAFT, SUBMITTED, ACCEPTED, RETURNED. A state is a new one; "=": it is so already; else the code. */
const OPEN: Record<string, string> = {
  "SUBMIT reader": "FORBIDDEN FORBIDDEN FORBIDDEN FORBIDDEN",
  "SUBMIT unit": "SUBMITTED = = SUBMITTED",
  "SUBMIT superior": "SUBMITTED = = SUBMITTED",
  "SUBMIT province": "SUBMITTED = = SUBMITTED",
  "ACCEPT reader": "FORBIDDEN FORBIDDEN FORBIDDEN FORBIDDEN",
  "ACCEPT unit": "FORBIDDEN FORBIDDEN FORBIDDEN FORBIDDEN",
  "ACCEPT superior": "WRONG_STATE ACCEPTED = WRONG_STATE",
  "ACCEPT province": "WRONG_STATE ACCEPTED = WRONG_STATE",
  "RETURN reader": "FORBIDDEN FORBIDDEN FORBIDDEN FORBIDDEN",
  "RETURN unit": "FORBIDDEN FORBIDDEN FORBIDDEN FORBIDDEN",
  "RETURN superior": "WRONG_STATE RETURNED WRONG_STATE =",
  "RETURN province": "WRONG_STATE RETURNED WRONG_STATE =",
  "REOPEN reader": "FORBIDDEN FORBIDDEN FORBIDDEN FORBIDDEN",
  "REOPEN unit": "FORBIDDEN FORBIDDEN FORBIDDEN FORBIDDEN",
  "REOPEN superior": "= WRONG_STATE DRAFT =",
  "REOPEN province": "= WRONG_STATE DRAFT =",
};
/** The same in a period that a unit above has closed. */
const CLOSED: Record<string, string> = {
  ...OPEN,
  "SUBMIT unit": "PERIOD_LOCKED = = PERIOD_LOCKED",
  "SUBMIT superior": "PERIOD_LOCKED = = PERIOD_LOCKED",
  "SUBMIT province": "PERIOD_LOCKED = = PERIOD_LOCKED",
  "ACCEPT superior": "PERIOD_LOCKED PERIOD_LOCKED = PERIOD_LOCKED",
  "ACCEPT province": "PERIOD_LOCKED PERIOD_LOCKED = PERIOD_LOCKED",
  "RETURN superior": "PERIOD_LOCKED PERIOD_LOCKED PERIOD_LOCKED =",
  "RETURN province": "PERIOD_LOCKED PERIOD_LOCKED PERIOD_LOCKED =",
  "REOPEN superior": "PERIOD_LOCKED PERIOD_LOCKED PERIOD_LOCKED PERIOD_LOCKED",
  "REOPEN province": "DRAFT DRAFT DRAFT DRAFT",
};

const told = (action: (typeof REPORT_ACTIONS)[number], at: Standing, actor: Actor, rules = NO_REPORTING_RULES) => {
  const decision = decide(action, at, actor, rules);
  return decision.outcome === "STORED" ? decision.state : decision.outcome === "UNCHANGED" ? "=" : decision.code;
};
const table = (more: Partial<Standing>) =>
  Object.fromEntries(
    REPORT_ACTIONS.flatMap((action) =>
      Object.entries(actors).map(([name, actor]) => [
        `${action} ${name}`,
        STATES.map((state) => told(action, standing(state, more), actor)).join(" "),
      ]),
    ),
  );

test("every action in every state by everybody comes to what the table says", () => expect(table({})).toEqual(OPEN));
test("and in a closed period to what the other says", () => expect(table({ closedAbove: [closing] })).toEqual(CLOSED));

test("the unit's own closing hinders its report to those above only from being opened by anybody below them", () => {
  const own = { closedItself: closing };
  expect(table(own)).toEqual({ ...OPEN, "REOPEN superior": CLOSED["REOPEN superior"], "REOPEN province": "DRAFT DRAFT DRAFT DRAFT" });
});

test.each([
  ["has nobody above it", { hasSuperior: false }, "WRONG_LEVEL"],
  ["does not count in the year", { counted: false }, "UNIT_CLOSED"],
] as const)("nothing can be done where the unit %s", (_, more, code) => {
  for (const action of REPORT_ACTIONS) for (const state of STATES) expect(told(action, standing(state, more), actors.province!)).toBe(code);
});

test("a report is submitted from the cut-off of its period on, earlier by as many days as a directive allows, never before the period", () => {
  const on = (today: string, days = 0) => {
    const rules = { ...NO_REPORTING_RULES, daysEarly: new Map([["WHOLE_YEAR" as const, days]]) };
    return told("SUBMIT", standing("DRAFT"), { ...actors.unit!, today }, rules);
  };
  expect([on("2025-05-30"), on("2025-05-31")]).toEqual(["OUT_OF_RANGE", "SUBMITTED"]);
  expect([on("2025-05-20", 10), on("2025-05-21", 10)]).toEqual(["OUT_OF_RANGE", "SUBMITTED"]);
  expect([on("2024-05-31", 400), on("2024-06-01", 400)]).toEqual(["OUT_OF_RANGE", "SUBMITTED"]);
});

test("what was submitted before the cut-off is an estimate until it is submitted again from that day on", () => {
  const estimate = standing("SUBMITTED", { submittedOn: "2025-05-25", finalSince: null });
  expect([isEstimate(estimate), isEstimate(standing("SUBMITTED")), isEstimate(standing("DRAFT", { finalSince: null }))]).toEqual([
    true,
    false,
    false,
  ]);
  const again = (today: string, at = estimate) => told("SUBMIT", at, { ...actors.unit!, today });
  expect([again("2025-05-30"), again("2025-05-31"), again("2025-06-05", standing("SUBMITTED"))]).toEqual(["=", "SUBMITTED", "="]);
});

test("where a directive asks for two people, a report is not accepted by the token that submitted it", () => {
  const rules = { ...NO_REPORTING_RULES, twoPeople: true };
  const accepts = (lastActor: Standing["lastActor"], by = rules) =>
    told("ACCEPT", standing("SUBMITTED", { lastActor }), actors.superior!, by);
  expect(accepts({ name: "Quận", tokenId: "token-2" })).toBe("FORBIDDEN");
  expect(accepts({ name: "Quận", tokenId: "token-1" })).toBe("ACCEPTED");
  // Of what 0.4.0 stored only the name is known.
  expect(accepts({ name: "Quận", tokenId: null })).toBe("FORBIDDEN");
  expect(accepts({ name: "Trường", tokenId: null })).toBe("ACCEPTED");
  expect(accepts({ name: "Quận", tokenId: "token-2" }, NO_REPORTING_RULES)).toBe("ACCEPTED");
});

test("records are locked by an acceptance and by a closing, and the sentence names who can open them", () => {
  const of = (state: ReportState, more: Partial<Standing> = {}) => lockOf(standing(state, more))?.words ?? null;
  for (const state of ["DRAFT", "SUBMITTED", "RETURNED"] as const) expect(of(state)).toBeNull();
  expect(of("ACCEPTED")).toEqual({
    en: "Accepted by LĐLĐ thành phố on 2025-06-03; ask it to reopen the report of the whole year 2024-2025.",
    vi: "LĐLĐ thành phố đã duyệt ngày 3/6/2025; đề nghị đơn vị này mở lại báo cáo tổng kết năm học 2024-2025.",
  });
  for (const state of STATES)
    for (const more of [{ closedAbove: [closing] }, { closedItself: closing }])
      expect(of(state, more)?.en).toMatch(/^LĐLĐ tỉnh closed the whole year/);
});

describe("a report is late", () => {
  const late = (state: ReportState, today: string, more: Partial<Standing> = {}) => isLate(standing(state, more), "2025-06-15", today);
  test("when it is missing and its due day has passed", () => {
    expect(["2025-06-15", "2025-06-16"].map((today) => late("DRAFT", today))).toEqual([false, true]);
  });
  test("when it was submitted after it, whatever the day is now", () => {
    expect(["2025-06-15", "2025-06-16"].map((submittedOn) => late("SUBMITTED", "2025-12-01", { submittedOn }))).toEqual([false, true]);
  });
  test("never where none is owed: nobody stands above, or the unit does not count", () => {
    expect([late("DRAFT", "2025-12-01", { hasSuperior: false }), late("DRAFT", "2025-12-01", { counted: false })]).toEqual([false, false]);
  });
});

test("the due day is that of the unit's dossier, else the period's", () => {
  const year = schoolYear(2024);
  const due = { [yearReportSubmitted.key]: "2025-07-15", [halfYearReportSubmitted.key]: "2024-12-20" };
  expect([dueOn(year, "WHOLE_YEAR", due), dueOn(year, "FIRST_HALF", due)]).toEqual(["2025-07-15", "2024-12-20"]);
  expect(dueOn(year, "WHOLE_YEAR", null)).toBe(periodOf(year, "WHOLE_YEAR").dueOn);
});

test("records may change unless the caller only reads, or a report in which they stand is accepted or closed", () => {
  const caller = (role: Role): Caller => ({ name: "Quận", tokenId: "token-2", role, unitId: "D" });
  const refused = (role: Role, ...standings: Standing[]) => recordingRefused(caller(role), standings)?.code ?? null;
  expect(refused("ANALYST", standing("DRAFT"))).toBe("FORBIDDEN");
  expect(refused("RECORDER", standing("SUBMITTED"), standing("RETURNED"))).toBeNull();
  expect(refused("RECORDER", standing("DRAFT"), standing("ACCEPTED"))).toBe("PERIOD_LOCKED");
  expect(refused("RECORDER", standing("DRAFT", { closedAbove: [closing] }))).toBe("PERIOD_LOCKED");
  expect([reportsHolding("FIRST_HALF"), reportsHolding("WHOLE_YEAR")]).toEqual([["FIRST_HALF", "WHOLE_YEAR"], ["WHOLE_YEAR"]]);
});
