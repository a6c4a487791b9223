import fc from "fast-check";
import { formulaTerms } from "../../src/domain/figures/formula.js";
import { growthParts } from "../../src/domain/analysis/growth.js";
import { KINSHIPS } from "../../src/domain/analysis/growth-fates.js";
import { indicators } from "../../src/domain/figures/catalogue.js";
import { evaluate, figures, formulaMeasures, perHundred } from "../../src/domain/figures/indicator.js";
import { throughUnionOf } from "../../src/domain/counting/voices.js";
import { KnownLate } from "../../src/domain/counting/known-late.js";
import { LEFT_OUT_REASONS, type LeftOutReason, levelsBehind, measuresInSuccessors } from "../../src/domain/analysis/left-out.js";
import { measureKeys, measuresOfClosed } from "../../src/domain/counting/measures.js";
import { type SchoolYear } from "../../src/domain/tree/school-year.js";
import { sum, type Tally } from "../../src/domain/counting/tally.js";
import { isNonPublic, type Ownership, rank, type SchoolLevel } from "../../src/domain/tree/unit.js";
import { contributions } from "../../src/rollup/contributions.js";
import { growth } from "../../src/rollup/growth.js";
import { closedParts, leftOutCounts } from "../../src/rollup/left-out.js";
import { tallies } from "../../src/rollup/tallies.js";
import type { Stores } from "../../src/storage/stores/stores.js";
import { administrator, Desk, draft, report, schoolYear } from "../desk.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { plant } from "../ledger/forest.js";
import { type Sum } from "../../src/domain/counting/sum.js";
import type { Where } from "../../src/domain/tree/filter.js";
import type { DossierRow } from "../../src/domain/counting/stored-dossier.js";
import { type RollupKey, type Tree } from "../../src/domain/figures/rollup.js";

const RUNS = Number(process.env.TONGHOP_TEST_RUNS ?? 10);
const SEED = Number(process.env.TONGHOP_TEST_SEED ?? 20_250_620);
const STEPS = 90;
const TODAY = "2026-01-10";

let database: TestDatabase;
/** Fates and parts that the histories came to: what they must not miss. */
const seen = new Set<string>();
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const LOOKS: { where: Where; tree: Tree }[] = [
  { where: { schoolLevel: null, ownership: null }, tree: "OF_THE_YEAR" },
  { where: { schoolLevel: null, ownership: null }, tree: "TODAY" },
  { where: { schoolLevel: null, ownership: "NON_PUBLIC" }, tree: "OF_THE_YEAR" },
  { where: { schoolLevel: "PRESCHOOL", ownership: null }, tree: "TODAY" },
];

const histories = fc.array(fc.array(fc.nat({ max: 5_039 }), { minLength: 12, maxLength: 12 }), {
  minLength: STEPS / 2,
  maxLength: STEPS,
  size: "max",
});

/** Reports of members that balance or not, of the years in any order, among moves, closings and changes of the units. */
async function live(desk: Desk, history: number[][]): Promise<void> {
  const { units } = await plant(desk);
  await desk.register(draft.school("NEW", "CB-TP-U", { openedOn: "2024-08-01" }));
  for (const first of [2023, 2025]) await desk.openYear(schoolYear(first));
  const schools = units.filter(({ kind }) => ["SCHOOL", "OCCUPATIONAL"].includes(kind)).map(({ code }) => code);
  const unions = units.filter(({ kind }) => ["GRASSROOTS", "OCCUPATIONAL"].includes(kind)).map(({ code }) => code);
  const isUnion = (code: string) => unions.includes(code);
  const parents = units.filter(({ kind }) => kind !== "SCHOOL").map(({ code }) => code);
  /** Which version of its report each school and year has, and the record. */
  const reported = new Map<string, { recordId: string; version: number }>();
  let mergers = 0;
  for (const numbers of history) {
    let next = 0;
    const choose = <T>(...list: readonly T[]): T => list[(numbers[next++] ?? 0) % list.length]!;
    const verb = choose(
      ...Array<string>(14).fill("report"),
      ..."activity activity close move move".split(" "),
      "conference",
      "withdraw",
      "move",
      "close",
      "reopen",
      "change",
    );
    const code = choose("NEW", "NEW", ...schools.slice(0, 5), ...schools.slice(0, 5), ...schools, "CB-TP-U", "CB-U", "CB-U");
    const label = choose("2023-2024", "2024-2025", "2023-2024", "2024-2025", "2025-2026");
    const day = choose("2023-03-01", "2024-03-01", "2024-06-10", "2025-03-01", "2024-06-10", "2025-03-01", "2025-09-01");
    if (verb === "report") {
      const moved = { transferredIn: choose(0, 2, 7), transferredOut: choose(0, 1, 7), structuralGain: choose(0, 5), left: choose(0, 1) };
      const start = choose(4, 20, 33);
      const ofUnion = { peopleCounted: choose("ALL_ITS_SCHOOLS", "ALL_ITS_SCHOOLS", "OTHERS_ONLY") };
      const changes = {
        ...moved,
        admitted: choose(0, 3, null),
        membersClosing: start + choose(0, 0, 3, -2),
        ...(isUnion(code) ? ofUnion : {}),
      };
      const sent = report.membership(code, start, changes, { schoolYear: label });
      const expectedVersion = reported.get(`${code} ${label}`)?.version ?? null;
      let answer = await desk.send({ ...sent, expectedVersion });
      // Who followed a unit that ended in the year says whether it includes it.
      if (answer.problems.some(({ code: problem, field }) => problem === "REQUIRED" && field === "includesPredecessors")) {
        const content = { ...sent.content, includesPredecessors: numbers[0]! % 3 > 0 };
        answer = await desk.send({ ...sent, content, expectedVersion });
      }
      const { record } = answer;
      if (record) reported.set(`${code} ${label}`, record);
    } else if (verb === "activity") {
      const welfare = [
        { paidBy: choose("UNION", "FEDERATION"), gifts: choose(5, 40, null), recipients: choose(2, 0), amount: choose(7, 3_000) },
      ];
      const by = choose(code, code, "CB-TP", "CB", "CB-TP-U");
      const ofUnion = isUnion(by) ? { peopleCounted: choose("OTHERS_ONLY", "ALL_ITS_SCHOOLS") } : {};
      const content = { ...ofUnion, policyApplied: null, welfare: choose(welfare, []), initiativesRegistered: choose(6, 0, null) };
      await new Desk(desk.database, administrator, TODAY, "DOCUMENT").send({
        ...report.conference(by, {}, { schoolYear: label }),
        ...{ kind: "activityReport", content },
      });
    } else if (verb === "conference") await desk.send(report.conference(code, {}, { schoolYear: "2024-2025" }));
    else if (verb === "withdraw")
      await desk.withdraw("membershipReport", choose(...[...reported.values()].map(({ recordId }) => recordId), "none"));
    else if (verb === "move") await desk.move(code, choose(...parents), day);
    else if (verb === "close") {
      const successors = choose(null, null, [choose(...schools.slice(0, 5))], [choose("NEW", "NEW", "NEW", ...schools.slice(0, 4))]);
      const [heir] = successors ?? [];
      await desk.close(code, heir === "NEW" ? "2025-03-01" : day, null, { reason: successors && "MERGED", successors });
      if (heir === undefined) continue;
      const ofYearBefore = [code, heir].map((of) => report.membership(of, 20, {}, { schoolYear: "2023-2024" }));
      const ofHeir = report.membership(heir, 33, { includesPredecessors: true });
      for (const sent of [report.membership(code, 20, { admitted: 3 }), ...(mergers++ % 3 > 0 ? [...ofYearBefore, ofHeir] : [])]) {
        const key = `${sent.unit} ${sent.schoolYear}`;
        const { record } = await desk.send({ ...sent, expectedVersion: reported.get(key)?.version ?? null });
        if (record) reported.set(key, record);
      }
    } else if (verb === "reopen") await desk.reopen(code, day);
    else await desk.update(code, { ownership: choose("PRIVATE", "PUBLIC"), from: day });
  }
}

test("after any history contributions, terms, left-out units and parts of the growth add up, at every level, filter and tree", async () => {
  const property = fc.asyncProperty(histories, async (history) => {
    await database.empty();
    await live(new Desk(database, administrator, TODAY), history);
    await database.read(expectAddedUp);
  });
  await fc.assert(property, { numRuns: RUNS, seed: SEED, unbiased: true });
}, 600_000);

test("the histories came to every fate and every part, or they would prove little", () => {
  expect(
    [
      ...growthParts.map(({ key }) => key),
      ...growthParts.flatMap(({ of }) => of),
      ...KINSHIPS.map((kin) => `kin ${kin}`),
      "ratio numerator",
      "ratio apart",
      "ratio leftOut",
      "ratio unsaid",
      "closed part",
      ...["counted through a union", "elsewhere", "in a union's report twice"],
      "included",
    ].filter((name) => !seen.has(name)),
  ).toEqual([]);
});

async function expectAddedUp(stores: Stores): Promise<void> {
  const ids = await stores.units.allIds();
  const levels = await stores.unitReader.levels(ids);
  const years = await stores.schoolYears.all();
  const dossiers = await stores.ledger.dossiers(
    ids,
    years.map(({ label }) => label),
  );
  const late = new KnownLate(await stores.knownLate.ofUnits(ids));
  const successions = await stores.lineage.into(ids);
  /** Units that follow each other, or are followed, by "id schoolYear". */
  const related = new Set<string>();
  const counting = await countedByUnions(stores, ids);
  const dossierAt = new Map(dossiers.map((row) => [`${row.unitId} ${row.schoolYear}`, row]));
  const ancestors = new Map([...(await stores.unitReader.views(ids, TODAY))].map(([id, view]) => [id, [id, ...view.ancestorIds]]));
  for (const { where, tree } of LOOKS) {
    const keysOf = (year: SchoolYear): RollupKey[] =>
      ids.map((unitId) => ({ unitId, level: levels.get(unitId)!, schoolYear: year, where, tree, measures: measureKeys }));
    const keys = years.flatMap(keysOf);
    const whole = await tallies(stores, keys, TODAY);
    const members = new Map(keys.map(({ unitId, schoolYear: { label } }, index) => [`${unitId} ${label}`, whole[index]!.members ?? 0]));
    const reportedBelow = new Set(
      keys.flatMap(({ unitId, schoolYear: { label } }, index) => (isReportedIn(whole[index]!) ? [`${unitId} ${label}`] : [])),
    );
    const parts = await contributions(stores, keys, TODAY);
    expect(parts.map((of) => of.reduce<Tally>((total, { tally }) => sum(total, tally), {}))).toEqual(whole);
    for (const [index, tally] of whole.entries()) if (index % 7 === 0) expectTerms(tally);
    const isBelow = ({ unitId, line }: DossierRow, top: string) =>
      tree === "TODAY" ? ancestors.get(unitId)!.includes(top) : [unitId, ...Object.values(line)].includes(top);
    expectRatios(keys, whole, isBelow);
    for (const year of years.slice(-2)) await expectLeftOut(keysOf(year), isBelow);
    for (const [index, year] of years.entries())
      if (index > 0) await expectGrowth(keysOf(year), years[index - 1]!, { members, reportedBelow }, isBelow);
  }

  /** Both sides of every ratio unit by unit: of who reported both, and apart of those above schools who reported no people. */
  function expectRatios(keys: RollupKey[], whole: Tally[], isBelow: (row: DossierRow, top: string) => boolean): void {
    for (const [index, { unitId, schoolYear: year, where }] of keys.entries()) {
      const below = dossiers.filter((row) => row.schoolYear === year.label && isBelow(row, unitId) && passes(row.stratum, where));
      for (const indicator of indicators.filter(({ per }) => per)) {
        const total = (rows: DossierRow[], of: Sum) => rows.reduce((sum, { tally }) => sum + evaluate(of, tally), 0);
        const whom = (kind: string, { unitId: of }: DossierRow) => (counting.get(`${kind} ${of} ${year.label}`) ?? []).join();
        const hasPeople = (row: DossierRow) =>
          row.tally.membershipReportYes === 1 &&
          !row.tally.membershipReportInUnionReport &&
          whom("membershipReport", row) === whom("activityReport", row);
        const reporting = below.filter(({ tally }) => tally.activityReportYes === 1 && !tally.activityReportInUnionReport);
        const said = reporting.filter(({ tally }) => !indicator.unsaid || !tally[indicator.unsaid.key]);
        if (said.length < reporting.length) seen.add("ratio unsaid");
        const both = said.filter(hasPeople);
        const above = said.filter((row) => !hasPeople(row) && row.level !== "SCHOOL");
        const [numerator, base] = [total(both, indicator.numerator), total(both, indicator.per!.whole)];
        const [apart, people] = [total(above, indicator.numerator), total(below, indicator.per!.whole)];
        for (const [name, amount] of Object.entries({ numerator, apart, leftOut: people - base }))
          if (amount > 0) seen.add(`ratio ${name}`);
        expect(perHundred(indicator, whole[index]!)).toEqual({
          ...{ numerator, base, value: base === 0 ? null : (100 * numerator) / base },
          // What a closed unit did has nobody to be set against.
          leftOut: { numerator: total(below, indicator.numerator) - numerator - apart, base: people - base },
          apart: apart === 0 ? null : { numerator: apart, base: people, value: people === 0 ? null : (100 * apart) / people },
        });
      }
    }
  }

  function expectTerms(tally: Tally): void {
    for (const indicator of indicators) {
      const { numerator, denominator } = figures(indicator, tally);
      const total = { NUMERATOR: 0, DENOMINATOR: 0 };
      for (const { part, factor, amount } of formulaTerms(indicator, tally)) total[part] += factor * amount;
      expect([indicator.key, total.NUMERATOR, total.DENOMINATOR]).toEqual([indicator.key, numerator, denominator ?? 0]);
    }
  }

  /** One by one, out of the dossiers. */
  async function expectLeftOut(keys: RollupKey[], isBelow: (row: DossierRow, top: string) => boolean): Promise<void> {
    const profiles = await stores.unitReader.views(ids, keys[0]!.schoolYear.referenceDate);
    for (const indicator of indicators.filter(({ key }) =>
      ["staffConferenceCompletion", "members", "schoolCount", "congressCompletion", "welfareGifts", "membersAdmitted"].includes(key),
    )) {
      const found = await leftOutCounts(
        stores,
        keys.map((of) => ({ of, indicator })),
        TODAY,
      );
      const expected = keys.map(({ unitId, level, schoolYear: { label }, where }) => {
        const behind = levelsBehind(indicator).filter((candidate) => rank(candidate) >= rank(level));
        const told = behind.length > 0 ? behind : [level];
        const counts = Object.fromEntries(Object.keys(LEFT_OUT_REASONS).map((reason) => [reason, 0])) as Record<LeftOutReason, number>;
        for (const row of dossiers)
          if (row.schoolYear === label && told.includes(row.level) && isBelow(row, unitId) && passes(profiles.get(row.unitId)!, where)) {
            const reason = reasonOf(row, indicator, late);
            if (reason) counts[reason]++;
          }
        return counts;
      });
      const none = {
        ...{ NOT_ELIGIBLE: 0, NO_REPORT: 0, NOT_SAID: 0, IN_UNION_REPORT: 0, NOT_DUE: 0, CLOSED: 0 },
        ...{ IN_SUCCESSOR_REPORT: 0, KNOWN_LATE: 0 },
      };
      expect(found.map((counts) => ({ ...none, ...counts }))).toEqual(expected);
      await expectClosedParts(keys, indicator, isBelow);
    }
  }

  /** What units add that have closed, out of the dossiers. */
  async function expectClosedParts(
    keys: RollupKey[],
    indicator: (typeof indicators)[number],
    isBelow: (row: DossierRow, top: string) => boolean,
  ): Promise<void> {
    const found = await closedParts(
      stores,
      keys.map((of) => ({ of, indicator })),
      TODAY,
    );
    const adds = ({ counted, tally }: DossierRow) => !counted && formulaMeasures(indicator).some((key) => tally[key]);
    for (const [index, { unitId, schoolYear: year, where }] of keys.entries()) {
      const closed = dossiers.filter(
        (row) => row.schoolYear === year.label && adds(row) && isBelow(row, unitId) && passes(row.stratum, where),
      );
      if (closed.length > 0) seen.add("closed part");
      const total = closed.reduce<Tally>((whole, { tally }) => sum(whole, tally), {});
      const part = found[index];
      const told = part && [part.units, figures(indicator, part.tally).numerator];
      const canCount = formulaMeasures(indicator).some((key) => measuresOfClosed.includes(key));
      expect([indicator.key, told]).toEqual([indicator.key, canCount ? [closed.length, figures(indicator, total).numerator] : null]);
    }
  }

  /**
   * Units that are one in two years because a union's report counts a school in one of them only, with all that follows or precedes them: whether those of
   * each group are known, seen from a unit of a level in a tree.
   */
  function groupsOf(
    { level, schoolYear: year, where, tree }: RollupKey,
    before: SchoolYear,
  ): { together: Set<string>; unknown: Set<string> } {
    const [now, then] = [year, before].map(({ label }) => label) as [string, string];
    const counts = (union: string, label: string) => counting.get(`membershipReport ${union} ${label}`) ?? [];
    const topOf = (id: string, label: string) => {
      const { line } = dossierAt.get(`${id} ${label}`)!;
      const all = tree === "TODAY" ? ancestors.get(id)! : [id, line.GRASSROOTS, line.DISTRICT, line.PROVINCE, line.CONFEDERATION];
      return all.find((one) => one !== null && levels.get(one) === level) ?? null;
    };
    const isCounted = (id: string, label: string) => dossierAt.get(`${id} ${label}`)?.counted ?? false;
    const isParted = (union: string, school: string, label: string) =>
      isCounted(school, label) &&
      (!isCounted(union, label) || topOf(union, label) === null || topOf(union, label) !== topOf(school, label));
    const links: string[][] = [];
    const unknown = new Set<string>();
    for (const union of ids)
      for (const [label, other] of [
        [now, then],
        [then, now],
      ] as const)
        for (const school of counts(union, label).filter((id) => !counts(union, other).includes(id))) {
          links.push([union, school]);
          if (isParted(union, school, label) || where.schoolLevel !== null || where.ownership !== null) unknown.add(union);
        }
    const followed = successions
      .filter(({ on }) => before.referenceDate < on && on <= year.referenceDate)
      .map(({ predecessorId, successorId }) => [predecessorId, successorId]);
    const grown = (some: Set<string>): Set<string> => {
      const more = new Set([...some, ...[...links, ...followed].flatMap((link) => (link.some((id) => some.has(id)) ? link : []))]);
      return more.size === some.size ? more : grown(more);
    };
    const together = grown(new Set(links.flat()));
    for (const id of together)
      for (const label of [now, then])
        if (isCounted(id, label) && dossierAt.get(`${id} ${label}`)!.tally.membershipReportNoReport === 1) unknown.add(id);
    return { together, unknown: grown(unknown) };
  }

  /** Units that follow each other between two days, as one, of which one stands in a year and has not reported. */
  function unheard(year: SchoolYear, before: SchoolYear): Set<string> {
    const links = successions.filter(({ on }) => before.referenceDate < on && on <= year.referenceDate);
    const silent =
      ({ label }: SchoolYear) =>
      (id: string) => {
        const row = dossierAt.get(`${id} ${label}`);
        return row !== undefined && row.counted && row.tally.membershipReportNoReport === 1;
      };
    const kin = [...new Set(links.flatMap(({ predecessorId, successorId }) => [predecessorId, successorId]))];
    let reached = new Set(kin.filter((id) => silent(year)(id) || silent(before)(id)));
    for (let size = -1; size !== reached.size;) {
      size = reached.size;
      reached = new Set([
        ...reached,
        ...links.flatMap((link) =>
          reached.has(link.predecessorId) || reached.has(link.successorId) ? [link.predecessorId, link.successorId] : [],
        ),
      ]);
    }
    for (const id of kin) related.add(`${id} ${year.label}`);
    return reached;
  }

  /** The growth unit by unit, as the task says it. */
  async function expectGrowth(
    keys: RollupKey[],
    before: SchoolYear,
    { members, reportedBelow }: { members: Map<string, number>; reportedBelow: Set<string> },
    isBelow: (row: DossierRow, top: string) => boolean,
  ): Promise<void> {
    const silentKin = unheard(keys[0]!.schoolYear, before);
    const { referenceDate: until } = keys[0]!.schoolYear;
    const inWindow = successions.filter(({ on }) => before.referenceDate < on && on <= until);
    const followed = new Set(inWindow.map(({ predecessorId }) => predecessorId));
    const found = await growth(
      stores,
      keys.map((key) => ({ ...key, before })),
      TODAY,
    );
    for (const [
      index,
      {
        unitId,
        schoolYear: { label },
        where,
      },
    ] of keys.entries()) {
      const { parts, membersBefore, membersNow, total: known, likeForLike } = found[index]!;
      const [now, then] = [members.get(`${unitId} ${label}`)!, members.get(`${unitId} ${before.label}`)!];
      const isUnknown = (year: string) => !reportedBelow.has(`${unitId} ${year}`);
      expect([membersNow, membersBefore]).toEqual([isUnknown(label) ? null : now, isUnknown(before.label) ? null : then]);
      expect(parts.reduce((total, part) => total + part.members, 0)).toBe(now - then);
      const rates = { known: { gained: 0, before: 0, units: 0 }, same: { gained: 0, before: 0, units: 0 } };
      const counts = (row: DossierRow | undefined) =>
        row !== undefined && row.counted && row.tally.membershipReportYes === 1 && isBelow(row, unitId) && passes(row.stratum, where);
      const stands = (row: DossierRow | undefined) =>
        row !== undefined && row.counted && isBelow(row, unitId) && passes(row.stratum, where);
      const { together, unknown } = groupsOf(keys[index]!, before);
      const amounts: Record<string, number[]> = Object.fromEntries(growthParts.map(({ key }) => [key, []]));
      for (const id of ids) {
        const [y, p] = [label, before.label].map((year) => dossierAt.get(`${id} ${year}`));
        const of = (measure: string, row = y) => row?.tally[measure] ?? 0;
        const organic = of("membersAdmitted") + of("membersRejoined") - of("membersLeft") - of("membersRetired");
        const transfers = of("membersTransferredIn") - of("membersTransferredOut");
        const structural = of("membersStructuralGain") - of("membersStructuralLoss");
        const unbalanced = of("members") - of("membersAtStart") - organic - transfers - structural;
        const isBoth = counts(y) && counts(p);
        if (!counts(y) && !counts(p)) continue;
        if (y?.tally.membershipReportInUnionReport && p?.tally.membershipReportInUnionReport) {
          seen.add("in a union's report twice");
          continue;
        }
        const [membersHere, membersThen] = [counts(y) ? of("members") : 0, counts(p) ? of("members", p) : 0];
        const rated = (rate: (typeof rates)["known"]) => {
          rate.gained += membersHere - membersThen;
          rate.before += membersThen;
          rate.units++;
        };
        if (together.has(id) && !unknown.has(id)) {
          amounts.COUNTED_OTHERWISE!.push(membersHere - membersThen);
          rated(rates.known);
          continue;
        }
        if (together.has(id) || silentKin.has(id) || (!isBoth && stands(y) && stands(p))) {
          amounts.NOT_REPORTED!.push(membersHere - membersThen);
          continue;
        }
        rated(rates.known);
        if (isBoth && !related.has(`${id} ${label}`)) rated(rates.same);
        if (isBoth && of("membershipBalanceNoReport") === 1) {
          amounts.NOT_SAID!.push(membersHere - membersThen);
          seen.add("MOVEMENTS_OPEN");
          continue;
        }
        const isIncluding = of("membershipReportIncluding") === 1;
        // Who stood elsewhere the year before entered with all that its report says.
        const opening = isIncluding && (isBoth || p === undefined || !p.counted) ? of("membersAtStart") - membersThen : 0;
        if (!counts(y) && (y === undefined || !y.counted) && followed.has(id)) {
          const isTold = y !== undefined && isBelow(y, unitId) && passes(y.stratum, where) && of("membersAtStart") > 0;
          amounts.STRUCTURAL!.push(isTold ? -of("membersAtStart") - organic - transfers : -membersThen);
          if (isTold) amounts.ORGANIC!.push(organic);
          if (isTold) amounts.TRANSFERS!.push(transfers);
          if (isTold) amounts.OPENING_DIFFERS!.push(of("membersAtStart") - membersThen);
          continue;
        }
        if (counts(y)) amounts.TRANSFERS!.push(transfers);
        if (counts(y)) amounts.STRUCTURAL!.push(structural + opening);
        if (isBoth) amounts.ORGANIC!.push(organic);
        if (isBoth && !isIncluding) amounts.OPENING_DIFFERS!.push(of("membersAtStart") - of("members", p));
        if (isBoth) amounts.UNBALANCED!.push(unbalanced);
        if (counts(y) && !counts(p)) amounts.ENTERED!.push(of("membersAtStart") + organic + unbalanced - opening);
        if (counts(p) && !counts(y)) amounts.LEFT!.push(-of("members", p));
      }
      expect(parts.map(({ part, members: amount, units }) => [part.key, amount + 0, units])).toEqual(
        Object.entries(amounts).map(([key, list]) => [
          key,
          list.reduce((a, b) => a + b, 0) + 0,
          list.filter((amount) => amount !== 0).length,
        ]),
      );
      expect({ known, likeForLike }).toEqual({ known: rates.known, likeForLike: rates.same });
      for (const { part, units, standings } of parts) {
        if (units > 0) seen.add(part.key);
        if (part.of.length > 1) expect(standings.reduce((total, standing) => total + standing.units, 0)).toBe(units);
        for (const { fate, kin } of standings) seen.add(fate).add(`kin ${kin}`);
      }
    }
  }
}

/** Whether somebody's people are in a tally: those of schools that stand in a report of their union only where that is in it. */
function isReportedIn(tally: Tally): boolean {
  const elsewhere = (tally.membershipReportInUnionReport ?? 0) - (tally.membershipReportSpokenFor ?? 0);
  if (tally.membershipReportSpokenFor) seen.add("counted through a union");
  if (elsewhere > 0) seen.add("elsewhere");
  return (tally.members ?? 0) !== 0 || (tally.membershipReportYes ?? 0) > Math.max(0, elsewhere);
}

/** The schools that reports of unions count, by "kind union schoolYear". */
async function countedByUnions(stores: Stores, ids: readonly string[]): Promise<Map<string, string[]>> {
  const held = await stores.records.heldBy(ids, ["membershipReport", "activityReport"]);
  return new Map(
    held.flatMap(({ subjectId, record: { kind, unitId, schoolYear: label, content } }) => {
      const { peopleCounted, schools } = content as unknown as { peopleCounted: string | null; schools: string[] };
      return subjectId === unitId && peopleCounted === "ALL_ITS_SCHOOLS" ? [[`${kind} ${unitId} ${label}`, schools] as const] : [];
    }),
  );
}

function passes(of: { schoolLevel: SchoolLevel | null; ownership: Ownership | null } | null, { schoolLevel, ownership }: Where): boolean {
  const owned = ownership === null || (ownership === "NON_PUBLIC" ? isNonPublic(of?.ownership ?? null) : of?.ownership === ownership);
  return owned && (schoolLevel === null || of?.schoolLevel === schoolLevel);
}

function reasonOf(
  { unitId, schoolYear: label, counted, tally, due }: DossierRow,
  indicator: (typeof indicators)[number],
  late: KnownLate,
): LeftOutReason | null {
  const { obligation, unsaid } = indicator;
  if (!counted && late.in(unitId, label).has(unitId)) return "KNOWN_LATE";
  const isIncluded = measuresInSuccessors(indicator).some((key) => tally[key]);
  if (!counted && formulaMeasures(indicator).some((key) => tally[key])) return null;
  if (!counted && isIncluded) seen.add("included");
  if (!counted) return isIncluded ? "IN_SUCCESSOR_REPORT" : "CLOSED";
  if (!obligation) return null;
  if (tally[obligation.measures.NOT_ELIGIBLE.key]) return "NOT_ELIGIBLE";
  if (unsaid && tally[unsaid.key]) return "NOT_SAID";
  if (throughUnionOf(indicator) && tally[`${obligation.key}InUnionReport`]) return "IN_UNION_REPORT";
  if (!tally[obligation.measures.NO_REPORT.key]) return null;
  return (due[obligation.key] ?? "") < TODAY ? "NO_REPORT" : "NOT_DUE";
}
