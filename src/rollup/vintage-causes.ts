import { EDITION } from "../domain/edition.js";
import { indicatorByKey } from "../domain/figures/catalogue.js";
import { deadlineKey, figures, formulaMeasures, type Indicator } from "../domain/figures/indicator.js";
import { voices } from "../domain/counting/voices.js";
import { measuresOfClosed } from "../domain/counting/measures.js";
import { deadlineExtension } from "../domain/records/kinds/deadline-extension.js";
import { kindOf } from "../domain/records/catalogue.js";
import { type StoredRecord } from "../domain/records/record.js";
import { difference } from "../domain/counting/tally.js";
import { type CorrectionCode, passesFilter, sameFormula, sameMissing } from "../domain/analysis/vintage.js";
import { inStretches, sortInStretches } from "../stretches.js";
import { type Counted, samePlace, sameStratum, type Compared } from "./counted.js";
import { partsOf } from "./vintage-beside.js";
import { type VintageChange } from "./vintage-changes.js";
import { type Correction, type Happened } from "./vintage-happened.js";

/** A unit whose own figures changed, what that adds to the change, and by what. The causes of a change add up to it. */
export interface Cause {
  unitId: string;
  code: string;
  /** Live less published, of the unit's own dossier. */
  numerator: number;
  denominator: number | null;
  corrections(): Correction[];
}

/** A unit that may be behind changes of an indicator: its own figures before and after, and whether they count elsewhere now. */
interface Suspect {
  unitId: string;
  code: string;
  before: Counted | undefined;
  after: Counted | undefined;
  was: Part;
  is: Part;
  corrections(): Correction[];
}

interface Part {
  numerator: number;
  denominator: number;
  /** `null`: unknown, or nothing to divide by. */
  value: number | null;
  /** Who said it, and what else is made of the tally, as a text to compare. */
  others: string;
}

const NOTHING: Part = { numerator: 0, denominator: 0, value: null, others: "" };

/** The units behind the changes of a vintage. Each unit is looked at once for an indicator, as hundreds of changes rest on the same ones. */
export class Causes {
  /** By indicator, then by unit of its line before or after: in order of their codes. */
  private readonly suspects = new Map<string, Promise<Map<string, Suspect[]>>>();
  private readonly found = new Map<VintageChange, Promise<Cause[]>>();

  /** The units of the branch, as it was published and as it is. */
  readonly unitIds: readonly string[];

  constructor(
    private readonly compared: Compared,
    private readonly happened: Happened,
  ) {
    this.unitIds = [...new Set([...compared.published.keys(), ...compared.live.keys()])];
  }

  /** Those behind a change: each whose own dossier adds something else than it did. In order of their codes. */
  behind(change: VintageChange): Promise<Cause[]> {
    let found = this.found.get(change);
    if (!found) this.found.set(change, (found = this.find(change)));
    return found;
  }

  private async find(change: VintageChange): Promise<Cause[]> {
    const { unitId: top, where, indicator, published, live } = change;
    // A count that became known, or unknown, or who said it: no number explains it.
    const isOfMissing = published?.numerator === live?.numerator && published?.denominator === live?.denominator;
    let suspects = this.suspects.get(indicator.key);
    if (!suspects) this.suspects.set(indicator.key, (suspects = this.suspectsOf(indicator)));
    const causes: Cause[] = [];
    const add = ({ unitId, code, before, after, was, is, corrections }: Suspect) => {
      const isIn = (of: Counted | undefined) => of !== undefined && of.line.includes(top) && passesFilter(of, where);
      const [then, now] = [isIn(before) ? was : NOTHING, isIn(after) ? is : NOTHING];
      const [numerator, denominator] = [now.numerator - then.numerator, now.denominator - then.denominator];
      if (numerator === 0 && denominator === 0 && !(isOfMissing && (then.value !== now.value || then.others !== now.others))) return;
      causes.push({ unitId, code, numerator, denominator: indicator.denominator && denominator, corrections });
    };
    await inStretches((await suspects).get(top) ?? [], add);
    const set = this.ofStandards(change, causes.length === 0);
    if (set.length === 0) return causes;
    const own = causes.find(({ unitId }) => unitId === top);
    const corrections = () => [...new Set([...(own?.corrections() ?? []), ...set])];
    const told: Cause = own
      ? { ...own, corrections }
      : { ...this.unitOf(top), numerator: 0, denominator: indicator.denominator && 0, corrections };
    return [...causes.filter((cause) => cause !== own), told].sort((a, b) => (a.code < b.code ? -1 : 1));
  }

  /** What happened to the target and the deadlines of a unit: directives above it, and of the days of others also those below it. */
  private ofStandards({ unitId: top, indicator, differs }: VintageChange, isAlone: boolean): Correction[] {
    const [ofTarget, ofDays] = [differs.includes("TARGET"), differs.includes("DEADLINE") || differs.includes("OTHER_DEADLINES")];
    if (!ofTarget && !ofDays) return [];
    const { published, live, definitions } = this.compared;
    const [then, now] = [published.get(top), live.get(top)];
    const line: string[] = [...(then?.line ?? []), ...(now?.line ?? [])];
    const isBelow = (unitId: string) => [published, live].some((units) => units.get(unitId)?.line.includes(top));
    const judge = deadlineKey(indicator);
    const late = this.happened.late.over([top, ...(now?.line ?? [])], this.compared.schoolYear);
    // What does not count for the unit itself may count for one below it.
    const isAbove = ({ unitId, recordId }: StoredRecord) => line.includes(unitId) && !late.has(recordId);
    const isOfOthers = ({ unitId }: StoredRecord) => differs.includes("OTHER_DEADLINES") && (line.includes(unitId) || isBelow(unitId));
    const directed = this.happened.directives.filter(
      ({ record, told, judged }) =>
        (ofTarget && told.has(indicator.key) && isAbove(record)) ||
        (ofDays && judged.has(judge) && (isAbove(record) || isOfOthers(record))),
    );
    const extended = this.happened.extensions.filter(
      ({ record }) => differs.includes("OTHER_DEADLINES") && isExtended(indicator, record) && isBelow(record.unitId),
    );
    const found = [...unitChanges(then, now).map(plain), ...directed, ...extended];
    if (found.length > 0 || !isAlone) return found;
    return [plain(definitions.edition === EDITION ? "RECOMPUTED" : "EDITION")];
  }

  private unitOf(unitId: string): Pick<Cause, "unitId" | "code"> {
    return { unitId, code: (this.compared.live.get(unitId) ?? this.compared.published.get(unitId))!.code };
  }

  private async suspectsOf(indicator: Indicator): Promise<Map<string, Suspect[]>> {
    const { published, live } = this.compared;
    const current = indicatorByKey(indicator.key);
    const isRedefined = !current || !sameFormula(indicator, current);
    const suspects: Suspect[] = [];
    const look = (unitId: string) => {
      const [before, after] = [published.get(unitId), live.get(unitId)];
      const [was, is] = [partOf(indicator, before), current ? partOf(current, after) : NOTHING];
      const isSame =
        was.numerator === is.numerator && was.denominator === is.denominator && was.value === is.value && was.others === is.others;
      if (isSame && (!before || !after || samePlace(before, after))) return;
      let corrections: Correction[] | undefined;
      const lookUp = () => (corrections ??= this.correctionsOf(unitId, indicator, isRedefined));
      suspects.push({ unitId, code: (after ?? before)!.code, before, after, was, is, corrections: lookUp });
    };
    // Read alike, only a dossier that changed adds something else.
    await inStretches(isRedefined || !sameMissing(indicator, current) ? this.unitIds : this.happened.changed, look);
    const ofLine = new Map<string, Suspect[]>();
    const place = (suspect: Suspect) => {
      for (const id of new Set([...(suspect.before?.line ?? []), ...(suspect.after?.line ?? [])]))
        if (!ofLine.get(id)?.push(suspect)) ofLine.set(id, [suspect]);
    };
    await inStretches(await sortInStretches(suspects, (a, b) => (a.code < b.code ? -1 : 1)), place);
    return ofLine;
  }

  private correctionsOf(unitId: string, indicator: Indicator, isRedefined: boolean): Correction[] {
    const { published, live, definitions, schoolYear } = this.compared;
    const [then, now] = [published.get(unitId), live.get(unitId)];
    const isOfOlder = definitions.edition !== EDITION;
    const changes = unitChanges(then, now);
    // What a unit did that closed in the year was in no vintage of an older edition.
    const measures =
      (then && now) || (changes.length === 0 && !isOfOlder) ? Object.keys(difference(then?.tally ?? {}, now?.tally ?? {})) : null;
    const found = this.happened.records.get(unitId) ?? [];
    const behind = new Set([indicator, indicatorByKey(indicator.key)].flatMap((one) => (one ? formulaMeasures(one) : [])));
    const touching = measures
      ? found.filter(
          ({ record }) =>
            isExtended(indicator, record) || kindOf(record.kind).measures.some(({ key }) => behind.has(key) && measures.includes(key)),
        )
      : [];
    const line = [...(then?.line ?? []), ...(now?.line ?? [])];
    const late = this.happened.late.over([unitId, ...(now?.line ?? [])], schoolYear);
    const directed = this.happened.directives.filter(
      ({ record, judged }) =>
        line.includes(record.unitId) &&
        !late.has(record.recordId) &&
        (touching.length === 0 ? judged.size > 0 : isJudged(indicator, judged)),
    );
    const corrections = [
      ...changes.map(plain),
      ...(isRedefined ? [plain("DEFINITION")] : []),
      ...(touching.length > 0 || !measures?.length ? touching : found),
      ...(measures && measures.length > 0 ? directed : []),
    ];
    return corrections.length > 0 ? corrections : [plain(isOfOlder ? "EDITION" : "RECOMPUTED")];
  }
}

const plain = (code: CorrectionCode): Correction => ({ code, record: null, since: 0 });

function partOf(indicator: Indicator, of: Counted | undefined): Part {
  const tally = of?.tally ?? {};
  const { numerator, denominator, value } = figures(indicator, tally);
  return { numerator, denominator: denominator ?? 0, value, others: JSON.stringify([voices(indicator, tally), partsOf(indicator, tally)]) };
}

/** Whether a unit was open on the reference date: then it has duties, or has none of them. Else only its flows count. */
function isCounted({ tally }: Counted): boolean {
  return Object.keys(tally).some((key) => !measuresOfClosed.includes(key));
}

/** A target changes no figure. */
function isJudged({ key, judgedBy }: Indicator, judged: ReadonlySet<string>): boolean {
  return judged.has(key) || (judgedBy !== undefined && judged.has(judgedBy));
}

/** Whether a record gives a unit more time for what the indicator asks. */
function isExtended(indicator: Indicator, { kind, content }: StoredRecord): boolean {
  return kind === deadlineExtension.key && content.indicator === deadlineKey(indicator);
}

/** What became of a unit itself since it was published. */
function unitChanges(then: Counted | undefined, now: Counted | undefined): CorrectionCode[] {
  const [was, is] = [then !== undefined && isCounted(then), now !== undefined && isCounted(now)];
  if (was !== is) return [was ? "LEFT" : "ENTERED"];
  if (!then || !now) return [];
  const moved = then.line.join() !== now.line.join();
  const reclassified = !sameStratum(then, now);
  if (!moved && !reclassified) return then.unitVersion === now.unitVersion ? [] : ["CHANGED"];
  return [...(moved ? (["MOVED"] as const) : []), ...(reclassified ? (["RECLASSIFIED"] as const) : [])];
}
