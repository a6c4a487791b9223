import { inBranch } from "../../domain/ground/caller.js";
import { profileOn } from "../../domain/tree/history.js";
import { type Forest, keepsPast, lineOn } from "../../domain/tree/past.js";
import { type Problem, problem, type ProblemCode } from "../../domain/ground/problem.js";
import { lockOf } from "../../domain/reporting/report.js";
import { closingsOver } from "../../domain/reporting/report-standing.js";
import { anAdministrator, somebodyOf } from "../../domain/reporting/report-words.js";
import { isFederation } from "../../domain/tree/unit.js";
import { inStretches } from "../../stretches.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Change } from "../../work/change.js";
import { type Named, Names } from "../hints.js";
import { type LockedYear } from "./locked.js";
import { federationsFrom, keepersOf, pastLine, type UnitYear } from "./past.js";
import { NO_WORDS, type Words } from "../../domain/ground/words.js";

/** Units and years that a refusal names; how many more there are it says. */
const MOST_NAMED = 50;
/** Sentences of one refusal. */
const MOST_SENTENCES = 5;
/** Units and years that are looked up for the sentences of one refusal, unless the caller says how many. */
const MOST_LOOKED_UP = 1_000;

/** What would be changed. */
const FIGURES: Words = { en: "figures of", vi: "số liệu của" };
const LOCKED: Words = { en: "what is locked of", vi: "số liệu đã khóa của" };

/**
 * The sentences of a refusal: which units and years may not change, as far as the caller may see them, and who can act: of the
 * federations above a unit today, whose people find it, the nearest that keeps its past, or may open its report again.
 */
export class Refusing {
  private constructor(
    private readonly change: Change,
    private readonly names: Names,
    private readonly federations: Forest,
    private readonly most: number,
    private readonly pause: Stores["pause"],
  ) {}

  /** Looks up what the sentences on some units and years need, on the first of them; of all of them whether the caller sees them. */
  static async of(
    stores: Stores,
    change: Change,
    foreign: readonly UnitYear[],
    locked: readonly LockedYear[],
    most = MOST_LOOKED_UP,
  ): Promise<Refusing> {
    const [others, held] = [foreign.slice(0, most), locked.slice(0, most)];
    const closers = held.flatMap(({ standing }) => closingsOver(standing).map(({ unitId }) => unitId));
    const own = change.caller.unitId === null ? [] : [change.caller.unitId];
    const ids = [...own, ...[...others, ...held].map(({ unitId }) => unitId), ...closers, ...keepersOf(others)];
    const names = await Names.of(stores, change, [...foreign, ...locked]);
    return new Refusing(change, names, await federationsFrom(stores, [...new Set(ids)], change.today), most, stores.pause);
  }

  /** Of units and years whose past others keep. */
  foreign(field: string | null, places: readonly UnitYear[]): Promise<Problem[]> {
    const sentence = ({ unitId, lines }: UnitYear) => {
      const keeps = (id: string) =>
        lines.every((line) => keepsPast({ role: "STEWARD", unitId: id }, pastLine(unitId, line), this.federations));
      const whom = this.nearest(unitId, keeps);
      return {
        en: `they stood in another branch then, which keeps that time. Ask ${whom.en}.`,
        vi: `khi đó các đơn vị này thuộc phạm vi khác, do nơi khác quản lý. Đề nghị ${whom.vi} thực hiện.`,
      };
    };
    return this.problems("FORBIDDEN", field, FIGURES, places, sentence, ": ");
  }

  /** Of units and years that are locked. */
  locked(field: string | null, places: readonly LockedYear[]): Promise<Problem[]> {
    const sentence = ({ unitId, standing }: LockedYear) => {
      const { on, histories } = this.federations;
      const hasSuperior = lineOn(unitId, { on, histories }).length > 1;
      const opens = (id: string) => closingsOver(standing).every((closing) => lineOn(closing.unitId, { on, histories }).includes(id));
      const whom = hasSuperior ? this.nearest(unitId, opens) : this.somebody(unitId);
      return lockOf({ ...standing, hasSuperior }, whom)!.words;
    };
    return this.problems("PERIOD_LOCKED", field, LOCKED, places, sentence, ". ");
  }

  private async problems<P extends Named>(
    code: ProblemCode,
    field: string | null,
    what: Words,
    places: readonly P[],
    sentenceOn: (place: P) => Words,
    between: string,
  ): Promise<Problem[]> {
    const groups = new Map<string, { sentence: Words; all: P[] }>();
    const place = (one: P) => {
      const sentence = sentenceOn(one);
      const group = groups.get(sentence.en) ?? { sentence, all: [] };
      groups.set(sentence.en, group);
      group.all.push(one);
    };
    await inStretches(places.slice(0, this.most), place, this.pause);
    const told = [...groups.values()].slice(0, MOST_SENTENCES);
    const problems = told.map(({ sentence, all }) => {
      const named = this.names.listed(all, MOST_NAMED) ?? NO_WORDS;
      return problem(code, field, {
        en: `This would change ${what.en} ${named.en}${between}${sentence.en}`,
        vi: `Việc này làm thay đổi ${what.vi} ${named.vi}${between}${sentence.vi}`,
      });
    });
    const toldPlaces = told.flatMap(({ all }) => all);
    const left = (await this.names.countOf(places, this.pause)) - (await this.names.countOf(toldPlaces, this.pause));
    if (left > 0)
      problems.push(
        problem(code, field, {
          en: `This would change ${what.en} ${left} more ${left === 1 ? "unit in a school year" : "units in school years"}.`,
          vi: `Việc này còn làm thay đổi ${what.vi} ${left} trường hợp đơn vị và năm học khác.`,
        }),
      );
    return problems;
  }

  /** The nearest federation above a unit that can do something; of units that the caller does not see only one of its own line is told. */
  private nearest(unitId: string, can: (id: string) => boolean): Words {
    const [, ...above] = lineOn(unitId, this.federations);
    const found = above.find((id) => this.isFederation(id) && can(id));
    return found === undefined || !this.mayTell(unitId, found) ? anAdministrator : this.somebody(found);
  }

  private mayTell(unitId: string, found: string): boolean {
    const { caller } = this.change;
    if (inBranch(caller, lineOn(unitId, this.federations))) return true;
    return caller.unitId !== null && lineOn(caller.unitId, this.federations).includes(found);
  }

  private somebody(unitId: string): Words {
    const history = this.federations.histories.get(unitId);
    return history ? somebodyOf(profileOn(history, this.federations.on).name) : anAdministrator;
  }

  private isFederation(id: string): boolean {
    const level = this.federations.histories.get(id)?.unit.level;
    return level !== undefined && isFederation(level);
  }
}
