import { Field, ObjectType } from "type-graphql";
import { type Day } from "../../domain/ground/day.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { Free } from "../cost/price.js";
import { connectionOf, type Page, type PageArgs, pageOf, pagingOf } from "../engine/connection.js";
import { TEXT } from "../engine/cursor.js";
import { type GraphContext } from "../engine/context.js";
import { DayScalar } from "../engine/day.scalar.js";
import { WorklistStatusEnum } from "../engine/enums.js";
import { fault, indicatorOf } from "../engine/faults.js";
import { type RollupFilter, whereOf } from "./rollup.type.js";
import { unitOf, UnitType } from "../unit/unit.type.js";
import type { UnitView } from "../../domain/tree/unit-view.js";
import type { WorklistQuery, WorklistRow, WorklistStatus } from "../../domain/counting/worklist.js";

@ObjectType({ description: "A unit behind a number, and where it stands with the duty.", simpleResolvers: true })
export class WorklistEntry {
  @Free("HELD")
  @Field(() => UnitType, { description: "The unit (đơn vị)." })
  unit: UnitType;
  @Field(() => WorklistStatusEnum, { description: "Where it stands with the duty." })
  status: WorklistStatus;
  @Field(() => DayScalar, {
    nullable: true,
    description:
      "The last day of the duty, by directive or law, or the later one that was given to the unit; without any the end of the school year.",
  })
  due: Day | null;
}

export const WorklistConnection = connectionOf<WorklistEntry>(
  "Worklist",
  () => WorklistEntry,
  "The units behind a number, as far as they are in the caller's branch today, sorted by name.",
);

export interface WorklistAsked {
  indicator: string;
  status: WorklistStatus[];
  where: RollupFilter | null | undefined;
  page: PageArgs;
}

/** The units below one that stand somewhere with the duty behind an indicator, across the whole branch. */
export async function worklistPage(
  context: GraphContext,
  unit: UnitView,
  year: SchoolYear,
  asked: WorklistAsked,
): Promise<Page<WorklistEntry>> {
  const paging = pagingOf("worklist", [TEXT, TEXT], asked.page);
  const indicator = indicatorOf(asked.indicator);
  if (!indicator.obligation)
    throw fault("BAD_USER_INPUT", `${indicator.key} has no worklist: no unit owes it. Indicators that have one say hasWorklist: true.`);
  if (asked.status.length === 0) throw fault("BAD_USER_INPUT", "status is empty; expected at least one, e.g. NO_REPORT.");
  const query: WorklistQuery = {
    unitId: unit.id,
    level: unit.level,
    schoolYear: year.label,
    referenceDate: year.referenceDate,
    obligation: indicator.obligation.key,
    statuses: [...new Set(asked.status)],
    where: whereOf(asked.where),
    branch: context.caller.unitId,
    today: context.today,
  };
  const rows = await context.database.read((stores) => stores.dossiers.worklist(query, paging.slice));
  const views = new Map(
    (await Promise.all(rows.map(({ unitId }) => context.loaders.anyUnit.load(unitId)))).flatMap((view) =>
      view ? [[view.id, view] as const] : [],
    ),
  );
  return pageOf(
    rows,
    paging,
    (row) => entryOf(row, views),
    (row) => [row.sortKey, row.unitId],
    () => context.database.read((stores) => stores.dossiers.worklistCount(query)),
  );
}

function entryOf({ unitId, status, due }: WorklistRow, views: ReadonlyMap<string, UnitView>): WorklistEntry {
  const view = views.get(unitId);
  if (!view) throw new Error(`worklist names unit ${unitId}, which is not there`);
  return { unit: unitOf(view), status, due };
}
