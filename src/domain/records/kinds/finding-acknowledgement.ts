import type { Finding } from "../../findings/finding.js";
import { LEVELS } from "../../tree/unit.js";
import { type Content, required, text } from "../field.js";
import { recordKind, type RuleContext } from "../kind.js";
import { refusals } from "../refusals.js";

const fields = {
  check: required(
    text(
      { en: "check", vi: "mã kiểm tra" },
      'Key of the check, e.g. "OPENING_DIFFERS_FROM_CLOSING"; the query `findingChecks` lists them (mã kiểm tra).',
      60,
    ),
  ),
  field: text(
    { en: "field", vi: "trường số liệu" },
    "The field that the finding points at, as the finding says; needed only where several findings of the check are there.",
    60,
  ),
  recordId: text(
    { en: "record", vi: "mã hồ sơ" },
    "Id of the record that the finding points at, as the finding says; needed only where several findings of the check are there.",
    36,
  ),
  because: required(text({ en: "reason", vi: "lý do chấp nhận" }, "Why it is right as it is (lý do chấp nhận). Name no person.")),
  fingerprint: text(
    { en: "fingerprint", vi: "dấu vân số liệu" },
    "Which values were accepted. Follows from the finding; give the fingerprint that you have read to be refused where the finding has changed since.",
    16,
  ),
} as const;

export type Acknowledgement = Content<typeof fields>;

/** What makes it the acknowledgement of one finding: the finding's own name. */
export function acknowledgementName({ check, field, recordId }: Acknowledgement): string {
  return [check, field ?? "", recordId ?? ""].join(" ");
}

/** Acknowledgement of a finding: see the description, which the API prints. */
export const findingAcknowledgement = recordKind({
  key: "findingAcknowledgement",
  typeName: "FindingAcknowledgement",
  name: { en: "acknowledgement of a finding", vi: "xác nhận phát hiện" },
  mutations: { record: "acknowledgeFinding", withdraw: "withdrawAcknowledgement" },
  description:
    "Acknowledgement of a finding (xác nhận phát hiện): what looks wrong is right, and why. The finding then counts as acknowledged as long as its values stay; when they change it is open again. Whoever may record in the branch may acknowledge.",
  levels: LEVELS,
  deed: "RECORD",
  schoolYear: "ALWAYS",
  touches: "FINDINGS",
  fields,
  keyOf: acknowledgementName,
  most: () => 2_000,
  complete(content, context) {
    const [only, ...others] = meant(content, context);
    if (!only || others.length > 0) return content;
    const { field, recordId, fingerprint } = only;
    return { ...content, field, recordId, fingerprint: content.fingerprint ?? fingerprint };
  },
  rules: refusals(fields, (check, content, context) => {
    if (!content.check || !context.schoolYear) return;
    const found = meant(content, context);
    const [only] = found;
    if (!only)
      check.refuse("FINDING_NOT_FOUND", "check", {
        en: `There is no finding ${content.check} of the unit in ${context.schoolYear.label} that fits; \`unit.findings\` lists what there is.`,
        vi: `Đơn vị không có phát hiện ${content.check} phù hợp trong năm học ${context.schoolYear.label}; \`unit.findings\` liệt kê các phát hiện.`,
      });
    else if (found.length > 1)
      check.refuse("REQUIRED", "recordId", {
        en: `${found.length} findings ${content.check} fit; give field and recordId as \`unit.findings\` has them.`,
        vi: `Có ${found.length} phát hiện ${content.check} phù hợp; hãy ghi field và recordId như trong \`unit.findings\`.`,
      });
    else if (content.fingerprint !== only.fingerprint)
      check.refuse("VERSION_CONFLICT", "fingerprint", {
        en: `The finding has changed since you read it: it has the fingerprint ${only.fingerprint} now. Read it again and acknowledge what is there.`,
        vi: `Phát hiện đã thay đổi sau khi xem: dấu vân số liệu nay là ${only.fingerprint}. Hãy xem lại rồi xác nhận theo số liệu hiện có.`,
      });
  }),
});

/** The findings that a draft means: of the check, and of the field and record where it says them. */
function meant({ check, field, recordId }: Acknowledgement, { findings, schoolYear, today }: RuleContext): Finding[] {
  return findings.filter(
    (finding) =>
      finding.check === check &&
      finding.schoolYear === schoolYear?.label &&
      finding.since <= today &&
      (field === null || finding.field === field) &&
      (recordId === null || finding.recordId === recordId),
  );
}
