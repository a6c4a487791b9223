import { addMonths, vietnameseDay } from "../../ground/day.js";
import { isUnion, recordsOf } from "../../counting/dossier.js";
import { dueFor } from "../../counting/due.js";
import { judged, obligation, ONLY_DIRECTED, statusMeasures } from "../../counting/obligation.js";
import { congressInTerm } from "./congress.js";
import { choice, day, required, rows, text } from "../field.js";
import { recordKind } from "../kind.js";
import { refusals } from "../refusals.js";
import { latest, namesYearOf, termName, termYears } from "../term.js";
import { absenceOn } from "./union-body.js";
import { UNION_REGULATION_KINDS, USUAL_SET } from "./union-regulation-kinds.js";

/** Does the union have every regulation that the full set takes, for the term that runs on the reference date? */
export const regulationSetComplete = obligation("fullRegulationSet", { deadline: ONLY_DIRECTED });

const regulationFields = {
  kind: required(choice({ en: "kind", vi: "loại quy chế" }, "UnionRegulationKind", UNION_REGULATION_KINDS, "Which regulation it is.")),
  adoptedOn: required(day({ en: "adopted on", vi: "ngày ban hành" }, "The day it was adopted (ngày ban hành).")),
  number: text({ en: "number", vi: "số hiệu" }, "Its number (số hiệu).", 100),
} as const;

const fields = {
  term: termName("The union's congress term for which they hold: it is the record's identity."),
  regulations: rows(
    { en: "regulations", vi: "các quy chế đã ban hành" },
    "UnionRegulation",
    regulationFields,
    "The regulations adopted so far, each once but OTHER (các quy chế đã ban hành). An empty list says that there are none yet.",
  ),
  remark: text({ en: "remark", vi: "ghi chú" }, "Anything worth knowing; name no person (ghi chú)."),
} as const;

/** Regulations are adopted at most so many months before the year in which their term begins. */
const EARLIEST = 12;

/** Regulations of a union for a term: see the description, which the API prints. */
export const unionRegulationSet = recordKind({
  key: "unionRegulationSet",
  typeName: "UnionRegulationSet",
  name: { en: "regulations of a union", vi: "bộ quy chế hoạt động của công đoàn cơ sở" },
  mutations: { record: "recordUnionRegulationSet", withdraw: "withdrawUnionRegulationSet" },
  description:
    "Set of regulations of a grassroots union for a term (bộ quy chế hoạt động của công đoàn cơ sở): executive committee, inspection committee, coordination with the management, internal spending, others. A union that needs no inspection committee needs no regulation of one. Which of them make the full set is set by a directive (requiredRegulations); without one, those four. It counts in each school year on whose reference date the term runs. Source: practice of the federations for the term 2023-2028; Statute of the Vietnam trade union.",
  levels: ["GRASSROOTS"],
  deed: "RECORD",
  schoolYear: "NEVER",
  day: ({ regulations }) =>
    regulations
      .map(({ adoptedOn }) => adoptedOn)
      .sort()
      .at(-1) ?? null,
  fields,
  keyOf: ({ term }) => term ?? "",
  most: () => 100,
  complete: (content) => ({
    ...content,
    regulations: [...content.regulations].sort((a, b) => (`${a.kind} ${a.adoptedOn}` < `${b.kind} ${b.adoptedOn}` ? -1 : 1)),
  }),
  rules: refusals(fields, (check, { term, regulations }) => {
    check.term("term");
    const years = termYears(term);
    const seen = new Set<string>();
    for (const [index, { kind, adoptedOn }] of regulations.entries()) {
      const at = (name: string) => `regulations.${index}.${name}` as const;
      const outside = years && adoptedOn && (adoptedOn < addMonths(`${years.first}-01-01`, -EARLIEST) || adoptedOn > `${years.last}-12-31`);
      if (outside)
        check.refuse("OUT_OF_RANGE", at("adoptedOn"), {
          en: `${adoptedOn} lies outside the term ${term}.`,
          vi: `Ngày ${vietnameseDay(adoptedOn)} nằm ngoài nhiệm kỳ ${term}.`,
        });
      if (kind && kind !== "OTHER" && seen.has(kind))
        check.refuse("REPEATED", at("kind"), {
          en: `${kind} stands twice; keep the one in force.`,
          vi: `Quy chế ${kind} được ghi hai lần; hãy giữ quy chế đang có hiệu lực.`,
        });
      seen.add(kind);
    }
  }),
  measures: statusMeasures(regulationSetComplete),
  obligations: [regulationSetComplete],
  tally(dossier, write) {
    const { referenceDate } = dossier.schoolYear;
    const demand = dossier.demands.get(regulationSetComplete);
    const asked = demand?.regulations.length ? demand.regulations : USUAL_SET;
    const needsNone = absenceOn(dossier, "INSPECTION_COMMITTEE", referenceDate) === "NOT_REQUIRED";
    const required = needsNone ? asked.filter((kind) => kind !== "INSPECTION_COMMITTEE") : asked;
    const records = isUnion(dossier) ? recordsOf(dossier, unionRegulationSet).map(({ content }) => content) : [];
    const running = congressInTerm(dossier);
    const term = demand?.term ?? running?.term;
    const candidates = records.filter((content) => (term ? content.term === term : namesYearOf(content.term, referenceDate)));
    const set = latest(candidates.map((content) => ({ ...content, termStart: null })));
    const has = new Set<string>(set?.regulations.filter(({ adoptedOn }) => adoptedOn <= referenceDate).map(({ kind }) => kind));
    const done = set !== null && required.every((kind) => has.has(kind));
    const owed = isUnion(dossier) && (running !== null || set !== null);
    write.status(regulationSetComplete, judged({ done, owed, denied: set !== null }), dueFor(dossier, regulationSetComplete));
  },
});
