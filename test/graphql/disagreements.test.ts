import { audit, rebuild } from "../../src/ledger/audit.js";
import { administrator, Desk, draft, report, schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let province: Client;
let district: Client;

/** D: 150 + 60 members, until 20 June 120 + 60, 100 in the year before. E: 40 + 30; on 10 June E-2 moves to D. */
beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const early = new Desk(desk.database, administrator, "2025-06-05");
  const before = { schoolYear: "2023-2024" };
  const figure = (of: string, value: number, more: object = {}) =>
    report.figure(of, { indicator: "members", value, document: `Báo cáo ${value}`, ...more });
  const rate = { indicator: "staffConferenceCompletion", document: "Biểu tổng hợp", value: 0.5, decimals: 1 };
  const done = [
    ...(await desk.register(
      draft.province("P", null, { name: "LĐLĐ tỉnh" }),
      draft.district("D", "P"),
      draft.district("E", "P", { name: "LĐLĐ huyện E" }),
      ...["D-1", "D-2"].map((code) => draft.school(code, "D")),
      ...["E-1", "E-2"].map((code) => draft.school(code, "E")),
    )),
    await desk.openYear(schoolYear(2023)),
    await desk.openYear(schoolYear(2024)),
    ...(await early.submit(report.membership("D-1", 120), report.membership("D-2", 60), report.membership("D-1", 100, {}, before))),
    ...(await desk.submit(
      report.membership("D-1", 150, {}, { expectedVersion: 1 }),
      ...[report.membership("E-1", 40), report.membership("E-2", 30)],
      ...[report.conference("D-1"), report.conference("D-2", { heldOn: "2025-01-15" })],
      ...[figure("P", 210), figure("P", 280), figure("D", 280), figure("D", 180, { documentDate: "2025-06-05" }), figure("D", 100)],
      ...[figure("D", 215), report.figure("D", rate), figure("E", 40)],
    )),
    await desk.move("E-2", "D", "2025-06-10"),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  [province, district] = [await running.as("STEWARD", "P"), await running.as("RECORDER", "D")];
});
afterAll(() => running.close());

const EVERYWHERE = { unit: null, schoolYear: null, checks: null, severities: null, open: null, branch: null, today: "2025-06-20" };
const ALL = { after: null, before: null, backwards: false, limit: 1_000 };
const LIST = `totalCount nodes { published { id unit { code } value documentDate } computed { value } difference causes { code words { en vi } } }`;
const told = ({ nodes }: any) =>
  nodes.map(({ published: { unit, value }, computed, causes }: any) => [
    `${unit.code} ${value} ${computed.value}`,
    ...causes.map(({ code }: any) => code),
  ]);
const list = async (client: Client, unit: string, args = "") =>
  (await client.data(`{ unit(code: "${unit}") { disagreements${args && `(${args})`} { ${LIST} } } }`)).unit.disagreements;

test("a unit has a list of all published figures of its branch that are not the computed ones, each with the causes that are exact", async () => {
  const found = await list(province, "P");
  expect(told(found).sort()).toEqual([
    ["D 0.5 1", "WITHOUT_DENOMINATOR", "OTHER_CUT_OFF", "OTHER_NUMERATOR"],
    ["D 100 210", "OTHER_CUT_OFF"],
    ["D 180 210", "AS_KNOWN_THEN"],
    ["D 215 210", "UNEXPLAINED"],
    ["D 280 210", "WHOLE_UNIT"],
    ["E 40 70", "OTHER_TREE", "WHOLE_UNIT"],
    ["P 210 280", "WHOLE_UNIT"],
  ]);
  expect(found.totalCount).toBe(7);
  const words = (unit: string, value: number, code: string) =>
    found.nodes
      .find(({ published }: any) => published.unit.code === unit && published.value === value)
      .causes.find((cause: any) => cause.code === code).words;
  expect(words("D", 180, "AS_KNOWN_THEN")).toEqual({
    en: "On the day of the document, 5/6/2025, what was known came to 180: the printed figure.",
    vi: "Vào ngày ban hành văn bản, 5/6/2025, số liệu đã biết là 180: đúng số công bố.",
  });
  expect(words("D", 0.5, "OTHER_CUT_OFF").en).toBe("It is the figure of the cut-off 30/11/2024: 1 of 2.");
  expect(words("D", 100, "OTHER_CUT_OFF").vi).toBe("Đây là số liệu chốt 31/5/2024: 100.");
  expect(words("E", 40, "OTHER_TREE").en).toBe("Under the tree as it stands on 20/6/2025 it is 40: the printed figure.");
  expect(words("P", 210, "WHOLE_UNIT").en).toContain("LĐLĐ huyện E (E), 70: it seems to have been left out.");
  expect(words("D", 280, "WHOLE_UNIT").en).toContain("LĐLĐ huyện E (E) beside it, 70: it seems to have been counted with it.");
});

test("a cause names no unit that the caller may not see", async () => {
  const found = await list(district, "D");
  expect(told(found)).toContainEqual(["D 280 210", "UNEXPLAINED"]);
  expect(JSON.stringify(found)).not.toContain("huyện E");
  expect(found.totalCount).toBe(5);
});

test("it is a page, filtered by year and state, and the same as the findings of the check", async () => {
  const first = await province.data(
    `{ unit(code: "P") { disagreements(first: 3) { pageInfo { endCursor } nodes { published { id } } } } }`,
  );
  const { endCursor } = first.unit.disagreements.pageInfo;
  const rest = await list(province, "P", `after: "${endCursor}"`);
  const all = await list(province, "P");
  const ids = (nodes: any[]) => nodes.map(({ published }) => published.id);
  expect([...ids(first.unit.disagreements.nodes), ...ids(rest.nodes)]).toEqual(ids(all.nodes));
  expect((await list(province, "P", 'schoolYear: "2023-2024"')).totalCount).toBe(0);
  const { unit } = await province.data(
    `{ unit(code: "P") { findings(check: "PUBLISHED_DIFFERS") { nodes { message { en vi } severity record { id } reconciliation { published { id } difference } } }
       other: findings(check: "NOTHING_REPORTED") { nodes { reconciliation { difference } } } findingCounts { byCheck { check { key } open } } } }`,
  );
  expect(unit.findings.nodes.map(({ record }: any) => record.id)).toEqual(ids(all.nodes));
  expect(unit.findings.nodes.map(({ reconciliation }: any) => reconciliation.published.id)).toEqual(ids(all.nodes));
  expect(unit.findingCounts.byCheck).toContainEqual({ check: { key: "PUBLISHED_DIFFERS" }, open: 7 });
  expect(unit.other.nodes.every(({ reconciliation }: any) => reconciliation === null)).toBe(true);
  const messages = unit.findings.nodes.map(({ message }: any) => message);
  expect(messages).toContainEqual({
    en: "Union members: 280 was published (Báo cáo 280), the hub computes 210.",
    vi: expect.stringMatching(/: công bố 280 \(Báo cáo 280\), hệ thống tính 210\.$/),
  });
  expect(messages.map(({ vi }: any) => vi)).toContainEqual(
    expect.stringMatching(/công bố 50,0% \(Biểu tổng hợp\), hệ thống tính 2\/2 = 100%\.$/),
  );
});

test("it is acknowledged as others are, opens again when a posting below changes it, and goes where the two agree", async () => {
  const states = async () =>
    Object.fromEntries(
      (
        await province.data(
          `{ unit(code: "P") { findings(check: "PUBLISHED_DIFFERS") { nodes { state unit { code } reconciliation { published { value } } } } } }`,
        )
      ).unit.findings.nodes.map(({ state, unit, reconciliation }: any) => [`${unit.code} ${reconciliation.published.value}`, state]),
    );
  const { nodes } = await list(province, "P");
  const of = nodes.find(({ published }: any) => published.unit.code === "P");
  const ACKNOWLEDGE = `mutation ($record: String) { acknowledgeFinding(input: {unit: "P", schoolYear: "2024-2025", check: "PUBLISHED_DIFFERS", recordId: $record, because: "Văn bản đã in."}) { outcome userErrors { message { en } } } }`;
  expect((await province.data(ACKNOWLEDGE, { record: of.published.id })).acknowledgeFinding).toEqual({ outcome: "STORED", userErrors: [] });
  expect((await states())["P 210"]).toBe("ACKNOWLEDGED");
  expect((await list(province, "P", "state: ACKNOWLEDGED")).totalCount).toBe(1);
  await running.desk.submit(report.membership("D-2", 65, {}, { expectedVersion: 1 }));
  expect(await states()).toMatchObject({ "P 210": "OPEN", "P 280": "OPEN", "D 180": "OPEN" });
  expect(Object.keys(await states())).not.toContain("D 215");
  await running.desk.submit(report.membership("D-2", 60, {}, { expectedVersion: 2 }));
  const { "P 210": again, ...others } = await states();
  expect([again, Object.keys(others).includes("P 280"), Object.keys(others).includes("D 215")]).toEqual(["ACKNOWLEDGED", false, true]);
  await running.desk.withdraw("publishedFigure", of.published.id);
  expect(Object.keys(await states())).not.toContain("P 210");
  const { database } = running.hub;
  expect((await audit(database)).differences).toEqual([]);
  const findings = async () => (await running.dump())["finding"];
  const stored = await findings();
  expect(stored).not.toEqual([]);
  const lost = await database.read((stores) => stores.findings.page(EVERYWHERE, ALL));
  await database.write((stores) => stores.findings.save(lost, []));
  await rebuild(database);
  expect(await findings()).toEqual(stored);
});
