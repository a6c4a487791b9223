import {
  type ConstDirectiveNode,
  type GraphQLResolveInfo,
  GraphQLScalarType,
  type GraphQLSchema,
  Kind,
  parse,
  print,
  printSchema,
  visit,
} from "graphql";
import { Arg, createUnionType, Ctx, Field, Info, ObjectType, Query, Resolver } from "type-graphql";
import { idIn } from "../work/references.js";
import { sizeOf } from "./cost/by-arguments.js";
import { Costs, ENTRY } from "./cost/price.js";
import { type GraphContext } from "./engine/context.js";
import { fault } from "./engine/faults.js";
import { SchoolYearType } from "./unit/school-year.type.js";
import {
  Confederation,
  DistrictFederation,
  GrassrootsUnion,
  ProvincialFederation,
  School,
  unitOf,
  type UnitType,
} from "./unit/unit.type.js";

const UNIT_TYPES = [Confederation, ProvincialFederation, DistrictFederation, GrassrootsUnion, School] as const;
const UNIT_NAMES = ["Unit", ...UNIT_TYPES.map(({ name }) => name)];

/** What the hub's types are to other subgraphs: entities with these keys, or the same type as theirs. */
const DIRECTIVES: Readonly<Record<string, readonly ConstDirectiveNode[]>> = {
  ...Object.fromEntries(UNIT_NAMES.map((name) => [name, [key("id"), key("code")]])),
  SchoolYear: [key("label")],
  PageInfo: [directive("shareable")],
};
const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])`;

const AnyScalar = new GraphQLScalarType({ name: "_Any", description: "The __typename of an entity with one of its keys." });
const Entity = createUnionType({
  name: "_Entity",
  description: "What other subgraphs may add fields to.",
  types: () => [...UNIT_TYPES, SchoolYearType] as const,
});

@ObjectType("_Service", { description: "The hub as a subgraph.", simpleResolvers: true })
class Service {
  @Field(() => String, { description: "Its schema, with the directives of Apollo Federation." })
  sdl: string;
}

/** Printing the schema takes tens of milliseconds. */
const printed = new WeakMap<GraphQLSchema, string>();

/** The hub as a subgraph of Apollo Federation 2. */
@Resolver()
export class FederationResolver {
  @Costs({ points: 500 })
  @Query(() => Service, { name: "_service", description: "What a gateway composes the supergraph of." })
  service(@Info() { schema }: GraphQLResolveInfo): Service {
    const sdl = printed.get(schema) ?? subgraphOf(schema);
    printed.set(schema, sdl);
    return { sdl };
  }

  @Costs({ points: ({ representations }) => sizeOf(representations) * ENTRY, entries: ({ representations }) => sizeOf(representations) })
  @Query(() => [Entity], {
    name: "_entities",
    nullable: "items",
    description: "Up to 5,000 units and school years by their keys, in their order; null where there is none in the caller's branch.",
  })
  entities(
    @Ctx() context: GraphContext,
    @Arg("representations", () => [AnyScalar], { description: "Each with its __typename and one of its keys." }) representations: unknown[],
  ): Promise<UnitType | SchoolYearType | null>[] {
    return representations.map((representation) => entityOf(context, representation));
  }
}

async function entityOf(context: GraphContext, representation: unknown): Promise<UnitType | SchoolYearType | null> {
  const { __typename: type, id, code, label } = Object(representation) as Record<string, unknown>;
  if (type === "SchoolYear" && typeof label === "string") {
    const year = (await context.loaders.schoolYears()).find((candidate) => candidate.label === label);
    return year ? new SchoolYearType(year) : null;
  }
  if (typeof type === "string" && UNIT_NAMES.includes(type) && typeof (id ?? code) === "string") {
    const { loaders } = context;
    const uuid = typeof id === "string" ? idIn(id) : null;
    const view = typeof id !== "string" ? await loaders.unitByCode(String(code)) : uuid !== null ? await loaders.unit(uuid) : null;
    const unit = view && unitOf(view);
    return unit && (type === "Unit" || type === unit.constructor.name) ? unit : null;
  }
  throw fault(
    "BAD_USER_INPUT",
    `A representation with ${shapeOf(representation)} is no entity of the hub; expected __typename "SchoolYear" with its label, or "Unit" or the type of one with its id or code.`,
  );
}

/** What a representation is, in few words, however large it is. */
function shapeOf(representation: unknown): string {
  if (typeof representation !== "object" || representation === null) return `the value ${String(representation).slice(0, 50)}`;
  const names = Object.keys(representation).slice(0, 5);
  const { __typename: type } = representation as Record<string, unknown>;
  return `the fields ${names.join(", ").slice(0, 100) || "(none)"}${typeof type === "string" ? ` and the __typename "${type.slice(0, 50)}"` : ""}`;
}

/** The schema as a gateway reads it: with directives, without what federation itself adds. */
function subgraphOf(schema: GraphQLSchema): string {
  const document = visit(parse(printSchema(schema)), {
    enter: (node) => (node.kind.endsWith("Definition") && "name" in node && node.name?.value.startsWith("_") ? null : undefined),
    leave: (node) =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION
        ? { ...node, directives: DIRECTIVES[node.name.value] ?? [] }
        : undefined,
  });
  return `${LINK}\n\n${print(document)}\n`;
}

function key(field: string): ConstDirectiveNode {
  return directive("key", { fields: field });
}

function directive(name: string, given: Record<string, string> = {}): ConstDirectiveNode {
  const nameOf = (value: string) => ({ kind: Kind.NAME, value }) as const;
  return {
    kind: Kind.DIRECTIVE,
    name: nameOf(name),
    arguments: Object.entries(given).map(([argument, value]) => ({
      kind: Kind.ARGUMENT,
      name: nameOf(argument),
      value: { kind: Kind.STRING, value },
    })),
  };
}
