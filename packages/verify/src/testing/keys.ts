import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { toBase64Url } from '@comity/core';
import type { Functions } from '../scene.ts';

/** SHA-256 and the checks of signatures of node:crypto. */
export const functions: Functions = {
  sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  checks: {
    ed25519: (publicKey, message, signature) =>
      fits({ kty: 'OKP', crv: 'Ed25519', x: toBase64Url(publicKey) }, message, signature),
    mlDsa44: (publicKey, message, signature) =>
      fits({ kty: 'AKP', alg: 'ML-DSA-44', pub: toBase64Url(publicKey) }, message, signature),
  },
};

function fits(jwk: Record<string, string>, message: Uint8Array, signature: Uint8Array): boolean {
  return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature);
}

/** A signer whose key follows from its seed, so that tests repeat. */
export interface Signer {
  readonly publicKey: Uint8Array;
  readonly public: string;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

const made = new Map<string, Signer>();

/** The signer of a seed. */
export function signerOf(seed: string): Signer {
  const known = made.get(seed);
  if (known !== undefined) return known;
  const secret = createHash('sha256').update(seed).digest();
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = new Uint8Array(Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x ?? '', 'base64url'));
  const signer = {
    publicKey,
    public: toBase64Url(publicKey),
    sign: (message: Uint8Array) => new Uint8Array(sign(null, message, key)),
  };
  made.set(seed, signer);
  return signer;
}

/** Bytes that look random and follow from a seed. */
export function bytesFrom(seed: string, count = 32): Uint8Array {
  return new Uint8Array(createHash('sha512').update(seed).digest()).slice(0, count);
}
