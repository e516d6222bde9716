import { type Instant, millisecondsOf, utf8 } from '@comity/core';
import type { Hashes } from '../hashes.ts';
import { DEFLATED, FLAG, MAX16, MAX32, record, SIGNATURE, STORED, ZIP64_EXTRA } from './record.ts';
import { LAST_BLOCK, storedBlocks } from './stored-blocks.ts';

/** Writes a ZIP archive front to back. Read each stream to its end before the next is begun. */
export interface ZipWriter {
  /** An entry whose bytes are at hand: stored as they are, sizes in front. */
  readonly file: (name: string, bytes: Uint8Array) => Generator<Uint8Array>;
  /** An entry of any length, in constant memory; its sizes follow it. */
  readonly stream: (name: string, source: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array>;
  /** The central directory and the end. */
  readonly end: () => Generator<Uint8Array>;
}

export interface ZipStart {
  /** Time of every entry, UTC. */
  readonly at: Instant;
  /** Where an archive is continued: what its central directory holds already, and the offset at which it stood. */
  readonly after?: { readonly central: Uint8Array; readonly entries: number; readonly offset: number };
}

interface Entry {
  readonly name: Uint8Array;
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const PLAIN_VERSION = 20;
const ZIP64_VERSION = 45;
/** Made on Unix: the attributes say "an ordinary file that everybody may read". */
const MADE_BY = (3 << 8) | ZIP64_VERSION;
const ATTRIBUTES = 0o100644 * 2 ** 16;

/**
 * Starts a ZIP archive (APPNOTE 6.3.10). Entries are not compressed: a container is sealed afterwards, and the length of what is
 * sealed must say nothing of its content. ZIP64 records appear where something is larger than 4 GiB, and not before.
 */
export function startZip(hashes: Hashes, { at, after }: ZipStart): ZipWriter {
  const central: Uint8Array[] = after === undefined ? [] : [after.central];
  const time = dosTime(at);
  let offset = after?.offset ?? 0;
  let entries = after?.entries ?? 0;
  const count = (bytes: Uint8Array): Uint8Array => {
    offset += bytes.length;
    return bytes;
  };
  const note = (entry: Entry): void => {
    central.push(centralRecord(entry, time));
    entries++;
  };
  function* file(name: string, bytes: Uint8Array): Generator<Uint8Array> {
    const size = bytes.length;
    const entry = { ...named(name), method: STORED, crc: hashes.crc32(bytes, 0), packed: size, size, offset };
    yield count(localHeader(entry, time));
    yield count(bytes);
    note(entry);
  }
  async function* stream(name: string, source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const { name: bytes, flags } = named(name);
    const open = { name: bytes, flags: flags | FLAG.descriptor, method: DEFLATED, crc: 0, packed: 0, size: 0, offset };
    yield count(localHeader(open, time));
    const begin = offset;
    let [crc, size] = [0, 0];
    for await (const piece of source) {
      crc = hashes.crc32(piece, crc);
      size += piece.length;
      yield count(storedBlocks(piece));
    }
    yield count(LAST_BLOCK);
    const entry = { ...open, crc, size, packed: offset - begin };
    yield count(descriptor(entry));
    note(entry);
  }
  function* end(): Generator<Uint8Array> {
    const size = central.reduce((sum, one) => sum + one.length, 0);
    yield* central;
    yield endRecords({ entries, size, offset });
  }
  return { file, stream, end };
}

function named(name: string): { readonly name: Uint8Array; readonly flags: number } {
  const bytes = utf8(name);
  return { name: bytes, flags: bytes.length === name.length ? 0 : FLAG.utf8 };
}

function isLarge({ size, packed }: Pick<Entry, 'size' | 'packed'>): boolean {
  return size >= MAX32 || packed >= MAX32;
}

/** APPNOTE 4.3.7. An entry whose bytes are at hand is never larger than memory, so 4-byte sizes do. */
function localHeader({ name, method, flags, crc, packed, size }: Entry, time: number): Uint8Array {
  if (isLarge({ size, packed })) throw new RangeError('an entry of 4 GiB or more must be written as a stream');
  return record(
    [
      [4, SIGNATURE.local],
      [2, PLAIN_VERSION],
      [2, flags],
      [2, method],
      [4, time],
      [4, crc],
      [4, packed],
      [4, size],
      [2, name.length],
      [2, 0],
    ],
    name,
  );
}

/** APPNOTE 4.3.9: 8-byte sizes once 4 do not hold them. */
function descriptor(entry: Entry): Uint8Array {
  const bytes = isLarge(entry) ? 8 : 4;
  return record([
    [4, SIGNATURE.descriptor],
    [4, entry.crc],
    [bytes, entry.packed],
    [bytes, entry.size],
  ]);
}

/** APPNOTE 4.3.12 and 4.5.3. */
function centralRecord(entry: Entry, time: number): Uint8Array {
  const { name, method, flags, crc, packed, size, offset } = entry;
  const large = [size, packed, offset].filter((value) => value >= MAX32);
  const extra =
    large.length === 0
      ? new Uint8Array()
      : record([[2, ZIP64_EXTRA], [2, 8 * large.length], ...large.map((value) => [8, value] as const)]);
  return record(
    [
      [4, SIGNATURE.central],
      [2, MADE_BY],
      [2, large.length === 0 ? PLAIN_VERSION : ZIP64_VERSION],
      [2, flags],
      [2, method],
      [4, time],
      [4, crc],
      [4, Math.min(packed, MAX32)],
      [4, Math.min(size, MAX32)],
      [2, name.length],
      [2, extra.length],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, ATTRIBUTES],
      [4, Math.min(offset, MAX32)],
    ],
    name,
    extra,
  );
}

interface Directory {
  readonly entries: number;
  readonly size: number;
  readonly offset: number;
}

/** APPNOTE 4.3.14 to 4.3.16. */
function endRecords({ entries, size, offset }: Directory): Uint8Array {
  const end = record([
    [4, SIGNATURE.end],
    [2, 0],
    [2, 0],
    [2, Math.min(entries, MAX16)],
    [2, Math.min(entries, MAX16)],
    [4, Math.min(size, MAX32)],
    [4, Math.min(offset, MAX32)],
    [2, 0],
  ]);
  if (entries < MAX16 && size < MAX32 && offset < MAX32) return end;
  const end64 = record([
    [4, SIGNATURE.end64],
    [8, 44],
    [2, MADE_BY],
    [2, ZIP64_VERSION],
    [4, 0],
    [4, 0],
    [8, entries],
    [8, entries],
    [8, size],
    [8, offset],
  ]);
  const locator = record([
    [4, SIGNATURE.locator64],
    [4, 0],
    [8, offset + size],
    [4, 1],
  ]);
  return record([], end64, locator, end);
}

/** Date and time as ZIP has them, in UTC: 2 seconds fine, from 1980 to 2107. */
function dosTime(at: Instant): number {
  const date = new Date(millisecondsOf(at));
  const year = Math.min(Math.max(date.getUTCFullYear() - 1980, 0), 127);
  const day = (year << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  const clock = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  return day * 2 ** 16 + clock;
}
