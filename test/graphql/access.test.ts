import { randomUUID } from "node:crypto";
import { type Role } from "../../src/domain/ground/caller.js";
import { draft, report, schoolYear } from "../desk.js";
import { type Answer, type Client, type Running, serve } from "./server.js";

const ROLES: Role[] = ["ANALYST", "RECORDER", "STEWARD", "ADMINISTRATOR"];
let running: Running;
const clients = new Map<Role, Client>();
/** Ids of records, by what they are called here. */
const records = new Map<string, string>();

/** A district for each role to work in, and one beside them that belongs to none. */
beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const done: { problems: unknown[] }[] = [...(await desk.register(draft.province("P")))];
  done.push(await desk.openYear(schoolYear(2024)));
  for (const place of [...ROLES, "OTHER"]) {
    const schools = [1, 2, 3, 4, 5, 6].map((number) => draft.school(`${place}-${number}`, `${place}-CD`));
    done.push(
      ...(await desk.register(draft.district(place, "P"), draft.union(`${place}-CD`, place), ...schools)),
      await desk.close(`${place}-5`, "2025-01-01"),
    );
    const sent = await desk.submit(
      report.conference(`${place}-2`),
      report.directive(place, []),
      report.figure(place, { indicator: "members", value: 1 }),
    );
    done.push(...sent);
    for (const { record } of sent) records.set(`${place} ${record!.kind}`, record!.recordId);
  }
  const [above] = await desk.submit(report.directive("P", []));
  records.set("P directive", above!.record!.recordId);
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  for (const role of ROLES) clients.set(role, await running.as(role, role === "ADMINISTRATOR" ? undefined : role));
});
afterAll(() => running.close());

/** Every change: its input in a place, and from which role on it is allowed. */
const CHANGES: Record<string, { from: Role; input: (place: string) => object; type?: string }> = {
  recordConference: {
    from: "RECORDER",
    input: (place) => ({ unit: `${place}-1`, schoolYear: "2024-2025", heldOn: "2024-09-20", convened: 9, present: 9 }),
  },
  reportMembership: {
    from: "RECORDER",
    input: (place) => ({
      unit: `${place}-1`,
      schoolYear: "2024-2025",
      workersOpening: 9,
      womenWorkersOpening: 5,
      membersOpening: 9,
      womenMembersOpening: 5,
      workersClosing: 9,
      womenWorkersClosing: 5,
      membersClosing: 9,
      womenMembersClosing: 5,
    }),
  },
  withdrawConference: {
    from: "RECORDER",
    type: "WithdrawInput",
    input: (place) => ({ record: records.get(`${place} conference`) ?? "", reason: "a test" }),
  },
  registerUnits: {
    from: "STEWARD",
    input: (place) => ({
      units: [
        {
          code: `${place}-NEW`,
          kind: "SCHOOL",
          name: "Trường mới",
          parent: `${place}-CD`,
          openedOn: "2020-01-01",
          schoolLevel: "PRIMARY",
          ownership: "PUBLIC",
        },
      ],
    }),
  },
  updateUnit: { from: "STEWARD", input: (place) => ({ unit: `${place}-3`, name: "Tên mới" }) },
  moveUnit: { from: "STEWARD", input: (place) => ({ unit: `${place}-3`, parent: place, on: "2024-01-01" }) },
  closeUnit: { from: "STEWARD", input: (place) => ({ unit: `${place}-4`, on: "2024-01-01" }) },
  reopenUnit: { from: "STEWARD", input: (place) => ({ unit: `${place}-5`, on: "2025-02-01" }) },
  voidUnit: { from: "STEWARD", input: (place) => ({ unit: `${place}-6` }) },
  recordDirective: { from: "STEWARD", input: (place) => ({ unit: place, number: "9", issuedOn: "2024-09-01" }) },
  withdrawDirective: {
    from: "STEWARD",
    type: "WithdrawInput",
    input: (place) => ({ record: records.get(`${place} directive`), reason: "a test" }),
  },
  recordPublishedFigure: {
    from: "STEWARD",
    input: (place) => ({ unit: place, indicator: "workers", period: "2024-2025", value: 1, document: "Báo cáo" }),
  },
  withdrawPublishedFigure: {
    from: "STEWARD",
    type: "WithdrawInput",
    input: (place) => ({ record: records.get(`${place} publishedFigure`) ?? "", reason: "a test" }),
  },
};
/** What concerns a unit itself, for a unit above the branch. */
const ABOVE = [
  "updateUnit",
  "moveUnit",
  "closeUnit",
  "reopenUnit",
  "voidUnit",
  "recordDirective",
  "withdrawDirective",
  "recordPublishedFigure",
  "recordConference",
];
const onProvince = (name: string) => ({ ...CHANGES[name]!.input("P"), ...(name === "withdrawDirective" ? {} : { unit: "P" }) });

const send = async (client: Client, name: string, input: object): Promise<Answer> => {
  const type = CHANGES[name]!.type ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const told = "outcome userErrors { code field message { en } }";
  return client.ask(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${name === "registerUnits" ? `rows { ${told} unit { code } }` : name.startsWith("with") ? `${told} record { id }` : told} } }`,
    { input: name === "registerUnits" ? { ...input, idempotencyKey: randomUUID() } : input },
  );
};
/** STORED, or the codes of the refusal. */
const outcome = async (client: Client, name: string, input: object): Promise<string[]> => {
  const payload = (await send(client, name, input)).data[name];
  const { outcome: became, userErrors } = payload.rows?.[0] ?? payload;
  return became === "STORED" ? [became] : userErrors.map(({ code }: any) => code).sort();
};

describe.each(ROLES)("%s", (role) => {
  const may = (from: Role) => ROLES.indexOf(role) >= ROLES.indexOf(from);
  const everywhere = role === "ADMINISTRATOR";
  const client = () => clients.get(role)!;

  test("reads its branch, and nothing beside or above it", async () => {
    const codes = (code: string) => client().codes(`{ unit(code: "${code}") { code } }`);
    expect([await codes(role), await codes(`${role}-1`)]).toEqual([[], []]);
    expect([await codes("OTHER"), await codes("OTHER-1"), await codes("P")]).toEqual(Array(3).fill(everywhere ? [] : ["UNIT_NOT_FOUND"]));
    const { units } = await client().data("{ units(first: 500) { totalCount nodes { code } } }");
    expect(units.totalCount).toBe(units.nodes.length);
    expect(units.nodes.every(({ code }: any) => code.startsWith(role))).toBe(!everywhere);
  });

  test.each(Object.keys(CHANGES))("%s beside its branch fails as for something that is nowhere, and changes nothing", async (name) => {
    if (everywhere) return expect(may(CHANGES[name]!.from)).toBe(true);
    const before = await running.dump();
    const beside = await send(client(), name, CHANGES[name]!.input("OTHER"));
    const nowhere = await send(client(), name, { ...CHANGES[name]!.input("NOONE"), ...(CHANGES[name]!.type ? { record: "NOONE" } : {}) });
    const blank = (answer: Answer) =>
      [...records.values()].reduce((text, id) => text.replaceAll(id, "NOONE"), JSON.stringify(answer).replaceAll("OTHER", "NOONE"));
    expect(blank(beside)).toBe(blank(nowhere));
    expect(blank(beside)).toMatch(may(CHANGES[name]!.from) ? /(UNIT|RECORD)_NOT_FOUND/ : /FORBIDDEN/);
    expect(await running.dump()).toEqual(before);
  });

  test.each(ABOVE)("%s above its branch fails", async (name) => {
    if (everywhere) return expect(may("STEWARD")).toBe(true);
    const before = await running.dump();
    expect(await outcome(client(), name, onProvince(name))).toEqual(
      may(CHANGES[name]!.from) ? expect.arrayContaining([expect.stringMatching(/^(UNIT|RECORD)_NOT_FOUND$/)]) : ["FORBIDDEN"],
    );
    expect(await running.dump()).toEqual(before);
  });

  test.each(Object.entries(CHANGES))("%s in its branch is as the role says", async (name, { from, input }) => {
    expect(await outcome(client(), name, input(role))).toEqual(may(from) ? ["STORED"] : ["FORBIDDEN"]);
  });

  test("a batch is judged row by row", async () => {
    const { input } = CHANGES["recordConference"]!;
    const rows = [`${role}`, "OTHER"].map((place) => ({ conference: { ...input(place), unit: `${place}-3` } }));
    const { submitRecords } = await client().data(
      `mutation ($rows: [RecordRowInput!]!) { submitRecords(input: {rows: $rows, idempotencyKey: "${randomUUID()}"}) { rows { outcome userErrors { code } record { unit { code } } } } }`,
      { rows },
    );
    const outcomes = submitRecords.rows.map((row: any) => [row.outcome, ...row.userErrors.map(({ code }: any) => code).sort()]);
    expect(outcomes[0]).toEqual(may("RECORDER") ? ["STORED"] : ["REJECTED", "FORBIDDEN"]);
    expect(outcomes[1]).toEqual(everywhere ? ["STORED"] : ["REJECTED", may("RECORDER") ? "UNIT_NOT_FOUND" : "FORBIDDEN"]);
  });

  test("only who keeps the top of the tree opens a school year", async () => {
    const open = async (asker: Client, label: string) =>
      (
        await asker.data(
          `mutation { openSchoolYear(input: {idempotencyKey: "${randomUUID()}", label: "${label}", startsOn: "${label.slice(0, 4)}-09-05", endsOn: "${label.slice(5)}-05-31"}) { outcome } }`,
        )
      ).openSchoolYear.outcome;
    const first = 2010 + 2 * ROLES.indexOf(role);
    expect(await open(client(), `${first}-${first + 1}`)).toBe(everywhere ? "STORED" : "REJECTED");
    const atTheTop = await running.as(role, everywhere ? undefined : "P");
    expect(await open(atTheTop, `${first + 1}-${first + 2}`)).toBe(may("STEWARD") ? "STORED" : "REJECTED");
  });
});

describe("a steward", () => {
  const steward = () => clients.get("STEWARD")!;

  test.each(["updateUnit", "moveUnit", "closeUnit", "voidUnit"])("may not %s the top of its own branch", async (name) =>
    expect(
      await outcome(steward(), name, {
        ...CHANGES[name]!.input("STEWARD"),
        unit: "STEWARD",
        ...(name === "moveUnit" ? { parent: "STEWARD-CD" } : {}),
      }),
    ).toEqual(["FORBIDDEN"]),
  );

  test.each<[string, object, string]>([
    ["moveUnit", { unit: "STEWARD-1", parent: "OTHER-CD", on: "2024-01-01" }, "parent"],
    ["reopenUnit", { unit: "STEWARD-4", parent: "OTHER-CD", on: "2025-05-01" }, "parent"],
  ])("cannot bring a unit of its branch under another with %s", async (name, input, field) => {
    const { data } = await send(steward(), name, input);
    expect(data[name].userErrors).toMatchObject([{ code: "UNIT_NOT_FOUND", field }]);
  });

  test("is not told of units that stood below its own and have left the branch", async () => {
    const { desk } = running;
    const moved = [
      ...(await desk.register(draft.union("STEWARD-ALT-CD", "STEWARD"), draft.school("LEFT-1", "STEWARD-ALT-CD"))),
      await desk.move("LEFT-1", "OTHER-CD", "2025-01-01"),
    ];
    expect(moved.flatMap(({ problems }) => problems)).toEqual([]);
    const { data } = await send(steward(), "closeUnit", { unit: "STEWARD-ALT-CD", on: "2024-01-01" });
    expect(data.closeUnit.userErrors).toMatchObject([{ code: "OUTSIDE_PARENT_LIFE" }]);
    expect(JSON.stringify(data)).not.toContain("LEFT-1");
  });

  test("cannot open a unit again under the parent of another branch that it once had", async () => {
    const { desk } = running;
    const made = [
      ...(await desk.register(draft.school("BACK-1", "OTHER-CD"))),
      await desk.close("BACK-1", "2015-01-01"),
      await desk.reopen("BACK-1", "2020-01-01", "STEWARD-CD"),
    ];
    expect(made.flatMap(({ problems }) => problems)).toEqual([]);
    const { data } = await send(steward(), "reopenUnit", { unit: "BACK-1", on: "2016-01-01" });
    expect(data.reopenUnit.userErrors).toMatchObject([{ code: "FORBIDDEN", field: "parent" }]);
    expect((await steward().data('{ unit(code: "BACK-1") { placements { nodes { from } } } }')).unit.placements.nodes).toHaveLength(2);
  });

  test("cannot let an agreement cover a school of another branch", async () => {
    const input = {
      unit: "STEWARD",
      reference: "1",
      schools: ["OTHER-1", "STEWARD-1"],
      ballotFor: 2,
      ballotTotal: 3,
      signedOn: "2024-01-01",
      expiresOn: "2025-12-31",
    };
    const { recordCollectiveAgreement } = await steward().data(
      `mutation ($input: RecordCollectiveAgreementInput!) { recordCollectiveAgreement(input: $input) { outcome userErrors { code field } } }`,
      { input },
    );
    expect(recordCollectiveAgreement.userErrors).toContainEqual({ code: "UNIT_NOT_FOUND", field: "schools.0" });
  });
});

describe("an agreement that reaches over the border of a branch", () => {
  test("is told to each side with its own schools only, in every version, and is found again by its id", async () => {
    const { desk } = running;
    const kindergarten = { schoolLevel: "PRESCHOOL", ownership: "PRIVATE" } as const;
    const schools = ["RECORDER-TT", "OTHER-TT"];
    const participations = schools.map((school) => ({ school, joinedOn: "2024-01-15", leftOn: null }));
    const sent = [
      ...(await desk.register(...schools.map((code) => draft.school(code, `${code.slice(0, -3)}-CD`, kindergarten)))),
      ...(await desk.submit(report.agreement("P", { type: "MULTI_ENTERPRISE", schools, participations }))),
    ];
    expect(sent.flatMap(({ problems }) => problems)).toEqual([]);
    const FIELDS =
      "id unit { code } reporter { name unit { code } } schools { nodes { code } } participations { totalCount nodes { school { code } joinedOn leftOn } } versions { nodes { content } }";
    const { unit } = await clients
      .get("RECORDER")!
      .data(`{ unit(code: "RECORDER-TT") { records { nodes { id ... on CollectiveAgreement { ${FIELDS} } } } } }`);
    const [agreement] = unit.records.nodes;
    expect(agreement).toMatchObject({
      unit: null,
      reporter: { name: "Đơn vị P", unit: null },
      schools: { nodes: [{ code: "RECORDER-TT" }] },
      participations: { totalCount: 1, nodes: [{ school: { code: "RECORDER-TT" }, joinedOn: "2024-01-15", leftOn: null }] },
    });
    expect(agreement.versions.nodes.map(({ content }: any) => [content.unit, content.schools, content.participations])).toEqual([
      [null, ["RECORDER-TT"], [participations[0]]],
    ]);
    const again = `query ($id: ID!) { node(id: $id) { ... on CollectiveAgreement { ${FIELDS} } } }`;
    expect((await clients.get("RECORDER")!.data(again, { id: agreement.id })).node).toEqual(agreement);
    expect((await clients.get("STEWARD")!.data(again, { id: agreement.id })).node).toBeNull();
  });

  test("a directive from above is read below, and found by its id; one from beside is not", async () => {
    const { unit } = await clients
      .get("RECORDER")!
      .data('{ unit(code: "RECORDER-1") { directives { nodes { id unit { code } reporter { name } } } } }');
    expect(unit.directives.nodes).toContainEqual({ id: records.get("P directive"), unit: null, reporter: { name: "Đơn vị P" } });
    const { nodes } = await clients
      .get("RECORDER")!
      .data("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids: [records.get("P directive"), records.get("OTHER directive")] });
    expect(nodes).toEqual([{ id: records.get("P directive") }, null]);
  });
});
