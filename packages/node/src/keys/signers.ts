import { type Instant, keyAt, type Party } from '@comity/core';
import { mlDsa44SignerOf, signerOf } from './crypto.ts';
import { keyWithId } from './generations.ts';
import type { Keystore } from './keystore.ts';

type Sign = (message: Uint8Array) => Uint8Array;

/** A key that signs, and its id in the directory. */
export interface SigningKey {
  readonly id: string;
  readonly sign: Sign;
}

export interface Signers {
  /** The key with which the party signs what is dated so. Throws when none holds then: `checkKeys` comes first. */
  readonly party: (at: Instant) => SigningKey;
  /** The same for its ML-DSA-44 key. */
  readonly partyPostQuantum: (at: Instant) => SigningKey;
  readonly log: Sign;
  readonly logPostQuantum: Sign;
  readonly witness: Sign;
  readonly person: (id: string) => Sign | undefined;
}

/** A keystore and the card of its party, each as it is at the moment of asking. */
export interface Keyring {
  readonly keystore: Keystore;
  readonly party: Party;
}

/** Signing functions over a keystore. Which key of the party signs, its card in the directory says: the newest that holds and is here. */
export function signersOf(ring: Keyring): Signers {
  const { log, logPostQuantum, witness, persons } = ring.keystore;
  const people = new Map(Object.entries(persons).map(([id, jwk]) => [id, signerOf(jwk)]));
  const made = new Map<string, Sign>();
  const keyFor = (use: 'sign' | 'sign-pq', at: Instant): SigningKey => {
    const id = keyAt(ring.party, use, at)?.id ?? '';
    const sign = made.get(id) ?? signWith(ring.keystore, use, id);
    if (sign === undefined) throw new Error(`${ring.party.id} has no key of use ${use} that holds at ${at}`);
    made.set(id, sign);
    return { id, sign };
  };
  return {
    party: (at) => keyFor('sign', at),
    partyPostQuantum: (at) => keyFor('sign-pq', at),
    log: signerOf(log),
    logPostQuantum: mlDsa44SignerOf(logPostQuantum),
    witness: mlDsa44SignerOf(witness),
    person: (id) => people.get(id),
  };
}

/** The signing function of one key of the party; undefined when it is not here. */
export function signWith({ keys }: Keystore, use: 'sign' | 'sign-pq', id: string): Sign | undefined {
  if (use === 'sign') {
    const jwk = keyWithId(keys.sign, id);
    return jwk === undefined ? undefined : signerOf(jwk);
  }
  const jwk = keyWithId(keys['sign-pq'], id);
  return jwk === undefined ? undefined : mlDsa44SignerOf(jwk);
}
