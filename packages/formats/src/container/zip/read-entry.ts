import { concatBytes, ok, type Result } from '@comity/core';
import { ContainerFailure, fault } from '../faults.ts';
import type { Hashes } from '../hashes.ts';
import { streamOf } from '../source.ts';
import type { ZipEntry } from './place-entries.ts';
import type { Zip } from './read-zip.ts';
import { DEFLATED } from './record.ts';

/**
 * The bytes of an entry, unpacked as they are read. Throws ContainerFailure as soon as there are more than the directory promised, and
 * at the end when there are fewer or the CRC-32 is another.
 */
export async function* readEntry(hashes: Hashes, zip: Zip, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const packed = streamOf(zip.source, entry.data, entry.data + entry.packed);
  let [size, crc] = [0, 0];
  for await (const piece of entry.method === DEFLATED ? inflated(packed, entry.name) : packed) {
    size += piece.length;
    if (size > entry.size) throw new ContainerFailure('size-mismatch', entry.name);
    crc = hashes.crc32(piece, crc);
    yield piece;
  }
  if (size !== entry.size) throw new ContainerFailure('size-mismatch', entry.name);
  if (crc !== entry.crc) throw new ContainerFailure('crc-mismatch', entry.name);
}

/** An entry in one piece; refuses one of more than `limit` bytes before it is unpacked, and whatever readEntry throws. */
export async function readWhole(
  hashes: Hashes,
  zip: Zip,
  { entry, limit }: { readonly entry: ZipEntry; readonly limit: number },
): Promise<Result<Uint8Array>> {
  if (entry.size > limit) return fault('too-large', entry.name);
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of readEntry(hashes, zip, entry)) pieces.push(piece);
  } catch (error) {
    if (error instanceof ContainerFailure) return { ok: false, refusal: error.refusal };
    throw error;
  }
  return ok(concatBytes(...pieces));
}

/** DEFLATE by the platform's own decoder, which throws on what is broken, cut short or followed by anything. */
async function* inflated(packed: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const decoder = new DecompressionStream('deflate-raw');
  const writer = decoder.writable.getWriter();
  const feeding = feed(packed, writer);
  const reader = decoder.readable.getReader();
  try {
    for (let step = await next(reader, name); !step.done; step = await next(reader, name)) yield step.value;
    await feeding;
  } finally {
    // Whoever stops reading early leaves the rest packed.
    await reader.cancel().catch(() => undefined);
  }
}

async function next(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  name: string,
): ReturnType<ReadableStreamDefaultReader<Uint8Array>['read']> {
  try {
    return await reader.read();
  } catch {
    // The decoder has one thing to say: these bytes are not DEFLATE to their end.
    throw new ContainerFailure('size-mismatch', name);
  }
}

type Feed = { readonly write: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>; readonly close: () => Promise<void> };

async function feed(packed: AsyncIterable<Uint8Array>, writer: Feed): Promise<void> {
  try {
    for await (const piece of packed) await writer.write(new Uint8Array(piece));
    await writer.close();
  } catch {
    // The reader is told of the same failure, and it has somebody to tell.
  }
}
