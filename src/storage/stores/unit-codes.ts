import { identityFold } from "../../domain/ground/vietnamese.js";

/** The keys among which units of these codes are: as they are written, and as they read. */
export function codeKeys(codes: readonly string[]): string[] {
  return [...new Set(codes.flatMap((code) => [code, identityFold(code)]))];
}

/** What was found by key, by the code under which it was asked for: a twin by its exact spelling, else what reads the same. */
export function byAskedCode<T>(codes: readonly string[], byKey: ReadonlyMap<string, T>): Map<string, T> {
  return new Map(
    codes.flatMap((code) => {
      const found = byKey.get(code) ?? byKey.get(identityFold(code));
      return found === undefined ? [] : [[code, found] as const];
    }),
  );
}
