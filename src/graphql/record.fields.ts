import { type ClassType, Field, Float, ID, InputType, Int, ObjectType } from "type-graphql";
import { type ChoiceField, type ChoicesField, type Field as RecordField, isListField } from "../domain/records/field.js";
import { DayScalar } from "./day.scalar.js";
import { enumOf } from "./enums.js";
import { UnitType } from "./unit.type.js";

const enums = new Map<string, object>();
const rowTypes = new Map<string, { input: ClassType; output: ClassType }>();

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
    case "units":
      return side === "input" ? ID : UnitType;
    case "choice":
    case "choices":
      return choiceEnum(field);
    case "rows": {
      const known = rowTypes.get(field.name) ?? {
        input: declared(`${field.name}Input`, InputType(`${field.name}Input`, { description: field.description }), field.fields, "input"),
        output: declared(
          field.name,
          ObjectType(field.name, { description: field.description, simpleResolvers: true }),
          field.fields,
          "output",
        ),
      };
      rowTypes.set(field.name, known);
      return known[side];
    }
  }
}

/** The enumeration of a declared choice, the same wherever it stands. */
export function choiceEnum({ name, description, choices }: ChoiceField | ChoicesField): object {
  const known = enums.get(name) ?? enumOf(name, `${description}`, choices);
  enums.set(name, known);
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
    const description = side === "input" && field.required ? `Required. ${field.description}` : field.description;
    Field(() => (list ? [of] : of) as ClassType, { nullable, description })(type.prototype as object, name);
  }
}
