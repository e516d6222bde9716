import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Where each case stands on the desk: whose turn it is, how urgent, in which seats this office sits. Null: to be worked out anew before the next look. */
async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `alter table cases add column desk_side text, add column desk_due text, add column desk_seats text[],
    add column look_again timestamptz`,
  'create index cases_desk on cases (desk_side, desk_due, id)',
  'create index cases_desk_stale on cases (look_again) where desk_side is not null',
  'create index cases_desk_new on cases (id) where desk_side is null',
];

/** The desk's order, as the migrator takes it. */
export const desk: Migration = { up };
