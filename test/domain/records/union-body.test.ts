import { type Dossier } from "../../../src/domain/counting/dossier.js";
import { type RuleContext } from "../../../src/domain/records/kind.js";
import { bodyOn, unionBody, womensCommitteeInOffice } from "../../../src/domain/records/kinds/union-body.js";
import { type Status } from "../../../src/domain/counting/obligation.js";
import { cases, dossier, record, send, statusOf, tallyOf, unit } from "../harness.js";

const union = unit({ kind: "GRASSROOTS", id: "union-1" });
const womens = { body: "WOMENS_COMMITTEE", term: "2023-2028", formedOn: "2023-04-10", size: 3, women: 3, monthsBetweenMeetings: 2 };
const absent = { body: "WOMENS_COMMITTEE", term: "2023-2028", notFormedBecause: "NOT_REQUIRED" };

describe("rules", () => {
  cases<[Record<string, unknown>, string[], Partial<RuleContext>?]>(
    [
      ["a good body has no problem", womens, []],
      ["that none is required has no problem", absent, []],
      ["which body it is is said", { ...womens, body: null }, ["REQUIRED body"]],
      ["the term is two years", { ...womens, term: "x" }, ["INVALID term"]],
      [
        "it was formed or it was not",
        { ...womens, notFormedBecause: "NOT_YET" },
        ["RULE notFormedBecause", "RULE size", "RULE women", "RULE monthsBetweenMeetings"],
      ],
      ["something is said", { body: "WOMENS_COMMITTEE", term: "2023-2028" }, ["REQUIRED formedOn"]],
      ["every union has an executive committee", { ...absent, body: "EXECUTIVE_COMMITTEE" }, ["RULE notFormedBecause"]],
      ["an executive committee may not be there yet", { ...absent, body: "EXECUTIVE_COMMITTEE", notFormedBecause: "NOT_YET" }, []],
      ["it is not formed tomorrow", { ...womens, formedOn: "2025-06-11" }, ["OUT_OF_RANGE formedOn"]],
      ["it ends after it was formed", { ...womens, inOfficeUntil: "2023-04-09" }, ["OUT_OF_RANGE inOfficeUntil"]],
      ["women are part of it", { ...womens, women: 4 }, ["RULE women"]],
      ["it has members", { ...womens, size: 0, women: 0 }, ["OUT_OF_RANGE size"]],
      [
        "size and cadence are given",
        { ...womens, size: null, monthsBetweenMeetings: null },
        ["REQUIRED size", "REQUIRED monthsBetweenMeetings"],
      ],
      ["it meets every month", { ...womens, monthsBetweenMeetings: 1 }, []],
      ["it meets every three months", { ...womens, monthsBetweenMeetings: 3 }, []],
      ["it does not meet every 13 months", { ...womens, monthsBetweenMeetings: 13 }, ["OUT_OF_RANGE monthsBetweenMeetings"]],
      ["it does not meet every 0 months", { ...womens, monthsBetweenMeetings: 0 }, ["OUT_OF_RANGE monthsBetweenMeetings"]],
      [
        "a closed union forms none",
        womens,
        ["UNIT_CLOSED formedOn"],
        { unit: unit({ kind: "GRASSROOTS" }, [{ from: "2023-04-11", until: "9999-12-31" }]) },
      ],
    ],
    (sent, problems, around) => expect(send(unionBody, sent, { unit: union, ...around }).refused).toEqual(problems),
  );

  test("body and term are its identity", () => expect(unionBody.keyOf(send(unionBody, womens).content)).toBe("WOMENS_COMMITTEE 2023-2028"));
});

const of = (sent: object) => record(unionBody, { ...sent }, { around: { unit: union } });
const grassroots = (facts: Partial<Dossier> = {}, ...records: Parameters<typeof dossier>[1][]) =>
  dossier({ kind: "GRASSROOTS", ...facts }, ...records);

describe("the women's committee", () => {
  cases<[Dossier, Status]>(
    [
      ["in office", grassroots({}, of(womens)), "YES"],
      ["in office until the reference date", grassroots({}, of({ ...womens, inOfficeUntil: "2025-05-31" })), "YES"],
      ["in office until the day before", grassroots({}, of({ ...womens, inOfficeUntil: "2025-05-30" })), "NO_REPORT"],
      ["formed the day after", grassroots({}, of({ ...womens, formedOn: "2025-06-01" })), "NO_REPORT"],
      ["of a term that is over", grassroots({}, of({ ...womens, term: "2013-2018", formedOn: "2013-10-01" })), "NO_REPORT"],
      ["not required", grassroots({}, of(absent)), "NOT_ELIGIBLE"],
      ["not formed yet", grassroots({}, of({ ...absent, notFormedBecause: "NOT_YET" })), "NO"],
      ["not required in a former term", grassroots({}, of({ ...absent, term: "2018-2023" })), "NO_REPORT"],
      ["of another body", grassroots({}, of({ ...womens, body: "INSPECTION_COMMITTEE" })), "NO_REPORT"],
      ["of nothing", grassroots(), "NO_REPORT"],
      ["of a union founded during the year", grassroots({ openSince: "2024-09-06" }), "NOT_ELIGIBLE"],
      ["of a federation", dossier({ kind: "DISTRICT" }, of(womens)), "NOT_ELIGIBLE"],
    ],
    (subject, status) => expect(statusOf(womensCommitteeInOffice, subject)).toBe(status),
  );
});

test("of two bodies in office the one formed last holds, and its cadence counts", () => {
  const executive = { ...womens, body: "EXECUTIVE_COMMITTEE", monthsBetweenMeetings: 1 };
  const renewed = { ...executive, term: "2025-2030", formedOn: "2025-03-01", monthsBetweenMeetings: 2 };
  const subject = grassroots({}, of(renewed), of(executive));
  expect(bodyOn(subject, "EXECUTIVE_COMMITTEE", "2025-02-28")?.term).toBe("2023-2028");
  expect(bodyOn(subject, "EXECUTIVE_COMMITTEE", "2025-03-01")?.term).toBe("2025-2030");
  expect(bodyOn(subject, "EXECUTIVE_COMMITTEE", "2023-04-09")).toBeNull();
  expect(tallyOf(subject)).toMatchObject({ executivesMeetingEveryTwoMonths: 1 });
  expect(tallyOf(grassroots({}, of(executive)))).toMatchObject({ executivesMeetingMonthly: 1 });
});
