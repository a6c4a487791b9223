import { randomUUID } from "node:crypto";
import { indicators } from "../../src/domain/figures/catalogue.js";
import { type SchoolYear } from "../../src/domain/tree/school-year.js";
import { YEAR } from "./nation.js";
import { type BenchSchool } from "./province.js";

/** Corrections of conferences, or where there is none yet, conferences. */
export function conferences(schools: readonly BenchSchool[], n: number): object[] {
  return schools.slice(0, n).map(({ code, workers }) => ({
    conference: {
      unit: code,
      schoolYear: YEAR.label,
      expectedVersion: 1,
      heldOn: "2024-11-20",
      workers,
      convened: workers,
      present: workers,
      votesFor: workers,
    },
  }));
}

/** New records at every call. */
export function regulations(schools: readonly BenchSchool[], n: number): object[] {
  const number = randomUUID().slice(0, 8);
  return schools
    .slice(0, n)
    .map(({ code }) => ({ democracyRegulation: { unit: code, number, issuedOn: "2024-09-10", consulted: "UNION" } }));
}

/** Each sets a target of every indicator in every school year. */
export function directives(unit: string, years: readonly SchoolYear[], n: number): object[] {
  const settings = years.flatMap(({ label }) => indicators.map(({ key: indicator }) => ({ indicator, schoolYear: label, target: 0.5 })));
  const number = randomUUID().slice(0, 8);
  return Array.from({ length: n }, (_, k) => ({ directive: { unit, number: `${k}/${number}`, issuedOn: "2022-08-15", settings } }));
}

/** Judges every school below anew. */
export function deadline(unit: string): object {
  const settings = [{ indicator: "staffConferenceCompletion", schoolYear: YEAR.label, deadline: "2024-10-31" }];
  return { directive: { unit, number: randomUUID().slice(0, 8), issuedOn: "2024-09-15", settings } };
}

export function newSchools(parent: string, n: number): object[] {
  const code = randomUUID().slice(0, 8);
  return Array.from({ length: n }, (_, k) => ({
    ...{ code: `${code}-${k}`, kind: "SCHOOL", name: `Trường ${k}`, parent, openedOn: "2025-09-01" },
    ...{ schoolLevel: "PRIMARY", ownership: "PUBLIC" },
  }));
}

export function reports(schools: readonly BenchSchool[], n: number): object[] {
  return schools.slice(0, n).map(({ code }) => ({ unit: code, schoolYear: YEAR.label }));
}
