import { draft, report } from "../desk.js";
import { LISTS, NAMES, plantProvince } from "./paging-world.js";
import { dice } from "./random-document.js";
import { type Client, type Running, serve } from "./server.js";

interface Page {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  edges: { cursor: string; node: object }[];
  nodes: object[];
}
interface Args {
  first?: number;
  after?: string | null;
  last?: number;
  before?: string | null;
}

const SEEDS = [1, 2];
/** Entries of the longest page. */
const LONGEST = 500;
/** While one list is read: more would make it endless. */
const MOST_WRITES = 8;
let worlds: { running: Running; analyst: Client }[];
beforeAll(async () => {
  worlds = await Promise.all(
    SEEDS.map(async (seed) => {
      const running = await serve("none");
      await plantProvince(running, seed);
      return { running, analyst: await running.as("ANALYST", "P") };
    }),
  );
}, 600_000);
afterAll(() => Promise.all(worlds.map(({ running }) => running.close())));

const written = (args: Args) =>
  Object.entries(args)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join(", ");

/** The longest list of an answer: breaks of other kinds have lists, too. */
function longest(answer: unknown): Page | null {
  if (typeof answer !== "object" || answer === null) return null;
  if ("pageInfo" in answer) return answer as Page;
  return Object.values(answer)
    .map(longest)
    .reduce((best, page) => (page && page.totalCount >= (best?.totalCount ?? 0) ? page : best), null);
}

async function pageOf(client: Client, list: string, args: Args): Promise<Page> {
  const { query, node } = LISTS[list]!;
  const selection = `{ totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { ${node} } } nodes { ${node} } }`;
  const page = longest(await client.data(`{ ${query.replace("ARGS", written(args)).replace("PAGE", selection)} }`));
  if (!page) throw new Error(`${list} is no list`);
  expect(page.edges.map((edge) => edge.node)).toEqual(page.nodes);
  expect([page.pageInfo.startCursor, page.pageInfo.endCursor]).toEqual([page.edges[0]?.cursor ?? null, page.edges.at(-1)?.cursor ?? null]);
  return page;
}

/** All pages of a list, in the order in which they were read. */
async function pages(client: Client, list: string, backwards: boolean, size: () => number): Promise<Page[]> {
  const read: Page[] = [];
  for (;;) {
    const last = read.at(-1);
    const page: Page = await pageOf(
      client,
      list,
      backwards
        ? { last: size(), ...(last ? { before: last.pageInfo.startCursor } : {}) }
        : { first: size(), ...(last ? { after: last.pageInfo.endCursor } : {}) },
    );
    expect(backwards ? page.pageInfo.hasNextPage : page.pageInfo.hasPreviousPage).toBe(last !== undefined);
    read.push(page);
    if (!(backwards ? page.pageInfo.hasPreviousPage : page.pageInfo.hasNextPage)) return read;
  }
}

const identities = (read: readonly Page[]) => read.flatMap(({ nodes }) => nodes.map((node) => JSON.stringify(node)));

describe.each(Object.keys(LISTS))("%s", (list) => {
  test("pages of any size, from either end, are the whole list: each entry once, in one order", async () => {
    // Every second list in the other world: each world has lists of every form.
    const index = Object.keys(LISTS).indexOf(list) % worlds.length;
    const { analyst } = worlds[index]!;
    const random = dice(SEEDS[index]! + list.length);
    const longestPages = await pages(analyst, list, false, () => LONGEST);
    const expected = identities(longestPages);
    const whole = {
      totalCount: longestPages[0]!.totalCount,
      edges: longestPages.flatMap(({ edges }) => edges),
      nodes: longestPages.flatMap(({ nodes }) => nodes),
    };
    expect([expected.length, new Set(expected).size]).toEqual([whole.totalCount, whole.totalCount]);
    const size = () => 1 + random(Math.max(3, Math.ceil(whole.totalCount / 3)));
    expect(identities(await pages(analyst, list, false, size))).toEqual(expected);
    const backwards = await pages(analyst, list, true, size);
    expect(identities([...backwards].reverse())).toEqual(expected);
    expect((await pageOf(analyst, list, { after: null })).nodes).toEqual(whole.nodes.slice(0, 50));
    if (whole.totalCount < 4) return;
    // Between two cursors, from either end.
    const [after, before] = [whole.edges[0]!.cursor, whole.edges.at(-1)!.cursor];
    const between = whole.nodes.slice(1, -1).slice(0, LONGEST);
    expect((await pageOf(analyst, list, { first: LONGEST, after, before })).nodes).toEqual(between);
    const window = await pageOf(analyst, list, { last: 1, after, before });
    expect([window.nodes, window.pageInfo.hasPreviousPage]).toEqual([whole.nodes.slice(-2, -1), true]);
  });

  test("a cursor with one character changed, cut or added is refused with a sentence", async () => {
    const { analyst } = worlds[0]!;
    const { startCursor } = (await pageOf(analyst, list, { first: 1 })).pageInfo;
    const random = dice(list.length);
    const at = random(startCursor!.length);
    const tampered = [
      startCursor!.slice(0, at) + (startCursor![at] === "A" ? "B" : "A") + startCursor!.slice(at + 1),
      startCursor!.slice(0, -1),
      `${startCursor}A`,
      `${startCursor}.`,
      Buffer.from(JSON.stringify(["NAME ASC", null, null])).toString("base64url"),
    ];
    const { query } = LISTS[list]!;
    for (const cursor of tampered)
      for (const name of ["after", "before"]) {
        const { errors } = await analyst.ask(`{ ${query.replace("ARGS", `${name}: "${cursor}"`).replace("PAGE", "{ totalCount }")} }`);
        expect([cursor, errors?.[0]?.extensions.code, errors?.[0]?.message]).toEqual([
          cursor,
          "BAD_USER_INPUT",
          expect.stringMatching(new RegExp(`^${name} is not a cursor of this list; give the .+, unchanged, with the same order\\.$`)),
        ]);
      }
  });

  test("a page has one size: first or last, 1 to 500", async () => {
    const { analyst } = worlds[0]!;
    const { query } = LISTS[list]!;
    for (const [args, message] of [
      ["first: 1, last: 1", "first and last are both given; expected first (from the start) or last (from the end)."],
      ["last: 0", "last is 0; expected 1 to 500."],
      ["last: -1", "last is -1; expected 1 to 500."],
      ["first: 501", "first is 501; expected 1 to 500."],
    ] as const) {
      const { errors } = await analyst.ask(`{ ${query.replace("ARGS", args).replace("PAGE", "{ totalCount }")} }`);
      expect([errors?.[0]?.extensions.code, errors?.[0]?.message]).toEqual(["BAD_USER_INPUT", message]);
    }
  });
});

test("the lists hold more entries than a page", async () => {
  const short: string[] = [];
  for (const list of Object.keys(LISTS))
    for (const { analyst } of worlds) if ((await pageOf(analyst, list, { first: 1 })).totalCount < 2) short.push(list);
  // One report a unit and year is behind its members.
  expect(short).toEqual(["records behind a figure", "records behind a figure"]);
});

describe("while others write", () => {
  let added = 0;
  /** Schools with a record each that come in one after the other, among those that stand, until somebody says stop. */
  async function write({ desk }: Running, stop: () => boolean): Promise<number> {
    const from = added;
    while (!stop() && added < from + MOST_WRITES) {
      const code = `NEW${added++}`;
      const done = [
        ...(await desk.register(draft.school(code, `U${added % 3}`, { name: NAMES[added % NAMES.length]! }))),
        await desk.send(report.conference(code)),
      ];
      expect(done.flatMap(({ problems }) => problems)).toEqual([]);
    }
    return added - from;
  }

  test.each(["units by name", "units by an indicator", "worklist", "findings", "ranking of schools"])(
    "%s: who stood all the time is shown once, from either end",
    async (list) => {
      const { running, analyst } = worlds[0]!;
      for (const backwards of [false, true]) {
        const before = identities([await pageOf(analyst, list, { first: 500 })]);
        let ended = false;
        const writer = write(running, () => ended);
        const read = await pages(analyst, list, backwards, () => 4).finally(() => (ended = true));
        expect(await writer).toBeGreaterThan(0);
        const after = new Set(identities([await pageOf(analyst, list, { first: 500 })]));
        const shown = identities(read);
        const stood = before.filter((identity) => after.has(identity));
        expect(stood.length).toBeGreaterThan(3);
        expect(shown.filter((identity) => stood.includes(identity)).sort()).toEqual(stood.sort());
      }
    },
  );
});
