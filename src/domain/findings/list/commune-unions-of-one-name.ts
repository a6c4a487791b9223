import { identityFold } from "../../ground/vietnamese.js";
import { fileCheck, later, schoolYearAt } from "../check.js";
import { type NamedUnion } from "../unit-file.js";

/** A commune union and an earlier one whose name reads the same, from the first day on which both stood under the parent. */
export interface Namesakes {
  union: NamedUnion;
  other: NamedUnion;
  since: string;
}

/** Of the commune unions under a parent those that bear the name of another one on the same days. */
export function namesakesAmong(unions: readonly NamedUnion[]): Namesakes[] {
  const lastToEnd = new Map<string, NamedUnion>();
  const pairs = new Map<string, Namesakes>();
  for (const union of unions.toSorted((a, b) => (`${a.from} ${a.code}` < `${b.from} ${b.code}` ? -1 : 1))) {
    const name = identityFold(union.name);
    const other = lastToEnd.get(name);
    if (!other || other.until < union.until) lastToEnd.set(name, union);
    if (other && other.unitId !== union.unitId && union.from < other.until && !pairs.has(union.unitId))
      pairs.set(union.unitId, { union, other, since: later(union.from, other.from) });
  }
  return [...pairs.values()];
}

export const communeUnionsOfOneName = fileCheck({
  key: "COMMUNE_UNIONS_OF_ONE_NAME",
  severity: "NOTICE",
  name: { en: "Two commune unions of one name", vi: "Hai công đoàn xã cùng tên" },
  rule: {
    en: "On one day a federation has one commune union of a name, whatever its case and spelling (Hoà, Hòa).",
    vi: "Trong cùng một ngày, một liên đoàn chỉ có một công đoàn xã, phường, đặc khu mang một tên, không phân biệt chữ hoa và cách bỏ dấu (Hoà, Hòa).",
  },
  mending: {
    en: "Where the same union was registered twice, keep one of them; else write in the names what tells the two apart, e.g. xã or phường.",
    vi: "Nếu cùng một công đoàn được đăng ký hai lần thì giữ lại một; nếu không hãy ghi rõ trong tên để phân biệt, ví dụ xã hay phường.",
  },
  source: null,
  look: ({ communeUnions, schoolYears }) =>
    namesakesAmong(communeUnions).flatMap(({ union: { code, name }, other, since }) => {
      const schoolYear = schoolYearAt(schoolYears, since);
      return schoolYear === null ? [] : [{ schoolYear, record: null, field: code, since, values: { name, code, other: other.code } }];
    }),
  message: ({ name, code, other }) => ({
    en: `${code} and ${other} are both called "${name}" under this unit.`,
    vi: `${code} và ${other} cùng mang tên "${name}" dưới đơn vị này.`,
  }),
});
