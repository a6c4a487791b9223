import { type Dossier } from "../../../src/domain/counting/dossier.js";
import { account } from "../../../src/domain/counting/measures.js";
import { staffConferenceHeld } from "../../../src/domain/records/kinds/conference.js";
import {
  COMMITTEES_BY_SIZE,
  inspectionCommittee,
  inspectionCommitteeElected,
  inspectionCommitteeInTerm,
} from "../../../src/domain/records/kinds/inspection-committee.js";
import { type RuleContext } from "../../../src/domain/records/kind.js";
import { membershipReport } from "../../../src/domain/records/kinds/membership-report.js";
import { type Status } from "../../../src/domain/counting/obligation.js";
import { cases, dossier, privateSchool, record, send, statusOf, tallyOf, unit, year, yearAfter, yearBefore } from "../harness.js";

const elected = { term: "2024-2026", electedOn: "2024-10-04", size: 5, heads: 1, deputies: 1, recognisedOn: "2024-10-11" };
const exempt = { term: "2024-2026", notElectedBecause: "EXEMPT", exemptionDecision: "12/QĐ-LĐLĐ", termStart: "2024-09-10" };
const none = { term: "2024-2026", notElectedBecause: "NOT_ELECTED", termStart: "2024-10-04" };

describe("rules", () => {
  const document: Partial<RuleContext> = { provenance: "DOCUMENT" };
  cases<[Record<string, unknown>, string[], Partial<RuleContext>?]>(
    [
      ["a good committee has no problem", elected, []],
      ["an exemption with its decision has no problem", exempt, []],
      ["that none was elected has no problem", none, []],
      ["the term is two years", { ...elected, term: "2024" }, ["INVALID term"]],
      ["the term is given", { ...elected, term: null }, ["REQUIRED term"]],
      [
        "it was elected or it was not",
        { ...elected, notElectedBecause: "NOT_ELECTED" },
        ["RULE notElectedBecause", "RULE size", "RULE heads", "RULE deputies", "RULE recognisedOn"],
      ],
      ["something is said", { term: "2024-2026" }, ["REQUIRED electedOn"]],
      ["an exemption names its decision", { ...exempt, exemptionDecision: null }, ["REQUIRED exemptionDecision"]],
      ["only an exemption has a decision", { ...none, exemptionDecision: "1" }, ["RULE exemptionDecision"]],
      ["without a committee it is said since when", { ...none, termStart: null }, ["REQUIRED termStart"]],
      ["it has 3 members", { ...elected, size: 3 }, []],
      ["it does not have 2", { ...elected, size: 2, deputies: 0 }, ["RULE size"]],
      ["it has 9 members", { ...elected, size: 9 }, []],
      ["it does not have 10", { ...elected, size: 10 }, ["RULE size"]],
      ["a dispersed unit may have 10", { ...elected, size: 10, dispersed: true }, []],
      ["even numbers are good", { ...elected, size: 4 }, []],
      ["the size is given", { ...elected, size: null }, ["REQUIRED size"]],
      ["a document may leave the size out", { ...elected, size: null }, [], document],
      ["it has one head", { ...elected, heads: 2 }, ["RULE heads"]],
      ["it has a head", { ...elected, heads: 0 }, ["RULE heads"]],
      ["it has at most two deputies", { ...elected, size: 9, deputies: 3 }, ["RULE deputies"]],
      ["head and deputies are members", { ...elected, size: 3, heads: 1, deputies: 3 }, ["RULE deputies", "RULE deputies"]],
      ["no manager is a member", { ...elected, managers: 1 }, ["RULE managers"]],
      ["that no manager is one may be said", { ...elected, managers: 0 }, []],
      ["it is recognised after its election", { ...elected, recognisedOn: "2024-10-03" }, ["OUT_OF_RANGE recognisedOn"]],
      ["it is recognised on the day at the earliest", { ...elected, recognisedOn: "2024-10-04" }, []],
      ["it is not elected tomorrow", { ...elected, electedOn: "2025-06-11", recognisedOn: null }, ["OUT_OF_RANGE electedOn"]],
      ["it serves after its election", { ...elected, termStart: "2024-10-03" }, ["OUT_OF_RANGE termStart"]],
      ["a term ends after it began", { ...elected, termEnd: "2024-10-03" }, ["OUT_OF_RANGE termEnd"]],
      ["two years and the next conference are a term", { ...elected, termEnd: "2027-01-04" }, []],
      ["more is not", { ...elected, termEnd: "2027-01-05" }, ["RULE termEnd"]],
      ["the term begins in the first of its years", { ...elected, term: "2026-2028" }, ["RULE termStart"]],
      ["the term does not begin in the last of its years", { ...elected, term: "2022-2024" }, ["RULE termStart"]],
      ["replacement follows the election", { ...elected, replacedOn: ["2024-10-03", "2025-01-10"] }, ["OUT_OF_RANGE replacedOn.0"]],
      ["reports lie in the past", { ...elected, reportedOn: ["2025-01-10", "2025-06-11"] }, ["OUT_OF_RANGE reportedOn.1"]],
      ["a private school has none", elected, ["WRONG_LEVEL unit"], { unit: privateSchool() }],
      [
        "a closed school elects none",
        elected,
        ["UNIT_CLOSED electedOn"],
        { unit: unit({}, [{ from: "2010-01-01", until: "2024-10-04" }]) },
      ],
    ],
    (sent, problems, around) => expect(send(inspectionCommittee, sent, around).refused).toEqual(problems),
  );

  test("the term begins with the election and lasts two years unless its days are given", () => {
    expect(send(inspectionCommittee, elected).content).toMatchObject({ termStart: "2024-10-04", termEnd: "2026-10-03" });
    const given = { ...elected, termStart: "2024-10-12", termEnd: "2026-10-11" };
    expect(send(inspectionCommittee, given).content).toMatchObject({ termStart: "2024-10-12", termEnd: "2026-10-11" });
  });

  test("its term is its identity", () => expect(inspectionCommittee.keyOf(send(inspectionCommittee, elected).content)).toBe("2024-2026"));

  cases<[object, string[]]>(
    [
      ["recognised on the fifth working day it is in time", {}, []],
      ["recognised on the sixth it is late", { recognisedOn: "2024-10-14" }, ["INSPECTION_COMMITTEE_RECOGNISED_LATE"]],
      ["a weekend is no working day", { electedOn: "2024-10-05", recognisedOn: "2024-10-11" }, []],
      ["two deputies of eight members are flagged", { size: 8, deputies: 2 }, ["INSPECTION_COMMITTEE_TWO_DEPUTIES"]],
      ["two deputies of nine are not", { size: 9, deputies: 2 }, []],
      ["a term of less than two years is flagged", { termEnd: "2026-10-02" }, ["INSPECTION_COMMITTEE_TERM_SHORT"]],
    ],
    (changes, findings) => expect(send(inspectionCommittee, { ...elected, ...changes })).toMatchObject({ problems: [], findings }),
  );
});

describe("the statuses", () => {
  const of = (sent: object) => record(inspectionCommittee, { ...sent }, { around: { today: "2027-01-01" } });
  const before = { ...elected, term: "2022-2024", electedOn: "2022-10-04", recognisedOn: null };
  const small = record(membershipReport, {
    ...{ workersOpening: 7, womenWorkersOpening: 0, membersOpening: 7, womenMembersOpening: 0 },
    ...{ workersClosing: 7, womenWorkersClosing: 0, membersClosing: 7, womenMembersClosing: 0 },
  });
  const YES = "YES" as const;
  cases<[Dossier, Status, Status]>(
    [
      ["of a committee elected in the year", dossier({}, of(elected)), YES, YES],
      [
        "of a committee elected the year before: in term, no election due",
        dossier({ schoolYear: yearAfter }, of(elected)),
        YES,
        "NOT_ELIGIBLE",
      ],
      [
        "of a committee elected later: nothing is known of the year",
        dossier({ schoolYear: yearBefore }, of(elected)),
        "NO_REPORT",
        "NO_REPORT",
      ],
      ["of a term that has ended: nobody has said what came after", dossier({}, of(before)), "NO_REPORT", "NO_REPORT"],
      ["of two terms: the later holds", dossier({}, of(before), of(elected)), YES, YES],
      ["of nothing", dossier(), "NO_REPORT", "NO_REPORT"],
      ["of a conference that elected none", dossier({}, of(none)), "NO", "NO"],
      ["of a special case", dossier({}, of(exempt)), "NOT_ELIGIBLE", "NOT_ELIGIBLE"],
      ["of a school with 7 workers", dossier({}, small), "NOT_ELIGIBLE", "NOT_ELIGIBLE"],
      ["of a school with 7 workers that has one", dossier({}, small, of(elected)), "NOT_ELIGIBLE", "NOT_ELIGIBLE"],
      ["of a school without a union", dossier({ parentLevel: "DISTRICT" }), "NO_REPORT", "NO_REPORT"],
      ["of a private school", dossier({ ownership: "PRIVATE" }, of(elected)), "NOT_ELIGIBLE", "NOT_ELIGIBLE"],
      ["of a union", dossier({ kind: "GRASSROOTS" }), "NOT_ELIGIBLE", "NOT_ELIGIBLE"],
      ["of a school opened after the conferences", dossier({ openSince: "2024-12-06" }), "NOT_ELIGIBLE", "NOT_ELIGIBLE"],
    ],
    (subject, inTerm, election) =>
      expect([statusOf(inspectionCommitteeInTerm, subject), statusOf(inspectionCommitteeElected, subject)]).toEqual([inTerm, election]),
  );

  test("the last day of the term is in it, the next is not", () => {
    const ending = (termEnd: string) => dossier({}, of({ ...before, electedOn: "2023-06-01", termEnd }));
    expect(statusOf(inspectionCommitteeInTerm, ending(year.referenceDate))).toBe("YES");
    expect(statusOf(inspectionCommitteeInTerm, ending("2025-05-30"))).toBe("NO_REPORT");
  });

  test("are due by the deadline of the staff conference", () => {
    const deadlines = new Map([[staffConferenceHeld, "2024-10-13"]]);
    expect(account(dossier({ deadlines })).due[inspectionCommitteeInTerm.key]).toBe("2024-10-13");
  });

  test.each([3, 4, 5, 6, 7, 8, 9, 10, 15])("a committee of %i counts in its size", (size) => {
    const tally = tallyOf(dossier({}, of({ ...elected, size, dispersed: true })));
    expect(COMMITTEES_BY_SIZE.filter(({ key }) => tally[key])).toEqual([COMMITTEES_BY_SIZE[Math.min(size, 10) - 3]]);
    expect(tally.inspectionCommitteeMembersInTerm).toBe(size);
  });
});
