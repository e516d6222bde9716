import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import { connect, migrate } from './database.ts';

/** Brings a database up to date: our tables and those of the job queue. Safe to call at every start. */
export async function migrateDatabase(url: string): Promise<void> {
  const connection = connect(url, 2);
  try {
    await migrate(connection.db);
    await runMigrations({ pgPool: connection.pool });
  } finally {
    await connection.close();
  }
}

/** Makes a database on a server if it is not there; as a copy of `template`, which nobody may be using, when one is named. True if it was made. */
export async function createDatabase(adminUrl: string, name: string, template?: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const there = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (there.rowCount !== 0) return false;
    const from = template === undefined ? '' : ` template ${pg.escapeIdentifier(template)}`;
    await client.query(`create database ${pg.escapeIdentifier(name)}${from}`);
    return true;
  } finally {
    await client.end();
  }
}

/** Removes a database with everything in it, if it is there. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
  } finally {
    await client.end();
  }
}
