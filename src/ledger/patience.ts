import { RequestFault } from "../domain/ground/request-fault.js";

/** How long a server waits for another one that works out the same school year. */
const PATIENCE_MS = 30 * 60_000;

/** Does some work, again and again while another server has the locks that it needs. */
export async function patiently(work: () => Promise<void>): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  for (;;)
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RequestFault) || error.code !== "OVERLOADED" || performance.now() > end) throw error;
    }
}
