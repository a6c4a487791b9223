import { type Problem, problem } from "../../domain/ground/problem.js";
import { type Words } from "../../domain/ground/words.js";
import { kindOf } from "../../domain/records/catalogue.js";
import { type StoredRecord } from "../../domain/records/record.js";
import { type UnitHistory } from "../../domain/tree/history.js";

/** A duplicate, and the unit that it is. */
export interface Twins {
  duplicate: UnitHistory;
  right: UnitHistory;
}

/** Records that are named of those that stand against each other; how many more there are it says. */
const MOST_NAMED = 50;

/** The records that go over, in words of a sentence: "Conference REGULAR of 2024-2025"; what people wrote as they wrote it. */
export function told({ kind, key, content, schoolYear }: StoredRecord): Words {
  const { typeName, name, keyIsWritten, keyOf } = kindOf(kind);
  const written = keyIsWritten ? keyOf(content) : key;
  const phrase = (...words: (string | null)[]) => words.flatMap((word) => word || []).join(" ");
  return {
    en: phrase(typeName, written, schoolYear && `of ${schoolYear}`),
    vi: phrase(name.vi, written, schoolYear && `năm học ${schoolYear}`),
  };
}

/** The refusal of what is in force twice; none where nothing is. */
export function clashing({ duplicate, right }: Twins, clashes: readonly Words[]): Problem[] {
  if (clashes.length === 0) return [];
  const first = clashes.slice(0, MOST_NAMED);
  const left = clashes.length - first.length;
  const listed = {
    en: `${first.map(({ en }) => en).join("; ")}${left > 0 ? `; and ${left} more` : ""}`,
    vi: `${first.map(({ vi }) => vi).join("; ")}${left > 0 ? `; và ${left} hồ sơ khác` : ""}`,
  };
  const sentence = {
    en: `Of ${duplicate.unit.code} and ${right.unit.code} these are in force twice, so that nobody knows which holds: ${listed.en}. Withdraw or correct one of each first.`,
    vi: `${duplicate.unit.code} và ${right.unit.code} đều có hồ sơ đang hiệu lực nên không rõ hồ sơ nào đúng: ${listed.vi}. Hãy rút hoặc sửa một hồ sơ của mỗi cặp trước.`,
  };
  return [problem("ALREADY_EXISTS", "unit", sentence)];
}
