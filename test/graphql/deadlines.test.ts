import { indicators } from "../../src/domain/figures/catalogue.js";
import { deadlineOfLaw, isJudgedByDay } from "../../src/domain/figures/judged-until.js";
import { statusMeasures } from "../../src/domain/counting/obligation.js";
import { draft, report, schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let analyst: Client;

const YEAR = schoolYear(2024);
const SCHOOLS = { A: 6, B: 2 };
const codesOf = (district: keyof typeof SCHOOLS) => Array.from({ length: SCHOOLS[district] }, (_, index) => `${district}${index + 1}`);
const setting = (deadline: string, indicator = "staffConferenceCompletion") => ({ indicator, schoolYear: YEAR.label, deadline });

/** A district's schools met on 1 November, past its own deadline of 15 October; the province has extended to 30 November. */
beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const schools = (["A", "B"] as const).flatMap((district) =>
    codesOf(district).map((code, index) => draft.school(code, `${district}-CD`, index === 1 ? { ownership: "PRIVATE" } : {})),
  );
  const done = [
    ...(await desk.register(
      draft.province("P"),
      ...["A", "B"].flatMap((code) => [draft.district(code, "P"), draft.union(`${code}-CD`, code)]),
      ...schools,
    )),
    await desk.openYear(YEAR),
    ...(await desk.submit(
      report.directive("P", [setting("2024-11-30"), setting("2025-06-15", "reportSubmission")]),
      report.directive("A", [setting("2024-10-15"), setting("2024-12-31", "labourConferenceCompletion")]),
      ...[...codesOf("A"), "B1"].map((code) => report.conference(code, { heldOn: "2024-11-01" })),
    )),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  analyst = await running.as("ANALYST", "P");
});
afterAll(() => running.close());

const FIGURE = "numerator denominator deadline otherDeadlines { nodes { deadline units } }";
const unit = async (code: string, fields: string) => (await analyst.data(`{ unit(code: "${code}") { ${fields} } }`)).unit;
const onTime = async (code: string, args = "") =>
  (await unit(code, `rollup(schoolYear: "2024-2025"${args}) { conferenceOnTime { ${FIGURE} } }`)).rollup.conferenceOnTime;

const OF_A = { deadline: "2024-10-15", units: 5 };
const OF_LABOUR = { deadline: "2024-12-31", units: 1 };

describe("a figure stands beside the deadlines that judged it", () => {
  test("where a nearer unit set another, it says by which and how many, in every unit, filter and tree", async () => {
    expect(await onTime("P")).toEqual({
      numerator: 2,
      denominator: 7,
      deadline: "2024-11-30",
      otherDeadlines: { nodes: [OF_A, OF_LABOUR] },
    });
    for (const code of ["A", "A-CD"])
      expect([code, await onTime(code)]).toEqual([
        code,
        { numerator: 1, denominator: 6, deadline: "2024-10-15", otherDeadlines: { nodes: [OF_LABOUR] } },
      ]);
    for (const [code, numerator] of [
      ["B", 1],
      ["B1", 1],
      ["A1", 0],
    ] as const)
      expect([code, await onTime(code)]).toMatchObject([code, { numerator, otherDeadlines: { nodes: [] } }]);
    expect((await onTime("P", ", where: { ownership: PUBLIC }")).otherDeadlines).toEqual({ nodes: [OF_A] });
    expect((await onTime("P", ", tree: TODAY")).otherDeadlines).toEqual({ nodes: [OF_A, OF_LABOUR] });
    const { rollup } = await unit(
      "P",
      `rollup(schoolYear: "2024-2025") { members { otherDeadlines { units } } staffConferenceCompletion { ${FIGURE} } }`,
    );
    expect(rollup).toMatchObject({ members: { otherDeadlines: null }, staffConferenceCompletion: { otherDeadlines: { nodes: [OF_A] } } });
  });

  test("so does an explanation, whatever is asked beside it", async () => {
    const asked = 'explain(indicator: "conferenceOnTime", schoolYear: "2024-2025")';
    expect((await unit("P", `${asked} { otherDeadlines { nodes { deadline units } } }`)).explain).toEqual({
      otherDeadlines: { nodes: [OF_A, OF_LABOUR] },
    });
    expect((await unit("P", `${asked} { deadline { day } otherDeadlines { units } }`)).explain.deadline).toEqual({ day: "2024-11-30" });
  });

  test("a ranking gives the reason why a unit with more time stands first", async () => {
    const asked = 'ranking(indicator: "conferenceOnTime", level: DISTRICT, schoolYear: "2024-2025")';
    const { ranking } = await unit(
      "P",
      `${asked} { nodes { rank unit { code } figure { ${FIGURE} } } deadlines { units totalCount nodes { deadline units } } unlikeDeadlines { en vi } }`,
    );
    expect(ranking).toEqual({
      nodes: [
        { rank: 1, unit: { code: "B" }, figure: { numerator: 1, denominator: 1, deadline: "2024-11-30", otherDeadlines: { nodes: [] } } },
        {
          rank: 2,
          unit: { code: "A" },
          figure: { numerator: 1, denominator: 6, deadline: "2024-10-15", otherDeadlines: { nodes: [OF_LABOUR] } },
        },
      ],
      deadlines: { units: 7, totalCount: 3, nodes: [OF_A, { deadline: "2024-11-30", units: 1 }, OF_LABOUR] },
      unlikeDeadlines: {
        en: "Not all units were judged by the same last day: 5 until 2024-10-15, 1 until 2024-11-30, 1 until 2024-12-31. Who had more time is not better for it.",
        vi: "Các đơn vị không cùng một hạn cuối: 5 đơn vị đến ngày 15/10/2024, 1 đơn vị đến ngày 30/11/2024, 1 đơn vị đến ngày 31/12/2024. Đơn vị có hạn muộn hơn không vì thế mà tốt hơn.",
      },
    });
    const alike =
      'ranking(indicator: "reportSubmission", level: DISTRICT, schoolYear: "2024-2025") { deadlines { units totalCount nodes { deadline units } } unlikeDeadlines { vi } }';
    expect((await unit("P", alike)).ranking).toEqual({
      deadlines: { units: 12, totalCount: 1, nodes: [{ deadline: "2025-06-15", units: 12 }] },
      unlikeDeadlines: null,
    });
    const undated =
      'ranking(indicator: "members", level: DISTRICT, schoolYear: "2024-2025") { deadlines { units } unlikeDeadlines { vi } }';
    expect((await unit("P", undated)).ranking).toEqual({ deadlines: null, unlikeDeadlines: null });
  });

  test("and the effects of a change, also of one that is only tried", async () => {
    const steward = await running.as("STEWARD", "P");
    const input = {
      ...{ unit: "B2", schoolYear: YEAR.label, heldOn: "2024-11-01", workers: 30, convened: 30, present: 28, votesFor: 27 },
      ...{ type: "LABOUR_CONFERENCE", dryRun: true },
    };
    const told = `nodes { unit { code } indicator { key } deadline otherDeadlines { nodes { deadline units } } }`;
    const { payload } = await steward.data(
      `mutation ($input: RecordConferenceInput!) { payload: recordConference(input: $input) { outcome userErrors { message { en } } effects(indicators: ["labourConferenceCompletion"]) { ${told} } } }`,
      { input },
    );
    expect(payload).toMatchObject({ outcome: "STORED", userErrors: [] });
    const key = "labourConferenceCompletion";
    expect(payload.effects.nodes).toEqual([
      ...["B2", "B-CD", "B"].map((code) => ({ unit: { code }, indicator: { key }, deadline: null, otherDeadlines: { nodes: [] } })),
      { unit: { code: "P" }, indicator: { key }, deadline: null, otherDeadlines: { nodes: [OF_LABOUR] } },
    ]);
  });
});

test("what is told is what the dossiers were judged by, of each indicator that a last day judges", async () => {
  const dated = indicators.filter(isJudgedByDay);
  expect(dated.length).toBeGreaterThan(15);
  const fields = dated
    .map(({ key }) => `${key} { statuses { yes no noReport notDue } deadline otherDeadlines { nodes { deadline units } } }`)
    .join(" ");
  const { database } = running.hub;
  const ids = await database.read(({ units }) => units.allIds());
  const dossiers = await database.read(({ ledger }) => ledger.dossiers(ids, [YEAR.label]));
  for (const code of ["P", "A", "B", "A-CD", "A2", "B2"]) {
    const id = await running.desk.id(code);
    const { rollup } = await unit(code, `rollup(schoolYear: "2024-2025") { ${fields} }`);
    const below = dossiers.filter(({ unitId, line }) => [unitId, ...Object.values(line)].includes(id));
    for (const { key, obligation, judgedBy } of dated) {
      const [yes, no, noReport] = statusMeasures(obligation!).map((measure) => measure.key) as [string, string, string];
      const units: Record<string, number> = {};
      for (const { tally, due } of below)
        if (tally[yes] || tally[no] || tally[noReport]) units[due[obligation!.key]!] = (units[due[obligation!.key]!] ?? 0) + 1;
      const { deadline, otherDeadlines, statuses } = rollup[key];
      expect(deadlineOfLaw(judgedBy ?? key, YEAR) === null || deadline !== null).toBe(true);
      const usual = key.startsWith("halfYear") ? "2024-12-15" : YEAR.endsOn;
      const expected = Object.entries(units).map(([day, count]) => ({ deadline: day, units: count }));
      const others = expected
        .filter((each) => each.deadline !== (deadline ?? usual))
        .sort((a, b) => b.units - a.units || (a.deadline < b.deadline ? -1 : 1));
      expect([code, key, otherDeadlines]).toEqual([code, key, { nodes: others }]);
      const all = statuses.yes + statuses.no + statuses.noReport + statuses.notDue;
      expect([code, key, Object.values(units).reduce((sum, count) => sum + count, 0)]).toEqual([code, key, all]);
    }
  }
});

test("a school that was given more time counts among the others, is shown its own day, and is found by what it was given", async () => {
  const steward = await running.as("STEWARD", "A");
  const input = { unit: "A1", schoolYear: YEAR.label, indicator: "reportSubmission", until: "2025-07-31", because: "Trường bị ngập lụt." };
  const { payload } = await steward.data(
    `mutation ($input: ExtendDeadlineInput!) { payload: extendDeadline(input: $input) { outcome record { indicator until because } userErrors { message { en } } } }`,
    { input },
  );
  expect(payload).toMatchObject({ outcome: "STORED", userErrors: [], record: { until: "2025-07-31" } });
  const shown = async (code: string) =>
    unit(
      code,
      `reports(schoolYear: "2024-2025") { period dueOn late } rollup(schoolYear: "2024-2025") { reportSubmission { deadline otherDeadlines { nodes { deadline units } } } }`,
    );
  const other = { deadline: "2025-06-15", otherDeadlines: { nodes: [{ deadline: "2025-07-31", units: 1 }] } };
  for (const code of ["P", "A", "A-CD", "A1"]) expect([code, (await shown(code)).rollup.reportSubmission]).toEqual([code, other]);
  expect((await shown("A2")).rollup.reportSubmission.otherDeadlines.nodes).toEqual([]);
  const year = async (code: string) => (await shown(code)).reports.find(({ period }: any) => period === "WHOLE_YEAR");
  expect([await year("A1"), await year("A2")]).toMatchObject([
    { dueOn: "2025-07-31", late: false },
    { dueOn: "2025-06-15", late: true },
  ]);
  const { worklist } = await unit(
    "A",
    `worklist(indicator: "reportSubmission", schoolYear: "2024-2025", status: [NO_REPORT, NOT_DUE], first: 50) { nodes { unit { code } status due } }`,
  );
  expect(worklist.nodes.filter(({ due }: any) => due === "2025-07-31")).toEqual([
    { unit: { code: "A1" }, status: "NOT_DUE", due: "2025-07-31" },
  ]);
});

test("a list of units with it takes one statement more for a level, however many there are", async () => {
  const ask = (more: string) => () =>
    unit("P", `children { nodes { rollup(schoolYear: "2024-2025") { conferenceOnTime { deadline ${more} } } } }`);
  const [without, withOthers] = [await running.statements(ask("")), await running.statements(ask("otherDeadlines { units }"))];
  expect(withOthers.length - without.length).toBe(1);
});
