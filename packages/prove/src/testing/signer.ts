import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { type KeyKind, type VerifierKey, verifierKey } from '../key.ts';

/** SHA-256 of node:crypto. */
export const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** Ed25519 check of node:crypto; a key that is no point of the curve verifies nothing. */
export function ed25519Verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') },
    format: 'jwk',
  });
  return verify(null, message, key, signature);
}

/** A signer whose key follows from its seed, so that tests repeat. */
export interface TestSigner {
  readonly key: VerifierKey;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

/** A signer of a name and kind; the same seed gives the same key pair. */
export function testSigner(name: string, kind: KeyKind, seed: string): TestSigner {
  const secret = createHash('sha256').update(seed).digest();
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret]);
  const privateKey: KeyObject = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
  const publicKey = new Uint8Array(Buffer.from(jwk.x ?? '', 'base64url'));
  return {
    key: verifierKey({ name, kind, publicKey }, sha256),
    sign: (message: Uint8Array) => new Uint8Array(sign(null, message, privateKey)),
  };
}
