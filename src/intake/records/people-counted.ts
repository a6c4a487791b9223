import { sees } from "../../work/sight.js";
import { type UnitHistory } from "../../domain/tree/history.js";
import { vietnameseDay } from "../../domain/ground/day.js";
import { type Problem, problem } from "../../domain/ground/problem.js";
import { type Words } from "../../domain/ground/words.js";
import { type Content } from "../../domain/records/field.js";
import { kindOf } from "../../domain/records/catalogue.js";
import { type PeopleCounted as Counted, schoolsCounted } from "../../domain/records/people-counted.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Change } from "../../work/change.js";
import { isWithdrawal, type Reading } from "./reading.js";
import { type RecordChange, type RecordPlace } from "./record-change.js";

/** What a content says of whom it counts. */
const countingOf = (content: Content) => content as unknown as { peopleCounted: Counted | null; schools: string[] };
/** The schools for which a record of people reports; none where it is of another kind. */
const schoolsIn = ({ kind, content }: Pick<RecordPlace, "kind" | "content">) =>
  kindOf(kind).countsPeople ? schoolsCounted(countingOf(content)) : [];

/** The schools of unions in school years, by "union schoolYear". */
export type SchoolsOfUnions = ReadonlyMap<string, readonly string[]>;
const nameOf = (unitId: string, schoolYear: string | null | undefined) => `${unitId} ${schoolYear ?? ""}`;

/** Writes into reports that count all the schools of their union which these are, where they do not say it. To be called with the gate, so that nobody moves a school meanwhile. */
export async function nameSchools(stores: Stores, readings: readonly Reading[]): Promise<SchoolsOfUnions> {
  const asking = readings.filter(
    ({ asked, kind, content }) => !isWithdrawal(asked) && kind.countsPeople && countingOf(content).peopleCounted === "ALL_ITS_SCHOOLS",
  );
  const unions = [...new Set(asking.flatMap(({ unitId }) => unitId ?? []))];
  const labels = [...new Set(asking.flatMap(({ year }) => year?.label ?? []))];
  if (unions.length === 0 || labels.length === 0) return new Map();
  const schools = await stores.scopes.schoolsOf(unions, labels);
  for (const reading of asking) {
    const { unitId, year, content } = reading;
    if (unitId === null || countingOf(content).schools.length > 0) continue;
    reading.content = { ...content, schools: [...(schools.get(nameOf(unitId, year?.label)) ?? [])] } as unknown as Content;
  }
  return schools;
}

/**
 * Who counts a unit's people in a kind of report of a school year: the unit itself, or a union with all its schools; two unions where one follows
 * the other and includes its report.
 */
interface WhoCounts {
  own: boolean;
  unions: readonly string[];
}
const NOBODY: WhoCounts = { own: false, unions: [] };
const placeOf = (unitId: string, { kind, schoolYear }: Pick<RecordPlace, "kind" | "schoolYear">) => [unitId, kind, schoolYear].join(" ");

const OTHER_SCHOOLS: Words = { en: "schools outside your branch", vi: "các trường ngoài phạm vi quản lý" };
const ANOTHER_UNION: Words = { en: "another union", vi: "công đoàn khác" };
/** Schools that a refusal names. */
const MOST_NAMED = 5;

/**
 * In whose report people stand, so that nobody comes to stand in two of one kind and school year. To be looked up when the units' rows are locked: a
 * school's report locks the school, and a union's all the schools that it counts.
 */
export class PeopleCounted {
  private constructor(
    private readonly stores: Stores,
    private readonly change: Change,
    private readonly counting: Map<string, WhoCounts>,
    private readonly schools: SchoolsOfUnions,
  ) {}

  /** Who counts the people of those that some changes are about: in a statement for each school year, in none where nobody reports people. */
  static async of(stores: Stores, change: Change, changes: readonly RecordChange[], schools: SchoolsOfUnions): Promise<PeopleCounted> {
    const counted = new PeopleCounted(stores, change, new Map(), schools);
    const after = changes.flatMap(({ after: place }) => (place && kindOf(place.kind).countsPeople ? [place] : []));
    for (const schoolYear of new Set(after.map((place) => place.schoolYear ?? ""))) {
      const ofYear = after.filter((place) => place.schoolYear === schoolYear);
      const units = ofYear.flatMap((place) => [place.unitId, ...schoolsIn(place)]);
      const kinds = [...new Set(ofYear.map(({ kind }) => kind))];
      for (const { subjectId, record } of await stores.records.heldBy(units, kinds, schoolYear)) counted.set(subjectId, record, true);
    }
    return counted;
  }

  /** Why a record may not count whom it counts: others do, or they are not all the schools of the union. `included`: predecessors whose reports are in it. */
  async problems(
    after: RecordPlace,
    histories: ReadonlyMap<string, UnitHistory>,
    year: SchoolYear | null,
    included: readonly string[],
  ): Promise<Problem[]> {
    const unit = histories.get(after.unitId)?.unit;
    if (!kindOf(after.kind).countsPeople || !unit) return [];
    if (countingOf(after.content).peopleCounted !== "ALL_ITS_SCHOOLS") return this.overlaps(after, histories);
    const named = schoolsIn(after);
    const standing = this.schools.get(nameOf(after.unitId, after.schoolYear)) ?? [];
    const on = year?.referenceDate ?? "";
    if (standing.length === 0)
      return [
        problem("RULE", "peopleCounted", {
          en: `No school stands under ${unit.code} on ${on}, the reference date of ${after.schoolYear}; say OTHERS_ONLY.`,
          vi: `Không có trường nào trực thuộc ${unit.code} vào ngày ${vietnameseDay(on)}, ngày chốt số liệu năm học ${after.schoolYear}; hãy ghi OTHERS_ONLY.`,
        }),
      ];
    if ([...named].sort().join() !== [...standing].sort().join()) {
      const schools = await this.names(standing, OTHER_SCHOOLS);
      return [
        problem("RULE", "schools", {
          en: `These are not the schools that stand under ${unit.code} on ${on}, the reference date of ${after.schoolYear}: ${schools.en}. Leave schools out, and the hub names them.`,
          vi: `Đây không phải là các trường trực thuộc ${unit.code} vào ngày ${vietnameseDay(on)}, ngày chốt số liệu năm học ${after.schoolYear}: ${schools.vi}. Hãy bỏ danh sách trường (schools), hệ thống sẽ tự ghi.`,
        }),
      ];
    }
    return this.overlaps(after, histories, included);
  }

  /** Who counts already whom a record would count. */
  async overlaps(after: RecordPlace, histories: ReadonlyMap<string, UnitHistory>, included: readonly string[] = []): Promise<Problem[]> {
    const { countsPeople, typeName, name } = kindOf(after.kind);
    const unit = histories.get(after.unitId)?.unit;
    const counting = countsPeople ? this.of(after.unitId, after).unions : [];
    if (unit?.level === "SCHOOL" && counting.length > 0) {
      const whose = await this.names(counting, ANOTHER_UNION);
      return [
        problem("RULE", "unit", {
          en: `The people of ${unit.code} are counted in the ${typeName} of ${whose.en} for ${after.schoolYear}, which counts all its schools. Withdraw or correct that report first, so that it counts OTHERS_ONLY; then the school reports itself.`,
          vi: `Số liệu của ${unit.code} đã có trong ${name.vi} năm học ${after.schoolYear} của ${whose.vi}, báo cáo tính tất cả các trường. Hãy rút hoặc sửa báo cáo đó trước để chỉ tính OTHERS_ONLY; sau đó trường tự báo cáo.`,
        }),
      ];
    }
    const named = schoolsIn(after);
    const otherUnions = (id: string) => this.of(id, after).unions.filter((union) => union !== after.unitId && !included.includes(union));
    const others = named.filter((id) => this.of(id, after).own || otherUnions(id).length > 0);
    if (others.length === 0) return [];
    const unions = [...new Set(others.flatMap((id) => (this.of(id, after).own ? [] : otherUnions(id))))];
    const reported = others.filter((id) => this.of(id, after).own);
    const told: Words[] = [];
    if (reported.length > 0) {
      const { en, vi } = await this.names(reported, OTHER_SCHOOLS);
      told.push({ en: `of ${en}`, vi: `của ${vi}` });
    }
    if (unions.length > 0) {
      const { en, vi } = await this.names(unions, ANOTHER_UNION);
      told.push({ en: `of ${en}, which counts some of the schools`, vi: `của ${vi} (có tính một số trường)` });
    }
    return [
      problem("RULE", "peopleCounted", {
        en: `People whom this report would count stand in the ${typeName} ${told.map(({ en }) => en).join(" and ")} for ${after.schoolYear}. Withdraw or correct ${others.length === 1 ? "that report" : "those reports"} first, or say OTHERS_ONLY and count only who is in none.`,
        vi: `Những người được tính ở đây đã có trong ${name.vi} năm học ${after.schoolYear} ${told.map(({ vi }) => vi).join(" và ")}. Hãy rút hoặc sửa báo cáo đó trước, hoặc ghi OTHERS_ONLY và chỉ tính người chưa có trong báo cáo nào.`,
      }),
    ];
  }

  /** Lets later rows of the same batch be judged on what this one leaves. */
  accept({ before, after }: RecordChange): void {
    for (const [place, isCounting] of [[before, false] as const, [after, true] as const]) {
      if (!place || !kindOf(place.kind).countsPeople) continue;
      for (const id of [place.unitId, ...schoolsIn(place)]) this.set(id, place, isCounting);
    }
  }

  private of(unitId: string, record: Pick<RecordPlace, "kind" | "schoolYear">) {
    return this.counting.get(placeOf(unitId, record)) ?? NOBODY;
  }

  /** Whether a report counts a unit's people. */
  private set(unitId: string, record: Pick<RecordPlace, "unitId" | "kind" | "schoolYear">, isCounting: boolean): void {
    const { own, unions } = this.of(unitId, record);
    const others = unions.filter((union) => union !== record.unitId);
    const who = record.unitId === unitId ? { own: isCounting, unions } : { own, unions: isCounting ? [...others, record.unitId] : others };
    this.counting.set(placeOf(unitId, record), who);
  }

  /** The codes of units, the first of those that the caller may see or stands under, and how many more there are. `unseen`: what they are called where it may know none. */
  private async names(ids: readonly string[], unseen: Words): Promise<Words> {
    const { caller, today } = this.change;
    const views = await this.stores.unitReader.views([...ids, ...(caller.unitId === null ? [] : [caller.unitId])], today);
    const above = new Set(views.get(caller.unitId ?? "")?.ancestorIds);
    const codes = ids.flatMap((id) => {
      const view = views.get(id);
      return view && (sees(caller, view) || above.has(id)) ? [view.code] : [];
    });
    if (codes.length === 0) return unseen;
    const told = codes.sort().slice(0, MOST_NAMED);
    const more = ids.length - told.length;
    return {
      en: `${told.join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
      vi: `${told.join(", ")}${more > 0 ? ` và ${more} đơn vị khác` : ""}`,
    };
  }
}
