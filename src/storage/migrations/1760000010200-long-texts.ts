import { type MigrationInterface, type QueryRunner } from "typeorm";
import { mysql } from "../database/dialect.js";

/** The records behind a dossier of a vintage are as many as its unit has: TEXT of MySQL ends after some 1,500 of them, that of SQLite nowhere. */
export class LongTexts1760000010200 implements MigrationInterface {
  name = "LongTexts1760000010200";

  async up(runner: QueryRunner): Promise<void> {
    await declare(runner, mysql.longText);
  }

  async down(runner: QueryRunner): Promise<void> {
    await declare(runner, "text");
  }
}

async function declare(runner: QueryRunner, type: string): Promise<void> {
  if (runner.connection.options.type === "better-sqlite3") return;
  await runner.query(`ALTER TABLE vintage_dossier MODIFY records ${type} NOT NULL`);
}
