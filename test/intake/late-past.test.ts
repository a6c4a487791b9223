import { audit } from "../../src/ledger/audit.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, draft, refusals, report, schoolYear } from "../desk.js";

let database: TestDatabase;
let desk: Desk;
/** The stewards of the province that a union with its schools and a district left on 1 July 2024, and of the one to which they went. */
let [cb, hn]: [Desk, Desk] = [null!, null!];

beforeEach(async () => {
  database = await openTestDatabase();
  desk = new Desk(database);
  await desk.register(draft.province("CB"), draft.province("HN"), draft.district("CB-TP", "CB"), draft.district("CB-D", "CB"));
  await desk.register(draft.district("HN-TT", "HN"), draft.union("U", "CB-TP"), draft.school("D-S", "CB-D"));
  await desk.register(draft.school("P1", "U", { ownership: "PRIVATE" }), draft.school("P2", "U", { ownership: "PRIVATE" }));
  for (const first of [2022, 2023, 2024]) await desk.openYear(schoolYear(first));
  for (const [unit, parent] of Object.entries({ U: "HN-TT", "CB-D": "HN" }))
    expect((await desk.move(unit, parent, "2024-07-01")).outcome).toBe("STORED");
  cb = await desk.of("STEWARD", "CB");
  hn = await desk.of("STEWARD", "HN");
});
afterEach(() => database.close());

const YEARS = ["2022-2023", "2023-2024", "2024-2025"];
const setting = (label: string) => ({
  ...{ indicator: "staffConferenceCompletion", schoolYear: label, deadline: `${label.slice(0, 4)}-09-20` },
});
const DAYS = { signedOn: "2022-10-01", filedOn: "2022-10-05", expiresOn: "2025-09-30" };
/** What spans all three years, and of whom it tells. */
const spanning = [
  ["an agreement", "P1", (by: Desk) => by.send(report.agreement("P1", DAYS))],
  ["an agreement of those above that names a school", "P1", (by: Desk) => by.send(report.agreement("HN-TT", { ...DAYS, schools: ["P1"] }))],
  ["a unit", "NEW", async (by: Desk) => (await by.register(draft.school("NEW", "U", { openedOn: "2022-09-01" })))[0]!],
  ["a directive", "CB-D with all below", (by: Desk) => by.send(report.directive("CB-D", YEARS.map(setting), { issuedOn: "2022-09-01" }))],
] as const;

const close = async (label: string) => expect((await cb.closePeriod("CB", { schoolYear: label })).outcome).toBe("STORED");
const counted = (code: string, measure: string) => Promise.all(YEARS.map(async (label) => (await desk.tally(code, label))[measure] ?? 0));

describe("what spans years that others kept and closed, and becomes known now", () => {
  test.each(spanning)("%s is refused for the years that are open, and for these alone", async (_, __, send) => {
    await close("2022-2023");
    const before = await database.dump();
    const { outcome, problems } = await send(hn);
    expect([outcome, [...new Set(problems.map(({ code }) => code))]]).toEqual(["REJECTED", ["FORBIDDEN"]]);
    for (const { message } of problems) {
      expect(message.en).toContain("in 2023-2024: they stood in another branch then");
      expect(message.en).not.toContain("2022-2023");
    }
    expect(await database.dump()).toEqual(before);
  });

  test.each(spanning)("%s is stored with its true day and does not count there; who closed it is not told", async (_, told, send) => {
    await close("2022-2023");
    await close("2023-2024");
    const before = [await counted("CB", "schools"), await counted("CB", "agreementYes")];
    const { outcome, hints, problems } = await send(hn);
    expect([outcome, problems, hints?.length]).toEqual(["STORED", [], 1]);
    expect(hints![0]!.en).toMatch(
      new RegExp(`^Known after closing: it does not count for ${told} in 2022-2023, ${told} in 2023-2024, as these years were closed`),
    );
    expect(hints![0]!.en).not.toContain("Đơn vị");
    expect([await counted("CB", "schools"), await counted("CB", "agreementYes")]).toEqual(before);
    expect((await audit(database)).differences).toEqual([]);
    expect((await send(hn)).outcome).toBe("UNCHANGED");
    // Opened again the years are those of others still: nothing is lifted there, except by whoever keeps them.
    for (const schoolYear of ["2022-2023", "2023-2024"])
      expect((await cb.reopenPeriod("CB", { schoolYear, reason: "bổ sung" })).outcome).toBe("STORED");
    expect((await send(hn)).outcome).toBe("UNCHANGED");
    expect([await counted("CB", "schools"), await counted("CB", "agreementYes")]).toEqual(before);
    expect((await send(desk)).outcome).toBe("STORED");
    expect((await audit(database)).differences).toEqual([]);
  });

  test("it counts from the first year that is the caller's", async () => {
    await close("2022-2023");
    await close("2023-2024");
    expect((await hn.send(report.agreement("P1", DAYS))).outcome).toBe("STORED");
    expect(await counted("P1", "agreementYes")).toEqual([0, 0, 1]);
    expect((await hn.register(draft.school("NEW", "U", { openedOn: "2022-09-01" })))[0]?.outcome).toBe("STORED");
    expect(await counted("U", "schools")).toEqual([2, 2, 3]);
  });

  test("nor does it count where only a report was accepted; a directive would judge that anew and is refused", async () => {
    await close("2022-2023");
    for (const unit of ["P1", "D-S"]) {
      await desk.actOn("SUBMIT", unit, { schoolYear: "2023-2024" });
      expect((await desk.actOn("ACCEPT", unit, { schoolYear: "2023-2024" })).outcome).toBe("STORED");
    }
    const { outcome, hints } = await hn.send(report.agreement("P1", DAYS));
    expect([outcome, hints?.[0]?.en]).toEqual(["STORED", expect.stringMatching(/for P1 in 2022-2023, P1 in 2023-2024, as/)]);
    expect(new Set(refusals(await hn.send(report.directive("CB-D", YEARS.map(setting)))))).toEqual(new Set(["FORBIDDEN"]));
  });

  test("what counts there already is others' to change, closed or not", async () => {
    const { record } = await desk.send(report.agreement("P1", DAYS));
    const given = await desk.send(report.directive("CB-D", YEARS.map(setting)));
    const shorter = report.agreement("P1", { ...DAYS, expiresOn: "2023-09-30" }, { expectedVersion: 1 });
    await close("2022-2023");
    await close("2023-2024");
    for (const refused of [
      await hn.send(shorter),
      await hn.withdraw("collectiveAgreement", record!.recordId),
      await hn.withdraw("directive", given.record!.recordId),
      await hn.update("P1", { ownership: "PUBLIC" }),
      await hn.send(report.membership("P1", 20, {}, { schoolYear: "2022-2023" })),
    ])
      expect([...new Set(refusals(refused).map((one) => one.split(" ")[0]))]).toEqual(["FORBIDDEN"]);
  });

  test("of a school that the caller does not see, and that a correction keeps, nothing is told", async () => {
    const days = { filedOn: null, expiresOn: "2025-06-14" };
    const of = (schools: string[], more: object) => report.agreement("HN-TT", { ...days, ...more, schools });
    await desk.send(of(["P1", "P2"], { signedOn: "2024-06-15" }));
    expect((await desk.move("P2", "CB-TP", "2024-12-01")).outcome).toBe("STORED");
    await close("2023-2024");
    const { outcome, hints, problems } = await hn.send({ ...of(["P1"], { signedOn: "2023-06-15" }), expectedVersion: 1 });
    expect([outcome, problems, hints?.map(({ en }) => /does not count for (.*), as/.exec(en)?.[1])]).toEqual([
      "STORED",
      [],
      ["P1 in 2023-2024"],
    ]);
    const marks = await database.raw("SELECT u.code, k.school_year FROM known_late k JOIN unit u ON u.id = k.unit_id ORDER BY u.code");
    expect(marks.map(({ code, school_year: year }) => `${String(code)} ${String(year)}`)).toEqual(["P1 2023-2024", "P2 2023-2024"]);
    expect((await audit(database)).differences).toEqual([]);
  });
});
