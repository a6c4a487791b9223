import { directiveFields, type DirectiveSetting } from "./directive-fields.js";
import { directiveProblems } from "./directive-rules.js";
import { recordKind } from "../kind.js";

/** Directive of a federation: see the description, which the API prints. */
export const directive = recordKind({
  key: "directive",
  typeName: "Directive",
  name: { en: "directive", vi: "văn bản chỉ đạo" },
  mutations: { record: "recordDirective", withdraw: "withdrawDirective" },
  description:
    'Directive (văn bản chỉ đạo, hướng dẫn) of a federation: sets the deadline and/or the target of indicators for a school year, and for a term which congress or which set of regulations is meant. It holds for the federation and all below it until a nearer unit sets its own, but for the target of a count, which is its own; of two of the same unit the later issued one holds. A changed deadline re-judges "on time" below it.',
  levels: ["CONFEDERATION", "PROVINCE", "DISTRICT"],
  deed: "STEWARD",
  schoolYear: "NEVER",
  touches: "BRANCH",
  fields: directiveFields,
  keyOf: (content) => content.number ?? "",
  keyIsWritten: true,
  most: () => 200,
  setsFor: ({ settings }) => settings.map(({ schoolYear }) => schoolYear),
  judgesIn: ({ settings }) => settings.filter(isJudging).map(({ schoolYear }) => schoolYear),
  rules: directiveProblems,
});

/** Whether dossiers rest on a setting: a target is only looked up when a figure is read. */
export function isJudging({
  deadline,
  term,
  requiredRegulations,
}: Pick<DirectiveSetting, "deadline" | "term"> & { requiredRegulations: readonly string[] }): boolean {
  return deadline !== null || term !== null || requiredRegulations.length > 0;
}
