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

describe("a school year that was opened wrongly", () => {
  let office: Desk;
  let other: TestDatabase;
  const derived = async () => {
    const { dossier, ledger, finding, school_year: years, known_late: late } = await other.dump();
    return { dossier, finding, years, late, ledger: ledger!.filter((row) => /:[1-9]/.test(row.replace(/[0-9a-f-]{36}|\d{4}-\d{4}/g, ""))) };
  };
  beforeAll(async () => {
    other = await openTestDatabase();
    office = new Desk(other);
    await office.register(draft.province("P"), draft.district("D", "P"), draft.union("U", "D"), draft.school("S", "U"));
    await office.register(draft.school("MAY", "U", { openedOn: "2025-05-10", ownership: "PRIVATE" }));
    for (const first of [2023, 2024, 2025]) await office.openYear(schoolYear(first));
    await office.submit(report.membership("S"), report.conference("S"));
    // Signed between two reference dates that are to be moved.
    await office.send(report.agreement("MAY", { signedOn: "2025-05-15", expiresOn: "2027-05-14", filedOn: null }));
  });
  afterAll(() => other.close());

  test("gets other days, and all figures are as if it had been opened with them; back they are as before", async () => {
    const before = await derived();
    expect((await office.tally("P")).schools).toBe(2);
    const tried = await office.trying().correctYear("2024-2025", { referenceDate: "2025-04-30" });
    expect(await derived()).toEqual(before);
    expect(await office.correctYear("2024-2025", { referenceDate: "2025-04-30" })).toEqual(tried);
    expect(tried).toMatchObject({ outcome: "STORED", version: 2, year: { referenceDate: "2025-04-30", countsFrom: "2024-06-01" } });
    expect((await office.tally("P")).schools).toBe(1);
    expect((await office.tally("P", "2025-2026")).agreementsSigned).toBe(1);
    expect((await audit(other)).differences).toEqual([]);
    expect((await office.correctYear("2024-2025", { referenceDate: "2025-04-30" })).outcome).toBe("UNCHANGED");
    expect((await office.correctYear("2024-2025", { referenceDate: "2025-05-31", expectedVersion: 2 })).version).toBe(3);
    expect(await derived()).toEqual(before);
    expect((await audit(other)).differences).toEqual([]);
  });

  test.each<[string, Parameters<Desk["correctYear"]>, string[]]>([
    ["one that is not open", ["2030-2031", { startsOn: "2030-09-05" }], ["SCHOOL_YEAR_NOT_FOUND label"]],
    ["without a reason", ["2024-2025", { startsOn: "2024-09-01", reason: " " }], ["REQUIRED reason"]],
    ["with a long reason", ["2024-2025", { startsOn: "2024-09-01", reason: "x".repeat(501) }], ["OUT_OF_RANGE reason"]],
    ["of an older version", ["2024-2025", { startsOn: "2024-09-01", expectedVersion: 1 }], ["VERSION_CONFLICT expectedVersion"]],
    ["with days of other years", ["2024-2025", { endsOn: "2026-05-31" }], ["OUT_OF_RANGE endsOn", "RULE startsOn"]],
    ["with a reference date after the next one", ["2024-2025", { referenceDate: "2025-10-01" }], ["OUT_OF_RANGE referenceDate"]],
  ])("corrected as %s is refused and changes nothing", async (_, correction, problems) => {
    const before = await other.dump();
    expect(refusals(await office.correctYear(...correction))).toEqual(problems);
    expect(await other.dump()).toEqual(before);
  });

  test("is corrected, and withdrawn, only by whoever keeps the top", async () => {
    for (const [role, code] of [
      ["STEWARD", "D"],
      ["RECORDER", "P"],
    ] as const) {
      const desk = await office.of(role, code);
      expect(refusals(await desk.correctYear("2024-2025", { startsOn: "2024-09-01" }))).toEqual(["FORBIDDEN"]);
      expect(refusals(await desk.withdrawYear("2024-2025"))).toEqual(["FORBIDDEN"]);
    }
    expect((await (await office.of("STEWARD", "P")).trying().correctYear("2024-2025", { startsOn: "2024-09-01" })).outcome).toBe("STORED");
  });

  test("is not corrected where an accepted report, a closed period or a published vintage would change, of the year after it neither", async () => {
    const moved = () => office.correctYear("2024-2025", { referenceDate: "2025-04-30" });
    const locks: [() => Promise<unknown>, () => Promise<unknown>][] = [
      [() => office.closePeriod("P"), () => office.reopenPeriod("P", { reason: "a test" })],
      [
        () => office.on("2026-06-20").closePeriod("P", { schoolYear: "2025-2026" }),
        () => office.reopenPeriod("P", { schoolYear: "2025-2026", reason: "a test" }),
      ],
    ];
    for (const [lock, open] of locks) {
      await lock();
      const before = await other.dump();
      expect(refusals(await moved())[0]).toBe("PERIOD_LOCKED referenceDate");
      expect(await other.dump()).toEqual(before);
      await open();
    }
    expect((await office.trying().correctYear("2024-2025", { referenceDate: "2025-04-30" })).outcome).toBe("STORED");
    await office.publish("P", "2024-2025");
    const before = await other.dump();
    const refused = await moved();
    expect(refusals(refused)).toEqual(["PERIOD_LOCKED referenceDate"]);
    expect(refused.problems[0]!.message.en).toContain("P in 2024-2025");
    expect(await other.dump()).toEqual(before);
  });

  test("is withdrawn where nothing was recorded in it, all figures are as if it had never been opened, and it can be opened again", async () => {
    const before = await derived();
    expect((await office.openYear(schoolYear(2026, "2027-06-30"))).version).toBe(1);
    expect((await office.openYear(schoolYear(2022, "2023-04-30"))).version).toBe(1);
    expect((await office.withdrawYear("2022-2023")).outcome).toBe("STORED");
    const tried = await office.trying().withdrawYear("2026-2027");
    expect(await office.withdrawYear("2026-2027", 1)).toEqual(tried);
    expect(tried).toMatchObject({ outcome: "STORED", version: 2, year: { label: "2026-2027" } });
    expect(await derived()).toEqual(before);
    expect((await audit(other)).differences).toEqual([]);
    expect(refusals(await office.withdrawYear("2026-2027"))).toEqual(["SCHOOL_YEAR_NOT_FOUND label"]);
    expect((await office.openYear(schoolYear(2026))).version).toBe(3);
  });

  test("is not withdrawn where something is in force in it: it says what", async () => {
    await office.send(report.directive("P", [{ indicator: "staffConferenceCompletion", schoolYear: "2026-2027", target: 0.5 }]));
    const before = await other.dump();
    const refused = await office.withdrawYear("2024-2025");
    expect(refusals(refused)).toEqual(["RULE label"]);
    expect(refused.problems[0]!.message.en).toMatch(/1 Conference, 1 MembershipReport, .*1 Vintage/);
    expect((await office.withdrawYear("2026-2027")).problems[0]!.message.en).toContain("1 Directive");
    expect(refusals(await office.withdrawYear("2026-2027", 1))).toEqual(["VERSION_CONFLICT expectedVersion", "RULE label"]);
    expect(await other.dump()).toEqual(before);
  });

  test("that another top has recorded in is forbidden to withdraw, without saying what", async () => {
    await office.register(draft.province("Q"), draft.school("T", "Q", { openedOn: "2012-01-01" }));
    const steward = await office.of("STEWARD", "Q");
    const refused = await steward.withdrawYear("2024-2025");
    expect(refusals(refused)[0]).toMatch(/^FORBIDDEN/);
    expect(refused.problems).toHaveLength(1);
    expect(refused.problems[0]!.message.en).not.toMatch(/Conference|Report|Vintage/);
  });
});
