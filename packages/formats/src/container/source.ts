/** Bytes that can be read anywhere: a file, a Blob, an array. */
export interface Source {
  readonly size: number;
  /** At most `length` bytes from `offset`; fewer only where the source ends. */
  readonly read: (offset: number, length: number) => Promise<Uint8Array>;
}

/** An array as a source. */
export function sourceOfBytes(bytes: Uint8Array): Source {
  return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) };
}

/** A Blob or File of a browser as a source: only what is asked for comes into memory. */
export function sourceOfBlob(blob: Blob): Source {
  return {
    size: blob.size,
    read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
  };
}

/** Bytes read at once when a source is read as a stream. */
const PIECE_BYTES = 1024 * 1024;

/** The bytes `[from, until)` of a source as a stream of pieces of at most 1 MiB. */
export async function* streamOf(source: Source, from = 0, until: number = source.size): AsyncGenerator<Uint8Array> {
  for (let at = from; at < until; ) {
    const piece = await source.read(at, Math.min(PIECE_BYTES, until - at));
    if (piece.length === 0) return;
    at += piece.length;
    yield piece;
  }
}
