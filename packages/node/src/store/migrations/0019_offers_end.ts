import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** When an offer ends, whether it was withdrawn, and until when its file stays for cases that were decided on it. Offers from before end with their dataset. */
async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  'alter table preparations add column offered_until timestamptz, add column withdrawn timestamptz, add column kept_until timestamptz',
  `update preparations set kept_until = coalesce(
     (select expires from datasets where datasets.id = preparations.dataset_id), ended + interval '30 days') where offered is not null`,
  'update preparations set offered_until = kept_until where offered is not null',
];

/** The end of offers, as the migrator takes it. */
export const offersEnd: Migration = { up };
