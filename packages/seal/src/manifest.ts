import {
  canonicalJson,
  type Ed25519Verify,
  type Env,
  fromBase64Url,
  type Instant,
  ok,
  type Result,
  refuse,
  type Sha256,
  toBase64Url,
  toHex,
  utf8,
} from '@comity/core';
import { firstWrongField } from './manifest-form.ts';

/**
 * The suites that payloads are sealed with. The id stands inside what is signed, so nobody can talk a reader down; a suite that is not
 * here, or is retired, is refused.
 * comity-seal-1: age v1, mlkem768x25519 (or X25519 for a peer without it), HKDF-SHA-256, ChaCha20-Poly1305, SHA-256, Ed25519.
 */
export const SUITES: Readonly<Record<string, 'current' | 'retired'>> = { 'comity-seal-1': 'current' };

/** One office that can open the payload. */
export interface ManifestRecipient {
  readonly party: string;
  /** Id of the office key in the directory. */
  readonly keyId: string;
  /** The age recipient itself. */
  readonly recipient: string;
}

/** What a sealed payload is, for whom, on which basis, and until when: signed by the sender and logged before the payload leaves. */
export interface Manifest {
  readonly v: 1;
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
  /** Digests of the acts that allow the delivery. */
  readonly basis: { readonly order: string; readonly approvals: readonly string[] };
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

/** A manifest and its sender's signature: Ed25519 over manifestBytes, base64url. */
export interface SignedManifest {
  readonly manifest: Manifest;
  readonly signature: string;
}

/** The bytes that are signed and hashed: a domain line, then canonical JSON (RFC 8785). */
export function manifestBytes(manifest: Manifest): Uint8Array {
  return utf8(`comity/manifest/v1\n${canonicalJson(manifest)}`);
}

/** Digest by which acts and log entries name this manifest: SHA-256 of manifestBytes, hexadecimal. */
export function manifestDigest(manifest: Manifest, sha256: Sha256): string {
  return toHex(sha256(manifestBytes(manifest)));
}

/** Reads a manifest from parsed JSON. Refuses `manifest-invalid`, with the field, for what is missing, unknown, of another form or contradicts itself. */
export function parseManifest(json: unknown): Result<Manifest> {
  const wrong = firstWrongField(json);
  return wrong === undefined ? ok(json as Manifest) : refuse('manifest-invalid', wrong); // parser: every field has been checked
}

/** Signs a manifest with the sender's Ed25519 key, which stays wherever it is kept. Throws on a manifest that parseManifest would refuse. */
export async function signManifest(
  manifest: Manifest,
  sign: (message: Uint8Array) => Uint8Array | Promise<Uint8Array>,
): Promise<SignedManifest> {
  const wrong = firstWrongField(manifest);
  if (wrong !== undefined) throw new TypeError(`manifest: ${wrong}`);
  return { manifest, signature: toBase64Url(await sign(manifestBytes(manifest))) };
}

/**
 * Whether a manifest is sound, its suite in force, and signed by this key (32 bytes, base64url). Refuses `manifest-invalid` with the
 * field: `suite`, `signature` or the field that is wrong. Whether the key was the sender's at the time is for the directory to say.
 */
export function checkManifest(
  signed: SignedManifest & { readonly publicKey: string },
  verify: Ed25519Verify,
  suites: Readonly<Record<string, 'current' | 'retired'>> = SUITES,
): Result<Manifest> {
  const parsed = parseManifest(signed.manifest);
  if (!parsed.ok) return parsed;
  const { suite } = parsed.value;
  if (!Object.hasOwn(suites, suite) || suites[suite] !== 'current') return refuse('manifest-invalid', 'suite');
  const signature = bytesOf(signed.signature, 64);
  const publicKey = bytesOf(signed.publicKey, 32);
  const good = signature !== undefined && publicKey !== undefined && verify(publicKey, manifestBytes(parsed.value), signature);
  return good ? parsed : refuse('manifest-invalid', 'signature');
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
