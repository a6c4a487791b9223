import fc from "fast-check";
import { type Dossier } from "../../../src/domain/counting/dossier.js";
import { type RuleContext } from "../../../src/domain/records/kind.js";
import {
  conference,
  conferenceHeldOnTime,
  labourConferenceHeld,
  pactSigned,
  staffConferenceHeld,
  statutoryDeadline,
} from "../../../src/domain/records/kinds/conference.js";
import { quorum } from "../../../src/domain/records/kinds/conference-rules.js";
import { membershipReport } from "../../../src/domain/records/kinds/membership-report.js";
import { type Obligation, type Status } from "../../../src/domain/counting/obligation.js";
import { cases, dossier, privateSchool, record, send, statusOf, tallyOf, unit, year } from "../harness.js";

type Changes = Record<string, unknown>;

const held = { heldOn: "2024-09-25", workers: 30, convened: 30, present: 28, votesFor: 27, pactSigned: true };
const notHeld = { notHeldBecause: "POSTPONED" };
const labour: Partial<RuleContext> = { unit: privateSchool() };
const document: Partial<RuleContext> = { provenance: "DOCUMENT" };

const refused = (sent: Changes, around: Partial<RuleContext> = {}) => send(conference, sent, around).refused;

describe("a conference as sent", () => {
  test("is completed: the school's kind of conference, regular, a meeting, a plenary, the first call, the day known", () => {
    const completed = { occasion: "REGULAR", heldOnPrecision: "DAY", method: "MEETING", attempt: 1, form: "PLENARY" };
    expect(send(conference, held)).toMatchObject({ content: { ...completed, type: "STAFF_CONFERENCE" }, problems: [], findings: [] });
    expect(send(conference, held, labour)).toMatchObject({ content: { ...completed, type: "LABOUR_CONFERENCE" }, problems: [] });
  });

  test("has no method, form or attempt when it was not held", () => {
    expect(send(conference, { ...notHeld, method: "BALLOT", attempt: 2 })).toMatchObject({
      content: { method: null, attempt: null, form: null, heldOnPrecision: null },
    });
  });

  test("is of the kind of the school on its own day", () => {
    const school = unit();
    const profile = school.profiles[0]!;
    const sold = {
      ...school,
      profiles: [
        { ...profile, until: "2024-11-01" },
        { ...profile, from: "2024-11-01", ownership: "PRIVATE" as const },
      ],
    };
    expect(send(conference, held, { unit: sold }).content.type).toBe("STAFF_CONFERENCE");
    expect(send(conference, { ...held, heldOn: "2024-11-01" }, { unit: sold }).content.type).toBe("LABOUR_CONFERENCE");
  });

  test("is the same record when sent again, an extraordinary one when of the same day", () => {
    const keyOf = (sent: Changes) => conference.keyOf(send(conference, sent).content);
    expect(keyOf(held)).toBe(keyOf(notHeld));
    expect(keyOf({ ...held, occasion: "EXTRAORDINARY" })).not.toBe(keyOf(held));
    expect(keyOf({ ...held, occasion: "EXTRAORDINARY" })).not.toBe(keyOf({ ...held, occasion: "EXTRAORDINARY", heldOn: "2024-10-01" }));
  });
});

describe("rules", () => {
  cases<[Changes, string[], Partial<RuleContext>?]>(
    [
      ["a public school holds no labour conference", { ...held, type: "LABOUR_CONFERENCE" }, ["WRONG_LEVEL type"]],
      ["a private school holds no staff conference", { ...held, type: "STAFF_CONFERENCE" }, ["WRONG_LEVEL type"], labour],
      [
        "a conference was held or was not",
        { ...held, notHeldBecause: "OTHER" },
        ["RULE notHeldBecause", "RULE convened", "RULE present", "RULE votesFor", "RULE pactSigned"],
      ],
      ["neither a day nor a reason says nothing", {}, ["REQUIRED heldOn", "REQUIRED convened", "REQUIRED present"]],
      ["a postponed conference is not held", notHeld, []],
      ["nobody is present at a conference that was not held", { ...notHeld, present: 5 }, ["RULE present"]],
      ["nobody is 0 present at a conference that was not held", { ...notHeld, present: 0 }, []],
      [
        "nothing is elected at a conference that was not held",
        { ...notHeld, inspectionCommitteeElected: true },
        ["RULE inspectionCommitteeElected"],
      ],
      ["seven workers may do without", { notHeldBecause: "NOT_MANDATORY", workers: 7 }, []],
      ["eight workers may not do without", { notHeldBecause: "NOT_MANDATORY", workers: 8 }, ["RULE notHeldBecause"]],
      ["whoever does without says how many workers there are", { notHeldBecause: "NOT_MANDATORY" }, ["REQUIRED workers"]],
      ["a private school of nine may do without", { notHeldBecause: "NOT_MANDATORY", workers: 9 }, [], labour],
      ["a conference of today is held", { ...held, heldOn: "2025-06-10" }, []],
      ["a conference of tomorrow is not held yet", { ...held, heldOn: "2025-06-11" }, ["OUT_OF_RANGE heldOn"]],
      ["a day a year before the school year may be right", { ...held, heldOn: "2023-09-06" }, []],
      ["a day more than a year before the school year is a typing error", { ...held, heldOn: "2023-09-05" }, ["OUT_OF_RANGE heldOn"]],
      ["a day more than a year after it, too", { ...held, heldOn: "2026-06-01" }, ["OUT_OF_RANGE heldOn"], { today: "2027-01-01" }],
      [
        "a school holds nothing before it opens",
        { ...held, heldOn: "2024-09-25" },
        ["UNIT_CLOSED heldOn"],
        { unit: unit({}, [{ from: "2024-09-26", until: "9999-12-31" }]) },
      ],
      ["a held conference says who was convened and present", { heldOn: "2024-09-25" }, ["REQUIRED convened", "REQUIRED present"]],
      ["a printed document may leave them out", { heldOn: "2024-09-25" }, [], document],
      ["somebody is convened", { heldOn: "2024-09-25", convened: 0, present: 0 }, ["OUT_OF_RANGE convened"]],
      ["convened are at most the workers", { ...held, convened: 31 }, ["RULE convened"]],
      ["present are at most the convened", { ...held, present: 31 }, ["RULE present"]],
      ["votes are at most the present", { ...held, votesFor: 29 }, ["RULE votesFor"]],
      ["there is a second call", { ...held, attempt: 2 }, []],
      ["there is no third call", { ...held, attempt: 3 }, ["OUT_OF_RANGE attempt"]],
      ["there is no call 0", { ...held, attempt: 0 }, ["OUT_OF_RANGE attempt"]],
      ["a ballot has a reason", { ...held, method: "BALLOT" }, ["REQUIRED ballotBecause"]],
      ["a ballot with a reason is accepted", { ...held, method: "BALLOT", ballotBecause: "FORCE_MAJEURE" }, []],
      ["a meeting has no reason for a ballot", { ...held, ballotBecause: "FORCE_MAJEURE" }, ["RULE ballotBecause"]],
      ["99 workers meet as a plenary", { ...held, workers: 99, form: "DELEGATES" }, ["RULE form"]],
      ["100 workers may send delegates", { ...held, workers: 100, form: "DELEGATES" }, []],
      ["a dispersed school may send delegates", { ...held, workers: 99, form: "DELEGATES", dispersed: true }, []],
      [
        "a private school may send delegates",
        { ...held, workers: 20, convened: 10, present: 10, votesFor: 10, form: "DELEGATES" },
        [],
        labour,
      ],
      ["an elected inspection committee has a size", { ...held, inspectionCommitteeElected: true }, ["REQUIRED inspectionCommitteeSize"]],
      ["a printed document may leave the size out", { ...held, inspectionCommitteeElected: true }, [], document],
      [
        "an inspection committee has no 2 members",
        { ...held, inspectionCommitteeElected: true, inspectionCommitteeSize: 2 },
        ["RULE inspectionCommitteeSize"],
      ],
      ["an inspection committee has 3 members", { ...held, inspectionCommitteeElected: true, inspectionCommitteeSize: 3 }, []],
      ["an inspection committee has 9 members", { ...held, inspectionCommitteeElected: true, inspectionCommitteeSize: 9 }, []],
      [
        "an inspection committee has no 10 members",
        { ...held, inspectionCommitteeElected: true, inspectionCommitteeSize: 10 },
        ["RULE inspectionCommitteeSize"],
      ],
      [
        "that of a dispersed school may have 10",
        { ...held, dispersed: true, inspectionCommitteeElected: true, inspectionCommitteeSize: 10 },
        [],
      ],
      ["an inspection committee may be even in number", { ...held, inspectionCommitteeElected: true, inspectionCommitteeSize: 4 }, []],
      ["a size without an election says nothing", { ...held, inspectionCommitteeSize: 3 }, ["RULE inspectionCommitteeSize"]],
      [
        "a private school elects no inspection committee",
        { ...held, inspectionCommitteeElected: true, inspectionCommitteeSize: 3 },
        ["RULE inspectionCommitteeElected"],
        labour,
      ],
      [
        "not in a printed document without a size either",
        { ...held, inspectionCommitteeElected: true },
        ["RULE inspectionCommitteeElected"],
        { ...labour, ...document },
      ],
      ["the review comes after the conference", { ...held, sixMonthReviewOn: "2024-09-25" }, ["OUT_OF_RANGE sixMonthReviewOn"]],
      ["the review comes the day after at the earliest", { ...held, sixMonthReviewOn: "2024-09-26" }, []],
    ],
    (sent, problems, around) => expect(refused(sent, around)).toEqual(problems),
  );

  test("every refusal says what was wrong in a sentence", () => {
    for (const { message } of send(conference, { ...held, convened: 99, attempt: 7, form: "DELEGATES" }).problems)
      expect(message.en).toMatch(/\.$|\)$/);
  });
});

describe("quorum", () => {
  test.each([
    [1, 1],
    [2, 2],
    [3, 2],
    [8, 6],
    [30, 20],
    [31, 21],
    [33, 22],
    [100, 67],
  ])("of %i workers is %i", (workers, needed) => {
    expect(quorum({ form: "PLENARY", workers, convened: workers })).toBe(needed);
  });

  test("is two thirds of the delegates where delegates were convened", () => {
    expect(quorum({ form: "DELEGATES", workers: 150, convened: 60 })).toBe(40);
  });

  test("of a plenary is counted on all workers, and on the convened where the workers are not known", () => {
    expect(quorum({ form: "PLENARY", workers: 30, convened: 20 })).toBe(20);
    expect(quorum({ form: "PLENARY", workers: null, convened: 21 })).toBe(14);
    expect(quorum({ form: "PLENARY", workers: null, convened: null })).toBeNull();
  });

  test("is never less than two thirds, and one person fewer is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000_000 }), (workers) => {
        const needed = quorum({ form: "PLENARY", workers, convened: null })!;
        expect(needed * 3 >= workers * 2 && (needed - 1) * 3 < workers * 2).toBe(true);
      }),
    );
  });
});

describe("findings", () => {
  cases<[Changes, string[], Partial<RuleContext>?]>(
    [
      ["two thirds present is a quorum", { ...held, present: 20, votesFor: 20 }, []],
      ["one less is none", { ...held, present: 19, votesFor: 19 }, ["QUORUM_NOT_MET"]],
      ["a labour conference needs no two thirds by law", { ...held, present: 5, votesFor: 2 }, [], labour],
      ["more than half of those present adopt the resolution", { ...held, votesFor: 15 }, []],
      ["exactly half do not", { ...held, votesFor: 14 }, ["RESOLUTION_NOT_ADOPTED"]],
      ["no quorum and no majority are two findings", { ...held, present: 10, votesFor: 5 }, ["QUORUM_NOT_MET", "RESOLUTION_NOT_ADOPTED"]],
      ["a day four months before the school year is usual", { ...held, heldOn: "2024-05-05" }, []],
      ["a day earlier than that is flagged", { ...held, heldOn: "2024-05-04" }, ["CONFERENCE_OUTSIDE_SCHOOL_YEAR"]],
      ["a day after the school year is flagged", { ...held, heldOn: "2025-06-01" }, ["CONFERENCE_OUTSIDE_SCHOOL_YEAR"]],
      ["a conference that was not held has none", notHeld, []],
    ],
    (sent, findings, around) => expect(send(conference, sent, around)).toMatchObject({ findings, problems: [] }),
  );
});

const of = (sent: Changes) => record(conference, sent);
const ofPrivate = (sent: Changes) => record(conference, sent, { around: labour });
const people = (workers: number) =>
  record(membershipReport, {
    ...{ workersOpening: workers, womenWorkersOpening: 0, membersOpening: 0, womenMembersOpening: 0 },
    ...{ workersClosing: workers, womenWorkersClosing: 0, membersClosing: 0, womenMembersClosing: 0 },
  });
const deadline = (duty: Obligation, day: string) => new Map([[duty, day]]);

describe("a public school", () => {
  cases<[Dossier, Status]>(
    [
      ["that held a valid conference has done its duty", dossier({}, of(held)), "YES"],
      ["that said it held none has not", dossier({}, of(notHeld)), "NO"],
      ["whose conference had no quorum has not", dossier({}, of({ ...held, present: 19 })), "NO"],
      ["whose conference had just its quorum has", dossier({}, of({ ...held, present: 20, votesFor: 11 })), "YES"],
      ["whose resolution got exactly half of the votes has not", dossier({}, of({ ...held, votesFor: 14 })), "NO"],
      [
        "whose ballot came back from fewer than two thirds has",
        dossier({}, of({ ...held, method: "BALLOT", ballotBecause: "SECOND_ATTEMPT_FAILED", attempt: 2, present: 12, votesFor: 7 })),
        "YES",
      ],
      ["whose ballot replaced the meeting has", dossier({}, of({ ...held, method: "BALLOT", ballotBecause: "FORCE_MAJEURE" })), "YES"],
      ["whose conference a document names without figures has", dossier({}, of({ heldOn: "2024-09-25" })), "YES"],
      ["that held only an extraordinary one has not reported", dossier({}, of({ ...held, occasion: "EXTRAORDINARY" })), "NO_REPORT"],
      ["without a record has not reported", dossier(), "NO_REPORT"],
      ["without a union owes it all the same", dossier({ parentLevel: "DISTRICT" }), "NO_REPORT"],
      ["of eight workers that held no conference owes one", dossier({}, people(8)), "NO_REPORT"],
      ["of seven workers that held no conference is not eligible", dossier({}, people(7)), "NOT_ELIGIBLE"],
      ["of seven workers that says so is not eligible", dossier({}, of({ notHeldBecause: "NOT_MANDATORY", workers: 7 })), "NOT_ELIGIBLE"],
      ["of seven workers that held one counts", dossier({}, of({ ...held, workers: 7, convened: 7, present: 7, votesFor: 7 })), "YES"],
      [
        "of seven workers whose conference had no quorum is not eligible",
        dossier({}, of({ ...held, workers: 7, convened: 7, present: 4, votesFor: 4 })),
        "NOT_ELIGIBLE",
      ],
      ["counts its workers as the conference has them, before the report", dossier({}, people(7), of({ ...notHeld, workers: 8 })), "NO"],
      ["opened on the statutory deadline owes one", dossier({ openSince: "2024-12-05" }), "NO_REPORT"],
      ["opened after the deadline is not eligible", dossier({ openSince: "2024-12-06" }), "NOT_ELIGIBLE"],
      [
        "opened after the deadline that held one counts",
        dossier({ openSince: "2024-12-06" }, of({ ...held, heldOn: "2025-01-10" })),
        "YES",
      ],
      [
        "opened after a directive's deadline is not eligible",
        dossier({ openSince: "2024-10-14", deadlines: deadline(staffConferenceHeld, "2024-10-13") }),
        "NOT_ELIGIBLE",
      ],
      [
        "opened on a directive's deadline owes one",
        dossier({ openSince: "2024-10-13", deadlines: deadline(staffConferenceHeld, "2024-10-13") }),
        "NO_REPORT",
      ],
      ["that is private now does not owe it", dossier({ ownership: "PRIVATE" }, of(held)), "NOT_ELIGIBLE"],
    ],
    (subject, status) => expect(statusOf(staffConferenceHeld, subject)).toBe(status),
  );

  test("is never eligible for the labour conference", () => {
    expect(statusOf(labourConferenceHeld, dossier({}, of(held)))).toBe("NOT_ELIGIBLE");
  });
});

describe("a non-public school", () => {
  const at = (facts: Partial<Dossier>, ...records: Dossier["records"][number][]) => dossier({ ownership: "PRIVATE", ...facts }, ...records);
  cases<[Dossier, Status]>(
    [
      ["with a conference has done its duty", at({}, ofPrivate(held)), "YES"],
      ["whose conference few attended has, for the law asks no quorum", at({}, ofPrivate({ ...held, present: 3 })), "YES"],
      ["that said it held none has not", at({}, ofPrivate(notHeld)), "NO"],
      ["without a record has not reported", at({}), "NO_REPORT"],
      ["founded by a community owes it, too", at({ ownership: "COMMUNITY" }), "NO_REPORT"],
      ["of ten workers owes one", at({}, people(10)), "NO_REPORT"],
      ["of nine workers does not", at({}, people(9)), "NOT_ELIGIBLE"],
      ["of nine workers that held one counts", at({}, ofPrivate({ ...held, workers: 9, convened: 9, present: 9, votesFor: 9 })), "YES"],
      ["without a union owes none", at({ parentLevel: "DISTRICT" }), "NOT_ELIGIBLE"],
      ["without a union that held one owes none either", at({ parentLevel: "DISTRICT" }, ofPrivate(held)), "NOT_ELIGIBLE"],
      ["opened late owes one where no directive sets a deadline", at({ openSince: "2025-05-01" }), "NO_REPORT"],
      [
        "opened after a directive's deadline owes none",
        at({ openSince: "2024-12-01", deadlines: deadline(labourConferenceHeld, "2024-11-30") }),
        "NOT_ELIGIBLE",
      ],
      [
        "opened on a directive's deadline owes one",
        at({ openSince: "2024-11-30", deadlines: deadline(labourConferenceHeld, "2024-11-30") }),
        "NO_REPORT",
      ],
    ],
    (subject, status) => {
      expect(statusOf(labourConferenceHeld, subject)).toBe(status);
      expect(statusOf(staffConferenceHeld, subject)).toBe("NOT_ELIGIBLE");
      expect(statusOf(pactSigned, subject)).toBe("NOT_ELIGIBLE");
    },
  );
});

describe("on time", () => {
  const byLaw = (heldOn: string) => dossier({}, of({ ...held, heldOn }));
  const thanhTri = (heldOn: string) => dossier({ deadlines: deadline(staffConferenceHeld, "2024-10-13") }, of({ ...held, heldOn }));
  const nonPublic = (heldOn: string, by?: string) =>
    dossier({ ownership: "PRIVATE", deadlines: by ? deadline(labourConferenceHeld, by) : new Map() }, ofPrivate({ ...held, heldOn }));

  test("the law gives three months from the start of the school year", () => {
    expect(statutoryDeadline(year)).toBe("2024-12-05");
  });

  cases<[Dossier, Status]>(
    [
      ["the statutory deadline itself is on time", byLaw("2024-12-05"), "YES"],
      ["the day after it is late", byLaw("2024-12-06"), "NO"],
      ["a conference before the school year is on time", byLaw("2024-08-20"), "YES"],
      ["a directive's deadline itself is on time", thanhTri("2024-10-13"), "YES"],
      ["the day after a directive's deadline is late, though the law would allow it", thanhTri("2024-10-14"), "NO"],
      ["no record is no report", dossier(), "NO_REPORT"],
      ["not held is not on time", dossier({}, of(notHeld)), "NO"],
      ["no quorum is not on time", dossier({}, of({ ...held, present: 19 })), "NO"],
      ["seven workers without a conference are not eligible", dossier({}, people(7)), "NOT_ELIGIBLE"],
      ["a non-public school without a directive has no deadline", nonPublic("2024-09-25"), "NOT_ELIGIBLE"],
      ["a non-public school holds it by the directive's deadline", nonPublic("2024-11-30", "2024-11-30"), "YES"],
      ["a non-public school is late the day after", nonPublic("2024-12-01", "2024-11-30"), "NO"],
      [
        "the staff conference's deadline is not the labour conference's",
        dossier({ ownership: "PRIVATE", deadlines: deadline(staffConferenceHeld, "2024-10-13") }),
        "NOT_ELIGIBLE",
      ],
      ["a union holds no conference", dossier({ kind: "GRASSROOTS" }), "NOT_ELIGIBLE"],
    ],
    (subject, status) => expect(statusOf(conferenceHeldOnTime, subject)).toBe(status),
  );
});

describe("the emulation pact", () => {
  cases<[Dossier, Status]>(
    [
      ["signed at a valid conference counts", dossier({}, of(held)), "YES"],
      ["of a school without a union is nobody's duty", dossier({ parentLevel: "DISTRICT" }, of(held)), "NOT_ELIGIBLE"],
      ["not mentioned is not signed", dossier({}, of({ ...held, pactSigned: null })), "NO"],
      ["signed at a conference without a quorum does not count", dossier({}, of({ ...held, present: 19 })), "NO"],
      ["of a school without a record is not reported", dossier(), "NO_REPORT"],
      ["of a school of seven without a conference is not owed", dossier({}, people(7)), "NOT_ELIGIBLE"],
    ],
    (subject, status) => expect(statusOf(pactSigned, subject)).toBe(status),
  );
});

describe("people", () => {
  test("convened and present add up over all meetings, also those to which too few came", () => {
    expect(tallyOf(dossier({}, of(held)))).toMatchObject({ conferenceConvened: 30, conferencePresent: 28 });
    expect(tallyOf(dossier({ ownership: "PRIVATE" }, ofPrivate(held)))).toMatchObject({ conferenceConvened: 30, conferencePresent: 28 });
    expect(tallyOf(dossier({}, of({ ...held, present: 19, votesFor: 10 })))).toMatchObject({
      conferenceConvened: 30,
      conferencePresent: 19,
    });
  });

  test.each<[string, Dossier]>([
    ["a ballot", dossier({}, of({ ...held, method: "BALLOT", ballotBecause: "FORCE_MAJEURE" }))],
    ["a conference of which only one of the two is known", dossier({}, of({ ...held, present: null }))],
    ["an extraordinary conference", dossier({}, of({ ...held, occasion: "EXTRAORDINARY" }))],
  ])("of %s are not counted", (_, subject) => {
    const tally = tallyOf(subject);
    expect([tally.conferenceConvened, tally.conferencePresent]).toEqual([undefined, undefined]);
  });

  test("of a labour conference of a school without a union are told apart from those that owe one", () => {
    const apart = (facts: Partial<Dossier>) =>
      tallyOf(dossier({ ownership: "PRIVATE", ...facts }, ofPrivate(held))).labourConferencesWithoutUnion;
    expect([apart({ parentLevel: "DISTRICT" }), apart({})]).toEqual([1, undefined]);
    const whenPublic = dossier({ ownership: "PRIVATE", parentLevel: "DISTRICT" }, of(held));
    expect(tallyOf(whenPublic).labourConferencesWithoutUnion).toBeUndefined();
  });

  test("elected into an inspection committee are counted where the conference was valid", () => {
    const elected = { inspectionCommitteeElected: true, inspectionCommitteeSize: 5 };
    expect(tallyOf(dossier({}, of({ ...held, ...elected })))).toMatchObject({
      inspectionCommitteesElected: 1,
      inspectionCommitteeMembers: 5,
    });
    expect(tallyOf(dossier({}, of({ ...held, ...elected, present: 19 })))).not.toHaveProperty("inspectionCommitteesElected");
  });

  test.each<[string, object, [number, number]]>([
    ["valid at the first call", {}, [1, 1]],
    ["without a quorum", { present: 19 }, [1, 0]],
    ["valid at the second call", { attempt: 2 }, [1, 0]],
    ["by ballot", { method: "BALLOT", ballotBecause: "FORCE_MAJEURE" }, [1, 0]],
    ["of an extraordinary occasion", { occasion: "EXTRAORDINARY" }, [0, 0]],
  ])("a conference %s is called and valid so often at the first call", (_, changes, expected) => {
    const { staffConferencesCalled = 0, staffConferencesValidAtFirstCall = 0 } = tallyOf(dossier({}, of({ ...held, ...changes })));
    expect([staffConferencesCalled, staffConferencesValidAtFirstCall]).toEqual(expected);
  });

  test("a labour conference has no legal quorum and is not among those called", () => {
    expect(tallyOf(dossier({ ownership: "PRIVATE" }, ofPrivate(held)))).not.toHaveProperty("staffConferencesCalled");
  });
});
