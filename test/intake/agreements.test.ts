import { openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, draft, refusals, report, schoolYear } from "../desk.js";

let database: TestDatabase;
let desk: Desk;
let count = 0;

/** A union of three non-public schools in a district. */
async function union() {
  const n = ++count;
  const [D, U, X, Y, Z] = ["D", "U", "X", "Y", "Z"].map((letter) => `${letter}${n}`) as [string, string, string, string, string];
  const owned = { ownership: "PRIVATE" as const, schoolLevel: "PRESCHOOL" as const };
  await desk.register(draft.district(D, "P"), draft.union(U, D), ...[X, Y, Z].map((code) => draft.school(code, U, owned)));
  const inForce = async (code: string) =>
    Promise.all(["2022-2023", "2023-2024", "2024-2025"].map(async (label) => (await desk.tally(code, label)).agreementYes ?? 0));
  const signed = async (code: string) =>
    Promise.all(["2022-2023", "2023-2024", "2024-2025"].map(async (label) => (await desk.tally(code, label)).agreementsSigned ?? 0));
  return { D, U, X, Y, Z, inForce, signed };
}

beforeAll(async () => {
  database = await openTestDatabase();
  desk = new Desk(database);
  await desk.register(draft.province("P"));
  for (const first of [2022, 2023, 2024]) await desk.openYear(schoolYear(first));
});
afterAll(() => database.close());

describe("an agreement over several schools", () => {
  test("counts for each of them in every school year in which it is in force, and once as signed", async () => {
    const { D, U, X, Y, Z, inForce, signed } = await union();
    await desk.send(report.agreement(U, { schools: [Y, X], signedOn: "2022-10-01", expiresOn: "2024-09-30", filedOn: "2022-10-03" }));
    expect(await inForce(D)).toEqual([2, 2, 0]);
    expect([await inForce(X), await inForce(Y), await inForce(Z)]).toEqual([
      [1, 1, 0],
      [1, 1, 0],
      [0, 0, 0],
    ]);
    expect(await signed(D)).toEqual([1, 0, 0]);
    expect(await signed(X)).toEqual([0, 0, 0]);
    expect(await desk.tally(D, "2022-2023")).toMatchObject({ agreementsFiledOnTime: 1, agreementsNew: 1, agreementNoReport: 1 });
    expect(await desk.tally(D)).toMatchObject({ agreementNo: 2, agreementNoReport: 1 });
  });

  test("lets go of a school that a correction takes out, and takes in one that it adds", async () => {
    const { D, U, X, Y, Z, inForce } = await union();
    await desk.send(report.agreement(U, { schools: [X, Y] }));
    expect((await desk.send(report.agreement(U, { schools: [Y, Z] }, { expectedVersion: 1 }))).outcome).toBe("STORED");
    expect([await inForce(X), await inForce(Y), await inForce(Z)]).toEqual([
      [0, 0, 0],
      [0, 1, 1],
      [0, 1, 1],
    ]);
    expect(await inForce(D)).toEqual([0, 2, 2]);
    expect(await desk.tally(X)).toMatchObject({ agreementNoReport: 1 });
  });

  test("covers a school from the day on which it joined to the day before it left", async () => {
    const { D, U, X, Y, Z, inForce } = await union();
    const participations = [
      { school: Y, joinedOn: "2024-01-15", leftOn: null },
      { school: X, joinedOn: null, leftOn: "2025-01-15" },
    ];
    const covering = { schools: [X, Y, Z], signedOn: "2022-10-01", expiresOn: "2025-09-30" };
    await desk.send(report.agreement(U, { ...covering, participations }));
    expect([await inForce(X), await inForce(Y), await inForce(Z), await inForce(D)]).toEqual([
      [1, 1, 0],
      [0, 1, 1],
      [1, 1, 1],
      [2, 3, 2],
    ]);
    expect([await desk.tally(Y, "2022-2023"), await desk.tally(X)]).toMatchObject([{ agreementNoReport: 1 }, { agreementNo: 1 }]);
    const otherwise = [participations[1], { ...participations[0], school: await desk.id(Y) }];
    expect((await desk.send(report.agreement(U, { ...covering, participations: otherwise }))).outcome).toBe("UNCHANGED");
    const same = await desk.send(report.agreement(U, { ...covering, participations: [participations[0]] }, { expectedVersion: 1 }));
    expect([same.outcome, await inForce(X), await inForce(Y)]).toEqual(["STORED", [1, 1, 1], [0, 1, 1]]);
    const unknown = { participations: [{ school: "NOWHERE", joinedOn: "2024-01-15" }] };
    expect(refusals(await desk.send(report.agreement(U, { ...covering, ...unknown }, { expectedVersion: 2 })))).toEqual([
      "UNIT_NOT_FOUND participations.0.school",
    ]);
  });

  test("counts the workers whom it covers as the schools report them, before or after it", async () => {
    const { D, U, X, Y } = await union();
    await desk.send(report.membership(X, 10));
    await desk.send(report.agreement(U, { schools: [X, Y] }));
    await desk.send(report.membership(Y, 30));
    expect(await desk.tally(D)).toMatchObject({ agreementWorkersCovered: 50, agreementWorkersEligible: 50 });
  });

  test("that is withdrawn covers none of them", async () => {
    const { D, U, X, Y, inForce, signed } = await union();
    const { record } = await desk.send(report.agreement(U, { schools: [X, Y] }));
    await desk.withdraw("collectiveAgreement", record!.recordId);
    expect([await inForce(D), await signed(D)]).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  test("is the same record however its schools are named and sorted", async () => {
    const { U, X, Y } = await union();
    await desk.send(report.agreement(U, { schools: [X, Y] }));
    expect((await desk.send(report.agreement(U, { schools: [await desk.id(Y), X, X] }))).outcome).toBe("UNCHANGED");
  });

  test("beside another of the same school counts the school once", async () => {
    const { D, U, X, Y, inForce, signed } = await union();
    await desk.submit(report.agreement(U, { schools: [X, Y] }), report.agreement(X, { reference: "of its own" }));
    expect(await inForce(D)).toEqual([0, 2, 2]);
    expect(await signed(D)).toEqual([0, 2, 0]);
  });
});

describe("an agreement", () => {
  test("of a school covers the school unless others are named", async () => {
    const { X, inForce } = await union();
    const { record } = await desk.send(report.agreement(X));
    expect(record!.content.schools).toEqual([await desk.id(X)]);
    expect(await inForce(X)).toEqual([0, 1, 1]);
  });

  test("of a federation counts as signed in the federation", async () => {
    const { D, X, Y, inForce, signed } = await union();
    await desk.send(report.agreement(D, { schools: [X, Y], type: "SECTOR" }));
    expect([await inForce(D), await signed(D), await signed(X)]).toEqual([
      [0, 2, 2],
      [0, 1, 0],
      [0, 0, 0],
    ]);
  });

  test("of a school that has become public counts no more from then on", async () => {
    const { D, X, inForce } = await union();
    await desk.send(report.agreement(X));
    await desk.update(X, { ownership: "PUBLIC", from: "2024-07-01" });
    expect(await inForce(D)).toEqual([0, 1, 0]);
    expect(await desk.tally(X)).toMatchObject({ agreementNotEligible: 1 });
  });

  test.each<[string, object, string[]]>([
    ["without schools", { schools: [] }, ["REQUIRED schools"]],
    ["over a school that had closed", { schools: ["CLOSED"] }, ["UNIT_CLOSED schools.0"]],
    ["that half of the workers voted for", { ballotFor: 10, ballotTotal: 20 }, ["RULE ballotFor"]],
    ["for half a year", { expiresOn: "2024-03-31" }, ["RULE expiresOn"]],
    ["for more than three years", { expiresOn: "2026-10-02" }, ["RULE expiresOn"]],
    ["filed before it was signed", { filedOn: "2023-09-30" }, ["OUT_OF_RANGE filedOn"]],
    ["without a reference", { reference: " " }, ["REQUIRED reference"]],
    ["over more schools than there are", { schools: Array(501).fill("CLOSED") }, ["OUT_OF_RANGE schools"]],
  ])("%s is refused", async (_, wrong, problems) => {
    const { U, X } = await union();
    await desk.register(draft.school("CLOSED", "P", { ownership: "PRIVATE" }));
    await desk.close("CLOSED", "2020-01-01");
    expect(refusals(await desk.send(report.agreement(U, { schools: [X], ...wrong })))).toEqual(problems);
  });
});

test.each(["01/tưlđtt", "01/TƯLÐTT", "01/TƯLĐTT\u200b", "01 / TƯLĐTT", "01/\u00a0TƯLĐTT", "01/TƯLƉTT"])(
  "an agreement is the same under a number that looks like %j",
  async (reference) => {
    const { D, X } = await union();
    await desk.send(report.agreement(X, { reference: "01/TƯLĐTT" }));
    const again = await desk.send(report.agreement(X, { reference }));
    expect([again.outcome, again.problems[0]]).toMatchObject(["REJECTED", { code: "VERSION_CONFLICT", differing: ["reference"] }]);
    const corrected = await desk.send(report.agreement(X, { reference }, { expectedVersion: 1 }));
    expect(corrected).toMatchObject({
      outcome: "STORED",
      record: { version: 2, content: { reference: reference.replace("\u00a0", " ") } },
    });
    const [one, other] = await desk.submit(
      report.agreement(X, { reference: "02/Đ", expiresOn: "2025-08-31" }),
      report.agreement(X, { reference: "02/đ", expiresOn: "2025-08-30" }),
    );
    expect([one!.outcome, ...refusals(other!)]).toEqual(["STORED", "REPEATED unit"]);
    expect(await desk.tally(D, "2023-2024")).toMatchObject({ agreementsSigned: 2 });
  },
);
