import { audit } from "../../src/ledger/audit.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, draft, refusals, report, schoolYear } from "../desk.js";

let database: TestDatabase;
let desk: Desk;

beforeAll(async () => {
  database = await openTestDatabase();
  desk = new Desk(database);
  await desk.register(
    draft.province("P"),
    draft.district("D", "P"),
    draft.union("U", "D"),
    draft.school("OLD", "U"),
    draft.school("NEW", "U", { openedOn: "2024-06-01" }),
  );
  await desk.register(draft.school("PRIVATE", "U", { ownership: "PRIVATE" }));
});
afterAll(() => database.close());

describe("opening a school year", () => {
  test("counts every unit open on its reference date as not having reported what it owes", async () => {
    expect((await desk.openYear(schoolYear(2023))).outcome).toBe("STORED");
    for (const code of ["D", "P"]) {
      const counts = {
        schools: 2,
        grassrootsUnions: 1,
        staffConferenceNoReport: 1,
        labourConferenceNoReport: 1,
        agreementNoReport: 1,
        membershipReportNoReport: 2,
      };
      expect(await desk.tally(code, "2023-2024")).toMatchObject(counts);
    }
    expect(await desk.tally("NEW", "2023-2024")).toEqual({});
  });

  test("may come with a reference date in the future", async () => {
    expect((await desk.openYear(schoolYear(2025, "2026-06-30"))).outcome).toBe("STORED");
    expect(await desk.tally("P", "2025-2026")).toMatchObject({ schools: 3 });
    await desk.close("NEW", "2026-06-30");
    expect(await desk.tally("P", "2025-2026")).toMatchObject({ schools: 2 });
  });

  test("takes in what was recorded before it was opened and counts in it", async () => {
    await desk.send(report.agreement("PRIVATE", { signedOn: "2024-10-01", expiresOn: "2026-09-30", filedOn: null }));
    await desk.openYear(schoolYear(2024));
    expect(await desk.tally("P", "2024-2025")).toMatchObject({ agreementYes: 1, agreementsSigned: 1 });
    expect(await desk.tally("P", "2025-2026")).toMatchObject({ agreementYes: 1 });
  });

  test("twice is no change; with other days it is refused", async () => {
    const before = await database.dump();
    expect((await desk.openYear(schoolYear(2024))).outcome).toBe("UNCHANGED");
    expect(refusals(await desk.openYear(schoolYear(2024, "2025-06-30")))).toEqual(["ALREADY_EXISTS label"]);
    expect(await database.dump()).toEqual(before);
  });

  test.each<[string, Partial<ReturnType<typeof schoolYear>>, string[]]>([
    ["without a label", { label: "" }, ["INVALID label"]],
    ["of two years", { label: "2026-2028" }, ["INVALID label"]],
    ["of one number", { label: "2026" }, ["INVALID label"]],
    [
      "on no days",
      { startsOn: "x", endsOn: "2027-02-30", referenceDate: "" },
      ["INVALID startsOn", "INVALID endsOn", "INVALID referenceDate"],
    ],
    [
      "of other years than its label says",
      { startsOn: "2027-09-05", endsOn: "2028-05-31" },
      ["OUT_OF_RANGE startsOn", "OUT_OF_RANGE endsOn", "OUT_OF_RANGE referenceDate"],
    ],
    ["with a reference date before it starts", { referenceDate: "2026-09-05" }, ["OUT_OF_RANGE referenceDate"]],
    ["with a reference date long after it", { referenceDate: "2027-12-31" }, ["OUT_OF_RANGE referenceDate"]],
    ["that overlaps another", { startsOn: "2026-01-01" }, ["RULE startsOn"]],
  ])("%s is refused", async (_, changes, problems) => {
    const before = await database.dump();
    expect(refusals(await desk.openYear({ ...schoolYear(2026), ...changes }))).toEqual(problems);
    expect(await database.dump()).toEqual(before);
  });

  test("tried first answers the same and opens nothing", async () => {
    const before = await database.dump();
    expect((await desk.trying().openYear(schoolYear(2026))).outcome).toBe("STORED");
    expect(await database.dump()).toEqual(before);
  });

  test("moves what is found by its day, finds what is silent in it, and comes to what a rebuild does, whichever year is opened", async () => {
    await desk.register(draft.union("LARGE", "D"), draft.union("SILENT", "D"));
    const commune = { kind: "COMMUNE_UNION", name: "Công đoàn xã Hòa An" } as const;
    await desk.register(draft.district("C1", "P", commune), draft.district("C2", "P", commune));
    const record = (kind: string, unit: string, content: object, label: string | null = null) => ({
      ...{ kind, unit, schoolYear: label, content: { ...content }, expectedVersion: null, reason: null },
    });
    const congress = { term: "2021-2026", heldOn: "2021-06-10", committeeSize: 25, members: 40 };
    const results = await desk.submit(record("congress", "LARGE", congress), report.membership("OLD", 20, {}, { schoolYear: "2023-2024" }));
    expect(results.map(({ outcome }) => outcome)).toEqual(["STORED", "STORED"]);
    const found = async (code: string) => {
      const id = await desk.id(code);
      const all = await database.read((stores) => stores.findings.ofUnits([id]));
      return all.map(({ schoolYear: label, check, values }) => [label, check, values["ever"] ?? null]).sort();
    };
    const before = [
      ["2023-2024", "NOTHING_REPORTED", 0],
      ["2024-2025", "NOTHING_REPORTED", 0],
      ["2025-2026", "NOTHING_REPORTED", 0],
    ];
    expect(await found("SILENT")).toEqual(before);
    expect(await found("LARGE")).toContainEqual(["2023-2024", "EXECUTIVE_COMMITTEE_SIZE", null]);
    for (const first of [2026, 2022, 2021]) expect((await desk.openYear(schoolYear(first))).outcome).toBe("STORED");
    const silent = ["2021-2022", "2022-2023"].map((label) => [label, "NOTHING_REPORTED", 0]);
    expect(await found("SILENT")).toEqual([...silent, ...before, ["2026-2027", "NOTHING_REPORTED", 0]]);
    expect((await found("OLD")).filter(([, check]) => check === "NOTHING_REPORTED").map(([label]) => label)).not.toContain("2022-2023");
    expect(await found("OLD")).toContainEqual(["2026-2027", "NOTHING_REPORTED", 1]);
    expect((await found("P")).map(([label, check]) => [label, check])).toEqual([["2021-2022", "COMMUNE_UNIONS_OF_ONE_NAME"]]);
    const sizes = (await found("LARGE")).filter(([, check]) => check === "EXECUTIVE_COMMITTEE_SIZE");
    expect(sizes).toEqual([["2021-2022", "EXECUTIVE_COMMITTEE_SIZE", null]]);
    expect((await audit(database)).differences).toEqual([]);
  });

  test("moves the first day of the year after it, also where that is closed: no lock stands in the way of a school year", async () => {
    await desk.send(report.agreement("PRIVATE", { reference: "2/2021", signedOn: "2021-05-15", expiresOn: "2023-05-14", filedOn: null }));
    await desk.closePeriod("P", { schoolYear: "2021-2022" });
    expect((await desk.tally("P", "2021-2022")).agreementsSigned).toBeUndefined();
    expect(await desk.openYear(schoolYear(2020, "2021-04-30"))).toMatchObject({ outcome: "STORED", year: { countsFrom: "2020-05-01" } });
    expect(await desk.tally("P", "2021-2022")).toMatchObject({ agreementsSigned: 1 });
    expect((await audit(database)).differences).toEqual([]);
  });
});
