import { join } from './bytes.ts';
import { found, type Outcome, refused } from './refusal.ts';
import { TILE_WIDTH } from './tile.ts';

/** Entries as one bundle: each with its length in a big-endian uint16 before it (C2SP tlog-tiles). Throws on more than 256 entries or one above 65,535 bytes. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length > TILE_WIDTH) throw new RangeError('a bundle holds at most 256 entries');
  return join(entries.flatMap((entry) => [lengthOf(entry), entry]));
}

/**
 * The entries of a bundle; refuses cut-off entries and more than 256. The entries are views on the bundle's bytes. No entry of this
 * package is empty, so one of length 0 is redacted: its bytes are gone, and its leaf hash is not to be computed but to be read from the
 * level-0 tile of the same index.
 */
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

/**
 * The bundle with the entry at a position (0 to 255) blanked to length 0, which is how a redacted entry stands there. Its leaf hash
 * stays in the level-0 tile, where every reader takes it from, so that tree, proofs and cosignatures hold. Throws when there is no entry
 * at this position; a redacted one stays as it is.
 */
export function redactInBundle(bytes: Uint8Array, position: number): Outcome<Uint8Array> {
  const entries = decodeBundle(bytes);
  if (!entries.ok) return entries;
  if (entries.value[position] === undefined) throw new RangeError('no entry at this position');
  return found(encodeBundle(entries.value.with(position, new Uint8Array(0))));
}

function lengthOf(entry: Uint8Array): Uint8Array {
  if (entry.length > 0xffff) throw new RangeError('an entry is at most 65,535 bytes');
  return Uint8Array.of(entry.length >> 8, entry.length & 0xff);
}
