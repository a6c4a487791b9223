import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { recordKinds } from "../../domain/records/catalogue.js";
import { directive } from "../../domain/records/kinds/directive.js";
import { Costs } from "../cost/price.js";
import { connectionOf, type Page, PageArgs, pageOf, pagingOf } from "../engine/connection.js";
import { type GraphContext } from "../engine/context.js";
import { DAY, INSTANT, TEXT } from "../engine/cursor.js";
import { schoolYearOf } from "../engine/faults.js";
import { UnitType } from "../unit/unit.type.js";
import { RecordKindEnum, recordOf, recordPage, RecordType, recordTypeFor } from "./record.type.js";

export const RecordConnection = connectionOf<RecordType>("Record", () => RecordType, "A page of records, the newest first.");
const DirectiveConnection = connectionOf<RecordType>("Directive", () => recordTypeFor(directive.key), "Directives, the latest first.");

/** The records of a unit, and the directives that bind it. */
@Resolver(() => UnitType)
export class UnitRecordsResolver {
  @Costs({ points: 15 })
  @FieldResolver(() => RecordConnection, {
    description: "The records of the unit itself and those that cover it (an agreement of several schools).",
  })
  async records(
    @Root() unit: UnitType,
    @Ctx() context: GraphContext,
    @Arg("kind", () => [RecordKindEnum], { nullable: true, description: "Only these kinds; all unless given." })
    kind: string[] | null | undefined,
    @Arg("schoolYear", () => String, { nullable: true, description: "Only records that belong to this school year." })
    schoolYear: string | null | undefined,
    @Arg("withdrawn", () => Boolean, { defaultValue: false, description: "Also those that were taken back." }) withdrawn: boolean,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<RecordType>> {
    const paging = pagingOf("records", [INSTANT, TEXT], page);
    const year = typeof schoolYear === "string" ? (await schoolYearOf(context, schoolYear)).label : null;
    const kinds = kind?.length ? [...new Set(kind)] : recordKinds.map((candidate) => candidate.key);
    const list = { unitId: unit.id, filter: { kinds, schoolYear: year, withdrawn } };
    return pageOf(
      await context.loaders.records.page.load({ ...list, slice: paging.slice }),
      paging,
      recordOf,
      (record) => [record.recordedAt.toISOString(), record.recordId],
      () => context.loaders.records.count.load(list),
    );
  }

  @Costs({ points: 15 })
  @FieldResolver(() => DirectiveConnection, {
    description: "The directives of the unit and of those above it, the latest first: what it is bound by.",
  })
  async directives(@Root() unit: UnitType, @Ctx() context: GraphContext, @Args(() => PageArgs) page: PageArgs): Promise<Page<RecordType>> {
    const paging = pagingOf("directives", [DAY, TEXT, TEXT], page);
    const line = [unit.id, ...unit.view.ancestorIds];
    const issued = (await Promise.all(line.map((unitId) => context.loaders.directives.load(unitId)))).flat();
    const all = issued.map(({ recordId, values }) => ({ recordId, key: [...values, recordId] }));
    return recordPage(context, all, paging, [-1, -1, -1]);
  }
}
