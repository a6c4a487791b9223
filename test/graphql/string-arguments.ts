import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  astFromValue,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  print,
} from "graphql";

/** A request that puts a text at one place. */
export interface Probe {
  /** "Mutation.recordConference(input.unit)". */
  place: string;
  query: string;
  variables: (text: string) => Record<string, unknown>;
}

/** What stands at the other places, by the name of the argument or of its scalar. */
export type Usual = Readonly<Record<string, unknown>>;

const TEXTS = ["String", "ID", "Day"];

/**
 * A request for every place of the schema where a caller writes a text: arguments of the roots and of what can be reached
 * from a unit or a vintage, and every text inside an input. Changes are dry runs.
 */
export function probesOf(schema: GraphQLSchema, usual: Usual): Probe[] {
  const probes: Probe[] = [];
  const seen = new Set<string>();
  const roots = [
    { type: "Query", kind: "query", fields: schema.getQueryType()!.getFields() },
    { type: "Mutation", kind: "mutation", fields: schema.getMutationType()!.getFields() },
  ];
  // The shortest way to each field first.
  const waiting: { type: string; field: GraphQLField<unknown, unknown>; within: (text: string) => string }[] = roots.flatMap(
    ({ type, kind, fields }) =>
      Object.values(fields).map((field) => ({ type, field, within: (text: string) => `${kind} (DECLARED) { ${text} }` })),
  );
  for (const { type, field, within } of waiting) {
    if (seen.has(`${type}.${field.name}`)) continue;
    seen.add(`${type}.${field.name}`);
    const given = field.args.filter((arg) => isRequiredArgument(arg) || (field.name === "unit" && arg.name === "code"));
    const written = (args: readonly GraphQLArgument[]) =>
      args.map((arg) => `${arg.name}: ${literal(arg.type, valueOf(arg.type, arg, usual))}`);
    const below = isCompositeType(getNamedType(field.type)) ? " { __typename }" : "";
    for (const arg of field.args)
      for (const [path, value] of placesIn(arg.type, arg, usual)) {
        const others = given.filter(({ name }) => name !== arg.name && !(field.name === "unit" && arg.name === "id"));
        probes.push({
          place: `${type}.${field.name}(${[arg.name, ...path].join(".")})`,
          query: within(`${field.name}(${[`${arg.name}: $probe`, ...written(others)].join(", ")})${below}`).replace(
            "DECLARED",
            `$probe: ${arg.type.toString()}`,
          ),
          variables: (text) => ({ probe: value(text) }),
        });
      }
    const reached = getNamedType(field.type);
    if (!isObjectType(reached) && !isInterfaceType(reached)) continue;
    const head = `${field.name}${given.length > 0 ? `(${written(given).join(", ")})` : ""}`;
    for (const inner of Object.values(reached.getFields()))
      waiting.push({ type: reached.name, field: inner, within: (text) => within(`${head} { ${text} }`) });
  }
  return probes;
}

type Place = [path: string[], value: (text: string) => unknown];

function placesIn(type: GraphQLInputType, of: GraphQLArgument | GraphQLInputField, usual: Usual, depth = 0): Place[] {
  if (isNonNullType(type)) return placesIn(type.ofType, of, usual, depth);
  if (isListType(type)) return placesIn(type.ofType, of, usual, depth).map(([path, value]) => [path, (text) => [value(text)]]);
  if (isEnumType(type) || depth > 4) return [];
  if (!isInputObjectType(type)) return TEXTS.includes(type.name) ? [[[], (text) => text]] : [];
  return Object.values(type.getFields()).flatMap((field) =>
    placesIn(field.type, field, usual, depth + 1).map(([path, value]): Place => {
      const around = (valueOf(type, of, usual) ?? {}) as Record<string, unknown>;
      return [[field.name, ...path], (text) => ({ ...(type.name === "RecordRowInput" ? {} : around), [field.name]: value(text) })];
    }),
  );
}

/** A value that is usual at a place; of an input all that is required. */
function valueOf(type: GraphQLInputType, of: GraphQLArgument | GraphQLInputField, usual: Usual): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType, of, usual);
  if (isListType(type)) return [valueOf(type.ofType, of, usual)];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (!isInputObjectType(type)) return usual[of.name] ?? usual[type.name];
  const fields = Object.values(type.getFields()).filter((field) => isRequiredInputField(field) || field.name === "dryRun");
  return Object.fromEntries(fields.map((field) => [field.name, field.name === "dryRun" ? true : valueOf(field.type, field, usual)]));
}

/** A value as a document writes it. */
function literal(type: GraphQLInputType, value: unknown): string {
  return print(astFromValue(value, type)!);
}
