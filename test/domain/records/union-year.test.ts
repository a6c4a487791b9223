import { type Dossier } from "../../../src/domain/counting/dossier.js";
import { unionBody } from "../../../src/domain/records/kinds/union-body.js";
import {
  executiveMeetings,
  inspectionMeetings,
  programmeAdopted,
  unionYear,
  womensMeetings,
} from "../../../src/domain/records/kinds/union-year.js";
import { type Status } from "../../../src/domain/counting/obligation.js";
import { cases, dossier, record, send, statusOf, tallyOf, unit, year } from "../harness.js";

const union = unit({ kind: "GRASSROOTS", id: "union-1" });
const worked = { executiveProgrammeOn: "2024-09-20", inspectionProgrammeOn: "2024-09-21", executiveMeetings: 9, inspectionMeetings: 4 };

describe("rules", () => {
  cases<[object, string[]]>(
    [
      ["a good year has no problem", {}, []],
      ["nothing need be given", { executiveProgrammeOn: null, inspectionProgrammeOn: null, executiveMeetings: null }, []],
      ["a programme may be adopted four months before the year", { executiveProgrammeOn: "2024-05-05" }, []],
      ["not earlier", { executiveProgrammeOn: "2024-05-04" }, ["OUT_OF_RANGE executiveProgrammeOn"]],
      ["and not after the year", { inspectionProgrammeOn: "2025-06-01" }, ["OUT_OF_RANGE inspectionProgrammeOn"]],
      ["meetings are counted up to the end of the year at most", { asOf: "2025-06-01" }, ["OUT_OF_RANGE asOf"]],
      ["and not up to tomorrow", { asOf: "2025-06-11" }, ["OUT_OF_RANGE asOf"]],
      ["nor to a day before the year", { asOf: "2024-05-31" }, ["OUT_OF_RANGE asOf"]],
      ["there may be one a day", { asOf: "2024-09-08", executiveMeetings: 100 }, []],
      ["not more", { asOf: "2024-09-08", executiveMeetings: 101 }, ["OUT_OF_RANGE executiveMeetings"]],
      ["nor tomorrow", { inspectionProgrammeOn: "2025-06-11" }, ["OUT_OF_RANGE inspectionProgrammeOn"]],
    ],
    (changes, problems) => expect(send(unionYear, { ...worked, ...changes }, { unit: union }).refused).toEqual(problems),
  );
});

test("the day up to which meetings are counted is today, or the end of the year, where it is not given", () => {
  const asOfOn = (today: string, sent: object = worked) => send(unionYear, { ...sent }, { unit: union, today }).content.asOf;
  expect(asOfOn("2024-11-29")).toBe("2024-11-29");
  expect(asOfOn("2025-06-10")).toBe(year.endsOn);
  expect(asOfOn("2025-06-10", { ...worked, asOf: "2025-03-31" })).toBe("2025-03-31");
  expect(asOfOn("2024-08-20", { executiveProgrammeOn: "2024-08-20" })).toBeNull();
});

const of = (changes: object = {}) => record(unionYear, { ...worked, ...changes }, { around: { unit: union } });
/** Meetings of the executive committee by 29 November. */
const running = (executiveMeetings: number) => of({ executiveMeetings, asOf: "2024-11-29" });
const withoutDay = (report: ReturnType<typeof of>) => ({ ...report, content: { ...report.content, asOf: null } });
const body = (kind: string, monthsBetweenMeetings: number, days: object = {}) =>
  record(
    unionBody,
    { body: kind, term: "2023-2028", formedOn: "2023-04-10", size: 3, monthsBetweenMeetings, ...days },
    { around: { unit: union } },
  );
const grassroots = (facts: Partial<Dossier> = {}, ...records: Parameters<typeof dossier>[1][]) =>
  dossier({ kind: "GRASSROOTS", ...facts }, ...records);

describe("the programme of the year", () => {
  cases<[Dossier, Status]>(
    [
      ["adopted by both", grassroots({}, of()), "YES"],
      ["adopted by one", grassroots({}, of({ inspectionProgrammeOn: null })), "NO"],
      ["of nothing", grassroots(), "NO_REPORT"],
      ["of a union founded during the year", grassroots({ openSince: "2024-09-06" }), "NOT_ELIGIBLE"],
      ["of such a union that reported", grassroots({ openSince: "2024-09-06" }, of()), "YES"],
      ["of a school", dossier(), "NOT_ELIGIBLE"],
    ],
    (subject, status) => expect(statusOf(programmeAdopted, subject)).toBe(status),
  );
});

describe("meetings", () => {
  const figuresOf = (subject: Dossier, { duty, due, held }: typeof executiveMeetings) => {
    const tally = tallyOf(subject);
    return [statusOf(duty, subject), tally[due.key] ?? 0, tally[held.key] ?? 0];
  };
  const executive = body("EXECUTIVE_COMMITTEE", 1);
  cases<[Dossier, [Status, number, number]]>(
    [
      ["every month are nine in a school year", grassroots({}, executive, of()), ["YES", 9, 9]],
      ["missing one are not enough", grassroots({}, executive, of({ executiveMeetings: 8 })), ["NO", 9, 8]],
      ["beyond those due add nothing", grassroots({}, executive, of({ executiveMeetings: 14 })), ["YES", 9, 9]],
      ["nobody has reported stay due", grassroots({}, executive), ["NO_REPORT", 9, 0]],
      ["of a running year fulfil what was due by then", grassroots({}, executive, running(9)), ["NO_REPORT", 9, 2]],
      ["fewer than were due by then are too few", grassroots({}, executive, running(1)), ["NO", 9, 1]],
      ["of which 0.4.0 kept no day are of the whole year", grassroots({}, executive, withoutDay(of())), ["YES", 9, 9]],
      ["every two months are four", grassroots({}, body("EXECUTIVE_COMMITTEE", 2), of({ executiveMeetings: 4 })), ["YES", 4, 4]],
      ["of a body that nobody has recorded are not due", grassroots({}, of()), ["NOT_ELIGIBLE", 0, 0]],
      [
        "are due from the month in which the body is formed",
        grassroots({}, body("EXECUTIVE_COMMITTEE", 1, { formedOn: "2025-03-31" }), of()),
        ["YES", 3, 3],
      ],
      [
        "are due to the last whole month in office",
        grassroots({}, body("EXECUTIVE_COMMITTEE", 1, { inOfficeUntil: "2024-11-29" }), of()),
        ["YES", 2, 2],
      ],
      [
        "of a body of a single month every two months are not due",
        grassroots({}, body("EXECUTIVE_COMMITTEE", 2, { formedOn: "2025-05-02" }), of()),
        ["NOT_ELIGIBLE", 0, 0],
      ],
      ["of a school are not due", dossier({}, executive), ["NOT_ELIGIBLE", 0, 0]],
    ],
    (subject, expected) => expect(figuresOf(subject, executiveMeetings)).toEqual(expected),
  );

  test("of each body are counted apart", () => {
    const subject = grassroots({}, executive, body("INSPECTION_COMMITTEE", 2), body("WOMENS_COMMITTEE", 2), of());
    expect(figuresOf(subject, inspectionMeetings)).toEqual(["YES", 4, 4]);
    const none = grassroots({}, body("WOMENS_COMMITTEE", 2), of({ womensMeetings: 0 }));
    expect(figuresOf(none, womensMeetings)).toEqual(["NO", 4, 0]);
  });

  test("that a report leaves open are in neither side of the rate: unknown is not zero", () => {
    const open = grassroots({}, executive, body("WOMENS_COMMITTEE", 2), of({ womensMeetings: null }));
    expect(figuresOf(open, womensMeetings)).toEqual(["NO_REPORT", 0, 0]);
    expect(figuresOf(open, executiveMeetings)).toEqual(["YES", 9, 9]);
  });
});
