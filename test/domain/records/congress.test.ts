import { type Dossier } from "../../../src/domain/counting/dossier.js";
import { account } from "../../../src/domain/counting/measures.js";
import { congress, congressHeld, EXECUTIVES_BY_SIZE, federationCongressHeld } from "../../../src/domain/records/kinds/congress.js";
import { type RuleContext } from "../../../src/domain/records/kind.js";
import { type Status } from "../../../src/domain/counting/obligation.js";
import { cases, dossier, record, send, statusOf, tallyOf, unit, year, yearBefore } from "../harness.js";

const held = {
  term: "2023-2028",
  ordinal: 15,
  heldOn: "2023-03-20",
  members: 40,
  convened: 40,
  present: 38,
  committeeSize: 5,
  committeeWomen: 3,
};
const notHeld = { term: "2023-2028", notHeldBecause: "POSTPONED" };
const union = unit({ kind: "GRASSROOTS", id: "union-1" });
const federation = unit({ kind: "DISTRICT", id: "district-1" });

describe("rules", () => {
  const substituted = { ...held, substitute: "ENLARGED_COMMITTEE_MEETING", substituteApproval: "15/LĐLĐ" };
  const delegates = { ...held, form: "DELEGATES", members: 5_000, convened: 150, present: 150 };
  cases<[Record<string, unknown>, string[], Partial<RuleContext>?]>(
    [
      ["a good congress has no problem", held, []],
      ["that none was held has no problem", notHeld, []],
      ["the term is two years", { ...held, term: "XV" }, ["INVALID term"]],
      ["the years of a term follow each other", { ...held, term: "2023-2023" }, ["INVALID term"]],
      [
        "it was held or it was not",
        { ...held, ...notHeld },
        ["RULE notHeldBecause", "RULE convened", "RULE present", "RULE committeeSize", "RULE committeeWomen"],
      ],
      ["something is said", { term: "2023-2028" }, ["REQUIRED heldOn"]],
      ["it is not held tomorrow", { ...held, heldOn: "2025-06-11" }, ["OUT_OF_RANGE heldOn"]],
      ["congresses count from 1", { ...held, ordinal: 0 }, ["OUT_OF_RANGE ordinal"]],
      ["the first congress of a merged province is good", { ...held, ordinal: 1 }, [], { unit: federation }],
      ["a substitute with its approval has no problem", substituted, []],
      ["a substitute needs an approval", { ...substituted, substituteApproval: null }, ["REQUIRED substituteApproval"]],
      ["an approval is of a substitute", { ...substituted, substitute: null }, ["RULE substituteApproval"]],
      ["nobody comes who was not called", { ...held, present: 41 }, ["RULE present"]],
      ["a plenary calls the members", { ...held, convened: 41, present: 40 }, ["RULE convened"]],
      ["women are part of the committee", { ...held, committeeWomen: 6 }, ["RULE committeeWomen"]],
      ["a committee is elected", { ...held, committeeSize: 0, committeeWomen: 0 }, ["OUT_OF_RANGE committeeSize"]],
      ["its size is given", { ...held, committeeSize: null }, ["REQUIRED committeeSize"]],
      ["a document may leave the size out", { ...held, committeeSize: null }, [], { provenance: "DOCUMENT" }],
      ["150 delegates are good", delegates, []],
      ["151 delegates are too many", { ...delegates, convened: 151 }, ["RULE convened"]],
      ["with more than 5,000 members 200 are good", { ...delegates, members: 5_001, convened: 200 }, []],
      ["with more than 5,000 members 201 are too many", { ...delegates, members: 5_001, convened: 201 }, ["RULE convened"]],
      ["a federation may call more", { ...delegates, convened: 300 }, [], { unit: federation }],
      ["a term begins with its congress at the earliest", { ...held, termStart: "2023-03-19" }, ["OUT_OF_RANGE termStart"]],
      ["a term ends after it began", { ...held, termEnd: "2023-03-19" }, ["OUT_OF_RANGE termEnd"]],
      [
        "a closed union holds none",
        held,
        ["UNIT_CLOSED heldOn"],
        { unit: unit({ kind: "GRASSROOTS" }, [{ from: "2023-03-21", until: "9999-12-31" }]) },
      ],
    ],
    (sent, problems, around) => expect(send(congress, sent, { unit: union, ...around }).refused).toEqual(problems),
  );

  test("the term begins with the congress and lasts five years; a union meets in plenary, a federation by delegates", () => {
    expect(send(congress, held, { unit: union }).content).toMatchObject({
      termStart: "2023-03-20",
      termEnd: "2028-03-19",
      form: "PLENARY",
    });
    expect(send(congress, held, { unit: federation }).content.form).toBe("DELEGATES");
    expect(send(congress, notHeld, { unit: union }).content).toMatchObject({ termStart: null, termEnd: null, form: null });
  });

  cases<[object, string[]]>(
    [
      ["two thirds are enough", { present: 27 }, []],
      ["fewer are flagged", { present: 26 }, ["CONGRESS_WITHOUT_QUORUM"]],
      ["a term shortened by 30 months is good", { termEnd: "2025-09-19" }, []],
      ["a term shortened by more is flagged", { termEnd: "2025-09-18" }, ["TERM_SHIFTED_TOO_FAR"]],
      ["a term lengthened by 30 months is good", { termEnd: "2030-09-19" }, []],
      ["a term lengthened by more is flagged", { termEnd: "2030-09-20" }, ["TERM_SHIFTED_TOO_FAR"]],
      ["a congress in the year before its term is good", { heldOn: "2022-12-31", termStart: null }, []],
      ["a congress two years after its term began is flagged", { heldOn: "2025-01-01" }, ["CONGRESS_FAR_FROM_TERM"]],
    ],
    (changes, findings) => expect(send(congress, { ...held, ...changes }, { unit: union })).toMatchObject({ problems: [], findings }),
  );
});

describe("the status", () => {
  const of = (sent: object) => record(congress, { ...sent }, { around: { unit: union } });
  const former = { ...held, term: "2018-2023", heldOn: "2018-03-20", ordinal: 14 };
  const grassroots = (facts: Partial<Dossier> = {}, ...records: Parameters<typeof dossier>[1][]) =>
    dossier({ kind: "GRASSROOTS", ...facts }, ...records);
  const asked = { demands: new Map([[congressHeld, { term: "2023-2028", regulations: [] }]]) };
  const spring = { ...year, label: "2022-2023", startsOn: "2022-09-05", endsOn: "2023-05-31", referenceDate: "2023-05-31" };
  const late = { ...former, termEnd: "2023-09-30" };
  cases<[Dossier, Status]>(
    [
      ["of a congress whose term runs", grassroots({}, of(held)), "YES"],
      ["of an approved substitute", grassroots({}, of({ ...held, substitute: "GENERAL_MEETING", substituteApproval: "1" })), "YES"],
      ["of a congress to which one of 40 came", grassroots({}, of({ ...held, present: 1 })), "NO"],
      ["of a congress to which 27 of 40 came", grassroots({}, of({ ...held, present: 27 })), "YES"],
      ["of a congress to which 26 of 40 came", grassroots({}, of({ ...held, present: 26 })), "NO"],
      ["of a term that has ended", grassroots({}, of(former)), "NO_REPORT"],
      ["of a congress that was not held", grassroots({}, of(notHeld)), "NO"],
      ["of a former congress and one not held", grassroots({}, of(former), of(notHeld)), "NO"],
      ["of nothing", grassroots(), "NO_REPORT"],
      ["of nothing in an occupational union", grassroots({ kind: "OCCUPATIONAL" }), "NO_REPORT"],
      ["of nothing in a union founded during the year", grassroots({ openSince: "2024-09-06" }), "NOT_ELIGIBLE"],
      ["of a congress in such a union", grassroots({ openSince: "2024-09-06" }, of({ ...held, heldOn: "2025-03-20" })), "YES"],
      ["of a school", dossier(), "NOT_ELIGIBLE"],
      ["of a running term, where the next one is asked for", grassroots({ ...asked, schoolYear: spring }, of(late)), "NO_REPORT"],
      ["of the next one, where it is asked for", grassroots({ ...asked, schoolYear: spring }, of(late), of(held)), "YES"],
      ["of the next one postponed, where it is asked for", grassroots({ ...asked, schoolYear: spring }, of(late), of(notHeld)), "NO"],
      ["of a running term, where nothing is asked for", grassroots({ schoolYear: spring }, of(late)), "YES"],
      [
        "of a congress held after the reference date",
        grassroots({ schoolYear: spring }, of({ ...held, heldOn: "2023-06-01" })),
        "NO_REPORT",
      ],
      [
        "of a congress without quorum after the reference date",
        grassroots({ schoolYear: spring }, of({ ...held, heldOn: "2023-06-01", present: 1 })),
        "NO_REPORT",
      ],
      ["of a congress held on the reference date", grassroots({ schoolYear: spring }, of({ ...held, heldOn: "2023-05-31" })), "YES"],
    ],
    (subject, status) => expect(statusOf(congressHeld, subject)).toBe(status),
  );

  test.each(["PROVINCE", "DISTRICT", "SECTOR_UNION", "CONFEDERATION"] as const)("of a %s is another duty than that of a union", (kind) => {
    const subject = dossier({ kind }, of(held));
    expect([statusOf(congressHeld, subject), statusOf(federationCongressHeld, subject)]).toEqual(["NOT_ELIGIBLE", "YES"]);
    expect([statusOf(congressHeld, dossier({ kind })), statusOf(federationCongressHeld, dossier({ kind }))]).toEqual([
      "NOT_ELIGIBLE",
      "NO_REPORT",
    ]);
  });

  test("is due at the directive's deadline, and of those open by then", () => {
    const deadlines = new Map([[congressHeld, "2024-12-31"]]);
    const young = grassroots({ deadlines, openSince: "2024-12-31" });
    expect([statusOf(congressHeld, young), account(young).due.congress]).toEqual(["NO_REPORT", "2024-12-31"]);
    expect(statusOf(congressHeld, grassroots({ deadlines, openSince: "2025-01-01" }))).toBe("NOT_ELIGIBLE");
    expect(account(grassroots()).due.congress).toBe(year.endsOn);
  });

  test("counts in each school year whose reference date lies in the term", () => {
    const statuses = [spring, yearBefore, year].map((schoolYear) => statusOf(congressHeld, grassroots({ schoolYear }, of(held))));
    expect(statuses).toEqual(["YES", "YES", "YES"]);
  });

  test.each([
    [1, "executivesUpToThree"],
    [3, "executivesUpToThree"],
    [4, "executivesUpToFive"],
    [5, "executivesUpToFive"],
    [9, "executivesUpToNine"],
    [15, "executivesUpToFifteen"],
    [16, "executivesOfMore"],
  ])("an executive committee of %i counts as %s", (committeeSize, measure) => {
    const tally = tallyOf(grassroots({}, of({ ...held, committeeSize, committeeWomen: 0 })));
    expect(EXECUTIVES_BY_SIZE.map(([, { key }]) => key).filter((key) => tally[key])).toEqual([measure]);
    expect(tally.executiveMembersInTerm).toBe(committeeSize);
  });

  test("a federation's committee is not among those of the unions", () => {
    expect(tallyOf(dossier({ kind: "DISTRICT" }, of(held))).executiveMembersInTerm).toBeUndefined();
  });
});
