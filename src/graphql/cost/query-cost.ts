import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  valueFromASTUntyped,
} from "graphql";
import { weightOfArguments } from "./argument-weight.js";
import { type BranchWorks, NO_WORK, together, worksOf } from "./branch-work.js";
import { factsOf, pageOf } from "./field-facts.js";
import { type Args } from "./by-arguments.js";
import { ENTRY, NAMED, OBJECT } from "./price.js";

/** What an operation would cost with full pages, and how many fields stand inside each other. */
export interface QueryCost {
  /** Points of ten microseconds of one processor. */
  cost: number;
  /** Points for each unit of the caller's branch, in which it looks at as many. */
  scans: number;
  /** What it does besides to all units of whole branches. */
  branches: BranchWorks;
  depth: number;
}

/** A validated document, one of its operations, and the variables as they came. */
export interface Asked {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown>;
}

/** A selection for one object: what it costs once, what for each entry of the page or batch above it. */
interface Sum {
  once: number;
  each: number;
  /** The same for each unit of the branch. */
  scans: number;
  eachScans: number;
  branches: BranchWorks;
  depth: number;
  /** Whether other variables would make it another. */
  varies: boolean;
}

/** Selections inside each other that are followed: whatever is deeper is refused, and may not overflow the stack before. */
const MOST_LEVELS = 200;
const NOTHING: Sum = { once: 0, each: 0, scans: 0, eachScans: 0, branches: NO_WORK, depth: 0, varies: false };
/** Units of one list lie in each other at the most so often: each unit of a branch stands below one of each level. */
const LAYERS = 4;

type Sums = WeakMap<SelectionSetNode, Map<GraphQLObjectType, Sum>>;
/** Documents are kept and asked again: what no variable changes is added up once. */
const known: Sums = new WeakMap();

/**
 * Adds up what an operation costs. Every selection is looked at once for each type that it may meet, also one in a
 * fragment that is spread a thousand times. Of types that exclude each other the dearest counts.
 */
export function costOf({ schema, document, operation, variables }: Asked): QueryCost {
  const fragments = new Map(
    document.definitions.flatMap((node): [string, FragmentDefinitionNode][] =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
    ),
  );
  const given = variablesOf(operation, variables);
  const varying: Sums = new WeakMap();
  let level = 0;
  const root = schema.getRootType(operation.operation);
  const { once, each, scans, eachScans, branches, depth } = root ? ofSelection(operation.selectionSet, root) : NOTHING;
  return { cost: Math.min(Math.ceil(once + each), Number.MAX_SAFE_INTEGER), scans: scans + eachScans, branches, depth };

  /** For whichever object of the type is the dearest. */
  function ofSelection(selection: SelectionSetNode | undefined, type: GraphQLNamedType): Sum {
    if (!selection) return NOTHING;
    if (type instanceof GraphQLObjectType) return ofObject(selection, type);
    const sums = isAbstractType(type) ? schema.getPossibleTypes(type).map((possible) => ofObject(selection, possible)) : [];
    return sums.reduce(dearer, NOTHING);
  }

  function ofObject(selection: SelectionSetNode, type: GraphQLObjectType): Sum {
    const before = known.get(selection)?.get(type) ?? varying.get(selection)?.get(type);
    if (before) return before;
    if (level >= MOST_LEVELS) return { ...NOTHING, depth: Infinity, varies: true };
    level++;
    const sum = { ...NOTHING };
    for (const node of selection.selections) add(sum, ofNode(node, type));
    level--;
    const kept = sum.varies ? varying : known;
    kept.set(selection, (kept.get(selection) ?? new Map<GraphQLObjectType, Sum>()).set(type, sum));
    return sum;
  }

  function ofNode(node: SelectionNode, type: GraphQLObjectType): Sum {
    const conditional = node.directives?.some((directive) => usesVariable(directive)) ?? false;
    const sum = isLeftOut(node) ? NOTHING : node.kind === Kind.FIELD ? ofField(node, type) : ofFragment(node, type);
    return conditional ? { ...sum, varies: true } : sum;
  }

  function ofFragment(node: Exclude<SelectionNode, FieldNode>, type: GraphQLObjectType): Sum {
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
    const on = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value);
    const applies = !on || on === type || (isAbstractType(on) && schema.isSubType(on, type));
    return fragment && applies ? ofObject(fragment.selectionSet, type) : NOTHING;
  }

  function ofField(node: FieldNode, type: GraphQLObjectType): Sum {
    const field = fieldOf(type, node.name.value);
    if (!field) return NOTHING;
    const facts = factsOf(schema, type, field);
    const { own, isList, bound } = facts;
    const below = ofSelection(node.selectionSet, facts.named);
    const args = argumentsOf(node, given);
    const weight = weightOfArguments(args);
    const points = (amount(own?.points, args) ?? facts.usualPoints) + (facts.isMutation ? NAMED * weight.texts : 0) + weight.points;
    const entries = amount(own?.entries, args) ?? pageOf(facts, args);
    const depth = below.depth + 1;
    const varies = below.varies || (node.arguments?.some((argument) => usesVariable(argument)) ?? false);
    if (facts.isPaged)
      return { ...NOTHING, each: ENTRY + below.once + below.each, eachScans: below.scans + below.eachScans, depth, varies };
    const length = entries ?? bound;
    const inside = isList ? length * (OBJECT + below.once + below.each) : below.once + (entries ?? 1) * below.each;
    const layers = own?.inBranch ? Math.min(entries ?? 1, LAYERS) : (entries ?? 1);
    const scansInside = isList ? length * (below.scans + below.eachScans) : below.scans + layers * below.eachScans;
    const branches = own?.branches ? worksOf(own.branches(args)) : NO_WORK;
    return { ...NOTHING, once: points + inside, scans: (amount(own?.scans, args) ?? 0) + scansInside, branches, depth, varies };
  }

  function isLeftOut({ directives = [] }: SelectionNode): boolean {
    return directives.some(({ name, arguments: [condition] = [] }) => {
      const value = condition && valueFromASTUntyped(condition.value, given);
      return (name.value === "skip" && value === true) || (name.value === "include" && value === false);
    });
  }

  function fieldOf(type: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> | undefined {
    if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
    if (type === schema.getQueryType()) for (const meta of [SchemaMetaFieldDef, TypeMetaFieldDef]) if (name === meta.name) return meta;
    return type.getFields()[name];
  }
}

/** The variables of an operation as they came, or else their defaults. */
export function variablesOf(operation: OperationDefinitionNode, variables: Record<string, unknown>): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const { variable, defaultValue } of operation.variableDefinitions ?? [])
    given[variable.name.value] = Object.hasOwn(variables, variable.name.value)
      ? variables[variable.name.value]
      : defaultValue && valueFromASTUntyped(defaultValue);
  return given;
}

export function argumentsOf(node: FieldNode, given: Record<string, unknown>): Args {
  const args: Record<string, unknown> = {};
  for (const { name, value } of node.arguments ?? []) args[name.value] = valueFromASTUntyped(value, given);
  return args;
}

function amount(of: number | ((args: Args) => number) | undefined, args: Args): number | undefined {
  return typeof of === "function" ? of(args) : of;
}

function add(sum: Sum, other: Sum): void {
  sum.once += other.once;
  sum.each += other.each;
  sum.scans += other.scans;
  sum.eachScans += other.eachScans;
  sum.branches = together(sum.branches, other.branches);
  sum.depth = Math.max(sum.depth, other.depth);
  sum.varies ||= other.varies;
}

function dearer(a: Sum, b: Sum): Sum {
  return {
    once: Math.max(a.once, b.once),
    each: Math.max(a.each, b.each),
    scans: Math.max(a.scans, b.scans),
    eachScans: Math.max(a.eachScans, b.eachScans),
    branches: together(a.branches, b.branches),
    depth: Math.max(a.depth, b.depth),
    varies: a.varies || b.varies,
  };
}

/** Whether a variable stands anywhere in the arguments of a field or directive. */
function usesVariable(node: object): boolean {
  return Object.values(node).some((part: unknown) => {
    if (typeof part !== "object" || part === null || "startToken" in part) return false;
    return ("kind" in part && part.kind === Kind.VARIABLE) || usesVariable(part);
  });
}
