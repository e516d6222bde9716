import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What scans found in datasets of the catalogue and in what was offered, without any value: it stays when the file that was looked through is forgotten. */
async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  'create table scanned (dataset text primary key, findings text not null)',
  'alter table preparations add column findings text',
];

/** Findings, as the migrator takes them. */
export const scanned: Migration = { up };
