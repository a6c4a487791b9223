import { v7 as newId } from "uuid";
import { checks } from "../../src/domain/findings/catalogue.js";
import { LARGEST_CONTENT } from "../../src/domain/records/record.js";
import { isLongText } from "../../src/storage/database/columns.js";
import { tables } from "../../src/storage/tables/tables.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, draft, report, schoolYear } from "../desk.js";

let database: TestDatabase;
let desk: Desk;
beforeAll(async () => {
  database = await openTestDatabase();
  desk = new Desk(database);
  await desk.register(draft.province("P"), draft.district("D", "P"));
  await desk.openYear(schoolYear(2024));
});
afterAll(() => database.close());

/** Where TEXT of MySQL and MariaDB ends, in bytes. */
const TEXT_BYTES = 65_535;
/** Most characters of ids, days, instants, words of the hub and school years: their form is fixed. */
const FORMS = [36, 10, 24, 40, 9];
const longestCheck = Math.max(...checks.map(({ key }) => key.length));

/** The most that comes into a column, by what bounds it: characters of a varchar, bytes of a text. */
const BOUNDS: Record<string, number> = {
  // Codes have 60 characters at most, names 200 (register.ts); a search key is cut (vietnamese.ts).
  "unit.code": 60,
  // vietnamese.ts
  "unit.code_key": 600,
  "vintage_dossier.code": 60,
  "profile.name": 200,
  "profile.search_key": 300,
  "vintage_dossier.name": 200,
  // 300 letters, a sign and 100 tones (vietnamese.ts).
  "profile.sort_key": 401,
  // What makes a record the same is one text of its content, of 500 characters at most (field.ts) or folded (vietnamese.ts), or words of the hub.
  "record.record_key": 600,
  "record.content": LARGEST_CONTENT,
  "record_version.content": LARGEST_CONTENT,
  // The name of a token, or "oidc:" and a subject of 190 characters (access.ts, provider.ts).
  ...Object.fromEntries(
    [
      ...["record", "record_version", "unit_version", "school_year_version"].flatMap((table) => [
        `${table}.recorded_by`,
        `${table}.recorded_by_token`,
      ]),
      ...["vintage.published_by", "vintage.published_by_token", "token.name", "revoked_subject.id"],
    ].map((name) => [name, 200]),
  ),
  // change.ts, publish.ts.
  "record.reason": 500,
  "record_version.reason": 500,
  "unit_version.reason": 500,
  "school_year_version.reason": 500,
  "vintage.title": 300,
  "vintage.remark": 500,
  // Code, school year and ordinal.
  ...Object.fromEntries(
    ["vintage.id", "vintage_definition.vintage_id", "vintage_dossier.vintage_id", "vintage_cell.vintage_id"].map((name) => [name, 80]),
  ),
  // Check, field and record; names of the code.
  "finding.check_key": longestCheck,
  "finding.field": 60,
  "finding.name": longestCheck + 60 + 36 + 2,
  "finding.fingerprint": 16,
  // Names and amounts of what one check saw in one unit; no lists.
  "finding.content": 10_000,
  // SHA-256 in hexadecimal digits; a long answer takes several rows.
  "idempotency_key.id": 64,
  "idempotency_key.digest": 64,
  "idempotency_key.answer": TEXT_BYTES,
  "vintage.digest": 64,
  // The first letters of a SHA-256 in base64url, and with an instant (fingerprint.ts).
  "dossier.whole_year_print": 22,
  "dossier.first_half_print": 22,
  "vintage.fingerprint": 31,
  // One setting of a directive, one indicator, the school year: less than the record that holds it.
  "vintage_definition.content": LARGEST_CONTENT,
  // A name and an integer of each measure that the code declares.
  "vintage_dossier.tally": 20_000,
  "vintage_cell.tally": 20_000,
};

test("every column of text has a bound of the domain that every database keeps, or a type without one", () => {
  const columns = tables.flatMap(({ options }) =>
    Object.entries(options.columns).flatMap(([name, column]) => (column ? [{ name: `${options.name}.${name}`, column }] : [])),
  );
  const bounded = columns.filter(
    ({ column }) =>
      !isLongText(column) && (column.type === "text" || (column.type === "varchar" && !FORMS.includes(Number(column.length)))),
  );
  expect(bounded.map(({ name }) => name).sort()).toEqual(Object.keys(BOUNDS).sort());
  const tooNarrow = bounded.filter(({ name, column }) => BOUNDS[name]! > (column.type === "text" ? TEXT_BYTES : Number(column.length)));
  expect(tooNarrow.map(({ name }) => name)).toEqual([]);
});

test.each([
  ["letters of two bytes and a tone", "Ệ".repeat(200)],
  ["letters of four bytes", "𠀀".repeat(100)],
  ["numbers, each of which sorts by its length", "1a".repeat(100)],
])("the longest names are kept and read back, among them %s", async (what, name) => {
  const code = what
    .replace(/[^a-z]/g, "")
    .slice(0, 20)
    .toUpperCase();
  expect((await desk.register(draft.school(code, "D", { name }))).map(({ outcome, problems }) => [outcome, problems])).toEqual([
    ["STORED", []],
  ]);
  const id = await desk.id(code);
  const views = await database.read((stores) => stores.unitReader.views([id], "2025-06-01"));
  expect(views.get(id)?.name).toBe(name);
});

test("a unit with thousands of records is published, under the longest title and remark, and read back", async () => {
  const count = 1_700;
  await desk.register(draft.union("U", "D"), draft.school("S", "U", { ownership: "PRIVATE" }));
  const { record } = await desk.send(report.agreement("U", { schools: ["S"] }));
  // Put there past the intake, which bounds them since 0.5.0: a database of 0.4.0 may hold as many.
  const others = Array.from({ length: count - 1 }, () => ({ ...record!, recordId: newId(), key: newId() }));
  const subjects = [await desk.id("U"), await desk.id("S")];
  await database.write((stores) => stores.records.save(others.map((other) => ({ record: other, isNew: true, subjects }))));
  const [title, remark] = ["𠀀".repeat(300), "𠀀".repeat(500)];
  const { outcome, vintage, problems } = await desk.publish("P", "2024-2025", { title, remark });
  expect([outcome, problems]).toEqual(["STORED", []]);
  const [kept, content] = await database.read(async (stores) => [
    (await stores.vintages.byIds([vintage!.id])).get(vintage!.id),
    await stores.vintages.content(vintage!.id),
  ]);
  expect(kept).toEqual(vintage);
  expect(kept).toMatchObject({ title, remark });
  const union = await desk.id("U");
  const records = content.dossiers.find(({ unitId }) => unitId === union)!.records;
  expect(JSON.parse(records)).toHaveLength(count);
  expect(Buffer.byteLength(records)).toBeGreaterThan(TEXT_BYTES);
});

test("hundreds of the longest records are stored at once", async () => {
  await desk.register(draft.school("LONG", "D", { ownership: "PRIVATE" }));
  const { record } = await desk.send(report.agreement("LONG", {}));
  const content = { ...record!.content, remark: "Ệ".repeat(10_000) };
  const all = Array.from({ length: 600 }, () => ({ ...record!, recordId: newId(), key: newId(), content }));
  const rows = all.map((each) => ({ record: each, isNew: true, subjects: [record!.unitId] }));
  await database.write((stores) => stores.records.save(rows));
  const stored = await database.read((stores) => stores.records.byIds(all.map(({ recordId }) => recordId)));
  expect(all.every(({ recordId }) => stored.get(recordId)?.content["remark"] === content.remark)).toBe(true);
});
