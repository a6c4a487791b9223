import { buildSchema, type GraphQLSchema, isInterfaceType, isObjectType, parse, TypeInfo, visit, visitWithTypeInfo } from "graphql";
import { readFileSync } from "node:fs";
import { LISTS, plantProvince } from "./paging-world.js";
import { type Client, type Running, serve } from "./server.js";
import { digest } from "../../src/domain/ground/digest.js";

let running: Running;
let analyst: Client;
beforeAll(async () => {
  running = await serve("none");
  await plantProvince(running, 1);
  analyst = await running.as("ANALYST", "P");
}, 600_000);
afterAll(() => running.close());

const PAGE = "{ totalCount pageInfo { startCursor } }";
const ask = (list: string, args: string) => analyst.ask(`{ ${LISTS[list]!.query.replace("ARGS", args).replace("PAGE", PAGE)} }`);

/** A cursor as the hub itself would write it: the checksum is no secret. */
function cursorOf(json: string): string {
  const place = Buffer.from(json).toString("base64url");
  return `${place}.${digest(place)}`;
}

/** The first cursor of an answer, wherever its list stands. */
function startOf(answer: unknown): string | null {
  if (typeof answer !== "object" || answer === null) return null;
  if ("startCursor" in answer) return answer.startCursor as string | null;
  return Object.values(answer).map(startOf).find(Boolean) ?? null;
}

/** As JSON, so that numbers too large to be one can be written. */
const STRANGE = ["true", "[]", '["a", "b"]', '{"toString": 1}', "1e999", '"\\u0000"', JSON.stringify("x".repeat(5_000))];

describe.each(Object.keys(LISTS))("%s", (list) => {
  test("a cursor with a value that the list is not sorted by is refused, and so is one with too few or too many", async () => {
    const start = startOf((await ask(list, "first: 1")).data);
    const [order, ...key] = JSON.parse(Buffer.from(start!.split(".")[0]!, "base64url").toString()) as [string, ...unknown[]];
    const written = key.map((value) => JSON.stringify(value));
    const place = (parts: readonly string[]) => `[${[JSON.stringify(order), ...parts].join(", ")}]`;
    const forged = [
      ...key.flatMap((value, index) =>
        [...STRANGE, typeof value === "string" ? "7" : '"7"', ...(typeof value === "string" ? ["null"] : [])].map((strange) =>
          place(written.with(index, strange)),
        ),
      ),
      place(written.slice(1)),
      place([...written, '"a"']),
      place([]),
      ...["[]", "null", "7", '"a"', "{}", "[[]]", `[[${JSON.stringify(order)}], ${written.join(", ")}]`, "{", ""],
    ].map(cursorOf);
    // Either end reads a cursor in the same way; each takes every second one.
    const names = forged.map((_, index) => (index % 2 === 0 ? "after" : "before"));
    const answers = await Promise.all(forged.map((cursor, index) => ask(list, `${names[index]}: ${JSON.stringify(cursor)}`)));
    for (const [index, { errors }] of answers.entries())
      expect([forged[index], errors?.map(({ extensions }) => extensions.code), errors?.[0]?.message]).toEqual([
        forged[index],
        ["BAD_USER_INPUT"],
        expect.stringMatching(new RegExp(`^${names[index]} is not a cursor of this list`)),
      ]);
  });

  test("a place where no entry stands is a place all the same", async () => {
    const start = startOf((await ask(list, "first: 1")).data);
    const [order, ...key] = JSON.parse(Buffer.from(start!.split(".")[0]!, "base64url").toString()) as [string, ...unknown[]];
    for (const extreme of [1e308, -1e308, Number.MAX_SAFE_INTEGER]) {
      const beyond = key.map((value) => (typeof value === "number" ? extreme : value));
      const cursor = JSON.stringify(cursorOf(JSON.stringify([order, ...beyond])));
      for (const name of ["after", "before"]) expect((await ask(list, `${name}: ${cursor}`)).errors).toBeUndefined();
    }
  });
});

test("these are all the lists of the schema", () => {
  const schema = buildSchema(readFileSync("schema/schema.graphql", "utf8"), { assumeValid: true });
  const info = new TypeInfo(schema);
  const asked = new Set<string>();
  for (const { query } of Object.values(LISTS))
    visit(
      parse(`{ ${query.replace("ARGS", "first: 1").replace("PAGE", "{ totalCount }")} }`),
      visitWithTypeInfo(info, {
        Field() {
          if (info.getFieldDef()?.args.some(({ name }) => name === "after"))
            asked.add(`${info.getParentType()!.name}.${info.getFieldDef()!.name}`);
        },
      }),
    );
  expect([...asked].sort()).toEqual(paged(schema).sort());
});

/** Every field that pages; one that an interface has stands once, under the name of the interface. */
function paged(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    const inherited = type.getInterfaces().flatMap((above) => Object.keys(above.getFields()));
    return Object.values(type.getFields())
      .filter(({ name, args }) => args.some((arg) => arg.name === "after") && !inherited.includes(name))
      .map(({ name }) => `${type.name}.${name}`);
  });
}
