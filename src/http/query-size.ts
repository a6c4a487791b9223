import type { ApolloServerPlugin } from "@apollo/server";
import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

/** Entries that all lists of one request may come to, if every page were full: a nation's unions with their schools. */
const MOST_ENTRIES = 200_000;
/** What a list holds where `first` is not given, and how much of a list of ids counts. */
const USUAL_PAGE = 50;

/**
 * Refuses a request before anything runs when its lists, multiplied where one stands in another, could hold more than
 * anybody can read: a few hundred characters would otherwise ask for millions of rows.
 */
export function limitSize(): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, operation, request }) {
          const fragments = new Map(
            document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [])),
          );
          const entries = operation ? entriesOf(operation, fragments, request.variables ?? {}) : 0;
          if (entries > MOST_ENTRIES)
            throw new GraphQLError(
              `The lists of this request could hold ${entries} entries; expected at most ${MOST_ENTRIES}. Ask for smaller pages (first), or for fewer lists inside lists.`,
              { extensions: { code: "QUERY_TOO_LARGE", http: { status: 400 } } },
            );
        },
      };
    },
  };
}

function entriesOf(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Record<string, unknown>,
): number {
  const ofFragment = new Map<string, number>();
  return below(operation.selectionSet);

  /** Entries of all lists below a selection, for one entry above it. Fragments are looked through once. */
  function below(selection: SelectionSetNode | undefined): number {
    let entries = 0;
    for (const node of selection?.selections ?? [])
      if (node.kind === Kind.FIELD) entries += fieldEntries(node);
      else if (node.kind === Kind.INLINE_FRAGMENT) entries += below(node.selectionSet);
      else {
        const name = node.name.value;
        if (!ofFragment.has(name)) ofFragment.set(name, below(fragments.get(name)?.selectionSet));
        entries += ofFragment.get(name) ?? 0;
      }
    return entries;
  }

  function fieldEntries(field: FieldNode): number {
    const inside = below(field.selectionSet);
    const size = pageOf(field);
    return size === null ? inside : size * (1 + inside);
  }

  /** How many entries a field may have; `null` for one that is no list of units or records. */
  function pageOf({ name, arguments: given = [] }: FieldNode): number | null {
    const value = (argument: string) => {
      const node = given.find((candidate) => candidate.name.value === argument)?.value;
      return node?.kind === Kind.VARIABLE
        ? variables[node.name.value]
        : node?.kind === Kind.INT
          ? Number(node.value)
          : node?.kind === Kind.LIST
            ? node.values
            : undefined;
    };
    if (name.value === "nodes" && given.length > 0) return (value("ids") as unknown[] | undefined)?.length ?? USUAL_PAGE;
    if (!LISTS.has(name.value)) return null;
    const first = value("first");
    return typeof first === "number" && first >= 0 && first < 2 ** 31 ? first : USUAL_PAGE;
  }
}

const LISTS = new Set(["units", "children", "records", "worklist", "contributions"]);
