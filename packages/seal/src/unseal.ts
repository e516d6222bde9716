import { createHash } from 'node:crypto';
import { ok, type Result, refuse } from '@comity/core';
import { UnsealFailure } from './failure.ts';
import { openHeader } from './header.ts';
import { type Flow, NONCE_BYTES, openPayload, type Sizes } from './payload.ts';
import { fill, sourceOf } from './source.ts';
import { cutHeader } from './split.ts';
import { decryptStream, payloadKey } from './stream.ts';

/**
 * Opens a sealed file from a source to a sink for the holder of an identity. Refuses `unseal-refused`, and nothing was written, for all that
 * is wrong with the header or a file that is sealed to others; `payload-altered` when the payload does not hold to its very end: what was
 * written until then is authentic, but only a beginning, and must not be taken for the file. Errors of source and sink pass through.
 */
export async function unsealInto({ source, sink }: Flow, identity: string): Promise<Result<Sizes>> {
  const split = await cutHeader(source);
  if (!split.ok) return split;
  const { header, rest } = split.value;
  const fileKey = await openHeader(header, identity);
  if (!fileKey.ok) {
    await rest.close?.();
    return fileKey;
  }
  const opened = await openPayload(fileKey.value, { source: rest, sink });
  if (!opened.ok) return opened;
  return ok({ ...opened.value, ciphertextSize: opened.value.ciphertextSize + header.length });
}

/**
 * Opens a sealed file for the holder of an office identity. Refuses `unseal-refused` for everything that is wrong with the header and
 * for a file that is not sealed to this office. The plaintext gives only authenticated bytes and throws UnsealFailure
 * (`payload-altered`) when the payload does not hold to its very end: keep what came before aside until it has ended well.
 */
export async function unseal(
  ciphertext: AsyncIterable<Uint8Array>,
  identity: string,
): Promise<Result<AsyncIterable<Uint8Array>>> {
  const split = await cutHeader(sourceOf(ciphertext));
  if (!split.ok) return split;
  const { header, rest } = split.value;
  const fileKey = await openHeader(header, identity);
  const nonce = Buffer.alloc(NONCE_BYTES);
  if (!fileKey.ok || (await fill(rest, nonce)) < NONCE_BYTES) {
    await rest.close?.();
    return refuse('unseal-refused');
  }
  const key = payloadKey(fileKey.value, nonce);
  fileKey.value.fill(0);
  return ok(decryptStream(rest, key));
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
