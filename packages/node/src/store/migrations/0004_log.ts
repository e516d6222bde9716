import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * The log as its one sequencer writes it: acts stage their entries, the sequencer puts them into the tree of their year. Full bundles and tiles never change;
 * what is not yet a full bundle lies entry by entry in the tail. A log that an earlier version wrote keeps its entries and their places; its next
 * checkpoint is made from them.
 */
async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const YEAR = "(select extract(year from min(at) at time zone 'UTC') from log_entries)";
const FULL = '(select count(*) / 256 * 256 from log_entries)';

const STATEMENTS = [
  `create table log_staged (
    seq bigint generated always as identity primary key, id text not null unique, at timestamptz not null, type text not null, case_id text not null,
    act text, bytes bytea not null)`,
  // One entry for each act by which this node made or took it in; that it was receipted by others is said as often as it was.
  "create unique index log_staged_act on log_staged (act) where act is not null and type not like 'receipted.%'",
  'create index log_staged_case on log_staged (case_id)',
  `create table log_heads (
    year smallint primary key, size bigint not null, root bytea not null, checkpoint text not null, at timestamptz not null,
    indexed bigint not null default 0, redactions integer not null default 0, outside boolean not null default true, witnessed text, witnessed_size bigint not null default 0, witnessed_at timestamptz)`,
  'create table log_bundles (year smallint not null, index bigint not null, bytes bytea not null, primary key (year, index))',
  'alter table log_bundles alter column bytes set storage external',
  'create table log_tail (year smallint not null, index bigint not null, bytes bytea not null, primary key (year, index))',
  `create table log_index (
    year smallint not null, index bigint not null, id text not null, at timestamptz not null, type text not null, case_id text not null, act text,
    from_byte integer not null, byte_count integer not null, primary key (year, index))`,
  'create index log_index_case on log_index (case_id, year, index)',
  "create unique index log_index_act on log_index (act) where act is not null and type not like 'receipted.%'",
  'create unique index log_index_id on log_index (id)',
  // What a blinded entry hides until its day; the log holds the commitment to it alone.
  'create table log_blinded (id text primary key, salt text not null, inner_bytes bytea not null, until timestamptz not null)',
  // The log of an earlier version, with every entry in its place.
  `insert into log_index select ${YEAR}, index, id, at, type, case_id, act, from_byte, byte_count from (
     select index, convert_from(bytes, 'UTF8')::json ->> 'id' as id, at, type, case_id, act, length(bytes) as byte_count,
       (sum(length(bytes) + 2) over (partition by index / 256 order by index) - length(bytes))::integer as from_byte from log_entries) as placed`,
  `insert into log_bundles select ${YEAR}, index / 256, string_agg(int2send(length(bytes)::smallint) || bytes, ''::bytea order by index)
     from log_entries where index < ${FULL} group by index / 256`,
  `insert into log_tail select ${YEAR}, index, bytes from log_entries where index >= ${FULL}`,
  'alter table log_tiles rename to log_tiles_before',
  `create table log_tiles (year smallint not null, level smallint not null, index bigint not null, bytes bytea not null, primary key (year, level, index))`,
  `insert into log_tiles select distinct on (level, index) ${YEAR}, level, index, bytes from log_tiles_before order by level, index, width desc`,
  // An earlier version kept no head outside the database: its absence says nothing about this log yet.
  `insert into log_heads (year, size, root, checkpoint, at, indexed, outside)
     select ${YEAR}, size, decode(split_part(checkpoint, E'\\n', 3), 'base64'), checkpoint, now(), size, false from log_head where size > 0`,
  'drop table log_tiles_before, log_entries, log_head',
  // A reading opens what it names once its entry stands in the tree; `item` is the payload that was opened, null for the case itself.
  'alter table reads add column entry text, add column item text',
];

/** The sequenced log, as the migrator takes it. */
export const log: Migration = { up };
