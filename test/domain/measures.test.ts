import fc from "fast-check";
import { type Day } from "../../src/domain/ground/day.js";
import { isDay } from "../../src/domain/ground/day.js";
import { type Dossier, type DossierRecord } from "../../src/domain/counting/dossier.js";
import { indicatorKeys } from "../../src/domain/figures/catalogue.js";
import { account, allMeasures, measureKeys, obligations } from "../../src/domain/counting/measures.js";
import { type Content, type Field, type Fields } from "../../src/domain/records/field.js";
import { readContent } from "../../src/domain/records/content.js";
import { type RecordKind } from "../../src/domain/records/kind.js";
import { kindOf, recordKinds } from "../../src/domain/records/catalogue.js";
import { FOLLOWED_NONE } from "../../src/domain/records/predecessors.js";
import {
  AUTONOMY_GROUPS,
  KINDS,
  LEVELS,
  OWNERSHIPS,
  PROVENANCES,
  SCHOOL_LEVELS,
  type UnitKind,
  levelOf,
} from "../../src/domain/tree/unit.js";
import { cases, dossier, tallyOf, unit, year } from "./harness.js";

const keysOf = <K extends string>(choices: Record<K, unknown>) => fc.constantFrom(...(Object.keys(choices) as K[]));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const anyDay: fc.Arbitrary<Day> = fc
  .date({ min: new Date("2020-01-01"), max: new Date("2028-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const unitIds = fc.constantFrom("school-1", "school-2", "union-1");

/** Any value that a field can hold: a record is counted as it stands, whatever rule it once passed. */
function valueOf(field: Field): fc.Arbitrary<unknown> {
  switch (field.type) {
    case "day":
      return anyDay;
    case "count":
      return fc.oneof(fc.nat(12), fc.nat(20_000_000));
    case "money":
      return fc.nat(100_000_000_000);
    case "number":
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case "flag":
      return fc.boolean();
    case "text":
      return fc.string({ minLength: 1 });
    case "choice":
      return keysOf(field.choices);
    case "choices":
      return fc.subarray(Object.keys(field.choices));
    case "days":
      return fc.array(anyDay, { maxLength: 3 });
    case "unit":
      return unitIds;
    case "units":
      return fc.uniqueArray(unitIds, { maxLength: 3 });
    case "rows":
      return fc.array(contentOf(field.fields), { maxLength: 2 });
  }
}

function contentOf(fields: Fields): fc.Arbitrary<Content> {
  const isList = (field: Field) => ["choices", "days", "units", "rows"].includes(field.type);
  const values = Object.entries(fields).map(
    ([name, field]) => [name, field.required || isList(field) ? valueOf(field) : maybe(valueOf(field))] as const,
  );
  return fc.record(Object.fromEntries(values)) as fc.Arbitrary<Content>;
}

const completed = (kind: RecordKind, content: Content): Content =>
  kind.complete(content, {
    ...{
      today: "2025-06-10",
      unit: unit(),
      schoolYear: year,
      named: new Map(),
      schoolYears: [year],
      indicators: indicatorKeys,
      provenance: "REPORTED",
      findings: [],
      deadlines: new Map(),
      followed: FOLLOWED_NONE,
    },
  });

const anyRecord: fc.Arbitrary<DossierRecord> = fc.constantFrom(...recordKinds).chain((kind) =>
  fc.record({
    kind: fc.constant(kind.key),
    lead: fc.boolean(),
    schoolYear: fc.constant(kind.schoolYear === "ALWAYS" ? year.label : null),
    provenance: keysOf(PROVENANCES),
    content: contentOf(kind.fields).map((content) => completed(kind, content)),
  }),
);

const anyDossier: fc.Arbitrary<Dossier> = fc
  .record({
    kind: keysOf(KINDS) as fc.Arbitrary<UnitKind>,
    schoolLevel: maybe(keysOf(SCHOOL_LEVELS)),
    ownership: maybe(keysOf(OWNERSHIPS)),
    autonomyGroup: maybe(keysOf(AUTONOMY_GROUPS)),
    parentLevel: maybe(fc.constantFrom(...LEVELS)),
    openSince: anyDay,
    deadlines: fc
      .uniqueArray(fc.tuple(fc.constantFrom(...obligations.filter(({ deadline }) => deadline)), anyDay), { selector: ([key]) => key })
      .map((all) => new Map(all)),
    records: fc.array(anyRecord, { maxLength: 5 }),
  })
  .map((facts) => dossier({ ...facts, level: levelOf(facts.kind) }));

describe("the account of any dossier", () => {
  test("gives each obligation exactly one of the four statuses, and a day on which it is due", () => {
    fc.assert(
      fc.property(anyDossier, (subject) => {
        const { tally, due } = account(subject);
        for (const duty of obligations) {
          expect([
            duty.key,
            Object.values(duty.measures)
              .map(({ key }) => tally[key] ?? 0)
              .sort(),
          ]).toEqual([duty.key, [0, 0, 0, 1]]);
          expect(isDay(due[duty.key]!)).toBe(true);
        }
        expect(Object.keys(due).sort()).toEqual(obligations.map(({ key }) => key).sort());
      }),
      { numRuns: 300 },
    );
  });

  test("holds only declared measures, as integers above zero", () => {
    fc.assert(
      fc.property(anyDossier, (subject) => {
        for (const [measure, amount] of Object.entries(tallyOf(subject))) {
          expect(measureKeys).toContain(measure);
          expect(Number.isSafeInteger(amount) && amount > 0).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("is the same whenever it is taken, and changes nothing", () => {
    fc.assert(
      fc.property(anyDossier, (subject) => {
        const before = JSON.stringify(subject);
        expect(account(subject)).toEqual(account(subject));
        expect(JSON.stringify(subject)).toBe(before);
      }),
    );
  });

  test("keeps parts below their whole", () => {
    fc.assert(
      fc.property(anyDossier, (subject) => {
        const of = (measure: string) => tallyOf(subject)[measure] ?? 0;
        expect(of("agreementWorkersCovered") <= of("agreementWorkersEligible")).toBe(true);
        expect(of("agreementsNew") + of("agreementsRenewed")).toBe(of("agreementsSigned"));
        expect(of("agreementsFiledOnTime") <= of("agreementsSigned")).toBe(true);
        expect(of("conferenceOnTimeYes") <= of("staffConferenceYes") + of("labourConferenceYes")).toBe(true);
        expect(of("emulationPactYes") <= of("staffConferenceYes")).toBe(true);
        expect(of("staffConferencesValidAtFirstCall") <= of("staffConferencesCalled")).toBe(true);
        expect(of("executiveMeetingsHeld") <= of("executiveMeetingsOwed")).toBe(true);
        expect(of("womensMeetingsHeld") <= of("womensMeetingsOwed")).toBe(true);
        const graded = of("unionsRatedExcellent") + of("unionsRatedGood");
        expect(of("unitRatingYes")).toBe(graded);
      }),
    );
  });
});

cases<[Dossier, Record<string, number>]>(
  [
    ["a public school counts as a school by being there", dossier(), { schools: 1 }],
    ["a private school counts as a school", dossier({ ownership: "PRIVATE" }), { schools: 1 }],
    ["a grassroots union counts as one", dossier({ kind: "GRASSROOTS" }), { grassrootsUnions: 1 }],
    ["an occupational union is counted apart", dossier({ kind: "OCCUPATIONAL" }), { occupationalUnions: 1 }],
    ["a federation counts as none of them", dossier({ kind: "SECTOR_UNION" }), {}],
    ["a made unit is counted as made", dossier({ kind: "SECTOR_UNION", provenance: "DEMONSTRATION" }), { unitsMade: 1 }],
  ],
  (subject, counts) => {
    const { schools, grassrootsUnions, occupationalUnions, unitsMade } = tallyOf(subject);
    expect(JSON.parse(JSON.stringify({ schools, grassrootsUnions, occupationalUnions, unitsMade }))).toEqual(counts);
  },
);

test("measures have unique keys that are names of columns", () => {
  expect(new Set(measureKeys).size).toBe(allMeasures.length);
  for (const key of measureKeys) expect(key).toMatch(/^[a-z][A-Za-z]{1,62}$/);
});

test("kinds of records have unique keys, types and mutations, and are found by key", () => {
  const names = recordKinds.flatMap(({ key, typeName, mutations }) => [key, typeName, mutations.record, mutations.withdraw]);
  expect(new Set(names).size).toBe(names.length);
  for (const kind of recordKinds) expect(kindOf(kind.key)).toBe(kind);
  expect(() => kindOf("strike")).toThrow("no record kind strike");
});

test("a kind whose key holds what people write says so; of an acknowledgement and of an extension it holds names of the hub", () => {
  const isInKey = (kind: RecordKind, name: string) => {
    const [a, b] = ["a", "b"].map((text) => kind.keyOf({ ...readContent(kind.fields, {}).content, [name]: text } as never));
    return a !== b;
  };
  // A name of a term has nine characters, and the rules take it in one spelling only.
  const written = recordKinds.filter((kind) =>
    Object.entries(kind.fields).some(([name, field]) => field.type === "text" && field.longest > 9 && isInKey(kind, name)),
  );
  const keys = (kinds: readonly RecordKind[]) => kinds.map(({ key }) => key).sort();
  const named = ["findingAcknowledgement", "deadlineExtension"].map(kindOf);
  expect(keys(written)).toEqual(keys([...recordKinds.filter(({ keyIsWritten }) => keyIsWritten), ...named]));
});

test("an enumeration of the API has one set of choices, wherever it stands", () => {
  const declared = new Map<string, string>();
  const look = (fields: Fields) => {
    for (const field of Object.values(fields)) {
      if (field.type === "rows") look(field.fields);
      if (field.type !== "choice" && field.type !== "choices") continue;
      const choices = JSON.stringify(field.choices);
      expect(declared.get(field.typeName) ?? choices).toBe(choices);
      declared.set(field.typeName, choices);
      for (const choice of Object.keys(field.choices)) expect(choice).toMatch(/^[A-Z][A-Z0-9_]*$/);
    }
  };
  for (const { fields } of recordKinds) look(fields);
});
