import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Party, toHex } from '@comity/core';
import { decodeEntry, emptyEdge, encodeEntry, growTree, type LogEntry, leafHash, type TileAddress } from '@comity/prove';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../keys/crypto.ts';
import { nodeTreeHasher } from '../keys/treeHasher.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../postgres/embedded.ts';
import { type Connection, connect } from '../store/database.ts';
import type { Log } from '../store/log.ts';
import { entriesBetween, entriesOf, leafAt, placeOfAct, readHead, readTile } from '../store/logRead.ts';
import { createDatabase, dropDatabase, migrateDatabase } from '../store/provision.ts';
import { openLog } from '../store/sequencer.ts';
import { stageEntries } from '../store/stage.ts';
import { testEntry, testWriter } from '../store/testing/log.ts';
import { type RedactionOrder, signOrder } from './order.ts';
import { type Redacting, redactEntry } from './redact.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-redact-'));
// mkdtemp makes a folder that others cannot enter; as root the data would then lie elsewhere.
chmodSync(dir, 0o755);
const YEAR = 2026;
const NOW = '2026-11-22T12:00:00.000Z';
const FROM = '2026-01-01T00:00:00.000Z';
let postgres: EmbeddedPostgres;
let connection: Connection;
let log: Log;
let made = 0;

beforeAll(async () => {
  postgres = await startEmbeddedPostgres(dir);
  await createDatabase(postgres.url('postgres'), 'template_redact');
  await migrateDatabase(postgres.url('template_redact'));
});

beforeEach(async () => {
  made += 1;
  await createDatabase(postgres.url('postgres'), `redact_${made}`, 'template_redact');
  connection = connect(postgres.url(`redact_${made}`), 6);
  log = openLog(postgres.url(`redact_${made}`), testWriter(join(dir, `heads-${made}`)));
});

afterEach(async () => {
  await log.stop();
  await connection.close();
  await dropDatabase(postgres.url('postgres'), `redact_${made}`);
});

afterAll(async () => {
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** A party with one signing key. */
function partyOf(id: string, kind: string, more: Partial<Party> = {}): { readonly party: Party; readonly key: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const card = { id: `${id}#sign-1`, use: 'sign', public: publicKey.export({ format: 'jwk' }).x ?? '', from: FROM } as const;
  const party = {
    ...{ id, name: id, country: 'PT', zone: 'UTC', kind, endpoint: '', persons: [], powers: [] },
    ...{ logOrigin: id === 'pt' ? 'log.example' : `${id}.example`, from: FROM, keys: [card] },
    ...more,
  };
  return { party, key: privateKey };
}

const pt = partyOf('pt', 'court');
const [board, second] = [partyOf('board', 'overseer'), partyOf('second', 'overseer')];
const past = partyOf('past', 'overseer', { until: '2026-06-01T00:00:00.000Z' });

const house = (more: Partial<Redacting> = {}): Redacting => ({
  party: pt.party,
  directory: {
    ...{ v: 1, env: 'sandbox', issued: FROM, until: '2027-01-01T00:00:00.000Z' },
    parties: [pt, board, second, past].map(({ party }) => party),
  },
  random: (count) => randomBytes(count),
  now: () => NOW,
  db: connection.db,
  log,
  redactionOrders: 1,
  ...more,
});

async function orderFor(index: number, by = board, change: Partial<RedactionOrder> = {}): Promise<RedactionOrder> {
  const leaf = toHex(await leafAt(connection.db, { year: YEAR, index: BigInt(index) }));
  const redaction = { origin: `log.example/${YEAR}`, index: String(index), leaf, reason: 'personal-data' } as const;
  const overseer = { ...by.party, kind: 'overseer' };
  const order = await signOrder({ party: overseer, now: FROM }, redaction, (message) => sign(null, message, by.key));
  if (!order.ok) throw new Error(order.refusal.code);
  return { ...order.value, ...change };
}

async function codeOf(given: readonly unknown[], more: Partial<Redacting> = {}): Promise<string> {
  const done = await redactEntry(house(more), given);
  return done.ok ? 'redacted' : done.refusal.code;
}

async function stage(entries: readonly LogEntry[]): Promise<void> {
  await connection.db.transaction().execute((tx) =>
    stageEntries(
      tx,
      entries.map((entry) => ({ entry })),
    ),
  );
  for (const { id } of entries) await log.placeOf(id);
}

const many = (count: number, more: Partial<LogEntry> = {}): readonly LogEntry[] =>
  Array.from({ length: count }, () => testEntry(more));

/** Derives the whole tree again: from the bytes, and where they were blanked from the level-0 tile. Gives the indexes of blank entries. */
async function expectSound(year = YEAR): Promise<readonly number[]> {
  const head = await readHead(connection.db, year);
  const size = head?.size ?? 0n;
  const entries = await entriesBetween(connection.db, year, { from: 0n, until: size });
  expect(BigInt(entries.length)).toBe(size);
  const leaves = await Promise.all(
    entries.map((bytes, i) => (bytes.length > 0 ? leafHash(bytes, sha256) : leafAt(connection.db, { year, index: BigInt(i) }))),
  );
  const grown = growTree(emptyEdge(), Buffer.concat(leaves), nodeTreeHasher);
  expect(Buffer.from(grown.root)).toEqual(Buffer.from(head?.root ?? []));
  for (const tile of grown.tiles) {
    const address: TileAddress = tile;
    expect(Buffer.from(await readTile(connection.db, year, address))).toEqual(Buffer.from(tile.bytes));
  }
  return entries.flatMap((bytes, i) => (bytes.length === 0 ? [i] : []));
}

/** Every entry that can be found is found with its own bytes, wherever they have moved to. */
async function expectFindable(entries: readonly LogEntry[], caseId: string): Promise<void> {
  const found = (await entriesOf(connection.db, caseId)).map(({ bytes }) => Buffer.from(bytes).toString());
  expect(found).toEqual(entries.map((entry) => Buffer.from(encodeEntry(entry)).toString()));
}

describe('an entry that is redacted by order', () => {
  it('in the tail loses its bytes and nothing else, also when the bundle fills up afterwards', async () => {
    const mine = many(100, { case: 'mine' });
    await stage([...mine.slice(0, 10), testEntry({ case: 'other', act: 'a'.repeat(64), t: 'act.draft' }), ...mine.slice(10, 20)]);
    const leaf = toHex(await leafAt(connection.db, { year: YEAR, index: 10n }));
    const done = await redactEntry(house(), [await orderFor(10)]);
    expect(done.ok && done.value.place).toEqual({ year: YEAR, index: 10n });
    await log.placeOf(done.ok ? done.value.entry : '');
    expect(await expectSound()).toEqual([10]);
    await expectFindable(mine.slice(0, 20), 'mine');
    await stage([...mine.slice(20), ...many(200)]);
    expect(await expectSound()).toEqual([10]);
    await expectFindable(mine, 'mine');
    const [blank, said] = await entriesOf(connection.db, 'other');
    expect(blank?.bytes.length).toBe(0);
    const entry = decodeEntry(said?.bytes ?? new Uint8Array());
    expect(entry.ok && entry.value).toMatchObject({
      ...{ t: 'redacted', case: 'other', index: '10', refs: [leaf], was: 'act.draft', act: 'a'.repeat(64) },
      ...{ decision: 'personal-data', orders: [{ key: 'board#sign-1' }] },
    });
    expect(await placeOfAct(connection.db, 'a'.repeat(64))).toEqual({ year: YEAR, index: 10n });
  });

  it('in a full bundle, one after the other, leaves every other entry findable', async () => {
    const mine = many(600, { case: 'mine' });
    await stage(mine);
    for (const index of [0, 255, 256, 300, 599]) expect(await codeOf([await orderFor(index)])).toBe('redacted');
    await stage(many(300));
    expect(await expectSound()).toEqual([0, 255, 256, 300, 599]);
    const found = await entriesOf(connection.db, 'mine');
    const legible = found.filter(({ bytes }) => bytes.length > 0).map(({ bytes }) => Buffer.from(bytes).toString());
    const kept = mine
      .filter((_, i) => ![0, 255, 256, 300, 599].includes(i))
      .map((entry) => Buffer.from(encodeEntry(entry)).toString());
    expect(legible.slice(0, kept.length)).toEqual(kept);
    expect(legible.length).toBe(kept.length + 5);
  });

  it('while entries are staged and appended from all sides stays blank, and no entry is lost', async () => {
    await stage(many(250, { case: 'early' }));
    const late = many(120, { case: 'late' });
    const redactions = (async () => {
      for (const index of [3, 100, 249]) expect(await codeOf([await orderFor(index)])).toBe('redacted');
    })();
    const appends = Array.from({ length: 6 }, () => log.append(many(20).map((entry) => encodeEntry(entry))));
    for (const entry of late) await stage([entry]);
    await Promise.all([redactions, ...appends]);
    await stage(many(1));
    expect(await expectSound()).toEqual([3, 100, 249]);
    await expectFindable(late, 'late');
  });

  it('is redacted by another process too, with the sequencer down; what was not yet indexed is indexed first', async () => {
    await log.append(many(300).map((entry) => encodeEntry(entry)));
    await log.stop();
    const done = await redactEntry(house(), [await orderFor(7)]);
    expect(done.ok).toBe(true);
    log = openLog(postgres.url(`redact_${made}`), testWriter(join(dir, `heads-${made}`)));
    expect((await log.placeOf(done.ok ? done.value.entry : ''))?.index).toBe(300n);
    expect(await expectSound()).toEqual([7]);
  });

  it('is spoken of in the log of its own year, also when the year is over', async () => {
    await stage(many(3));
    await stage([testEntry({ at: '2027-01-01T00:00:00.000Z' })]);
    const directory = { ...house().directory, until: '2028-01-01T00:00:00.000Z' };
    const done = await redactEntry(house({ directory, now: () => '2027-02-01T00:00:00.000Z' }), [await orderFor(1)]);
    expect(await log.placeOf(done.ok ? done.value.entry : '')).toEqual({ year: YEAR, index: 3n });
  });

  it('is blank again after a database was set back and the log has caught up, and catching up needs none of its bytes', async () => {
    await stage(many(300));
    await log.stop();
    await connection.close();
    const name = `redact_${made}`;
    await createDatabase(postgres.url('postgres'), `old_${made}`, name);
    connection = connect(postgres.url(name), 6);
    log = openLog(postgres.url(name), testWriter(join(dir, `heads-${made}`)));
    await stage(many(20));
    expect(await codeOf([await orderFor(7)])).toBe('redacted');
    expect(await codeOf([await orderFor(310)])).toBe('redacted');
    await stage(many(30));
    const note = (await readHead(connection.db, YEAR))?.checkpoint ?? '';
    const lost = (await entriesBetween(connection.db, YEAR, { from: 256n, until: 400n })).slice(300 - 256);
    await log.stop();
    await connection.close();
    connection = connect(postgres.url(`old_${made}`), 6);
    log = openLog(postgres.url(`old_${made}`), testWriter(join(dir, `heads-${made}`)));
    while (log.standing() !== 'behind') await new Promise((done) => setTimeout(done, 20));
    expect(await log.adopt({ year: YEAR, entries: lost.with(10, encodeEntry(testEntry())), note })).toBe(false);
    expect(await log.adopt({ year: YEAR, entries: lost, note })).toBe(true);
    expect(await expectSound()).toEqual([7, 310]);
    await stage(many(300));
    expect(await expectSound()).toEqual([7, 310]);
    await log.stop();
    await connection.close();
    await dropDatabase(postgres.url('postgres'), `old_${made}`);
    connection = connect(postgres.url(name), 6);
  });

  it('takes what a blinded entry hid with it', async () => {
    const inner = testEntry({ case: 'secret', t: 'act.draft', act: 'b'.repeat(64) });
    const entry = testEntry({ t: 'blinded', case: 'blinded', role: 'blinded', until: '2027-01-01T00:00:00.000Z' });
    const blinded = { entry, salt: 'A'.repeat(43), until: '2027-01-01T00:00:00.000Z' };
    await connection.db.transaction().execute((tx) => stageEntries(tx, [{ entry: inner, blinded }]));
    await log.placeOf(entry.id);
    expect(await codeOf([await orderFor(0)])).toBe('redacted');
    expect(await connection.db.selectFrom('log_blinded').select('id').execute()).toEqual([]);
  });
});

describe('an order', () => {
  it('counts only from overseers of the directory, with keys that hold, over this very entry', async () => {
    await stage(many(3));
    expect(await codeOf([])).toBe('orders-too-few');
    expect(await codeOf([await orderFor(1, pt)])).toBe('order-invalid');
    expect(await codeOf([await orderFor(1, past)])).toBe('order-invalid');
    expect(await codeOf([await orderFor(1, board, { key: 'second#sign-1' })])).toBe('order-invalid');
    expect(await codeOf([await orderFor(1, board, { index: '2' })])).toBe('order-invalid');
    expect(await codeOf([await orderFor(1, board, { reason: 'secret' })])).toBe('order-invalid');
    expect(await codeOf([{ ...(await orderFor(1)), note: 'free text' }])).toBe('order-invalid');
    expect(await codeOf(['nonsense'])).toBe('order-invalid');
    const overseer = { ...pt.party, kind: 'overseer' };
    const ownBoard = { ...house().directory, parties: [overseer, board.party] };
    expect(await codeOf([await orderFor(1, pt)], { directory: ownBoard, party: overseer })).toBe('order-invalid');
    expect(await expectSound()).toEqual([]);
  });

  it('is given by as many different overseers as the node asks for', async () => {
    await stage(many(3));
    const two = { redactionOrders: 2 };
    expect(await codeOf([await orderFor(1), await orderFor(1)], two)).toBe('orders-too-few');
    expect(await codeOf([await orderFor(1), await orderFor(2, second)], two)).toBe('order-invalid');
    expect(await codeOf([await orderFor(1), await orderFor(1, second)], two)).toBe('redacted');
    const entries = (await entriesBetween(connection.db, YEAR, { from: 0n, until: 10n })).map((bytes) => decodeEntry(bytes));
    expect(await codeOf([await orderFor(1)])).toBe('already-redacted');
    expect(entries.length).toBeGreaterThan(0);
  });

  it('is about a place of this log that is there, and never about another redaction', async () => {
    await stage(many(3));
    const done = await redactEntry(house(), [await orderFor(1)]);
    const place = await log.placeOf(done.ok ? done.value.entry : '');
    expect(await codeOf([await orderFor(Number(place?.index))])).toBe('order-invalid');
    const elsewhere = { ...pt.party, logOrigin: 'elsewhere.example' };
    expect(await codeOf([await orderFor(2)], { party: elsewhere })).toBe('entry-unknown');
    const beyond = await signOrder(
      { party: board.party, now: NOW },
      { origin: `log.example/${YEAR}`, index: '900', leaf: 'c'.repeat(64), reason: 'secret' },
      (message) => sign(null, message, board.key),
    );
    expect(await codeOf([beyond.ok ? beyond.value : ''])).toBe('entry-unknown');
    expect(
      await signOrder(
        { party: pt.party, now: NOW },
        { origin: 'a', index: '0', leaf: 'c'.repeat(64), reason: 'secret' },
        () => new Uint8Array(),
      ),
    ).toMatchObject({ ok: false });
  });
});
