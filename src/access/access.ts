import { createSecretKey } from "node:crypto";
import { SignJWT, errors, jwtVerify } from "jose";
import { v7 as newId } from "uuid";
import { type Caller, type Role } from "../domain/caller.js";
import type { Database } from "../storage/database.js";
import type { TokenRow } from "../storage/stores.js";

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

/** Who may ask. A token proves which row of the database it belongs to; what it allows is what the row says now. */
export interface Access {
  issue(grant: Grant): Promise<{ id: string; token: string }>;
  /** The text of a token that was issued before: the same row and secret give the same text. */
  textOf(row: TokenRow): Promise<string>;
  /** Who this is; null for anything that is not a token of ours, or no longer. */
  authenticate(bearer: string): Promise<Caller | null>;
  /** False when there is no such token. It is refused from the next request on. */
  revoke(id: string): Promise<boolean>;
  list(): Promise<TokenRow[]>;
}

type Tokens = Pick<Database, "read" | "write">;

export function openAccess(secret: string, database: Tokens, clock: () => Date): Access {
  const key = createSecretKey(secret, "utf8");

  async function textOf(row: TokenRow): Promise<string> {
    const token = new SignJWT().setProtectedHeader({ alg: ALGORITHM, typ: "JWT" }).setIssuer(ISSUER).setAudience(AUDIENCE);
    token.setJti(row.id).setSubject(row.name).setIssuedAt(row.issuedAt);
    if (row.expiresAt) token.setExpirationTime(row.expiresAt);
    return token.sign(key);
  }

  async function idIn(bearer: string): Promise<string | null> {
    try {
      const checks = { algorithms: [ALGORITHM], issuer: ISSUER, audience: AUDIENCE, requiredClaims: ["jti"], currentDate: clock() };
      const { payload } = await jwtVerify(bearer, key, checks);
      return payload.jti ?? null;
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
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
      await database.write((stores) => stores.tokens.insert(row));
      return { id: row.id, token: await textOf(row) };
    },

    async authenticate(bearer) {
      const id = await idIn(bearer);
      if (id === null) return null;
      const row = await database.read((stores) => stores.tokens.byId(id));
      if (row === null || !isLive(row, clock())) return null;
      return { tokenId: row.id, name: row.name, role: row.role, unitId: row.unitId };
    },

    revoke: (id) => database.write((stores) => stores.tokens.revoke(id, clock())),
    list: () => database.read((stores) => stores.tokens.all()),
  };
}

/** Whether a token is neither revoked nor expired. */
export function isLive(row: TokenRow, now: Date): boolean {
  return row.revokedAt === null && (row.expiresAt === null || now < row.expiresAt);
}
