import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Four eyes, held by the database too: for each pair of acts that the procedure wants from two persons, one person stands on one side only.
 * The primary key is the rule; code that forgot it would fail here.
 */
async function up(db: Kysely<unknown>): Promise<void> {
  const columns = 'case_id text not null, pair text not null, party text not null, person text not null, act_type text not null';
  await sql.raw(`create table four_eyes (${columns}, primary key (case_id, pair, party, person))`).execute(db);
}

/** Four eyes, as the migrator takes them. */
export const fourEyes: Migration = { up };
