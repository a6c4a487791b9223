import { activityOf } from "./demonstration/activities.js";
import { agreementsOf } from "./demonstration/agreements.js";
import { emulationClusters } from "./demonstration/clusters.js";
import { committeesOf, democracyRegulationOf } from "./demonstration/committees.js";
import { conferenceOf } from "./demonstration/conferences.js";
import { congressOf, federationCongresses, regulationsOf } from "./demonstration/congresses.js";
import { membershipReportsOf, occupationalReports } from "./demonstration/memberships.js";
import { readPlan } from "./demonstration/plan.js";
import { ACKNOWLEDGEMENTS, PUBLICATIONS, reportsOf } from "./demonstration/reports.js";
import { type School, schoolsOf, unitsOf } from "./demonstration/schools.js";
import { type StaffYear, staffOver } from "./demonstration/staff.js";
import { bodiesOf, ratingsOf, unionYearOf } from "./demonstration/union-years.js";
import { type Union, unionsOf } from "./demonstration/unions.js";
import { documentsSeed } from "./documents.js";
import { type SchoolYear } from "../domain/tree/school-year.js";
import { type RecordDraft, type Seed } from "./seed.js";

/** The first school year for which the demonstration has records. */
const FIRST_YEAR = "2022-2023";
/** A year before it of which a document tells what all schools of a district did: their activity reports are made, too. */
const ALSO_REPORTED = { federation: "HB-CP", year: "2021-2022" };

/**
 * A believable federation around the facts of the documents, and loaded after them: made schools named after real
 * communes, and three school years of made records; what counts by its own days (agreements, committees) reaches further back. Same result at every call.
 */
export function demonstrationSeed(): Seed {
  const documents = documentsSeed();
  const plan = readPlan();
  const years = documents.schoolYears.filter(({ label }) => label >= FIRST_YEAR);
  const schools = schoolsOf(plan, documents.units);
  const staff = new Map(schools.map((school) => [school.code, staffOver(school, years)]));
  const staffOf = (school: School): ReadonlyMap<string, StaffYear> => staff.get(school.code) ?? new Map();
  const printed = new Set(
    documents.records.filter(({ kind }) => kind === "conference").map(({ unit, schoolYear }) => `${unit} ${schoolYear}`),
  );
  const conferences = schools.flatMap((school) =>
    years
      .filter(({ label }) => !printed.has(`${school.code} ${label}`))
      .flatMap((year) => conferenceOf(plan, school, year, staffOf(school).get(year.label))),
  );
  const conferencesBySchool = new Map<string, RecordDraft[]>();
  for (const draft of conferences) conferencesBySchool.set(draft.unit, [...(conferencesBySchool.get(draft.unit) ?? []), draft]);
  const units = unitsOf(plan, schools);
  const records: RecordDraft[] = [
    ...plan.directives.map((draft) => ({ kind: "directive", ...draft })),
    ...emulationClusters(),
    ...conferences,
    ...groupedByUnion(schools).flatMap(([reporter, members]) => agreementsOf(reporter, members, staffOf)),
    ...schools.flatMap((school) => membershipReportsOf(school, staffOf(school))),
    ...occupationalReports(plan, years),
    ...schools.flatMap((school) => workplaceRecords(school)),
    ...federationCongresses([...documents.units, ...units]),
    ...unionsOf(plan, schools, staffOf).flatMap((union) => unionRecords(union, years)),
  ];
  const reports = reportsOf([...documents.units, ...units], years, plan.exceptions);
  const after = { reports, acknowledgements: [...ACKNOWLEDGEMENTS], publications: [...PUBLICATIONS] };
  return { provenance: "DEMONSTRATION", schoolYears: [], units, records, ...after };

  function workplaceRecords(school: School): RecordDraft[] {
    const own = conferencesBySchool.get(school.code) ?? [];
    const reported = documents.schoolYears.flatMap((year) => {
      const people = staffOf(school).get(year.label);
      if (people) return activityOf(school, year, people.workersClosing, people.membersClosing);
      const first = staffOf(school).get(FIRST_YEAR);
      return first && year.label === ALSO_REPORTED.year && school.federation === ALSO_REPORTED.federation
        ? activityOf(school, year, first.workersOpening, first.membersOpening)
        : [];
    });
    return [...committeesOf(school, own, staffOf(school)), ...democracyRegulationOf(school, staffOf(school)), ...reported];
  }
}

/** The congress of a union and what follows from it, its years and its ratings. */
function unionRecords(union: Union, years: readonly SchoolYear[]): RecordDraft[] {
  const congress = congressOf(union);
  const heldOn = String(congress?.content.heldOn);
  const executives = Number(congress?.content.committeeSize);
  return [
    ...(congress ? [congress, ...regulationsOf(union, heldOn), ...bodiesOf(union, heldOn, executives)] : []),
    ...years.flatMap((year) => unionYearOf(union, year)),
    ...ratingsOf(union, years),
  ];
}

/** Who reports the agreements of whom: a school its own, a union of several schools theirs. */
function groupedByUnion(schools: readonly School[]): [string, School[]][] {
  const unions = new Map<string, School[]>();
  for (const school of schools) if (school.union) unions.set(school.union, [...(unions.get(school.union) ?? []), school]);
  return [...unions].map(([union, members]) => [members[1] ? union : (members[0]?.code ?? union), members]);
}
