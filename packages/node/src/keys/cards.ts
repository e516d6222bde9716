import type { Instant, PartyKey, PersonCard } from '@comity/core';
import { formatVerifierKey, type KeyKind, MLDSA_COSIGNATURE, NOTE_SIGNATURE, verifierKey } from '@comity/prove';
import { sha256 } from './crypto.ts';
import { publicHalves, ROTATED_USES } from './generations.ts';
import type { Keystore } from './keystore.ts';

/**
 * Public halves of the keystore as the directory lists them, each from the instant given unless the keystore says otherwise. A party's log of a year is named
 * `<logOrigin>/<year>` and signed with the two log keys; here they stand under the name that all years share. The witness's key bears the name `<host of logOrigin>/witness`.
 */
export function publicKeysOf(store: Keystore, from: Instant, logOrigin: string): readonly PartyKey[] {
  const vkey = (name: string, kind: KeyKind, key: string): string =>
    formatVerifierKey(verifierKey({ name, kind, publicKey: Buffer.from(key, 'base64url') }, sha256));
  const rotated = ROTATED_USES.flatMap((use) =>
    publicHalves(store.keys, use).map(({ key, ...dated }): PartyKey => ({ from, ...dated, use, public: key })),
  );
  const standing = [
    { use: 'log', id: 'log-1', public: vkey(logOrigin, NOTE_SIGNATURE, store.log.x) },
    { use: 'log', id: 'log-2', public: vkey(logOrigin, MLDSA_COSIGNATURE, store.logPostQuantum.pub) },
    { use: 'witness', id: 'witness-1', public: vkey(witnessName(logOrigin), MLDSA_COSIGNATURE, store.witness.pub) },
  ] as const;
  return [...rotated, ...standing.map((key) => ({ ...key, id: `${store.party}#${key.id}`, from }))];
}

/** The name under which the node with this log cosigns. */
export function witnessName(logOrigin: string): string {
  return `${logOrigin.split('/')[0]}/witness`;
}

/** Cards of the node's people for the directory: pseudonym, roles and public key; names stay at home. */
export function personCards(
  store: Keystore,
  people: readonly { readonly id: string; readonly roles: readonly string[] }[],
  from: Instant,
): readonly PersonCard[] {
  return people.flatMap(({ id, roles }) => {
    const jwk = store.persons[id];
    return jwk === undefined
      ? []
      : [{ id, roles, key: { id: personKeyId(store.party, id), use: 'sign' as const, public: jwk.x, from } }];
  });
}

/** The id of a person's key in the directory. */
export function personKeyId(party: string, person: string): string {
  return `${party}#${person}-1`;
}
