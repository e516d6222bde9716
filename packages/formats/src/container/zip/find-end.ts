import { ok, type Result } from '@comity/core';
import { fault } from '../faults.ts';
import type { Source } from '../source.ts';
import { Fields, MAX16, MAX32, SIGNATURE } from './record.ts';

/** Where the central directory lies. */
export interface End {
  readonly entries: number;
  readonly offset: number;
  readonly size: number;
}

const END_BYTES = 22;
const LOCATOR_BYTES = 20;
const END64_BYTES = 56;
/** The longest tail that the end records can make: both of ZIP64, the end and its comment. */
const TAIL_BYTES = END64_BYTES + LOCATOR_BYTES + END_BYTES + MAX16;

/**
 * Finds the end of an archive. There must be one reading of it only: one end record, closed by its comment exactly at the end of the
 * source, with the central directory directly in front. Else two programs could see two archives in one file.
 */
export async function findEnd(source: Source): Promise<Result<End>> {
  const start = Math.max(0, source.size - TAIL_BYTES);
  const tail = await source.read(start, source.size - start);
  if (tail.length !== source.size - start) return fault('truncated');
  const at = lastSignature(tail, SIGNATURE.end);
  if (at < 0 || at + END_BYTES > tail.length) return fault('not-zip');
  const fields = new Fields(tail);
  if (at + END_BYTES + fields.u16(at + 20) !== tail.length) return fault('trailing-data');
  // A second end record before ours can only lie in what no entry claims, or in an entry's own bytes; the first is found as hidden data.
  if (fields.u16(at + 4) !== 0 || fields.u16(at + 6) !== 0) return fault('several-disks');
  const plain = { entries: fields.u16(at + 10), size: fields.u32(at + 12), offset: fields.u32(at + 16) };
  if (fields.u16(at + 8) !== plain.entries) return fault('several-disks');
  const locator = at - LOCATOR_BYTES;
  const is64 = locator >= 0 && fields.u32(locator) === SIGNATURE.locator64;
  const found = is64 ? end64(fields, locator, { start, plain }) : ok({ ...plain, end: start + at });
  if (!found.ok) return found;
  const { entries, offset, size, end } = found.value;
  if (offset + size !== end) return fault(offset + size < end ? 'hidden-data' : 'truncated');
  return ok({ entries, offset, size });
}

interface Found extends End {
  /** Where the first of the end records begins. */
  readonly end: number;
}

/** APPNOTE 4.3.14: where the plain record speaks too, both must say the same. */
function end64(
  fields: Fields,
  locator: number,
  { start, plain }: { readonly start: number; readonly plain: End },
): Result<Found> {
  const at = locator - END64_BYTES;
  if (at < 0 || fields.u32(at) !== SIGNATURE.end64 || fields.u64(at + 4) !== END64_BYTES - 12) return fault('not-zip');
  const disks = [fields.u32(locator + 4), fields.u32(locator + 16), fields.u32(at + 16), fields.u32(at + 20)];
  if (disks.join() !== '0,1,0,0') return fault('several-disks');
  if (fields.u64(locator + 8) !== start + at) return fault('hidden-data');
  const large = { entries: fields.u64(at + 32), size: fields.u64(at + 40), offset: fields.u64(at + 48) };
  if (fields.u64(at + 24) !== large.entries) return fault('several-disks');
  const agrees =
    (plain.entries === MAX16 || plain.entries === large.entries) &&
    (plain.size === MAX32 || plain.size === large.size) &&
    (plain.offset === MAX32 || plain.offset === large.offset);
  return agrees ? ok({ ...large, end: start + at }) : fault('several-ends');
}

function lastSignature(bytes: Uint8Array, signature: number): number {
  const fields = new Fields(bytes);
  for (let at = bytes.length - 4; at >= 0; at--) if (fields.u32(at) === signature) return at;
  return -1;
}
