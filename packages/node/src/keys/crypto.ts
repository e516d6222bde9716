import { createHash, createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import type { Ed25519Verify, Sha256 } from '@comity/core';

/** SHA-256 by the machine's own library. */
export const sha256: Sha256 = (bytes) => hash('sha256', bytes, 'buffer');

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

/** A raw 32-byte Ed25519 public key as the library wants it. */
export function importPublic(raw: Uint8Array): KeyObject {
  const x = Buffer.from(raw).toString('base64url');
  const known = publicKeys.get(x);
  if (known !== undefined) return known;
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  if (publicKeys.size < MAX_KEYS) publicKeys.set(x, key);
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
