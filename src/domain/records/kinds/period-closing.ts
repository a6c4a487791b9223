import { REPORTING_PERIODS } from "../../reporting/reporting-period.js";
import { choice, day, required, text } from "../field.js";
import { recordKind } from "../kind.js";

const fields = {
  period: required(
    choice({ en: "period", vi: "kỳ báo cáo" }, "ReportingPeriod", REPORTING_PERIODS, "The period that is closed (kỳ báo cáo)."),
  ),
  closedOn: required(day({ en: "closed on", vi: "ngày khóa sổ" }, "The day of the closing (ngày khóa sổ).")),
  closedBy: required(text({ en: "closed by", vi: "đơn vị khóa sổ" }, "Name of the unit on that day (đơn vị khóa sổ).", 300)),
  fingerprint: text(
    { en: "fingerprint", vi: "dấu vân số liệu" },
    "Fingerprint of the figures that were closed; unknown where 0.4.0 or before stored it (dấu vân số liệu).",
    31,
  ),
} as const;

/** Closing of a period: see the description, which the API prints. */
export const periodClosing = recordKind({
  key: "periodClosing",
  typeName: "PeriodClosing",
  name: { en: "closing of a period", vi: "khóa sổ kỳ báo cáo" },
  mutations: { record: "closePeriod", withdraw: "reopenPeriod" },
  ownMutations: true,
  description:
    "Closing of a period by a federation (khóa sổ kỳ báo cáo): from then on no record of the period changes in the federation or below it, in the tree of the school year, but of units whose report has been opened again. Withdrawn: the period is open again. Written by closePeriod and reopenPeriod alone.",
  levels: ["CONFEDERATION", "PROVINCE", "DISTRICT"],
  deed: "STEWARD",
  schoolYear: "ALWAYS",
  touches: "NOTHING",
  fields,
  keyOf: ({ period }) => period ?? "",
  rules: () => [],
});
