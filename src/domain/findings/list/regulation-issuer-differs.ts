import { hasUnion, isPublicSchool } from "../../counting/dossier.js";
import { democracyRegulation } from "../../records/kinds/democracy-regulation.js";
import { countsEventOf } from "../../tree/school-year.js";
import { reportedIn, yearCheck } from "../check.js";

export const regulationIssuerDiffers = yearCheck({
  key: "REGULATION_ISSUER_DIFFERS",
  severity: "WARNING",
  name: { en: "Democracy regulation issued by another than the law says", vi: "Thẩm quyền ban hành quy chế dân chủ không khớp" },
  rule: {
    en: "In a public school with a union the head issues the democracy regulation together with the union's executive committee, in one without a union the head alone.",
    vi: "Trường công lập có tổ chức công đoàn: người đứng đầu cùng ban chấp hành công đoàn ban hành quy chế; trường chưa có công đoàn: người đứng đầu ban hành.",
  },
  mending: {
    en: "Correct the issuer of the regulation, or the union under which the school stands.",
    vi: "Sửa đơn vị ban hành của quy chế, hoặc công đoàn mà trường thuộc về.",
  },
  source: "Law 10/2022/QH15 Art. 59(1)(a).",
  look({ dossier, records }) {
    if (!isPublicSchool(dossier)) return [];
    const expected = hasUnion(dossier) ? "HEAD_WITH_UNION" : "HEAD";
    return reportedIn(records, democracyRegulation).flatMap((record) => {
      const { issuer, issuedOn } = record.content;
      // Of a regulation of an earlier year this year's tree says nothing.
      if (issuer === expected || issuer === "EMPLOYER" || !countsEventOf(dossier.schoolYear, issuedOn)) return [];
      return [{ record, field: "issuer", since: record.recordedOn, values: { expected } }];
    });
  },
  message: ({ expected }) =>
    expected === "HEAD"
      ? {
          en: "It says that the union issued it with the head, but the school has no union: there the head alone issues it.",
          vi: "Quy chế ghi ban hành cùng ban chấp hành công đoàn, nhưng trường chưa có công đoàn: người đứng đầu tự ban hành.",
        }
      : {
          en: "It says that the head alone issued it, but the school has a union: there its executive committee issues it, too.",
          vi: "Quy chế ghi chỉ người đứng đầu ban hành, nhưng trường có công đoàn: phải cùng ban chấp hành công đoàn ban hành.",
        },
});
