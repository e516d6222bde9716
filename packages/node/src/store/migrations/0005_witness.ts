import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What this node knows of the logs of others: the head it last cosigned for each, and the evidence when a log showed two pasts. */
async function up(db: Kysely<unknown>): Promise<void> {
  const head = 'size bigint not null, root bytea not null, note text not null, cosigned text not null, at timestamptz not null';
  await sql.raw(`create table witnessed_logs (origin text primary key, ${head})`).execute(db);
  const evidence = 'origin text not null, kind text not null, first text not null, second text not null, at timestamptz not null';
  await sql.raw(`create table log_evidence (id bigint generated always as identity primary key, ${evidence})`).execute(db);
  // A note with signatures is longer than an index takes.
  await sql.raw('create unique index log_evidence_once on log_evidence (origin, md5(first), md5(second))').execute(db);
}

/** Witnessing, as the migrator takes it. */
export const witness: Migration = { up };
