import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredInputField,
} from "graphql";

/** What may stand in the places of a document that name something. */
export interface Pools {
  /** Ids and codes of units, and ids of records: inside the caller's branch and outside. */
  inside: readonly string[];
  outside: readonly string[];
  names: readonly string[];
  vintages: readonly string[];
  schoolYears: readonly string[];
  indicators: readonly string[];
  days: readonly string[];
  cursors: readonly string[];
  numbers: readonly number[];
  /** Whole inputs, by the name of their type: three of four are taken from here. */
  inputs?: Readonly<Record<string, readonly string[]>>;
}

/** Numbers below a bound, the same for the same seed (mulberry32). */
export function dice(seed: number): (below: number) => number {
  let state = seed * 0x9e3779b9;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Always asked for where they are: what would give a unit away, and what became of a change. */
const TELLING = ["id", "code", "name", "en", "vi", "content", "outcome"];
/** And these with all that is below them. */
const ANSWERS = ["rows", "userErrors", "message"];

/** Makes valid documents out of nothing but the schema. An alias, where one is needed, is the field's name and a number: "children_3". */
export class RandomDocument {
  private aliases = 0;
  /** How many fragments stand around the place. */
  private fragments = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly pools: Pools,
    private readonly below: (bound: number) => number,
  ) {}

  /** One unit and whatever hangs on it, and another field of the query. */
  query(depth: number): string {
    const { unit, ...others } = this.schema.getQueryType()!.getFields();
    const fields = [unit!, this.one(Object.values(others))];
    return `{ ${fields.map((field) => this.field(field, depth)).join(" ")} }`;
  }

  mutation(name: string, depth: number): string {
    return `mutation { ${this.field(this.schema.getMutationType()!.getFields()[name]!, depth)} }`;
  }

  private field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const given = this.given(field);
    const args = given.map((arg) => `${arg.name}: ${this.value(arg.type, arg, field.name)}`);
    const type = getNamedType(field.type);
    const below = isCompositeType(type) ? ` { ${this.selection(type, depth - 1)} }` : "";
    // Where one name could mean two things; the hub takes 300 aliases.
    const alias = args.length > 0 || this.fragments > 0 ? `${field.name}_${this.aliases++}: ` : "";
    return `${alias}${field.name}${args.length > 0 ? `(${args.join(", ")})` : ""}${below}`;
  }

  private selection(type: GraphQLNamedType, depth: number): string {
    if (type.name === "Node")
      return `__typename ${["Unit", "Record"].map((name) => this.fragment(this.schema.getType(name)!, depth)).join(" ")}`;
    if (type.name === "Record") {
      const kinds = this.schema.getPossibleTypes(this.schema.getType("Record") as GraphQLInterfaceType);
      return [this.fieldsOf(type, depth), ...this.some(kinds, 5).map((kind) => this.fragment(kind, depth))].join(" ");
    }
    return this.fieldsOf(type, depth);
  }

  private fragment(type: GraphQLNamedType, depth: number): string {
    this.fragments++;
    const selection = this.selection(type, depth);
    this.fragments--;
    return `... on ${type.name} { ${selection} }`;
  }

  private fieldsOf(type: GraphQLNamedType, depth: number): string {
    if (!isObjectType(type) && !isInterfaceType(type)) return "__typename";
    const fields = Object.values(type.getFields());
    const leaf = (field: (typeof fields)[number]) => !isCompositeType(getNamedType(field.type));
    const leaves = fields.filter((field) => leaf(field) && (TELLING.includes(field.name) || this.below(4) === 0));
    const answers = fields.filter(({ name }) => ANSWERS.includes(name));
    const others = fields.filter((field) => !leaf(field) && !answers.includes(field) && type.name !== "Rollup");
    const deeper = depth > 0 ? [...answers, ...this.some(others, 1 + this.below(3))] : [];
    return ["__typename", ...[...leaves, ...deeper].map((field) => this.field(field, depth))].join(" ");
  }

  /** Some of the arguments; not two that are refused together. */
  private given({ name, args }: GraphQLField<unknown, unknown>): readonly GraphQLArgument[] {
    if (name === "unit") return this.some(args, 1);
    // Lists inside lists with pages of the usual length would be refused for their cost.
    const length = this.below(3) === 0 ? "last" : "first";
    const given = args.filter((arg) =>
      ["first", "last"].includes(arg.name)
        ? arg.name === length
        : isNonNullType(arg.type) || this.below(10) < (["after", "before"].includes(arg.name) ? 1 : 4),
    );
    return name === "children" && given.some((arg) => arg.name === "on") ? given.filter((arg) => arg.name !== "schoolYear") : given;
  }

  private value(type: GraphQLInputType, of: GraphQLArgument | GraphQLInputField, field: string): string {
    if (isNonNullType(type)) return this.value(type.ofType, of, field);
    if (isListType(type)) return `[${Array.from({ length: 1 + this.below(2) }, () => this.value(type.ofType, of, field)).join(", ")}]`;
    if (isEnumType(type)) return this.one(type.getValues()).name;
    if (isInputObjectType(type)) {
      const known = this.pools.inputs?.[type.name];
      if (known && this.below(4) > 0) return this.one(known);
      const unfit = (name: string) => type.name === "UnitFilter" && field === "children" && ["ancestor", "openOn"].includes(name);
      const whole = ["UnitOrder", "UnitInput", "DirectiveSettingInput"].includes(type.name);
      const fields = Object.values(type.getFields()).filter(({ name }) => !unfit(name));
      const given =
        type.name === "RecordRowInput"
          ? this.some(fields, 1)
          : fields.filter((f) => (whole && f.name !== "predecessors") || isRequiredInputField(f) || this.below(10) < 3);
      return `{${given.map((f) => `${f.name}: ${this.value(f.type, f, field)}`).join(", ")}}`;
    }
    return field === "vintage" ? JSON.stringify(this.one(this.pools.vintages)) : this.scalar(type.name, of.name);
  }

  private scalar(type: string, name: string): string {
    const { inside, outside, names, schoolYears, indicators, days, cursors, numbers } = this.pools;
    const text = (pool: readonly string[]) => JSON.stringify(this.one(pool));
    if (name === "idempotencyKey") return JSON.stringify(`key ${this.below(1_000_000)}`);
    if (type === "Day") return text(days);
    if (type === "Boolean") return String(this.below(2) === 0);
    if (type === "Int" || type === "Float") return String(this.one(numbers));
    if (type === "ID" || ["code", "ancestor"].includes(name)) return text(this.below(3) === 0 ? outside : inside);
    if (["schoolYear", "from", "to", "label", "period"].includes(name)) return text(schoolYears);
    if (["indicator", "indicators", "keys"].includes(name)) return text(indicators);
    return text(["after", "before"].includes(name) ? cursors : names);
  }

  private one<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  private some<T>(list: readonly T[], count: number): T[] {
    const left = [...list];
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(this.below(left.length), 1)[0]!);
  }
}
