import { VARIABLE_LIMITS } from "../../domain/ground/limits.js";
import { type RequestErrorCode } from "../../domain/ground/request-fault.js";
import { pauseWhereDue } from "../../stretches.js";
import { forbiddenIn } from "../edge/texts.js";

/** What of variables makes the hub refuse their request, before anything is made of it. */
export interface VariableFault {
  code: RequestErrorCode;
  message: string;
}

/** A list or an object that is being looked through. */
interface Open {
  within: object;
  /** Of an object; null: a list. */
  fields: readonly string[] | null;
  next: number;
}

/** So many values are looked at without a look at the clock. */
const VALUES_IN_A_STRETCH = 2_000;

/**
 * The first fault of variables. GraphQL would print a wrong object whole for each of its fields, and follow lists in lists until the
 * stack ends: sizes are looked at before it reads them, in stretches.
 */
export async function faultOfVariables(variables: unknown): Promise<VariableFault | null> {
  const open: Open[] = [];
  const first = enter(variables, open);
  if (first) return first;
  for (let values = 1; open.length > 0; values++) {
    const { within, fields, next } = open.at(-1)!;
    if (next === (fields ?? (within as unknown[])).length) {
      open.pop();
      values--;
      continue;
    }
    open.at(-1)!.next++;
    if (values >= VARIABLE_LIMITS.values)
      return tooLarge(`The variables hold more than ${most("values")} values; send a batch in several requests.`);
    if (values % VALUES_IN_A_STRETCH === 0) await pauseWhereDue();
    const value = fields ? (within as Record<string, unknown>)[fields[next]!] : (within as unknown[])[next];
    const found = typeof value === "string" ? forbidden(value, open) : enter(value, open);
    if (found) return found;
  }
  return null;
}

/** Opens a list or an object, unless it is too long or too deep. */
function enter(value: unknown, open: Open[]): VariableFault | null {
  if (typeof value !== "object" || value === null) return null;
  if (open.length > VARIABLE_LIMITS.nesting)
    return tooLarge(`${nameOf(open)}: holds more than ${most("nesting")} lists and objects inside each other.`);
  if (Array.isArray(value)) {
    if (value.length > VARIABLE_LIMITS.entries)
      return tooLarge(`${nameOf(open)}: has ${value.length} entries; expected at most ${most("entries")}.`);
    open.push({ within: value, fields: null, next: 0 });
    return null;
  }
  const fields = Object.keys(value);
  const limit = open.length === 0 ? "variables" : "fields";
  if (fields.length > VARIABLE_LIMITS[limit])
    return tooLarge(`${nameOf(open)}: has ${fields.length} fields; expected at most ${most(limit)}.`);
  open.push({ within: value, fields, next: 0 });
  return null;
}

function forbidden(text: string, open: readonly Open[]): VariableFault | null {
  const found = forbiddenIn(text);
  return found === null ? null : { code: "BAD_USER_INPUT", message: `${nameOf(open)}: ${found}` };
}

const tooLarge = (message: string): VariableFault => ({ code: "QUERY_TOO_LARGE", message });
const most = (limit: keyof typeof VARIABLE_LIMITS) => VARIABLE_LIMITS[limit].toLocaleString("en");

/** "$input.rows.0.name": the value that was taken last of each that is open. */
function nameOf(open: readonly Open[]): string {
  const keys = open.map(({ fields, next }) => fields?.[next - 1] ?? next - 1);
  return keys.length === 0 ? "The variables" : `$${keys.join(".")}`.slice(0, 100);
}
