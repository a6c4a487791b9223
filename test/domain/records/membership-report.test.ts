import fc from "fast-check";
import { type Dossier } from "../../../src/domain/counting/dossier.js";
import { type RuleContext } from "../../../src/domain/records/kind.js";
import {
  membershipBalanced,
  membershipReport,
  membershipReported,
  workersReported,
} from "../../../src/domain/records/kinds/membership-report.js";
import { expectedClosing } from "../../../src/domain/records/kinds/membership-report-fields.js";
import { account } from "../../../src/domain/counting/measures.js";
import { type Status } from "../../../src/domain/counting/obligation.js";
import { cases, dossier, record, send, statusOf, tallyOf, unit, year, yearAfter } from "../harness.js";

type Changes = Record<string, unknown>;

const report = {
  ...{ workersOpening: 40, womenWorkersOpening: 30, membersOpening: 38, womenMembersOpening: 29 },
  ...{ workersClosing: 42, womenWorkersClosing: 31, membersClosing: 41, womenMembersClosing: 31 },
  ...{ admitted: 6, rejoined: 1, transferredIn: 3, transferredOut: 2, left: 1, retired: 4, structuralGain: 5, structuralLoss: 5 },
};
const occupational = unit({ id: "union-1", kind: "OCCUPATIONAL", name: "Nghiệp đoàn giáo viên mầm non" });

describe("rules", () => {
  cases<[Changes, string[], Partial<RuleContext>?]>(
    [
      ["a good report has no problem", {}, []],
      [
        "workers and members are required at both ends, women and movements may be unknown",
        { ...Object.fromEntries(Object.keys(report).map((name) => [name, null])) },
        ["REQUIRED workersOpening", "REQUIRED membersOpening", "REQUIRED workersClosing", "REQUIRED membersClosing"],
      ],
      [
        "women are at most all workers",
        { womenWorkersOpening: 41, womenWorkersClosing: 43 },
        ["RULE womenWorkersOpening", "RULE womenWorkersClosing"],
      ],
      [
        "women are at most all members",
        { womenMembersOpening: 39, womenMembersClosing: 42 },
        ["RULE womenMembersOpening", "RULE womenMembersClosing"],
      ],
      ["all may be women", { womenWorkersClosing: 42, womenMembersClosing: 41 }, []],
      ["members are at most the workers", { membersOpening: 41, membersClosing: 43 }, ["RULE membersOpening", "RULE membersClosing"]],
      ["all workers may be members", { membersClosing: 42 }, []],
      [
        "an occupational union has members without workers",
        { peopleCounted: "OTHERS_ONLY", workersOpening: 0, womenWorkersOpening: 0, workersClosing: 0, womenWorkersClosing: 0 },
        [],
        { unit: occupational },
      ],
      ["the report may speak of the day after the last reference date", { asOf: "2024-06-01" }, []],
      ["the report does not speak of a day before it", { asOf: "2024-05-31" }, ["OUT_OF_RANGE asOf"]],
      ["the report does not speak of a day after the reference date", { asOf: "2025-06-01" }, ["OUT_OF_RANGE asOf"]],
      [
        "a unit that closed before the first day that counts reports nothing",
        {},
        ["UNIT_CLOSED unit"],
        { unit: unit({}, [{ from: "2010-10-01", until: "2024-06-01" }]) },
      ],
      ["one that closed in the summer reports", {}, [], { unit: unit({}, [{ from: "2010-10-01", until: "2024-07-01" }]) }],
      ["one open only in between reports", {}, [], { unit: unit({}, [{ from: "2024-10-01", until: "2025-01-01" }]) }],
      ["a unit open at one end reports", {}, [], { unit: unit({}, [{ from: "2024-10-01", until: "9999-12-31" }]) }],
      ["counts are not negative", { admitted: -1 }, ["OUT_OF_RANGE admitted"]],
      ["the same rule is broken once for each of two figures at most", { womenWorkersOpening: 99 }, ["RULE womenWorkersOpening"]],
    ],
    (changes, problems, around) => expect(send(membershipReport, { ...report, ...changes }, around).refused).toEqual(problems),
  );

  test("movements are unknown and the day is the reference date unless given", () => {
    const { content } = send(membershipReport, { ...report, admitted: null, retired: undefined });
    expect(content).toMatchObject({ admitted: null, retired: null, rejoined: 1, asOf: year.referenceDate });
  });

  test("a report that does not balance is accepted and flagged", () => {
    expect(send(membershipReport, report)).toMatchObject({ problems: [], findings: [] });
    expect(send(membershipReport, { ...report, retired: 5 })).toMatchObject({ problems: [], findings: ["MEMBERSHIP_DOES_NOT_BALANCE"] });
  });

  test("every movement moves the expected closing by itself", () => {
    const base = expectedClosing(send(membershipReport, report).content);
    expect(base).toBe(41);
    const signs = {
      admitted: 1,
      rejoined: 1,
      transferredIn: 1,
      structuralGain: 1,
      transferredOut: -1,
      left: -1,
      retired: -1,
      structuralLoss: -1,
    };
    fc.assert(
      fc.property(fc.constantFrom(...Object.entries(signs)), fc.nat(1000), ([name, sign], more) => {
        const changed = send(membershipReport, { ...report, [name]: report[name as keyof typeof report] + more });
        expect(expectedClosing(changed.content)).toBe(base! + sign * more);
      }),
    );
  });
});

const of = (changes: Changes = {}) => record(membershipReport, { ...report, ...changes });

describe("the membership report", () => {
  cases<[Dossier, Status, Status]>(
    [
      ["of a school is there and balances", dossier({}, of()), "YES", "YES"],
      ["of a school is there and does not balance", dossier({}, of({ left: 2 })), "YES", "NO"],
      ["of a school is missing", dossier(), "NO_REPORT", "NO_REPORT"],
      ["of a school without a union is missing, too", dossier({ parentLevel: "DISTRICT" }), "NO_REPORT", "NO_REPORT"],
      ["of an occupational union is missing", dossier({ kind: "OCCUPATIONAL" }), "NO_REPORT", "NO_REPORT"],
      ["of a grassroots union is not owed", dossier({ kind: "GRASSROOTS" }), "NOT_ELIGIBLE", "NOT_ELIGIBLE"],
      ["of a grassroots union with people of its own counts", dossier({ kind: "GRASSROOTS" }, of()), "YES", "YES"],
      ["of a federation is not owed", dossier({ kind: "DISTRICT" }), "NOT_ELIGIBLE", "NOT_ELIGIBLE"],
      ["of a school paid by the budget is owed before 15 June 2025", dossier({ autonomyGroup: "GROUP_4" }), "NO_REPORT", "NO_REPORT"],
      [
        "of a school paid by the budget is not owed after",
        dossier({ autonomyGroup: "GROUP_4", schoolYear: yearAfter }),
        "NOT_ELIGIBLE",
        "NOT_ELIGIBLE",
      ],
    ],
    (subject, submitted, balanced) => {
      expect([statusOf(membershipReported, subject), statusOf(membershipBalanced, subject)]).toEqual([submitted, balanced]);
    },
  );

  test("is due at the end of the school year, or when a directive says", () => {
    expect(account(dossier()).due[membershipReported.key]).toBe(year.endsOn);
    expect(account(dossier({ deadlines: new Map([[membershipReported, "2025-05-15"]]) })).due[membershipReported.key]).toBe("2025-05-15");
  });

  test("becomes people and movements", () => {
    expect(tallyOf(dossier({}, of()))).toMatchObject({
      ...{ workers: 42, womenWorkers: 31, members: 41, womenMembers: 31, organisableWorkers: 42, organisedMembers: 41 },
      ...{ membersAtStart: 38, membersAtStartContinuing: 38, organicGain: 7, organicLoss: 5 },
      ...{ membersAdmitted: 6, membersRejoined: 1, membersTransferredIn: 3, membersTransferredOut: 2, membersLeft: 1, membersRetired: 4 },
      ...{ membersStructuralGain: 5, membersStructuralLoss: 5 },
    });
  });

  test("of an occupational union stays out of the unionisation rate", () => {
    const tally = tallyOf(dossier({ kind: "OCCUPATIONAL" }, of()));
    expect(tally).toMatchObject({ members: 41, workers: 42 });
    expect([tally.organisableWorkers, tally.organisedMembers]).toEqual([undefined, undefined]);
  });

  test("of a school that may have no union stays out of the unionisation rate", () => {
    const tally = tallyOf(dossier({ autonomyGroup: "GROUP_4", schoolYear: yearAfter }, of()));
    expect([tally.workers, tally.organisableWorkers, tally.organisedMembers]).toEqual([42, undefined, undefined]);
  });

  test("of a unit opened during the year is no base of organic growth", () => {
    expect(tallyOf(dossier({ openSince: year.countsFrom }, of()))).toHaveProperty("membersAtStartContinuing", 38);
    const late = tallyOf(dossier({ openSince: "2024-06-02" }, of()));
    expect([late.membersAtStart, late.membersAtStartContinuing, late.organicGain, late.organicLoss]).toEqual([
      38,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("that leaves a movement open is not judged by its balance, and says nothing of what is made of it", () => {
    const open = tallyOf(dossier({}, of({ rejoined: null })));
    expect(statusOf(membershipBalanced, dossier({}, of({ rejoined: null })))).toBe("NO_REPORT");
    expect(open).toMatchObject({
      membersAdmittedUnsaid: 1,
      memberNetChangeUnsaid: 1,
      membershipGrowthOrganicUnsaid: 1,
      membersAdmitted: 6,
    });
    const silent = [open.membersLeftUnsaid, open.membersLostStructurallyUnsaid, open.membersAtStartContinuing, open.organicGain];
    expect(silent).toEqual([undefined, undefined, undefined, undefined]);
    expect(open.membersAtStart).toBe(38);
    expect(expectedClosing(send(membershipReport, { ...report, left: null }).content)).toBeNull();
  });

  test("may leave open how many are women", () => {
    const tally = tallyOf(dossier({}, of({ womenMembersClosing: null, womenWorkersOpening: null })));
    expect(tally).toMatchObject({ members: 41, womenMembersUnsaid: 1, womenWorkers: 31 });
    expect([tally.womenMembers, tally.womenWorkersUnsaid]).toEqual([undefined, undefined]);
    expect(send(membershipReport, { ...report, womenMembersClosing: null }).refused).toEqual([]);
  });

  test("tells how many workers there are, or that nobody knows", () => {
    expect([workersReported(dossier({}, of())), workersReported(dossier())]).toEqual([42, null]);
  });
});
