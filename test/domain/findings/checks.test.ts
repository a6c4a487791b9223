import { checkByKey, checks } from "../../../src/domain/findings/catalogue.js";
import { type Finding, findingName } from "../../../src/domain/findings/finding.js";
import { activityReport } from "../../../src/domain/records/kinds/activity-report.js";
import { collectiveAgreement } from "../../../src/domain/records/kinds/collective-agreement.js";
import { conference, staffConferenceHeld } from "../../../src/domain/records/kinds/conference.js";
import { congress } from "../../../src/domain/records/kinds/congress.js";
import { democracyRegulation } from "../../../src/domain/records/kinds/democracy-regulation.js";
import { inspectionCommittee } from "../../../src/domain/records/kinds/inspection-committee.js";
import { membershipReport } from "../../../src/domain/records/kinds/membership-report.js";
import { FOLLOWED_NONE } from "../../../src/domain/records/predecessors.js";
import { unionBody } from "../../../src/domain/records/kinds/union-body.js";
import { unionYear } from "../../../src/domain/records/kinds/union-year.js";
import { publishedFigure } from "../../../src/domain/records/kinds/published-figure.js";
import { type StoredRecord } from "../../../src/domain/records/record.js";
import { findingsOfFigure, findingsOfUnion } from "../../../src/domain/findings/examination.js";
import { closedSchoolCountedTwice } from "../../../src/domain/findings/list/closed-school-counted-twice.js";
import { schoolsCountedTwice } from "../../../src/domain/findings/list/schools-counted-twice.js";
import { publishedDiffers } from "../../../src/domain/findings/list/published-differs.js";
import { staffConferenceCompletion } from "../../../src/domain/figures/list/staff-conference-completion.js";
import { reconcile } from "../../../src/domain/analysis/reconciliation.js";
import { causesOf } from "../../../src/domain/analysis/reconciliation-causes.js";
import { type Dossier } from "../../../src/domain/counting/dossier.js";
import { type Tally } from "../../../src/domain/counting/tally.js";
import { privateSchool, unit } from "../harness.js";
import { filed, found, told } from "./unit-file.js";
import { type FiledRecord, type FormerUnit } from "../../../src/domain/findings/unit-file.js";

const balanced = (workers: number, members: number, opening = members, workersOpening = workers) => ({
  ...{ workersOpening, womenWorkersOpening: 0, membersOpening: opening, womenMembersOpening: 0 },
  ...{ workersClosing: workers, womenWorkersClosing: 0, membersClosing: members, womenMembersClosing: 0 },
  ...(members > opening ? { admitted: members - opening } : { left: opening - members }),
});
const report = (year: string, content: object, more: object = {}) => filed(membershipReport, { ...content }, { year, ...more });

/** What was seen in any test, so that no check is without one. */
const seen = new Map<string, Finding>();
const look = (...given: Parameters<typeof found>) => {
  const findings = found(...given);
  for (const finding of findings) seen.set(finding.check, finding);
  return findings;
};

describe("a unit that ended in the year and its successor", () => {
  const YEAR = "2024-2025";
  const INCLUDED = "includesPredecessors";
  /** A report that says nothing was sent before there was anything to say. */
  const followedWhere = (said: boolean | null) =>
    said === null ? FOLLOWED_NONE : { ...FOLLOWED_NONE, predecessors: { count: 1, codes: ["OLD"] } };
  const former = (kind: typeof membershipReport | typeof activityReport, content: object, more: Partial<FormerUnit> = {}): FormerUnit => {
    const { content: said, recordedOn } = filed(kind as typeof membershipReport, content as never, {
      year: YEAR,
      recordedOn: "2025-06-03",
    });
    const reports = [{ kind: kind.key, content: said, recordedOn }];
    return { unitId: "old", schoolYear: YEAR, isAlone: true, includedByOthers: [], reports, ...more };
  };
  /** 30 members at the start, 12 admitted, all of whom the merger took over. */
  const OLD = { ...balanced(0, 0, 30, 40), left: 0, admitted: 12, structuralLoss: 42 };
  const before = report("2023-2024", balanced(110, 100));
  const successor = (included: boolean | null, content: object) =>
    report(YEAR, { ...balanced(200, 142, 100, 110), admitted: 0, ...content, [INCLUDED]: included }, { followed: followedWhere(included) });
  const twice = (...given: Parameters<typeof look>) => told(look(...given), "PREDECESSOR_COUNTED_TWICE");
  const smaller = (...given: Parameters<typeof look>) => told(look(...given), "SMALLER_THAN_PREDECESSORS");
  const beside = (records: FiledRecord[], ...formers: FormerUnit[]) => [records, unit(), {}, [], formers] as Parameters<typeof look>;

  test("that tells what it gained is right, and so is one that includes it with figures of both", () => {
    const apart = successor(false, { structuralGain: 42 });
    expect(twice(...beside([before, apart], former(membershipReport, OLD)))).toEqual([]);
    const together = successor(true, { membersOpening: 130, workersOpening: 150, admitted: 12 });
    const findings = beside([before, together], former(membershipReport, OLD));
    expect([twice(...findings), smaller(...findings), told(look(...findings), "OPENING_DIFFERS_FROM_CLOSING")]).toEqual([[], [], []]);
  });

  test.each([null, false])("that opens with the other's members, too, is told where it does not say so (%s)", (said) => {
    const own = successor(said, { membersOpening: 130, workersOpening: 150, admitted: 12, structuralGain: null });
    expect(twice(...beside([before, own], former(membershipReport, OLD)))).toEqual([
      {
        ...{ schoolYear: YEAR, field: "membersOpening", since: "2025-06-03", recordId: own.recordId },
        values: { because: "OPENING", field: "membersOpening", own: 130, theirs: 30 },
      },
    ]);
    // Whose own figures at the end of the last year nobody knows.
    expect(twice(...beside([own], former(membershipReport, { ...OLD, admitted: 5, left: 3 })))).toEqual([]);
  });

  test("founded by the merger it opens with nobody of its own", () => {
    const founded = unit({}, [{ from: "2025-03-01", until: "9999-12-31" }]);
    const own = report(YEAR, { ...balanced(50, 42, 30, 40), structuralGain: 0 }, { of: founded });
    expect(twice([own], founded, {}, [], [former(membershipReport, OLD)])).toMatchObject([{ values: { because: "OPENING" } }]);
  });

  test("gained nobody where the other lost more than ten to it alone", () => {
    const own = successor(false, { structuralGain: 0, admitted: 42 });
    const theirs = former(membershipReport, OLD);
    expect(twice(...beside([before, own], theirs))).toMatchObject([
      { field: "structuralGain", values: { because: "NO_GAIN", theirs: 42 } },
    ]);
    expect(twice(...beside([before, own], { ...theirs, isAlone: false }))).toEqual([]);
    expect(twice(...beside([before, own], former(membershipReport, { ...OLD, structuralLoss: 10 })))).toEqual([]);
    expect(twice(...beside([before, own], { ...theirs, includedByOthers: [membershipReport.key] }))).toEqual([]);
  });

  describe("of what was done", () => {
    const done = (gifts: number, more: object = {}) => ({
      ...{
        policyApplied: true,
        welfare: [{ paidBy: "UNION", gifts, recipients: gifts + 2, amount: 9 }],
        communicationSessions: 2,
        ...more,
      },
    });
    const own = (said: boolean | null, content: object) =>
      filed(activityReport, { ...content, [INCLUDED]: said } as never, { year: YEAR, followed: followedWhere(said) });

    test("the same count above ten is told where none is smaller", () => {
      const theirs = former(activityReport, done(50, { communicationSessions: 1 }));
      expect(twice(...beside([own(false, done(50))], theirs))).toMatchObject([
        { field: "welfare", values: { because: "SAME_COUNT", own: 50, theirs: 50 } },
      ]);
      for (const content of [done(50, { communicationSessions: 0 }), done(51), done(50, { welfare: [] })])
        expect(twice(...beside([own(false, content)], theirs))).toEqual([]);
      expect(twice(...beside([own(null, done(8))], former(activityReport, done(8))))).toEqual([]);
    });

    test("a smaller count is told where it says that it includes the other", () => {
      const theirs = [former(activityReport, done(30)), former(activityReport, done(21), { unitId: "old2" })];
      expect(smaller(...beside([own(true, done(50))], ...theirs))).toEqual([
        {
          ...{ schoolYear: YEAR, field: "welfare", since: "2025-06-03", recordId: expect.any(String) },
          values: { field: "welfare", own: 50, theirs: 51, fields: 3 },
        },
      ]);
      expect(smaller(...beside([own(true, done(51, { communicationSessions: 4 }))], ...theirs))).toMatchObject([
        { field: "welfare.recipients" },
      ]);
      expect(smaller(...beside([own(false, done(5))], ...theirs))).toEqual([]);
    });

    test("two that include the same one are told", () => {
      const theirs = former(activityReport, done(30), { includedByOthers: [activityReport.key] });
      expect(twice(...beside([own(true, done(40))], theirs))).toMatchObject([{ field: INCLUDED, values: { because: "TWO_INCLUDE" } }]);
    });
  });

  test("both are said in both languages", () => {
    for (const because of ["OPENING", "NO_GAIN", "SAME_COUNT", "TWO_INCLUDE", "NOBODY"]) {
      const words = checkByKey("PREDECESSOR_COUNTED_TWICE")!.message({ because, field: "admitted", own: 12, theirs: 13 });
      expect([words.en, words.vi].join()).not.toContain("undefined");
    }
    expect(checkByKey("SMALLER_THAN_PREDECESSORS")!.message({ field: "left", own: 1, theirs: 2, fields: 3 })).toEqual({
      en: "The report says that it includes its predecessors: 1 left, where these alone reported 2, and 2 more counts are smaller.",
      vi: "Báo cáo ghi đã gộp đơn vị tiền thân nhưng số thôi việc, ra khỏi công đoàn là 1, trong khi riêng các đơn vị đó đã báo cáo 2, và còn 2 số khác nhỏ hơn.",
    });
  });
});

describe("opening figures", () => {
  const before = report("2023-2024", balanced(40, 38), { recordedOn: "2024-06-02" });
  test("that are last year's closing ones are right", () => {
    expect(told(look([before, report("2024-2025", balanced(41, 39, 38, 40))]), "OPENING_DIFFERS_FROM_CLOSING")).toEqual([]);
  });

  test("of a union that counts other schools than the year before are those of other people", () => {
    const union = unit({ kind: "GRASSROOTS", id: "union-1" });
    const opening = (...of: [object, object]) => {
      const reports = of.map((content, index) => report(["2023-2024", "2024-2025"][index]!, content, { of: union }));
      return told(look(reports, union), "OPENING_DIFFERS_FROM_CLOSING");
    };
    const all = { ...balanced(91, 89), peopleCounted: "ALL_ITS_SCHOOLS", schools: ["S1", "S2"] };
    const others = { ...balanced(40, 38), peopleCounted: "OTHERS_ONLY" };
    expect(opening(others, all)).toEqual([]);
    expect(opening(all, others)).toEqual([]);
    const same = { ...all, ...balanced(91, 85) };
    expect(opening(same, all)).toHaveLength(1);
  });

  test("that differ are told, each with both figures, in the later year", () => {
    const later = report("2024-2025", balanced(41, 39, 36, 42));
    expect(told(look([later, before]), "OPENING_DIFFERS_FROM_CLOSING")).toEqual([
      {
        ...{ schoolYear: "2024-2025", field: "membersOpening", since: "2025-06-01", recordId: later.recordId },
        values: { membersClosing: 38, membersOpening: 36, workersClosing: 40, workersOpening: 42 },
      },
    ]);
  });

  test("are not compared over a year without a report, nor with the report of another unit", () => {
    expect(
      told(look([report("2022-2023", balanced(40, 38)), report("2024-2025", balanced(20, 15))]), "OPENING_DIFFERS_FROM_CLOSING"),
    ).toEqual([]);
    const foreign = { ...before, lead: false };
    expect(told(look([foreign, report("2024-2025", balanced(20, 15))]), "OPENING_DIFFERS_FROM_CLOSING")).toEqual([]);
  });
});

describe("a figure that jumps", () => {
  const series = (...figures: number[]) =>
    figures.map((members, index) => report(`${2018 + index}-${2019 + index}`, balanced(members + 5, members)));
  const jumps = (...figures: number[]) =>
    told(look(series(...figures)), "FIGURE_JUMPS").map(({ schoolYear, field, values }) => [schoolYear, field, values.usual]);

  test("is found against at least four earlier years, members and workers each for itself", () => {
    expect(jumps(40, 41, 39, 40, 400)).toEqual([
      ["2022-2023", "membersClosing", 40],
      ["2022-2023", "workersClosing", 45],
    ]);
    expect(jumps(40, 41, 39, 400)).toEqual([]);
  });

  test("is measured by the spread of its own history: a restless figure may move more", () => {
    expect(jumps(40, 60, 30, 50, 80)).toEqual([]);
    expect(jumps(40, 41, 39, 40, 80)).toHaveLength(2);
  });

  test("is not called so for one person more than ever, nor for two in a hundred", () => {
    expect(jumps(10, 10, 10, 10, 11)).toEqual([]);
    expect(jumps(500, 500, 500, 500, 510)).toEqual([]);
  });

  test("does not pull later years along: the median hardly moves", () => {
    expect(jumps(40, 41, 39, 40, 400, 40, 41).map(([year]) => year)).toEqual(["2022-2023", "2022-2023"]);
  });

  test("is measured without those who came or went with a reorganisation", () => {
    const merged = report("2022-2023", {
      ...balanced(45, 40),
      ...{ membersOpening: 40, membersClosing: 140, structuralGain: 100, left: 0, workersClosing: 145 },
    });
    const findings = told(look([...series(40, 41, 39, 40), merged]), "FIGURE_JUMPS");
    expect(findings.map(({ field }) => field)).toEqual(["workersClosing"]);
  });
});

describe("look-alikes", () => {
  const nursery = privateSchool();
  const signed = { ballotFor: 16, ballotTotal: 30, signedOn: "2022-10-01", expiresOn: "2024-09-30", filedOn: "2022-10-02" };
  const numbered = (...references: string[]) =>
    references.map((reference, index) =>
      filed(collectiveAgreement, { ...signed, reference, type: index === 0 ? "ENTERPRISE" : "SECTOR" }, { of: nursery }),
    );

  test("of one number are told of all but the first, each with both spellings", () => {
    const numbers = numbered("01/TƯLĐTT", "01/TƯLÐTT", "01 / tưlđtt", "01/TƯLDTT");
    const [second, third] = numbers.slice(1) as [FiledRecord, FiledRecord];
    const place = { schoolYear: "2024-2025", field: "reference", since: "2025-06-01" };
    expect(told(look(numbers.toReversed(), nursery), "NUMBER_LOOKS_LIKE_ANOTHER")).toEqual([
      { ...place, recordId: second.recordId, values: { number: "01/TƯLÐTT", other: "01/TƯLĐTT" } },
      { ...place, recordId: third.recordId, values: { number: "01 / tưlđtt", other: "01/TƯLĐTT" } },
    ]);
    const foreign = numbered("01/TƯLĐTT", "01/TƯLÐTT").map((record) => ({ ...record, lead: false }));
    expect(told(look(foreign, nursery), "NUMBER_LOOKS_LIKE_ANOTHER")).toEqual([]);
  });

  test("of a commune union's name are told of the later one, from the first day on which both stood there, once", () => {
    const union = (code: string, name: string, from: string, until: string) => ({ unitId: `id of ${code}`, code, name, from, until });
    const unions = [
      union("B", "Hòa An", "2022-07-01", "2024-01-01"),
      union("B", "Hòa An", "2024-02-01", "9999-12-31"),
      union("A", "HOÀ AN", "2020-07-01", "9999-12-31"),
      union("C", "Hoa An", "2020-07-01", "9999-12-31"),
      union("D", "Tân An", "2020-07-01", "2022-07-01"),
      union("E", "Tân An", "2022-07-01", "9999-12-31"),
    ];
    expect(told(look([], unit({ kind: "PROVINCE" }), {}, unions), "COMMUNE_UNIONS_OF_ONE_NAME")).toEqual([
      { schoolYear: "2022-2023", field: "B", since: "2022-07-01", recordId: null, values: { name: "Hòa An", code: "B", other: "A" } },
    ]);
  });

  test("of a code are told of the one that is not found by what it reads as", () => {
    const twin = { ...unit(), unit: { ...unit().unit, code: "FX-Ð", codeKey: "FX-Ð" } };
    expect(told(look([], twin), "CODE_LOOKS_LIKE_ANOTHER")).toEqual([
      { schoolYear: "2018-2019", field: "code", since: "2010-09-05", recordId: null, values: { code: "FX-Ð", reads: "fx-đ" } },
    ]);
    expect(told(look([]), "CODE_LOOKS_LIKE_ANOTHER")).toEqual([]);
  });
});

describe("collective agreements of a school", () => {
  const nursery = privateSchool();
  const signed = { ballotFor: 16, ballotTotal: 30, signedOn: "2022-10-01", expiresOn: "2024-09-30", filedOn: "2022-10-02" };
  const agreement = (reference: string, changes: object = {}) =>
    filed(collectiveAgreement, { ...signed, reference, ...changes }, { of: nursery });
  const following = { signedOn: "2024-10-01", expiresOn: "2026-09-30", filedOn: "2024-10-02" };
  const checked = (check: string, ...records: ReturnType<typeof agreement>[]) => told(look(records, nursery), check);

  test("that follow each other do not overlap, and the first is renewed", () => {
    const all = [agreement("02", following), agreement("01")];
    expect([checked("AGREEMENT_OVERLAPS", ...all), checked("AGREEMENT_EXPIRED", ...all)]).toMatchObject([
      [],
      [{ since: "2026-10-01", values: { reference: "02" } }],
    ]);
  });

  test("that share days overlap, from the first of them to the last", () => {
    const second = agreement("02", { ...following, signedOn: "2024-09-30", filedOn: "2024-10-01" });
    expect(checked("AGREEMENT_OVERLAPS", second, agreement("01"))).toEqual([
      {
        ...{ schoolYear: "2024-2025", field: "effectiveOn", since: "2025-06-01", recordId: second.recordId },
        values: { reference: "02", other: "01", from: "2024-09-30", until: "2024-09-30" },
      },
    ]);
  });

  test.each([
    ["a renewal in the last 90 days", { signedOn: "2024-07-02", origin: "RENEWED" }, 0],
    ["a renewal before them", { signedOn: "2024-07-01", origin: "RENEWED" }, 1],
    ["one of another type", { signedOn: "2024-07-01", type: "SECTOR" }, 0],
    ["one that was void from its first day", { signedOn: "2024-07-01", voidSince: "2024-07-01" }, 0],
  ])("%s", (_, changes, count) => {
    const second = agreement("02", { ...following, expiresOn: "2026-06-30", ...changes, filedOn: "2024-07-02" });
    expect(checked("AGREEMENT_OVERLAPS", agreement("01"), second)).toHaveLength(count);
  });

  const dated = (joinedOn: string | null, leftOn: string | null = null) => ({
    participations: [{ school: nursery.unit.id, joinedOn, leftOn }],
  });

  test("overlap only on days on which both cover the school", () => {
    const first = agreement("01", { ...dated(null, "2023-07-01"), type: "SECTOR" });
    const second = (joinedOn: string) =>
      agreement("02", { ...following, signedOn: "2023-01-01", expiresOn: "2025-12-31", type: "SECTOR", ...dated(joinedOn) });
    expect(checked("AGREEMENT_OVERLAPS", first, second("2023-07-01"))).toEqual([]);
    expect(checked("AGREEMENT_OVERLAPS", first, second("2023-06-30"))).toMatchObject([
      { field: "participations", values: { reference: "02", other: "01", from: "2023-06-30", until: "2023-06-30" } },
    ]);
  });

  test("that the school left without another are told from the day on which it left", () => {
    const left = { field: "participations", since: "2024-03-01", values: { until: "2024-02-29" } };
    expect(checked("AGREEMENT_EXPIRED", agreement("01", dated("2023-01-01", "2024-03-01")))).toMatchObject([left]);
    const talks = { renewalTalksSince: "2024-09-01", ...dated(null, "2024-11-01") };
    expect(checked("AGREEMENT_EXPIRED", agreement("01", talks))).toMatchObject([{ field: "participations", since: "2024-11-01" }]);
    const joined = agreement("01", dated("2023-01-01"));
    expect(checked("AGREEMENT_EXPIRED", joined)).toMatchObject([{ field: "expiresOn", since: "2024-10-01" }]);
  });

  test("that ended without another are expired from the day after, or after the 90 days while the renewal is bargained", () => {
    expect(checked("AGREEMENT_EXPIRED", agreement("01"))).toMatchObject([{ since: "2024-10-01", schoolYear: "2024-2025" }]);
    const talks = agreement("01", { renewalTalksSince: "2024-09-01" });
    expect(checked("AGREEMENT_EXPIRED", talks)).toMatchObject([{ since: "2024-12-30", values: { until: "2024-12-29" } }]);
    const agreed = agreement("01", { renewalTalksSince: "2024-09-01", runsOnUntil: "2025-01-31" });
    expect(checked("AGREEMENT_EXPIRED", agreed)).toMatchObject([{ since: "2025-02-01", values: { until: "2025-01-31" } }]);
    const prolongations = [{ agreedOn: "2024-09-01", until: "2025-03-31", ballotFor: 16, ballotTotal: 30 }];
    expect(checked("AGREEMENT_EXPIRED", agreement("01", { prolongations }))).toMatchObject([{ since: "2025-04-01" }]);
  });

  test("need no renewal in a school that has closed or is public by then", () => {
    const closed = { ...nursery, placements: [{ ...nursery.placements[0]!, until: "2024-12-01" }] };
    const [profile] = nursery.profiles;
    const nationalised = {
      ...nursery,
      profiles: [
        { ...profile!, until: "2024-06-01" },
        { ...profile!, from: "2024-06-01", ownership: "PUBLIC" as const },
      ],
    };
    for (const school of [closed, nationalised]) expect(told(look([agreement("01")], school), "AGREEMENT_EXPIRED")).toEqual([]);
  });

  test("that nobody filed are told from the eleventh day, in the school year in which they were signed", () => {
    const unfiled = agreement("01", { filedOn: null });
    expect(checked("AGREEMENT_NOT_FILED", unfiled)).toMatchObject([{ schoolYear: "2022-2023", since: "2022-10-12" }]);
  });
});

describe("people's inspection committees", () => {
  const committee = (changes: object) =>
    filed(inspectionCommittee, { term: "2024-2026", electedOn: "2024-09-25", size: 5, heads: 1, ...changes });
  const election = (inspectionCommitteeSize: number, heldOn = "2024-09-25") =>
    filed(conference, {
      ...{ heldOn, workers: 30, convened: 30, present: 28, votesFor: 27, inspectionCommitteeElected: true },
      inspectionCommitteeSize,
    });

  test("are as large as the conference of their day elected them", () => {
    expect(told(look([committee({}), election(5)]), "INSPECTION_COMMITTEE_SIZE_DIFFERS")).toEqual([]);
    expect(told(look([committee({}), election(3, "2024-09-26")]), "INSPECTION_COMMITTEE_SIZE_DIFFERS")).toEqual([]);
    expect(told(look([committee({}), election(3)]), "INSPECTION_COMMITTEE_SIZE_DIFFERS")).toMatchObject([
      { schoolYear: "2024-2025", field: "size", values: { size: 5, elected: 3, electedOn: "2024-09-25" } },
    ]);
  });

  test("of more than nine are told even where the unit is dispersed", () => {
    expect(told(look([committee({ size: 10, dispersed: true })]), "INSPECTION_COMMITTEE_LARGE")).toMatchObject([{ values: { size: 10 } }]);
    expect(told(look([committee({ size: 9 })]), "INSPECTION_COMMITTEE_LARGE")).toEqual([]);
  });
});

describe("unions", () => {
  const union = unit({ kind: "GRASSROOTS", id: "union-1" });
  const held = (members: number, committeeSize: number) =>
    filed(congress, { term: "2023-2028", heldOn: "2023-04-10", members, convened: members, committeeSize }, { of: union });

  test.each([
    [49, 3, 0],
    [49, 4, 1],
    [50, 5, 0],
    [149, 6, 1],
    [150, 15, 0],
    [40, 2, 1],
  ])("of %i members with an executive committee of %i: %i findings", (members, size, count) => {
    expect(told(look([held(members, size)], union), "EXECUTIVE_COMMITTEE_SIZE")).toHaveLength(count);
  });

  test("meet as often as their bodies' cadence asks, which is told when the school year is over", () => {
    const body = { body: "EXECUTIVE_COMMITTEE", term: "2023-2028", formedOn: "2023-04-10", size: 3, monthsBetweenMeetings: 2 };
    const bodies = filed(unionBody, body, { of: union });
    const worked = (executiveMeetings: number) => filed(unionYear, { executiveMeetings }, { of: union, recordedOn: "2025-03-01" });
    expect(told(look([bodies, worked(4)], union), "MEETINGS_TOO_FEW")).toEqual([]);
    expect(told(look([bodies, worked(3)], union), "MEETINGS_TOO_FEW")).toMatchObject([
      { field: "executiveMeetings", since: "2025-06-01", values: { held: 3, owed: 4 } },
    ]);
  });

  test("have no more members than workers, unless they are occupational", () => {
    const nghiepDoan = unit({ kind: "OCCUPATIONAL", id: "union-1" });
    const more = report("2024-2025", { ...balanced(10, 12), peopleCounted: "OTHERS_ONLY" }, { of: nghiepDoan });
    expect(told(look([more], nghiepDoan), "MEMBERS_ABOVE_WORKERS")).toEqual([]);
    expect(told(look([more], union), "MEMBERS_ABOVE_WORKERS")).toMatchObject([{ values: { members: 12, workers: 10 } }]);
  });
});

describe("reports", () => {
  const due = (records: Parameters<typeof found>[0], school = unit(), facts: Partial<Dossier> = {}) =>
    told(look(records, school, facts), "REPORT_LATE").map(({ field, since }) => [field, since]);

  test("that a school owes are late from the day after they were due", () => {
    expect(due([report("2024-2025", balanced(30, 28))])).toEqual([
      ["staffConference", "2024-12-06"],
      ["activityReport", "2025-06-01"],
    ]);
    const deadlines = new Map([[staffConferenceHeld, "2024-10-13"]]);
    expect(due([report("2024-2025", balanced(30, 28))], unit(), { deadlines })[0]).toEqual(["staffConference", "2024-10-14"]);
  });

  test("are not late one by one where nothing came all year: that is one finding, from the end of the year", () => {
    const before = report("2023-2024", balanced(30, 28));
    expect(due([before])).toEqual([]);
    expect(told(look([before]), "NOTHING_REPORTED")).toMatchObject([{ schoolYear: "2024-2025", since: "2025-06-01", values: { ever: 1 } }]);
  });

  test("are not asked for before the first that a unit ever made, nor for a year in which it was not open all along", () => {
    expect(told(look([report("2024-2025", balanced(30, 28))]), "NOTHING_REPORTED")).toEqual([]);
    const young = unit({}, [{ from: "2023-10-01", until: "9999-12-31" }]);
    expect(told(look([], young), "NOTHING_REPORTED")).toMatchObject([{ schoolYear: "2024-2025", values: { ever: 0 } }]);
  });

  test("of members are wrong where no union may be", () => {
    const school = unit({ autonomyGroup: "GROUP_4" });
    const schoolYear = { label: "2024-2025", startsOn: "2024-09-05", endsOn: "2025-05-31", referenceDate: "2025-06-30" };
    const findings = (members: number, facts = {}) =>
      told(look([report("2024-2025", balanced(30, members))], school, facts), "MEMBERS_WITHOUT_UNION");
    expect([findings(28), findings(0, { schoolYear }), findings(28, { schoolYear })]).toMatchObject([
      [],
      [],
      [{ values: { members: 28, on: "2025-06-30", because: "GROUP_4" } }],
    ]);
    expect(findings(28, { parentLevel: "DISTRICT" })).toMatchObject([{ values: { members: 28, on: "2025-05-31", because: "NO_UNION" } }]);
  });

  test("of a democracy regulation name the union as issuer where there is one, in the year in which it was issued", () => {
    const regulation = (issuer: string, issuedOn = "2024-10-01") =>
      filed(democracyRegulation, { number: "12/QĐ", issuer, issuedOn, consulted: "UNION" });
    const seenIn = (record: FiledRecord, facts = {}) =>
      told(look([record], unit(), facts), "REGULATION_ISSUER_DIFFERS").map(({ field, values }) => [field, values]);
    expect(seenIn(regulation("HEAD_WITH_UNION"))).toEqual([]);
    expect(seenIn(regulation("HEAD"))).toEqual([["issuer", { expected: "HEAD_WITH_UNION" }]]);
    const alone = { parentLevel: "DISTRICT" };
    expect(seenIn(regulation("HEAD"), alone)).toEqual([]);
    expect(seenIn(regulation("HEAD_WITH_UNION"), alone)).toEqual([["issuer", { expected: "HEAD" }]]);
    expect(seenIn(regulation("HEAD_WITH_UNION", "2022-10-01"), alone)).toEqual([]);
  });

  test("of women cannot name more of them than there are women workers, nor more men than men", () => {
    const women = (womenMembersClosing: number, womenWorkersClosing: number) =>
      told(look([report("2024-2025", { ...balanced(10, 10), womenMembersClosing, womenWorkersClosing })]), "WOMEN_FIGURES_IMPOSSIBLE");
    expect([women(2, 2), women(9, 2), women(1, 2)]).toMatchObject([
      [],
      [{ field: "womenMembersClosing", values: { members: 10, womenMembers: 9, workers: 10, womenWorkers: 2 } }],
      [{ values: { womenMembers: 1 } }],
    ]);
  });

  test("of a year in which the unit was not open are told, and compared with no other", () => {
    const open = { ...unit({}, [{ from: "2010-09-05", until: "9999-12-31" }]) };
    const records = [report("2023-2024", balanced(40, 38)), report("2024-2025", balanced(40, 36, 36))];
    const closed = { ...open, placements: [{ ...open.placements[0]!, until: "2024-06-01" }] };
    const of = (history: typeof open) => {
      const findings = look(records, history);
      return ["OPENING_DIFFERS_FROM_CLOSING", "RECORD_OF_CLOSED_UNIT"].map((check) =>
        told(findings, check).map(({ schoolYear }) => schoolYear),
      );
    };
    expect([of(open), of(closed)]).toEqual([
      [["2024-2025"], []],
      [[], ["2024-2025"]],
    ]);
  });
});

test("a people's inspection committee of seven workers or fewer is one too many", () => {
  const committee = filed(inspectionCommittee, { term: "2024-2026", electedOn: "2024-09-25", size: 3 });
  const of = (workers: number) =>
    told(look([committee, report("2024-2025", balanced(workers, workers))]), "INSPECTION_COMMITTEE_OF_SMALL_SCHOOL").map(
      ({ values }) => values,
    );
  expect([of(7), of(8)]).toEqual([[{ workers: 7 }], []]);
});

test("so is one that the conference of such a school elected", () => {
  const of = (workers: number) => {
    const people = { workers, convened: workers, present: workers, votesFor: workers };
    const elected = { heldOn: "2024-09-25", ...people, inspectionCommitteeElected: true, inspectionCommitteeSize: 3 };
    return told(look([filed(conference, elected)]), "INSPECTION_COMMITTEE_OF_SMALL_SCHOOL").map(({ field }) => field);
  };
  expect([of(7), of(8)]).toEqual([["inspectionCommitteeElected"], []]);
});

test("findings of one unit and year have names of their own, and sentences that end", () => {
  expect(seen.size).toBeGreaterThan(12);
  for (const finding of seen.values()) {
    const { en, vi } = checkByKey(finding.check)!.message(finding.values as never);
    for (const sentence of [en, vi]) expect(sentence).toMatch(/^\S.*\.$/s);
    expect([en, vi].join()).not.toMatch(/undefined|null|NaN/);
    expect(findingName(finding).length).toBeLessThanOrEqual(160);
  }
});

describe("a published figure", () => {
  const { YES, NO } = staffConferenceCompletion.obligation!.measures;
  /** 150 of 210 schools held their conference. */
  const tally = { [YES.key]: 150, [NO.key]: 60, schools: 210 };
  const published = (content: object) => filed(publishedFigure, { period: "2024-2025", scope: "SCHOOLS", document: "Báo cáo", ...content });
  const of = (content: object) => {
    const findings = findingsOfFigure("district-1", "2024-2025", published(content), tally);
    for (const finding of findings) seen.set(finding.check, finding);
    return findings;
  };

  test("that is what the hub computes, in the decimals that were printed, or cannot be compared, is none", () => {
    expect(of({ indicator: "staffConferenceCompletion", value: 0.714, decimals: 1 })).toEqual([]);
    expect(of({ indicator: "schoolCount", value: 210 })).toEqual([]);
    expect(of({ indicator: "schoolCount", value: 300, scope: "ENTERPRISES" })).toEqual([]);
    expect(of({ indicator: "members", value: 300 })).toEqual([]);
  });

  test("that differs says both as people write them, and of a rate that was printed alone which number it is of", () => {
    const content = { indicator: "staffConferenceCompletion", value: 0.7, decimals: 2 };
    const [finding] = of(content);
    expect(finding).toMatchObject({ check: "PUBLISHED_DIFFERS", severity: "WARNING", field: "value", schoolYear: "2024-2025" });
    expect(publishedDiffers.message(finding!.values as never).en).toMatch(
      /: 70.00% was published \(Báo cáo\), the hub computes 150 of 210 = 71.4286%\.$/,
    );
    const record = { ...published(content), schoolYear: "2024-2025" } as unknown as StoredRecord;
    const causes = reconcile([record], "2024-2025", tally).flatMap((one) => causesOf(one));
    expect(causes.map(({ words }) => words.vi)).toContain("70,00% là 147/210, hệ thống tính 150.");
    expect(of({ indicator: "schoolCount", numerator: 1_211 })[0]!.field).toBe("numerator");
  });
});

describe("a union that counts only people of none of its schools", () => {
  const union = unit({ kind: "GRASSROOTS", id: "union-1" });
  const said = { peopleCounted: "OTHERS_ONLY" };
  const membership = (content: object = said) => filed(membershipReport, { ...balanced(60, 50), ...content }, { of: union });
  const activity = filed(activityReport, { ...said, communicationSessions: 12 }, { of: union });
  const of = (record: FiledRecord, own: Tally, schools: Tally, isOccupational = false, closed: Tally = {}) => {
    const findings = findingsOfUnion("union-1", "2024-2025", { record, isOccupational, own, schools, closed });
    for (const finding of findings) seen.set(finding.check, finding);
    return findings.map(({ check, field, values }) => [check, field, values.union, values.schools]);
  };
  const twice = (field: string, mine: number, theirs: number) => [["SCHOOLS_COUNTED_TWICE", field, mine, theirs]];

  test("has as many members as these together, or more", () => {
    expect(of(membership(), { members: 50 }, { members: 50 })).toEqual(twice("membersClosing", 50, 50));
    expect(of(membership(), { members: 51 }, { members: 50 })).toEqual(twice("membersClosing", 51, 50));
    expect(of(membership(), { members: 49 }, { members: 50 })).toEqual([]);
    expect(of(membership(), { members: 50 }, {})).toEqual([]);
  });

  test("an occupational union may have more", () => {
    expect(of(membership(), { members: 51 }, { members: 50 }, true)).toEqual([]);
    expect(of(membership(), { members: 50 }, { members: 50 }, true)).toEqual(twice("membersClosing", 50, 50));
  });

  test("one of 0.4.0, which does not say it, is asked; one that counts all its schools is not", () => {
    const former = { ...membership(), content: { ...membership().content, peopleCounted: null } } as unknown as FiledRecord;
    expect(of(former, { members: 50 }, { members: 50 })).toEqual(twice("membersClosing", 50, 50));
    expect(of(membership({ peopleCounted: "ALL_ITS_SCHOOLS", schools: ["school-1"] }), { members: 50 }, { members: 50 })).toEqual([]);
  });

  test("did exactly what these did together, above ten, so that it is not by chance", () => {
    expect(of(activity, { communicationSessions: 12 }, { communicationSessions: 12 })).toEqual(twice("communicationSessions", 12, 12));
    expect(of(activity, { communicationSessions: 10 }, { communicationSessions: 10 })).toEqual([]);
    expect(of(activity, { communicationSessions: 13 }, { communicationSessions: 12 })).toEqual([]);
    expect(of(activity, { welfareAmountByUnion: 30_000, welfareAmountByDonor: 5 }, { welfareAmountByUnion: 30_005 })).toEqual(
      twice("welfare", 30_005, 30_005),
    );
  });

  test("that counts all its schools counts none that closed in the year and reported itself", () => {
    const counted = { peopleCounted: "ALL_ITS_SCHOOLS", schools: ["school-1"] };
    const closed = { membersAtStart: 20, membersAdmitted: 3 };
    const found = (mine: number, theirs: number) => [["CLOSED_SCHOOL_COUNTED_TWICE", "schools", mine, theirs]];
    expect(of(membership(counted), { membersAtStart: 60 }, closed, false, closed)).toEqual(found(60, 23));
    expect(of(membership(counted), { membersAtStart: 60 }, { members: 20, membersAtStart: 20 })).toEqual([]);
    expect(of(membership(), { members: 50 }, closed, false, closed)).toEqual([]);
    const all = { ...activity, content: { ...activity.content, ...counted } } as unknown as FiledRecord;
    expect(of(all, { communicationSessions: 12 }, {}, false, { communicationSessions: 1 })).toEqual(found(12, 1));
    expect(of(all, { communicationSessions: 12 }, {}, false, closed)).toEqual([]);
    for (const only of ["initiativesRecognisedAtDistrict", "awardsOfMerit", "trainingAttended"])
      expect([only, of(all, {}, {}, false, { [only]: 2 })]).toEqual([only, found(0, 2)]);
    const { values } = findingsOfUnion("union-1", "2024-2025", {
      record: all,
      isOccupational: false,
      own: {},
      schools: {},
      closed: { welfareGifts: 4 },
    })[0]!;
    expect(closedSchoolCountedTwice.message(values as never).vi).toMatch(/tự báo cáo 4 và được tính riêng/);
  });

  test("is told it with both numbers in both languages", () => {
    const { values } = findingsOfUnion("union-1", "2024-2025", {
      ...{ record: membership(), isOccupational: false, own: { members: 50 }, schools: { members: 50 }, closed: {} },
    })[0]!;
    expect(schoolsCountedTwice.message(values as never)).toEqual({
      en: "The union reports 50 members that it says are in none of its schools' reports; its schools report 50 together.",
      vi: "Công đoàn báo cáo 50 đoàn viên ngoài các trường; các trường báo cáo tổng cộng 50.",
    });
  });
});

test("every check of a unit's file or year found something in these tests", () => {
  expect(checks.filter(({ scope, key }) => scope !== "RECORD" && !seen.has(key)).map(({ key }) => key)).toEqual([]);
});
