import { COMMITTEES_BY_SIZE } from "../../src/domain/records/kinds/inspection-committee.js";
import { demonstrationSeed } from "../../src/seeding/demonstration.js";
import { documentsSeed } from "../../src/seeding/documents.js";
import { hubOf, LAST_DAY } from "./drafts-as-hub.js";

const MADE_YEARS = ["2022-2023", "2023-2024", "2024-2025"];
const documents = documentsSeed();
const hub = hubOf([documents, demonstrationSeed()], LAST_DAY);
const staffConferences = (code: string, year: string) => {
  const { staffConferenceYes = 0, staffConferenceNo = 0, staffConferenceNoReport = 0 } = hub.tallyOf(code, year);
  return {
    held: staffConferenceYes,
    owed: staffConferenceYes + staffConferenceNo + staffConferenceNoReport,
    missing: staffConferenceNoReport,
  };
};

describe("what was printed", () => {
  test("is kept: 20 published figures, ten directives and documents cited, three conferences", () => {
    const count = (kind: string) => documents.records.filter((draft) => draft.kind === kind).length;
    expect([count("publishedFigure"), count("directive"), count("conference")]).toEqual([20, 10, 3]);
  });

  test("is what the records come to: in Cao Bằng city 32 of 32 in 2024-2025, with 32 unions, pacts and committees of 3 to 5", () => {
    const tally = hub.tallyOf("CB-TP", "2024-2025");
    expect(staffConferences("CB-TP", "2024-2025")).toEqual({ held: 32, owed: 32, missing: 0 });
    expect(tally).toMatchObject({ grassrootsUnions: 32, emulationPactYes: 32, inspectionCommitteesElected: 32 });
    for (const { draft } of hub.records)
      if (draft.kind === "conference" && draft.unit.startsWith("CB-TP-") && draft.schoolYear === "2024-2025")
        expect([3, 4, 5]).toContain(draft.content.inspectionCommitteeSize);
  });

  test("is what the committees come to: in Cao Bằng city all 32 elected and in their term, of 3 to 5 members", () => {
    const tally = hub.tallyOf("CB-TP", "2024-2025");
    expect(tally).toMatchObject({ inspectionCommitteeYes: 32, inspectionCommitteeElectionYes: 32 });
    expect(COMMITTEES_BY_SIZE.map(({ key }) => tally[key] ?? 0).slice(3)).toEqual([0, 0, 0, 0, 0]);
  });

  test("is what the unions come to: full sets of regulations in all of Bắc Từ Liêm in 2023-2024, each body meeting every month or two", () => {
    const tally = hub.tallyOf("HN-BTL", "2023-2024");
    const unions = (tally.grassrootsUnions ?? 0) + (tally.occupationalUnions ?? 0);
    expect(tally.fullRegulationSetYes).toBe(unions);
    expect([tally.fullRegulationSetNo, tally.fullRegulationSetNoReport]).toEqual([undefined, undefined]);
    expect((tally.executivesMeetingMonthly ?? 0) + (tally.executivesMeetingEveryTwoMonths ?? 0)).toBe(unions);
    expect(tally.womensCommitteeYes).toBe(unions);
  });

  test("is what the schools of Cao Phong come to in 2021-2022: all applied pay and benefit policy; hundreds were helped, many initiatives registered", () => {
    const tally = hub.tallyOf("HB-CP", "2021-2022");
    expect([tally.policyComplianceYes, tally.activityReportYes]).toEqual([tally.schools, tally.schools]);
    expect(tally.welfareRecipients).toBeGreaterThan(200);
    expect(tally.initiativesRegistered).toBeGreaterThan(50);
  });

  test("is what was planned for the congresses under Cao Bằng's sector union: 30 before 31 May 2023, its own before 31 July", () => {
    const days = (unit: (code: string) => boolean) =>
      hub.records.filter(({ draft }) => draft.kind === "congress" && unit(draft.unit)).map(({ content }) => String(content.heldOn));
    expect(days((code) => code.startsWith("CB-GD-")).filter((day) => day < "2023-05-31")).toHaveLength(30);
    expect(hub.tallyOf("CB-GD", "2022-2023").congressYes).toBe(30);
    expect(days((code) => code === "CB-GD").every((day) => day < "2023-07-31")).toBe(true);
    expect(hub.tallyOf("CB-GD", "2023-2024").federationCongressYes).toBe(1);
  });

  test("leaves the earlier years of the city open: two reports of 2023-2024 are missing", () => {
    expect(staffConferences("CB-TP", "2022-2023")).toEqual({ held: 29, owed: 32, missing: 1 });
    expect(staffConferences("CB-TP", "2023-2024")).toEqual({ held: 30, owed: 32, missing: 2 });
  });

  test("moves when a newcomer records one of the two", () => {
    const content = { heldOn: "2023-10-20", workers: 40, convened: 40, present: 38, votesFor: 38, pactSigned: true };
    const record = { kind: "conference", unit: "CB-TP-TH-SONGHIEN", schoolYear: "2023-2024", content };
    const moved = hubOf(
      [documents, demonstrationSeed(), { provenance: "REPORTED", schoolYears: [], units: [], records: [record] }],
      LAST_DAY,
    );
    expect(moved.records.at(-1)?.problems).toEqual([]);
    expect(moved.tallyOf("CB-TP", "2023-2024")).toMatchObject({ staffConferenceYes: 31, staffConferenceNoReport: 1 });
  });

  test("is what the records come to in Thanh Trì: every staff conference of every year, those of 2023-2024 before 14 October", () => {
    for (const year of MADE_YEARS) {
      const { held, owed } = staffConferences("HN-TT", year);
      expect(owed).toBeGreaterThan(50);
      expect(held).toBe(owed);
    }
    for (const { draft } of hub.records)
      if (
        draft.kind === "conference" &&
        draft.unit.startsWith("HN-TT-") &&
        draft.schoolYear === "2023-2024" &&
        hub.units.get(draft.unit)?.ownership === "PUBLIC"
      )
        expect(String(draft.content.heldOn) < "2023-10-14").toBe(true);
  });

  test("leaves the province of Cao Bằng below 100% in every year, and every federation below it with some reports", () => {
    for (const year of MADE_YEARS) {
      const { held, owed } = staffConferences("CB", year);
      expect(held / owed).toBeLessThan(0.99);
      expect(held / owed).toBeGreaterThan(0.85);
    }
  });

  test("has its occupational union in Bắc Từ Liêm in 2023-2024, not before", () => {
    expect(hub.tallyOf("HN-BTL", "2022-2023").occupationalUnions ?? 0).toBe(0);
    expect(hub.tallyOf("HN-BTL", "2023-2024").occupationalUnions).toBe(1);
  });
});
