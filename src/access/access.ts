import { createSecretKey } from "node:crypto";
import { SignJWT, decodeJwt, errors, jwtVerify } from "jose";
import { validate as isUuid, v7 as newId } from "uuid";
import type { OidcConfig } from "../config/oidc.js";
import { type Caller, type Role } from "../domain/ground/caller.js";
import type { Database } from "../storage/database/database.js";
import type { TimeLimit } from "../storage/database/deadline.js";
import type { RevokedSubject, TokenRow } from "../storage/stores/token.store.js";
import { type Hear, TokenRefused } from "./provider-keys.js";
import { isSubjectId, providerOf } from "./provider.js";

const ISSUER = "tonghop";
const AUDIENCE = "tonghop";
const ALGORITHM = "HS256";
const DAY = 24 * 3_600_000;

/** What a new token is to allow. `unitId` is the top of the branch; an administrator has none. `days` null: it never expires. */
export interface Grant {
  name: string;
  role: Role;
  unitId: string | null;
  days: number | null;
}

/** What proves tokens. */
export interface Proofs {
  secret: string;
  /** The secret before; its tokens are still taken, new ones are signed with the other. */
  formerSecret: string | null;
  /** A provider whose tokens are taken, too. */
  oidc: OidcConfig | null;
}

/** Who may ask. A token of the hub proves which row of the database it belongs to; what it allows is what the row says now. */
export interface Access {
  issue(grant: Grant): Promise<{ id: string; token: string }>;
  /** The text of a token that was issued before: the same row and secret give the same text. */
  textOf(row: TokenRow): Promise<string>;
  /** Who this is; null for anything that proves nobody, or no longer. `hear` is told why: that is for the log only. Looking it up ends with `limit`. */
  authenticate(bearer: string, hear?: Hear, limit?: TimeLimit): Promise<Caller | null>;
  /**
   * False when there is no such token. It is refused from the next request on. The id of a person of the provider
   * ("oidc:" and the subject) stands for every token that the person has got until now.
   */
  revoke(id: string): Promise<boolean>;
  list(): Promise<TokenRow[]>;
  revokedSubjects(): Promise<RevokedSubject[]>;
  /** Ends what goes on by itself. */
  close(): void;
}

/** Where tokens are kept; `within` ends what is read with a time limit. */
export interface Tokens extends Pick<Database, "read" | "write"> {
  within?(limit: TimeLimit): Pick<Database, "read">;
}

export function openAccess({ secret, formerSecret, oidc }: Proofs, database: Tokens, clock: () => Date): Access {
  const key = createSecretKey(secret, "utf8");
  const keys = formerSecret ? [key, createSecretKey(formerSecret, "utf8")] : [key];
  const provider = oidc ? providerOf(oidc, clock) : null;

  async function textOf(row: TokenRow): Promise<string> {
    const token = new SignJWT().setProtectedHeader({ alg: ALGORITHM, typ: "JWT" }).setIssuer(ISSUER).setAudience(AUDIENCE);
    token.setJti(row.id).setSubject(row.name).setIssuedAt(row.issuedAt);
    if (row.expiresAt) token.setExpirationTime(row.expiresAt);
    return token.sign(key);
  }

  async function idIn(bearer: string): Promise<string> {
    const checks = { algorithms: [ALGORITHM], issuer: ISSUER, audience: AUDIENCE, requiredClaims: ["jti"], currentDate: clock() };
    for (const [index, tried] of keys.entries())
      try {
        const { jti } = (await jwtVerify(bearer, tried, checks)).payload;
        // A database that compares a number with a text would find somebody else's row.
        if (isUuid(jti)) return jti!;
        throw new TokenRefused("its jti is not the id of a token");
      } catch (error) {
        if (!(error instanceof errors.JWSSignatureVerificationFailed) || index === keys.length - 1) throw error;
      }
    throw new TokenRefused("no key proves it");
  }

  async function own(bearer: string, tokens: Pick<Database, "read">): Promise<Caller> {
    const id = await idIn(bearer);
    const row = await tokens.read((stores) => stores.tokens.byId(id));
    if (row === null) throw new TokenRefused("its row is not in the database");
    if (!isLive(row, clock())) throw new TokenRefused(row.revokedAt ? "it was revoked" : "it has expired");
    return { tokenId: row.id, name: row.name, role: row.role, unitId: row.unitId };
  }

  return {
    textOf,

    async issue({ name, role, unitId, days }) {
      if (name.trim() === "" || name.trim().length > 200) throw new Error("A token needs a name of 1 to 200 characters: whose is it?");
      if ((role === "ADMINISTRATOR") !== (unitId === null))
        throw new Error(
          role === "ADMINISTRATOR"
            ? "An administrator's token has no unit: it allows everything, everywhere."
            : `A token of the role ${role} needs a unit.`,
        );
      if (days !== null && !(Number.isInteger(days) && days > 0 && days <= 36_500))
        throw new Error(`A token is valid for 1 to 36500 days, not ${days}.`);
      // A JWT counts in seconds; a row that counted finer would not give the same text again.
      const issuedAt = new Date(Math.floor(clock().getTime() / 1000) * 1000);
      const expiresAt = days === null ? null : new Date(issuedAt.getTime() + days * DAY);
      const row: TokenRow = { id: newId(), name: name.trim(), role, unitId, issuedAt, expiresAt, revokedAt: null };
      await database.write(async (stores) => {
        // A unit may be made void only where no token is for its branch: whoever does that has the gate alone.
        await stores.gate.share();
        if (unitId !== null && !(await stores.unitReader.levels([unitId])).has(unitId))
          throw new Error("There is no such unit any more; look its code up again.");
        await stores.tokens.insert(row);
      });
      return { id: row.id, token: await textOf(row) };
    },

    async authenticate(bearer, hear = () => {}, limit) {
      const tokens = limit && database.within ? database.within(limit) : database;
      try {
        // What a token says of itself only chooses who proves it.
        const isProviders = provider !== null && decodeJwt(bearer).iss === provider.issuer;
        return isProviders ? await provider.prove(bearer, tokens, hear) : await own(bearer, tokens);
      } catch (error) {
        if (!(error instanceof TokenRefused) && !(error instanceof errors.JOSEError)) throw error;
        hear("info", `a token was refused: ${error.message}`);
        return null;
      }
    },

    revoke: (id) =>
      database.write(async ({ tokens }) => {
        if (!isSubjectId(id)) return tokens.revoke(id, clock());
        await tokens.revokeSubject(id, clock());
        return true;
      }),
    list: () => database.read((stores) => stores.tokens.all()),
    revokedSubjects: () => database.read((stores) => stores.tokens.revokedSubjects()),
    close: () => provider?.close(),
  };
}

/** Whether a token is neither revoked nor expired. */
export function isLive(row: TokenRow, now: Date): boolean {
  return row.revokedAt === null && (row.expiresAt === null || now < row.expiresAt);
}
