import { fromUtf8, ok, type Result } from '@comity/core';
import { type AsicManifest, readAsicManifest } from './asic-manifest.ts';
import { type Fault, fault } from './faults.ts';
import type { Hashes } from './hashes.ts';
import { type ItemList, readItemList } from './items.ts';
import { isManifestName, isXadesName, LAYOUT } from './layout.ts';
import type { Source } from './source.ts';
import type { ZipEntry } from './zip/place-entries.ts';
import { readWhole } from './zip/read-entry.ts';
import { LIMITS, type Limits, openZip, type Zip } from './zip/read-zip.ts';
import { STORED } from './zip/record.ts';

/** A container that was opened: its form is sound, nothing of it is checked yet. */
export interface Container {
  readonly zip: Zip;
  /** Manifests with the names of their entries, in the order in which they lie in the file. */
  readonly manifests: readonly NamedManifest[];
  /** The list of items, where the container has one. */
  readonly items?: ItemList;
  /** Entries that hold XAdES signatures. */
  readonly xades: readonly string[];
  /** What is wrong with how it declares its type, where that was let pass. */
  readonly departure?: Fault;
  /** Manifests that were not understood, where that was let pass: what they cover is not checked. */
  readonly unread: readonly string[];
}

export interface NamedManifest extends AsicManifest {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Bytes of an XML manifest or a list of items that are read into memory. */
const PART_BYTES = 32 * 1024 * 1024;

/** How strictly a container is read. */
export interface Reading {
  readonly limits?: Limits;
  /**
   * Lets a `mimetype` pass that is not first, not stored or not there, and manifests of another form or digest than ours, as X-Road and some
   * states write them; the report says so. Nothing else is let pass.
   */
  readonly lenient?: boolean;
}

/**
 * Opens an evidence container (ETSI EN 319 162-1 section 4.4) for reading at any place. Refuses `container-invalid` with the fault and the
 * entry for whatever openZip refuses, for a `mimetype` that is not first, stored and right, for manifests that are not as A.4 has them and
 * for a container without any signature. What it holds is judged by `verifyContainer`.
 */
export async function readContainer(hashes: Hashes, source: Source, reading: Reading = {}): Promise<Result<Container>> {
  const zip = await openZip(source, reading.limits ?? LIMITS);
  if (!zip.ok) return zip;
  const typed = await checkMimetype(hashes, zip.value);
  if (typed !== undefined && reading.lenient !== true) return fault(typed);
  const manifests: NamedManifest[] = [];
  const unread: string[] = [];
  for (const entry of zip.value.files.filter(({ name }) => isManifestName(name))) {
    const bytes = await readWhole(hashes, zip.value, { entry, limit: PART_BYTES });
    if (!bytes.ok) return bytes;
    const manifest = readAsicManifest(bytes.value, entry.name);
    if (manifest.ok) manifests.push({ ...manifest.value, name: entry.name, bytes: bytes.value });
    else if (reading.lenient === true && manifest.refusal.values?.['fault'] === 'manifest-invalid') unread.push(entry.name);
    else return manifest;
  }
  const xades = zip.value.files.map(({ name }) => name).filter(isXadesName);
  if (manifests.length + unread.length + xades.length === 0) return fault('manifest-missing');
  const items = await readItems(hashes, zip.value);
  if (!items.ok) return items;
  const departure = typed === undefined ? {} : { departure: typed };
  return ok({
    zip: zip.value,
    manifests,
    xades,
    unread,
    ...departure,
    ...(items.value === undefined ? {} : { items: items.value }),
  });
}

/** EN 319 162-1 annex A.1: first, neither compressed nor encrypted, nothing beside it in its header, so that its text stands at a fixed place. */
async function checkMimetype(hashes: Hashes, zip: Zip): Promise<Fault | undefined> {
  const [first] = zip.files;
  if (first?.name !== LAYOUT.mimetype) return 'mimetype-not-first';
  if (first.method !== STORED || first.data !== 30 + LAYOUT.mimetype.length) return 'mimetype-not-stored';
  const bytes = await readWhole(hashes, zip, { entry: first, limit: LAYOUT.mediaType.length });
  const right = bytes.ok && sayAscii(bytes.value) === LAYOUT.mediaType;
  return right ? undefined : 'mimetype-wrong';
}

function sayAscii(bytes: Uint8Array): string {
  return bytes.every((byte) => byte < 0x80) ? fromUtf8(bytes) : '';
}

async function readItems(hashes: Hashes, zip: Zip): Promise<Result<ItemList | undefined>> {
  const entry = fileNamed(zip, LAYOUT.items);
  if (entry === undefined) return ok(undefined);
  const bytes = await readWhole(hashes, zip, { entry, limit: PART_BYTES });
  return bytes.ok ? readItemList(bytes.value) : bytes;
}

/** The entry of a name. */
export function fileNamed(zip: Zip, name: string): ZipEntry | undefined {
  return zip.files.find((entry) => entry.name === name);
}
