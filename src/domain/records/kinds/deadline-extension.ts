import { vietnameseDay } from "../../ground/day.js";
import { deadlineWindow } from "./directive.js";
import { ahead, day, required, text } from "../field.js";
import { recordKind } from "../kind.js";
import { refusals } from "../refusals.js";

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
      check.refuse("REQUIRED", "number", "issuedOn is the day of a document; give its number, too.");
    if (!indicator || !schoolYear) return;
    const { code } = unit.unit;
    if (!indicators.all.includes(indicator))
      check.refuse("INDICATOR_NOT_FOUND", "indicator", `There is no indicator "${indicator}"; the query \`indicators\` lists them.`);
    else if (!indicators.withDeadline.includes(indicator))
      check.refuse("RULE", "indicator", `${indicator} takes no deadline; ${indicators.withDeadline.join(", ")} do.`);
    else {
      const deadline = deadlines.get(indicator);
      const [first, last] = deadlineWindow(schoolYear, indicator, indicators);
      if (!deadline)
        check.refuse(
          "RULE",
          "indicator",
          `No deadline of ${indicator} is in force for ${code} in ${schoolYear.label}, so that there is nothing to extend (chưa có thời hạn để gia hạn). A directive of a federation above sets one.`,
        );
      else if (until && until <= deadline)
        check.refuse(
          "OUT_OF_RANGE",
          "until",
          `${until} is no extension: the deadline of ${code} is ${deadline} already (thời hạn hiện hành là ${vietnameseDay(deadline)}). Give a later day.`,
        );
      else if (until && until > last)
        check.refuse("OUT_OF_RANGE", "until", `${until} lies outside ${schoolYear.label} (${first} to ${last}).`);
    }
  }),
});
