import { VARIABLE_LIMITS } from "../domain/limits.js";
import { type RequestErrorCode } from "../domain/request-fault.js";
import { forbiddenIn } from "./texts.js";

/** What of variables makes the hub refuse their request, before anything is made of it. */
export interface VariableFault {
  code: RequestErrorCode;
  message: string;
}

/** Where a value stands in the variables. */
interface Place {
  key: string | number;
  within: Place | null;
}

/**
 * The first fault of variables. GraphQL would print a wrong object whole for each of its fields, and follow lists in lists until the
 * stack ends: sizes are looked at before it reads them.
 */
export function faultOfVariables(variables: unknown): VariableFault | null {
  let values = 0;
  return look(variables, null, 0);

  function look(value: unknown, place: Place | null, nesting: number): VariableFault | null {
    if (++values > VARIABLE_LIMITS.values)
      return tooLarge(`The variables hold more than ${most("values")} values; send a batch in several requests.`);
    if (typeof value === "string") return forbidden(value, place);
    if (typeof value !== "object" || value === null) return null;
    if (nesting > VARIABLE_LIMITS.nesting)
      return tooLarge(`${nameOf(place)}: holds more than ${most("nesting")} lists and objects inside each other.`);
    if (Array.isArray(value)) {
      if (value.length > VARIABLE_LIMITS.entries)
        return tooLarge(`${nameOf(place)}: has ${value.length} entries; expected at most ${most("entries")}.`);
      for (let index = 0; index < value.length; index++) {
        const found = look(value[index], { key: index, within: place }, nesting + 1);
        if (found) return found;
      }
      return null;
    }
    const fields = Object.keys(value);
    const limit = place === null ? "variables" : "fields";
    if (fields.length > VARIABLE_LIMITS[limit])
      return tooLarge(`${nameOf(place)}: has ${fields.length} fields; expected at most ${most(limit)}.`);
    for (const key of fields) {
      const found = look((value as Record<string, unknown>)[key], { key, within: place }, nesting + 1);
      if (found) return found;
    }
    return null;
  }
}

function forbidden(text: string, place: Place | null): VariableFault | null {
  const found = forbiddenIn(text);
  return found === null ? null : { code: "BAD_USER_INPUT", message: `${nameOf(place)}: ${found}` };
}

const tooLarge = (message: string): VariableFault => ({ code: "QUERY_TOO_LARGE", message });
const most = (limit: keyof typeof VARIABLE_LIMITS) => VARIABLE_LIMITS[limit].toLocaleString("en");

/** "$input.rows.0.name" */
function nameOf(place: Place | null): string {
  const keys: (string | number)[] = [];
  for (let at = place; at; at = at.within) keys.unshift(at.key);
  return keys.length === 0 ? "The variables" : `$${keys.join(".")}`.slice(0, 100);
}
