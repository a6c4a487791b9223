import { type CryptoKey, createRemoteJWKSet, errors } from "jose";

/** Hears, for the log, what is not told to the caller. */
export type Hear = (level: "info" | "warn", what: string) => void;

/** Why a token proves nobody. */
export class TokenRefused extends Error {}

/** A token may be right, but its key is not known yet. */
export class KeyNotKnownYet extends Error {
  constructor(
    /** When the keys may be fetched again. */
    readonly retryAfterSeconds: number,
    readonly isProviderSilent: boolean,
  ) {
    super("its key is not known yet");
  }
}

/** How old the keys may be before they are fetched anew: so long, and a pause, a key lives on after the provider has taken it away. */
const FRESH_MS = 5 * 60_000;
/** The shortest time from one fetch to the next, whatever happens. */
const PAUSE_MS = 30_000;
/** How long the provider may take. */
const PATIENCE_MS = 3_000;

type Keys = ReturnType<typeof createRemoteJWKSet>;

export interface ProviderKeys {
  /** The key that a token names. `madeAt`: when the token was made at the latest, in milliseconds. */
  find(header: Parameters<Keys>[0], token: Parameters<Keys>[1], madeAt: number, hear: Hear): Promise<CryptoKey>;
  close(): void;
}

/**
 * The public keys of a provider. jose fetches and keeps them; when they are fetched is decided here, so that a provider that
 * is down or hangs stops nobody whose key is known, and that tokens with invented keys make no storm of requests.
 *
 * | key of the token | fetching the keys                                 | what becomes of the token                           |
 * | ---------------- | ------------------------------------------------- | --------------------------------------------------- |
 * | known            | whether fresh, running, failed: it does not count | proved at once; stale keys are fetched beside       |
 * | unknown          | runs, or may begin: waited for, at most 3 s       |                                                     |
 * |                  | … brings the key                                  | proved                                              |
 * |                  | … does not bring it                               | refused (401)                                       |
 * |                  | … fails                                           | as below                                            |
 * | unknown          | failed, or the pause is not over;                 |                                                     |
 * |                  | … the last keys were fetched after it was made    | refused (401): a key is public before it signs      |
 * |                  | … they are older than the token, or never came    | not known yet (503), until the pause is over        |
 *
 * So a flood of invented names makes one fetch a pause, and whoever has a new key waits for one pause at most.
 */
export function openProviderKeys(address: string, clock: () => Date): ProviderKeys {
  const keys: Keys = createRemoteJWKSet(new URL(address), {
    cacheMaxAge: Infinity,
    cooldownDuration: Infinity,
    timeoutDuration: PATIENCE_MS,
  });
  /** When the last fetch, and the last that brought something, began. */
  let triedAt = -Infinity;
  let fetchedAt = -Infinity;
  let running: Promise<boolean> | null = null;
  /** Why the last fetch failed, until somebody has heard it. */
  let failure: string | null = null;

  /** Whether the fetch that runs, or that begins now, brought something; null: the pause is not over. */
  function fetched(): Promise<boolean> | null {
    const now = clock().getTime();
    if (running !== null || now - triedAt < PAUSE_MS) return running;
    triedAt = now;
    running = keys
      .reload()
      .then(
        () => ((fetchedAt = now), true),
        (error: unknown) => ((failure = reasonOf(error)), false),
      )
      .finally(() => (running = null));
    return running;
  }

  function fetchIfStale(): void {
    if (clock().getTime() - fetchedAt >= FRESH_MS) void fetched();
  }

  /** The key among those that are known. */
  async function known(...named: Parameters<Keys>): Promise<CryptoKey | null> {
    if (!keys.jwks()) return null;
    try {
      return await keys(...named);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) return null;
      throw error;
    }
  }

  // A key that was taken away is gone in time also where nobody asks.
  const timer = setInterval(fetchIfStale, PAUSE_MS).unref();

  return {
    async find(header, token, madeAt, hear) {
      fetchIfStale();
      try {
        const key = await known(header, token);
        if (key) return key;
        const isFetched = await fetched();
        const fresh = await known(header, token);
        if (fresh) return fresh;
        if (isFetched || madeAt < fetchedAt) throw new TokenRefused("its key is none of the provider's");
        const pause = triedAt + PAUSE_MS - clock().getTime();
        throw new KeyNotKnownYet(Math.max(1, Math.ceil(pause / 1000)), triedAt !== fetchedAt);
      } finally {
        if (failure !== null) {
          const remaining = keys.jwks() ? "those known go on" : "there are none";
          hear("warn", `the keys of the OpenID Connect provider cannot be fetched, ${remaining}: ${failure}`);
          failure = null;
        }
      }
    },
    close: () => clearInterval(timer),
  };
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message} (${cause.message || cause.name})` : message;
}
