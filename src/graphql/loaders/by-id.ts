/** The rows of each of some ids, in the order in which they came: what a loader answers. */
export function byId<T>(ids: readonly string[], rows: readonly T[], idOf: (row: T) => string): T[][] {
  const groups = new Map<string, T[]>(ids.map((id) => [id, []]));
  for (const row of rows) groups.get(idOf(row))?.push(row);
  return ids.map((id) => groups.get(id)!);
}
