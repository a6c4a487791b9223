import { type Caller } from "./caller.js";

/** Who stored a version, when and why. Null where a hub up to 0.4.0, which kept none of it, stored it. */
export interface Authorship {
  recordedAt: Date | null;
  /** Name of the caller's token. */
  recordedBy: string | null;
  /** Id of the token and of the unit whose branch it is for; an administrator has none. */
  recordedByToken: string | null;
  recordedByUnit: string | null;
  reason: string | null;
}

/** What a version says of a change that a caller makes. */
export function authorship(caller: Caller, now: Date, reason: string | null): Authorship {
  return {
    recordedAt: now,
    recordedBy: caller.name,
    recordedByToken: caller.tokenId,
    recordedByUnit: caller.unitId,
    reason,
  };
}
