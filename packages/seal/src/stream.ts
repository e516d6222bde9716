import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { UnsealFailure } from './failure.ts';
import { windowsOf } from './window.ts';

/** Bytes of plaintext in a chunk (C2SP age, "Payload"). */
export const CHUNK_BYTES = 64 * 1024;
const TAG_BYTES = 16;
const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES;
/** Chunks worked on between two waits: fewer, larger reads and writes. */
const CHUNKS_AT_ONCE = 16;
const CIPHER = 'chacha20-poly1305';
const OPTIONS = { authTagLength: TAG_BYTES };

/** Key of the payload from the file key and the 16 bytes that precede the payload: HKDF-SHA-256, info "payload" (C2SP age). */
export function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', fileKey, nonce, 'payload', 32));
}

/** Seals a stream in chunks of 64 KiB (STREAM, as C2SP age): constant memory, each chunk bound to its place and the last one marked. */
export async function* encryptStream(source: AsyncIterable<Uint8Array>, key: Uint8Array): AsyncGenerator<Uint8Array> {
  let index = 0;
  for await (const { bytes, last } of windowsOf(source, CHUNKS_AT_ONCE * CHUNK_BYTES)) {
    const chunks = cut(bytes, CHUNK_BYTES);
    const sealed = Buffer.allocUnsafeSlow(bytes.length + chunks.length * TAG_BYTES);
    let offset = 0;
    for (const [i, chunk] of chunks.entries()) {
      const cipher = createCipheriv(CIPHER, key, nonceOf(index++, last && i === chunks.length - 1), OPTIONS);
      sealed.set(cipher.update(chunk), offset);
      cipher.final();
      sealed.set(cipher.getAuthTag(), offset + chunk.length);
      offset += chunk.length + TAG_BYTES;
    }
    yield sealed;
  }
}

/**
 * Opens what encryptStream sealed. Every byte it gives has been authenticated; on the first chunk that is altered, missing, doubled,
 * out of order or followed by anything it throws UnsealFailure `payload-altered`. What was given until then is a true beginning, but
 * only a beginning: the receiver keeps it aside until the end has come.
 */
export async function* decryptStream(source: AsyncIterable<Uint8Array>, key: Uint8Array): AsyncGenerator<Uint8Array> {
  let index = 0;
  for await (const { bytes, last } of windowsOf(source, CHUNKS_AT_ONCE * SEALED_CHUNK_BYTES)) {
    const chunks = cut(bytes, SEALED_CHUNK_BYTES);
    const opened: Uint8Array[] = [];
    let ended = false;
    for (const [i, chunk] of chunks.entries()) {
      const next = openNext(chunk, { key, index, last: last && i === chunks.length - 1 });
      if (next.plain !== undefined) opened.push(next.plain);
      ended = !next.goOn;
      index++;
      if (ended) break;
    }
    if (opened.length > 0) yield opened.length === 1 ? (opened[0] ?? Buffer.alloc(0)) : Buffer.concat(opened);
    if (ended) throw new UnsealFailure({ code: 'payload-altered' });
  }
}

interface Place {
  readonly key: Uint8Array;
  readonly index: number;
  /** Whether the source ends with this chunk. */
  readonly last: boolean;
}

/** The chunk's plaintext, if it is authentic, and whether all is well so far. */
function openNext(chunk: Uint8Array, { key, index, last }: Place): { readonly plain?: Uint8Array; readonly goOn: boolean } {
  const plain = openChunk(chunk, key, nonceOf(index, last));
  // C2SP age: the last chunk is empty only when the whole payload is.
  if (plain !== undefined) return last && index > 0 && plain.length === 0 ? { goOn: false } : { plain, goOn: true };
  // A whole chunk that is authentic but for its mark: the file was cut off behind it, or something was put after its end.
  const misplaced = chunk.length === SEALED_CHUNK_BYTES ? openChunk(chunk, key, nonceOf(index, !last)) : undefined;
  return misplaced === undefined ? { goOn: false } : { plain: misplaced, goOn: false };
}

function openChunk(chunk: Uint8Array, key: Uint8Array, nonce: Uint8Array): Uint8Array | undefined {
  const length = chunk.length - TAG_BYTES;
  if (length < 0) return undefined;
  const decipher = createDecipheriv(CIPHER, key, nonce, OPTIONS);
  decipher.setAuthTag(chunk.subarray(length));
  const plain = decipher.update(chunk.subarray(0, length));
  try {
    decipher.final();
    return plain;
  } catch {
    // final() throws for one reason only: the tag does not fit.
    return undefined;
  }
}

/** 11 bytes of counter, then 1 for the last chunk. */
function nonceOf(index: number, last: boolean): Uint8Array {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(index, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** Views of `size` bytes, the last perhaps shorter; of nothing, one empty view. */
function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  const count = Math.max(1, Math.ceil(bytes.length / size));
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}
