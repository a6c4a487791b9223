import { Arg, Args, Ctx, Field, ID, ObjectType, Query, Resolver } from "type-graphql";
import { type Caller, type Role } from "../../domain/ground/caller.js";
import { cleanText } from "../../domain/ground/vietnamese.js";
import { idIn } from "../../work/references.js";
import { type Page, PageArgs } from "../engine/connection.js";
import { type GraphContext } from "../engine/context.js";
import { RoleEnum } from "../engine/enums.js";
import { fault } from "../engine/faults.js";
import { besideEachOther, MOST_SCHOOL_YEARS } from "../../domain/tree/school-year.js";
import { looksIntoLedger } from "../cost/by-arguments.js";
import { Costs, Free } from "../cost/price.js";
import { SchoolYearType } from "./school-year.type.js";
import { conditions, UnitConnection, UnitFilter, UnitOrder } from "./unit.query.js";
import { unitOf, UnitType } from "./unit.type.js";
import { unitPage } from "./unit-page.js";

@ObjectType("Caller", { description: "Who asks: the name, role and branch of the token.", simpleResolvers: true })
export class CallerType {
  @Field(() => ID, {
    description:
      'Id of the token, by which an administrator revokes it; of whoever comes with a token of an OpenID Connect provider "oidc:" and the sub.',
  })
  tokenId: string;
  @Field(() => String, { description: "Whose token it is." })
  name: string;
  @Field(() => RoleEnum, { description: "What it may do (vai trò)." })
  role: Role;

  constructor(readonly caller: Caller) {
    this.tokenId = caller.tokenId;
    this.name = caller.name;
    this.role = caller.role;
  }

  @Free("BATCHED")
  @Field(() => UnitType, { nullable: true, description: "The top of the branch; null for an administrator, whose branch is everything." })
  async unit(@Ctx() context: GraphContext): Promise<UnitType | null> {
    const view = this.caller.unitId ? await context.loaders.unit(this.caller.unitId) : null;
    return view && unitOf(view);
  }
}

@Resolver()
export class QueryResolver {
  @Free("BATCHED")
  @Query(() => UnitType, { nullable: true, description: "One unit, by id or by code; exactly one of the two." })
  async unit(
    @Ctx() context: GraphContext,
    @Arg("id", () => ID, { nullable: true, description: "Its id; a code is understood, too." }) id: string | null | undefined,
    @Arg("code", () => String, { nullable: true, description: 'E.g. "CB-TP".' }) code: string | null | undefined,
  ): Promise<UnitType> {
    const reference = id ?? code;
    if (typeof reference !== "string" || (id && code)) throw fault("BAD_USER_INPUT", "unit: give exactly one of id and code.");
    if (cleanText(reference) === "")
      throw fault("BAD_USER_INPUT", `unit: the ${reference === id ? "id" : "code"} is empty; expected a UUID or a code, e.g. "CB-TP".`);
    return unitNamed(context, reference);
  }

  @Costs({ points: 50, scans: (args) => (looksIntoLedger(args) ? 4 : 0.12), inBranch: true })
  @Query(() => UnitConnection, { description: "Units of the caller's branch: filtered, searched, ordered, paged." })
  async units(
    @Ctx() context: GraphContext,
    @Arg("filter", () => UnitFilter, { nullable: true, description: "Only these; all of the branch unless given." })
    filter: UnitFilter | null | undefined,
    @Arg("orderBy", () => [UnitOrder], { nullable: true, description: "By name unless given." }) orderBy: UnitOrder[] | null | undefined,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<UnitType>> {
    const ancestor = typeof filter?.ancestor === "string" ? (await unitNamed(context, filter.ancestor)).id : undefined;
    return unitPage(context, conditions(context, filter, { on: context.today, ...(ancestor ? { ancestor } : {}) }), {
      filter,
      orderBy,
      page,
    });
  }

  @Costs({ most: MOST_SCHOOL_YEARS })
  @Query(() => [SchoolYearType], { description: "The opened school years, in order of time; or those that were withdrawn." })
  async schoolYears(
    @Ctx() context: GraphContext,
    @Arg("withdrawn", () => Boolean, { defaultValue: false, description: "Instead those that were opened and withdrawn, as they were." })
    withdrawn: boolean,
  ): Promise<SchoolYearType[]> {
    const open = await context.loaders.schoolYears();
    if (!withdrawn) return open.map((year) => new SchoolYearType(year));
    const gone = await context.database.read(({ schoolYearVersions }) => schoolYearVersions.withdrawn());
    const labels = new Set(gone.map(({ label }) => label));
    const all = besideEachOther([...open, ...gone]);
    return all.filter(({ label }) => labels.has(label)).map((year) => new SchoolYearType(year));
  }

  @Free("MADE")
  @Query(() => CallerType, { description: "Who the hub takes the caller for." })
  me(@Ctx() context: GraphContext): CallerType {
    return new CallerType(context.caller);
  }
}

/** A unit by id or code, or an error that helps. */
export async function unitNamed({ loaders }: GraphContext, reference: string): Promise<UnitType> {
  const code = cleanText(reference);
  const id = idIn(code);
  const view = await (id !== null ? loaders.unit(id) : loaders.unitByCode(code));
  if (view) return unitOf(view);
  throw fault("UNIT_NOT_FOUND", (await loaders.unknownUnit.load(reference)).message.en);
}
