import { createHash } from 'node:crypto';
import { ok, type Result, refuse } from '@comity/core';
import { UnsealFailure } from './failure.ts';
import { openHeader } from './header.ts';
import { splitHeader } from './split.ts';
import { decryptStream, payloadKey } from './stream.ts';

const NONCE_BYTES = 16;

/**
 * Opens a sealed file for the holder of an office identity. Refuses `unseal-refused` for everything that is wrong with the header and
 * for a file that is not sealed to this office. The plaintext gives only authenticated bytes and throws UnsealFailure
 * (`payload-altered`) when the payload does not hold to its very end: keep what came before aside until it has ended well.
 */
export async function unseal(
  ciphertext: AsyncIterable<Uint8Array>,
  identity: string,
): Promise<Result<AsyncIterable<Uint8Array>>> {
  const split = await splitHeader(ciphertext);
  if (!split.ok) return split;
  const { header, rest } = split.value;
  const fileKey = await openHeader(header, identity);
  const iterator = rest[Symbol.asyncIterator]();
  const head = await readAtLeast(NONCE_BYTES, iterator);
  if (!fileKey.ok || head === undefined) {
    await iterator.return?.();
    return refuse('unseal-refused');
  }
  const key = payloadKey(fileKey.value, head.subarray(0, NONCE_BYTES));
  fileKey.value.fill(0);
  return ok(decryptStream(after(head.subarray(NONCE_BYTES), iterator), key));
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

async function readAtLeast(length: number, iterator: AsyncIterator<Uint8Array>): Promise<Uint8Array | undefined> {
  let head: Uint8Array = Buffer.alloc(0);
  while (head.length < length) {
    const step = await iterator.next();
    if (step.done === true) return undefined;
    head = Buffer.concat([head, step.value]);
  }
  return head;
}

async function* after(first: Uint8Array, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (first.length > 0) yield first;
    for (let step = await iterator.next(); step.done !== true; step = await iterator.next()) yield step.value;
  } finally {
    await iterator.return?.();
  }
}
