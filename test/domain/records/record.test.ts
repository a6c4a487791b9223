import { type Field, type Fields } from "../../../src/domain/records/field.js";
import { futureProblems } from "../../../src/domain/records/future.js";
import { readContent } from "../../../src/domain/records/content.js";
import { recordedKinds } from "../../../src/domain/records/catalogue.js";
import { LARGEST_CONTENT, sizeProblems } from "../../../src/domain/records/record.js";

/** A content whose JSON is so many bytes in UTF-8, most of them in `long`. */
const sized = (bytes: number, letter = "x") => {
  const frame = JSON.stringify({ long: "", short: 1 }).length;
  const letters = Math.floor((bytes - frame) / Buffer.byteLength(letter));
  return { long: letter.repeat(letters) + "x".repeat(bytes - frame - letters * Buffer.byteLength(letter)), short: 1 } as never;
};

test.each(["x", "ế", "𠀀"])("a record of %s may be as large as any database keeps, counted in bytes, and no larger", (letter) => {
  expect(sizeProblems(sized(LARGEST_CONTENT, letter))).toEqual([]);
  expect(sizeProblems(sized(LARGEST_CONTENT + 1, letter))).toEqual([
    {
      code: "OUT_OF_RANGE",
      field: "long",
      message: {
        en: expect.stringMatching(/^The record takes 65001 bytes, \d+ of them for long; expected at most 65000 in all\./),
        vi: expect.stringMatching(/^Hồ sơ chiếm 65\.001 byte, riêng long [\d.]+ byte; tổng cộng tối đa 65\.000 byte\./),
      },
    },
  ]);
});

/** Where a kind has days, and contents that hold nothing but such a day. */
function daysOf(fields: Fields, on: string): { path: string; content: object }[] {
  const empty = readContent(fields, {}).content;
  return Object.entries(fields).flatMap(([name, field]: [string, Field]) => {
    if (field.type === "day") return [{ path: name, content: { ...empty, [name]: on } }];
    if (field.type === "days") return [{ path: `${name}.0`, content: { ...empty, [name]: [on] } }];
    if (field.type !== "rows") return [];
    return daysOf(field.fields, on).map(({ path, content }) => ({ path: `${name}.0.${path}`, content: { ...empty, [name]: [content] } }));
  });
}

test("of all kinds only expiries, terms, legal effect and deadlines may lie ahead; nothing that happened or was counted may", () => {
  const [today, tomorrow] = ["2025-06-20", "2025-06-21"];
  const allowed: string[] = [];
  let days = 0;
  for (const { key, fields } of recordedKinds)
    for (const on of [today, tomorrow])
      for (const { path, content } of daysOf(fields, on)) {
        const found = futureProblems(fields, content as never, today);
        days += 1;
        if (on === today) expect([key, path, found]).toEqual([key, path, []]);
        else if (found.length === 0) allowed.push(`${key} ${path}`);
        else expect(found).toMatchObject([{ code: "OUT_OF_RANGE", field: path }]);
      }
  expect(days).toBeGreaterThan(50);
  expect(allowed.sort()).toEqual([
    "collectiveAgreement effectiveOn",
    "collectiveAgreement expiresOn",
    "collectiveAgreement participations.0.joinedOn",
    "collectiveAgreement participations.0.leftOn",
    "collectiveAgreement prolongations.0.until",
    "collectiveAgreement runsOnUntil",
    "congress termEnd",
    "congress termStart",
    "deadlineExtension until",
    "democracyRegulation repealedOn",
    "directive settings.0.deadline",
    "inspectionCommittee termEnd",
    "inspectionCommittee termStart",
    "unionBody inOfficeUntil",
  ]);
});
