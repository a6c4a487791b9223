import fc from "fast-check";
import { addDays } from "../../src/domain/ground/day.js";
import { kindOf } from "../../src/domain/records/catalogue.js";
import { levelOf, rank } from "../../src/domain/tree/unit.js";
import type { UnitDraft } from "../../src/intake/units/register.js";
import { isWithdrawal, type RecordDraft, type RowDraft, type Withdrawal } from "../../src/intake/records/reading.js";
import type { AskedReport } from "../../src/intake/reports/reports.js";
import { asked, type Desk, draft, report, schoolYear } from "../desk.js";
import { type Known } from "./forest.js";
import { yearlyOrTermRecord } from "./yearly-and-term-records.js";
import { END_REASONS, type EndReason } from "../../src/domain/tree/end-reason.js";

export interface Answer {
  outcome: string;
  record?: { recordId: string; version: number; kind: string } | null;
  problems?: readonly { code: string; field: string | null }[];
}

/** One step: which one, and which of what there is then. Plain numbers, so that a failing history can be shrunk. */
export interface Step {
  verb: keyof typeof verbs;
  /** Try it without keeping anything first, and compare. */
  tried: boolean;
  numbers: readonly number[];
}

/** One of some, by the next number of the step. */
type Choose = <T>(...list: readonly T[]) => T;

/** The edges of school years and the days around the law of June 2025. The last is none. */
const DAYS = [
  ...["2015-03-01", "2022-10-01", "2023-05-31", "2023-06-01", "2024-01-15", "2024-05-31", "2024-06-01", "2025-01-10"],
  ...["2025-05-31", "2025-06-01", "2025-06-15", "2025-07-01", "2026-02-01", "2026-05-31", "2027-01-01", "2025-02-30"],
];
const LEVELS = ["PRESCHOOL", "PRIMARY", "UPPER_SECONDARY"] as const;
const OWNERSHIPS = ["PUBLIC", "PRIVATE", "PUBLIC", "COMMUNITY"] as const;
export const FILTERS = { schoolLevels: [null, ...LEVELS], ownerships: [null, "PUBLIC", "COMMUNITY", "PRIVATE", "NON_PUBLIC"] } as const;
const KINDS = ["SCHOOL", "SCHOOL", "SCHOOL", "GRASSROOTS", "OCCUPATIONAL", "DISTRICT", "CITY", "COMMUNE_UNION", "PROVINCE"] as const;
const REASONS = Object.keys(END_REASONS) as EndReason[];
const CLOSING: readonly string[] = ["CONFEDERATION", "PROVINCE", "DISTRICT"];
const UNIONS: readonly string[] = ["GRASSROOTS", "OCCUPATIONAL"];

/** Why duplicates are merged. */
export const MERGED = "registered twice, in a history";

const verbs = {
  async register(desk: Desk, known: Known, choose: Choose): Promise<Answer[]> {
    const drafts = Array.from({ length: choose(1, 2, 3) }, (_, index): UnitDraft => {
      const kind = choose(...KINDS);
      const isSchool = kind === "SCHOOL";
      const above = known.units
        .filter((unit) => rank(levelOf(unit.kind)) < rank(levelOf(kind)) || choose(0, 0, 0, 1) === 1)
        .map(({ code }) => code);
      const code = choose(...Array<string>(9).fill(`N${known.registered + index}`), "S1");
      const own = {
        kind,
        openedOn: choose(...DAYS),
        schoolLevel: isSchool ? choose(...LEVELS) : null,
        ownership: isSchool ? choose(...OWNERSHIPS) : null,
      };
      const before = known.units.filter((unit) => levelOf(unit.kind) === levelOf(kind)).map((unit) => unit.code);
      const predecessors = choose<string[]>([], [], before.slice(0, 1), [choose(...before, "S1"), choose(...before, "S2")]);
      return { ...draft.school(code, choose(...above, `N${known.registered}`)), ...own, predecessors };
    });
    const answers = await desk.register(...drafts);
    if (desk.dryRun) return answers;
    known.registered += drafts.length;
    known.units.push(...drafts.filter((_, row) => answers[row]?.outcome === "STORED"));
    return answers;
  },
  record: (desk: Desk, known: Known, choose: Choose) => send(desk, known, [recordOf(known, choose)]),
  batch(desk: Desk, known: Known, choose: Choose) {
    const drafts = Array.from({ length: choose(2, 3, 5) }, () => recordOf(known, choose));
    const again = choose([], drafts.slice(0, 1));
    const { id, kind } = choose(...known.records, { id: "none", kind: "conference" });
    const withdrawal = { expectedVersion: choose(null, null, 1, 2), reason: choose("sent twice", "sent twice", "") };
    const taken = choose<RowDraft[]>([], [], [{ kind, record: id, ...withdrawal }], [namedIn(choose(...drafts), withdrawal)]);
    return send(desk, known, choose<RowDraft[]>([...drafts, ...again, ...taken], [...taken, ...drafts, ...again]));
  },
  withdraw(desk: Desk, known: Known, choose: Choose) {
    const { id, kind } = choose(...known.records, { id: "none", kind: "conference" });
    return desk.withdraw(kind, id, choose("sent twice", "sent twice", ""), choose(null, null, 1, 2));
  },
  move(desk: Desk, known: Known, choose: Choose) {
    const { code, kind } = choose(...known.units);
    const above = known.units.filter((unit) => rank(levelOf(unit.kind)) < rank(levelOf(kind)));
    return desk.move(code, choose(...above, choose(...known.units)).code, choose(...DAYS));
  },
  async close(desk: Desk, known: Known, choose: Choose): Promise<Answer> {
    const code = choose(choose(...schools(known)), choose(...known.units)).code;
    const level = levelOf(known.units.find((unit) => unit.code === code)!.kind);
    const named = choose(
      known.units.filter(({ kind }) => levelOf(kind) === level).map((unit) => unit.code),
      [choose(...known.units).code],
    );
    const reason = choose(null, null, null, null, ...REASONS);
    const successors = choose<string[] | null>(null, named.slice(0, 1), [choose(...named), choose(...named)], []);
    const answer = await desk.close(code, choose(...DAYS), null, { reason, successors });
    if (answer.outcome === "STORED" && !desk.dryRun) known.closed.push(code);
    return answer;
  },
  reopen(desk: Desk, known: Known, choose: Choose) {
    const code = choose(...known.closed, ...known.closed, choose(...known.units).code);
    return desk.reopen(code, choose(...DAYS), choose(null, null, choose(...known.units).code));
  },
  async void(desk: Desk, known: Known, choose: Choose): Promise<Answer> {
    const registered = known.units.filter((unit) => /^(N|S)\d/.test(unit.code)).map((unit) => unit.code);
    const code = choose(...registered, ...registered, choose(...known.units).code);
    const answer = await desk.void(code, choose(null, null, null, 1), choose(null, "registered by mistake"));
    if (answer.outcome === "STORED" && !desk.dryRun) known.gone.push(code);
    return answer;
  },
  merge(desk: Desk, known: Known, choose: Choose) {
    const { code, kind } = choose(choose(...schools(known)), choose(...known.units), known.units.at(-1)!);
    const alike = known.units.filter((unit) => levelOf(unit.kind) === levelOf(kind)).map((unit) => unit.code);
    return desk.merge(code, choose(...alike, choose(...known.units).code), choose(null, null, null, 1), MERGED);
  },
  async openYear(desk: Desk, known: Known, choose: Choose): Promise<Answer> {
    const first = choose(2022, 2023, 2025, 2026);
    const year = schoolYear(first, choose(undefined, `${first}-11-30`, `${first + 1}-07-15`));
    const answer = await desk.openYear(year);
    if (answer.outcome === "STORED" && !desk.dryRun) known.years.push(year.label);
    return answer;
  },
  correctYear(desk: Desk, known: Known, choose: Choose) {
    const label = choose(known.years.at(-1)!, ...known.years, ...known.years, "2030-2031");
    const [first, second] = label.split("-") as [string, string];
    const on = { referenceDate: `${second}-${choose("04-30", "05-31", "06-30")}` };
    const days = choose<object>(
      ...[on, on, on],
      { startsOn: `${first}-${choose("08-20", "09-05")}` },
      { endsOn: `${second}-${choose("05-25", "05-31", "06-15")}` },
    );
    return desk.correctYear(label, {
      ...days,
      expectedVersion: choose(null, null, null, 1),
      reason: choose(...Array<string>(4).fill("a mistake"), ""),
    });
  },
  async withdrawYear(desk: Desk, known: Known, choose: Choose): Promise<Answer> {
    const label = known.years.length > 1 ? choose(known.years.at(-1)!, known.years.at(-1)!, ...known.years) : "2030-2031";
    const answer = await desk.withdrawYear(label, choose(null, null, null, 1), choose(...Array<string>(4).fill("a mistake"), ""));
    if (answer.outcome === "STORED" && !desk.dryRun) known.years.splice(known.years.indexOf(label), 1);
    return answer;
  },
  change(desk: Desk, known: Known, choose: Choose) {
    const { code, kind } = choose(...schools(known), choose(...known.units));
    const ofSchool = choose(
      { ownership: choose(...OWNERSHIPS) },
      { schoolLevel: choose(...LEVELS) },
      { autonomyGroup: "GROUP_4" as const },
      { name: "Hợp Giang" },
    );
    const other = choose({ kind: choose(...KINDS.slice(3)) }, { name: choose("Tân Giang", "Sông Bằng", "") });
    return desk.update(code, { ...(kind === "SCHOOL" ? ofSchool : other), from: choose(null, choose(...DAYS)) });
  },
  direct(desk: Desk, known: Known, choose: Choose) {
    const { code } = choose(...known.units.filter(({ kind }) => kind !== "SCHOOL" && !UNIONS.includes(kind)));
    const dated = ["staffConferenceCompletion", "labourConferenceCompletion", "membershipReportSubmission", "congressCompletion"];
    const indicator = choose(...dated, "fullRegulationSet", "agreementCoverage", "membersAdmitted");
    const label = choose(...known.years, ...known.years, "2030-2031");
    const setting = {
      indicator,
      schoolYear: label,
      deadline: ["agreementCoverage", "membersAdmitted"].includes(indicator)
        ? null
        : `${label.slice(0, 4)}-${choose("09-20", "10-13", "12-31")}`,
      target: choose(null, 1),
      ...(indicator === "congressCompletion" ? { term: choose(null, "2022-2027") } : {}),
      ...(indicator === "fullRegulationSet" ? { requiredRegulations: choose<string[]>([], ["INTERNAL_SPENDING"]) } : {}),
    };
    return send(desk, known, [
      versioned(known, choose, report.directive(code, choose([setting], [setting], []), { number: choose("1", "2") })),
    ]);
  },
  async submitReport(desk: Desk, known: Known, choose: Choose): Promise<Answer[]> {
    const reports = Array.from({ length: choose(1, 1, 3) }, () => reportOf(known, choose));
    return (await desk.act("SUBMIT", ...reports)).map(reported);
  },
  async judgeReport(desk: Desk, known: Known, choose: Choose): Promise<Answer[]> {
    const action = choose("ACCEPT", "ACCEPT", "ACCEPT", "RETURN", "REOPEN", "REOPEN");
    return (await desk.act(action, reportOf(known, choose), reportOf(known, choose))).map(reported);
  },
  async closePeriod(desk: Desk, known: Known, choose: Choose): Promise<Answer> {
    const federations = known.units.filter(({ kind }) => CLOSING.includes(kind));
    const { code } = choose(...federations);
    const closing = { ...reportOf(known, choose), unit: code };
    return reported(await (choose(true, true, false) ? desk.closePeriod(code, closing) : desk.reopenPeriod(code, closing)));
  },
  async wait(_: Desk, known: Known, choose: Choose): Promise<Answer[]> {
    known.today = addDays(known.today, choose(1, 30, 90));
    return [];
  },
};

/** The report of some unit; of the same few often, so that reports get far. */
function reportOf(known: Known, choose: Choose): AskedReport {
  const { code } = choose(...known.units.slice(7, 16), choose(...known.units));
  const more = { schoolYear: choose(...known.years), period: choose("WHOLE_YEAR", "WHOLE_YEAR", "FIRST_HALF") } as const;
  return asked(code, { ...more, reason: choose("wrong number", "wrong number", null), expectedVersion: choose(null, null, null, 1) });
}

const reported = ({ outcome, report: record, problems }: Answer & { report: NonNullable<Answer["record"]> | null }): Answer => ({
  ...{ outcome, record, problems },
});

const schools = ({ units }: Known) => units.filter(({ kind }) => kind === "SCHOOL");

/** The withdrawal of what a row records, named as it names it. */
const namedIn = ({ kind, ...record }: RecordDraft, withdrawal: Pick<Withdrawal, "expectedVersion" | "reason">): Withdrawal => ({
  ...{ kind, record },
  ...withdrawal,
});

async function send(desk: Desk, known: Known, rows: RowDraft[]): Promise<Answer[]> {
  const answers = await desk.submit(...rows);
  if (desk.dryRun) return answers;
  for (const [index, { record, outcome }] of answers.entries()) {
    const row = rows[index]!;
    if (record && !isWithdrawal(row)) known.versions.set(nameOf(row), record.version);
    if (record?.version === 1 && outcome === "STORED") known.records.push({ id: record.recordId, kind: record.kind });
  }
  return answers;
}

function recordOf(known: Known, choose: Choose): RecordDraft {
  const school = choose(...schools(known));
  const code = choose(...Array<string>(7).fill(school.code), choose(...known.units).code);
  const label = choose(...known.years, ...known.years, ...known.years, "2030-2031");
  const first = Number(label.slice(0, 4));
  const more = { schoolYear: label };
  const unions = known.units.filter(({ kind }) => UNIONS.includes(kind));
  const workers = choose(5, 8, 12, 40, 9, 30, 3_000_000_000);
  const membership = () => {
    const of = choose(code, code, choose(...known.units).code, choose(...unions).code);
    const counted = choose("OTHERS_ONLY", "ALL_ITS_SCHOOLS", "ALL_ITS_SCHOOLS", null);
    const whom = unions.some((union) => union.code === of) ? { peopleCounted: counted } : {};
    const included = { includesPredecessors: choose(null, null, null, null, true, false) };
    const moved = { admitted: choose(0, 3), membersClosing: choose(4, 4, 3, 999_999) };
    return report.membership(of, choose(4, 20), { ...moved, ...included, ...whom }, more);
  };
  const held = () => ({
    heldOn: `${first}-${choose("09-15", "10-10", "10-20")}`,
    workers,
    convened: 5,
    present: choose(5, 5, 5, 2, -1),
    votesFor: choose(2, 1),
  });
  const notHeld = () => ({
    heldOn: null,
    convened: null,
    present: null,
    votesFor: null,
    pactSigned: null,
    workers,
    notHeldBecause: choose("POSTPONED", "NOT_MANDATORY"),
  });
  const conference = () => report.conference(code, choose<object>(held(), held(), notHeld()), more);
  const agreement = () => {
    const nonPublic = known.units.filter(({ ownership }) => ownership !== null && ownership !== "PUBLIC");
    const signed = choose(2021, 2022, 2023);
    const days = {
      signedOn: `${signed}-10-01`,
      expiresOn: `${signed + choose(1, 2, 3, 2, 3, 9)}-10-01`,
      filedOn: `${signed}-10-${choose("05", "20")}`,
    };
    const covered = [choose(...nonPublic).code, choose(...nonPublic, ...nonPublic, choose(...known.units)).code];
    const [by, covers] = choose([covered[0]!, []], [choose("CB-TP-U", "HN", "CB"), covered], [covered[0]!, covered]);
    const dated = {
      joinedOn: choose(null, `${signed}-10-01`, `${signed + 1}-06-01`),
      leftOn: choose(null, `${signed + 1}-06-02`, "2024-05-31"),
    };
    const participations = choose<object[]>([], [], [{ school: covered[0]!, ...dated }]);
    return report.agreement(by, {
      ...{ ...days, reference: choose("01", "02"), schools: covers, participations, origin: choose("NEW", "RENEWED") },
    });
  };
  const figure = () => {
    const publisher = choose(code, ...known.units.filter(({ kind }) => kind !== "SCHOOL").map((unit) => unit.code));
    return report.figure(publisher, { indicator: choose("members", "schoolCount"), value: choose(4, 2, 20), scope: "SCHOOLS" }, more);
  };
  const other = () => yearlyOrTermRecord(code, choose(...unions).code, label, choose);
  return versioned(known, choose, choose(conference, agreement, membership, conference, agreement, figure, other, other, other)());
}

/** With the version that the record has, with another one, or without. */
function versioned(known: Known, choose: Choose, sent: RecordDraft): RecordDraft {
  const right = known.versions.get(nameOf(sent)) ?? null;
  return { ...sent, expectedVersion: choose(right, right, right, right, null, 7) };
}

/** What makes it the same record when it is sent again. */
function nameOf({ unit, kind, schoolYear: label, content }: RecordDraft): string {
  return [unit, kind, label, kindOf(kind).keyOf(content as never)].join("|");
}

/** Takes a step at a desk; what it is told becomes known unless the desk only tries. Whoever has a branch mostly asks for units in it; `by`: whose step it is. */
export async function take(step: Step, desk: Desk, known: Known, by = desk): Promise<Answer[]> {
  let next = 0;
  const choose: Choose = (...list) => list[(step.numbers[next++ % step.numbers.length] ?? 0) % list.length]!;
  const units = by.by.unitId !== null && choose(true, true, true, false) ? await seenFrom(by.by.unitId, by, known) : known.units;
  const view: Known = { ...known, units: [...units], gone: [] };
  const answer = await verbs[step.verb](desk, view, choose);
  known.units.push(...view.units.slice(units.length));
  for (const code of view.gone)
    known.units.splice(
      known.units.findIndex((unit) => unit.code === code),
      1,
    );
  Object.assign(known, { today: view.today, registered: view.registered });
  return Array.isArray(answer) ? answer : [answer];
}

/** The known units that a caller sees, or all where the branch has too little for every step. */
async function seenFrom(unitId: string, { database, today }: Desk, known: Known): Promise<Known["units"]> {
  const seen = await database.read(async (stores) => {
    const ids = await stores.unitReader.idsByCode(known.units.map(({ code }) => code));
    const views = await stores.unitReader.views([...ids.values()], today);
    return known.units.filter(({ code }) =>
      views
        .get(ids.get(code) ?? "")
        ?.ancestorIds.concat(ids.get(code)!)
        .includes(unitId),
    );
  });
  const has = (fits: (unit: Known["units"][number]) => boolean) => seen.some(fits);
  const isEnough =
    has(({ ownership }) => ownership !== null && ownership !== "PUBLIC") &&
    has(({ kind }) => UNIONS.includes(kind)) &&
    has(({ kind }) => CLOSING.includes(kind));
  return isEnough ? seen : known.units;
}

const OFTEN: Record<keyof typeof verbs, number> = {
  register: 3,
  record: 7,
  batch: 4,
  withdraw: 3,
  move: 4,
  close: 3,
  reopen: 4,
  void: 2,
  openYear: 2,
  correctYear: 2,
  withdrawYear: 2,
  change: 4,
  direct: 3,
  submitReport: 5,
  judgeReport: 6,
  closePeriod: 2,
  wait: 3,
  merge: 1,
};

export const verbNames = Object.keys(verbs);

/** Histories of up to this many steps. */
export const histories = (steps: number, least = 1) =>
  fc.array(
    fc.record({
      verb: fc.oneof(...Object.entries(OFTEN).map(([verb, weight]) => ({ weight, arbitrary: fc.constant(verb as Step["verb"]) }))),
      tried: fc.boolean(),
      numbers: fc.array(fc.nat({ max: 5_039 }), { minLength: 40, maxLength: 40 }),
    }),
    { minLength: least, maxLength: steps, size: "max" },
  );
