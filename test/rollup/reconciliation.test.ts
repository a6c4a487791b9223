import { bounds, figures } from "../../src/domain/figures/indicator.js";
import { statusCounts } from "../../src/domain/counting/voices.js";
import { staffConferenceCompletion } from "../../src/domain/figures/list/staff-conference-completion.js";
import { publishedFigure } from "../../src/domain/records/kinds/published-figure.js";
import { audit } from "../../src/ledger/audit.js";
import { reconcile } from "../../src/domain/analysis/reconciliation.js";
import { causesOf } from "../../src/domain/analysis/reconciliation-causes.js";
import { loadSeed } from "../../src/seeding/load.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { withDemo } from "../prepared.js";
import { Desk, draft, noon, report } from "../desk.js";

let database: TestDatabase;
let desk: Desk;

beforeAll(async () => {
  database = await openTestDatabase(undefined, withDemo);
  desk = new Desk(database);
});
afterAll(() => database.close());

async function reconciled(code: string, label: string) {
  const unitId = await desk.id(code);
  const tally = await desk.tally(code, label);
  const all = await database.read((stores) => stores.records.reportedBy([unitId], publishedFigure.key));
  return reconcile(all, label, tally).map((one) => {
    const { published, computed, difference, agrees, incomparable } = one;
    return {
      ...{ indicator: published.content.indicator, computed: computed && [computed.numerator, computed.denominator, computed.value] },
      ...{ difference, agrees, incomparable, causes: causesOf(one) },
    };
  });
}

const whyNot = (indicator: string, incomparable: string, computed: unknown = null) => ({
  indicator,
  computed,
  difference: null,
  agrees: null,
  incomparable,
  causes: expect.any(Array),
});

describe("the demonstration", () => {
  test("in Cao Bằng city 2024-2025 has 32 of 32 staff conferences, all reported", async () => {
    const tally = await desk.tally("CB-TP");
    expect(figures(staffConferenceCompletion, tally)).toEqual({ numerator: 32, denominator: 32, value: 1 });
    expect(statusCounts(staffConferenceCompletion.obligation!, tally)).toMatchObject({ yes: 32, no: 0, noReport: 0 });
    expect(bounds(staffConferenceCompletion, tally)).toEqual({ lower: 1, upper: 1 });
  });

  test("loaded twice is what it was", async () => {
    const before = await database.dump();
    await loadSeed(database, "demo", noon("2026-01-01"));
    expect(await database.dump()).toEqual(before);
    expect((await audit(database)).differences).toEqual([]);
  });
});

describe("the figures that the documents print, beside what the hub computes", () => {
  test("agree in Cao Bằng city, or say why they cannot be compared", async () => {
    const found = await reconciled("CB-TP", "2024-2025");
    expect(found).toHaveLength(5);
    expect(found).toEqual(
      expect.arrayContaining([
        { indicator: "grassrootsUnionCount", computed: [32, null, 32], difference: 0, agrees: true, incomparable: null, causes: [] },
        { indicator: "staffConferenceCompletion", computed: [32, 32, 1], difference: 0, agrees: true, incomparable: null, causes: [] },
        whyNot("inspectionCommitteeSize", "IN_WORDS", [124, 32, 3.875]),
        whyNot("inspectionCommitteeElection", "IN_WORDS", [32, 32, 1]),
        { ...whyNot("emulationPact", "IN_WORDS"), computed: expect.any(Array) },
      ]),
    );
  });

  test("of a whole term in Thanh Trì count other employers", async () => {
    const found = await reconciled("HN-TT", "2022-2023");
    expect(found.map(({ indicator, incomparable }) => [indicator, incomparable]).sort()).toEqual([
      ["agreementsSignedInTerm", "OTHER_SCOPE"],
      ["democracyRegulation", "OTHER_SCOPE"],
      ["inspectionCommitteeInTerm", "OTHER_SCOPE"],
      ["labourConferenceCompletion", "OTHER_SCOPE"],
      ["staffConferenceCompletion", "OTHER_SCOPE"],
    ]);
    expect(found.every(({ difference, agrees }) => difference === null && agrees === null)).toBe(true);
    const causes = (indicator: string) =>
      found.find((figure) => figure.indicator === indicator)?.causes.map(({ code, words }) => `${code}: ${words.en}`) ?? [];
    expect(causes("democracyRegulation")[0]).toBe(
      "WITHOUT_DENOMINATOR: 88.12% was printed without a denominator; the smallest fraction that reads so is 89/101.",
    );
    expect(causes("inspectionCommitteeInTerm")[0]).toMatch(/98.02% .* 99\/101\.$/);
    expect(causes("labourConferenceCompletion")[0]).toMatch(/73.3% .* 11\/15\.$/);
    expect(causes("agreementsSignedInTerm")[0]).toMatch(/54% .* 7\/13\.$/);
    expect(causes("staffConferenceCompletion")[0]).toMatch(
      /100% was printed without a denominator; such a figure fits every denominator\.$/,
    );
    expect(causes("inspectionCommitteeInTerm")[1]).toMatch(
      /^OTHER_DENOMINATOR: It counts others than the \d+ that the hub counts: agencies, units and enterprises together\.$/,
    );
  });

  test("agree in Bắc Từ Liêm (full sets of regulations) and in Cao Phong (pay and benefit policy), in the made records, too", async () => {
    const set = (await reconciled("HN-BTL", "2023-2024")).find(({ indicator }) => indicator === "fullRegulationSet");
    expect(set).toMatchObject({ computed: [70, 70, 1], difference: 0, agrees: true, incomparable: null });
    const found = await reconciled("HB-CP", "2021-2022");
    expect(found.find(({ indicator }) => indicator === "policyCompliance")).toMatchObject({ computed: [31, 31, 1], agrees: true });
    expect(found.filter(({ incomparable }) => incomparable === "UNKNOWN_INDICATOR")).toEqual([]);
  });

  test("of a term do not speak of a year after it", async () => {
    expect(await reconciled("HN-TT", "2024-2025")).toEqual([]);
  });
});

describe("a published figure", () => {
  const beside = async (content: object, schoolYear: string | null = "2024-2025") => {
    await desk.register(
      draft.province("FIG", "VN"),
      draft.union("FIG-U", "FIG"),
      ...["A", "B", "C"].map((code) => draft.school(`FIG-${code}`, "FIG-U")),
    );
    await desk.submit(report.conference("FIG-A"), report.conference("FIG-B"), report.membership("FIG-A", 100));
    const { record } = await desk.send(report.figure("FIG", { document: JSON.stringify(content), ...content }, { schoolYear }));
    const [found] = await reconciled("FIG", "2024-2025");
    await desk.withdraw("publishedFigure", record!.recordId);
    return found;
  };

  test.each<[string, object, boolean, number]>([
    [
      "agrees in the decimals in which it was printed",
      { indicator: "staffConferenceCompletion", value: 0.667, decimals: 1 },
      true,
      2 / 3 - 0.667,
    ],
    ["differs in one decimal more", { indicator: "staffConferenceCompletion", value: 0.667, decimals: 2 }, false, 2 / 3 - 0.667],
    ["printed as a fraction is divided by the hub", { indicator: "staffConferenceCompletion", numerator: 4, denominator: 6 }, true, 0],
    ["of a count is compared as a count", { indicator: "members", value: 103 }, false, -3],
    ["of a count may stand in the numerator", { indicator: "members", numerator: 100 }, true, 0],
  ])("%s", async (_, content, agrees, difference) => {
    const found = await beside(content);
    expect(found).toMatchObject({ agrees, incomparable: null });
    expect(found!.difference).toBeCloseTo(difference, 12);
  });

  // Of three schools A and B held their conference, C has reported nothing: 2 of 3.
  test.each<[string, object, string[]]>([
    ["rounded", { value: 0.667, decimals: 1, numerator: 2, denominator: 3 }, ["ROUNDING: 2 of 3 is 66.6667%, printed as 66.7%."]],
    ["cut off", { value: 0.666, decimals: 1, numerator: 2, denominator: 3 }, ["CUT_OFF: 2 of 3 is 66.6667%; cut off it reads 66.6%."]],
    [
      "of whoever reported",
      { value: 1, decimals: 0 },
      [
        "WITHOUT_DENOMINATOR: 100% was printed without a denominator; such a figure fits every denominator.",
        "MISSING_REPORTS: 1 of 3 units have reported nothing; counting only the others gives the printed figure.",
        "OTHER_NUMERATOR: 100% is 3 of 3, the hub counts 2.",
      ],
    ],
    [
      "of another numerator",
      { value: 0.3333, decimals: 2 },
      [
        "WITHOUT_DENOMINATOR: 33.33% was printed without a denominator; the smallest fraction that reads so is 1/3.",
        "OTHER_NUMERATOR: 33.33% is 1 of 3, the hub counts 2.",
      ],
    ],
    [
      "out of more",
      { numerator: 3, denominator: 4 },
      [
        "OTHER_DENOMINATOR: The document counts out of 4, the hub out of 3.",
        "MISSING_REPORTS: 1 of 3 units have reported nothing; the printed figure lies within what they may still report.",
      ],
    ],
    [
      "that no count of three units reads",
      { value: 0.54, decimals: 0 },
      [
        "WITHOUT_DENOMINATOR: 54% was printed without a denominator; the smallest fraction that reads so is 7/13.",
        "OTHER_DENOMINATOR: No whole number out of the 3 that the hub counts reads 54%.",
      ],
    ],
    [
      "that is not all",
      { value: 0.99996, decimals: 0 },
      [
        "WITHOUT_DENOMINATOR: 99.996% was printed without a denominator; the smallest fraction that reads so is 1/1.",
        "MISSING_REPORTS: 1 of 3 units have reported nothing; counting only the others gives the printed figure.",
      ],
    ],
    ["of fewer", { numerator: 1, denominator: 3 }, ["OTHER_NUMERATOR: Out of the same 3 the document counts 1, the hub 2."]],
    [
      "that does not follow from its own fraction",
      { value: 0.9688, decimals: 2, numerator: 2, denominator: 3 },
      [
        "INCONSISTENT: 96.88% was printed, but 2/3 is 66.6667%.",
        "MISSING_REPORTS: 1 of 3 units have reported nothing; the printed figure lies within what they may still report.",
      ],
    ],
    ["exact", { numerator: 2, denominator: 3 }, []],
  ])("%s says so", async (_, content, causes) => {
    const found = await beside({ indicator: "staffConferenceCompletion", ...content });
    expect(found!.causes.map(({ code, words }) => `${code}: ${words.en}`)).toEqual(causes);
    for (const { words } of found!.causes) expect(words.vi).not.toBe(words.en);
  });

  test("of a count with missing reports says that they are missing, else that the numbers do not tell", async () => {
    const codes = async (value: number) => (await beside({ indicator: "members", value }))!.causes.map(({ code }) => code);
    expect(await codes(103)).toEqual(["MISSING_REPORTS"]);
    expect(await codes(90)).toEqual(["UNEXPLAINED"]);
  });

  test.each<[string, object, string | null, string]>([
    ["of an indicator that the hub does not compute", { indicator: "happiness", value: 1 }, "2024-2025", "UNKNOWN_INDICATOR"],
    ["of enterprises", { indicator: "members", value: 1, scope: "ENTERPRISES" }, "2024-2025", "OTHER_SCOPE"],
    ["of several years", { indicator: "members", value: 1, period: "2023-2028" }, null, "OTHER_PERIOD"],
    ["in words", { indicator: "members", words: "hàng trăm" }, "2024-2025", "IN_WORDS"],
    ["of what nobody has reported", { indicator: "agreementFiledOnTime", value: 1 }, "2024-2025", "NO_COMPUTED_VALUE"],
  ])("%s cannot be compared", async (_, content, label, incomparable) => {
    expect(await beside(content, label)).toMatchObject({ difference: null, agrees: null, incomparable });
  });
});
