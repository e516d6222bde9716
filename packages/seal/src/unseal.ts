import { createHash } from 'node:crypto';
import { ok, type Result, refuse } from '@comity/core';
import { UnsealFailure } from './failure.ts';
import type { JointKeys } from './joint.ts';
import { type Opener, openHeader } from './native-header.ts';
import { type Flow, NONCE_BYTES, openPayload, type Sizes } from './payload.ts';
import { fill, type Source, sourceOf } from './source.ts';
import { cutHeader, type SplitFile } from './split.ts';
import { decryptStream, payloadKey } from './stream.ts';

/** Finds the file key behind a header, or refuses. */
type Open = (header: Uint8Array) => Promise<Result<Uint8Array>>;

/**
 * Opens a sealed file for the holder of an office identity. Refuses `unseal-refused` for everything that is wrong with the header and
 * for a file that is not sealed to this office. The plaintext gives only authenticated bytes and throws UnsealFailure
 * (`payload-altered`) when the payload does not hold to its very end: keep what came before aside until it has ended well.
 */
export function unseal(ciphertext: AsyncIterable<Uint8Array>, opener: Opener): Promise<Result<AsyncIterable<Uint8Array>>> {
  return open(ciphertext, (header) => openHeader(header, opener));
}

/**
 * Opens a jointly sealed file with as many shares as are needed. Beside the refusals of `unseal`: `share-invalid`, naming it, for a share that
 * was altered, is of another file or comes twice, and `shares-too-few`.
 */
export function openJointly(ciphertext: AsyncIterable<Uint8Array>, keys: JointKeys): Promise<Result<AsyncIterable<Uint8Array>>> {
  return open(ciphertext, openerWith(keys));
}

/**
 * Opens a sealed file from a source to a sink for the holder of an identity. Refuses `unseal-refused`, and nothing was written, for all that
 * is wrong with the header or a file that is sealed to others; `payload-altered` when the payload does not hold to its very end: what was
 * written until then is authentic, but only a beginning, and must not be taken for the file. Errors of source and sink pass through.
 */
export function unsealInto(flow: Flow, opener: Opener): Promise<Result<Sizes>> {
  return openInto(flow, (header) => openHeader(header, opener));
}

/** Opens a jointly sealed file from a source to a sink; the rules of unsealInto and the refusals of openJointly. */
export function openJointlyInto(flow: Flow, keys: JointKeys): Promise<Result<Sizes>> {
  return openInto(flow, openerWith(keys));
}

/** Loaded when it is asked for: it brings typage, and opening alone starts in half the time without it. */
function openerWith(keys: JointKeys): Open {
  return async (header) => (await import('./joint.ts')).openJointHeader(header, keys);
}

async function open(ciphertext: AsyncIterable<Uint8Array>, openWith: Open): Promise<Result<AsyncIterable<Uint8Array>>> {
  const under = await openUnder(sourceOf(ciphertext), openWith);
  if (!under.ok) return under;
  const { rest, fileKey } = under.value;
  const nonce = Buffer.alloc(NONCE_BYTES);
  if ((await fill(rest, nonce)) < NONCE_BYTES) {
    await rest.close?.();
    return refuse('unseal-refused');
  }
  const key = payloadKey(fileKey, nonce);
  fileKey.fill(0);
  return ok(decryptStream(rest, key));
}

async function openInto({ source, sink }: Flow, openWith: Open): Promise<Result<Sizes>> {
  const under = await openUnder(source, openWith);
  if (!under.ok) return under;
  const { header, rest, fileKey } = under.value;
  const opened = await openPayload(fileKey, { source: rest, sink });
  if (!opened.ok) return opened;
  return ok({ ...opened.value, ciphertextSize: opened.value.ciphertextSize + header.length });
}

async function openUnder(source: Source, openWith: Open): Promise<Result<SplitFile<Source> & { readonly fileKey: Uint8Array }>> {
  const cut = await cutHeader(source);
  if (!cut.ok) return cut;
  const fileKey = await openWith(cut.value.header);
  if (fileKey.ok) return ok({ ...cut.value, fileKey: fileKey.value });
  await cut.value.rest.close?.();
  return fileKey;
}

/**
 * Lets a plaintext through and, at its end, holds it against the digest in the manifest (SHA-256 of salt || plaintext). Throws
 * UnsealFailure (`payload-altered`) when they differ.
 */
export async function* checkPlaintext(
  plaintext: AsyncIterable<Uint8Array>,
  { digest, salt }: { readonly digest: string; readonly salt: string },
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256').update(Buffer.from(salt, 'base64url'));
  for await (const piece of plaintext) {
    hash.update(piece);
    yield piece;
  }
  if (hash.digest('hex') !== digest) throw new UnsealFailure({ code: 'payload-altered' });
}

/** SHA-256 and length of a sealed file, to be compared with its manifest before anything is opened. */
export async function digestCiphertext(source: AsyncIterable<Uint8Array>): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of source) {
    hash.update(piece);
    size += piece.length;
  }
  return { sha256: hash.digest('hex'), size };
}
