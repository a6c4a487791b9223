/** The values of a list by their keys, each in the order of the list. */
export function grouped<T, V>(all: Iterable<T>, keyOf: (one: T) => string, valueOf: (one: T) => V): Map<string, V[]> {
  const groups = new Map<string, V[]>();
  for (const one of all) {
    const [key, value] = [keyOf(one), valueOf(one)];
    if (!groups.get(key)?.push(value)) groups.set(key, [value]);
  }
  return groups;
}
