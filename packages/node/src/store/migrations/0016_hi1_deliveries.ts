import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Answers to tasks that travel as messages of others: what was given out and what came in, in parts, each sealed under the key of the import that it belongs to. */
async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table hi1_deliveries (
    side text not null check (side in ('sent', 'received')), counterpart text not null, id text not null,
    import_id text not null references imports (id), case_id text, item text not null, ldid text not null, encryption text,
    state text not null check (state in ('proposed', 'released', 'acknowledged', 'coming', 'landed', 'discarded', 'refused')),
    "exists" boolean, size bigint not null, sha256 text, person text, error int, changed timestamptz not null,
    primary key (side, counterpart, id))`,
  'create index hi1_deliveries_import on hi1_deliveries (import_id)',
  `create table hi1_parts (
    side text not null, counterpart text not null, delivery_id text not null, sequence int not null, object_id text not null,
    last boolean not null, acknowledged boolean not null, transaction_id text, written timestamptz, content bytea,
    primary key (side, counterpart, delivery_id, sequence),
    foreign key (side, counterpart, delivery_id) references hi1_deliveries (side, counterpart, id))`,
  'create index hi1_parts_object on hi1_parts (object_id)',
];

/** Deliveries, as the migrator takes them. */
export const hi1Deliveries: Migration = { up };
