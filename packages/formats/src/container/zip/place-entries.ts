import { equalBytes, ok, type Result, utf8 } from '@comity/core';
import { fault } from '../faults.ts';
import type { Source } from '../source.ts';
import type { CentralEntry } from './read-central.ts';
import { Fields, FLAG, MAX32, SIGNATURE } from './record.ts';

/** An entry, and where its bytes lie. */
export interface ZipEntry extends CentralEntry {
  /** Where its packed bytes begin. */
  readonly data: number;
}

const LOCAL_BYTES = 30;
const DESCRIPTOR_BYTES = 24;

/**
 * Reads each entry's local header and holds it against the central directory. Entries must fill the archive from its first byte to
 * the directory, one behind the other: then none overlaps another, and nothing lies between or before them.
 */
export async function placeEntries(
  source: Source,
  entries: readonly CentralEntry[],
  until: number,
): Promise<Result<readonly ZipEntry[]>> {
  const inOrder = [...entries].sort((a, b) => a.offset - b.offset);
  const placed: ZipEntry[] = [];
  let at = 0;
  for (const [index, entry] of inOrder.entries()) {
    if (entry.offset !== at)
      return fault(entry.offset < at ? 'overlap' : at === 0 ? 'prepended-data' : 'hidden-data', entry.name);
    const data = await readLocal(source, entry);
    if (!data.ok) return data;
    const next = inOrder[index + 1]?.offset ?? until;
    const end = data.value + entry.packed;
    if (end > next) return fault('overlap', entry.name);
    if (end < next && !(await isDescriptor(source, entry, { from: end, until: next }))) return fault('hidden-data', entry.name);
    placed.push({ ...entry, data: data.value });
    at = next;
  }
  return at === until ? ok(placed) : fault('prepended-data');
}

/** Where the entry's bytes begin, once its local header says what the directory says (APPNOTE 4.3.7). */
async function readLocal(source: Source, entry: CentralEntry): Promise<Result<number>> {
  const head = await source.read(entry.offset, LOCAL_BYTES + entry.nameBytes);
  if (head.length !== LOCAL_BYTES + entry.nameBytes) return fault('truncated', entry.name);
  const fields = new Fields(head);
  const same =
    fields.u32(0) === SIGNATURE.local &&
    fields.u16(6) === entry.flags &&
    fields.u16(8) === entry.method &&
    fields.u16(26) === entry.nameBytes &&
    equalBytes(head.subarray(LOCAL_BYTES), utf8(entry.name));
  // With a descriptor the sizes stand behind the bytes; here there are none, or those of the directory.
  const later = (entry.flags & FLAG.descriptor) !== 0;
  const agrees = (at: number, value: number): boolean => {
    const given = fields.u32(at);
    return given === value || (later && given === 0) || (given === MAX32 && at !== 14);
  };
  const sizes = agrees(14, entry.crc) && agrees(18, entry.packed) && agrees(22, entry.size);
  return same && sizes ? ok(entry.offset + LOCAL_BYTES + entry.nameBytes + fields.u16(28)) : fault('header-mismatch', entry.name);
}

/** Whether what lies behind an entry is its data descriptor (APPNOTE 4.3.9), in one of its four lengths, and nothing else. */
async function isDescriptor(
  source: Source,
  { flags, crc, packed, size }: CentralEntry,
  { from, until }: { readonly from: number; readonly until: number },
): Promise<boolean> {
  const length = until - from;
  if ((flags & FLAG.descriptor) === 0 || length > DESCRIPTOR_BYTES) return false;
  const bytes = await source.read(from, length);
  if (bytes.length !== length || ![12, 16, 20, 24].includes(length)) return false;
  const fields = new Fields(bytes);
  const signed = length % 8 === 0;
  if (signed && fields.u32(0) !== SIGNATURE.descriptor) return false;
  const at = signed ? 4 : 0;
  const wide = length - at === 20;
  const [second, third] = wide ? [fields.u64(at + 4), fields.u64(at + 12)] : [fields.u32(at + 4), fields.u32(at + 8)];
  return fields.u32(at) === crc && second === packed && third === size;
}
