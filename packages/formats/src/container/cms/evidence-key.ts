import { concatBytes, fromBase64Url, fromHex } from '@comity/core';
import type { EcdsaSign } from './certificate.ts';
import { bufferOf } from './der.ts';

/** A private EC P-256 key (RFC 7518 section 6.2). */
export interface EvidenceJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly d: string;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };

/** A new key for signing evidence containers. */
export async function newEvidenceKey(): Promise<EvidenceJwk> {
  const { privateKey } = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const { x, y, d } = await crypto.subtle.exportKey('jwk', privateKey);
  if (x === undefined || y === undefined || d === undefined) throw new Error('the machine made a key without its parts');
  return { kty: 'EC', crv: 'P-256', x, y, d };
}

/** What stands before the point in the SubjectPublicKeyInfo of every P-256 key (RFC 5480), and that the point is not compressed. */
const SPKI_HEAD = fromHex('3059301306072a8648ce3d020106082a8648ce3d03010703420004');

/** The public half as SubjectPublicKeyInfo (DER). */
export function evidencePublicKey({ x, y }: Pick<EvidenceJwk, 'x' | 'y'>): Uint8Array {
  return concatBytes(SPKI_HEAD, fromBase64Url(x), fromBase64Url(y));
}

/** A signing function over a key: ECDSA with SHA-256, 64 bytes. */
export function evidenceSigner(jwk: EvidenceJwk): EcdsaSign {
  const importing = crypto.subtle.importKey('jwk', { ...jwk }, ALGORITHM, false, ['sign']);
  return async (message) => {
    const signed = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, await importing, bufferOf(message));
    return new Uint8Array(signed);
  };
}
