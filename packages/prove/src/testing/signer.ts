import { createHash, createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import { type KeyKind, MLDSA_COSIGNATURE, type VerifierKey, verifierKey } from '../key.ts';
import type { SignatureChecks } from '../signature.ts';

/** SHA-256 of node:crypto. */
export const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');

/** The checks of node:crypto; a key that is none verifies nothing. */
export const checks: SignatureChecks = {
  ed25519: (publicKey, message, signature) =>
    fits({ kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') }, message, signature),
  mlDsa44: (publicKey, message, signature) =>
    fits({ kty: 'AKP', alg: 'ML-DSA-44', pub: Buffer.from(publicKey).toString('base64url') }, message, signature),
};

function fits(jwk: Record<string, string>, message: Uint8Array, signature: Uint8Array): boolean {
  return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature);
}

/** A signer whose key follows from its seed, so that tests repeat. */
export interface TestSigner {
  readonly key: VerifierKey;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

/** PKCS#8 before the 32 bytes of a seed. */
const ED25519_PKCS8 = '302e020100300506032b657004220420';
const MLDSA_PKCS8 = '3034020100300b060960864801650304031104228020';

/** A signer of a name and kind; the same seed gives the same key pair, for both Ed25519 kinds. */
export function testSigner(name: string, kind: KeyKind, seed: string): TestSigner {
  const secret = createHash('sha256').update(seed).digest();
  const der = Buffer.concat([Buffer.from(kind === MLDSA_COSIGNATURE ? MLDSA_PKCS8 : ED25519_PKCS8, 'hex'), secret]);
  const privateKey: KeyObject = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' }) as { readonly x?: string; readonly pub?: string };
  const publicKey = new Uint8Array(Buffer.from(jwk.x ?? jwk.pub ?? '', 'base64url'));
  return {
    key: verifierKey({ name, kind, publicKey }, sha256),
    sign: (message: Uint8Array) => new Uint8Array(sign(null, message, privateKey)),
  };
}
