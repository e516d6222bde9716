import { fill, type Source } from './source.ts';

/** Bytes gathered from a source, and whether the source has ended with them. */
export interface Window {
  readonly bytes: Uint8Array;
  readonly last: boolean;
}

/**
 * Gathers a source into windows of exactly `size` bytes; only the last may be shorter. A full window is handed out when another byte
 * follows it, so `last` is always known; an empty source gives one empty last window. Two windows take turns in the same memory: use
 * one before asking for the next. The source is closed in the end.
 */
export async function* windowsOf(source: Source, size: number): AsyncGenerator<Window> {
  try {
    let [window, next] = [Buffer.allocUnsafeSlow(size), Buffer.allocUnsafeSlow(size)];
    let used = await fill(source, window);
    while (used === size) {
      const following = await fill(source, next);
      if (following === 0) break;
      yield { bytes: window, last: false };
      [window, next, used] = [next, window, following];
    }
    yield { bytes: window.subarray(0, used), last: true };
  } finally {
    await source.close?.();
  }
}
