import { CHUNK_BYTES, chunkOpener, chunkSealer, release, SEALED_CHUNK_BYTES } from './chunks.ts';
import { UnsealFailure } from './failure.ts';
import { hkdf } from './primitives.ts';
import { type Source, sourceOf } from './source.ts';
import { windowsOf } from './window.ts';

/** Chunks worked on between two waits where a stream hands its pieces on: fewer, larger ones. */
const CHUNKS_AT_ONCE = 16;

/** Key of the payload from the file key and the 16 bytes that precede the payload: HKDF-SHA-256, info "payload" (C2SP age). */
export function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): Uint8Array {
  return hkdf(fileKey, { salt: nonce, info: 'payload', length: 32 });
}

/** Seals a stream in chunks of 64 KiB (STREAM, as C2SP age): constant memory, each chunk bound to its place and the last one marked. */
export async function* encryptStream(source: AsyncIterable<Uint8Array>, key: Uint8Array): AsyncGenerator<Uint8Array> {
  const sealChunks = chunkSealer(key);
  for await (const { bytes, last } of windowsOf(sourceOf(source), CHUNKS_AT_ONCE * CHUNK_BYTES)) {
    yield joined(sealChunks(bytes, last));
  }
}

/**
 * Opens what encryptStream sealed. Every byte it gives has been authenticated; on the first chunk that is altered, missing, doubled,
 * out of order or followed by anything it throws UnsealFailure `payload-altered`. What was given until then is a true beginning, but
 * only a beginning: the receiver keeps it aside until the end has come.
 */
export async function* decryptStream(source: Source, key: Uint8Array): AsyncGenerator<Uint8Array> {
  const openChunks = chunkOpener(key);
  for await (const { bytes, last } of windowsOf(source, CHUNKS_AT_ONCE * SEALED_CHUNK_BYTES)) {
    const { parts, good } = openChunks(bytes, last);
    if (parts.length > 0) yield joined(parts);
    if (!good) throw new UnsealFailure({ code: 'payload-altered' });
  }
}

/** Parts in one piece of memory, which whoever reads the stream may keep. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const piece = Buffer.allocUnsafeSlow(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    piece.set(part, offset);
    offset += part.length;
  }
  release(parts);
  return piece;
}
