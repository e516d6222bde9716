import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The acts by which this party told persons: anybody may ask for the code of a letter, and must not make the node read every act. */
async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw("create index acts_informed on acts (at) where type = 'inform-person' and own").execute(db);
}

/** Letters, as the migrator takes them. */
export const letters: Migration = { up };
