import {
  type DocumentNode,
  getIntrospectionQuery,
  getOperationAST,
  type GraphQLObjectType,
  isCompositeType,
  getNamedType,
  Kind,
  parse,
  print,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from "graphql";
import fc from "fast-check";
import { BODY_LIMITS, DOCUMENT_LIMITS, MOST_COST, MOST_ROWS, REQUEST_COST } from "../../src/domain/ground/limits.js";
import { SURE_ROWS } from "../../src/graphql/cost/batch-limits.js";
import { priceOf } from "../../src/graphql/cost/price.js";
import { rowsThatFit } from "../../src/graphql/cost/fitting-rows.js";
import { indicators } from "../../src/domain/figures/catalogue.js";
import { costOf } from "../../src/graphql/cost/query-cost.js";
import { buildGraphqlSchema } from "../../src/graphql/schema.js";
import { dice, RandomDocument } from "./random-document.js";

const schema = buildGraphqlSchema();
const asked = (text: string, variables: Record<string, unknown> = {}) => {
  const document = parse(text);
  return costOf({ schema, document, operation: getOperationAST(document)!, variables });
};
const cost = (text: string, variables?: Record<string, unknown>) => asked(text, variables).cost;

const unit = (inside: string) => `{ unit(code: "X") { ${inside} } }`;
const children = (first: string, inside: string) => `children(first: ${first}) { nodes { ${inside} } }`;
const figures = indicators.map(({ key }) => `${key} { value numerator denominator }`).join(" ");

describe("pages multiply", () => {
  test("a page costs as often as it is long, and a page inside a page as often as both together", () => {
    const one = cost(unit(children("1", "name")));
    const [ten, hundred] = [cost(unit(children("10", "name"))), cost(unit(children("100", "name")))];
    expect((hundred - ten) / (ten - one)).toBeCloseTo(10, 0);
    const inside = (n: string, m: string) => cost(unit(children(n, children(m, "name"))));
    expect(inside("500", "500")).toBeGreaterThan(800_000);
    expect(inside("50", "500")).toBeLessThan(100_000);
    expect(Math.abs(inside("20", "300") - inside("300", "20"))).toBeLessThan(0.5 * inside("20", "300"));
  });

  test("what stands beside the entries is counted once", () => {
    const page = (beside: string) => cost(unit(`children(first: 500) { ${beside} nodes { name } }`));
    expect(page("pageInfo { hasNextPage endCursor }") - page("")).toBeLessThan(2);
  });

  test("edges are entries, too, and ids and rows of a batch are counted by what came in variables", () => {
    expect(cost(unit("children(first: 100) { edges { node { name } } }"))).toBeGreaterThan(350);
    const nodes = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    expect(cost(nodes, { ids: Array<string>(500).fill("x") })).toBeGreaterThan(100 * cost(nodes, { ids: ["x"] }));
    const batch = "mutation ($rows: [RecordRowInput!]!) { submitRecords(input: {rows: $rows}) { rows { outcome } } }";
    expect(cost(batch, { rows: Array<object>(5_000).fill({}) })).toBeGreaterThan(5_000 * 150);
    const whole = "mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) { rows { outcome } } }";
    expect(cost(whole, { input: { rows: Array<object>(5_000).fill({}) } })).toBe(cost(batch, { rows: Array<object>(5_000).fill({}) }));
  });

  test("a list that is no page is priced by the most entries that it can have", () => {
    const many = (field: string) => Array.from({ length: 100 }, (_, index) => `f${index}: ${field}`).join(" ");
    const terms = (inside: string) => cost(unit(`explain(schoolYear: "2024-2025", indicator: "members") { terms { ${inside} } }`));
    const [ofTerms, once] = [terms(many("measure")) - terms("measure"), cost(unit(many("name"))) - cost(unit("name"))];
    const { most } = priceOf((schema.getType("Explanation") as GraphQLObjectType).getFields()["terms"]!)!;
    expect(most).toBeGreaterThan(2);
    expect(ofTerms / once).toBeGreaterThan(0.8 * most!);
  });

  test("school years of a trend are counted out of its arguments", () => {
    const trend = (to: string) => cost(unit(`trend(from: "2020-2021", to: "${to}") { ${figures} }`));
    expect(trend("2024-2025")).toBeGreaterThan(4 * trend("2020-2021"));
  });
});

describe("what looks through a branch is priced for each unit of the caller's branch", () => {
  const ranking = `ranking(level: SCHOOL, indicator: "members", schoolYear: "2024-2025") { ranked }`;
  const scans = (text: string, variables?: Record<string, unknown>) => asked(text, variables).scans;
  const one = scans(unit(ranking));
  test.each<[string, string]>([
    ["a ranking", ranking],
    ["a worklist", `worklist(schoolYear: "2024-2025", indicator: "members", status: NO) { totalCount }`],
    ["today's tree", `rollup(schoolYear: "2024-2025", tree: TODAY) { members { value } }`],
    ["findings", `findings { totalCount }`],
    ["other deadlines", `rollup(schoolYear: "2024-2025") { conferenceOnTime { otherDeadlines { units } } }`],
    ["growth", `growth(schoolYear: "2024-2025") { change }`],
  ])("%s; what reads a few rows is not", (_, field) => {
    expect(scans(unit(field))).toBeGreaterThan(0);
    expect(scans(unit(`rollup(schoolYear: "2024-2025") { ${figures} }`))).toBe(0);
  });

  test("units of one list hold the branch a few times between them, however many they are; of ids the same may come again and again", () => {
    const page = (first: number) => scans(`{ units(first: ${first}) { nodes { ${ranking} } } }`) - scans("{ units { nodes { name } } }");
    expect([page(1), page(500)]).toEqual([expect.closeTo(one), expect.closeTo(4 * one)]);
    const ids = Array<string>(500).fill("x");
    expect(scans(`query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Unit { ${ranking} } } }`, { ids })).toBeCloseTo(500 * one);
    expect(scans(`{ units(first: 500, orderBy: [{ by: INDICATOR }]) { nodes { name } } }`)).toBeGreaterThan(1);
  });

  test("the largest nation's ranking and orders by an indicator are below the limit", () => {
    expect(107_000 * scans("{ units(first: 500, orderBy: [{ by: INDICATOR }]) { nodes { name } } }")).toBeLessThan(MOST_COST);
    expect(107_000 * scans(`{ units(first: 34) { nodes { ${ranking} } } }`)).toBeLessThan(MOST_COST);
  });
});

test("what works on a whole branch is as dear in a batch or under another name", () => {
  const directive = cost("mutation ($input: RecordDirectiveInput!) { recordDirective(input: $input) { outcome } }", { input: {} });
  const batch = "mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) { stored } }";
  const rows = (...kinds: string[]) => cost(batch, { input: { rows: kinds.map((kind) => ({ [kind]: {} })) } });
  expect([directive > 1_000, rows("directive") > directive, rows("conference", "congress") < 1_000]).toEqual([true, true, true]);
  const vintage = (field: string) => cost(`{ vintage(id: "x") { ${field} } }`);
  expect([vintage("changed") > 10_000, vintage("changed")]).toEqual([true, vintage("changesCount")]);
});

test("units that a change names in lists count, wherever the lists stand", () => {
  const agreement = (count: number) => ({ collectiveAgreement: { unit: "U", schools: Array<string>(count).fill("S") } });
  const batch = "mutation ($rows: [RecordRowInput!]!) { submitRecords(input: {rows: $rows}) { stored } }";
  expect(cost(batch, { rows: Array<object>(200).fill(agreement(500)) })).toBeGreaterThan(800_000);
  expect(cost(batch, { rows: Array<object>(200).fill(agreement(5)) })).toBeLessThan(100_000);
  const one = "mutation ($input: RecordCollectiveAgreementInput!) { recordCollectiveAgreement(input: $input) { outcome } }";
  expect(cost(one, { input: agreement(500).collectiveAgreement })).toBeGreaterThan(10_000);
});

describe("of a batch that is too dear it is told how many of its rows fit", () => {
  const batch =
    'mutation ($rows: [RecordRowInput!]!) { submitRecords(input: {rows: $rows, idempotencyKey: "k"}) { rows { row outcome record { id version } userErrors { code field message { en } } } } }';
  const document = Math.ceil(batch.length / DOCUMENT_LIMITS.charactersPerPoint);
  /** What a request with these rows costs, and how many of them fit. */
  const priced = (rows: readonly object[], text = batch) => {
    const bytes = JSON.stringify({ query: text, variables: { rows } }).length;
    const body = REQUEST_COST + Math.ceil(bytes / BODY_LIMITS.bytesPerPoint);
    const parsed = parse(text);
    const whole = { schema, document: parsed, operation: getOperationAST(parsed)!, variables: { rows } };
    const { cost: operation } = costOf(whole);
    const fits = rowsThatFit(whole, { operation, body, document, characters: text.length });
    return { cost: body + document + operation, fits };
  };
  const text = (length: number) => "x".repeat(length);
  const row = fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: 0, max: 600 }).map((length) => ({ conference: { unit: "U", remark: text(length) } })) },
    {
      weight: 3,
      arbitrary: fc.integer({ min: 0, max: 60 }).map((count) => ({ collectiveAgreement: { schools: Array(count).fill("S") } })),
    },
    { weight: 1, arbitrary: fc.constant({ directive: { number: "1" } }) },
  );

  test("wherever they stand in it, and no smaller number than that", () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 40, maxLength: 50 }), fc.integer({ min: 140, max: 160 }), (some, times) => {
        const rows = Array.from({ length: times }, () => some).flat();
        const { cost: whole, fits } = priced(rows);
        expect(whole).toBeGreaterThan(MOST_COST);
        // Rows come again after `some`, so that these are all the runs there are.
        const dearest = (length: number) =>
          Math.max(...some.map((_, start) => (start + length > rows.length ? 0 : priced(rows.slice(start, start + length)).cost)));
        expect(dearest(fits!)).toBeLessThanOrEqual(MOST_COST + 20);
        if (fits! < MOST_ROWS) expect(dearest(fits! + 2)).toBeGreaterThan(MOST_COST - 20);
      }),
      { numRuns: 5 },
    );
  });

  test("not of a row that is too dear alone, nor of what is no batch", () => {
    const row = { collectiveAgreement: { schools: Array<string>(30_000).fill("S") } };
    expect(priced([row])).toMatchObject({ fits: null });
    expect(priced([row, {}], `query ($rows: [ID!]!) { nodes(ids: $rows) { id } }`).fits).toBeNull();
    const two = batch.replace(/\}$/, `other: submitRecords(input: {rows: $rows, idempotencyKey: "j"}) { stored } }`);
    expect(priced([row], two).fits).toBeNull();
  });

  test("as many as fit for certain do, with the widest rows, the longest body and the longest document", () => {
    const wide = Object.fromEntries(Array.from({ length: 90 }, (_, index) => [`field${index}`, text(10)]));
    const rows = Array.from({ length: SURE_ROWS }, () => ({ activityReport: { ...wide } }));
    const longest = BODY_LIMITS.bytes / BODY_LIMITS.bytesPerPoint + DOCUMENT_LIMITS.characters / DOCUMENT_LIMITS.charactersPerPoint;
    expect(cost(batch, { rows }) + REQUEST_COST + longest).toBeLessThanOrEqual(MOST_COST);
    expect(SURE_ROWS).toBeGreaterThan(3_000);
  });
});

test.each<[string, unknown, number]>([
  ["huge", 2 ** 31 - 1, 500],
  ["beyond any number", Infinity, 500],
  ["a fraction", 2.5, 2.5],
  ["negative", -5, 0],
  ["null", null, 50],
  ["missing", undefined, 50],
  ["a text", "500", 50],
  ["a list", [500], 50],
  ["an object", { first: 500 }, 50],
])("a page length that is %s counts as a page that a list could give", (_, n, as) => {
  const query = (first: string) => `query ($n: Int) ${unit(children(first, "name level"))}`;
  expect(cost(query("$n"), { n })).toBe(cost(query(String(as))));
});

test("a variable counts as its value, or else its default; null is a value, keys of prototypes are none", () => {
  const query = `query ($n: Int = 7) ${unit(children("$n", "name"))}`;
  expect(cost(query)).toBe(cost(unit(children("7", "name"))));
  expect(cost(query, { n: null })).toBe(cost(unit(children("50", "name"))));
  expect(cost(query, { n: 90 })).toBe(cost(unit(children("90", "name"))));
  expect(cost(`query ($constructor: Int, $__proto__: Int) ${unit(children("$constructor", children("$__proto__", "name")))}`)).toBe(
    cost(unit(children("50", children("50", "name")))),
  );
});

test("@skip and @include leave out what will not run, whatever was asked before", () => {
  const document = parse(
    `query ($with: Boolean!, $without: Boolean = false) ${unit(`name @skip(if: $without) ... @include(if: $with) { ${children("500", "name")} }`)}`,
  );
  const of = (variables: object) => costOf({ schema, document, operation: getOperationAST(document)!, variables: { ...variables } }).cost;
  const [dear, cheap] = [of({ with: true }), of({ with: false, without: true })];
  expect(dear).toBeGreaterThan(1_500);
  expect(cheap).toBeLessThan(5);
  expect([of({ with: true }), of({ with: false, without: true })]).toEqual([dear, cheap]);
});

test("of kinds that exclude each other the dearest counts", () => {
  const conference = "... on Conference { heldOn findings { code } }";
  const congress = "... on Congress { heldOn }";
  const records = (inside: string) => cost(unit(`records(first: 100) { nodes { ${inside} } }`));
  expect(records(`${conference} ${congress}`)).toBe(records(conference));
  expect(records("... on Record { id } ... on Node { id }")).toBeGreaterThan(records("... on Record { id }"));
});

test("depth is counted through fragments", () => {
  expect(asked("{ unit { parent { name } } }").depth).toBe(3);
  expect(asked("{ ...a } fragment a on Query { unit { ...b } } fragment b on Unit { parent { ... on School { name } } }").depth).toBe(3);
});

test("fragments that double each other, and selections that nest, are each looked at once", () => {
  const bomb = (n: number) =>
    `{ ...f0 } ${Array.from({ length: n }, (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`).join(" ")} fragment f${n} on Query { me { name } }`;
  expect(cost(bomb(10))).toBeGreaterThan(2 ** 9 * 0.3);
  expect(cost(bomb(60))).toBe(Number.MAX_SAFE_INTEGER);
  const nested = (n: number) => `{ unit { ${"parent { ".repeat(n)} name ${"} ".repeat(n)} } }`;
  expect([asked(nested(100)).depth, asked(nested(400)).depth]).toEqual([102, Infinity]);
  expect(cost(`{ unit { ${Array.from({ length: 10_000 }, (_, i) => `a${i}: parent { name }`).join(" ")} } }`)).toBeGreaterThan(3_000);
});

test("a variable is paid for wherever it is used, also below a page", () => {
  const order = Array<object>(5_000).fill({ by: "NAME" });
  const once = cost("query ($o: [UnitOrder!]) { units(first: 1, orderBy: $o) { totalCount } }", { o: order });
  expect(once).toBeGreaterThan(1_000);
  const below = "query ($o: [UnitOrder!]) { units(first: 500) { nodes { children(first: 1, orderBy: $o) { totalCount } } } }";
  expect(cost(below, { o: order })).toBeGreaterThan(500_000);
  expect(cost(below, { o: [{ by: "NAME" }] })).toBeLessThan(200_000);
  const rows = { conference: { unit: Array<string>(10_000).fill("x") } };
  const many = `mutation ($r: RecordRowInput!) { submitRecords(input: { idempotencyKey: "k", rows: [${"$r ".repeat(2_000)}] }) { stored } }`;
  expect(cost(many, { r: rows })).toBeGreaterThan(800_000);
});

test("what GraphiQL asks of the schema is cheap; a schema asked in circles is not", () => {
  expect(cost(getIntrospectionQuery())).toBeLessThan(100_000);
  const circle = "fields { type { ".repeat(5) + "name" + " } }".repeat(5);
  expect(cost(`{ __schema { types { ${circle} } } }`)).toBeGreaterThan(800_000);
  expect(cost(`{ __type(name: "Unit") { fields { name } } }`)).toBeLessThan(400);
});

test("a nation's table of 34 provinces, 6 years and all indicators, and all of a province's schools, are far from the limit", () => {
  const table = unit(children("34", `trend(from: "2019-2020", to: "2024-2025") { ${figures} }`));
  expect(cost(table)).toBeLessThan(30_000);
  expect(cost(unit(children("500", `rollup(schoolYear: "2024-2025") { ${figures} }`)))).toBeLessThan(50_000);
});

describe("60 random documents", () => {
  const pools = {
    ...{ inside: ["A"], outside: ["B"], names: ["x"], vintages: ["V"], schoolYears: ["2023-2024", "2024-2025"], indicators: ["members"] },
    ...{ days: ["2025-01-01"], cursors: ["x"], numbers: [0, 1, 7, 50, 500, 100_000] },
  };
  const documents = Array.from({ length: 60 }, (_, seed) => {
    const below = dice(seed + 1);
    const mutation = Object.keys(schema.getMutationType()!.getFields())[seed % 40];
    const random = new RandomDocument(schema, pools, below);
    return { below, document: parse(seed % 3 === 0 && mutation ? random.mutation(mutation, 2) : random.query(3)) };
  });

  test("cost a finite number of points, and more with every field", () => {
    for (const { document, below } of documents) {
      const before = costOfDocument(document);
      expect(Number.isSafeInteger(before) && before > 0).toBe(true);
      expect(costOfDocument(withOneMore(document, below))).toBeGreaterThanOrEqual(before);
    }
  });

  test("cost the same where their selections stand in fragments, and where page lengths come in variables", () => {
    let [moved, lengths] = [0, 0];
    for (const { document, below } of documents) {
      const spread = inFragments(document, below);
      expect(validate(schema, spread)).toEqual(validate(schema, document));
      expect(costOfDocument(spread)).toBe(costOfDocument(document));
      const { varied, variables } = withVariables(document);
      expect(costOfDocument(varied, variables)).toBe(costOfDocument(document));
      moved += spread.definitions.length - 1;
      lengths += Object.keys(variables).length;
    }
    expect([moved > 100, lengths > 20]).toEqual([true, true]);
  });

  /** A document of its own, so that nothing is known of it. */
  function costOfDocument(document: DocumentNode, variables?: Record<string, unknown>): number {
    return cost(print(document), variables);
  }

  function withOneMore(document: DocumentNode, below: (bound: number) => number): DocumentNode {
    const more = parse("{ one_more: __typename }").definitions[0]!;
    return visit(document, {
      SelectionSet: (set) =>
        below(3) === 0 && more.kind === Kind.OPERATION_DEFINITION
          ? { ...set, selections: [...set.selections, ...more.selectionSet.selections] }
          : undefined,
    });
  }

  function inFragments(document: DocumentNode, below: (bound: number) => number): DocumentNode {
    const types = new TypeInfo(schema);
    const fragments: string[] = [];
    const changed: DocumentNode = visit(
      document,
      visitWithTypeInfo(types, {
        Field: {
          leave(node) {
            const type = types.getType() && getNamedType(types.getType()!);
            if (!node.selectionSet || !isCompositeType(type) || below(3) > 0) return undefined;
            const name = `f${fragments.length}`;
            fragments.push(`fragment ${name} on ${type.name} ${print(node.selectionSet)}`);
            const spread = { kind: Kind.FRAGMENT_SPREAD, name: { kind: Kind.NAME, value: name } } as const;
            return { ...node, selectionSet: { kind: Kind.SELECTION_SET, selections: [spread] } };
          },
        },
      }),
    );
    return parse([print(changed), ...fragments].join("\n"));
  }

  function withVariables(document: DocumentNode): { varied: DocumentNode; variables: Record<string, unknown> } {
    const variables: Record<string, unknown> = {};
    const changed = visit(document, {
      Argument(node) {
        if (node.name.value !== "first" || node.value.kind !== Kind.INT) return undefined;
        const name = `v${Object.keys(variables).length}`;
        variables[name] = Number(node.value.value);
        return { ...node, value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } } };
      },
    });
    const declared = Object.keys(variables).map((name) => `$${name}: Int!`);
    const text = print(changed).replace(
      /^(query|mutation)?\s*\{/,
      (_, kind = "query") => `${kind} ${declared.length > 0 ? `(${declared.join(", ")})` : ""} {`,
    );
    return { varied: parse(text), variables };
  }
});
