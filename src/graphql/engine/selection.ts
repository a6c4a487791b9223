import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from "graphql";

/** Documents are kept and asked again: each selection is looked through once. */
const known = new WeakMap<SelectionSetNode, ReadonlySet<string>>();

/**
 * Whether any of these fields is selected anywhere below the one that is being resolved. What they need can then be loaded
 * before them, once for all: hundreds of fields that each wait for the same thing cost more than the thing.
 */
export function selects({ fieldNodes, fragments }: GraphQLResolveInfo, ...names: readonly string[]): boolean {
  return fieldNodes.some(({ selectionSet }) => {
    const selected = fieldsOf(selectionSet, fragments);
    return names.some((name) => selected.has(name));
  });
}

function fieldsOf(selection: SelectionSetNode | undefined, fragments: GraphQLResolveInfo["fragments"]): ReadonlySet<string> {
  if (!selection) return new Set();
  const seen = known.get(selection);
  if (seen) return seen;
  const names = new Set<string>();
  for (const node of selection.selections) {
    if (node.kind === Kind.FIELD) names.add(node.name.value);
    const below = node.kind === Kind.FRAGMENT_SPREAD ? fragments[node.name.value]?.selectionSet : node.selectionSet;
    for (const name of fieldsOf(below, fragments)) names.add(name);
  }
  known.set(selection, names);
  return names;
}
