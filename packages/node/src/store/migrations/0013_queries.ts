import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What people looked for in what they had opened: which items, which kind of look, and, sealed under the key of the case, why. What exactly was looked for is nowhere. */
async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table queries (
    id text primary key, case_id text not null, person text not null, purpose text not null, kind text not null, items text[] not null,
    at timestamptz not null, entry text not null, sealed bytea not null)`,
  'create index queries_case on queries (case_id, at)',
  // Overseers list looks beside readings.
  'drop index mirror_entries_read',
  "create index mirror_entries_read on mirror_entries (at desc) where type in ('case.read', 'payload.asked', 'data.queried')",
];

/** Queries, as the migrator takes them. */
export const queries: Migration = { up };
