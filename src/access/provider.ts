import { type JWTPayload, decodeJwt, jwtVerify } from "jose";
import type { OidcConfig } from "../config/oidc.js";
import { type Caller, ROLES, type Role } from "../domain/ground/caller.js";
import type { Database } from "../storage/database/database.js";
import { type Hear, TokenRefused, openProviderKeys } from "./provider-keys.js";

/** A provider of OpenID Connect: its tokens are proved by the public keys that it serves. */
export interface Provider {
  readonly issuer: string;
  prove(bearer: string, database: Pick<Database, "read">, hear: Hear): Promise<Caller>;
  close(): void;
}

/** Only signatures that nobody can make who knows the public keys. */
const ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"];
/** How far the provider's clock may be off. */
const TOLERANCE_S = 30;
/** A token that is older is not taken, however long the provider says that it lasts. */
const OLDEST_S = 24 * 3_600;
/** What may be a person at the provider: it is written into records and the log. */
const SUBJECT = /^[\x21-\x7e]{1,190}$/;
const PREFIX = "oidc:";

/** Whether an id is that of a person of the provider. */
export const isSubjectId = (id: string): boolean => id.startsWith(PREFIX) && SUBJECT.test(id.slice(PREFIX.length));

export function providerOf(config: OidcConfig, clock: () => Date): Provider {
  const keys = openProviderKeys(config.jwks, clock);
  /** When a token was made at the latest, in milliseconds, by what it says; long ago where it says nothing that may be. */
  const madeAt = (bearer: string): number => {
    const said = Number(decodeJwt(bearer).iat ?? NaN);
    return (said - TOLERANCE_S) * 1000 <= clock().getTime() ? (said + TOLERANCE_S) * 1000 : -Infinity;
  };
  return {
    issuer: config.issuer,
    close: () => keys.close(),
    async prove(bearer, database, hear) {
      const { payload } = await jwtVerify(bearer, (header, token) => keys.find(header, token, madeAt(bearer), hear), {
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
  const id = await database.read(async ({ unitReader, units }) => {
    const named = (await unitReader.idsByCode([claimed])).get(claimed) ?? claimed;
    const unit = (await units.histories([named])).get(named)?.unit;
    // People may write a code in other letters; whoever proves by it what he may see writes it as it is.
    return unit && [unit.code, unit.id].includes(claimed) ? unit.id : null;
  });
  if (id === null) throw new TokenRefused(`its claim ${unitClaim} names no unit`);
  return id;
}
