const LONGEST_MS = 180_000;

/** Asks again and again until it is true; an error is a no. */
export async function until(what: string, isSo: () => Promise<boolean> | boolean): Promise<void> {
  const end = Date.now() + LONGEST_MS;
  let last: unknown = null;
  while (Date.now() < end) {
    if (await Promise.resolve(isSo()).catch((error: unknown) => ((last = error), false))) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`waited in vain until ${what}: ${String(last)}`);
}
