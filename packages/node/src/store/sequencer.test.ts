import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  checkSignedCheckpoint,
  decodeBundle,
  encodeEntry,
  inclusionProof,
  type LogEntry,
  leafHash,
  type TileAddress,
  verifyInclusion,
} from '@comity/prove';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sha256, signatureChecks } from '../keys/crypto.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../postgres/embedded.ts';
import { type Connection, connect } from './database.ts';
import type { Log } from './log.ts';
import { entriesBetween, entriesOf, type Head, placeOfAct, readBundle, readHead, readTile } from './logRead.ts';
import type { LogWriter } from './logWriter.ts';
import { createDatabase, dropDatabase, migrateDatabase } from './provision.ts';
import { openLog } from './sequencer.ts';
import { lastEntryAt, stageEntries } from './stage.ts';
import { testEntry, testLogKeys, testWriter } from './testing/log.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-log-'));
// mkdtemp makes a folder that others cannot enter; as root the data would then lie elsewhere.
chmodSync(dir, 0o755);
const YEAR = 2026;
let postgres: EmbeddedPostgres;
let connection: Connection;
let url: string;
let heads: string;
let open: Log[] = [];
let made = 0;

beforeAll(async () => {
  postgres = await startEmbeddedPostgres(dir);
  await createDatabase(postgres.url('postgres'), 'template_log');
  await migrateDatabase(postgres.url('template_log'));
});

beforeEach(async () => {
  made += 1;
  heads = join(dir, `heads-${made}`);
  mkdirSync(heads);
  url = postgres.url(`log_${made}`);
  await createDatabase(postgres.url('postgres'), `log_${made}`, 'template_log');
  connection = connect(url, 8);
});

afterEach(async () => {
  for (const log of open) await log.stop();
  open = [];
  await connection.close();
  await dropDatabase(postgres.url('postgres'), `log_${made}`);
});

afterAll(async () => {
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
});

function start(writer: LogWriter = testWriter(heads)): Log {
  const log = openLog(url, writer);
  open.push(log);
  return log;
}

async function stop(log: Log): Promise<void> {
  await log.stop();
  open = open.filter((one) => one !== log);
}

const stage = (entries: readonly LogEntry[]): Promise<void> =>
  connection.db.transaction().execute((tx) =>
    stageEntries(
      tx,
      entries.map((entry) => ({ entry })),
    ),
  );

const bytes = (count: number): readonly Uint8Array[] => Array.from({ length: count }, () => encodeEntry(testEntry()));

async function head(year = YEAR): Promise<Head> {
  const found = await readHead(connection.db, year);
  if (found === undefined) throw new Error('there is no head');
  return found;
}

/** Derives the tree again from the stored entries and compares it with the stored tiles and the signed head. */
async function expectSound(year = YEAR): Promise<bigint> {
  const { size, root, checkpoint } = await head(year);
  const [ed25519, mlDsa44] = testLogKeys(`log.example/${year}`);
  const logs = [{ origin: `log.example/${year}`, keys: [ed25519, mlDsa44] }];
  const signed = checkSignedCheckpoint(checkpoint, { logs, sha256, checks: signatureChecks });
  expect(signed.ok && signed.value.checkpoint).toMatchObject({ size, root: new Uint8Array(root) });
  const entries = await entriesBetween(connection.db, year, { from: 0n, until: size });
  expect(BigInt(entries.length)).toBe(size);
  const read = (address: TileAddress): Promise<Uint8Array> => readTile(connection.db, year, address);
  for (const [i, entry] of entries.entries()) {
    if (i % 37 !== 0 && i !== entries.length - 1) continue;
    const index = BigInt(i);
    const proof = await inclusionProof({ index, size }, read, sha256);
    expect(verifyInclusion({ index, size, root, proof, leaf: leafHash(entry, sha256) }, sha256)).toBe(true);
  }
  return size;
}

describe('the sequencer', () => {
  it('puts what many transactions stage into one tree, and says where each stands within 250 ms', async () => {
    const log = start();
    const batches = Array.from({ length: 30 }, (_, i) => Array.from({ length: 1 + (i % 11) }, () => testEntry()));
    await Promise.all(batches.map(stage));
    const places = await Promise.all(batches.flat().map(({ id }) => log.placeOf(id)));
    const total = batches.flat().length;
    expect(new Set(places.map((place) => place?.index)).size).toBe(total);
    expect(await expectSound()).toBe(BigInt(total));
    const began = performance.now();
    const late = testEntry();
    await stage([late]);
    expect(await log.placeOf(late.id)).toEqual({ year: YEAR, index: BigInt(total) });
    expect(performance.now() - began).toBeLessThan(250);
  });

  it('tells everybody who waits for one entry', async () => {
    const log = start();
    const entry = testEntry();
    const waiting = [log.placeOf(entry.id), log.placeOf(entry.id)];
    await stage([entry]);
    expect(await Promise.all(waiting)).toEqual([0n, 0n].map((index) => ({ year: YEAR, index })));
  });

  it('stages nothing of a transaction that fails', async () => {
    const log = start();
    const failing = connection.db.transaction().execute(async (tx) => {
      await stageEntries(tx, [{ entry: testEntry() }]);
      throw new Error('the act behind it failed');
    });
    await expect(failing).rejects.toThrow('the act behind it failed');
    await stage([testEntry()]);
    const last = testEntry();
    await stage([last]);
    expect((await log.placeOf(last.id))?.index).toBe(1n);
  });

  it('cannot hold two entries for one act, staged or in the tree', async () => {
    const log = start();
    const act = 'a'.repeat(64);
    const first = testEntry({ act });
    await stage([first]);
    await log.placeOf(first.id);
    expect(await placeOfAct(connection.db, act)).toEqual({ year: YEAR, index: 0n });
    await expect(stage([testEntry({ act })])).rejects.toThrow('log_index_act');
    await stop(log);
    await stage([testEntry({ act: 'b'.repeat(64) })]);
    await expect(stage([testEntry({ act: 'b'.repeat(64) })])).rejects.toThrow('log_staged_act');
  });

  it('keeps full bundles and tiles for good, over the edge of a bundle, in batches of every size', async () => {
    const log = start();
    for (const count of [1, 254, 1, 1, 255, 257, 700, 1]) await log.append(bytes(count));
    expect(await expectSound()).toBe(1470n);
    const before = await readBundle(connection.db, YEAR, { index: 0n, width: 256 });
    await log.append(bytes(300));
    expect(await readBundle(connection.db, YEAR, { index: 0n, width: 256 })).toEqual(before);
    expect(await readBundle(connection.db, YEAR, { index: 6n, width: 234 })).toBeDefined();
    expect(await readBundle(connection.db, YEAR, { index: 6n, width: 235 })).toBeUndefined();
    const decoded = decodeBundle((await readBundle(connection.db, YEAR, { index: 5n, width: 190 })) ?? new Uint8Array());
    expect(decoded.ok && decoded.value.length).toBe(190);
  });

  it('finds the entries of a case again, byte for byte, whether staged or appended', async () => {
    const log = start();
    const mine = Array.from({ length: 5 }, () => testEntry({ case: 'case-7' }));
    await log.append([...bytes(300), encodeEntry(testEntry({ case: 'case-7' }))]);
    for (const entry of mine) await stage([entry]);
    await log.append(bytes(400));
    for (const { id } of mine) await log.placeOf(id);
    const found = await entriesOf(connection.db, 'case-7');
    expect(found.slice(1).map(({ bytes: kept }) => kept)).toEqual(mine.map((entry) => encodeEntry(entry)));
    expect(found[0]?.index).toBe(300n);
  });

  it('knows when the last entry of a case was made before it stands in the tree', async () => {
    await stage([testEntry({ case: 'case-8', at: '2026-11-22T11:00:00.000Z' })]);
    const last = (): Promise<string | undefined> => connection.db.transaction().execute((tx) => lastEntryAt(tx, 'case-8'));
    expect(await last()).toBe('2026-11-22T11:00:00.000Z');
    const log = start();
    const late = testEntry({ case: 'case-8', at: '2026-11-22T12:00:00.000Z' });
    await stage([late]);
    await log.placeOf(late.id);
    expect(await last()).toBe('2026-11-22T12:00:00.000Z');
  });

  it('keeps a log for each year, by the time of the entry', async () => {
    const log = start();
    const [old, fresh] = [testEntry({ at: '2026-12-31T23:59:59.999Z' }), testEntry({ at: '2027-01-01T00:00:00.000Z' })];
    await stage([fresh, old]);
    expect(await log.placeOf(old.id)).toEqual({ year: 2026, index: 0n });
    expect(await log.placeOf(fresh.id)).toEqual({ year: 2027, index: 0n });
    expect(await expectSound(2026)).toBe(1n);
    expect(await expectSound(2027)).toBe(1n);
  });
});

describe('twin writers on one database', () => {
  it('never both write: one sequences, the other waits, and takes over when the first is gone', async () => {
    const first = start();
    await first.append(bytes(3));
    const second = start();
    const one = testEntry();
    await stage([one]);
    expect(await second.placeOf(one.id)).toEqual({ year: YEAR, index: 3n });
    expect([first.standing(), second.standing()]).toEqual(['writing', 'waiting']);
    const late = second.append(bytes(2));
    await stop(first);
    expect((await late).index).toBe(4n);
    expect(await expectSound()).toBe(6n);
  });

  it('stop when somebody moved the tree past the lock, and go on from what is there', async () => {
    const writer = testWriter(heads);
    const log = start(writer);
    await log.append(bytes(2));
    await connection.db.updateTable('log_heads').set({ redactions: 7 }).where('year', '=', YEAR).execute();
    expect((await log.append(bytes(2))).index).toBe(2n);
    expect(writer.reported.length).toBe(1);
    expect(await expectSound()).toBe(4n);
  });
});

describe('a broken connection', () => {
  it('loses no acknowledged entry and doubles none', async () => {
    const log = start();
    const all: Promise<unknown>[] = [];
    const sent: Uint8Array[] = [];
    const admin = new pg.Client({ connectionString: postgres.url('postgres') });
    await admin.connect();
    for (let round = 0; round < 8; round++) {
      for (let i = 0; i < 10; i++) {
        const batch = bytes(50);
        sent.push(...batch);
        all.push(log.append(batch));
      }
      await new Promise((done) => setTimeout(done, 5 + round * 3));
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and query like $2', [
        `log_${made}`,
        '%log_heads%',
      ]);
    }
    await Promise.all(all);
    await admin.end();
    expect(await expectSound()).toBe(BigInt(sent.length));
    const kept = await entriesBetween(connection.db, YEAR, { from: 0n, until: 10_000n });
    expect(new Set(kept.map((entry) => Buffer.from(entry).toString('hex'))).size).toBe(sent.length);
  });
});

describe('the head outside the database', () => {
  it('is written before anybody is told', async () => {
    const log = start();
    await log.append(bytes(4));
    expect(readFileSync(join(heads, `log-${YEAR}`), 'utf8')).toBe((await head()).checkpoint);
  });

  it('makes a database that was set back refuse to sign, and nothing staged is integrated', async () => {
    const log = start();
    await log.append(bytes(5));
    const before = readFileSync(join(heads, `log-${YEAR}`), 'utf8');
    await log.append(bytes(5));
    const after = readFileSync(join(heads, `log-${YEAR}`), 'utf8');
    await stop(log);
    await setBack(5);
    writeFileSync(join(heads, `log-${YEAR}`), after);
    const writer = testWriter(heads);
    const restored = start(writer);
    const entry = testEntry();
    await stage([entry]);
    expect(await restored.placeOf(entry.id, 700)).toBeUndefined();
    expect(restored.standing()).toBe('behind');
    expect(writer.reported.join()).toContain('the database is at 5');
    await stop(restored);
    writeFileSync(join(heads, `log-${YEAR}`), before);
    const sound = start();
    expect((await sound.placeOf(entry.id))?.index).toBe(5n);
  });

  it('that is lost counts as set back: a database with entries and no second head signs nothing', async () => {
    const log = start();
    await log.append(bytes(5));
    await stop(log);
    rmSync(join(heads, `log-${YEAR}`));
    const restored = start();
    const entry = testEntry();
    await stage([entry]);
    expect(await restored.placeOf(entry.id, 700)).toBeUndefined();
    expect(restored.standing()).toBe('behind');
  });

  it('that cannot be written lets nothing be acknowledged, and everything once the disk is well', async () => {
    let broken = true;
    const base = testWriter(heads);
    const writer = testWriter(heads, {
      headFileOf: (year) => ({
        read: () => base.headFileOf(year).read(),
        write: async (note) => {
          if (broken) throw Object.assign(new Error('i/o error'), { code: 'EIO' });
          await base.headFileOf(year).write(note);
        },
      }),
    });
    const log = start(writer);
    let told = false;
    const appended = log.append(bytes(3)).then((place) => {
      told = true;
      return place;
    });
    await new Promise((done) => setTimeout(done, 900));
    expect(told).toBe(false);
    broken = false;
    expect((await appended).index).toBe(0n);
    expect(await expectSound()).toBe(3n);
  });

  it('goes on from the database when a crash came between the two', async () => {
    const log = start();
    await log.append(bytes(5));
    const before = readFileSync(join(heads, `log-${YEAR}`), 'utf8');
    await log.append(bytes(5));
    await stop(log);
    writeFileSync(join(heads, `log-${YEAR}`), before);
    const again = start();
    expect((await again.append(bytes(1))).index).toBe(10n);
  });
});

/** Puts the database back to a size, as a restored backup is. */
async function setBack(size: number): Promise<void> {
  const entries = await entriesBetween(connection.db, YEAR, { from: 0n, until: BigInt(size) });
  const { db } = connection;
  for (const table of ['log_heads', 'log_tiles', 'log_tail', 'log_bundles', 'log_index'] as const)
    await db.deleteFrom(table).execute();
  const backup = join(dir, `backup-${randomBytes(4).toString('hex')}`);
  mkdirSync(backup);
  const writer = openLog(url, testWriter(backup));
  await writer.append(entries);
  await writer.stop();
}
