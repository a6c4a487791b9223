import { type ClassType, Field, Float, ID, InputType, Int, ObjectType } from "type-graphql";
import {
  type ChoiceField,
  type ChoicesField,
  type Field as RecordField,
  isListField,
  mostOf,
  type RowsField,
  type UnitsField,
} from "../../domain/records/field.js";
import { unitWithin } from "../../domain/records/unit-lists.js";
import { Costs, Free } from "../cost/price.js";
import { connectionOf } from "../engine/connection.js";
import { DayScalar } from "../engine/day.scalar.js";
import { enumOf } from "../engine/enums.js";
import { UnitType } from "../unit/unit.type.js";

const enums = new Map<string, object>();
const rowTypes = new Map<string, { input: ClassType; output: ClassType }>();

/** A list of a record that may be longer is read in pages, as are rows of units: only those that the caller may see. */
const LONGEST_WHOLE = 100;

export function isPaged(field: RecordField): field is UnitsField | RowsField {
  return isListField(field) && (mostOf(field) > LONGEST_WHOLE || (field.type === "rows" && unitWithin(field) !== null));
}

/** The pages of a long list of rows. */
export function rowConnection(field: RowsField): ClassType {
  return connectionOf(field.typeName, () => typeOf(field, "output"), `A page of a list. ${field.description}`);
}

/** The type in the API of a declared field. */
function typeOf(field: RecordField, side: "input" | "output"): object {
  switch (field.type) {
    case "day":
    case "days":
      return DayScalar;
    case "count":
      return Int;
    case "money":
    case "number":
      return Float;
    case "flag":
      return Boolean;
    case "text":
      return String;
    case "unit":
    case "units":
      return side === "input" ? ID : UnitType;
    case "choice":
    case "choices":
      return choiceEnum(field);
    case "rows": {
      const known = rowTypes.get(field.typeName) ?? {
        input: declared(
          `${field.typeName}Input`,
          InputType(`${field.typeName}Input`, { description: field.description }),
          field.fields,
          "input",
        ),
        output: declared(
          field.typeName,
          ObjectType(field.typeName, { description: field.description, simpleResolvers: true }),
          field.fields,
          "output",
        ),
      };
      rowTypes.set(field.typeName, known);
      return known[side];
    }
  }
}

/** The enumeration of a declared choice, the same wherever it stands. */
export function choiceEnum({ typeName, description, choices }: ChoiceField | ChoicesField): object {
  const known = enums.get(typeName) ?? enumOf(typeName, `${description}`, choices);
  enums.set(typeName, known);
  return known;
}

/** A class of this name with a field for each declared one. */
function declared(
  name: string,
  decorate: ClassDecorator,
  fields: Readonly<Record<string, RecordField>>,
  side: "input" | "output",
): ClassType {
  const type = { [name]: class {} }[name] as ClassType;
  decorate(type);
  declareFields(type, fields, side);
  return type;
}

/**
 * Gives a class the fields that a kind declares. Input fields are all optional for GraphQL, so that a batch can answer
 * what is missing row by row; the description says which are required.
 */
export function declareFields(type: ClassType, fields: Readonly<Record<string, RecordField>>, side: "input" | "output"): void {
  for (const [name, field] of Object.entries(fields)) {
    const list = isListField(field);
    const of = typeOf(field, side);
    const nullable = side === "input" || (!list && !field.required);
    const required = side === "input" && field.required ? "Required. " : "";
    const most = side === "input" && list && field.type !== "choices" ? ` At most ${field.most}.` : "";
    const description = `${required}${field.description}${most}`;
    Field(() => (list ? [of] : of) as ClassType, { nullable, description })(type.prototype as object, name);
    if (side === "output" && list) Costs({ most: mostOf(field) })(type.prototype as object, name);
    else if (side === "output" && field.type === "unit") Free("HELD")(type.prototype as object, name);
  }
}
