import fc from "fast-check";
import { recordKinds } from "../../../src/domain/records/catalogue.js";
import { type Field, type Fields } from "../../../src/domain/records/field.js";
import { type RecordKind } from "../../../src/domain/records/kind.js";
import { privateSchool, send, unit, yearAfter } from "../harness.js";

const DAYS = ["2019-02-01", "2023-11-30", "2024-09-25", "2025-05-31", "2026-01-01", "2031-12-31", "2024-02-30"];
const TEXTS = ["", "x", "2023-2024", "2023-2028", "members", "reportSubmission", "reportAcceptance", "fullRegulationSet", "x".repeat(600)];

/** What somebody may send for a field: good values, bad ones, and none. */
function sentFor(field: Field): fc.Arbitrary<unknown> {
  const list = (one: fc.Arbitrary<unknown>) => fc.array(one, { maxLength: 4 });
  const day = fc.constantFrom<unknown>(...DAYS, 5);
  const text = fc.constantFrom<unknown>(...TEXTS, 5);
  const number = fc.constantFrom<unknown>(-1, 0, 0.5, 1, 2, 3, 40, 150, 400, 2024, 30_000_000, 1e15, "x");
  const unitId = fc.constantFrom<unknown>("school-1", "school-2", "union-a", "", 5);
  const of: Record<Field["type"], () => fc.Arbitrary<unknown>> = {
    day: () => day,
    days: () => list(day),
    count: () => number,
    money: () => number,
    number: () => number,
    flag: () => fc.constantFrom<unknown>(true, false, "yes"),
    text: () => text,
    unit: () => unitId,
    units: () => list(unitId),
    choice: () => fc.constantFrom<unknown>(...("choices" in field ? Object.keys(field.choices) : []), "x"),
    choices: () => list(fc.constantFrom<unknown>(...("choices" in field ? Object.keys(field.choices) : []), "x")),
    rows: () => list(fc.oneof({ weight: 9, arbitrary: contentFor((field as { fields: Fields }).fields) }, { weight: 1, arbitrary: text })),
  };
  return fc.oneof({ weight: 3, arbitrary: of[field.type]() }, { weight: 1, arbitrary: fc.constantFrom(null, undefined, "x") });
}

function contentFor(fields: Fields): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, sentFor(field)])));
}

const UNITS = [
  unit(),
  privateSchool(),
  unit({ id: "union-a", kind: "GRASSROOTS" }),
  unit({ id: "union-b", kind: "OCCUPATIONAL" }),
  unit({ id: "district-1", kind: "DISTRICT" }),
  unit({}, [{ from: "2024-12-01", until: "2025-01-01" }]),
];
const FOLLOWED = { count: 2, codes: ["OLD"] };
const NONE = { count: 0, codes: [] };

const around = (kind: RecordKind) =>
  fc.record({
    unit: fc.constantFrom(...UNITS),
    today: fc.constantFrom("2025-06-10", "2024-10-01"),
    named: fc.constant(new Map([...UNITS, privateSchool("school-2")].map((one) => [one.unit.id, one]))),
    provenance: fc.constantFrom("REPORTED" as const, "DOCUMENT" as const),
    followed: fc.constantFrom(
      { predecessors: NONE, includedBy: NONE, countedBy: NONE },
      { predecessors: FOLLOWED, includedBy: NONE, countedBy: NONE },
      { predecessors: FOLLOWED, includedBy: FOLLOWED, countedBy: NONE },
      { predecessors: FOLLOWED, includedBy: NONE, countedBy: FOLLOWED },
    ),
    deadlines: fc.constantFrom(new Map<string, string>(), new Map([["reportSubmission", "2025-06-15"]])),
    ...(kind.schoolYear === "NEVER" ? {} : { schoolYear: fc.constantFrom(undefined, yearAfter) }),
  });

test.each(recordKinds.map((kind) => [kind.key, kind] as const))(
  "whatever is sent as %s, it is refused in sentences for people, in both languages",
  (_, kind) => {
    const seen = fc.property(contentFor(kind.fields), around(kind), (sent, { schoolYear, ...context }: any) => {
      // `send` fails where a sentence is none.
      send(kind, sent, schoolYear ? { ...context, schoolYear } : context);
    });
    fc.assert(seen, { numRuns: 150 });
  },
);
