import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { MIGRATIONS } from './migrations/index.ts';
import { preparing } from './prepared.ts';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;
export type Tx = Transaction<Tables>;

/** A database with its pool, which the job queue shares. */
export interface Connection {
  readonly db: Database;
  readonly pool: pg.Pool;
  readonly close: () => Promise<void>;
}

const TIMESTAMPTZ = 1184;

/** Opens a pool of connections. Times come back as Instants; 64-bit numbers as decimal texts, never rounded. */
export function connect(url: string, max = 8): Connection {
  const pool = new pg.Pool({ connectionString: url, max, types: { getTypeParser: parserFor }, idleTimeoutMillis: 60_000 });
  // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    preparing(client);
  });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => db.destroy() };
}

/** The same queries over one client of its own, which the caller opens and closes. */
export function over(client: pg.Client): Database {
  const connect = async () => Object.assign(client, { release: () => undefined });
  const pool = { connect, end: async () => undefined, options: {} };
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

/** A client of its own, with the same reading of types. Not yet connected. */
export function clientOf(url: string): pg.Client {
  const client = new pg.Client({ connectionString: url, types: { getTypeParser: parserFor } });
  preparing(client);
  return client;
}

// pg's own signature for type parsers is loose; this is the one place that narrows it.
const parserFor: pg.CustomTypesConfig['getTypeParser'] = (oid: number, format?: 'text' | 'binary') =>
  oid === TIMESTAMPTZ ? (text: string) => new Date(text).toISOString() : pg.types.getTypeParser(oid, format ?? 'text');

/** Brings the tables up to date; a failed migration changes nothing and throws. */
export async function migrate(db: Database): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error instanceof Error ? error : new Error(String(error));
}
