import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The salt of what the log commits to of a reading: without it nobody could ever be shown who read. Readings of earlier versions have none. */
async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table reads add column salt text').execute(db);
}

/** Readers, as the migrator takes them. */
export const reader: Migration = { up };
