import { ok, type Result, refuse } from '@comity/core';
import { MAX_HEADER_BYTES } from './limits.ts';

const NEWLINE = 0x0a;
const DASH = 0x2d;

/**
 * The header of a sealed file from the beginning of its stream, for pages: to the end of the first line that starts with `---` (C2SP age). The rest is not read, and
 * the stream is cancelled. Refuses `unseal-refused` for a header longer than 128 KiB or without end; what stands in it is for whoever opens it to judge.
 */
export async function readHeaderOf(file: ReadableStream<Uint8Array>): Promise<Result<Uint8Array>> {
  const reader = file.getReader();
  const seen = new Uint8Array(MAX_HEADER_BYTES);
  let used = 0;
  try {
    while (used < MAX_HEADER_BYTES) {
      const { value, done } = await reader.read();
      if (done) break;
      const piece = value.subarray(0, MAX_HEADER_BYTES - used);
      seen.set(piece, used);
      used += piece.length;
      const end = endOf(seen.subarray(0, used));
      if (end !== undefined) return ok(seen.slice(0, end));
    }
    return refuse('unseal-refused');
  } finally {
    // Whoever sends it learns that nobody waits for the rest.
    await reader.cancel().catch(() => undefined);
  }
}

/** Where the line after the first `---` ends; undefined while it has not come. */
function endOf(bytes: Uint8Array): number | undefined {
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) {
    if ([1, 2, 3].some((i) => bytes[at + i] !== DASH)) continue;
    const end = bytes.indexOf(NEWLINE, at + 1);
    return end === -1 ? undefined : end + 1;
  }
  return undefined;
}
