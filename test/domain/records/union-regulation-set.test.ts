import { type Dossier } from "../../../src/domain/counting/dossier.js";
import { congress } from "../../../src/domain/records/kinds/congress.js";
import { unionBody } from "../../../src/domain/records/kinds/union-body.js";
import { regulationSetComplete, unionRegulationSet } from "../../../src/domain/records/kinds/union-regulation-set.js";
import { USUAL_SET } from "../../../src/domain/records/kinds/union-regulation-kinds.js";
import { type Status } from "../../../src/domain/counting/obligation.js";
import { cases, dossier, record, send, statusOf, unit } from "../harness.js";

const union = unit({ kind: "GRASSROOTS", id: "union-1" });
const adopted = (kinds: readonly string[], adoptedOn = "2023-06-15") => kinds.map((kind) => ({ kind, adoptedOn }));
const full = { term: "2023-2028", regulations: adopted(USUAL_SET) };

describe("rules", () => {
  cases<[object, string[]]>(
    [
      ["a full set has no problem", {}, []],
      ["a union may say that it has none yet", { regulations: [] }, []],
      ["the term is two years", { term: "2023" }, ["INVALID term"]],
      ["each regulation has a kind and a day", { regulations: [{}] }, ["REQUIRED regulations.0.kind", "REQUIRED regulations.0.adoptedOn"]],
      ["each kind stands once", { regulations: adopted(["INTERNAL_SPENDING", "INTERNAL_SPENDING"]) }, ["REPEATED regulations.1.kind"]],
      ["others may be many", { regulations: adopted(["OTHER", "OTHER"]) }, []],
      ["none is adopted tomorrow", { regulations: adopted(["OTHER"], "2025-06-11") }, ["OUT_OF_RANGE regulations.0.adoptedOn"]],
      ["a regulation may be adopted a year before the term", { regulations: adopted(["OTHER"], "2022-01-01") }, []],
      ["not earlier", { regulations: adopted(["OTHER"], "2021-12-31") }, ["OUT_OF_RANGE regulations.0.adoptedOn"]],
    ],
    (changes, problems) => expect(send(unionRegulationSet, { ...full, ...changes }, { unit: union }).refused).toEqual(problems),
  );

  test("in whatever order they are sent, the set is the same", () => {
    const one = send(unionRegulationSet, full, { unit: union }).content;
    expect(send(unionRegulationSet, { ...full, regulations: full.regulations.toReversed() }, { unit: union }).content).toEqual(one);
    expect(unionRegulationSet.keyOf(one)).toBe("2023-2028");
  });
});

describe("the status", () => {
  const of = (sent: object) => record(unionRegulationSet, { ...sent }, { around: { unit: union } });
  const held = (term: string, heldOn: string) => record(congress, { term, heldOn, committeeSize: 5 }, { around: { unit: union } });
  const grassroots = (facts: Partial<Dossier> = {}, ...records: Parameters<typeof dossier>[1][]) =>
    dossier({ kind: "GRASSROOTS", ...facts }, ...records);
  const demanding = (regulations: string[], term: string | null = null) => ({
    demands: new Map([[regulationSetComplete, { term, regulations }]]),
  });
  const noCommittee = record(
    unionBody,
    { body: "INSPECTION_COMMITTEE", term: "2023-2028", notFormedBecause: "NOT_REQUIRED" },
    { around: { unit: union } },
  );
  const partial = { ...full, regulations: adopted(["EXECUTIVE_COMMITTEE", "INTERNAL_SPENDING"]) };
  const former = { ...full, term: "2018-2023", regulations: adopted(USUAL_SET, "2018-06-15") };
  const spring = {
    label: "2022-2023",
    startsOn: "2022-09-05",
    endsOn: "2023-05-31",
    referenceDate: "2023-05-31",
    countsFrom: "2022-06-01",
  };
  const early = { ...full, regulations: adopted(USUAL_SET, "2023-04-15") };
  cases<[Dossier, Status]>(
    [
      ["of a full set", grassroots({}, of(full)), "YES"],
      ["of half a set", grassroots({}, of(partial)), "NO"],
      ["of an empty set", grassroots({}, of({ ...full, regulations: [] })), "NO"],
      ["of nothing before a congress", grassroots(), "NOT_ELIGIBLE"],
      ["of nothing after the congress", grassroots({}, held("2023-2028", "2023-04-01")), "NO_REPORT"],
      ["of nothing in a union founded during the year", grassroots({ openSince: "2024-09-06" }), "NOT_ELIGIBLE"],
      [
        "of nothing in such a union after its congress",
        grassroots({ openSince: "2024-09-06" }, held("2023-2028", "2024-12-01")),
        "NO_REPORT",
      ],
      ["of a set of a former term", grassroots({}, of(former), held("2023-2028", "2023-04-01")), "NO_REPORT"],
      [
        "of a set without the regulation of a committee that is not required",
        grassroots({}, of({ ...full, regulations: adopted(USUAL_SET.filter((kind) => kind !== "INSPECTION_COMMITTEE")) }), noCommittee),
        "YES",
      ],
      [
        "of such a set, where a committee is in office since that was said of the term before",
        grassroots(
          { schoolYear: spring },
          of({
            ...full,
            regulations: adopted(
              USUAL_SET.filter((kind) => kind !== "INSPECTION_COMMITTEE"),
              "2023-04-15",
            ),
          }),
          record(
            unionBody,
            { body: "INSPECTION_COMMITTEE", term: "2018-2023", notFormedBecause: "NOT_REQUIRED" },
            { around: { unit: union } },
          ),
          record(
            unionBody,
            { body: "INSPECTION_COMMITTEE", term: "2023-2028", formedOn: "2023-04-01", size: 3, monthsBetweenMeetings: 2 },
            { around: { unit: union } },
          ),
        ),
        "NO",
      ],
      ["of a school", dossier({}, of(full)), "NOT_ELIGIBLE"],
      ["of half a set that the directive finds full", grassroots(demanding(["EXECUTIVE_COMMITTEE"]), of(partial)), "YES"],
      ["of a usual set where the directive asks for more", grassroots(demanding([...USUAL_SET, "OTHER"]), of(full)), "NO"],
      [
        "of a regulation adopted on the reference date",
        grassroots({}, of({ ...full, regulations: adopted(USUAL_SET, "2025-05-31") })),
        "YES",
      ],
      ["of one adopted the day after", grassroots({}, of({ ...full, regulations: adopted(USUAL_SET, "2025-06-01") })), "NO"],
      [
        "of the former set while the former term runs",
        grassroots({ schoolYear: spring }, of(former), held("2018-2023", "2018-06-01")),
        "YES",
      ],
      [
        "of the former set after the new congress",
        grassroots({ schoolYear: spring }, of(former), held("2018-2023", "2018-06-01"), held("2023-2028", "2023-04-01")),
        "NO_REPORT",
      ],
      ["of both sets without a congress: the later term", grassroots({ schoolYear: spring }, of(former), of(early)), "YES"],
      [
        "of the term that the directive names",
        grassroots({ schoolYear: spring, ...demanding([], "2018-2023") }, of(former), of({ ...early, regulations: [] })),
        "YES",
      ],
    ],
    (subject, status) => expect(statusOf(regulationSetComplete, subject)).toBe(status),
  );
});
