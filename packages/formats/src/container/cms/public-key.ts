import type * as asn1js from 'asn1js';
import { type AlgorithmIdentifier, type Certificate, createECDSASignatureFromCMS } from 'pkijs';
import { bufferOf, readDer } from './der.ts';
import { DIGESTS, OID } from './oids.ts';

const CURVES: Readonly<Record<string, { readonly name: 'P-256' | 'P-384' | 'P-521'; readonly bytes: number }>> = {
  [OID.p256]: { name: 'P-256', bytes: 32 },
  [OID.p384]: { name: 'P-384', bytes: 48 },
  [OID.p521]: { name: 'P-521', bytes: 66 },
};

const SIGNATURE_DIGESTS: Readonly<Record<string, 'SHA-256' | 'SHA-384' | 'SHA-512'>> = {
  [OID.ecdsaSha256]: 'SHA-256',
  [OID.ecdsaSha384]: 'SHA-384',
  [OID.ecdsaSha512]: 'SHA-512',
  [OID.rsaSha256]: 'SHA-256',
  [OID.rsaSha384]: 'SHA-384',
  [OID.rsaSha512]: 'SHA-512',
};

/** The shortest RSA key that is taken (ETSI TS 119 312: 1,900 bits and more until 2026). */
const MIN_RSA_BITS = 2048;

export interface SignedBytes {
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
  readonly algorithm: AlgorithmIdentifier;
  /** Digest for algorithms that do not name one themselves (CMS with a bare RSA identifier). */
  readonly digest?: string;
}

/**
 * Checks a signature with the key of a certificate: ECDSA on P-256, P-384 or P-521, or RSA (PKCS #1 v1.5) of at least 2,048 bits, with
 * SHA-256 or longer. False for all else, weak algorithms included.
 */
export async function verifiesWith(certificate: Certificate, signed: SignedBytes): Promise<boolean> {
  const key = certificate.subjectPublicKeyInfo;
  const hash = SIGNATURE_DIGESTS[signed.algorithm.algorithmId] ?? DIGESTS[signed.digest ?? ''];
  if (hash === undefined) return false;
  const spki = key.toSchema().toBER();
  const kind = key.algorithm.algorithmId;
  if (kind === OID.ecPublicKey) return verifyEcdsa(spki, { signed, hash, curve: curveOf(key.algorithm) });
  return kind === OID.rsa ? verifyRsa(spki, signed, hash) : false;
}

function curveOf({ algorithmParams }: AlgorithmIdentifier): (typeof CURVES)[string] | undefined {
  // The parameter of an EC key is the identifier of its curve (RFC 5480).
  const named: Partial<asn1js.ObjectIdentifier> = algorithmParams ?? {};
  return CURVES[named.getValue?.() ?? ''];
}

interface Ecdsa {
  readonly signed: SignedBytes;
  readonly hash: string;
  readonly curve: (typeof CURVES)[string] | undefined;
}

async function verifyEcdsa(spki: ArrayBuffer, { signed, hash, curve }: Ecdsa): Promise<boolean> {
  const value = readDer(signed.signature);
  if (curve === undefined || value === undefined) return false;
  const { algorithmId } = signed.algorithm;
  if (!algorithmId.startsWith('1.2.840.10045.4.3.')) return false;
  try {
    const raw = createECDSASignatureFromCMS(value, curve.bytes);
    const key = await crypto.subtle.importKey('spki', spki, { name: 'ECDSA', namedCurve: curve.name }, false, ['verify']);
    return await crypto.subtle.verify({ name: 'ECDSA', hash }, key, raw, bufferOf(signed.bytes));
  } catch {
    // Numbers longer than the curve, or a key that is no point of it.
    return false;
  }
}

async function verifyRsa(spki: ArrayBuffer, signed: SignedBytes, hash: string): Promise<boolean> {
  if (!signed.algorithm.algorithmId.startsWith('1.2.840.113549.1.1.')) return false;
  try {
    const key = await crypto.subtle.importKey('spki', spki, { name: 'RSASSA-PKCS1-v1_5', hash }, false, ['verify']);
    const { modulusLength } = key.algorithm as { readonly modulusLength?: number }; // parser: an RSA key has it
    if ((modulusLength ?? 0) < MIN_RSA_BITS) return false;
    return await crypto.subtle.verify('RSASSA-PKCS1-v1_5', key, bufferOf(signed.signature), bufferOf(signed.bytes));
  } catch {
    // A key that is none.
    return false;
  }
}
