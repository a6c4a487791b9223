import { readdirSync, readFileSync } from "node:fs";
import { dirname, posix } from "node:path";
import ts from "typescript";
import { measureKeys, obligations } from "../src/domain/counting/measures.js";
import { indicatorKeys } from "../src/domain/figures/catalogue.js";
import { recordKinds } from "../src/domain/records/catalogue.js";

/**
 * The rooms of `src/` (a file beside them is a room of its own) and what each may import from the others. `types`: only
 * with `import type`, which leaves nothing at run time (`import { type X }` leaves an import of the file).
 */
const ROOMS: Record<string, { imports: readonly string[]; types?: readonly string[] }> = {
  domain: { imports: [] },
  storage: { imports: ["domain", "stretches"] },
  access: { imports: ["domain"], types: ["storage", "config"] },
  ledger: { imports: ["domain", "stretches"], types: ["storage"] },
  rollup: { imports: ["domain", "ledger", "stretches"], types: ["storage"] },
  work: { imports: ["domain", "ledger", "rollup", "stretches"], types: ["storage"] },
  intake: { imports: ["domain", "ledger", "work", "stretches"], types: ["storage"] },
  graphql: { imports: ["domain", "intake", "work", "rollup", "stretches"], types: ["storage", "access", "ledger"] },
  seeding: { imports: ["domain", "intake", "work"], types: ["ANY"] },
  http: { imports: ["domain", "graphql", "access", "stretches"], types: ["ANY"] },
  cli: { imports: ["domain", "access", "ledger", "seeding", "graphql", "hub", "config", "fault", "output"], types: ["ANY"] },
  config: { imports: ["domain"], types: ["ANY"] },
  fault: { imports: [] },
  output: { imports: [] },
  stretches: { imports: [] },
  banner: { imports: [], types: ["ANY"] },
  hub: { imports: ["ANY"] },
  main: { imports: ["ANY"] },
};

/** Packages that only one room knows. */
const PACKAGES: Record<string, string> = {
  typeorm: "storage",
  "better-sqlite3": "storage",
  mysql2: "storage",
  "type-graphql": "graphql",
  "graphql-scalars": "graphql",
  dataloader: "graphql",
  "@apollo/server": "http",
  "@as-integrations/fastify": "http",
  "@graphql-yoga/render-graphiql": "http",
  fastify: "http",
  "prom-client": "http",
  "@fastify/cors": "http",
  jose: "access",
  commander: "cli",
  "cli-progress": "cli",
};

/** The only importers of the composition root at run time. */
const IMPORTERS_OF_HUB = ["main", "cli"];
/** The only reader of the environment. */
const READER_OF_THE_ENVIRONMENT = "config.ts";
const LONGEST_FILE = 220;
/** Made by a generator, and as long as there are columns. */
const GENERATED = /^storage\/migrations\//;
/** The folders of a room from the ground up: each knows those before it, its own, and what stands in one line with it. A file beside them knows all. */
const FOLDERS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  domain: [
    ["ground"],
    ["tree"],
    // A kind of record says what it counts, and counting goes through all kinds.
    ["records", "counting"],
    ["reporting"],
    ["figures"],
    ["analysis"],
    ["findings"],
  ],
  // What a subject adds to a unit stands in the folder of the subject: units know nobody.
  graphql: [
    ["cost"],
    ["loaders"],
    ["engine"],
    ["change"],
    ["unit"],
    ["record"],
    ["figure"],
    ["analysis"],
    ["report"],
    ["finding"],
    ["vintage"],
  ],
};
/** Nouns of higher folders that lower ones name: they rest on nothing but the ground and the tree. */
const NOUNS: Readonly<Record<string, readonly string[]>> = {
  // The report of a period and the closing of one are kinds of records; what is owed has the period's due day.
  "domain/reporting/reporting-period.ts": ["records", "counting"],
  "domain/reporting/standing.ts": ["records"],
  // An acknowledgement of a finding is a kind of record.
  "domain/findings/finding.ts": ["records"],
};
/** Names that say nothing about what is inside. */
const VAGUE = /(^|[-.])(utils?|helpers?|common|shared|misc)([-.]|$)/;

interface Import {
  from: string;
  /** A path inside `src/`, or the name of a package. */
  to: string;
  inside: boolean;
  typeOnly: boolean;
}

const paths = readdirSync("src", { recursive: true, encoding: "utf8" }).map((path) => path.replaceAll("\\", "/"));
const files = paths.filter((path) => path.endsWith(".ts")).sort();
const sources = new Map(
  files.map((file) => [file, ts.createSourceFile(file, readFileSync(`src/${file}`, "utf8"), ts.ScriptTarget.ES2022, true)]),
);
const imports = [...sources].flatMap(([file, source]) => importsOf(file, source));

const roomOf = (path: string) => path.split("/")[0]!.replace(/\.ts$/, "");
const packageOf = (specifier: string) => specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");

function importsOf(from: string, source: ts.SourceFile): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (!specifier || !ts.isStringLiteral(specifier)) return;
    const inside = specifier.text.startsWith(".");
    const to = inside ? posix.join(dirname(from), specifier.text).replace(/\.js$/, ".ts") : specifier.text;
    found.push({ from, to, inside, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], false);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Whether any node of a file is as asked. */
function some(source: ts.SourceFile, is: (node: ts.Node) => boolean): boolean {
  const visit = (node: ts.Node): boolean => is(node) || (ts.forEachChild(node, (child) => visit(child) || undefined) ?? false);
  return visit(source);
}

/** A ring of files that import each other, be it for a type, or none. */
function firstCycle(): string[] | null {
  const importsOfFile = new Map(files.map((file) => [file, imports.filter(({ from }) => from === file)]));
  const done = new Set<string>();
  const line: string[] = [];
  const walk = (file: string): string[] | null => {
    if (line.includes(file)) return [...line.slice(line.indexOf(file)), file];
    if (done.has(file)) return null;
    line.push(file);
    for (const { to } of importsOfFile.get(file) ?? []) {
      if (!sources.has(to)) continue;
      const cycle = walk(to);
      if (cycle) return cycle;
    }
    line.pop();
    done.add(file);
    return null;
  };
  for (const file of files) {
    const cycle = walk(file);
    if (cycle) return cycle;
  }
  return null;
}

/** The folder of a room in which a file stands; "" beside them. */
const folderOf = (path: string) => path.split("/").slice(1, -1)[0] ?? "";
/** How high a file stands among the folders of its room; those beside the folders above all. */
const rankOf = (path: string) => {
  const lines = FOLDERS[roomOf(path)]!;
  return folderOf(path) === "" ? lines.length : lines.findIndex((line) => line.includes(folderOf(path)));
};

const told = (wrong: readonly Import[]) => wrong.map(({ from, to, typeOnly }) => `${from} ${typeOnly ? "import type" : "import"} ${to}`);

test("every room stands in the table", () => {
  expect([...new Set(files.map(roomOf))].filter((room) => !Object.hasOwn(ROOMS, room))).toEqual([]);
});

test("every import inside src names a file that is there, and leaves src nowhere", () => {
  expect(told(imports.filter(({ inside, to }) => inside && !sources.has(to)))).toEqual([]);
});

test.each(Object.keys(ROOMS))("%s imports only the rooms that it may", (room) => {
  const { imports: values, types = [] } = ROOMS[room]!;
  const may = ({ to, typeOnly }: Import) =>
    [room, ...values, ...(typeOnly ? types : [])].some((allowed) => allowed === "ANY" || allowed === roomOf(to));
  expect(told(imports.filter((found) => found.inside && roomOf(found.from) === room && !may(found)))).toEqual([]);
});

test("graphql takes from storage only what the stores and the database are", () => {
  const named = (file: string) =>
    sources.get(file)!.statements.flatMap((statement) => {
      if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
      const to = posix.join(dirname(file), statement.moduleSpecifier.text);
      return roomOf(to) === "storage" ? (statement.importClause?.namedBindings?.getText().match(/\w+/g) ?? [to]) : [];
    });
  const taken = files.filter((file) => roomOf(file) === "graphql").flatMap((file) => named(file).map((name) => `${file}: ${name}`));
  expect(taken.filter((each) => !/: (Stores|Database)$/.test(each))).toEqual([]);
});

test("the domain imports no package, not even Node's", () => {
  expect(told(imports.filter(({ from, inside }) => !inside && roomOf(from) === "domain"))).toEqual([]);
});

test.each(Object.entries(PACKAGES))("%s is known only to %s", (name, room) => {
  expect(told(imports.filter(({ from, to, inside }) => !inside && packageOf(to) === name && roomOf(from) !== room))).toEqual([]);
});

test("nothing imports the hub at run time but main and cli", () => {
  expect(
    told(imports.filter(({ from, to, typeOnly }) => to === "hub.ts" && !typeOnly && !IMPORTERS_OF_HUB.includes(roomOf(from)))),
  ).toEqual([]);
});

test("no files import each other in a ring", () => {
  expect(firstCycle()).toBeNull();
});

test.each(Object.keys(FOLDERS))("every folder of %s has its place", (room) => {
  expect(files.filter((file) => roomOf(file) === room && rankOf(file) < 0)).toEqual([]);
});

test.each(Object.keys(FOLDERS))("no folder of %s knows one above it", (room) => {
  const isInside = ({ from, to }: Import) => roomOf(from) === room && roomOf(to) === room;
  const isUpwards = ({ from, to }: Import) => rankOf(from) < rankOf(to) && !NOUNS[to]?.includes(folderOf(from));
  expect(told(imports.filter((found) => found.inside && isInside(found) && isUpwards(found)))).toEqual([]);
});

test.each(Object.keys(NOUNS))("%s rests on the ground and the tree", (file) => {
  const isLow = ({ to }: Import) => ["ground", "tree"].includes(folderOf(to)) || Object.hasOwn(NOUNS, to);
  expect(told(imports.filter((found) => found.from === file && !isLow(found)))).toEqual([]);
});

test("no indicator is named by a text but where it is declared: others take the duty or the indicator itself", () => {
  const names = new Set(recordKinds.flatMap(({ key, fields }) => [key, ...Object.keys(fields)]));
  for (const key of [...obligations.map((duty) => duty.key), ...measureKeys]) names.add(key.replace(/Unsaid$/, ""));
  const keys = indicatorKeys.all.filter((key) => !names.has(key));
  const namesOne = (node: ts.Node) => ts.isStringLiteralLike(node) && keys.includes(node.text);
  const rooms = ["domain", "ledger", "intake", "rollup"];
  const elsewhere = files.filter((file) => rooms.includes(roomOf(file)) && !file.startsWith("domain/figures/list/"));
  expect(keys).toContain("staffConferenceCompletion");
  expect(elsewhere.filter((file) => some(sources.get(file)!, namesOne))).toEqual([]);
});

test("only the configuration reads the environment", () => {
  const readsIt = (node: ts.Node) =>
    (ts.isPropertyAccessExpression(node) && node.name.text === "env" && node.expression.getText() === "process") ||
    (ts.isImportDeclaration(node) && /process"$/.test(node.moduleSpecifier.getText()));
  expect(files.filter((file) => file !== READER_OF_THE_ENVIRONMENT && some(sources.get(file)!, readsIt))).toEqual([]);
});

test("what a caller changes comes to its answer through one place, which asks who may see it", () => {
  const calls = (name: RegExp) => (node: ts.Node) => ts.isCallExpression(node) && name.test(node.expression.getText());
  const within = (rooms: readonly string[], name: RegExp) =>
    files.filter((file) => rooms.includes(roomOf(file)) && some(sources.get(file)!, calls(name)));
  // The context only hands on what the database takes.
  expect(within(["graphql", "work"], /\.write$/)).toEqual(["graphql/engine/context.ts", "work/unit-of-work.ts"]);
  expect(within(["graphql", "work"], /^inUnitOfWork$/)).toEqual(["work/performed.ts"]);
});

test("nothing is exported by default", () => {
  const isDefault = (node: ts.Node) =>
    (ts.isExportAssignment(node) && !node.isExportEquals) ||
    (ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) ||
    (ts.isExportSpecifier(node) && node.name.text === "default");
  expect(files.filter((file) => some(sources.get(file)!, isDefault))).toEqual([]);
});

test("no file only hands on what others export", () => {
  const isHandedOn = (node: ts.Statement) => ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
  const hasExport = (source: ts.SourceFile) => source.statements.some(ts.isExportDeclaration);
  expect(files.filter((file) => hasExport(sources.get(file)!) && sources.get(file)!.statements.every(isHandedOn))).toEqual([]);
});

test("every name of a file or folder says what is inside", () => {
  expect(paths.filter((path) => VAGUE.test(posix.basename(path)))).toEqual([]);
});

test("a file is one thing, and not longer than that takes", () => {
  const linesOf = (file: string) => sources.get(file)!.text.trimEnd().split("\n").length;
  expect(
    files.filter((file) => !GENERATED.test(file) && linesOf(file) > LONGEST_FILE).map((file) => `${file}: ${linesOf(file)} lines`),
  ).toEqual([]);
});
