import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256, signatureChecks } from '@comity/node/keys';
import {
  COSIGNATURE,
  checkExtends,
  checkSignedCheckpoint,
  cosign,
  formatNote,
  formatVerifierKey,
  parseAddCheckpoint,
  parseNote,
  parsePolicy,
  verifyConsistency,
} from '@comity/prove';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newSigner, ServedLog } from '../testing/servedLog.ts';
import { publicLog } from './fetchLog.ts';
import { codeOfLook, type Following, type Look, lookAt } from './look.ts';

const MINUTE = 60_000;
let log: ServedLog;
let url = '';
let dir = '';
let now = 0;

beforeEach(async () => {
  log = new ServedLog();
  url = await log.listen();
  dir = mkdtempSync(join(tmpdir(), 'comity-monitor-'));
  now = Date.parse('2026-11-26T08:00:00.000Z');
});
afterEach(() => {
  log.close();
  rmSync(dir, { recursive: true, force: true });
});

const entries = (count: number, from = 0): string[] => Array.from({ length: count }, (_, i) => `entry ${from + i}`);
const following = (change: Partial<Following> = {}): Following => ({
  log: { origin: log.origin, keys: log.signers.map(({ key }) => key) },
  policy: undefined,
  dir,
  stale: 90 * MINUTE,
  now: () => now,
  sha256,
  checks: signatureChecks,
  ...change,
});
const look = (change: Partial<Following> = {}): Promise<Look> => lookAt(publicLog(url), following(change));
const evidenceIn = (found: Look): readonly string[] => readdirSync(found.evidence ?? '').sort();

describe('an honest log', () => {
  it.each([
    [1, 1],
    [5, 300],
    [256, 1],
    [300, 700],
    [0, 3],
    [70_000, 5],
  ])('of %i entries that grows by %i is followed', async (first, more) => {
    await log.grow(entries(first), now);
    expect(await look()).toMatchObject({ found: 'first', size: String(first) });
    await log.grow(entries(more, first), now);
    const grown = await look();
    expect(grown).toEqual({ found: 'grown', origin: log.origin, size: String(first + more), kept: String(first) });
    expect(codeOfLook(grown)).toBe(0);
    expect(await look()).toMatchObject({ found: 'same' });
  });

  it('whose partial tile is gone is asked for the full one', async () => {
    await log.grow(entries(200), now);
    await look();
    await log.grow(entries(200, 200), now);
    for (const path of [...log.served.keys()].filter((path) => path.includes('.p/'))) {
      if (log.served.has(path.replace(/\.p.*/, '')) || path === 'tile/0/000.p/200') log.served.delete(path);
    }
    expect(await look()).toMatchObject({ found: 'grown' });
  });

  it('that signs its old head again is not frozen; one that signs nothing is', async () => {
    await log.grow(entries(3), now);
    await look();
    now += 80 * MINUTE;
    await log.grow([], now);
    expect(await look()).toMatchObject({ found: 'same' });
    now += 91 * MINUTE;
    const frozen = await look();
    expect([frozen.found, codeOfLook(frozen)]).toEqual(['frozen', 1]);
  });

  it('that was frozen before anybody looked is frozen, and a signature from the future does not thaw it', async () => {
    await log.grow(entries(3), now - 91 * MINUTE);
    expect(await look()).toMatchObject({ found: 'frozen' });
    await log.grow([], now + 365 * 24 * 60 * MINUTE);
    expect(await look()).toMatchObject({ found: 'same' });
    now += 91 * MINUTE;
    expect(await look()).toMatchObject({ found: 'frozen' });
  });
});

describe('a log that lies', () => {
  it('by showing another history is caught, with both notes and a proof that anybody can check', async () => {
    const first = await log.grow(entries(300), now);
    await look();
    log.rewrite();
    const second = await log.grow(['another', ...entries(600, 1)], now);
    const found = await look();
    expect([found.found, codeOfLook(found)]).toEqual(['forked', 2]);
    expect(evidenceIn(found)).toEqual(['claimed-root.txt', 'kept.note', 'proof.txt', 'served.note']);
    const read = (name: string): string => readFileSync(join(found.evidence ?? '', name), 'utf8');
    expect([read('kept.note'), read('served.note')]).toEqual([first, second]);
    const heads = [first, second].map((note) => checkSignedCheckpoint(note, { ...following(), logs: [following().log] }));
    const [older, newer] = heads.map((head) => (head.ok ? head.value.checkpoint : undefined));
    const proof = parseAddCheckpoint(read('proof.txt'));
    if (older === undefined || newer === undefined || !proof.ok) throw new Error('the evidence cannot be read');
    expect(checkExtends({ older, newer, proof: proof.value.proof }, sha256)).toMatchObject({ ok: false, code: 'consistency' });
    const [, root = ''] = read('claimed-root.txt').split('\n');
    const claim = { oldSize: older.size, newSize: newer.size, oldRoot: Buffer.from(root, 'base64'), newRoot: newer.root };
    expect(verifyConsistency({ ...claim, proof: proof.value.proof }, sha256)).toBe(true);
  });

  it('by two heads of one size is caught', async () => {
    await log.grow(entries(3), now);
    await look();
    log.rewrite();
    await log.grow(entries(3, 9), now);
    expect(await look()).toMatchObject({ found: 'forked', size: '3', kept: '3' });
  });

  it('by going back is caught again and again, keeps its head, and the evidence is laid down once', async () => {
    await log.grow(entries(5), now);
    const before = log.served.get('checkpoint');
    await look();
    await log.grow(entries(5, 5), now);
    await look();
    log.served.set('checkpoint', before ?? '');
    const found = await look();
    expect([found.found, codeOfLook(found)]).toEqual(['rolled-back', 2]);
    expect(await look()).toEqual(found);
    expect(readdirSync(join(dir, 'evidence'))).toHaveLength(1);
    expect(JSON.parse(readFileSync(join(dir, 'kept.json'), 'utf8')).note).toContain('\n10\n');
  });

  it('by signing what its tiles do not give is caught, at first sight and later', async () => {
    await log.grow(entries(300), now);
    log.served.set('tile/0/001.p/44', Buffer.alloc(44 * 32, 1));
    expect(await look()).toMatchObject({ found: 'unsupported' });
    log.rewrite();
    await log.grow(entries(300), now);
    await look();
    await log.grow(entries(300, 300), now);
    for (const wrong of [undefined, Buffer.alloc(256 * 32, 1), Buffer.alloc(7), Buffer.alloc(100_000)]) {
      if (wrong === undefined) log.served.delete('tile/0/001');
      else log.served.set('tile/0/001', wrong);
      const found = await look();
      expect([found.found, codeOfLook(found)]).toEqual(['unsupported', 2]);
    }
  });

  it('by leaving out one of its signatures is caught', async () => {
    await log.grow(entries(3), now);
    await look();
    const note = await log.grow(entries(3, 3), now, log.signers.slice(0, 1));
    const found = await look();
    expect([found.found, codeOfLook(found)]).toEqual(['downgraded', 2]);
    expect(readFileSync(join(found.evidence ?? '', 'served.note'), 'utf8')).toBe(note);
  });
});

describe('what says nothing about the log', () => {
  it('is a server that fails, is gone, sends elsewhere or serves something else', async () => {
    await log.grow(entries(3), now);
    log.failing = 503;
    const failing = await look();
    expect([failing.found, codeOfLook(failing)]).toEqual(['unreachable', 3]);
    log.failing = 302;
    expect(await look()).toMatchObject({ found: 'unreachable' });
    log.failing = 0;
    for (const [body, found] of [
      ['<html></html>', 'unsigned'],
      ['x'.repeat(1_100_000), 'unreachable'],
    ] as const) {
      log.served.set('checkpoint', body);
      expect(await look()).toMatchObject({ found });
    }
    log.served.delete('checkpoint');
    expect(await look()).toMatchObject({ found: 'unreachable' });
    log.close();
    expect(await look()).toMatchObject({ found: 'unreachable' });
  });

  it('is a head that somebody else signed, or a folder of another log', async () => {
    await log.grow(entries(3), now, [newSigner(log.origin, 0x01), newSigner(log.origin, 0x06)]);
    expect(await look()).toMatchObject({ found: 'unsigned' });
    writeFileSync(join(dir, 'kept.json'), JSON.stringify({ note: 'x', since: '2026-11-26T08:00:00.000Z' }));
    const found = await look();
    expect([found.found, codeOfLook(found)]).toEqual(['another-log', 3]);
  });
});

it('a log without the witnesses that the policy asks for is followed, and said to be', async () => {
  const witness = newSigner('overseer.test/witness', COSIGNATURE);
  const policy = parsePolicy(`witness w ${formatVerifierKey(witness.key)}\nquorum w\n`, sha256);
  if (!policy.ok) throw new Error(policy.detail);
  const note = parseNote(await log.grow(entries(3), now));
  const alone = await look({ policy: policy.value });
  expect([alone.found, codeOfLook(alone)]).toEqual(['unwitnessed', 1]);
  if (!note.ok) throw new Error(note.detail);
  const { text, signatures } = note.value;
  const line = await cosign({ text, time: BigInt(now / 1000) }, witness.key, witness.sign);
  log.served.set('checkpoint', formatNote({ text, signatures: [...signatures, line] }));
  expect(await look({ policy: policy.value })).toMatchObject({ found: 'same' });
});
