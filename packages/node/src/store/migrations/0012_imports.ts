import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What came from outside in a form of others: the original and what was read out of it, sealed, with who decided what of it; and which objects of which messages it holds. */
async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table imports (
    id text primary key, kind text not null check (kind in ('hi1', 'pdf', 'eml', 'txt')),
    state text not null check (state in ('quarantined', 'proposed', 'taken-up', 'refused', 'withdrawn')),
    arrived timestamptz not null, sender text, sha256 text not null, size bigint not null, original bytea not null, draft bytea not null,
    salt text not null, case_id text, entry text not null)`,
  'create index imports_arrived on imports (arrived)',
  `create table import_decisions (
    import_id text not null references imports (id), step int not null, person text not null, at timestamptz not null,
    decision text not null check (decision in ('taken-up', 'refused')), reason text, authority text, said bytea not null, entry text not null,
    primary key (import_id, step))`,
  `create table hi1_objects (
    id text primary key, sender text not null, import_id text not null references imports (id), type text not null, item text,
    generation int not null, changed timestamptz not null)`,
  'create index hi1_objects_sender on hi1_objects (sender, changed)',
  `create table hi1_taken (
    sender text not null, transaction_id text not null, digest text not null, answers text not null, arrived timestamptz not null,
    primary key (sender, transaction_id))`,
];

/** Imports, as the migrator takes them. */
export const imports: Migration = { up };
