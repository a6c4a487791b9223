/** The most that a request may cost, in points of ten microseconds of one processor: itself, its body, its document and its operation. */
export const MOST_COST = 800_000;
/** The largest body, in bytes: a batch of some thousand records. */
export const BODY_LIMIT = 5 * 1024 * 1024;
