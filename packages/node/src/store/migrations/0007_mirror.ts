import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Full copies of the logs of others, as an overseer's node keeps them: bundles as they were served, the edge of their tree, and what is asked of their entries. */
async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  'create table mirrors (origin text primary key, size bigint not null, edge text not null, note text not null, at timestamptz not null)',
  'create table mirror_bundles (origin text not null, index bigint not null, bytes bytea not null, primary key (origin, index))',
  'alter table mirror_bundles alter column bytes set storage external',
  `create table mirror_entries (
    origin text not null, index bigint not null, leaf text not null, at timestamptz, type text, case_id text, role text, act text, decision text,
    ref text, seen_origin text, seen_index bigint, primary key (origin, index))`,
  "create index mirror_entries_read on mirror_entries (at desc) where type in ('case.read', 'payload.asked')",
  'create index mirror_entries_seen on mirror_entries (seen_origin, seen_index) where seen_origin is not null',
];

/** Mirrors, as the migrator takes them. */
export const mirror: Migration = { up };
