import { First1760000000000 } from "./migrations/1760000000000-first.js";
import { Findings1760000002000 } from "./migrations/1760000002000-findings.js";
import { Vintages1760000004000 } from "./migrations/1760000004000-vintages.js";
import { Lineage1760000005000 } from "./migrations/1760000005000-lineage.js";

/** Every migration; those that a database has not seen run in the order of their numbers. A new one is a file in `migrations/` and a line here. */
export const migrations = [First1760000000000, Findings1760000002000, Vintages1760000004000, Lineage1760000005000];
