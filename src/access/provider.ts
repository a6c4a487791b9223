import { type JWTPayload, createRemoteJWKSet, errors, jwtVerify } from "jose";
import type { OidcConfig } from "../config/oidc.js";
import { type Caller, ROLES, type Role } from "../domain/caller.js";
import type { Database } from "../storage/database.js";

/** Hears, for the log, what is not told to the caller. */
export type Hear = (level: "info" | "warn", what: string) => void;

/** Why a token proves nobody. */
export class TokenRefused extends Error {}
/** Nobody can be proved now, because the provider's keys never came. */
export class ProviderSilent extends Error {}

/** A provider of OpenID Connect: its tokens are proved by the public keys that it serves. */
export interface Provider {
  readonly issuer: string;
  prove(bearer: string, hear: Hear): Promise<Caller>;
}

/** Only signatures that nobody can make who knows the public keys. */
const ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"];
/** How far the provider's clock may be off. */
const TOLERANCE_S = 30;
/** A token that is older is not taken, however long the provider says that it lasts. */
const OLDEST_S = 24 * 3_600;
/** How old the keys may be before they are fetched anew: so long a key lives on after the provider has taken it away. */
const FRESH_MS = 5 * 60_000;
/** How long to wait before the keys are asked for again, after a failure or for a token with an unknown key. */
const PAUSE_MS = 30_000;
const PATIENCE_MS = 3_000;
/** What may be a person at the provider: it is written into records and the log. */
const SUBJECT = /^[\x21-\x7e]{1,190}$/;
const PREFIX = "oidc:";

/** Whether an id is that of a person of the provider. */
export const isSubjectId = (id: string): boolean => id.startsWith(PREFIX) && SUBJECT.test(id.slice(PREFIX.length));

export function providerOf(config: OidcConfig, database: Pick<Database, "read">, clock: () => Date): Provider {
  const keys = keysOf(config.jwks, clock);
  return {
    issuer: config.issuer,
    async prove(bearer, hear) {
      const { payload } = await jwtVerify(bearer, (header, token) => keys(header, token, hear), {
        ...{ algorithms: ALGORITHMS, issuer: config.issuer, audience: config.audience, requiredClaims: ["sub", "exp"] },
        ...{ clockTolerance: TOLERANCE_S, maxTokenAge: OLDEST_S, currentDate: clock() },
      });
      const subject = payload.sub ?? "";
      if (!SUBJECT.test(subject)) throw new TokenRefused("its sub is not of 1 to 190 letters, digits and signs");
      const tokenId = `${PREFIX}${subject}`;
      const revokedAt = await database.read((stores) => stores.tokens.subjectRevokedAt(tokenId));
      // The provider's clock may be ahead of the one that said when.
      if (revokedAt !== null && (payload.iat! - TOLERANCE_S) * 1000 <= revokedAt.getTime())
        throw new TokenRefused("what its person had got so far was revoked");
      const role = roleIn(payload, config);
      return { tokenId, name: tokenId, role, unitId: await unitIn(payload, role, config, database) };
    },
  };
}

type Keys = ReturnType<typeof createRemoteJWKSet>;

/**
 * The provider's keys. jose fetches and keeps them; when they are fetched is decided here, so that a provider that is
 * down stops nobody whose key is known, and that tokens with invented keys make no storm of requests.
 */
function keysOf(address: string, clock: () => Date) {
  const keys: Keys = createRemoteJWKSet(new URL(address), {
    cacheMaxAge: Infinity,
    cooldownDuration: Infinity,
    timeoutDuration: PATIENCE_MS,
  });
  let fetchedAt = -Infinity;
  let triedAt = -Infinity;

  async function refresh(hear: Hear): Promise<void> {
    const now = clock().getTime();
    if (!keys.reloading && now - triedAt < PAUSE_MS) return;
    triedAt = now;
    try {
      await keys.reload();
      fetchedAt = now;
    } catch (error) {
      const known = keys.jwks() ? "those known go on" : "there are none";
      hear("warn", `the keys of the OpenID Connect provider cannot be fetched, ${known}: ${reasonOf(error)}`);
    }
  }

  return async (header: Parameters<Keys>[0], token: Parameters<Keys>[1], hear: Hear): ReturnType<Keys> => {
    if (clock().getTime() - fetchedAt >= FRESH_MS) await refresh(hear);
    if (!keys.jwks()) throw new ProviderSilent("the provider's keys are not known");
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await refresh(hear);
      return keys(header, token);
    }
  };
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message} (${cause.message || cause.name})` : message;
}

/** A claim by its name, or by a path with dots into objects. */
function claimAt(payload: JWTPayload, path: string): unknown {
  const within = (value: unknown, name: string) =>
    typeof value === "object" && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
  return within(payload, path) ?? path.split(".").reduce<unknown>(within, payload);
}

/** Of several roles the one that allows most. */
function roleIn(payload: JWTPayload, { roleClaim, roles }: OidcConfig): Role {
  const claimed = [claimAt(payload, roleClaim)].flat();
  const known = claimed.flatMap((name) => (typeof name === "string" && Object.hasOwn(roles, name) ? [roles[name]!] : []));
  const role = (Object.keys(ROLES) as Role[]).findLast((candidate) => known.includes(candidate));
  if (role === undefined) throw new TokenRefused(`its claim ${roleClaim} has no role that TONGHOP_OIDC_ROLES knows`);
  return role;
}

/** The unit by its code or id. As with the hub's own tokens an administrator has none. */
async function unitIn(
  payload: JWTPayload,
  role: Role,
  { unitClaim }: OidcConfig,
  database: Pick<Database, "read">,
): Promise<string | null> {
  const claimed = claimAt(payload, unitClaim);
  if (role === "ADMINISTRATOR") {
    if (claimed === undefined) return null;
    throw new TokenRefused(`it is an administrator's and has the claim ${unitClaim}: an administrator has no unit`);
  }
  if (typeof claimed !== "string" || claimed === "" || claimed.length > 60)
    throw new TokenRefused(`its claim ${unitClaim} is not the code or id of a unit`);
  const id = await database.read(async ({ units, unitReader }) => {
    const byCode = (await units.idsByCode([claimed])).get(claimed);
    return byCode ?? ((await unitReader.levels([claimed])).has(claimed) ? claimed : null);
  });
  if (id === null) throw new TokenRefused(`its claim ${unitClaim} names no unit`);
  return id;
}
