import crypto, { createHash, createPrivateKey, createPublicKey, type KeyObject, randomBytes } from 'node:crypto';
import { agree, publicOf } from './primitives.ts';

/** What both sides of an encapsulation have in common. */
export interface Encapsulated {
  readonly encapsulated: Uint8Array;
  readonly secret: Uint8Array;
}

/** Bytes of keys and of what is sent: ML-KEM-768 (FIPS 203), then X25519. */
export const PUBLIC_BYTES = 1184 + 32;
export const ENCAPSULATED_BYTES = 1088 + 32;

/** What comes before the raw bytes in SubjectPublicKeyInfo and, for a seed, in PKCS #8 (RFC 9935). */
const PUBLIC = Buffer.from('308204b2300b0609608648016503040402038204a100', 'hex');
const SEED = Buffer.from('3054020100300b060960864801650304040204428040', 'hex');
/** MLKEM768-X25519 (CFRG concrete hybrid KEMs; the same as X-Wing): this goes into the hash that joins both secrets. */
const LABEL = '\\.//^\\';

/** Whether this Node has ML-KEM: 24.7 and later, with OpenSSL 3.5. */
export const HAS_ML_KEM: boolean = typeof crypto.encapsulate === 'function';

/** A secret for whoever has the private half of a public key; undefined when that is no public key. */
export function encapsulateTo(publicKey: Uint8Array): Encapsulated | undefined {
  if (publicKey.length !== PUBLIC_BYTES) return undefined;
  const classical = publicKey.subarray(1184);
  const ephemeral = randomBytes(32);
  const agreed = agree(ephemeral, classical);
  const lattice = publicMlKem(publicKey.subarray(0, 1184));
  if (agreed === undefined || lattice === undefined) return undefined;
  const { ciphertext, sharedKey } = crypto.encapsulate(lattice);
  const sent = publicOf(ephemeral);
  return {
    encapsulated: Buffer.concat([ciphertext, sent]),
    secret: joined(sharedKey, agreed, Buffer.concat([sent, classical])),
  };
}

/** The secret that was sent to the holder of a seed of 32 bytes; undefined for what cannot have been sent. */
export function decapsulateWith(seed: Uint8Array, encapsulated: Uint8Array): Uint8Array | undefined {
  if (encapsulated.length !== ENCAPSULATED_BYTES) return undefined;
  const { lattice, classical } = keysOf(seed);
  const sent = encapsulated.subarray(1088);
  const agreed = agree(classical, sent);
  if (agreed === undefined) return undefined;
  const sharedKey = crypto.decapsulate(lattice, encapsulated.subarray(0, 1088));
  return joined(sharedKey, agreed, Buffer.concat([sent, publicOf(classical)]));
}

function joined(lattice: Uint8Array, agreed: Uint8Array, context: Uint8Array): Uint8Array {
  return createHash('sha3-256').update(lattice).update(agreed).update(context).update(LABEL, 'ascii').digest();
}

/** Both private keys of a seed: 64 bytes for ML-KEM-768 and 32 for X25519, by SHAKE-256. */
function keysOf(seed: Uint8Array): { readonly lattice: KeyObject; readonly classical: Uint8Array } {
  const expanded = createHash('shake256', { outputLength: 96 }).update(seed).digest();
  const key = Buffer.concat([SEED, expanded.subarray(0, 64)]);
  return { lattice: createPrivateKey({ key, format: 'der', type: 'pkcs8' }), classical: expanded.subarray(64) };
}

function publicMlKem(bytes: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.concat([PUBLIC, bytes]), format: 'der', type: 'spki' });
  } catch {
    // A coefficient that is out of range (FIPS 203 section 7.2).
    return undefined;
  }
}
