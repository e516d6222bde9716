import {
  chmodSync,
  existsSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Party } from '@comity/core';
import { recoverIdentity } from '@comity/seal';
import { afterAll, describe, expect, it } from 'vitest';
import { publicKeysOf } from './cards.ts';
import { ed25519Verify, mlDsa44Verify, newMlDsa44Key } from './crypto.ts';
import { newKey } from './generations.ts';
import { type Keystore, openKeystore, writeKeystore } from './keystore.ts';
import { type KeystoreSecret, machineSecret } from './keystoreSecret.ts';
import { signersOf } from './signers.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-keys-'));
const file = join(dir, 'keys.json');
const secret = await machineSecret(join(dir, 'outside', 'machine-secret'), join(dir, 'data'));
const request = {
  env: 'sandbox',
  party: 'pt',
  persons: ['judge-1'],
  passphrase: 'correct horse',
  workFactor: 10,
  secret,
} as const;
const FROM = '2026-01-01T00:00:00.000Z';
const LATER = '2026-06-01T00:00:00.000Z';

afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** The party's card with the keys that its keystore says. */
function cardOf(store: Keystore): Party {
  return {
    ...{ id: 'pt', name: 'pt', country: 'PT', zone: 'Europe/Lisbon', kind: 'court', endpoint: 'http://pt.example', powers: [] },
    ...{ persons: [], logOrigin: 'pt.example/log', from: FROM, keys: publicKeysOf(store, FROM, 'pt.example/log') },
  };
}

describe('the keystore', () => {
  it('is made once, readable by its owner alone', async () => {
    const made = await openKeystore(file, request);
    expect(await openKeystore(file, request)).toEqual(made);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('holds the office’s identity only behind its passphrase', async () => {
    const store = await openKeystore(file, request);
    const sealed = store.keys.office[0]?.key.protected ?? '';
    expect(readFileSync(file, 'utf8')).not.toContain('AGE-SECRET-KEY');
    expect((await recoverIdentity(sealed, 'wrong')).ok).toBe(false);
    const identity = await recoverIdentity(sealed, 'correct horse');
    expect(identity.ok && identity.value.startsWith('AGE-SECRET-KEY-PQ-')).toBe(true);
  });

  it('signs for the party with two keys, and the directory lists both', async () => {
    const store = await openKeystore(file, request);
    const party = cardOf(store);
    const listed = (use: string): Uint8Array => Buffer.from(party.keys.find((key) => key.use === use)?.public ?? '', 'base64url');
    const signers = signersOf({ keystore: store, party });
    const [first, second] = [signers.party(FROM), signers.partyPostQuantum(FROM)];
    expect([first.id, second.id]).toEqual(['pt#sign-1', 'pt#sign-pq-1']);
    const message = Buffer.from('a manifest');
    expect(ed25519Verify(listed('sign'), message, await first.sign(message))).toBe(true);
    expect(mlDsa44Verify(listed('sign-pq'), message, await second.sign(message))).toBe(true);
    expect(mlDsa44Verify(listed('sign-pq'), Buffer.from('another'), await second.sign(message))).toBe(false);
  });

  it('signs with the key that held at the time, and with none where none holds', async () => {
    const store = await openKeystore(file, request);
    const [first] = store.keys.sign;
    if (first === undefined) throw new Error('no key was made');
    const sign = [
      { ...first, until: '2026-07-01T00:00:00.000Z' },
      { id: 'pt#sign-2', from: LATER, until: '2026-08-01T00:00:00.000Z', key: newKey('Ed25519') },
    ];
    const keystore = { ...store, keys: { ...store.keys, sign } };
    const signers = signersOf({ keystore, party: cardOf(keystore) });
    expect(signers.party('2026-05-31T23:59:59.999Z').id).toBe('pt#sign-1');
    expect(signers.party(LATER).id).toBe('pt#sign-2');
    expect(() => signers.party('2026-08-01T00:00:00.000Z')).toThrow('no key of use sign that holds');
    expect(() => signers.party('2025-12-31T00:00:00.000Z')).toThrow('no key of use sign that holds');
  });

  it('of an earlier version gains the keys that came later and keeps those it has', async () => {
    const { keys, persons, log, env, party } = await openKeystore(file, request);
    const [sign, messages, office] = [keys.sign[0]?.key, keys.messages[0]?.key, keys.office[0]?.key];
    const old = join(dir, 'early.json');
    const earlySign = sign !== undefined && 'd' in sign ? sign.d : '';
    const early = { env, party, sign, messages, log, logPostQuantum: newMlDsa44Key(), persons, office };
    writeFileSync(old, JSON.stringify(early));
    const grown = await openKeystore(old, request);
    expect(grown).toMatchObject({ env, party, log, logPostQuantum: early.logPostQuantum, persons });
    expect([grown.keys.sign[0], grown.keys.messages[0]]).toEqual([
      { id: 'pt#sign-1', key: sign },
      { id: 'pt#messages-1', key: messages },
    ]);
    expect(grown.keys.office).toEqual([{ id: 'pt#office-1', key: office }]);
    expect(Buffer.from(grown.keys['sign-pq'][0]?.key.pub ?? '', 'base64url')).toHaveLength(1312);
    expect(Buffer.from(grown.witness.pub, 'base64url')).toHaveLength(1312);
    expect(grown.keys.evidence).toMatchObject([{ id: 'pt#evidence-1', key: { kty: 'EC', crv: 'P-256' } }]);
    // Tokens of earlier deliveries were made with the signing key.
    expect(grown.tokens).toBe(earlySign);
    expect(await openKeystore(old, request)).toEqual(grown);
  });

  it('of the sandbox is refused by a production node, and the reverse', async () => {
    await expect(openKeystore(file, { ...request, env: 'production' })).rejects.toThrow(
      'belong to pt (sandbox), not to pt (production)',
    );
    await expect(openKeystore(file, { ...request, party: 'ie' })).rejects.toThrow('belong to pt (sandbox), not to ie (sandbox)');
  });
});

describe('the file of a keystore', () => {
  const privateParts = (store: Keystore): readonly string[] => [
    ...Object.values(store.persons).map(({ d }) => d),
    ...store.keys.sign.flatMap(({ key }) => ('d' in key ? key.d : [])),
    ...store.keys['sign-pq'].map(({ key }) => key.priv),
    ...store.keys.messages.map(({ key }) => key.d),
    ...store.keys.office.map(({ key }) => key.protected),
    ...[store.log.d, store.logPostQuantum.priv, store.witness.priv, store.tokens],
  ];

  it('holds no private key in clear, whichever secret it is sealed with, and opens with that one alone', async () => {
    const typed: KeystoreSecret = { kind: 'passphrase', passphrase: 'Ångström' };
    for (const own of [secret, typed]) {
      const path = join(dir, `sealed-${own.kind}.json`);
      const store = await openKeystore(path, { ...request, secret: own });
      const text = readFileSync(path, 'utf8');
      expect(privateParts(store).filter((part) => text.includes(part))).toEqual([]);
      // The same letters, written otherwise (NFD).
      const again: KeystoreSecret = own.kind === 'machine' ? own : { kind: 'passphrase', passphrase: 'A\u030angstro\u0308m' };
      expect(await openKeystore(path, { ...request, secret: again })).toEqual(store);
      const other = await machineSecret(join(dir, 'other-secret'), join(dir, 'data'));
      const wrong: KeystoreSecret = own.kind === 'machine' ? other : { kind: 'passphrase', passphrase: 'angstrom' };
      await expect(openKeystore(path, { ...request, secret: wrong })).rejects.toThrow('does not open with this secret');
      const foreign = own.kind === 'machine' ? typed : secret;
      await expect(openKeystore(path, { ...request, secret: foreign })).rejects.toThrow(
        /sealed with (a passphrase|the secret of a machine)/,
      );
      expect(readFileSync(path, 'utf8')).toBe(text);
    }
  });

  it('that was altered anywhere opens no more', async () => {
    const path = join(dir, 'altered.json');
    await openKeystore(path, request);
    const good = JSON.parse(readFileSync(path, 'utf8'));
    for (const change of [
      { party: 'ie' },
      { env: 'production' },
      { v: 2 },
      { sealed: `${good.sealed.slice(0, 99)}${good.sealed[99] === 'A' ? 'B' : 'A'}${good.sealed.slice(100)}` },
      { sealed: '' },
      { kdf: { ...good.kdf, salt: 'AAAA' } },
      { more: 1 },
    ]) {
      writeFileSync(path, JSON.stringify({ ...good, ...change }));
      await expect(openKeystore(path, request)).rejects.toThrow('does not open with this secret, or was altered');
    }
    writeFileSync(path, JSON.stringify({ ...good, kdf: { name: 'scrypt', log2n: 40, salt: 'AAAA' } }));
    await expect(openKeystore(path, { ...request, secret: { kind: 'passphrase', passphrase: 'x' } })).rejects.toThrow('damaged');
    writeFileSync(path, 'no json');
    await expect(openKeystore(path, request)).rejects.toThrow('is no keystore');
  });

  it('that an earlier version left in clear is sealed, and what lay in clear is overwritten', async () => {
    const path = join(dir, 'clear.json');
    const store = await openKeystore(file, request);
    writeFileSync(path, JSON.stringify(store));
    // Whoever holds the old file open, or another name for it, sees its bytes go.
    linkSync(path, join(dir, 'another-name'));
    expect(await openKeystore(path, request)).toEqual(store);
    for (const name of [path, join(dir, 'another-name')])
      expect(privateParts(store).filter((part) => readFileSync(name, 'utf8').includes(part))).toEqual([]);
    expect(readdirSync(dir).filter((name) => name.startsWith('clear.json'))).toEqual(['clear.json']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is cleared of what a crash left of it in clear', async () => {
    const path = join(dir, 'crashed.json');
    const store = await openKeystore(path, request);
    writeFileSync(`${path}.clear`, JSON.stringify(store));
    expect(await openKeystore(path, request)).toEqual(store);
    expect(existsSync(`${path}.clear`)).toBe(false);
  });

  it('is sealed anew, under another nonce and salt, each time it is written', async () => {
    const path = join(dir, 'again.json');
    const store = await openKeystore(path, request);
    const before = JSON.parse(readFileSync(path, 'utf8'));
    await writeKeystore(path, store, secret);
    const after = JSON.parse(readFileSync(path, 'utf8'));
    expect(after.kdf.salt).not.toBe(before.kdf.salt);
    expect(after.sealed.slice(0, 16)).not.toBe(before.sealed.slice(0, 16));
  });
});

describe('the secret of the machine', () => {
  it('is made once, for its owner alone, outside the folder that it protects', async () => {
    const path = join(dir, 'outside', 'machine-secret');
    expect([statSync(path).mode & 0o777, Buffer.from(readFileSync(path, 'utf8').trim(), 'base64url').length]).toEqual([
      0o600, 32,
    ]);
    const text = readFileSync(path, 'utf8');
    await machineSecret(path, join(dir, 'data'));
    expect(readFileSync(path, 'utf8')).toBe(text);
    for (const inside of [join(dir, 'data', 'secret'), join(dir, 'data', 'x', '..', 'secret')])
      await expect(machineSecret(inside, join(dir, 'data'))).rejects.toThrow('lies in the folder that it protects');
    expect(existsSync(join(dir, 'data'))).toBe(false);
  });

  it('is refused where others may read it, and where it is none', async () => {
    const path = join(dir, 'open-secret');
    await machineSecret(path, join(dir, 'data'));
    chmodSync(path, 0o640);
    await expect(machineSecret(path, join(dir, 'data'))).rejects.toThrow('chmod 600');
    writeFileSync(path, 'short\n');
    chmodSync(path, 0o600);
    await expect(machineSecret(path, join(dir, 'data'))).rejects.toThrow("no machine's secret");
  });
});
