import {
  canonicalJson,
  type Ed25519Verify,
  type Env,
  fromBase64Url,
  type Instant,
  isJsonObject,
  ok,
  type Result,
  refuse,
  type Sha256,
  toBase64Url,
  toHex,
  utf8,
} from '@comity/core';
import { firstWrongField } from './manifest-form.ts';
import { type SignatureAlgorithm, SUITES, type Suite, suiteAt } from './suites.ts';

export { currentSuite, type SignatureAlgorithm, SUITES, type Suite, suiteAt } from './suites.ts';

/** One office that can open the payload. */
export interface ManifestRecipient {
  readonly party: string;
  /** Id of the office key in the directory. */
  readonly keyId: string;
  /** The age recipient itself. */
  readonly recipient: string;
}

/** Where an item stands among all that were delivered together: any one of them can be shown, or destroyed, alone, and none can be added later. */
export interface ManifestList {
  /** Root (RFC 6962, SHA-256) over the leaves of all items of the delivery, hexadecimal. */
  readonly root: string;
  readonly size: number;
  readonly index: number;
  /** Hashes that lead from this item's leaf to the root, hexadecimal. */
  readonly proof: readonly string[];
}

/** Who must come together to open a payload that nobody may open alone: `needed` of the holders, each with a share of the file key. */
export interface ManifestJoint {
  readonly needed: number;
  /** In the order of their shares, 2 to 16: SHA-256 by which a share is known to be this one, hexadecimal. */
  readonly holders: readonly (ManifestRecipient & { readonly commitment: string })[];
}

/** What a sealed payload is, for whom, on which basis, and until when: signed by the sender and logged before the payload leaves. */
export interface Manifest {
  readonly v: 2;
  readonly suite: string;
  readonly env: Env;
  readonly case: string;
  /** UUID of the delivery. */
  readonly delivery: string;
  readonly item: string;
  readonly from: string;
  readonly to: readonly ManifestRecipient[];
  /** SHA-256 of the sealed file, hexadecimal, and its bytes. */
  readonly ciphertext: { readonly sha256: string; readonly size: number };
  /** SHA-256 of salt || plaintext, hexadecimal; the salt stands in a section. */
  readonly plaintext: { readonly digest: string };
  readonly list: ManifestList;
  /** Absent: every office in `to` opens it alone. */
  readonly joint?: ManifestJoint;
  /** Digests of the procedure and of the acts that allow the delivery. */
  readonly basis: { readonly procedure: string; readonly order: string; readonly approvals: readonly string[] };
  readonly minimisation: {
    readonly planDigest: string;
    readonly rowsTotal: number;
    readonly rowsKept: number;
    readonly columnsKept: readonly string[];
    readonly columnsDropped: readonly string[];
  };
  readonly retention: { readonly until: Instant; readonly action: 'destroy' };
  readonly at: Instant;
}

/** One signature over manifestBytes: base64url, by the key of this id. */
export interface ManifestSignature {
  readonly key: string;
  readonly alg: SignatureAlgorithm;
  readonly signature: string;
}

/** A manifest and its sender's signatures: all that its suite demands. */
export interface SignedManifest {
  readonly manifest: Manifest;
  readonly signatures: readonly ManifestSignature[];
}

/** A key that signs manifests; the private part stays wherever it is kept. */
export interface ManifestSigner {
  readonly key: string;
  readonly alg: SignatureAlgorithm;
  readonly sign: (message: Uint8Array) => Uint8Array | Promise<Uint8Array>;
}

/** What somebody who relies on a manifest brings along. */
export interface ManifestTrust {
  /** The sender's public key of this id for this algorithm, base64url, when it was the sender's at the time; undefined for any other. */
  readonly keyOf: (id: string, alg: SignatureAlgorithm) => string | undefined;
  readonly ed25519: Ed25519Verify;
  readonly mlDsa44: Ed25519Verify;
  readonly suites?: Readonly<Record<string, Suite>>;
}

/** Every office that a payload is for: each of them opens it alone, or, where there is `joint`, has a share of its key. */
export function officesIn({ to, joint }: Pick<Manifest, 'to' | 'joint'>): readonly ManifestRecipient[] {
  return joint?.holders ?? to;
}

/** The bytes that are signed and hashed: a domain line, then canonical JSON (RFC 8785). */
export function manifestBytes(manifest: Manifest): Uint8Array {
  return utf8(`comity/manifest/v2\n${canonicalJson(manifest)}`);
}

/** Digest by which acts and log entries name this manifest: SHA-256 of manifestBytes, hexadecimal. */
export function manifestDigest(manifest: Manifest, sha256: Sha256): string {
  return toHex(sha256(manifestBytes(manifest)));
}

/** What the list of a delivery holds of one item: canonical JSON (RFC 8785) of its id, its sealed file and its content's digest. */
export function listEntry({ item, ciphertext, plaintext }: Pick<Manifest, 'item' | 'ciphertext' | 'plaintext'>): Uint8Array {
  return utf8(canonicalJson({ item, ciphertext, plaintext }));
}

/** Reads a manifest from parsed JSON. Refuses `manifest-invalid`, with the field, for what is missing, unknown, of another form or contradicts itself. */
export function parseManifest(json: unknown): Result<Manifest> {
  const wrong = firstWrongField(json);
  return wrong === undefined ? ok(json as Manifest) : refuse('manifest-invalid', wrong); // parser: every field has been checked
}

/** Signs a manifest with the sender's keys. Throws on a manifest that parseManifest would refuse, and when a signature that its suite demands has no signer. */
export async function signManifest(manifest: Manifest, signers: readonly ManifestSigner[]): Promise<SignedManifest> {
  const wrong = firstWrongField(manifest);
  if (wrong !== undefined) throw new TypeError(`manifest: ${wrong}`);
  const suite = suiteAt(SUITES, manifest.suite, manifest.at);
  if (suite === undefined) throw new TypeError('manifest: suite');
  const message = manifestBytes(manifest);
  const made = suite.signatures.map(async (alg): Promise<ManifestSignature> => {
    const signer = signers.find((candidate) => candidate.alg === alg);
    if (signer === undefined) throw new TypeError(`manifest: no key for ${alg}`);
    return { key: signer.key, alg, signature: toBase64Url(await signer.sign(message)) };
  });
  return { manifest, signatures: await Promise.all(made) };
}

/**
 * Whether a manifest is sound, its suite in force when it was made, and signed by the sender with every algorithm that the suite demands.
 * Refuses `manifest-invalid` with the field: `suite`, `signatures` or the field that is wrong. Signatures beyond those are passed over, so
 * that an old and a new suite can overlap.
 */
export function checkManifest(
  signed: { readonly manifest: unknown; readonly signatures: unknown },
  trust: ManifestTrust,
): Result<Manifest> {
  const parsed = parseManifest(signed.manifest);
  if (!parsed.ok) return parsed;
  const suite = suiteAt(trust.suites ?? SUITES, parsed.value.suite, parsed.value.at);
  if (suite === undefined) return refuse('manifest-invalid', 'suite');
  const message = manifestBytes(parsed.value);
  const signatures = readSignatures(signed.signatures);
  const good = suite.signatures.every((alg) => signatures.some((one) => one.alg === alg && isSigned(message, one, trust)));
  return good ? parsed : refuse('manifest-invalid', 'signatures');
}

/** As many as are looked at; more are no more convincing. */
const MAX_SIGNATURES = 8;

/** The signatures beside a manifest that can be read; the others count as absent. */
export function readSignatures(json: unknown): readonly ManifestSignature[] {
  if (!Array.isArray(json)) return [];
  return json.slice(0, MAX_SIGNATURES).flatMap((one: unknown): ManifestSignature[] => {
    if (!isJsonObject(one)) return [];
    const { key, alg, signature } = one;
    if (typeof key !== 'string' || typeof signature !== 'string' || (alg !== 'Ed25519' && alg !== 'ML-DSA-44')) return [];
    return [{ key, alg, signature }];
  });
}

function isSigned(message: Uint8Array, { key, alg, signature }: ManifestSignature, trust: ManifestTrust): boolean {
  const length = alg === 'Ed25519' ? { key: 32, signature: 64 } : { key: 1312, signature: 2420 };
  const publicKey = bytesOf(trust.keyOf(key, alg) ?? '', length.key);
  const bytes = bytesOf(signature, length.signature);
  const verify = alg === 'Ed25519' ? trust.ed25519 : trust.mlDsa44;
  return publicKey !== undefined && bytes !== undefined && verify(publicKey, message, bytes);
}

function bytesOf(text: string, length: number): Uint8Array | undefined {
  try {
    const bytes = fromBase64Url(text);
    return bytes.length === length ? bytes : undefined;
  } catch {
    // fromBase64Url throws on every other spelling.
    return undefined;
  }
}
