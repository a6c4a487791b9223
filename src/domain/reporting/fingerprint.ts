/**
 * The fingerprint of figures that somebody decides on: what a superior accepts, a federation closes, a province publishes. Of equal
 * figures and records it is the same on every server and database. It is known again by `digest` alone; `changedAt` serves the sentence
 * that says what has changed since.
 */
export interface Fingerprint {
  /** 22 letters of base64url: 132 bits of SHA-256. */
  digest: string;
  /** When the last of its records was stored, corrected or withdrawn, in ISO 8601; `null` where none ever was. */
  changedAt: string | null;
}

/** Whether two of them are of the same figures. */
export function isSameFingerprint(a: Fingerprint | null, b: Fingerprint | null): boolean {
  return a !== null && a.digest === b?.digest;
}

/** As people copy it: "k3Jd…-m9x2k1ab". */
export function writtenFingerprint({ digest, changedAt }: Fingerprint): string {
  return `${digest}-${(changedAt === null ? 0 : Date.parse(changedAt)).toString(36)}`;
}

/** What was written; `null` where it is no fingerprint. */
export function readFingerprint(written: string): Fingerprint | null {
  const [, digest, since] = /^([\w-]{22})-([0-9a-z]{1,8})$/.exec(written) ?? [];
  if (!digest || !since) return null;
  const at = Number.parseInt(since, 36);
  return { digest, changedAt: at === 0 ? null : new Date(at).toISOString() };
}
