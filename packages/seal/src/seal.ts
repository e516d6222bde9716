import { createHash, type Hash, randomBytes } from 'node:crypto';
import { ok, type Result } from '@comity/core';
import type { SealedHeader } from './header.ts';
import type { JointHeader, JointTo } from './joint.ts';
import { makeHeader } from './native-header.ts';
import { type Flow, NONCE_BYTES, type Sizes, sealPayload } from './payload.ts';
import type { ShareSet } from './share.ts';
import { encryptStream, payloadKey } from './stream.ts';

/** What a manifest says of a sealed payload. */
export interface SealSummary {
  /** SHA-256 of the sealed file, hexadecimal, and its length in bytes. */
  readonly ciphertextSha256: string;
  readonly ciphertextSize: number;
  readonly plaintextSize: number;
  /** SHA-256 of salt || plaintext, hexadecimal. */
  readonly plaintextDigest: string;
  /** 32 random bytes, base64url. It belongs in a section that only the receiver reads: without it a small plaintext cannot be guessed from the digest. */
  readonly plaintextSalt: string;
}

/**
 * Seals from a source to a sink as an age v1 file (C2SP age) that any age tool opens, and hashes nothing: the quick way, from file to file.
 * Recipients are as for `seal`. Refuses `recipient-unknown` before anything is read or written; errors of source and sink pass through.
 */
export async function sealInto(flow: Flow, recipients: readonly string[]): Promise<Result<Sizes>> {
  const made = await makeHeader(recipients);
  if (made.ok) return ok(await sealPayload(made.value, flow));
  await flow.source.close?.();
  return made;
}

/** Seals jointly from a source to a sink, and hashes nothing; the rules and refusals of `sealJointly`. */
export async function sealJointlyInto(flow: Flow, to: JointTo): Promise<Result<Sizes & { readonly set: ShareSet }>> {
  const made = await jointHeaderFor(to);
  if (made.ok) return ok({ ...(await sealPayload(made.value, flow)), set: made.value.set });
  await flow.source.close?.();
  return made;
}

/** A sealing under way: read `ciphertext` to its end, then ask for the summary. */
export interface Sealing {
  readonly ciphertext: AsyncIterable<Uint8Array>;
  /** Throws when the ciphertext has not been read to its end. */
  readonly summary: () => SealSummary;
}

/**
 * Seals a stream to offices as an age v1 file (C2SP age) that any age tool opens: constant memory, a few MiB, whatever its length.
 * Recipients are all hybrid (`age1pq1...`) or all X25519 (`age1...`). Refuses `recipient-unknown`; errors of the source pass through.
 */
export async function seal(source: AsyncIterable<Uint8Array>, recipients: readonly string[]): Promise<Result<Sealing>> {
  const made = await makeHeader(recipients);
  return made.ok ? ok(sealUnder(made.value, source)) : made;
}

/**
 * Seals a stream so that nobody opens it alone: any `needed` of the holders do it together, each with a share of a file key that exists for
 * this file only. The commitments of `set` belong into the manifest, where they are signed: they name a share that is wrong. Refuses
 * `recipient-unknown`, and `field-invalid` (`needed`) unless 2 <= needed <= holders <= 16; errors of the source pass through.
 */
export async function sealJointly(
  source: AsyncIterable<Uint8Array>,
  to: JointTo,
): Promise<Result<Sealing & { readonly set: ShareSet }>> {
  const made = await jointHeaderFor(to);
  return made.ok ? ok({ ...sealUnder(made.value, source), set: made.value.set }) : made;
}

/** Loaded when it is asked for: it brings typage, and sealing to each alone starts in half the time without it. */
async function jointHeaderFor(to: JointTo): Promise<Result<JointHeader>> {
  return (await import('./joint.ts')).makeJointHeader(to);
}

function sealUnder({ header, fileKey }: SealedHeader, source: AsyncIterable<Uint8Array>): Sealing {
  const nonce = randomBytes(NONCE_BYTES);
  const key = payloadKey(fileKey, nonce);
  fileKey.fill(0);
  const salt = randomBytes(32);
  const plain = measure(source, createHash('sha256').update(salt));
  const sealed = measure(fileOf(Buffer.concat([header, nonce]), encryptStream(plain.bytes, key)), createHash('sha256'));
  const summary = (): SealSummary => {
    const [ciphertext, plaintext] = [sealed.result(), plain.result()];
    if (ciphertext === undefined || plaintext === undefined) throw new Error('the ciphertext has not been read to its end');
    return {
      ciphertextSha256: ciphertext.digest,
      ciphertextSize: ciphertext.size,
      plaintextSize: plaintext.size,
      plaintextDigest: plaintext.digest,
      plaintextSalt: salt.toString('base64url'),
    };
  };
  return { ciphertext: sealed.bytes, summary };
}

interface Measured {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly result: () => { readonly digest: string; readonly size: number } | undefined;
}

/** Lets a stream through and keeps its hash and length for when it has ended. */
function measure(source: AsyncIterable<Uint8Array>, hash: Hash): Measured {
  let size = 0;
  let digest: string | undefined;
  async function* pass(): AsyncGenerator<Uint8Array> {
    for await (const piece of source) {
      hash.update(piece);
      size += piece.length;
      yield piece;
    }
    digest = hash.digest('hex');
  }
  return { bytes: pass(), result: () => (digest === undefined ? undefined : { digest, size }) };
}

async function* fileOf(head: Uint8Array, payload: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  yield* payload;
}
