import { type Caller, type Role } from "../src/domain/ground/caller.js";
import { type Day } from "../src/domain/ground/day.js";
import { type Problem } from "../src/domain/ground/problem.js";
import { type SchoolYear, twelveMonthsUpTo, usualReferenceDate } from "../src/domain/tree/school-year.js";
import { type Tally } from "../src/domain/counting/tally.js";
import { type Provenance } from "../src/domain/tree/unit.js";
import { type ReportAction } from "../src/domain/reporting/report.js";
import { changeBy } from "../src/work/change.js";
import { inUnitOfWork } from "../src/work/unit-of-work.js";
import { fingerprints } from "../src/intake/reports/fingerprints.js";
import { closePeriod, reopenPeriod } from "../src/intake/reports/period-closing.js";
import { registerUnits, type UnitDraft } from "../src/intake/units/register.js";
import { type Publication, publishVintage } from "../src/intake/reports/publish.js";
import { correctSchoolYear, type SchoolYearCorrection, withdrawSchoolYear } from "../src/intake/school-years/school-year-changes.js";
import { openSchoolYear } from "../src/intake/school-years/school-years.js";
import { type RecordDraft, type RowDraft } from "../src/intake/records/reading.js";
import { actOnReports, type AskedReport } from "../src/intake/reports/reports.js";
import { submit } from "../src/intake/records/submit.js";
import { closeUnit, reopenUnit, type UnitClosing } from "../src/intake/units/unit-closing.js";
import { moveUnit, type UnitUpdate, updateUnit } from "../src/intake/units/unit-changes.js";
import { voidUnit } from "../src/intake/units/unit-voiding.js";
import { mergeDuplicateUnit } from "../src/intake/units/unit-merging.js";
import { tallies } from "../src/rollup/tallies.js";
import type { Database } from "../src/storage/database/database.js";
import type { Stores } from "../src/storage/stores/stores.js";
import type { Where } from "../src/domain/tree/filter.js";
import { type Tree } from "../src/domain/figures/rollup.js";
import { inTwoLanguages } from "./sentences.js";

/** Whoever has the top of a branch, by role. An administrator has none. */
export function caller(role: Role, unitId: string | null = null): Caller {
  return { tokenId: role, name: `${role} of the test`, role, unitId };
}

export const administrator = caller("ADMINISTRATOR");

/** Noon in Vietnam. */
export const noon = (day: Day) => new Date(`${day}T05:00:00Z`);

export const schoolYear = (first: number, referenceDate?: Day): SchoolYear => {
  const label = `${first}-${first + 1}`;
  const on = referenceDate ?? usualReferenceDate(label);
  return { label, startsOn: `${first}-09-05`, endsOn: `${first + 1}-05-31`, referenceDate: on, countsFrom: twelveMonthsUpTo(on) };
};

type Extra = Partial<UnitDraft>;
const unit = (code: string, parent: string | null, extra: Extra): UnitDraft => ({
  ...{
    code,
    parent,
    kind: "SCHOOL",
    name: `Đơn vị ${code}`,
    openedOn: "2010-01-01",
    schoolLevel: null,
    ownership: null,
    autonomyGroup: null,
  },
  ...extra,
});

/** Drafts of units that have been open since 2010; a school is a public primary one unless said. */
export const draft = {
  confederation: (code: string, extra: Extra = {}) => unit(code, null, { kind: "CONFEDERATION", ...extra }),
  province: (code: string, parent: string | null = null, extra: Extra = {}) => unit(code, parent, { kind: "PROVINCE", ...extra }),
  district: (code: string, parent: string, extra: Extra = {}) => unit(code, parent, { kind: "DISTRICT", ...extra }),
  union: (code: string, parent: string, extra: Extra = {}) => unit(code, parent, { kind: "GRASSROOTS", ...extra }),
  school: (code: string, parent: string, extra: Extra = {}) =>
    unit(code, parent, { schoolLevel: "PRIMARY", ownership: "PUBLIC", ...extra }),
};

type More = Partial<Omit<RecordDraft, "kind" | "content">>;
const record = (kind: string, of: string, content: RecordDraft["content"], more: More): RecordDraft => ({
  ...{ kind, unit: of, schoolYear: "2024-2025", content, expectedVersion: null, reason: null },
  ...more,
});

/** Of a membership report whose members came and went in no way. */
export const NO_MOVEMENTS = {
  ...{ admitted: 0, rejoined: 0, transferredIn: 0, transferredOut: 0 },
  ...{ left: 0, retired: 0, structuralGain: 0, structuralLoss: 0 },
};

/** Drafts of records of 2024-2025 that nothing is wrong with. */
export const report = {
  conference: (of: string, changes: object = {}, more: More = {}) =>
    record(
      "conference",
      of,
      { heldOn: "2024-09-25", workers: 30, convened: 30, present: 28, votesFor: 27, pactSigned: true, ...changes },
      more,
    ),
  membership: (of: string, members = 20, changes: object = {}, more: More = {}) => {
    const end = (name: string) => ({
      [`workers${name}`]: members + 5,
      [`womenWorkers${name}`]: 0,
      [`members${name}`]: members,
      [`womenMembers${name}`]: 0,
    });
    return record("membershipReport", of, { ...end("Opening"), ...end("Closing"), ...NO_MOVEMENTS, ...changes }, more);
  },
  agreement: (of: string, changes: object = {}, more: More = {}) =>
    record(
      "collectiveAgreement",
      of,
      {
        reference: "01",
        ballotFor: 20,
        ballotTotal: 25,
        signedOn: "2023-10-01",
        expiresOn: "2025-09-30",
        filedOn: "2023-10-05",
        ...changes,
      },
      { schoolYear: null, ...more },
    ),
  directive: (of: string, settings: readonly object[], changes: object = {}, more: More = {}) =>
    record("directive", of, { number: "1", issuedOn: "2024-09-01", settings, ...changes }, { schoolYear: null, ...more }),
  extension: (of: string, changes: object = {}, more: More = {}) =>
    record(
      "deadlineExtension",
      of,
      { indicator: "staffConferenceCompletion", until: "2025-01-31", because: "Trường bị ngập lụt.", ...changes },
      more,
    ),
  cluster: (of: string, members: readonly string[], content: object = {}) =>
    record("emulationCluster", of, { name: "Cụm thi đua số 1", members, ...content }, { schoolYear: null }),
  figure: (of: string, content: object, more: More = {}) =>
    record("publishedFigure", of, { period: "2024-2025", document: "Báo cáo", ...content }, more),
};

/** The report of a unit for the whole year 2024-2025, unless said. */
export const asked = (unit: string, more: Partial<AskedReport> = {}): AskedReport => ({
  ...{ unit, schoolYear: "2024-2025", period: "WHOLE_YEAR", expectedVersion: null, reason: null, fingerprint: null },
  ...more,
});

/** The day on which tests work unless they say another. */
export const TODAY: Day = "2025-06-20";

/** What somebody reads of a unit's report, or of its branch, before a decision. */
export async function fingerprintOf(
  stores: Stores,
  { unit: reference, schoolYear: label, period }: Pick<AskedReport, "unit" | "schoolYear" | "period">,
  isBranch: boolean,
): Promise<string | null> {
  const unitId = (await stores.unitReader.idsByCode([reference])).get(reference) ?? reference;
  const level = isBranch ? ((await stores.unitReader.levels([unitId])).get(unitId) ?? "PROVINCE") : null;
  return (await fingerprints(stores, [{ unitId, level, schoolYear: label, period }]))[0] ?? "0000000000000000000000-0";
}

/** A caller at work on a day: every door of the intake as one short call, and what can be read of it afterwards. */
export class Desk {
  constructor(
    readonly database: Database,
    readonly by: Caller = administrator,
    readonly today: Day = TODAY,
    readonly provenance: Provenance = "REPORTED",
    readonly dryRun = false,
  ) {}

  /** The desk of a caller with this unit's branch. */
  async of(role: Role, code: string): Promise<Desk> {
    return new Desk(this.database, caller(role, await this.id(code)), this.today, this.provenance, this.dryRun);
  }

  on(today: Day): Desk {
    return new Desk(this.database, this.by, today, this.provenance, this.dryRun);
  }

  /** A desk at which everything is tried and nothing is kept. */
  trying(): Desk {
    return new Desk(this.database, this.by, this.today, this.provenance, true);
  }

  register = (...drafts: UnitDraft[]) => this.work((stores) => registerUnits(stores, this.change(), drafts));
  openYear = (year: SchoolYear) => this.work((stores) => openSchoolYear(stores, this.change(), year));
  correctYear = (label: string, days: Partial<SchoolYearCorrection>) =>
    this.work((stores) =>
      correctSchoolYear(stores, this.change(), {
        ...{ label, startsOn: null, endsOn: null, referenceDate: null, expectedVersion: null, reason: "a mistake" },
        ...days,
      }),
    );
  withdrawYear = (label: string, expectedVersion: number | null = null, reason = "a mistake") =>
    this.work((stores) => withdrawSchoolYear(stores, this.change(), { label, expectedVersion, reason }));
  submit = (...rows: RowDraft[]) => this.work((stores) => submit(stores, this.change(), rows));
  /** One record, or its withdrawal. */
  send = async (one: RowDraft) => (await this.submit(one))[0]!;
  withdraw = (kind: string, record: string, reason = "sent by mistake", expectedVersion: number | null = null) =>
    this.send({ kind, record, reason, expectedVersion });
  /** Whoever accepts has read the figures as they are, unless the test says what. */
  act = (action: ReportAction, ...reports: AskedReport[]) =>
    this.work(async (stores) => {
      const read = async (one: AskedReport) => ({ ...one, fingerprint: one.fingerprint ?? (await fingerprintOf(stores, one, false)) });
      return actOnReports(stores, this.change(), action, action === "ACCEPT" ? await Promise.all(reports.map(read)) : reports);
    });
  /** One report. */
  actOn = async (action: ReportAction, unit: string, more: Partial<AskedReport> = {}) => (await this.act(action, asked(unit, more)))[0]!;
  closePeriod = (unit: string, more: Partial<AskedReport> = {}) =>
    this.work(async (stores) => {
      const closed = asked(unit, more);
      const fingerprint = closed.fingerprint ?? (await fingerprintOf(stores, closed, true));
      return closePeriod(stores, this.change(), { ...closed, fingerprint });
    });
  reopenPeriod = (unit: string, more: Partial<AskedReport> = {}) =>
    this.work((stores) => reopenPeriod(stores, this.change(), asked(unit, more)));
  move = (code: string, parent: string, on: Day, expectedVersion: number | null = null) =>
    this.work((stores) => moveUnit(stores, this.change(), { unit: code, parent, on, expectedVersion, changeReason: null }));
  close = (
    code: string,
    on: Day,
    expectedVersion: number | null = null,
    more: Partial<Pick<UnitClosing, "changeReason" | "reason" | "successors">> = {},
  ) =>
    this.work((stores) =>
      closeUnit(stores, this.change(), { unit: code, on, expectedVersion, changeReason: null, reason: null, successors: null, ...more }),
    );
  reopen = (code: string, on: Day, parent: string | null = null, expectedVersion: number | null = null) =>
    this.work((stores) => reopenUnit(stores, this.change(), { unit: code, on, parent, expectedVersion, changeReason: null }));
  void = (code: string, expectedVersion: number | null = null, changeReason: string | null = null) =>
    this.work((stores) => voidUnit(stores, this.change(), { unit: code, expectedVersion, changeReason }));
  update = (code: string, given: Omit<Partial<UnitUpdate>, "unit">) =>
    this.work((stores) =>
      updateUnit(stores, this.change(), { unit: code, from: null, expectedVersion: null, changeReason: null, ...given }),
    );

  merge = (code: string, into: string, expectedVersion: number | null = null, changeReason: string | null = "registered twice") =>
    this.work((stores) => mergeDuplicateUnit(stores, this.change(), { unit: code, into, expectedVersion, changeReason }));

  /** Closes the school year, publishes it, and opens it again if it was open, so that it can be corrected. */
  async publish(unit: string, label: string, given: Partial<Publication> = {}) {
    const closed = await this.closePeriod(unit, { schoolYear: label });
    const result = await this.work(async (stores) => {
      const fingerprint = await fingerprintOf(stores, { unit, schoolYear: label, period: "WHOLE_YEAR" }, true);
      const publication = { unit, schoolYear: label, title: "Báo cáo tổng kết", remark: null, fingerprint, ...given };
      return publishVintage(stores, this.change(), publication);
    });
    if (closed.outcome === "STORED") await this.reopenPeriod(unit, { schoolYear: label, reason: "a correction has come" });
    return result;
  }

  /** The id of a unit; fails where there is none. */
  async id(code: string): Promise<string> {
    const id = await this.database.read(async (stores) => (await stores.unitReader.idsByCode([code])).get(code));
    if (!id) throw new Error(`no unit ${code}`);
    return id;
  }

  /** The tally of a unit for a school year. */
  async tally(code: string, label = "2024-2025", where: Partial<Where> = {}, tree: Tree = "OF_THE_YEAR"): Promise<Tally> {
    const unitId = await this.id(code);
    return this.database.read(async (stores) => {
      const year = (await stores.schoolYears.all()).find((candidate) => candidate.label === label);
      const level = (await stores.unitReader.levels([unitId])).get(unitId);
      if (!year || !level) throw new Error(`no school year ${label}`);
      const key = { unitId, level, schoolYear: year, where: { schoolLevel: null, ownership: null, ...where }, tree };
      return (await tallies(stores, [key], this.today))[0]!;
    });
  }

  protected async work<T>(work: Parameters<typeof inUnitOfWork<T>>[2]): Promise<T> {
    const done = await inUnitOfWork(this.database, this.dryRun, work);
    for (const result of [done].flat()) inTwoLanguages((result as { problems?: Problem[] } | null)?.problems ?? []);
    return done;
  }

  private change() {
    return changeBy(this.by, noon(this.today), this.provenance);
  }
}

/** What stands in the way, each as "CODE field". */
export const refusals = ({ problems }: { problems: readonly { code: string; field: string | null }[] }): string[] =>
  problems.map(({ code, field }) => (field === null ? code : `${code} ${field}`));
