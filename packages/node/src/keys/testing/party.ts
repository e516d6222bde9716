import type { Directory, Party, PartyKey, SignedDirectory } from '@comity/core';
import { publicKeysOf } from '../cards.ts';
import { newEvidenceKey, newMlDsa44Key, type PrivateJwk, signerOf } from '../crypto.ts';
import { signDirectory } from '../directory.ts';
import { type Generation, type Generations, idOf, newKey } from '../generations.ts';
import type { Keystore } from '../keystore.ts';

export const FROM = '2026-01-01T00:00:00.000Z';
export const UNTIL = '2027-01-01T00:00:00.000Z';

/** A keystore whose office key is a mere name: for tests that open nothing. */
export function testKeystore(party: string, keys: Partial<Generations> = {}): Keystore {
  const [log, persons] = [newKey('Ed25519'), { 'officer-1': newKey('Ed25519') }];
  return {
    ...{ v: 2, env: 'sandbox', party, log, logPostQuantum: newMlDsa44Key(), witness: newMlDsa44Key(), tokens: log.d, persons },
    keys: {
      sign: [{ id: idOf(party, 'sign', 1), key: newKey('Ed25519') }],
      'sign-pq': [{ id: idOf(party, 'sign-pq', 1), key: newMlDsa44Key() }],
      messages: [{ id: idOf(party, 'messages', 1), key: newKey('X25519') }],
      evidence: [{ id: idOf(party, 'evidence', 1), key: newEvidenceKey() }],
      office: [{ id: idOf(party, 'office', 1), key: { recipient: `age1${party}office`, protected: '' } }],
      ...keys,
    },
  };
}

/** The card of a party with the keys of its keystore, each from FROM unless the keystore says otherwise. */
export function testParty(store: Keystore, change: (key: PartyKey) => PartyKey = (key) => key): Party {
  const id = store.party;
  return {
    ...{ id, name: id, country: 'PT', zone: 'Europe/Lisbon', kind: 'court', endpoint: `http://${id}.example`, powers: [] },
    ...{ persons: [], logOrigin: `${id}.example/log`, from: FROM },
    keys: publicKeysOf(store, FROM, `${id}.example/log`).map(change),
  };
}

/** A signed directory of these parties. */
export function testDirectory(keeper: PrivateJwk, parties: readonly Party[], about: Partial<Directory> = {}): SignedDirectory {
  const directory = { v: 1, env: 'sandbox', issued: FROM, until: UNTIL, parties, ...about } as const;
  return signDirectory(directory, signerOf(keeper));
}

/** A key's generations with one more, from an instant on; the one before it ends at `until`. */
export function followedBy<K>(
  generations: readonly Generation<K>[],
  next: Required<Omit<Generation<K>, 'until'>>,
  until?: string,
): readonly Generation<K>[] {
  const before = generations.map((one) => (until === undefined || one.until !== undefined ? one : { ...one, until }));
  return [...before, next];
}
