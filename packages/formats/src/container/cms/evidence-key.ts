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

/** The public half as SubjectPublicKeyInfo (DER). */
export async function evidencePublicKey({ kty, crv, x, y }: Omit<EvidenceJwk, 'd'>): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('jwk', { kty, crv, x, y }, ALGORITHM, true, ['verify']);
  return new Uint8Array(await crypto.subtle.exportKey('spki', key));
}

/** A signing function over a key: ECDSA with SHA-256, 64 bytes. */
export function evidenceSigner(jwk: EvidenceJwk): EcdsaSign {
  const importing = crypto.subtle.importKey('jwk', { ...jwk }, ALGORITHM, false, ['sign']);
  return async (message) => {
    const signed = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, await importing, bufferOf(message));
    return new Uint8Array(signed);
  };
}
