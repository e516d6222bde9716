import { type Instant, keyAt, type Party } from '@comity/core';
import { ed25519Verify, mlDsa44SignerOf, signerOf } from './crypto.ts';
import { DeviceFailed, type KeyDevice } from './device.ts';
import { type HeldKey, keyWithId } from './generations.ts';
import type { Keystore } from './keystore.ts';

type Sign = (message: Uint8Array) => Uint8Array;
/** A key that a device holds signs in its own time. */
type SignSomewhere = (message: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** A key that signs, and its id in the directory. */
export interface SigningKey {
  readonly id: string;
  readonly sign: SignSomewhere;
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

/** A keystore and the card of its party, each as it is at the moment of asking, and the device that holds what the keystore only names. */
export interface Keyring {
  readonly keystore: Keystore;
  readonly party: Party;
  readonly device?: KeyDevice | undefined;
}

/** Signing functions over a keystore. Which key of the party signs, its card in the directory says: the newest that holds and is here. */
export function signersOf(ring: Keyring): Signers {
  const { log, logPostQuantum, witness, persons } = ring.keystore;
  const people = new Map(Object.entries(persons).map(([id, jwk]) => [id, signerOf(jwk)]));
  const made = new Map<string, SignSomewhere>();
  const keyFor = (use: 'sign' | 'sign-pq', at: Instant): SigningKey => {
    const id = keyAt(ring.party, use, at)?.id ?? '';
    const sign = made.get(id) ?? signWith(ring, use, id);
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

/** The signing function of one key of the party; undefined when it is not here. Throws DeviceFailed when a device holds it and there is none. */
export function signWith(
  { keystore: { keys }, device }: Pick<Keyring, 'keystore' | 'device'>,
  use: 'sign' | 'sign-pq',
  id: string,
): SignSomewhere | undefined {
  if (use === 'sign') {
    const jwk = keyWithId(keys.sign, id);
    if (jwk !== undefined && 'held' in jwk) {
      if (device === undefined) throw new DeviceFailed(`none is configured, and one holds ${id}`);
      return signIn(device, jwk);
    }
    return jwk === undefined ? undefined : signerOf(jwk);
  }
  const jwk = keyWithId(keys['sign-pq'], id);
  return jwk === undefined ? undefined : mlDsa44SignerOf(jwk);
}

/** Has a device sign, and believes it no more than others do. */
function signIn(device: KeyDevice, { x, held }: HeldKey): SignSomewhere {
  const publicKey = Buffer.from(x, 'base64url');
  return async (message) => {
    const signature = await device.sign(held, message);
    if (!ed25519Verify(publicKey, message, signature)) throw new DeviceFailed('it signed with another key');
    return signature;
  };
}
