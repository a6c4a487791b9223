/** What must be stopped and removed when a script ends, the latest first. */
const cleanUps: (() => Promise<unknown>)[] = [];

export function atEnd(undo: () => Promise<unknown>): void {
  cleanUps.push(undo);
}

export async function cleanUp(): Promise<void> {
  for (const undo of cleanUps.splice(0).reverse()) await undo().catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
}

/** Runs a script and cleans up behind it, also where it is interrupted. It exits with 1 where it fails or says that something does not hold. */
export function runScript(main: () => Promise<boolean | void>): void {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)
    process.once(signal, () => void cleanUp().finally(() => process.exit(code)));
  main()
    .then(
      (holds) => (process.exitCode = holds === false ? 1 : 0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        process.exitCode = 1;
      },
    )
    .finally(cleanUp);
}
