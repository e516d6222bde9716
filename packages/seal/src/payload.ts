import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { ok, type Result, refuse } from '@comity/core';
import { CHUNK_BYTES, chunkOpener, chunkSealer, release, SEALED_CHUNK_BYTES } from './chunks.ts';
import type { SealedHeader } from './header.ts';
import { fill, type Sink, type Source } from './source.ts';
import { payloadKey } from './stream.ts';
import { windowsOf } from './window.ts';

/** From where to where. The source is closed in the end, whatever happens; the sink stays open. */
export interface Flow {
  readonly source: Source;
  readonly sink: Sink;
}

/** Bytes of a payload before and after sealing, the header counted with the latter. */
export interface Sizes {
  readonly plaintextSize: number;
  readonly ciphertextSize: number;
}

/** Bytes between header and payload, from which the key of the payload is made (C2SP age). */
export const NONCE_BYTES = 16;
/** Chunks read and written at once. Measured: four stay in the second-level cache, and more make the system's file cache dearer. */
const CHUNKS_AT_ONCE = 4;
/** Windows after which timers, signals and other work get their turn: 16 MiB, about 10 ms. */
const TURN = 64;

/** Writes a sealed file under a header: constant memory, whatever the length. The file key is overwritten. */
export async function sealPayload({ header, fileKey }: SealedHeader, { source, sink }: Flow): Promise<Sizes> {
  const nonce = randomBytes(NONCE_BYTES);
  const sealChunks = chunkSealer(payloadKey(fileKey, nonce));
  fileKey.fill(0);
  let [plaintextSize, ciphertextSize, turn] = [0, header.length + NONCE_BYTES, 0];
  let before: readonly Uint8Array[] = [header, nonce];
  for await (const { bytes, last } of windowsOf(source, CHUNKS_AT_ONCE * CHUNK_BYTES)) {
    const parts = sealChunks(bytes, last);
    plaintextSize += bytes.length;
    ciphertextSize += sizeOf(parts);
    await sink.write([...before, ...parts]);
    before = [];
    release(parts);
    if (++turn % TURN === 0) await setImmediate();
  }
  return { plaintextSize, ciphertextSize };
}

/**
 * Writes the plaintext behind a header that has been opened: only authenticated bytes. Refuses `payload-altered` when the payload does not
 * hold to its very end, and what was written until then is only a beginning: whoever reads it must know. The file key is overwritten.
 */
export async function openPayload(fileKey: Uint8Array, { source, sink }: Flow): Promise<Result<Sizes>> {
  const nonce = Buffer.alloc(NONCE_BYTES);
  const whole = (await fill(source, nonce)) === NONCE_BYTES;
  const openChunks = chunkOpener(payloadKey(fileKey, nonce));
  fileKey.fill(0);
  if (!whole) {
    await source.close?.();
    return refuse('unseal-refused');
  }
  let [plaintextSize, ciphertextSize, turn] = [0, NONCE_BYTES, 0];
  for await (const { bytes, last } of windowsOf(source, CHUNKS_AT_ONCE * SEALED_CHUNK_BYTES)) {
    const { parts, good } = openChunks(bytes, last);
    plaintextSize += sizeOf(parts);
    ciphertextSize += bytes.length;
    await sink.write(parts);
    release(parts);
    if (!good) return refuse('payload-altered');
    if (++turn % TURN === 0) await setImmediate();
  }
  return ok({ plaintextSize, ciphertextSize });
}

function sizeOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}
