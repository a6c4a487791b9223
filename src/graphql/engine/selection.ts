import {
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { Extensions } from "type-graphql";

/** What fields rest on that is loaded only where one of them is selected. */
type Load =
  /** Of each duty, how many units have said nothing and need not yet. */
  | "notDue"
  /** Targets and deadlines in force. */
  | "standards"
  /** By which last days the units behind a figure were judged. */
  | "judged"
  /** The same of all units of a ranking, also of those on other pages. */
  | "judgedOfAll"
  /** What a change does to the figures. */
  | "effects"
  /** The deadlines that judge these. */
  | "judging";

/** What is loaded for a selection before its fields are resolved. */
export interface Needed {
  loads: ReadonlySet<Load>;
  /** The measures of a tally. */
  measures: ReadonlySet<string>;
}

interface FieldExtensions {
  loads?: readonly Load[];
  measures?: readonly string[];
}

/** Declares what a field rests on. */
export const Needs = (...loads: readonly Load[]) => Extensions({ loads } satisfies FieldExtensions);
export const NeedsMeasures = (measures: readonly string[]) => Extensions({ measures } satisfies FieldExtensions);

/** By the variables of an operation, which leave parts of it out: each selection is looked through once for all objects that have it. */
const known = new WeakMap<GraphQLResolveInfo["variableValues"], WeakMap<SelectionSetNode, Needed>>();
/** Of a field that is selected several times: GraphQL hands all objects of a list the same nodes. */
const knownTogether = new WeakMap<GraphQLResolveInfo["fieldNodes"], Needed>();

/**
 * What the fields rest on that are selected anywhere below the one that is being resolved. It can then be loaded before them, once for
 * all: hundreds of fields that each wait for the same thing cost more than the thing.
 */
export function needed(info: GraphQLResolveInfo): Needed {
  const { fieldNodes, returnType } = info;
  const [only, ...others] = fieldNodes;
  const type = getNamedType(returnType);
  if (others.length === 0) return neededBy(only!.selectionSet, type, info);
  const found = knownTogether.get(fieldNodes) ?? together(fieldNodes.map(({ selectionSet }) => neededBy(selectionSet, type, info)));
  knownTogether.set(fieldNodes, found);
  return found;
}

function neededBy(selection: SelectionSetNode | undefined, type: GraphQLNamedType, info: GraphQLResolveInfo): Needed {
  const seen = known.get(info.variableValues) ?? new WeakMap<SelectionSetNode, Needed>();
  known.set(info.variableValues, seen);
  const before = selection && seen.get(selection);
  if (before) return before;
  const found = together(
    (selection?.selections ?? []).flatMap((node): Needed[] => {
      if (isLeftOut(node, info)) return [];
      if (node.kind !== Kind.FIELD) {
        const fragment = node.kind === Kind.FRAGMENT_SPREAD ? info.fragments[node.name.value] : node;
        const on = fragment?.typeCondition ? info.schema.getType(fragment.typeCondition.name.value) : type;
        return fragment && on ? [neededBy(fragment.selectionSet, on, info)] : [];
      }
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
      if (!field) return [];
      const { loads, measures } = field.extensions as FieldExtensions;
      return [{ loads: new Set(loads), measures: new Set(measures) }, neededBy(node.selectionSet, getNamedType(field.type), info)];
    }),
  );
  if (selection) seen.set(selection, found);
  return found;
}

function isLeftOut(node: SelectionNode, { variableValues }: GraphQLResolveInfo): boolean {
  const is = (directive: typeof GraphQLSkipDirective) => getDirectiveValues(directive, node, variableValues)?.["if"];
  return is(GraphQLSkipDirective) === true || is(GraphQLIncludeDirective) === false;
}

function together(all: readonly Needed[]): Needed {
  return { loads: new Set(all.flatMap(({ loads }) => [...loads])), measures: new Set(all.flatMap(({ measures }) => [...measures])) };
}
