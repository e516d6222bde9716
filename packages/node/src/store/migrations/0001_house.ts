import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The first tables. Forward only: what is wrong here is mended by a later migration. */
async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table acts (
    digest text primary key, case_id text not null, type text not null, party text not null, at timestamptz not null,
    body text not null, signatures text not null, own boolean not null, arrived timestamptz not null)`,
  'create index acts_case on acts (case_id, at)',
  `create table openings (
    act text not null references acts (digest), name text not null, salt text not null, value text not null, primary key (act, name))`,
  `create table cases (
    id text primary key, procedure text not null, procedure_sha256 text not null, state text not null, judged text not null,
    heads text not null, opened timestamptz not null, updated timestamptz not null)`,
  'create index cases_updated on cases (updated desc)',
  `create table log_entries (
    index bigint primary key, at timestamptz not null, type text not null, case_id text not null, act text, bytes bytea not null)`,
  'create index log_entries_case on log_entries (case_id, index)',
  // One entry for each act that this node holds: an act without its entry, or twice, cannot be.
  'create unique index log_entries_act on log_entries (act) where act is not null',
  'create table log_tiles (level smallint not null, index bigint not null, width smallint not null, bytes bytea not null, primary key (level, index, width))',
  'create table log_head (id smallint primary key check (id = 1), size bigint not null, edge text not null, checkpoint text not null)',
  `create table outbox (
    seq bigint generated always as identity primary key, party text not null, act text not null references acts (digest), case_id text not null,
    queued timestamptz not null, delivered timestamptz, receipt text, unique (party, act))`,
  'create index outbox_open on outbox (party, seq) where delivered is null',
  'create table inbox (id text primary key, sender text not null, digest text not null, arrived timestamptz not null, receipt text not null)',
  'create table quarantine (id bigint generated always as identity primary key, arrived timestamptz not null, reason text not null, digest text not null, size integer not null)',
  'create table sessions (token_sha256 text primary key, person text not null, opened timestamptz not null, expires timestamptz not null)',
  'create table sign_in_codes (code_sha256 text primary key, person text not null, expires timestamptz not null)',
  `create table reads (
    id text primary key, case_id text not null, person text not null, purpose text not null, at timestamptz not null, until timestamptz not null)`,
  'create index reads_open on reads (case_id, person, until)',
  `create table payloads (
    ciphertext text not null, case_id text not null, item text not null, size bigint not null, side text not null check (side in ('sent', 'received')),
    holder text not null, state text not null check (state in ('expected', 'held', 'destroyed')), manifest text not null, primary key (ciphertext, side))`,
  `create table previews (
    digest text primary key, case_id text not null, item text not null, plan text not null, preview text not null, at timestamptz not null)`,
] as const;

/** The first tables, as the migrator takes them. */
export const house: Migration = { up };
