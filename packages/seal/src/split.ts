import { ok, type Result, refuse } from '@comity/core';
import { MAX_HEADER_BYTES } from './limits.ts';
import { piecesOf, prepend, type Source, sourceOf } from './source.ts';

/** A sealed file parted into its header and all that follows it. */
export interface SplitFile<Rest> {
  readonly header: Uint8Array;
  readonly rest: Rest;
}

/** Bytes of a piece of what follows a header. */
const PIECE_BYTES = 256 * 1024;

const FIRST_LINE = Buffer.from('age-encryption.org/v1\n');
const LAST_LINE = Buffer.from('\n---');
const NEWLINE = 0x0a;

/**
 * Reads from a sealed file as far as its header goes: to the end of the first line that starts with `---` (C2SP age). The header is
 * cut out, not judged. Refuses a file of another format or version, and a header longer than 128 KiB or without end; then the source
 * is closed.
 */
export async function splitHeader(source: AsyncIterable<Uint8Array>): Promise<Result<SplitFile<AsyncIterable<Uint8Array>>>> {
  const cut = await cutHeader(sourceOf(source));
  return cut.ok ? ok({ header: cut.value.header, rest: piecesOf(cut.value.rest, PIECE_BYTES) }) : cut;
}

/** The header alone: the source is read no further and closed. Refuses as splitHeader does. */
export async function readHeader(source: Source): Promise<Result<Uint8Array>> {
  const cut = await cutHeader(source);
  if (!cut.ok) return cut;
  await cut.value.rest.close?.();
  return ok(cut.value.header);
}

/** The same of a source. */
export async function cutHeader(source: Source): Promise<Result<SplitFile<Source>>> {
  const seen = Buffer.alloc(MAX_HEADER_BYTES);
  let used = 0;
  let lastLine = -1;
  while (used < MAX_HEADER_BYTES && startsRight(seen.subarray(0, used))) {
    const count = await source.read(seen.subarray(used));
    if (count === 0) break;
    if (lastLine < 0) lastLine = seen.subarray(0, used + count).indexOf(LAST_LINE, Math.max(0, used - LAST_LINE.length));
    used += count;
    const newline = lastLine < 0 ? -1 : seen.subarray(0, used).indexOf(NEWLINE, lastLine + 1);
    if (newline >= 0)
      return ok({ header: seen.subarray(0, newline + 1), rest: prepend(seen.subarray(newline + 1, used), source) });
  }
  await source.close?.();
  return refuse('unseal-refused');
}

function startsRight(seen: Buffer): boolean {
  const length = Math.min(seen.length, FIRST_LINE.length);
  return seen.subarray(0, length).equals(FIRST_LINE.subarray(0, length));
}
