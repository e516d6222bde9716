/** A hash that is fed piece by piece. */
export interface StreamHash {
  readonly update: (bytes: Uint8Array) => unknown;
  readonly digest: () => Uint8Array;
}

/** Hash functions, handed in so that the same code runs in Node (node:crypto, node:zlib) and in browsers (pure functions). */
export interface Hashes {
  readonly sha256: () => StreamHash;
  /** CRC-32 of what came before (`before`, 0 at the start) and these bytes: unsigned, as ZIP has it. */
  readonly crc32: (bytes: Uint8Array, before: number) => number;
}

/** SHA-256 of bytes that are in memory. */
export function sha256Of(hashes: Hashes, bytes: Uint8Array): Uint8Array {
  const hash = hashes.sha256();
  hash.update(bytes);
  return Uint8Array.from(hash.digest());
}

/** Lets a stream through and keeps its SHA-256 and length for when it has ended. */
export function measured(hashes: Hashes, source: AsyncIterable<Uint8Array>): Measured {
  const hash = hashes.sha256();
  let size = 0;
  let sha256: Uint8Array | undefined;
  async function* pass(): AsyncGenerator<Uint8Array> {
    for await (const piece of source) {
      hash.update(piece);
      size += piece.length;
      yield piece;
    }
    sha256 = Uint8Array.from(hash.digest());
  }
  const result = (): { readonly sha256: Uint8Array; readonly size: number } => {
    if (sha256 === undefined) throw new Error('the stream has not been read to its end');
    return { sha256, size };
  };
  return { bytes: pass(), result };
}

/** A stream on its way, and what it was once it has gone by. */
export interface Measured {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Throws before the stream has been read to its end. */
  readonly result: () => { readonly sha256: Uint8Array; readonly size: number };
}
