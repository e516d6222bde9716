import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recoverIdentity } from '@comity/seal';
import { afterAll, describe, expect, it } from 'vitest';
import { ed25519Verify, mlDsa44Verify } from './crypto.ts';
import { openKeystore, publicKeysOf, signersOf } from './keystore.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-keys-'));
const file = join(dir, 'keys.json');
const request = { env: 'sandbox', party: 'pt', persons: ['judge-1'], passphrase: 'correct horse', workFactor: 10 } as const;

afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('the keystore', () => {
  it('is made once, readable by its owner alone', async () => {
    const made = await openKeystore(file, request);
    expect(await openKeystore(file, request)).toEqual(made);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('holds the office’s identity only behind its passphrase', async () => {
    const store = await openKeystore(file, request);
    expect(readFileSync(file, 'utf8')).not.toContain('AGE-SECRET-KEY');
    expect((await recoverIdentity(store.office.protected, 'wrong')).ok).toBe(false);
    const identity = await recoverIdentity(store.office.protected, 'correct horse');
    expect(identity.ok && identity.value.startsWith('AGE-SECRET-KEY-PQ-')).toBe(true);
  });

  it('signs for the party with two keys, and the directory lists both', async () => {
    const store = await openKeystore(file, request);
    const keys = publicKeysOf(store, '2026-01-01T00:00:00.000Z', 'pt.example/log');
    const listed = (use: string): Uint8Array => Buffer.from(keys.find((key) => key.use === use)?.public ?? '', 'base64url');
    expect(keys.map(({ id }) => id)).toContain('pt#sign-pq-1');
    const { party, partyPostQuantum } = signersOf(store);
    const message = Buffer.from('a manifest');
    expect(ed25519Verify(listed('sign'), message, party(message))).toBe(true);
    expect(mlDsa44Verify(listed('sign-pq'), message, partyPostQuantum(message))).toBe(true);
    expect(mlDsa44Verify(listed('sign-pq'), Buffer.from('another'), partyPostQuantum(message))).toBe(false);
  });

  it('of an earlier version gains the keys that came later and keeps those it has', async () => {
    const { signPostQuantum: _, witness: __, ...early } = await openKeystore(file, request);
    const old = join(dir, 'early.json');
    writeFileSync(old, JSON.stringify(early));
    const grown = await openKeystore(old, request);
    expect(grown).toMatchObject(early);
    expect(Buffer.from(grown.signPostQuantum.pub, 'base64url')).toHaveLength(1312);
    expect(Buffer.from(grown.witness.pub, 'base64url')).toHaveLength(1312);
    expect(await openKeystore(old, request)).toEqual(grown);
  });

  it('of the sandbox is refused by a production node, and the reverse', async () => {
    await expect(openKeystore(file, { ...request, env: 'production' })).rejects.toThrow(
      'belong to pt (sandbox), not to pt (production)',
    );
    await expect(openKeystore(file, { ...request, party: 'ie' })).rejects.toThrow('belong to pt (sandbox), not to ie (sandbox)');
  });
});
