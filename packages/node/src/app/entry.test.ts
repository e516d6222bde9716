import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../postgres/embedded.ts';
import { type Connection, connect } from '../store/database.ts';
import type { Log } from '../store/log.ts';
import { readHead } from '../store/logRead.ts';
import { createDatabase, migrateDatabase } from '../store/provision.ts';
import { openLog } from '../store/sequencer.ts';
import { stageEntries } from '../store/stage.ts';
import { testEntry, testWriter } from '../store/testing/log.ts';
import { nextInstant } from './entry.ts';
import type { House } from './house.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-entry-'));
chmodSync(dir, 0o755);
let postgres: EmbeddedPostgres;
let connection: Connection;
let log: Log;
let time = Date.parse('2026-11-22T12:00:00.000Z');

beforeAll(async () => {
  postgres = await startEmbeddedPostgres(dir);
  await createDatabase(postgres.url('postgres'), 'entry');
  await migrateDatabase(postgres.url('entry'));
  connection = connect(postgres.url('entry'));
  log = openLog(postgres.url('entry'), testWriter(join(dir, 'heads'), { clock: () => time }));
});

afterAll(async () => {
  await log.stop();
  await connection.close();
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
});

const now = (): string => new Date(time).toISOString();

/** Stages an entry of the case as an act does, at the time that it may have. */
async function act(): Promise<string> {
  const entry = await connection.db.transaction().execute(async (tx) => {
    const at = await nextInstant({ now } as House, tx, 'case-1'); // nothing else of a house is asked for the time
    const made = testEntry({ at });
    await stageEntries(tx, [{ entry: made }]);
    return made;
  });
  expect(await log.placeOf(entry.id)).toBeDefined();
  return entry.at;
}

describe('a clock that was set back', () => {
  it('dates no entry of a case before the last one, staged or in the tree, and the tree goes on', async () => {
    expect(await act()).toBe('2026-11-22T12:00:00.000Z');
    time -= 3_600_000;
    expect(await act()).toBe('2026-11-22T12:00:00.000Z');
    time += 2 * 3_600_000;
    expect(await act()).toBe('2026-11-22T13:00:00.000Z');
    expect((await readHead(connection.db, 2026))?.size).toBe(3n);
  });
});
