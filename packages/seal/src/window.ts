/** Bytes gathered from a source, and whether the source has ended with them. */
export interface Window {
  readonly bytes: Uint8Array;
  readonly last: boolean;
}

/**
 * Gathers a source into windows of exactly `size` bytes; only the last may be shorter. A full window is handed out when another byte
 * follows it, so `last` is always known; an empty source gives one empty last window. Each window is the same memory: use it before
 * asking for the next.
 */
export async function* windowsOf(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Window> {
  const window = Buffer.allocUnsafeSlow(size);
  let used = 0;
  for await (const piece of source) {
    for (let offset = 0; offset < piece.length; ) {
      if (used === size) {
        yield { bytes: window, last: false };
        used = 0;
      }
      const count = Math.min(size - used, piece.length - offset);
      window.set(piece.subarray(offset, offset + count), used);
      used += count;
      offset += count;
    }
  }
  yield { bytes: window.subarray(0, used), last: true };
}
