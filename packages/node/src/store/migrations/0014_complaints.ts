import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What persons who were told complain of: by number, and what they wrote sealed under the key of the case. */
async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table complaints (
    number text primary key, case_id text not null, act text not null, about text not null, want text not null, at timestamptz not null,
    entry text not null, sealed bytea not null)`,
  'create index complaints_case on complaints (case_id, at)',
];

/** Complaints, as the migrator takes them. */
export const complaints: Migration = { up };
