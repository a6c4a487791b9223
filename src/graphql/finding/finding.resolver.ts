import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { checkByKey, checks } from "../../domain/findings/catalogue.js";
import { findingKey, type Severity } from "../../domain/findings/finding.js";
import { publishedDiffers } from "../../domain/findings/list/published-differs.js";
import { closest } from "../../work/closest.js";
import { Costs } from "../cost/price.js";
import { type Page, PageArgs, pageOf, pagingOf } from "../engine/connection.js";
import { DAY, NUMBER, TEXT } from "../engine/cursor.js";
import { type GraphContext } from "../engine/context.js";
import { FindingStateEnum, SeverityEnum } from "../engine/enums.js";
import { fault, schoolYearOf } from "../engine/faults.js";
import { FindingCheckType, FindingCounts, type FindingState, UnitFinding, UnitFindingConnection } from "./finding.type.js";
import { type Reconciliation, ReconciliationConnection, reconciliationOf } from "../analysis/reconciliation.type.js";
import { UnitType } from "../unit/unit.type.js";
import type { FindingQuery } from "../../domain/findings/finding-list.js";

/** What a finding is sorted by. */
const FINDING_KEY = [NUMBER, DAY, TEXT, TEXT, TEXT];

/** What looks wrong in a unit and below it. */
@Resolver(() => UnitType)
export class FindingResolver {
  @Costs({ most: checks.length })
  @Query(() => [FindingCheckType], { description: "The data-quality checks, the gravest first: what each looks at and how to mend it." })
  findingChecks(): FindingCheckType[] {
    return checks.map((check) => new FindingCheckType(check));
  }

  @Costs({ points: 150, scans: 0.2 })
  @FieldResolver(() => UnitFindingConnection, {
    description:
      "What looks wrong in the records of the unit and all below it, in the tree of each school year (phát hiện về số liệu); the gravest first.",
  })
  async findings(
    @Root() unit: UnitType,
    @Ctx() context: GraphContext,
    @Arg("schoolYear", () => String, { nullable: true, description: "Only findings of this school year; of all unless given." })
    schoolYear: string | null | undefined,
    @Arg("check", () => [String], { nullable: true, description: "Only of these checks, by key; of all unless given." })
    check: string[] | null | undefined,
    @Arg("severity", () => [SeverityEnum], { nullable: true, description: "Only of these severities; of all unless given." })
    severity: Severity[] | null | undefined,
    @Arg("state", () => FindingStateEnum, { nullable: true, description: "Only open or only acknowledged ones; both unless given." })
    state: FindingState | null | undefined,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<UnitFinding>> {
    for (const [name, list] of Object.entries({ check, severity }))
      if (list?.length === 0) throw fault("BAD_USER_INPUT", `findings: ${name} is empty; name at least one, or leave it out for all.`);
    const paging = pagingOf("findings", FINDING_KEY, page);
    const query: FindingQuery = {
      unit: { id: unit.id, level: unit.level },
      schoolYear: await labelOf(context, schoolYear),
      checks: check ? [...new Set(check.map(knownCheck))] : null,
      severities: severity ? [...new Set(severity)] : null,
      open: state ? state === "OPEN" : null,
      branch: context.caller.unitId,
      today: context.today,
    };
    const rows = await context.database.read((stores) => stores.findings.page(query, paging.slice));
    return pageOf(
      rows,
      paging,
      (row) => new UnitFinding(row),
      findingKey,
      () => context.database.read((stores) => stores.findings.total(query)),
    );
  }

  @Costs({ points: 150, scans: 0.2 })
  @FieldResolver(() => ReconciliationConnection, {
    description:
      "All published figures of the unit and of those below it, in the tree of each school year, that are not what the hub computes (số liệu công bố chênh lệch): the findings PUBLISHED_DIFFERS, the latest recorded first, each with the two figures and the causes.",
  })
  async disagreements(
    @Root() unit: UnitType,
    @Ctx() context: GraphContext,
    @Arg("schoolYear", () => String, { nullable: true, description: "Only figures of this school year; of all unless given." })
    schoolYear: string | null | undefined,
    @Arg("state", () => FindingStateEnum, { nullable: true, description: "Only open or only acknowledged ones; both unless given." })
    state: FindingState | null | undefined,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<Reconciliation>> {
    const paging = pagingOf("disagreements", FINDING_KEY, page);
    const query: FindingQuery = {
      ...{ unit: { id: unit.id, level: unit.level }, schoolYear: await labelOf(context, schoolYear) },
      ...{ checks: [publishedDiffers.key], severities: null, open: state ? state === "OPEN" : null },
      ...{ branch: context.caller.unitId, today: context.today },
    };
    const rows = await context.database.read((stores) => stores.findings.page(query, paging.slice));
    const made = new Map(
      await Promise.all(rows.map(async (row) => [row, await reconciliationOf(context, { ...row, recordId: row.recordId ?? "" })] as const)),
    );
    return pageOf(
      rows,
      paging,
      (row) => made.get(row)!,
      findingKey,
      () => context.database.read((stores) => stores.findings.total(query)),
    );
  }

  @Costs({ points: 100, scans: 0.1 })
  @FieldResolver(() => FindingCounts, {
    description: "How many findings there are in the unit and all below it, by severity and by check; in the tree of each school year.",
  })
  async findingCounts(
    @Root() unit: UnitType,
    @Ctx() context: GraphContext,
    @Arg("schoolYear", () => String, { nullable: true, description: "Only findings of this school year; of all unless given." })
    schoolYear: string | null | undefined,
  ): Promise<FindingCounts> {
    const label = await labelOf(context, schoolYear);
    return new FindingCounts(await context.loaders.findingCounts.load({ unitId: unit.id, level: unit.level, schoolYear: label }));
  }
}

async function labelOf(context: GraphContext, schoolYear: string | null | undefined): Promise<string | null> {
  return typeof schoolYear === "string" ? (await schoolYearOf(context, schoolYear)).label : null;
}

function knownCheck(key: string): string {
  if (checkByKey(key)) return key;
  const near = closest(
    key,
    checks.map((check) => check.key),
  );
  throw fault(
    "BAD_USER_INPUT",
    `There is no check "${key.slice(0, 60)}".${near ? ` Did you mean "${near}"?` : ""} The query \`findingChecks\` lists them.`,
  );
}
