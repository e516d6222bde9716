import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
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

const imported = new Map<string, KeyObject>();

function fits(jwk: Record<string, string>, message: Uint8Array, signature: Uint8Array): boolean {
  const name = JSON.stringify(jwk);
  const key = imported.get(name) ?? createPublicKey({ key: jwk, format: 'jwk' });
  imported.set(name, key);
  return verify(null, message, key, signature);
}

/** A signer whose key follows from its seed, so that tests repeat. */
export interface Signer {
  readonly publicKey: Uint8Array;
  readonly public: string;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

const made = new Map<string, Signer>();
/** PKCS#8 before the 32 bytes of a seed. */
const ED25519 = '302e020100300506032b657004220420';
const ML_DSA_44 = '3034020100300b060960864801650304031104228020';

/** The Ed25519 signer of a seed. */
export function signerOf(seed: string): Signer {
  return signerWith(seed, ED25519);
}

/** The ML-DSA-44 signer of a seed. */
export function mlDsaSignerOf(seed: string): Signer {
  return signerWith(seed, ML_DSA_44);
}

function signerWith(seed: string, header: string): Signer {
  const known = made.get(header + seed);
  if (known !== undefined) return known;
  const secret = createHash('sha256').update(seed).digest();
  const key = createPrivateKey({ key: Buffer.concat([Buffer.from(header, 'hex'), secret]), format: 'der', type: 'pkcs8' });
  const { x, pub } = createPublicKey(key).export({ format: 'jwk' }) as { readonly x?: string; readonly pub?: string };
  const publicKey = new Uint8Array(Buffer.from(x ?? pub ?? '', 'base64url'));
  const signer = {
    publicKey,
    public: toBase64Url(publicKey),
    sign: (message: Uint8Array) => new Uint8Array(sign(null, message, key)),
  };
  made.set(header + seed, signer);
  return signer;
}

/** Bytes that look random and follow from a seed. */
export function bytesFrom(seed: string, count = 32): Uint8Array {
  return new Uint8Array(createHash('sha512').update(seed).digest()).slice(0, count);
}
