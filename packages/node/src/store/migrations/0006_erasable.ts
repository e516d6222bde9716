import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * What can be erased, and what is secret for a time: openings lie sealed under the key of their case, which is kept outside the database. Rows of an earlier version are
 * sealed at the next start.
 */
async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  'alter table openings add column sealed bytea, alter column salt drop not null, alter column value drop not null',
  'create index openings_clear on openings (act) where sealed is null',
  // Which key of a case is in force; null: the case was erased.
  'create table subjects (case_id text primary key, key_id text)',
  // Keys that were in force and are to be destroyed: a crash may come in between.
  'create table retired_keys (key_id text primary key)',
  // Until when a case is secret, as its first act says: what is logged of it until then is blinded.
  'alter table cases add column secret_until timestamptz',
  'create index log_blinded_until on log_blinded (until)',
  // What was erased, by whom and by which log entry: it does not come back when another party sends it again.
  `create table erasures (
    act text not null references acts (digest), name text not null, entry text not null, person text not null, primary key (act, name))`,
];

/** What can be erased, as the migrator takes it. */
export const erasable: Migration = { up };
