import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Sealed files that people hand in, in parts; and what lies in the vault of a payload whose header was made anew. */
async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table uploads (
    id text primary key, case_id text not null, item text not null, person text not null, size bigint not null, sha256 text not null,
    state text not null check (state in ('open', 'whole')), begun timestamptz not null, expires timestamptz not null)`,
  'create index uploads_case on uploads (case_id)',
  // The file as it is read now, and the office key that it is wrapped for; null: as it was announced.
  'alter table payloads add column stored text, add column stored_size bigint, add column office_key text',
];

/** Uploads, as the migrator takes them. */
export const uploads: Migration = { up };
