import { createSecretKey, type KeyObject } from 'node:crypto';
import { openBytes, sealBytes, TAG_BYTES } from './primitives.ts';

/** Bytes of plaintext in a chunk (C2SP age, "Payload"). */
export const CHUNK_BYTES = 64 * 1024;
/** Bytes of a chunk with its tag. */
export const SEALED_CHUNK_BYTES: number = CHUNK_BYTES + TAG_BYTES;

/** What became of some chunks: pieces in their order, and whether all was well. */
export interface Opened {
  /** Authentic plaintext, a piece for each chunk. */
  readonly parts: readonly Uint8Array[];
  /** False: what follows these parts is altered, missing, out of order or beyond the end. */
  readonly good: boolean;
}

/**
 * Seals the chunks of a payload, some at each call, in STREAM as C2SP age has it: each is bound to its place and the last one is marked.
 * A call takes whole chunks, but for the last. What it gives are pieces to be written one after another; `release` them then.
 */
export function chunkSealer(key: Uint8Array): (plain: Uint8Array, last: boolean) => readonly Uint8Array[] {
  const secret = createSecretKey(key);
  const nonce = placeOf();
  return (plain, last) => {
    const parts: Uint8Array[] = [];
    const count = chunksIn(plain, CHUNK_BYTES);
    for (let i = 0; i < count; i++) {
      const chunk = plain.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES);
      parts.push(...sealBytes(chunk, secret, nonce(last && i === count - 1)));
    }
    return parts;
  };
}

/**
 * Opens what chunkSealer sealed, some chunks at each call: whole ones, but for the last. Not to be called again once a call was not good.
 * Every byte that is given has been authenticated; `release` the parts when they are used.
 */
export function chunkOpener(key: Uint8Array): (sealed: Uint8Array, last: boolean) => Opened {
  const secret = createSecretKey(key);
  const nonce = placeOf();
  let first = true;
  return (sealed, last) => {
    const parts: Uint8Array[] = [];
    const count = chunksIn(sealed, SEALED_CHUNK_BYTES);
    for (let i = 0; i < count; i++) {
      const chunk = sealed.subarray(i * SEALED_CHUNK_BYTES, (i + 1) * SEALED_CHUNK_BYTES);
      const ends = last && i === count - 1;
      const at = nonce(ends);
      const plain = openBytes(chunk, secret, at);
      if (plain === undefined) return { parts: [...parts, ...misplaced(chunk, secret, at)], good: false };
      // C2SP age: the last chunk is empty only when the whole payload is.
      if (ends && !first && plain.length === 0) return { parts, good: false };
      parts.push(plain);
      first = false;
    }
    return { parts, good: true };
  };
}

/** Gives the memory of parts back at once: it would wait for the collector otherwise, and the next chunks go to memory that is still in the cache. */
export function release(parts: readonly Uint8Array[]): void {
  for (const { buffer, byteLength } of parts) {
    // Only memory that is the part's alone; small ones are not worth it.
    if (buffer instanceof ArrayBuffer && byteLength > TAG_BYTES && buffer.byteLength === byteLength) buffer.transfer(0);
  }
}

/** A whole chunk that is authentic but for its mark: the file was cut off behind it, or something was put after its end. */
function misplaced(chunk: Uint8Array, key: KeyObject, nonce: Uint8Array): readonly Uint8Array[] {
  const other = Uint8Array.from(nonce);
  other[11] = 1 - (nonce[11] ?? 0);
  const plain = chunk.length === SEALED_CHUNK_BYTES ? openBytes(chunk, key, other) : undefined;
  return plain === undefined ? [] : [plain];
}

/** The nonces of a payload's chunks one after another: 11 bytes of counter, then 1 for the last chunk. Always the same memory. */
function placeOf(): (last: boolean) => Uint8Array {
  const nonce = Buffer.alloc(12);
  let index = 0;
  return (last) => {
    nonce.writeUIntBE(index++, 5, 6);
    nonce[11] = last ? 1 : 0;
    return nonce;
  };
}

/** Of nothing, one empty chunk. */
function chunksIn(bytes: Uint8Array, size: number): number {
  return Math.max(1, Math.ceil(bytes.length / size));
}
