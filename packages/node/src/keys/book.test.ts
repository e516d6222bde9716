import { describe, expect, it } from 'vitest';
import { DirectoryBook } from './book.ts';
import { newKey } from './generations.ts';
import type { Keystore } from './keystore.ts';
import { FROM, followedBy, testDirectory, testKeystore, testParty } from './testing/party.ts';

const NOW = '2026-06-01T00:00:00.000Z';
const keeper = newKey('Ed25519');
const [pt, ie] = [testKeystore('pt'), testKeystore('ie')];
const trust = { env: 'sandbox', party: 'pt', directoryKey: keeper.x } as const;
const first = testDirectory(keeper, [testParty(pt), testParty(ie)]);
const next: Keystore = {
  ...pt,
  keys: { ...pt.keys, sign: followedBy(pt.keys.sign, { id: 'pt#sign-2', from: NOW, key: newKey('Ed25519') }, NOW) },
};
const second = testDirectory(keeper, [testParty(next), testParty(ie)], { issued: NOW });

describe('the directory in force', () => {
  const open = (more: { readonly reopenKeystore?: () => Promise<Keystore> } = {}): DirectoryBook =>
    new DirectoryBook({ ...trust, directory: first, keystore: pt, ...more }, NOW);

  it('gives way to a newer one while the node runs, together with the keys that it names', async () => {
    const book = open({ reopenKeystore: async () => next });
    expect(await book.take(second, NOW)).toBe('taken');
    expect([book.signed, book.directory, book.party.keys[1]?.id]).toEqual([second, second.directory, 'pt#sign-2']);
    expect(book.keystore).toBe(next);
  });

  it('never gives way to an older one, which would bring a revoked key back', async () => {
    const book = open({ reopenKeystore: async () => next });
    await book.take(second, NOW);
    expect(await book.take(first, NOW)).toBe('older');
    expect(await book.take(second, NOW)).toBe('older');
    expect(book.signed).toBe(second);
  });

  it('stays when the next one is forged, of another environment, without us, run out, or names a key of ours that is not here', async () => {
    const book = open({ reopenKeystore: async () => pt });
    const later = { issued: NOW } as const;
    for (const [bad, why] of [
      [testDirectory(newKey('Ed25519'), [testParty(pt)], later), 'message-signature-invalid'],
      [testDirectory(keeper, [testParty(pt)], { ...later, env: 'production' }), 'another environment'],
      [testDirectory(keeper, [testParty(ie)], later), 'pt is not in the directory'],
      [testDirectory(keeper, [testParty(pt)], { ...later, until: NOW }), 'message-expired'],
      [second, 'The directory lists pt#sign-2, and the keystore does not hold that key'],
    ] as const)
      await expect(book.take(bad, NOW)).rejects.toThrow(why);
    expect(book.signed).toBe(first);
  });

  it('lists no key twice: not for two uses, not for two parties, not hidden in a hybrid recipient', () => {
    const twice = {
      ...pt,
      keys: { ...pt.keys, messages: [{ id: 'pt#messages-1', key: { ...newKey('X25519'), x: pt.keys.sign[0]?.key.x ?? '' } }] },
    };
    const thief = { ...ie, witness: pt.witness };
    const refused = (parties: Parameters<typeof testDirectory>[1]): string => {
      try {
        new DirectoryBook({ ...trust, directory: testDirectory(keeper, parties), keystore: pt }, FROM);
        return 'entered';
      } catch (error) {
        return String(error);
      }
    };
    expect(refused([testParty(pt), testParty(ie)])).toBe('entered');
    expect(refused([testParty(twice)])).toContain('one key twice, as pt#sign-1 and pt#messages-1');
    expect(refused([testParty(pt), testParty(thief)])).toContain('one key twice, as pt#witness-1 and ie#witness-1');
  });
});
