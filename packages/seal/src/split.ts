import { ok, type Result, refuse } from '@comity/core';
import { MAX_HEADER_BYTES } from './header.ts';

/** A sealed file parted into its header and all that follows it. */
export interface SplitFile {
  readonly header: Uint8Array;
  readonly rest: AsyncIterable<Uint8Array>;
}

const FIRST_LINE = Buffer.from('age-encryption.org/v1\n');
const LAST_LINE = Buffer.from('\n---');
const NEWLINE = 0x0a;

/**
 * Reads from a sealed file as far as its header goes: to the end of the first line that starts with `---` (C2SP age). The header is
 * cut out, not judged. Refuses a file of another format or version, and a header longer than 128 KiB or without end; then the source
 * is closed.
 */
export async function splitHeader(source: AsyncIterable<Uint8Array>): Promise<Result<SplitFile>> {
  const iterator = source[Symbol.asyncIterator]();
  const seen = Buffer.alloc(MAX_HEADER_BYTES);
  let used = 0;
  let lastLine = -1;
  while (used < MAX_HEADER_BYTES && startsRight(seen.subarray(0, used))) {
    const step = await iterator.next();
    if (step.done === true) return refuse('unseal-refused');
    const piece = step.value.subarray(0, MAX_HEADER_BYTES - used);
    seen.set(piece, used);
    if (lastLine < 0) lastLine = seen.subarray(0, used + piece.length).indexOf(LAST_LINE, Math.max(0, used - LAST_LINE.length));
    used += piece.length;
    const newline = lastLine < 0 ? -1 : seen.subarray(0, used).indexOf(NEWLINE, lastLine + 1);
    if (newline < 0) continue;
    const beyond = Buffer.concat([seen.subarray(newline + 1, used), step.value.subarray(piece.length)]);
    return ok({ header: seen.subarray(0, newline + 1), rest: continueWith(beyond, iterator) });
  }
  await iterator.return?.();
  return refuse('unseal-refused');
}

function startsRight(seen: Buffer): boolean {
  const length = Math.min(seen.length, FIRST_LINE.length);
  return seen.subarray(0, length).equals(FIRST_LINE.subarray(0, length));
}

async function* continueWith(first: Uint8Array, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (first.length > 0) yield first;
    for (let step = await iterator.next(); step.done !== true; step = await iterator.next()) yield step.value;
  } finally {
    await iterator.return?.();
  }
}
