import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import type { Ed25519Verify, Sha256 } from '@comity/core';
import type { EvidenceJwk } from '@comity/formats/container';
import type { SignatureChecks } from '@comity/prove';

/** SHA-256 by the machine's own library. The digest is taken as a text of one-byte characters ("binary"): a buffer of the library's costs three times the hashing. */
export const sha256: Sha256 = (bytes) => {
  const text = hash('sha256', bytes, 'binary');
  const digest = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) digest[i] = text.charCodeAt(i);
  return digest;
};

/** SHA-256 of a text, hexadecimal. */
export function sha256Hex(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

const publicKeys = new Map<string, KeyObject>();
const MAX_KEYS = 10_000;

/** Ed25519 verification by the machine's own library; importing a key costs a fifth of a check, so keys are kept. */
export const ed25519Verify: Ed25519Verify = (publicKey, message, signature) => {
  try {
    return signature.length === 64 && verify(null, message, importPublic(publicKey), signature);
  } catch {
    // A key that is no point on the curve verifies nothing.
    return false;
  }
};

/** ML-DSA-44 verification (FIPS 204, pure, empty context) by the machine's own library; keys are kept, as for Ed25519. */
export const mlDsa44Verify: SignatureChecks['mlDsa44'] = (publicKey, message, signature) => {
  if (publicKey.length !== 1312 || signature.length !== 2420) return false;
  try {
    return verify(null, message, importMlDsa44(publicKey), signature);
  } catch {
    // As above: what is no key verifies nothing.
    return false;
  }
};

/** The checks of signatures that notes and checkpoints carry. */
export const signatureChecks: SignatureChecks = { ed25519: ed25519Verify, mlDsa44: mlDsa44Verify };

/** A raw 32-byte Ed25519 public key as the library wants it. */
export function importPublic(raw: Uint8Array): KeyObject {
  const x = Buffer.from(raw).toString('base64url');
  return importOnce(x, { kty: 'OKP', crv: 'Ed25519', x });
}

function importMlDsa44(raw: Uint8Array): KeyObject {
  const pub = Buffer.from(raw).toString('base64url');
  return importOnce(pub, { kty: 'AKP', alg: 'ML-DSA-44', pub });
}

/** The lengths of the texts differ with the kind of key, so one map holds both. */
function importOnce(text: string, jwk: Readonly<Record<string, string>>): KeyObject {
  const known = publicKeys.get(text);
  if (known !== undefined) return known;
  const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
  if (publicKeys.size < MAX_KEYS) publicKeys.set(text, key);
  return key;
}

/** A signing function over a private key in JWK form. */
export function signerOf(jwk: PrivateJwk): (message: Uint8Array) => Uint8Array {
  const key = createPrivateKey({ key: { ...jwk }, format: 'jwk' });
  return (message) => sign(null, message, key);
}

/** A private key of curve Ed25519 (signing) or X25519 (message encryption), RFC 8037. */
export interface PrivateJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519' | 'X25519';
  readonly x: string;
  readonly d: string;
}

/** A private key for ML-DSA-44 (FIPS 204) as a JWK of type AKP: `pub` is the raw public key of 1,312 bytes, `priv` the seed of 32 bytes, base64url. */
export interface MlDsa44Jwk {
  readonly kty: 'AKP';
  readonly alg: 'ML-DSA-44';
  readonly pub: string;
  readonly priv: string;
}

/** A new ML-DSA-44 key. */
export function newMlDsa44Key(): MlDsa44Jwk {
  const { privateKey } = generateKeyPairSync('ml-dsa-44');
  const { pub, priv } = privateKey.export({ format: 'jwk' }) as Partial<MlDsa44Jwk>; // the type of the library does not know AKP
  if (pub === undefined || priv === undefined) throw new Error('the machine made a key without its parts');
  return { kty: 'AKP', alg: 'ML-DSA-44', pub, priv };
}

/** A new EC P-256 key for signing evidence containers. */
export function newEvidenceKey(): EvidenceJwk {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y, d } = privateKey.export({ format: 'jwk' });
  if (x === undefined || y === undefined || d === undefined) throw new Error('the machine made a key without its parts');
  return { kty: 'EC', crv: 'P-256', x, y, d };
}

/** A signing function over an ML-DSA-44 key: pure, with empty context. Throws on a seed that is not 32 bytes or makes another public key. */
export function mlDsa44SignerOf(jwk: MlDsa44Jwk): (message: Uint8Array) => Uint8Array {
  const key = createPrivateKey({ key: { ...jwk }, format: 'jwk' });
  const { pub } = createPublicKey(key).export({ format: 'jwk' }) as Partial<MlDsa44Jwk>; // as above
  // The library makes the public key from the seed and does not look at the one that stands beside it.
  if (pub !== jwk.pub) throw new Error('the public key beside the seed is another one');
  return (message) => sign(null, message, key);
}
