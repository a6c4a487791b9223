import { type Role } from "../../domain/ground/caller.js";
import { int, type Row, type Sql, text, textOrNull } from "../database/sql.js";

/** A token as it was issued; the token itself is not kept. */
export interface TokenRow {
  id: string;
  name: string;
  role: Role;
  unitId: string | null;
  issuedAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
}

export interface TokenStore {
  insert(row: TokenRow): Promise<void>;
  byId(id: string): Promise<TokenRow | null>;
  all(): Promise<TokenRow[]>;
  /** How many tokens for the branch of a unit are neither revoked nor expired. */
  countLive(unitId: string, now: Date): Promise<number>;
  /** False where there is no such token, or it was revoked before. */
  revoke(id: string, at: Date): Promise<boolean>;
  /** Revokes what a person of the provider has got until then; `id`: "oidc:" and the subject. */
  revokeSubject(id: string, at: Date): Promise<void>;
  subjectRevokedAt(id: string): Promise<Date | null>;
  revokedSubjects(): Promise<RevokedSubject[]>;
}

/** A person of the OpenID Connect provider whose tokens were revoked. */
export interface RevokedSubject {
  id: string;
  revokedAt: Date;
}

export function tokenStore(sql: Sql): TokenStore {
  const columns = ["id", "name", "role", "unit_id", "issued_at", "expires_at", "revoked_at"] as const;
  const select = `SELECT ${columns.join(", ")} FROM token`;
  const instant = (value: unknown) => (value ? new Date(text(value)) : null);
  const read = (row: Row): TokenRow => ({
    id: text(row.id),
    name: text(row.name),
    role: text(row.role) as Role,
    unitId: textOrNull(row.unit_id),
    issuedAt: new Date(text(row.issued_at)),
    expiresAt: instant(row.expires_at),
    revokedAt: instant(row.revoked_at),
  });
  return {
    insert: (row) =>
      sql.insert("token", columns, [
        [
          row.id,
          row.name,
          row.role,
          row.unitId,
          row.issuedAt.toISOString(),
          row.expiresAt?.toISOString() ?? null,
          row.revokedAt?.toISOString() ?? null,
        ],
      ]),
    async byId(id) {
      const [row] = await sql.rows(`${select} WHERE id = ?`, [id]);
      return row ? read(row) : null;
    },
    all: async () => (await sql.rows(`${select} ORDER BY issued_at, id`)).map(read),
    async countLive(unitId, now) {
      const live = "revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)";
      const [row] = await sql.rows(`SELECT COUNT(*) AS total FROM token WHERE unit_id = ? AND ${live}`, [unitId, now.toISOString()]);
      return int(row?.total);
    },
    revoke: async (id, at) =>
      int(await sql.change("UPDATE token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", [at.toISOString(), id])) > 0,
    revokeSubject: (id, at) =>
      sql.insert(
        "revoked_subject",
        ["id", "revoked_at"],
        [[id, at.toISOString()]],
        sql.dialect.onPresent(["id"], ["revoked_at"], (_present, given) => given),
      ),
    async subjectRevokedAt(id) {
      const [row] = await sql.rows("SELECT revoked_at FROM revoked_subject WHERE id = ?", [id]);
      return row ? new Date(text(row.revoked_at)) : null;
    },
    revokedSubjects: async () =>
      (await sql.rows("SELECT id, revoked_at FROM revoked_subject ORDER BY revoked_at, id")).map((row) => ({
        id: text(row.id),
        revokedAt: new Date(text(row.revoked_at)),
      })),
  };
}
