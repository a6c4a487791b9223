import { checksVersion } from "./findings/catalogue.js";
import { measureKeys, obligations } from "./counting/measures.js";
import { digest } from "./ground/digest.js";

/**
 * The edition of the account: what measures mean. Count it up when a record comes to count as something else than it did, or
 * elsewhere, and say in schema/CHANGES.md what changed. Figures of all school years are then worked out anew at the next start,
 * of closed ones too, since it is the definition that changes and no record. 1 is that of versions up to 0.4.0.
 */
export const EDITION = 2;

/**
 * What the stored ledger of a school year rests on besides its facts: the edition, the measures and due days that there are, and
 * the checks. Differs when any of them does.
 */
export const ledgerEdition = `${EDITION} ${digest([...measureKeys, ...obligations.map(({ key }) => key), checksVersion].join())}`;
