import { join } from './bytes.ts';
import { found, type Outcome, refused } from './refusal.ts';
import { TILE_WIDTH } from './tile.ts';

/** Entries as one bundle: each with its length in a big-endian uint16 before it (C2SP tlog-tiles). Throws on more than 256 entries or one above 65,535 bytes. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length > TILE_WIDTH) throw new RangeError('a bundle holds at most 256 entries');
  return join(entries.flatMap((entry) => [lengthOf(entry), entry]));
}

/** The entries of a bundle; refuses cut-off entries and more than 256. The entries are views on the bundle's bytes. */
export function decodeBundle(bytes: Uint8Array): Outcome<Uint8Array[]> {
  const entries: Uint8Array[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const start = offset + 2;
    if (start > bytes.length) return refused('malformed-bundle', 'a length is cut off');
    const end = start + ((bytes[offset] ?? 0) << 8) + (bytes[offset + 1] ?? 0);
    if (end > bytes.length) return refused('malformed-bundle', 'an entry is cut off');
    if (entries.length === TILE_WIDTH) return refused('malformed-bundle', 'more than 256 entries');
    entries.push(bytes.subarray(start, end));
    offset = end;
  }
  return found(entries);
}

function lengthOf(entry: Uint8Array): Uint8Array {
  if (entry.length > 0xffff) throw new RangeError('an entry is at most 65,535 bytes');
  return Uint8Array.of(entry.length >> 8, entry.length & 0xff);
}
