import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Datasets of this office that are prepared, what was made of them, and the privacy budget that each has: debits and budgets are only ever added. */
async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table datasets (
    id text primary key, name text not null, population text not null, person text not null, own boolean not null, path text not null,
    shape text not null, arrived timestamptz not null, expires timestamptz not null, scan text)`,
  `create table preparations (
    id text primary key, dataset_id text not null, population text not null, kind text not null, plan text not null, plan_digest text not null,
    person text not null, asked timestamptz not null,
    state text not null check (state in ('waiting', 'running', 'done', 'refused', 'cancelled')),
    share double precision not null default 0, started timestamptz, beat timestamptz, runner text, tries integer not null default 0, stop boolean not null default false,
    ended timestamptz, refusal text, report text, output text, entry text, salt text, offered text unique)`,
  'create index preparations_dataset on preparations (dataset_id, asked)',
  `create table privacy_debits (
    preparation text primary key, population text not null, plan text not null, rho double precision not null,
    epsilon double precision not null, delta double precision not null, at timestamptz not null)`,
  'create index privacy_debits_population on privacy_debits (population, at)',
  `create table privacy_budgets (
    seq bigint generated always as identity primary key, population text not null, epsilon double precision not null,
    delta double precision not null, person text not null, at timestamptz not null)`,
];

/** Preparation, as the migrator takes it. */
export const preparation: Migration = { up };
