import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { statusOf } from './codes.ts';
import { directoryBytes, keyAt, keyNamed, openDirectory, partyAt, personOf } from './directory.ts';
import { factsOn } from './fact.ts';
import type { Directory, Party } from './party.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const key = publicKey.export({ format: 'jwk' }).x ?? '';
const ed25519Verify = (raw: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean =>
  raw.length === 32 && verify(null, message, publicKey, signature);

const party: Party = {
  id: 'pt',
  name: 'Office',
  country: 'PT',
  zone: 'Europe/Lisbon',
  kind: 'court',
  endpoint: 'http://127.0.0.1:1',
  logOrigin: 'pt/log',
  powers: [],
  from: '2026-01-01T00:00:00.000Z',
  until: '2027-01-01T00:00:00.000Z',
  keys: [{ id: 'pt#sign-1', use: 'sign', public: key, from: '2026-01-01T00:00:00.000Z', until: '2026-06-01T00:00:00.000Z' }],
  persons: [
    { id: 'judge-1', roles: ['judge'], key: { id: 'pt#judge-1-1', use: 'sign', public: key, from: '2026-01-01T00:00:00.000Z' } },
  ],
};
const directory: Directory = {
  v: 1,
  env: 'sandbox',
  issued: '2026-01-01T00:00:00.000Z',
  until: '2026-12-01T00:00:00.000Z',
  parties: [party],
};
const signature = sign(null, directoryBytes(directory), privateKey).toString('base64url');
const now = '2026-03-01T00:00:00.000Z';

describe('the directory', () => {
  it('opens only with its keeper’s signature, and not after its end', () => {
    expect(openDirectory({ directory, signature }, key, { verify: ed25519Verify, now })).toEqual({ ok: true, value: directory });
    const altered = { ...directory, parties: [{ ...party, endpoint: 'http://elsewhere' }] };
    expect(openDirectory({ directory: altered, signature }, key, { verify: ed25519Verify, now }).ok).toBe(false);
    const late = openDirectory({ directory, signature }, key, { verify: ed25519Verify, now: directory.until });
    expect(late.ok ? '' : late.refusal.code).toBe('message-expired');
  });

  it('knows parties, keys and people only while they hold', () => {
    expect(partyAt(directory, 'pt', now)?.id).toBe('pt');
    expect(partyAt(directory, 'pt', '2027-01-01T00:00:00.000Z')).toBeUndefined();
    expect(partyAt(directory, 'xx', now)).toBeUndefined();
    expect(keyAt(party, 'sign', now)?.id).toBe('pt#sign-1');
    expect(keyAt(party, 'sign', '2026-06-01T00:00:00.000Z')).toBeUndefined();
    expect(keyAt(party, 'office', now)).toBeUndefined();
    expect(personOf(party, 'judge-1')?.roles).toEqual(['judge']);
  });

  it('takes the newest key of those that hold, and finds an earlier one by its name', () => {
    const [first] = party.keys;
    if (first === undefined) throw new Error('no key');
    const second = {
      ...first,
      id: 'pt#sign-2',
      public: 'x',
      from: '2026-05-01T00:00:00.000Z',
      until: '2026-08-01T00:00:00.000Z',
    };
    for (const keys of [
      [first, second],
      [second, first],
    ]) {
      const rotated = { ...party, keys };
      expect(keyAt(rotated, 'sign', '2026-04-30T23:59:59.999Z')?.id).toBe('pt#sign-1');
      expect(keyAt(rotated, 'sign', '2026-05-01T00:00:00.000Z')?.id).toBe('pt#sign-2');
      expect(keyNamed(rotated, first, '2026-05-31T00:00:00.000Z')?.public).toBe(key);
      expect(keyNamed(rotated, first, '2026-06-01T00:00:00.000Z')).toBeUndefined();
      expect(keyNamed(rotated, { id: first.id, use: 'office' }, '2026-05-31T00:00:00.000Z')).toBeUndefined();
    }
  });
});

describe('facts', () => {
  it('that have expired are unknown', () => {
    const fact = {
      name: 'importer.country',
      value: 'IE',
      source: 'declared',
      asOf: '2026-01-01',
      expires: '2026-02-01',
    } as const;
    expect(factsOn([fact], '2026-01-31')).toEqual({ 'importer.country': 'IE' });
    expect(factsOn([fact], '2026-02-01')).toEqual({});
  });
});

describe('refusals', () => {
  it('have a status each', () => {
    expect(statusOf('act-by-asker')).toBe(403);
    expect(statusOf('internal')).toBe(500);
  });
});
