import { First1760000000000 } from "./migrations/1760000000000-first.js";
import { Findings1760000002000 } from "./migrations/1760000002000-findings.js";
import { Lineage1760000005000 } from "./migrations/1760000005000-lineage.js";

/** Every migration, in the order in which they run. */
export const migrations = [First1760000000000, Findings1760000002000, Lineage1760000005000];
