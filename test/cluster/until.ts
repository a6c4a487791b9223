import { setTimeout as pause } from "node:timers/promises";

/** Waits for a condition; fails when it does not come in time. */
export async function until(what: string, ms: number, holds: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited ${ms / 1000} s in vain until ${what}`);
    await pause(50);
  }
}
