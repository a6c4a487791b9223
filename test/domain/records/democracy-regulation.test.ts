import { type Dossier } from "../../../src/domain/counting/dossier.js";
import { account } from "../../../src/domain/counting/measures.js";
import { democracyRegulation, democracyRegulationInForce } from "../../../src/domain/records/kinds/democracy-regulation.js";
import { type RuleContext } from "../../../src/domain/records/kind.js";
import { membershipReport } from "../../../src/domain/records/kinds/membership-report.js";
import { type Status } from "../../../src/domain/counting/obligation.js";
import { cases, dossier, privateSchool, record, send, statusOf, unit, year } from "../harness.js";

const regulation = { number: "12/QĐ-THHG", issuedOn: "2023-10-02", consulted: "UNION", publishedOn: "2023-10-05" };
const asPrivate: Partial<RuleContext> = { unit: privateSchool() };

describe("rules", () => {
  cases<[object, string[], Partial<RuleContext>?]>(
    [
      ["a good regulation has no problem", {}, []],
      ["it has a number and a day", { number: null, issuedOn: null }, ["REQUIRED number", "REQUIRED issuedOn"]],
      ["somebody was consulted", { consulted: null }, ["REQUIRED consulted"]],
      ["a document may leave out who was consulted", { consulted: null }, [], { provenance: "DOCUMENT" }],
      ["without a union the workers were consulted", { consulted: "WORKERS" }, []],
      ["in a public school the employer does not issue it", { issuer: "EMPLOYER" }, ["RULE issuer"]],
      ["in a private school the employer issues it", { issuer: "EMPLOYER" }, [], asPrivate],
      ["in a private school no head issues it with the union", { issuer: "HEAD_WITH_UNION" }, ["RULE issuer"], asPrivate],
      ["editions count from 1", { edition: 0 }, ["OUT_OF_RANGE edition"]],
      ["it is not issued tomorrow", { issuedOn: "2025-06-11", publishedOn: null }, ["OUT_OF_RANGE issuedOn"]],
      ["it is made public on the day it is issued at the earliest", { publishedOn: "2023-10-02" }, []],
      ["it is not made public before it is issued", { publishedOn: "2023-10-01" }, ["OUT_OF_RANGE publishedOn"]],
      ["it is not repealed before it is issued", { repealedOn: "2023-10-01" }, ["OUT_OF_RANGE repealedOn"]],
      ["a closed school issues none", {}, ["UNIT_CLOSED issuedOn"], { unit: unit({}, [{ from: "2024-01-01", until: "9999-12-31" }]) }],
    ],
    (changes, problems, around) => expect(send(democracyRegulation, { ...regulation, ...changes }, around).refused).toEqual(problems),
  );

  test("who issues it follows from the ownership", () => {
    expect(send(democracyRegulation, regulation).content).toMatchObject({ issuer: "HEAD_WITH_UNION", edition: 1 });
    expect(send(democracyRegulation, regulation, asPrivate).content.issuer).toBe("EMPLOYER");
  });

  test("one that nobody has made public is flagged", () => {
    expect(send(democracyRegulation, regulation).findings).toEqual([]);
    expect(send(democracyRegulation, { ...regulation, publishedOn: null }).findings).toEqual(["REGULATION_NOT_PUBLISHED"]);
  });
});

describe("the status", () => {
  const of = (changes: object = {}) => record(democracyRegulation, { ...regulation, ...changes });
  const people = (workers: number) =>
    record(membershipReport, {
      ...{ workersOpening: workers, womenWorkersOpening: 0, membersOpening: 0, womenMembersOpening: 0 },
      ...{ workersClosing: workers, womenWorkersClosing: 0, membersClosing: 0, womenMembersClosing: 0 },
    });
  const nonPublic = { ownership: "PRIVATE" } as const;
  cases<[Dossier, Status]>(
    [
      ["of a regulation in force", dossier({}, of()), "YES"],
      ["of one issued on the reference date", dossier({}, of({ issuedOn: year.referenceDate })), "YES"],
      ["of one issued the day after", dossier({}, of({ issuedOn: "2025-06-01" })), "NO_REPORT"],
      ["of one repealed the day after", dossier({}, of({ repealedOn: "2025-06-01" })), "YES"],
      ["of one repealed on the reference date", dossier({}, of({ repealedOn: year.referenceDate })), "NO"],
      ["of one repealed and another in its place", dossier({}, of({ repealedOn: "2024-01-01" }), of({ number: "2" })), "YES"],
      ["of nothing", dossier(), "NO_REPORT"],
      ["of nothing in a private school of unknown size", dossier(nonPublic), "NO_REPORT"],
      ["of nothing in a private school with 10 workers", dossier(nonPublic, people(10)), "NO_REPORT"],
      ["of nothing in a private school with 9 workers", dossier(nonPublic, people(9)), "NOT_ELIGIBLE"],
      ["of a regulation in a private school with 9 workers", dossier(nonPublic, people(9), of()), "YES"],
      ["of a union", dossier({ kind: "GRASSROOTS" }), "NOT_ELIGIBLE"],
    ],
    (subject, status) => expect(statusOf(democracyRegulationInForce, subject)).toBe(status),
  );

  test("is due at the end of the school year, or when a directive says", () => {
    const deadlines = new Map([[democracyRegulationInForce, "2024-12-31"]]);
    expect(account(dossier()).due.democracyRegulation).toBe(year.endsOn);
    expect(account(dossier({ deadlines })).due.democracyRegulation).toBe("2024-12-31");
  });
});
