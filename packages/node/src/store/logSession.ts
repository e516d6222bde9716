import type pg from 'pg';
import { clientOf, type Database, over } from './database.ts';
import { INDEXED } from './logIndex.ts';
import { STAGED } from './stage.ts';
import { LOG_LOCK } from './writeBatch.ts';

/** One connection on which a process may be the sequencer: the lock is held by the connection, so that whoever loses it can write nothing more. */
export class LogSession {
  readonly client: pg.Client;
  readonly db: Database;

  private constructor(client: pg.Client) {
    this.client = client;
    this.db = over(client);
  }

  /** Connects and listens; `notice` is called when something was staged or indexed. Rejects when the database cannot be reached. */
  static async open(url: string, notice: () => void): Promise<LogSession> {
    const client = clientOf(url);
    // A query that is under way is rejected too; without a listener a break in between would end the process.
    client.on('error', notice);
    client.on('end', notice);
    client.on('notification', notice);
    await client.connect();
    await client.query(`listen ${STAGED}; listen ${INDEXED}`);
    return new LogSession(client);
  }

  /** Tries to become the one writer. True when it is. */
  async takeLock(): Promise<boolean> {
    const found = await this.client.query<{ held: boolean }>(`select pg_try_advisory_lock(${LOG_LOCK}, 0) as held`);
    return found.rows[0]?.held === true;
  }

  async leaveLock(): Promise<void> {
    await this.client.query(`select pg_advisory_unlock(${LOG_LOCK}, 0)`);
  }

  async close(): Promise<void> {
    try {
      await this.client.end();
    } catch {
      // It was broken already.
    }
  }
}
