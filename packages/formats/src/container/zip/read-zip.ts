import { ok, type Result } from '@comity/core';
import { fault } from '../faults.ts';
import { checkNames } from '../names.ts';
import type { Source } from '../source.ts';
import { findEnd } from './find-end.ts';
import { placeEntries, type ZipEntry } from './place-entries.ts';
import { type CentralEntry, readCentral } from './read-central.ts';

/** What an archive may cost whoever reads it. */
export interface Limits {
  readonly entries: number;
  /** Bytes of all entries together, unpacked. */
  readonly totalBytes: number;
  /** Unpacked bytes for each packed one; small entries may exceed it. */
  readonly ratio: number;
  /** Bytes of the central directory. */
  readonly directoryBytes: number;
}

/** Limits for a reader that does not know what to expect. */
export const LIMITS: Limits = { entries: 65_536, totalBytes: 2 ** 40, ratio: 200, directoryBytes: 64 * 1024 * 1024 };

/** Entries below this size may be compressed as well as they can. */
const SMALL_BYTES = 1024 * 1024;

/** An archive whose every byte is accounted for: entries side by side, then the central directory, then the end. */
export interface Zip {
  readonly source: Source;
  /** In the order in which they lie in the file; folders left out. */
  readonly files: readonly ZipEntry[];
  readonly directory: { readonly offset: number; readonly size: number; readonly entries: number };
}

/**
 * Opens a ZIP archive for reading at any place (APPNOTE 6.3.10), strictly: everything that could make two programs see two archives, or
 * write outside a folder, or fill a disk, is refused as `container-invalid` with the fault and where it is. No entry is unpacked yet.
 */
export async function openZip(source: Source, limits: Limits = LIMITS): Promise<Result<Zip>> {
  const end = await findEnd(source);
  if (!end.ok) return end;
  const { entries, offset, size } = end.value;
  if (entries > limits.entries) return fault('too-many-entries', String(entries));
  if (size > limits.directoryBytes) return fault('too-large', String(size));
  const bytes = await source.read(offset, size);
  if (bytes.length !== size) return fault('truncated');
  const central = readCentral(bytes, entries);
  if (!central.ok) return central;
  const apart = checkNames(central.value.map((entry) => entry.name));
  if (!apart.ok) return apart;
  const fits = checkSizes(central.value, limits);
  if (!fits.ok) return fits;
  const placed = await placeEntries(source, central.value, offset);
  if (!placed.ok) return placed;
  const files = placed.value.filter((entry) => !entry.name.endsWith('/'));
  return ok({ source, files, directory: { offset, size, entries } });
}

function checkSizes(entries: readonly CentralEntry[], limits: Limits): Result<'fit'> {
  let total = 0;
  for (const { name, size, packed, method } of entries) {
    total += size;
    if (total > limits.totalBytes) return fault('too-large', name);
    if (name.endsWith('/') && size > 0) return fault('size-mismatch', name);
    if (method === 0 && size !== packed) return fault('size-mismatch', name);
    if (size > SMALL_BYTES && size > packed * limits.ratio) return fault('too-compressed', name);
  }
  return ok('fit');
}
