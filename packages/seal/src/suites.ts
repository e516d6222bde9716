import { type Instant, isInstant } from '@comity/core';

/** A signature algorithm of a suite: RFC 8032, and FIPS 204 (pure, empty context). */
export type SignatureAlgorithm = 'Ed25519' | 'ML-DSA-44';

/** What payloads and their manifests are made with, as one whole: nothing of it is negotiated. */
export interface Suite {
  /** Signatures that a manifest must carry, each of them. */
  readonly signatures: readonly SignatureAlgorithm[];
  /** `current`: used for what is sealed now. `accepted`: still read. `retired`: refused for whatever was made from `until` on. */
  readonly state: 'current' | 'accepted' | 'retired';
  /** From when on a retired suite is refused. What was made before stays readable; absent: refused whenever it was made. */
  readonly until?: Instant;
}

/**
 * The suites that this version knows. The id stands inside what is signed, so nobody can talk a reader down.
 *
 * - `comity-seal-1`: age v1 with mlkem768x25519 (or X25519 for a peer without it), HKDF-SHA-256, ChaCha20-Poly1305, SHA-256, Ed25519.
 * - `comity-seal-2`: the same, and manifests signed with ML-DSA-44 too, so that a quantum computer forges none.
 */
export const SUITES: Readonly<Record<string, Suite>> = {
  'comity-seal-1': { signatures: ['Ed25519'], state: 'accepted' },
  'comity-seal-2': { signatures: ['Ed25519', 'ML-DSA-44'], state: 'current' },
};

/** The suite that is sealed with now. Throws when a registry has none: then nothing can be sealed. */
export function currentSuite(suites: Readonly<Record<string, Suite>> = SUITES): string {
  const found = Object.entries(suites).find(([, suite]) => suite.state === 'current');
  if (found === undefined) throw new Error('no suite is current');
  return found[0];
}

/** The suite of this id when what was made with it at an instant may be relied on; undefined for an unknown or retired one. */
export function suiteAt(suites: Readonly<Record<string, Suite>>, id: string, at: Instant): Suite | undefined {
  const suite = Object.hasOwn(suites, id) ? suites[id] : undefined;
  if (suite === undefined || suite.state !== 'retired') return suite;
  return suite.until !== undefined && isInstant(at) && at < suite.until ? suite : undefined;
}
