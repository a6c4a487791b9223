import { vietnameseDay } from "../../ground/day.js";
import { deadlineWindow } from "./directive-rules.js";
import { ahead, day, required, text } from "../field.js";
import { recordKind } from "../kind.js";
import { noIndicator, refusals, takesNoDeadline } from "../refusals.js";

const fields = {
  indicator: required(
    text(
      { en: "indicator", vi: "chỉ tiêu được gia hạn" },
      'Key of the indicator whose deadline is extended, e.g. "staffConferenceCompletion" (chỉ tiêu được gia hạn).',
      100,
    ),
  ),
  until: required(ahead({ en: "until", vi: "gia hạn đến ngày" }, "The last day on which this unit does it in time (gia hạn đến ngày).")),
  because: required(text({ en: "reason", vi: "lý do gia hạn" }, "Why this unit is given more time (lý do gia hạn). Name no person.")),
  number: text(
    { en: "number of the document", vi: "số văn bản" },
    'Number of the document that grants it, e.g. "12/CV-LĐLĐ" (số văn bản).',
    100,
  ),
  issuedOn: day({ en: "issued on", vi: "ngày ban hành" }, "The day of that document (ngày ban hành)."),
} as const;

/** Later deadline of one unit: see the description, which the API prints. */
export const deadlineExtension = recordKind({
  key: "deadlineExtension",
  typeName: "DeadlineExtension",
  name: { en: "later deadline", vi: "gia hạn" },
  mutations: { record: "extendDeadline", withdraw: "withdrawDeadlineExtension" },
  description:
    "Later deadline of a single unit (gia hạn cho một đơn vị), given by a unit above it with a reason: by the later of this day and the deadline of its branch the unit is in time. It says nothing to units below, and makes no duty: who owes something follows from the branch's deadline. Only whoever keeps a unit above may give, correct or withdraw it, never the unit itself: FORBIDDEN. RULE where no deadline is in force for the unit; OUT_OF_RANGE where the day is not later than that deadline, or lies outside the school year. In a year for which the unit's report is accepted or which is closed it is PERIOD_LOCKED.",
  levels: ["SCHOOL", "GRASSROOTS", "DISTRICT", "PROVINCE"],
  deed: "STEWARD",
  fromAbove: true,
  isEvidence: false,
  schoolYear: "ALWAYS",
  fields,
  keyOf: ({ indicator }) => indicator ?? "",
  most: () => 100,
  rules: refusals(fields, (check, { indicator, until, number, issuedOn }, { unit, schoolYear, indicators, deadlines }) => {
    if (number === null && issuedOn !== null)
      check.refuse("REQUIRED", "number", {
        en: "issuedOn is the day of a document; give its number, too.",
        vi: "Đã ghi ngày ban hành (issuedOn) của văn bản; hãy ghi cả số văn bản (number).",
      });
    if (!indicator || !schoolYear) return;
    const { code } = unit.unit;
    if (!indicators.all.includes(indicator)) check.refuse("INDICATOR_NOT_FOUND", "indicator", noIndicator(indicator));
    else if (!indicators.withDeadline.includes(indicator))
      check.refuse("RULE", "indicator", takesNoDeadline(indicator, indicators.withDeadline));
    else {
      const deadline = deadlines.get(indicator);
      const [first, last] = deadlineWindow(schoolYear, indicator, indicators);
      if (!deadline)
        check.refuse("RULE", "indicator", {
          en: `No deadline of ${indicator} is in force for ${code} in ${schoolYear.label}, so that there is nothing to extend. A directive of a federation above sets one.`,
          vi: `Chưa có thời hạn để gia hạn: không có thời hạn của chỉ tiêu ${indicator} cho ${code} trong năm học ${schoolYear.label}. Văn bản chỉ đạo của liên đoàn cấp trên đặt thời hạn.`,
        });
      else if (until && until <= deadline)
        check.refuse("OUT_OF_RANGE", "until", {
          en: `${until} is no extension: the deadline of ${code} is ${deadline} already. Give a later day.`,
          vi: `Ngày ${vietnameseDay(until)} không phải là gia hạn: thời hạn hiện hành của ${code} là ${vietnameseDay(deadline)}. Hãy ghi ngày muộn hơn.`,
        });
      else if (until && until > last)
        check.refuse("OUT_OF_RANGE", "until", {
          en: `${until} lies outside ${schoolYear.label} (${first} to ${last}).`,
          vi: `Ngày ${vietnameseDay(until)} nằm ngoài năm học ${schoolYear.label} (${vietnameseDay(first)} đến ${vietnameseDay(last)}).`,
        });
    }
  }),
});
