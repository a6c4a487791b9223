import fc from "fast-check";
import { addDays } from "../../../src/domain/ground/day.js";
import { agreementOverlaps, agreementsOf } from "../../../src/domain/findings/list/agreement-overlaps.js";
import { findingsOfFile, findingsOfYear } from "../../../src/domain/findings/examination.js";
import { account } from "../../../src/domain/counting/measures.js";
import { collectiveAgreement } from "../../../src/domain/records/kinds/collective-agreement.js";
import { GRACE } from "../../../src/domain/records/kinds/collective-agreement-stages.js";
import { conference } from "../../../src/domain/records/kinds/conference.js";
import { democracyRegulation } from "../../../src/domain/records/kinds/democracy-regulation.js";
import { inspectionCommittee } from "../../../src/domain/records/kinds/inspection-committee.js";
import { dossier, privateSchool, unit } from "../harness.js";
import { filed, years } from "./unit-file.js";
import { type FiledRecord, type UnitFile } from "../../../src/domain/findings/unit-file.js";

const nursery = privateSchool();
const agreement = filed(
  collectiveAgreement,
  { reference: "1", ballotFor: 16, ballotTotal: 30, signedOn: "2020-01-01", expiresOn: "2021-06-01", filedOn: "2020-01-02" },
  { of: nursery },
);
const election = { heldOn: "2024-09-25", workers: 30, convened: 30, present: 28, votesFor: 27, inspectionCommitteeElected: true };
const kinds = [
  agreement,
  filed(democracyRegulation, { number: "1", issuedOn: "2020-01-01", consulted: "UNION" }),
  filed(inspectionCommittee, { term: "2024-2026", electedOn: "2024-09-25", size: 5, heads: 1 }),
  filed(conference, { ...election, occasion: "EXTRAORDINARY", inspectionCommitteeSize: 3 }),
];
const DAYS = ["signedOn", "expiresOn", "filedOn", "effectiveOn", "issuedOn", "electedOn", "heldOn"];

/** The same record, as many times as asked, each on another day and with another name. */
function many(record: FiledRecord, count: number, seen: () => void): FiledRecord[] {
  return Array.from({ length: count }, (_, n) => {
    const moved = Object.entries(record.content).map(([name, value]) => [
      name,
      DAYS.includes(name) && typeof value === "string" ? addDays(value, n) : value,
    ]);
    return watched(
      { ...record, recordId: `record-${n}`, content: watched(Object.fromEntries(moved) as FiledRecord["content"], seen) },
      seen,
    );
  });
}

function watched<T extends object>(of: T, seen: () => void): T {
  return new Proxy(of, {
    get(target, name, self): unknown {
      seen();
      return Reflect.get(target, name, self);
    },
  });
}

/** How often values of records are read while a unit with so many of each kind is worked out. */
function reads(history: typeof nursery, count: number): number {
  let seen = 0;
  const records = kinds.flatMap((record) => many(record, count, () => void seen++));
  const { schoolLevel, ownership } = history.profiles[0]!;
  const own = dossier({ schoolLevel, ownership, schoolYear: years.at(-1)! }, ...records);
  findingsOfFile({ history, schoolYears: years, records, communeUnions: [], formers: [] });
  findingsOfYear({ dossier: own, account: account(own), records });
  return seen;
}

test.each([
  ["public", unit()],
  ["non-public", nursery],
])("twice as many records of a %s school are about twice the work for all checks and measures", (_, history) => {
  expect(reads(history, 800) / reads(history, 400)).toBeLessThan(2.5);
});

test("overlaps are those that comparing all agreements in pairs finds", () => {
  const facts = fc.record({
    from: fc.nat(800),
    days: fc.nat(700),
    type: fc.constantFrom("ENTERPRISE", "SECTOR"),
    origin: fc.constantFrom("NEW", "RENEWED"),
  });
  fc.assert(
    fc.property(fc.array(facts, { maxLength: 12 }), (all) => {
      const records = all.map(({ from, days, type, origin }, n): FiledRecord => {
        const signedOn = addDays("2020-01-01", from);
        const own = { reference: `${n}`, type, origin, signedOn, effectiveOn: signedOn, expiresOn: addDays(signedOn, days) };
        return { ...agreement, recordId: `record-${String(n).padStart(2, "0")}`, content: { ...agreement.content, ...own } };
      });
      const file: UnitFile = { history: nursery, schoolYears: years, records, communeUnions: [], formers: [] };
      const looked = agreementOverlaps.scope === "FILE" ? agreementOverlaps.look(file) : [];
      expect(looked.map(({ values }) => [values["reference"], values["other"]])).toEqual(inPairs(file));
    }),
  );
});

function inPairs(file: UnitFile): [string | null, string | null][] {
  const all = agreementsOf(file);
  return all.flatMap((second, index) => {
    const { type, origin, reference } = second.record.content;
    const others = all.slice(0, index).filter((first) => {
      const isRenewal = origin === "RENEWED" && second.from >= addDays(first.until, -GRACE);
      return first.record.content.type === type && second.from <= first.until && !isRenewal;
    });
    const last = others
      .map(({ until }) => until)
      .sort()
      .at(-1);
    const other = others.find(({ until }) => until === last);
    return other ? [[reference, other.record.content.reference]] : [];
  });
}
