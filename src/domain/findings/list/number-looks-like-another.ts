import { kindOf } from "../../records/catalogue.js";
import { identityFold } from "../../ground/vietnamese.js";
import { fileCheck, later, schoolYearAt } from "../check.js";
import { type FiledRecord } from "../unit-file.js";

export const numberLooksLikeAnother = fileCheck({
  key: "NUMBER_LOOKS_LIKE_ANOTHER",
  severity: "WARNING",
  name: { en: "Number looks like another one", vi: "Số, ký hiệu trông giống một số khác" },
  rule: {
    en: "A unit has one document of a number, whatever its case, spaces, dashes, invisible characters and fonts (Đ, Ð).",
    vi: "Mỗi số, ký hiệu của đơn vị chỉ có một văn bản, không phân biệt chữ hoa, khoảng trắng, gạch nối, ký tự ẩn và phông chữ (Đ, Ð).",
  },
  mending: {
    en: "Where the same document was recorded twice, withdraw one; else correct the number of one of them as it is printed.",
    vi: "Nếu cùng một văn bản được ghi hai lần thì rút một; nếu không thì sửa lại số đúng như bản in.",
  },
  source: null,
  look({ schoolYears, records }) {
    const firsts = new Map<string, FiledRecord>();
    const written = records.filter(({ kind, lead }) => lead && kindOf(kind).keyIsWritten);
    return written
      .toSorted((a, b) => (a.recordId < b.recordId ? -1 : 1))
      .flatMap((record) => {
        const place = [record.kind, record.schoolYear, identityFold(kindOf(record.kind).keyOf(record.content))].join(" ");
        const first = firsts.get(place);
        if (!first) firsts.set(place, record);
        const schoolYear = record.schoolYear ?? schoolYearAt(schoolYears, record.recordedOn);
        const field = first && spelledOtherwise(record, first);
        if (!first || !field || schoolYear === null) return [];
        const values = { number: String(record.content[field]), other: String(first.content[field]) };
        return [{ schoolYear, record, field, since: later(record.recordedOn, first.recordedOn), values }];
      });
  },
  message: ({ number, other }) => ({
    en: `"${number}" reads as "${other}", the number of another record: the same document may be counted twice.`,
    vi: `"${number}" đọc như "${other}", số của một bản ghi khác: có thể một văn bản được tính hai lần.`,
  }),
});

/** The text of two records that reads the same and is written otherwise. */
function spelledOtherwise({ kind, content }: FiledRecord, other: FiledRecord): string | undefined {
  const { fields } = kindOf(kind);
  const [own, others] = [content, other.content].map((each) => (name: string) => String(each[name]));
  return Object.keys(fields).find(
    (name) => fields[name]?.type === "text" && own!(name) !== others!(name) && identityFold(own!(name)) === identityFold(others!(name)),
  );
}
