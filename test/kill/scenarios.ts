import { openAccess } from "../../src/access/access.js";
import { type TestDatabase } from "../database.js";
import { Desk, draft, fingerprintOf, noon, report, schoolYear, TODAY } from "../desk.js";
import { type Scenario } from "./sweep.js";

const SCHOOLS = Array.from({ length: 20 }, (_, index) => `S${index + 1}`);

/** Two districts of a province, twenty schools that have reported, and a token that may change all of it. */
export async function plant(database: TestDatabase): Promise<string> {
  const desk = new Desk(database);
  const done = [
    ...(await desk.register(
      ...[draft.province("P"), draft.district("D1", "P"), draft.district("D2", "P"), draft.union("U", "D1")],
      ...SCHOOLS.map((code) => draft.school(code, "U")),
    )),
    await desk.openYear(schoolYear(2024)),
    ...(await desk.submit(...SCHOOLS.map((code) => report.conference(code)))),
  ];
  const problems = done.flatMap((result) => result.problems);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const access = openAccess({ secret: "the secret of a test, long enough", formerSecret: null, oidc: null }, database, () => noon(TODAY));
  const { token } = await access.issue({ name: "province app", role: "ADMINISTRATOR", unitId: null, days: null });
  return token;
}

/** The nth correction of a school's conference: `present` moves figures, `workers` none. */
const conference = (unit: string, field: "present" | "workers", turn: number) => ({
  ...{ ...report.conference(unit).content, unit, schoolYear: "2024-2025", expectedVersion: turn + 1 },
  ...(field === "workers" ? { workers: 31 + turn } : { present: 28 + (turn % 2) + 1, votesFor: 20 + (turn % 3) }),
});

export function scenariosOn(database: TestDatabase): Record<string, Scenario> {
  const versions = async (count: number) => {
    const rows = await database.raw("SELECT version FROM record WHERE kind = 'conference' ORDER BY version DESC");
    return rows.slice(0, count).map(({ version }) => Number(version));
  };
  const correction = (field: "present" | "workers"): Scenario => ({
    mutation: () => "recordConference",
    type: () => "RecordConferenceInput",
    says: "outcome",
    input: (turn) => conference("S1", field, turn),
    stands: async (turn) => (await versions(1))[0] === turn + 2,
  });
  return {
    "a record that moves no figure": correction("workers"),
    "a record": correction("present"),
    "a batch": {
      mutation: () => "submitRecords",
      type: () => "SubmitRecordsInput",
      says: "stored",
      input: (turn) => ({ rows: SCHOOLS.map((code) => ({ conference: conference(code, "present", turn) })) }),
      stands: async (turn) => (await versions(20)).every((version) => version === turn + 2),
    },
    "a move of a branch": {
      mutation: () => "moveUnit",
      type: () => "MoveUnitInput",
      says: "outcome",
      input: (turn) => ({ unit: "U", parent: turn % 2 === 0 ? "D2" : "D1", on: "2024-01-01", expectedVersion: turn + 1 }),
      stands: async (turn) => {
        const [row] = await database.raw("SELECT version FROM unit WHERE code = 'U'");
        return Number(row!.version) === turn + 2;
      },
    },
    "a closing": {
      mutation: (turn) => (turn % 2 === 0 ? "closePeriod" : "reopenPeriod"),
      type: (turn) => (turn % 2 === 0 ? "ReportInput" : "ReasonedReportInput"),
      says: "outcome",
      input: async (turn) => {
        const half = { unit: "P", schoolYear: "2024-2025", period: "FIRST_HALF" } as const;
        const fingerprint = await database.read((stores) => fingerprintOf(stores, half, true));
        return { ...half, expectedVersion: turn, ...(turn % 2 === 0 ? { fingerprint } : { reason: "a correction has come" }) };
      },
      stands: async (turn) => {
        const [row] = await database.raw("SELECT version FROM record WHERE kind = 'periodClosing'");
        return Number(row!.version) === turn + 1;
      },
    },
  };
}
