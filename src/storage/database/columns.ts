import { EntitySchema, type EntitySchemaColumnOptions } from "typeorm";

/**
 * Kinds of columns, and what makes a table of them. Days are "YYYY-MM-DD", instants ISO 8601 in UTC, both as text: they
 * read, compare and sort the same on every database. Ids are UUIDv7, made by the hub.
 */
export const id: EntitySchemaColumnOptions = { type: "varchar", length: 36 };
export const day: EntitySchemaColumnOptions = { type: "varchar", length: 10 };
export const instant: EntitySchemaColumnOptions = { type: "varchar", length: 24 };
export const word: EntitySchemaColumnOptions = { type: "varchar", length: 40 };
export const year: EntitySchemaColumnOptions = { type: "varchar", length: 9 };
export const whole: EntitySchemaColumnOptions = { type: "integer" };
/** From 0; a `turn` is counted up by whoever locks the row on a Galera cluster. */
export const zero: EntitySchemaColumnOptions = { type: "integer", default: 0 };
/** May pass 65,535 bytes: each dialect has a type that holds it. */
export const longText: EntitySchemaColumnOptions = { type: "text" };
export const longTextOrNull: EntitySchemaColumnOptions = { type: "text", nullable: true };
export const isLongText = (column: EntitySchemaColumnOptions | undefined) => column === longText || column === longTextOrNull;
export const code: EntitySchemaColumnOptions = { type: "varchar", length: 60 };
export const identity: EntitySchemaColumnOptions = { type: "varchar", length: 600 };
export const vintageId: EntitySchemaColumnOptions = { type: "varchar", length: 80 };
/** An issued token's id, or "oidc:" and the subject of a provider's. */
export const tokenId: EntitySchemaColumnOptions = { type: "varchar", length: 200 };

/** A digest of what a dossier says; of none yet "". */
export const print: EntitySchemaColumnOptions = { type: "varchar", length: 22, default: "" };
/** As it is written for people (`domain/reporting/fingerprint.ts`). */
export const fingerprint: EntitySchemaColumnOptions = { type: "varchar", length: 31 };

export type Columns = Record<string, EntitySchemaColumnOptions>;
export const key = (column: EntitySchemaColumnOptions): EntitySchemaColumnOptions => ({ ...column, primary: true });
export const optional = (column: EntitySchemaColumnOptions): EntitySchemaColumnOptions => ({ ...column, nullable: true });
export const table = (name: string, columns: Columns, indices: Record<string, string[]> = {}, unique: Record<string, string[]> = {}) =>
  new EntitySchema({
    name,
    tableName: name,
    columns,
    indices: [
      ...Object.entries(indices).map(([index, of]) => ({ name: index, columns: of })),
      ...Object.entries(unique).map(([index, of]) => ({ name: index, columns: of, unique: true })),
    ],
  });
