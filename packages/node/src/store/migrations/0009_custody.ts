import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What the log has said of a copy last, so that it is said once; and which sealed object an entry of a copied log is about. */
async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw("alter table payloads add column noted text check (noted in ('review-due', 'destruction-due', 'overdue'))")
    .execute(db);
  await sql.raw('alter table mirror_entries add column object text').execute(db);
  await sql
    .raw("create index mirror_entries_copies on mirror_entries (origin, object) where type in ('copy.overdue', 'copy.settled')")
    .execute(db);
}

/** Custody, as the migrator takes it. */
export const custody: Migration = { up };
